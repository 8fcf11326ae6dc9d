/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Semantic checks: each argument against its type, its flags and the kind of
 * its routine; names against each other and against C. Also decides which
 * message carries each argument. After this the back ends trust everything.
 */
#include <ctype.h>
#include <string.h>

#include "mig.h"

static const char *const c_keywords[] = {"auto", "break", "case", "char",
    "const", "continue", "default", "do", "double", "else", "enum", "extern",
    "float", "for", "goto", "if", "inline", "int", "long", "register",
    "restrict", "return", "short", "signed", "sizeof", "static", "struct",
    "switch", "typedef", "union", "unsigned", "void", "volatile", "while",
    "asm", "typeof"};

static void
check_c_name(const char *name, const char *at)
{
	size_t i;

	for (i = 0; i < sizeof(c_keywords) / sizeof(c_keywords[0]); i++)
		if (strcmp(c_keywords[i], name) == 0)
			error_at(at, "'%s' is a keyword of C", name);
	if (strncmp(name, "mig_", 4) == 0 || strcmp(name, "Head") == 0 ||
	    strcmp(name, "NDR") == 0 || strcmp(name, "RetCode") == 0 ||
	    strcmp(name, "msgh_body") == 0)
		error_at(at, "'%s' is a name that stubs use", name);
}

/*
 * A routine may begin with mig_, unlike what is beside the variables of stubs,
 * if the word behind that begins no name that stubs have.
 */
static void
check_routine_c_name(const struct routine *r)
{
	static const char words[] =
	    " abi allocate any apple body buffer bytes call check circular code"
	    " complex consume count dealloc deallocate descriptors done end error"
	    " external fail find forget get gone head header how i in internal"
	    " kern kind large len local long message most n name ndr need offset"
	    " out pad parts port ports put r refuse release remote reply request"
	    " result right room routine routines rpc s scatter sent server shape"
	    " size slot space start string strncpy stub subsystem support tail"
	    " trailer transport type unsent user v value ";
	size_t length = 0;

	if (strncmp(r->name, "mig_", 4) != 0) {
		check_c_name(r->name, r->at);
		return;
	}
	while (isalpha((unsigned char)r->name[4 + length]))
		length++;
	if (length == 0 || strstr(words, mem_format(" %.*s ", (int)length,
					     r->name + 4)) != NULL)
		error_at(r->at, "'%s' is a name that stubs use", r->name);
}

/* Is `name` an argument, or the implied count of one? */
static bool
claims_name(const struct argument *arg, const char *name)
{
	static const char *const suffixes[] = {
	    "Cnt", "Poly", "Dealloc", "SCopy", "Subs", "Type"};
	size_t length = strlen(arg->name);
	bool applies[6];
	size_t i;

	if (strcmp(arg->name, name) == 0)
		return true;
	applies[0] = emit_has_count(arg);
	applies[1] =
	    arg->type->is_port &&
	    (arg->type->sent == DISP_POLY || arg->type->received == DISP_POLY);
	applies[2] = (arg->flags & FLAG_DEALLOC_ARG) != 0;
	applies[3] = (arg->flags & FLAG_SERVERCOPY) != 0;
	applies[4] = emit_has_subs(arg);
	applies[5] = mig_abi->typed && (arg->in || arg->out);
	for (i = 0; i < 6; i++)
		if (applies[i] && strncmp(arg->name, name, length) == 0 &&
		    strcmp(name + length, suffixes[i]) == 0)
			return true;
	return false;
}

static void
check_names(const struct routine *routine)
{
	const struct argument *arg;
	const struct argument *other;

	check_routine_c_name(routine);
	for (arg = routine->args; arg != NULL; arg = arg->next) {
		check_c_name(arg->name, arg->at);
		for (other = routine->args; other != NULL;
		     other = other->next) {
			if (other == arg || !claims_name(other, arg->name))
				continue;
			if (strcmp(other->name, arg->name) == 0 &&
			    other->at > arg->at)
				continue; /* said once, at the second */
			error_at(
			    arg->at, "argument name '%s' is taken", arg->name);
			note_at(other->at, "by this argument");
			break;
		}
	}
}

