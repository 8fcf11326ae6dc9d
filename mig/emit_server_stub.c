/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * One server stub: verify the request, call the implementation, write the
 * reply. On success or MIG_NO_REPLY the implementation owns the rights and
 * memory it was given; on any other code the stub's caller destroys the
 * request. What the implementation cannot own is the stub's: translated
 * objects go to their destructor, the rights they came from and array[] data
 * (not in the kernel) are released.
 */
#include "mig.h"

/* Whether there is a check of its own, as there is to more than the header. */
static bool
needs_check(const struct routine *r)
{
	return emit_edited() || emit_has_checks(r->request.items) ||
	       emit_trailer_need(r, SIDE_SERVER) != NULL;
}

/* The pointers to a message, one or two. */
static void
emit_base(FILE *f, const struct routine *r, bool reply)
{
	const char *kind = reply ? "Reply" : "Request";
	const char *base = reply ? "mig_out" : "mig_in";
	const char *header = reply ? "mig_reply" : "mig_request";

	if (mig_parts)
		fprintf(f,
		    "\t__%sKData__%s_t *%s = (void *)%s;\n\t__%sUData__%s_t *%s_data = %s_data;\n\n\t(void)%s;\n\t(void)%s_data;\n",
		    kind, r->name, base, header, kind, r->name, base, header,
		    base, base);
	else if (reply || r->request.items != NULL)
		fprintf(f, "\t__%s__%s_t *%s = (void *)%s;\n", kind, r->name,
		    base, header);
}

/* The expression of the request's trailer, NULL if it is too short. */
static const char *
trailer(const struct routine *r)
{
	const char *need = emit_trailer_need(r, SIDE_SERVER);

	if (mig_parts)
		return mem_format(
		    "mig_trailer_has(mig_request_trailer,\n\t    MACH_MSG_TRAILER_%s_SIZE)",
		    need);
	return mem_format(
	    "mig_trailer(mig_request, MACH_MSG_TRAILER_%s_SIZE)", need);
}

static bool
parts_with_trailer(const struct routine *r)
{
	return mig_parts && emit_trailer_need(r, SIDE_SERVER) != NULL;
}

/* What the check begins with, up to the pointer to the message. */
static void
emit_check_head(FILE *f, const struct routine *r)
{
	if (emit_edited()) {
		emit_edited_check_head(f, r);
		return;
	}
	fprintf(f,
	    "\nstatic kern_return_t\nmig_check_%s(mach_msg_header_t *mig_request%s%s)\n{\n",
	    r->name, mig_parts ? ",\n    void *mig_request_data" : "",
	    parts_with_trailer(r)
		? ",\n    const mach_msg_max_trailer_t *mig_request_trailer"
		: "");
	emit_base(f, r, false);
}

/* mig_check_R: is the request one the implementation may see? */
static void
emit_check_function(FILE *f, const struct routine *r)
{
	const struct message *message = &r->request;

	emit_check_head(f, r);
	emit_segments(f, r, "mig_in", true);
	if (emit_varies(message))
		fprintf(f,
		    "\tmach_msg_size_t mig_need = %s;\n\tmach_msg_size_t mig_len;\n",
		    emit_least(message));
	fprintf(f,
	    "\tkern_return_t mig_code = mig_check_request(mig_request, %u, %s, %s);\n\n\tif (mig_code != KERN_SUCCESS)\n\t\treturn mig_code;\n",
	    message->descriptors, emit_least(message), emit_most(message));
	emit_check(f, r, "mig_in");
	if (emit_trailer_need(r, SIDE_SERVER) != NULL)
		fprintf(f, "\tif (!%s)\n\t\treturn MIG_TRAILER_ERROR;\n",
		    trailer(r));
	fputs("\treturn KERN_SUCCESS;\n}\n", f);
}

const struct item *
emit_find_item(const struct message *message, const struct argument *arg,
    enum item_kind kind)
{
	const struct item *item;

	for (item = message->items; item != NULL; item = item->next)
		if (item->arg == arg && item->kind == kind)
			return item;
	return NULL;
}

/* Where an argument's value is in the request: the last item it has. */
const struct item *
emit_value_item(const struct message *message, const struct argument *arg)
{
	const struct item *item;
	const struct item *found = NULL;

	for (item = message->items; item != NULL; item = item->next)
		if (item->arg == arg &&
		    (found == NULL || item->kind == ITEM_DATA ||
			item->kind == ITEM_VARIABLE))
			found = item;
	return found;
}

