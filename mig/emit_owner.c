/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Who owns the rights and the memory that arguments carry, in words, for
 * headers and for people: a line an argument, and what holds for all of them
 * once at the top. What the words say is what the stubs do.
 */
#include <string.h>

#include "mig.h"

#define WIDTH 80

static const struct type *
carried(const struct argument *arg)
{
	return arg->type->memories ? arg->type->element : arg->type;
}

/* Is memory of its own involved, besides that of the function's parameters? */
static bool
has_memory(const struct argument *arg)
{
	const struct type *type = carried(arg);

	return type->out_of_line || (mig_abi->typed && type->unbounded);
}

/* Memory that may lie in the message, if it is little. */
static bool
may_be_inline(const struct argument *arg)
{
	return mig_abi->typed && arg->type->unbounded && !arg->type->pointer;
}

/* What becomes of what is sent by `whose` and has this disposition. */
static const char *
sent_right(
    const struct argument *arg, enum disposition disposition, const char *whose)
{
	switch (disposition) {
	case DISP_POLY:
		return mem_format("moved, copied or made, as %s%sPoly says",
		    arg->out ? "*" : "", arg->name);
	case DISP_COPY_SEND:
		return mem_format("copied, kept by %s", whose);
	case DISP_MAKE_SEND:
	case DISP_MAKE_SEND_ONCE:
		return mem_format(
		    "made from a receive right that %s keeps", whose);
	case DISP_NONE:
	case DISP_MOVE_RECEIVE:
	case DISP_MOVE_SEND:
	case DISP_MOVE_SEND_ONCE:
	default:
		return "moved";
	}
}

static const char *
received_right(const struct argument *arg)
{
	switch (carried(arg)->received) {
	case DISP_MOVE_RECEIVE:
		return "a receive right";
	case DISP_MOVE_SEND_ONCE:
		return "a send-once right";
	case DISP_MOVE_SEND:
		return "a send right";
	case DISP_NONE:
	case DISP_COPY_SEND:
	case DISP_MAKE_SEND:
	case DISP_MAKE_SEND_ONCE:
	case DISP_POLY:
	default:
		return "a right";
	}
}

/* What becomes of memory that is sent, by `whose`. */
static const char *
sent_memory(const struct argument *arg, const char *whose)
{
	if ((arg->flags & FLAG_DEALLOC) != 0)
		return "memory, freed when it is sent";
	if ((arg->flags & FLAG_DEALLOC_ARG) != 0)
		return mem_format(
		    "memory, freed when it is sent if %s%sDealloc",
		    arg->out ? "*" : "", arg->name);
	return mem_format("memory, copied, kept by %s", whose);
}

/* What a side that sends has to know; NULL: nothing. */
static const char *
sends(const struct argument *arg, bool reply, const char *whose)
{
	const struct type *type = carried(arg);
	const char *right = NULL;

	if (type->is_port)
		right = sent_right(
		    arg, reply ? arg->reply_sent : type->sent, whose);
	if (right == NULL)
		return has_memory(arg) ? sent_memory(arg, whose) : NULL;
	if (has_memory(arg))
		return mem_format(
		    "%s; its rights: %s", sent_memory(arg, whose), right);
	return mem_format("%s, %s",
	    arg->type->shape == SHAPE_ARRAY ? "rights" : "a right", right);
}

/* What a caller gets. */
static const char *
caller_gets(const struct argument *arg)
{
	const struct type *type = carried(arg);
	const char *memory = "memory";

	if ((arg->flags & FLAG_OVERWRITE) != 0)
		return type->is_port
			   ? "rights, the caller's, written into his memory"
			   : "written into the caller's memory";
	if (!has_memory(arg))
		return type->is_port ? mem_format("%s, the caller's",
					   arg->type->shape == SHAPE_ARRAY
					       ? "rights"
					       : received_right(arg))
				     : NULL;
	if (may_be_inline(arg))
		memory = "memory, unless it is the array that was passed,";
	else if (type->is_port)
		memory = "memory and the rights in it,";
	else
		memory = "memory,";
	return mem_format("%s the caller's", memory);
}

/* What a server is lent and the stub frees after the call. */
static bool
is_lent(const struct interface *interface, const struct argument *arg)
{
	const struct type *type = carried(arg);

	if (mig_abi->typed)
		return may_be_inline(arg) &&
		       (arg->flags & FLAG_SERVERCOPY) == 0;
	return has_memory(arg) && !type->is_port && !arg->out &&
	       !interface->kernel_server &&
	       (!type->pointer || (arg->flags & FLAG_AUTO) != 0);
}

