/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Arguments that a message's trailer carries: mig_tail is the trailer.
 */
#include "emit_rust.h"

/* The part of the trailer that a side's arguments need, as options count. */
unsigned
rust_trailer_part(const struct routine *r, enum side side)
{
	static const char *const parts[] = {
	    "SEQNO", "SECURITY", "AUDIT", "CONTEXT"};
	const char *need = emit_trailer_need(r, side);
	unsigned i;

	for (i = 0; need != NULL && i < 4; i++)
		if (same_word(parts[i], need))
			return i + 1;
	return 0;
}

/* Its bytes; 0: none is needed. */
unsigned
rust_trailer_size(const struct routine *r, enum side side)
{
	static const unsigned sizes[] = {0, 12, 20, 52, 60};

	return sizes[rust_trailer_part(r, side)];
}

const char *
rust_trailer_type(const struct argument *arg)
{
	if (arg->kind == ARG_SECTOKEN)
		return "[u32; 2]";
	if (arg->kind == ARG_AUDITTOKEN)
		return "[u32; 8]";
	return arg->kind == ARG_CONTEXT ? "u64" : "u32";
}

const char *
rust_trailer_value(const struct argument *arg)
{
	if (arg->kind == ARG_SECTOKEN)
		return "mig_tail.sender";
	if (arg->kind == ARG_AUDITTOKEN)
		return "mig_tail.audit";
	return arg->kind == ARG_CONTEXT ? "mig_tail.context" : "mig_tail.seqno";
}