/* Point the later segments of the request at their places. */
static void
emit_walk(FILE *f, const struct routine *r)
{
	const struct item *item;

	for (item = r->request.items; item != NULL; item = item->next) {
		if (item->kind != ITEM_VARIABLE || item->next == NULL)
			continue;
		emit_next_segment(f, "mig_in", item,
		    mem_format("((%s * %s + 3) & ~3U)",
			emit_count_field(&r->request, "mig_in", item->arg),
			emit_unit(item->arg->type)));
	}
}

/* The request's header's field an argument is; NULL: it is not from there. */
const char *
emit_header_port(const struct interface *interface, const struct argument *arg)
{
	bool kernel = interface->kernel_server;

	if (arg->kind == ARG_REQUESTPORT)
		return kernel ? "mig_request->msgh_remote_port"
			      : "mig_request->msgh_local_port";
	if (arg->kind == ARG_REPLYPORT || arg->kind == ARG_SREPLYPORT)
		return kernel ? "mig_request->msgh_local_port"
			      : "mig_request->msgh_remote_port";
	return NULL;
}

/* The C expression of what the request says for an argument. */
static const char *
request_value(const struct interface *interface, const struct routine *r,
    const struct argument *arg)
{
	const struct item *item = emit_value_item(&r->request, arg);
	const char *port = emit_header_port(interface, arg);

	if (port != NULL)
		return port;
	if (emit_from_trailer(arg))
		return mem_format("mig_tail->%s", emit_trailer_field(arg));
	if (arg->type->out_of_line)
		return mem_format("(%s)(uintptr_t)mig_in->%s.address",
		    type_name(arg->type, SIDE_SERVER), arg->name);
	if (arg->type->is_port)
		return mem_format("mig_in->%s.name", arg->name);
	if (item == NULL)
		return "0";
	if (arg->type->shape == SHAPE_ARRAY)
		return mem_format("(void *)%s", emit_field("mig_in", item, ""));
	return emit_field("mig_in", item, "");
}

/* An array of fixed or most size, as a local. */
static void
declare_array(FILE *f, const struct argument *arg)
{
	uint32_t count;
	const struct type *base = type_base(arg->type, &count);

	fprintf(f, "\t%s %s[%u];\n", type_name(base, SIDE_SERVER), arg->name,
	    count);
}

/* Arrays whose elements are gathered from the request. */
static bool
in_is_gathered(const struct routine *r, const struct argument *arg)
{
	const struct item *item;

	if (!arg->in || arg->out || !emit_by_address(arg->type))
		return false;
	item = emit_value_item(&r->request, arg);
	return arg->type->is_port || emit_is_copied(item, false);
}

/* The names of an array of ports, into the server's variable. */
static void
copy_names(FILE *f, const struct routine *r, const struct argument *arg)
{
	const char *count = mem_format("%u", arg->type->count);

	if (arg->type->variable)
		count = emit_count_field(&r->request, "mig_in", arg);
	fprintf(f,
	    "\tfor (uint32_t mig_i = 0; mig_i < %s; mig_i++)\n\t\t%s[mig_i] = mig_in->%s[mig_i].name;\n",
	    count, arg->name, arg->name);
}

static void
gather(FILE *f, const struct routine *r, const struct argument *arg)
{
	const struct item *item = emit_value_item(&r->request, arg);
	const char *count = mem_format("%u", arg->type->count);

	if (arg->type->variable)
		count = emit_count_field(&r->request, "mig_in", arg);
	if (arg->type->memories) {
		emit_gather_memories(f, arg);
		return;
	}
	declare_array(f, arg);
	if (arg->type->is_port)
		copy_names(f, r, arg);
	else
		fprintf(f, "\t__builtin_memcpy(%s, %s, %s * %u);\n", arg->name,
		    emit_field("mig_in", item, ""), count,
		    emit_element_size(arg->type));
}

/* A raw value passed by address. */
static void
raw_local(FILE *f, const struct routine *r, const struct argument *arg)
{
	const struct item *item = emit_value_item(&r->request, arg);
	const char *present = NULL;

	if (arg->type->raw == RAW_UNLESS)
		present = emit_count_field(&r->request, "mig_in", arg);
	emit_raw_local(
	    f, arg, arg->in ? emit_field("mig_in", item, "") : NULL, present);
}

/* What the implementation gets for an argument. */
static const char *
translated(const struct interface *interface, const struct routine *r,
    const struct argument *arg)
{
	const char *value = request_value(interface, r, arg);

	if (arg->type->intran.function == NULL)
		return value;
	return mem_format("%s(%s)", arg->type->intran.function, value);
}

