/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What a routine returns: nothing, its one result, or a struct R_results. Not
 * in the results is what a server's method writes into slots.
 */
#include <string.h>

#include "emit_rust.h"

bool
rust_is_result(const struct argument *arg, enum side side)
{
	if (side == SIDE_SERVER)
		return arg->out && !rust_has_slot(arg);
	return arg->out || (arg->on_user && emit_from_trailer(arg));
}

int
rust_result_count(const struct routine *r, enum side side)
{
	const struct argument *arg;
	int count = 0;

	for (arg = r->args; arg != NULL; arg = arg->next)
		count += rust_is_result(arg, side);
	return count;
}

static const char *
result_type(
    const struct argument *arg, enum side side, const char *t, const char *life)
{
	if (emit_from_trailer(arg))
		return rust_trailer_type(arg);
	if (side == SIDE_SERVER)
		return rust_sent(arg, side, t, life);
	return rust_received(arg, side, t);
}

/* Does a result lend something, or depend on the transport? */
static bool
has_in_type(const struct routine *r, enum side side, const char *what)
{
	const struct argument *arg;

	for (arg = r->args; arg != NULL; arg = arg->next)
		if (rust_is_result(arg, side) &&
		    strstr(result_type(arg, side, "<<T>>", "'b"), what) != NULL)
			return true;
	return false;
}

/* The parameters of R_results, in angle brackets, or nothing. */
static const char *
parameters(
    const struct routine *r, enum side side, const char *t, const char *life)
{
	bool lends = has_in_type(r, side, "'b");
	bool rights = has_in_type(r, side, "<<T>>");

	if (!lends && !rights)
		return "";
	return mem_format("<%s%s%s>", lends ? life : "",
	    lends && rights ? ", " : "", rights ? t : "");
}

void
rust_results_struct(FILE *f, const struct routine *r, enum side side)
{
	const struct argument *arg;

	if (rust_result_count(r, side) < 2)
		return;
	fprintf(f,
	    "\n    /// What %s returns.\n    pub struct %s_results%s {\n",
	    r->name, r->name, parameters(r, side, "T: mig::Transport", "'b"));
	for (arg = r->args; arg != NULL; arg = arg->next)
		if (rust_is_result(arg, side))
			fprintf(f, "        pub %s: %s,\n",
			    rust_name(arg->name),
			    result_type(arg, side, "T", "'b"));
	fputs("    }\n", f);
}

const char *
rust_results_type(
    const struct routine *r, enum side side, const char *t, const char *life)
{
	const struct argument *arg;
	int count = rust_result_count(r, side);

	if (count > 1)
		return mem_format(
		    "%s_results%s", r->name, parameters(r, side, t, life));
	for (arg = r->args; arg != NULL; arg = arg->next)
		if (rust_is_result(arg, side))
			return result_type(arg, side, t, life);
	return "()";
}
