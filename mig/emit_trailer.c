/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Arguments that a message's trailer carries. A trailer has all that one up to
 * a size has, so what is needed is the longest part of all arguments.
 */
#include "mig.h"

static const struct {
	enum arg_kind kind;
	const char *size; /* MACH_MSG_TRAILER_..._SIZE */
	const char *field;
} parts[] = {
    {ARG_MSGSEQNO, "SEQNO", "msgh_seqno"},
    {ARG_SECTOKEN, "SECURITY", "msgh_sender"},
    {ARG_AUDITTOKEN, "AUDIT", "msgh_audit"},
    {ARG_CONTEXT, "CONTEXT", "msgh_context"},
};

#define PARTS (sizeof(parts) / sizeof(parts[0]))

bool
emit_from_trailer(const struct argument *arg)
{
	size_t i;

	for (i = 0; i < PARTS; i++)
		if (parts[i].kind == arg->kind)
			return true;
	return false;
}

/* How much trailer a side's arguments need; NULL: none. */
const char *
emit_trailer_need(const struct routine *r, enum side side)
{
	const struct argument *arg;
	const char *need = NULL;
	size_t i;

	for (i = 0; i < PARTS; i++)
		for (arg = r->args; arg != NULL; arg = arg->next)
			if (arg->kind == parts[i].kind &&
			    (side == SIDE_USER ? arg->on_user : arg->on_server))
				need = parts[i].size;
	return need;
}

/* The trailer's field of an argument that is from it. */
const char *
emit_trailer_field(const struct argument *arg)
{
	size_t i = 0;

	while (parts[i].kind != arg->kind)
		i++;
	return parts[i].field;
}