/* Arguments of the implementation that need a variable before the call. */
static void
emit_in_local(FILE *f, const struct interface *interface,
    const struct routine *r, const struct argument *arg)
{
	if (in_is_gathered(r, arg))
		gather(f, r, arg);
	else if (arg->in && !arg->out && emit_raw_pointer(arg))
		raw_local(f, r, arg);
	else if (!arg->out && arg->type->intran.function != NULL)
		fprintf(f, "\t%s %s = %s;\n", emit_ctype(arg, SIDE_SERVER),
		    arg->name, translated(interface, r, arg));
}

/* An out array the implementation writes to: in the reply, or a local. */
static void
emit_out_array(FILE *f, const struct routine *r, const struct argument *arg)
{
	const struct item *item = emit_value_item(&r->reply, arg);

	bool local = arg->type->is_port || emit_is_copied(item, true);

	if (arg->type->memories)
		emit_declare_memories(f, arg);
	else if (local)
		declare_array(f, arg);
	if (arg->in && arg->type->is_port)
		copy_names(f, r, arg);
	else if (arg->in)
		fprintf(f, "\t__builtin_memcpy(%s%s%s, %s, %u);\n",
		    local ? "" : emit_data("mig_out"), local ? "" : "->",
		    arg->name,
		    emit_field("mig_in", emit_value_item(&r->request, arg), ""),
		    arg->type->size);
}

/* The least bound of all arrays that have a count. */
uint32_t
emit_least_bound(const struct argument *counter)
{
	const struct argument *arg;
	uint32_t bound = counter->type->count;

	for (arg = counter; arg != NULL && arg->counter == counter;
	     arg = arg->next)
		if (arg->type->count != 0 &&
		    (bound == 0 || arg->type->count < bound))
			bound = arg->type->count;
	return bound;
}

static void
emit_out_count(FILE *f, const struct routine *r, const struct argument *arg)
{
	const struct item *room =
	    emit_find_item(&r->request, arg, ITEM_CAPACITY);
	const char *name = arg->name;
	uint32_t bound = emit_least_bound(arg);

	if (arg->in) {
		fprintf(f, "\tmach_msg_type_number_t %sCnt = %s;\n", name,
		    emit_count_field(&r->request, "mig_in", arg));
		return;
	}
	if (room == NULL) {
		fprintf(
		    f, "\tmach_msg_type_number_t %sCnt = %u;\n", name, bound);
		return;
	}
	fprintf(f,
	    "\tmach_msg_type_number_t mig_room_%s = %s < %u ? %s : %u;\n", name,
	    emit_field("mig_in", room, "Cnt"), bound,
	    emit_field("mig_in", room, "Cnt"), bound);
	fprintf(
	    f, "\tmach_msg_type_number_t %sCnt = mig_room_%s;\n", name, name);
}

/* The disposition a right arrived with. */
static const char *
arrived(const struct interface *interface, const struct argument *arg)
{
	bool local = (arg->kind == ARG_REQUESTPORT) != interface->kernel_server;

	if (arg->in)
		return mem_format("mig_in->%s%s.disposition", arg->name,
		    arg->type->shape != SHAPE_SCALAR && !arg->type->out_of_line
			? "[0]"
			: "");
	return mem_format("MACH_MSGH_BITS_%s(mig_request->msgh_bits)",
	    local ? "LOCAL" : "REMOTE");
}

static void
emit_out_local(FILE *f, const struct interface *interface,
    const struct routine *r, const struct argument *arg)
{
	const char *name = arg->name;
	const char *ctype = emit_ctype(arg, SIDE_SERVER);

	if (emit_by_address(arg->type))
		emit_out_array(f, r, arg);
	else if (arg->type->raw != RAW_NONE)
		raw_local(f, r, arg);
	else if (arg->in)
		fprintf(f, "\t%s %s = %s;\n", ctype, name,
		    translated(interface, r, arg));
	else if (arg->type->shape == SHAPE_STRUCT && !arg->type->out_of_line)
		fprintf(f,
		    "\t%s %s;\n\t__builtin_memset(&%s, 0, sizeof(%s));\n",
		    ctype, name, name, name);
	else
		fprintf(f, "\t%s %s = 0;\n", ctype, name);
	if (emit_has_count(arg))
		emit_out_count(f, r, arg);
	if (emit_polymorphic(arg, SIDE_SERVER))
		fprintf(f, "\tmach_msg_type_name_t %sPoly = %s;\n", name,
		    arg->in ? arrived(interface, arg)
			    : "MACH_MSG_TYPE_PORT_NONE");
	if ((arg->flags & FLAG_DEALLOC_ARG) != 0)
		fprintf(f, "\tboolean_t %sDealloc = FALSE;\n", name);
}