/* Remember the argument of a kind that may occur once. */
static void
take_single(struct argument **slot, struct argument *arg, const char *what)
{
	if (*slot != NULL) {
		error_at(arg->at, "a second %s", what);
		note_at((*slot)->at, "the first is here");
		return;
	}
	*slot = arg;
}

static void
check_is_port(const struct argument *arg)
{
	if (!arg->type->is_port || arg->type->shape != SHAPE_SCALAR)
		error_at(arg->at, "'%s' must be a port", arg->name);
}

static void
check_is_word(const struct argument *arg, uint32_t size)
{
	const struct type *type = arg->type;

	if (type->is_port || type->out_of_line || type->variable ||
	    type->size != size || type->shape == SHAPE_ARRAY ||
	    type->shape == SHAPE_STRING)
		error_at(arg->at, "'%s' must be a type of %u bytes", arg->name,
		    size);
}

/* Arguments that are not data of the messages. */
static void
check_special(struct routine *r, struct argument *arg)
{
	switch (arg->kind) {
	case ARG_REQUESTPORT:
		take_single(&r->request_port, arg, "request port");
		check_is_port(arg);
		break;
	case ARG_REPLYPORT:
	case ARG_SREPLYPORT:
	case ARG_UREPLYPORT:
		check_is_port(arg);
		if (arg->on_user)
			take_single(&r->user_reply_port, arg, "reply port");
		if (arg->on_server)
			take_single(&r->server_reply_port, arg, "reply port");
		break;
	case ARG_WAITTIME:
		take_single(&r->wait_time, arg, "wait time");
		check_is_word(arg, 4);
		break;
	case ARG_SENDTIME:
		take_single(&r->send_time, arg, "send time");
		check_is_word(arg, 4);
		break;
	case ARG_MSGOPTION:
		take_single(&r->msg_option, arg, "message option");
		check_is_word(arg, 4);
		break;
	case ARG_MSGSEQNO:
		check_is_word(arg, 4);
		break;
	case ARG_SECTOKEN:
		check_is_word(arg, 8);
		break;
	case ARG_AUDITTOKEN:
		check_is_word(arg, 32);
		break;
	case ARG_CONTEXT:
		check_is_word(arg, 8);
		break;
	case ARG_DEFAULT:
	case ARG_IN:
	case ARG_OUT:
	case ARG_INOUT:
	default:
		break;
	}
}

/* Does a count of elements go with it, its own or another's? */
static bool
is_counted(const struct argument *arg)
{
	return arg->type->variable && arg->type->shape == SHAPE_ARRAY;
}

/*
 * samecount: the argument before, which travels the same way, counts this one,
 * or the one that counts it does.
 */
static void
check_counter(struct argument *arg, struct argument *before)
{
	arg->counter = arg;
	if ((arg->flags & FLAG_SAMECOUNT) == 0)
		return;
	if (!is_counted(arg) || (arg->flags & FLAG_COUNTINOUT) != 0)
		error_at(arg->flag_at,
		    "samecount is for an array without a count of its own");
	else if (before == NULL || !is_counted(before) ||
		 before->in != arg->in || before->out != arg->out)
		error_at(arg->flag_at,
		    "samecount needs an array of variable size before '%s'",
		    arg->name);
	else
		arg->counter = before->counter;
}

/* A flag that says nothing here; other tools warn of it at most. */
static void
ignore_flag(struct argument *arg, unsigned flag, const char *why)
{
	if ((arg->flags & flag) == 0)
		return;
	warn_at(arg->flag_at, "%s: flag ignored", why);
	arg->flags &= ~flag;
}

