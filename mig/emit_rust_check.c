/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What has no Rust: said before anything is written. After this the rest of
 * the back end trusts everything.
 */
#include <string.h>

#include "emit_rust.h"

static const char *const options[] = {"MACH_SEND_TIMEOUT",
    "MACH_SEND_INTERRUPT", "MACH_RCV_TIMEOUT", "MACH_RCV_INTERRUPT",
    "MACH_RCV_LARGE"};

/* Names a type cannot have: those of the types it is made of. */
static const char *const type_names[] = {"bool", "char", "str", "u8", "u16",
    "u32", "u64", "u128", "usize", "i8", "i16", "i32", "i64", "i128", "isize",
    "f32", "f64"};

static bool
is_number(const char *text, size_t length)
{
	size_t i;

	for (i = 0; i < length; i++)
		if (text[i] < '0' || text[i] > '9')
			return false;
	return length > 0 && (length == 1 || text[0] != '0') && length < 10;
}

/* One name or number of an option; NULL if nobody knows it. */
static const char *
option_word(const char *word, size_t length)
{
	size_t i;

	if (is_number(word, length))
		return mem_text(word, length);
	if (length == strlen("MACH_MSG_OPTION_NONE") &&
	    strncmp(word, "MACH_MSG_OPTION_NONE", length) == 0)
		return "0";
	for (i = 0; i < sizeof(options) / sizeof(options[0]); i++)
		if (strlen(options[i]) == length &&
		    strncmp(options[i], word, length) == 0)
			return mem_format("mig::%s", options[i]);
	return NULL;
}

/* The Rust of a msgoption statement's names and |; NULL if it has none. */
const char *
rust_option(const char *text)
{
	const char *result = NULL;

	while (*text != '\0') {
		size_t length = strcspn(text, "| ");
		const char *word;

		if (length == 0) {
			text++;
			continue;
		}
		word = option_word(text, length);
		if (word == NULL)
			return NULL;
		result =
		    result == NULL ? word : mem_format("%s | %s", result, word);
		text += length;
	}
	return result;
}

/* The same of a waittime or sendtime statement. */
const char *
rust_timeout(const char *text)
{
	if (strcmp(text, "MACH_MSG_TIMEOUT_NONE") == 0)
		return "0";
	return is_number(text, strlen(text)) ? text : NULL;
}

static void
check_statements(const struct routine *r)
{
	const char *const times[] = {
	    r->default_wait_time, r->default_send_time};
	size_t i;

	if (r->default_msg_option != NULL &&
	    rust_option(r->default_msg_option) == NULL)
		error_at(r->at, "'%s': no Rust for msgoption %s", r->name,
		    r->default_msg_option);
	for (i = 0; i < sizeof(times) / sizeof(times[0]); i++)
		if (times[i] != NULL && rust_timeout(times[i]) == NULL)
			error_at(r->at, "'%s': no Rust for a time-out of %s",
			    r->name, times[i]);
}

/* Structs of the interface: there is one of a name. */
struct known {
	struct known *next;
	const struct type *type;
};

static void
check_struct(
    struct known **known, const struct argument *arg, const struct type *type)
{
	struct known *k;
	size_t i;

	for (i = 0; i < sizeof(type_names) / sizeof(type_names[0]); i++)
		if (strcmp(type->name, type_names[i]) == 0)
			error_at(arg->at,
			    "type '%s' has the name of one of Rust's",
			    type->name);
	for (k = *known; k != NULL; k = k->next) {
		if (strcmp(k->type->name, type->name) != 0)
			continue;
		if (k->type->count != type->count ||
		    strcmp(rust_element(k->type), rust_element(type)) != 0) {
			error_at(arg->at, "another type '%s' in Rust's types",
			    type->name);
			note_at(k->type->at, "the first is here");
		}
		return;
	}
	k = mem_alloc(sizeof(*k));
	k->next = *known;
	k->type = type;
	*known = k;
}

static void
check_type(
    struct known **known, const struct argument *arg, const struct type *type)
{
	for (; type != NULL && type->shape != SHAPE_SCALAR;
	     type = type->element)
		if (type->shape == SHAPE_STRUCT && type->name != NULL)
			check_struct(known, arg, type);
}

static void
check_port(const struct argument *arg)
{
	const struct type *type = arg->type;
	enum disposition received = type->received;

	if (received != DISP_POLY && !rust_moves(received))
		error_at(arg->at, "'%s': no Rust for such a right received",
		    arg->name);
	if (type->shape != SHAPE_SCALAR &&
	    (type->sent == DISP_POLY || received == DISP_POLY))
		error_at(arg->at,
		    "'%s': no Rust for arrays of polymorphic rights",
		    arg->name);
}

/* The reply is received where it was sent to: from a receive right. */
static void
check_reply_port(const struct routine *r)
{
	const struct argument *port = r->user_reply_port;

	if (port != NULL && !r->simple && port->type->sent != DISP_MAKE_SEND &&
	    port->type->sent != DISP_MAKE_SEND_ONCE)
		error_at(port->at,
		    "'%s': no Rust for a reply port that is not made here",
		    port->name);
}

/* Forms of arguments that only the C stubs have. */
static void
check_form(const struct argument *arg)
{
	const char *what = NULL;

	if (arg->in && arg->out && arg->type->out_of_line)
		what = "memory that is inout";
	else if (arg->in && arg->out && arg->type->is_port &&
		 (arg->type->shape != SHAPE_SCALAR ||
		     emit_polymorphic(arg, SIDE_USER) ||
		     emit_polymorphic(arg, SIDE_SERVER)))
		what = "such rights that are inout";
	else if ((arg->flags & FLAG_OVERWRITE) != 0)
		what = "overwrite";
	else if (arg->type->memories)
		what = "an array of memory";
	else if (arg->type->raw != RAW_NONE)
		what = "a raw C value";
	if (what != NULL)
		error_at(arg->at, "'%s': no Rust for %s", arg->name, what);
}

static void
check_routine(struct known **known, const struct routine *r)
{
	const struct argument *arg;
	const struct argument *other;

	check_statements(r);
	check_reply_port(r);
	for (arg = r->args; arg != NULL; arg = arg->next) {
		if (arg->in || arg->out) {
			check_form(arg);
			check_type(known, arg, arg->type);
			if (arg->type->is_port)
				check_port(arg);
		}
		for (other = r->args; other != arg; other = other->next)
			if (strcmp(rust_name(arg->name),
				rust_name(other->name)) == 0)
				error_at(arg->at,
				    "'%s' and '%s' are the same in Rust",
				    arg->name, other->name);
	}
}

/* Errors for what the Rust back end cannot express. */
void
check_rust(const struct interface *interface)
{
	const struct routine *r;
	struct known *known = NULL;

	if (mig_abi->typed)
		error_at(interface->at, "no Rust for format %s", mig_abi->name);
	if (interface->kernel_user || interface->kernel_server)
		error_at(interface->at, "no Rust for the kernel's stubs");
	for (r = interface->routines; r != NULL; r = r->next)
		check_routine(&known, r);
}