/* The arguments that one implies. */
void
emit_call_implied(FILE *f, const struct interface *interface,
    const struct routine *r, const struct argument *arg)
{
	if (emit_polymorphic(arg, SIDE_SERVER) && arg->out)
		fprintf(f, ",\n\t    &%sPoly", arg->name);
	else if (emit_polymorphic(arg, SIDE_SERVER))
		fprintf(f, ",\n\t    %s", arrived(interface, arg));
	if (emit_has_count(arg) && arg->out)
		fprintf(f, ",\n\t    &%sCnt", arg->name);
	else if (emit_has_count(arg))
		fprintf(f, ",\n\t    %s",
		    emit_count_field(&r->request, "mig_in", arg));
	if (emit_has_subs(arg))
		fprintf(f, ",\n\t    %s",
		    arg->out ? mem_format("%sSubs", arg->name)
			     : emit_subs_field(&r->request, "mig_in", arg));
	if ((arg->flags & FLAG_DEALLOC_ARG) != 0 && arg->out)
		fprintf(f, ",\n\t    &%sDealloc", arg->name);
	if ((arg->flags & FLAG_SERVERCOPY) != 0)
		fputs(
		    arg->type->out_of_line ? ",\n\t    FALSE" : ",\n\t    TRUE",
		    f);
}

/* One argument of the call. */
void
emit_call_argument(FILE *f, const struct interface *interface,
    const struct routine *r, const struct argument *arg)
{
	const struct item *item = emit_value_item(&r->reply, arg);
	const char *and = arg->out ? "&" : "";

	if (arg->out && emit_by_address(arg->type)) {
		if (arg->type->is_port || emit_is_copied(item, true))
			fprintf(f, "%s", arg->name);
		else if (arg->type->shape == SHAPE_ARRAY)
			fprintf(f, "(void *)%s->%s", emit_data("mig_out"),
			    arg->name);
		else
			fprintf(f, "%s->%s", emit_data("mig_out"), arg->name);
	} else if (emit_raw_pointer(arg)) {
		fprintf(f, "%s%s", arg->type->raw == RAW_UNLESS ? "" : "&",
		    arg->name);
	} else if (arg->out || in_is_gathered(r, arg) ||
		   arg->type->intran.function != NULL) {
		fprintf(f, "%s%s", and, arg->name);
	} else {
		fputs(request_value(interface, r, arg), f);
	}
	emit_call_implied(f, interface, r, arg);
}

/* The call of the implementation; `argument` prints one of its arguments. */
void
emit_call(FILE *f, const struct interface *interface, const struct routine *r,
    emit_call_argument_fn argument)
{
	const struct argument *arg;
	bool first = true;

	fprintf(f, "%s(", emit_routine_name(interface, r, SIDE_SERVER));
	for (arg = r->args; arg != NULL; arg = arg->next) {
		if (!arg->on_server)
			continue;
		fputs(first ? "\n\t    " : ",\n\t    ", f);
		first = false;
		argument(f, interface, r, arg);
	}
	fputs(")", f);
}

/* Free memory the implementation was only lent. */
static void
release_memory(FILE *f, const struct argument *arg)
{
	const struct type *type =
	    arg->type->memories ? arg->type->element : arg->type;
	const char *name = arg->name;

	if (!type->out_of_line || type->is_port ||
	    (type->pointer && (arg->flags & FLAG_AUTO) == 0))
		return;
	if (arg->type->memories) {
		emit_release_memories(f, arg);
		return;
	}
	fprintf(f,
	    "\tif (mig_in->%s.size != 0)\n\t\tmig_deallocate((vm_address_t)(uintptr_t)mig_in->%s.address,\n\t\t    mig_in->%s.size);\n",
	    name, name, name);
	fprintf(f, "\tmig_in->%s.address = 0;\n\tmig_in->%s.size = 0;\n", name,
	    name);
}

/* Give back what the implementation was only lent. */
static void
emit_release(FILE *f, const struct interface *interface,
    const struct routine *r, const struct argument *arg)
{
	const struct type *type = arg->type;
	const char *name = arg->name;

	if (!arg->out && type->destructor.function != NULL)
		fprintf(f, "\t%s(%s);\n", type->destructor.function,
		    type->intran.function != NULL
			? name
			: request_value(interface, r, arg));
	if (!arg->in)
		return;
	if (type->is_port && !type->out_of_line &&
	    type->intran.function != NULL)
		fprintf(f,
		    "\tif (mig_code == KERN_SUCCESS || mig_code == MIG_NO_REPLY)\n\t\tmig_release_right(mig_in->%s.name,\n\t\t    mig_in->%s.disposition);\n",
		    name, name);
	if (!interface->kernel_server && !arg->out)
		release_memory(f, arg);
}