/* What the implementation gets in a request. */
static const char *
server_gets(const struct interface *interface, const struct argument *arg)
{
	const struct type *type = carried(arg);
	const char *object = NULL;

	if (type->destructor.function != NULL && !arg->out)
		return mem_format("the stub's, given to %s after the call",
		    type->destructor.function);
	if (type->is_port && type->intran.function != NULL)
		object = mem_format(
		    "%s's result, the implementation's", type->intran.function);
	if (arg->kind == ARG_REQUESTPORT)
		return object;
	if (object != NULL)
		return mig_abi->typed
			   ? object
			   : mem_format("%s; the right is the stub's", object);
	if (is_lent(interface, arg))
		return type->is_port
			   ? "the stub's, freed after the call; the rights are given"
			   : "the stub's, freed after the call";
	if (may_be_inline(arg))
		return mem_format("memory, given, unless %sSCopy", arg->name);
	if (has_memory(arg))
		return type->is_port ? "memory and the rights in it, given"
				     : "memory, given";
	if (!type->is_port)
		return NULL;
	return mem_format("%s, given",
	    arg->type->shape == SHAPE_ARRAY ? "rights" : received_right(arg));
}

/* What the implementation returns. */
static const char *
server_gives(const struct interface *interface, const struct argument *arg)
{
	const struct type *type = carried(arg);

	if (type->is_port && type->outtran.function != NULL)
		return mem_format(
		    "an object, given to %s", type->outtran.function);
	if (interface->kernel_server && has_memory(arg))
		return "memory, moved";
	return sends(arg, true, "the implementation");
}

/* A line about an argument for this side; NULL if there is nothing to say. */
const char *
emit_owner(const struct interface *interface, const struct argument *arg,
    enum side side)
{
	const char *first = NULL;
	const char *second = NULL;

	if (side == SIDE_USER) {
		if (arg->in)
			first = sends(arg, false, "the caller");
		if (arg->out)
			second = caller_gets(arg);
	} else {
		if (arg->in || arg->kind == ARG_REQUESTPORT)
			first = server_gets(interface, arg);
		if (arg->out)
			second = server_gives(interface, arg);
	}
	if (first != NULL && second != NULL)
		return mem_format("in: %s; out: %s", first, second);
	return first != NULL ? first : second;
}

/* `text` in lines that begin with ` * `. */
static void
put_lines(FILE *f, const char *text)
{
	size_t column = 0;

	while (*text != '\0') {
		size_t length = strcspn(text, " ");

		if (column > 0 && column + 1 + length > WIDTH) {
			fputc('\n', f);
			column = 0;
		}
		if (column == 0)
			column = (size_t)fprintf(f, " *");
		fprintf(f, " %.*s", (int)length, text);
		column += 1 + length;
		text += length;
		text += strspn(text, " ");
	}
	fputc('\n', f);
}

/* How many arguments there is something to say of. */
static int
count_owners(
    const struct interface *interface, const struct routine *r, enum side side)
{
	const struct argument *arg;
	int count = 0;

	for (arg = r->args; arg != NULL; arg = arg->next)
		count += emit_owner(interface, arg, side) != NULL;
	return count;
}

/* What could not be sent, if the interface says it. */
const char *
emit_owner_unsent(const struct routine *r)
{
	switch (r->consume) {
	case CONSUME_TIMEOUT:
		return "A request that could not be sent in time is destroyed.";
	case CONSUME_ANY:
		return "A request that could not be sent is destroyed.";
	case CONSUME_NONE:
	default:
		return NULL;
	}
}

/* The comment before a prototype, if there is something to say. */
void
emit_owners(FILE *f, const struct interface *interface, const struct routine *r,
    enum side side)
{
	const char *unsent = side == SIDE_USER ? emit_owner_unsent(r) : NULL;
	int count = count_owners(interface, r, side);
	const struct argument *arg;
	const char *line;

	if (count == 0)
		return;
	for (arg = r->args; arg != NULL; arg = arg->next) {
		const char *text = emit_owner(interface, arg, side);

		if (text == NULL)
			continue;
		line = mem_format("%s: %s.", arg->name, text);
		if (count == 1 && unsent == NULL && strlen(line) <= WIDTH - 6) {
			fprintf(f, "/* %s */\n", line);
			return;
		}
		if (count > 0)
			fputs("/*\n", f);
		count = 0;
		put_lines(f, line);
	}
	if (unsent != NULL)
		put_lines(f, unsent);
	fputs(" */\n", f);
}

/* What holds for all routines of a side. */
const char *
emit_owner_rules(enum side side)
{
	if (side == SIDE_USER)
		return "What is moved or freed is so once the request is sent. After MACH_SEND_TIMED_OUT, MACH_SEND_INTERRUPTED and errors of the message's header it is the caller's, after other errors of sending it is gone. There are results only after KERN_SUCCESS.";
	return "What is given belongs to the implementation on KERN_SUCCESS and MIG_NO_REPLY. On any other code it belongs to who called the stub, and results, which are not sent then, stay the implementation's.";
}

/* The same at the top of a header, if a routine needs it. */
void
emit_owners_top(FILE *f, const struct interface *interface, enum side side)
{
	const struct routine *r = interface->routines;

	while (r != NULL && count_owners(interface, r, side) == 0)
		r = r->next;
	if (r == NULL)
		return;
	fputs("/*\n", f);
	put_lines(
	    f, mem_format("Rights and memory. %s", emit_owner_rules(side)));
	fputs(" */\n\n", f);
}