static void
check_flags(struct argument *arg)
{
	const struct type *type = arg->type;
	unsigned memory = FLAG_DEALLOC | FLAG_DEALLOC_ARG | FLAG_NOTDEALLOC |
			  FLAG_PHYSICALCOPY | FLAG_AUTO;

	if ((arg->flags & (FLAG_LONG | FLAG_NOTLONG)) == 0)
		arg->flags |= type->flags;
	if ((arg->flags & FLAG_NOTDEALLOC) != 0 &&
	    (arg->flags & (FLAG_DEALLOC | FLAG_DEALLOC_ARG)) != 0)
		error_at(
		    arg->flag_at, "'%s' is dealloc and notdealloc", arg->name);
	if ((arg->flags & memory) != 0 && !type->out_of_line &&
	    !type->unbounded && !type->memories) {
		warn_at(arg->flag_at, "'%s' is carried inline: flag ignored",
		    arg->name);
		arg->flags &= ~memory;
	}
	if (type->memories || !arg->out || arg->in || !type->variable ||
	    type->out_of_line || (type->is_port && !mig_abi->typed))
		ignore_flag(arg, FLAG_COUNTINOUT,
		    "countinout is for an out array with a bound");
	if (!(arg->in && type->variable) || type->memories)
		ignore_flag(arg, FLAG_SERVERCOPY,
		    "servercopy is for an in array of variable size");
	if (arg->in && arg->out)
		ignore_flag(
		    arg, FLAG_DEALLOC_ARG, "dealloc[] is not for inout");
	if ((arg->flags & FLAG_OVERWRITE) != 0 &&
	    (mig_abi->typed || !arg->out || arg->in || !type->out_of_line ||
		type->shape == SHAPE_STRING))
		error_at(arg->flag_at,
		    "overwrite is for out data out of line, of untyped messages");
	if (type->memories)
		type = type->element;
	if (!arg->in || arg->out || type->is_port)
		ignore_flag(arg, FLAG_AUTO, "auto is for in data out of line");
}

/* Arrays of memory. */
static void
check_memories(const struct argument *arg)
{
	const struct type *memory = arg->type->element;

	if (mig_abi->typed)
		error_at(arg->at,
		    "'%s', an array of memory, is not of this message format",
		    arg->name);
	if (arg->in && arg->out)
		error_at(
		    arg->at, "array of memory '%s' cannot be inout", arg->name);
	if (memory->is_port &&
	    (memory->sent == DISP_POLY || memory->received == DISP_POLY))
		error_at(arg->at, "array of memory '%s' cannot be polymorphic",
		    arg->name);
}

/*
 * What goes there and back: data of variable size do not, as the caller's array
 * may have less room than the answer; what is out of line needs none.
 */
static void
check_inout(const struct argument *arg)
{
	const struct type *type = arg->type;
	bool ports = type->is_port && type->shape != SHAPE_SCALAR;

	if (type->variable && !type->is_port && !type->out_of_line)
		error_at(arg->at, "'%s' of variable size cannot be inout",
		    arg->name);
	else if (mig_abi->typed && ports)
		error_at(
		    arg->at, "array of ports '%s' cannot be inout", arg->name);
}

/* Arguments that travel in the body. */
static void
check_data(const struct routine *r, struct argument *arg)
{
	const struct type *type = arg->type;
	bool translated = type->intran.function != NULL ||
			  type->outtran.function != NULL ||
			  type->destructor.function != NULL;

	if (type->memories)
		check_memories(arg);
	if ((type->raw == RAW_VALUE || type->raw == RAW_UNLESS) && arg->out)
		error_at(arg->at, "%s is for in: '%s' cannot be out",
		    type->raw == RAW_VALUE ? "ValueOf" : "PointerToIfNot",
		    arg->name);
	if (arg->out && r->simple)
		error_at(arg->kind_at, "a simpleroutine has no reply for '%s'",
		    arg->name);
	if (arg->in && arg->out)
		check_inout(arg);
	if (translated &&
	    (type->shape == SHAPE_ARRAY || type->shape == SHAPE_STRING))
		error_at(arg->at, "'%s' is an array: it cannot be translated",
		    arg->name);
}