static bool
has_length(const struct message *message)
{
	const struct item *item;

	for (item = message->items; item != NULL; item = item->next)
		if (item->arg->type->shape == SHAPE_STRING ||
		    item->kind == ITEM_VARIABLE)
			return true;
	return false;
}

static void
emit_reply(FILE *f, const struct routine *r)
{
	const struct message *message = &r->reply;
	bool varies = emit_varies(message);

	fputs(
	    "\tif (mig_code != KERN_SUCCESS) {\n\t\tmig_fail(mig_reply, mig_code);\n\t\treturn;\n\t}\n",
	    f);
	if (varies)
		fprintf(f, "\tmach_msg_size_t mig_size = %s;\n",
		    emit_least(message));
	if (has_length(message))
		fputs("\tmach_msg_size_t mig_len;\n", f);
	emit_fill(f, r, "mig_out");
	if (message->descriptors > 0)
		fputs("\tmig_out->Head.msgh_bits |= MACH_MSGH_BITS_COMPLEX;\n",
		    f);
	fprintf(f, "\tmig_out->Head.msgh_size = %s;\n",
	    varies ? "mig_size" : emit_message_size("mig_out", message));
}

static void
emit_locals(FILE *f, const struct routine *r)
{
	emit_base(f, r, false);
	emit_segments(f, r, "mig_in", false);
	if (!r->simple) {
		emit_base(f, r, true);
		emit_segments(f, r, "mig_out", false);
	}
}

/* Look at the request first. */
static void
emit_checked(FILE *f, const struct routine *r)
{
	if (emit_edited())
		emit_edited_checked(f, r);
	else if (needs_check(r))
		fprintf(f,
		    "\tkern_return_t mig_code = mig_check_%s(mig_request%s%s);\n",
		    r->name, mig_parts ? ",\n\t    mig_request_data" : "",
		    parts_with_trailer(r) ? ", mig_request_trailer" : "");
	else
		fprintf(f,
		    "\tkern_return_t mig_code =\n\t    mig_check_request(mig_request, 0, %s, %s);\n",
		    emit_least(&r->request), emit_most(&r->request));
	fputs(
	    "\n\tif (mig_code != KERN_SUCCESS) {\n\t\tmig_fail(mig_reply, mig_code);\n\t\treturn;\n\t}\n",
	    f);
}

/* The function itself, after the check function. */
static void
emit_stub_body(
    FILE *f, const struct interface *interface, const struct routine *r)
{
	const struct argument *arg;

	emit_locals(f, r);
	emit_checked(f, r);
	emit_walk(f, r);
	if (emit_trailer_need(r, SIDE_SERVER) != NULL)
		fprintf(f,
		    "\tconst mach_msg_max_trailer_t *mig_tail =\n\t    %s;\n",
		    trailer(r));
	for (arg = r->args; arg != NULL; arg = arg->next) {
		if (!arg->on_server)
			continue;
		emit_in_local(f, interface, r, arg);
		if (arg->out)
			emit_out_local(f, interface, r, arg);
	}
	if (emit_edited()) {
		emit_edited_call(f, interface, r, emit_call_argument);
	} else {
		fputs("\tmig_code = ", f);
		emit_call(f, interface, r, emit_call_argument);
		fputs(";\n", f);
	}
	for (arg = r->args; arg != NULL; arg = arg->next)
		if (arg->on_server)
			emit_release(f, interface, r, arg);
	if (r->simple)
		fputs(
		    "\tmig_fail(mig_reply,\n\t    mig_code == KERN_SUCCESS ? MIG_NO_REPLY : mig_code);\n",
		    f);
	else
		emit_reply(f, r);
}

void
emit_server_stub(
    FILE *f, const struct interface *interface, const struct routine *routine)
{
	if (needs_check(routine))
		emit_check_function(f, routine);
	if (mig_parts)
		fprintf(f,
		    "\nstatic void\n_X%s(mach_msg_header_t *mig_request, void *mig_request_data,\n    mach_msg_max_trailer_t *mig_request_trailer, mach_msg_header_t *mig_reply,\n    void *mig_reply_data)\n{\n\t(void)mig_request_data;\n\t(void)mig_request_trailer;\n\t(void)mig_reply_data;\n",
		    routine->name);
	else
		fprintf(f,
		    "\nstatic void\n_X%s(mach_msg_header_t *mig_request, mach_msg_header_t *mig_reply)\n{\n",
		    routine->name);
	emit_stub_body(f, interface, routine);
	fputs("}\n", f);
}