static void
check_argument(struct routine *r, struct argument *arg, bool *seen_default)
{
	if (arg->kind == ARG_DEFAULT && !*seen_default) {
		struct argument *a = r->args;

		while (a != NULL && a->kind != ARG_REQUESTPORT)
			a = a->next;
		arg->kind = a == NULL ? ARG_REQUESTPORT : ARG_IN;
		*seen_default = true;
	}
	if (arg->kind == ARG_DEFAULT)
		arg->kind = ARG_IN;
	arg->in = arg->kind == ARG_IN || arg->kind == ARG_INOUT;
	arg->out = arg->kind == ARG_OUT || arg->kind == ARG_INOUT;
	if (arg->in || arg->out) {
		check_data(r, arg);
	} else {
		check_special(r, arg);
		if (arg->kind != ARG_REQUESTPORT && arg->on_user && r->simple &&
		    emit_from_trailer(arg))
			error_at(arg->at,
			    "a simpleroutine has no reply for '%s'", arg->name);
	}
	check_flags(arg);
}

/* The kernel sends without options and waits without limit. */
static void
check_kernel_user(const struct routine *r)
{
	static const char text[] = "'%s' has no effect in the kernel";

	if (r->wait_time != NULL)
		warn_at(r->wait_time->at, text, r->wait_time->name);
	if (r->send_time != NULL)
		warn_at(r->send_time->at, text, r->send_time->name);
	if (r->msg_option != NULL)
		warn_at(r->msg_option->at, text, r->msg_option->name);
	if (emit_overwrites(r))
		error_at(r->at, "the kernel's calls cannot overwrite");
	if (r->user_reply_port != NULL && !r->simple)
		error_at(r->user_reply_port->at,
		    "the kernel's calls have a reply port of their own");
}

/* The kernel's stubs get memory as an object that they cannot look into. */
static void
check_kernel_strings(const struct routine *r)
{
	const struct argument *arg;

	for (arg = r->args; arg != NULL; arg = arg->next)
		if (arg->type->shape == SHAPE_STRING && arg->type->out_of_line)
			error_at(arg->at,
			    "the kernel cannot check '%s', a string out of line",
			    arg->name);
}

static void
check_routine(struct routine *r)
{
	struct argument *arg;
	struct argument *before = NULL;
	bool seen_default = false;

	for (arg = r->args; arg != NULL; before = arg, arg = arg->next) {
		check_argument(r, arg, &seen_default);
		check_counter(arg, before);
	}
	if (r->request_port == NULL)
		error_at(r->at, "routine '%s' has no request port", r->name);
	if (r->wait_time != NULL && r->send_time != NULL) {
		error_at(r->send_time->at,
		    "a routine has one time-out: waittime or sendtime");
		note_at(r->wait_time->at, "waittime is here");
	}
	check_names(r);
}

/* What servers say of rights in replies: a kernel has what is received. */
static void
set_reply_names(const struct interface *interface, struct routine *r)
{
	struct argument *arg;

	for (arg = r->args; arg != NULL; arg = arg->next)
		arg->reply_sent = interface->kernel_server ? arg->type->received
							   : arg->type->sent;
}

static void
check_routine_name(struct names *names, struct routine *r)
{
	const struct routine *other = names_find(names, r->name);

	if (other == NULL) {
		names_add(names, r->name, r);
		return;
	}
	error_at(r->at, "routine '%s' is defined twice", r->name);
	note_at(other->at, "previous definition is here");
}

/* Check everything; errors are counted by diag.c. */
void
check_interface(struct interface *interface)
{
	struct routine *r;
	struct names names = {0};

	for (r = interface->routines; r != NULL; r = r->next) {
		check_routine(r);
		set_reply_names(interface, r);
		if (interface->kernel_user)
			check_kernel_user(r);
		if (interface->kernel_user || interface->kernel_server)
			check_kernel_strings(r);
		check_routine_name(&names, r);
	}
	if (interface->end > 100)
		warn_at(interface->at,
		    "more than 100 ids: requests and replies overlap");
}
