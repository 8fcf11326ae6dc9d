/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Server stubs of typed messages: verify the request, call the implementation,
 * write the reply, whose header the caller has prepared. On success the
 * implementation owns rights and memory it was given, except the memory of
 * array[], which is released; on any other code the caller of the stub
 * destroys the request. In a kernel the request port is in the remote field.
 */
#include "emit_typed.h"

/* The function that decides whether an implementation may see a request. */
static void
check_function(FILE *f, const struct routine *r)
{
	const struct message *message = &r->request;
	const struct item *item;
	int last = 0;

	fprintf(f,
	    "\nstatic kern_return_t\nmig_check_%s(mach_msg_header_t *mig_request)\n{\n",
	    r->name);
	if (message->items != NULL)
		fprintf(f, "\t__Request__%s_t *mig_in = (void *)mig_request;\n",
		    r->name);
	typed_segments(f, r, false);
	if (emit_varies(message))
		fprintf(f, "\tuint32_t mig_need = %u;\n\tuint32_t mig_len;\n",
		    message->min);
	if (typed_complexity(message, true) == COMPLEX_DEPENDS)
		fputs("\tint mig_complex = 0;\n", f);
	fprintf(f,
	    "\tkern_return_t mig_code = mig_check_request(mig_request, %u, %u, %d);\n\n\tif (mig_code != KERN_SUCCESS)\n\t\treturn mig_code;\n",
	    message->min, message->max, (int)typed_complexity(message, true));
	typed_check(f, r, false);
	for (item = message->items; item != NULL; item = item->next)
		last = item->segment;
	if (last > 0)
		fprintf(f, "\t(void)mig_in%d;\n", last);
	fputs("\treturn KERN_SUCCESS;\n}\n", f);
}

static const struct item *
find_item(const struct message *message, const struct argument *arg)
{
	const struct item *item;

	for (item = message->items; item != NULL; item = item->next)
		if (item->arg == arg)
			return item;
	return NULL;
}

/* The same of an argument that is there. */
static const struct item *
item_of(const struct message *message, const struct argument *arg)
{
	const struct item *item = find_item(message, arg);

	if (item == NULL)
		fatal("internal error: '%s' is in no message", arg->name);
	return item;
}

/* How many elements a checked request has. */
static const char *
count(const struct item *item)
{
	const char *text = mem_format("%s(&%s)",
	    item->long_form ? "mig_long_number" : "mig_type_number",
	    emit_field("mig_in", item, "Type"));

	if (item->multiple == 1)
		return text;
	return mem_format("(%s / %u)", text, item->multiple);
}

/* Point the later segments of the request at their places. */
static void
walk(FILE *f, const struct routine *r)
{
	const struct item *item;

	for (item = r->request.items; item != NULL; item = item->next) {
		const char *length;

		if (item->kind != ITEM_VARIABLE || item->next == NULL)
			continue;
		length = mem_format("MIG_ROUND(%s(&%s) * %u)",
		    item->long_form ? "mig_long_number" : "mig_type_number",
		    emit_field("mig_in", item, "Type"), item->bits / 8);
		if (item->arg->type->unbounded)
			length = mem_format(
			    "(mig_long_inline(&%s)\n\t\t    ? %s : sizeof(uintptr_t))",
			    emit_field("mig_in", item, "Type"), length);
		emit_next_segment(f, "mig_in", item, length);
	}
}

/* The C expression of what the request says, before any translation. */
static const char *
raw_value(const struct interface *interface, const struct routine *r,
    const struct argument *arg)
{
	const struct type *type = arg->type;
	const struct item *item = find_item(&r->request, arg);
	const char *ctype = typed_type_name(interface, type, SIDE_SERVER);

	if (item == NULL) {
		const char *port = emit_header_port(interface, arg);

		return mem_format("(%s)%s", ctype,
		    port != NULL ? port : "mig_request->msgh_seqno");
	}
	if (type->out_of_line)
		return mem_format(
		    "(%s)%s", ctype, emit_field("mig_in", item, ""));
	if (type->is_port && type->shape == SHAPE_SCALAR)
		return mem_format(
		    "(%s)%s.port", ctype, emit_field("mig_in", item, ""));
	if (typed_is_indefinite(type))
		return mem_format(
		    "mig_long_inline(&%s)\n\t\t? (void *)%s : (void *)%s",
		    emit_field("mig_in", item, "Type"),
		    emit_field("mig_in", item, ""),
		    emit_field("mig_in", item, "P"));
	if (type->shape == SHAPE_ARRAY)
		return mem_format("(void *)%s", emit_field("mig_in", item, ""));
	return emit_field("mig_in", item, "");
}

/* The same, translated. */
static const char *
value(const struct interface *interface, const struct routine *r,
    const struct argument *arg)
{
	const struct translation *t = &arg->type->intran;
	const char *raw = raw_value(interface, r, arg);
	const char *plain = raw;

	if (t->function != NULL)
		plain = mem_format("%s(%s)", t->function, raw);
	if (t->payload == NULL || arg->kind != ARG_REQUESTPORT ||
	    interface->kernel_server)
		return plain;
	return mem_format(
	    "MACH_MSGH_BITS_LOCAL(mig_request->msgh_bits) ==\n\t\tMACH_MSG_TYPE_PROTECTED_PAYLOAD\n\t    ? %s(mig_request->msgh_protected_payload)\n\t    : %s",
	    t->payload, plain);
}

/* An in array whose elements must be gathered from the request. */
static void
gather(FILE *f, const struct interface *interface, const struct item *item)
{
	const struct argument *arg = item->arg;
	const struct type *type = arg->type;
	const char *name = arg->name;
	const char *many =
	    type->variable ? count(item) : mem_format("%u", type->count);
	uint32_t most;
	const char *element =
	    typed_element(interface, type, SIDE_SERVER, &most);
	const char *indent = "";

	if (type->unbounded)
		most = item->number / item->multiple;
	fprintf(f, "\t%s mig_room_%s[%u];\n\t%s *%s = mig_room_%s;\n", element,
	    name, most, element, name, name);
	if (type->unbounded) {
		fprintf(f,
		    "\tif (!mig_long_inline(&%s))\n\t\t%s = (void *)%s;\n\telse\n",
		    emit_field("mig_in", item, "Type"), name,
		    emit_field("mig_in", item, "P"));
		indent = "\t";
	}
	if (type->is_port)
		fprintf(f,
		    "%s\tfor (uint32_t mig_i = 0; mig_i < %s; mig_i++)\n%s\t\t%s[mig_i] = %s;\n",
		    indent, many, indent, name,
		    emit_field("mig_in", item, "[mig_i].port"));
	else
		fprintf(f, "%s\t__builtin_memcpy(%s, %s, %s * %u);\n", indent,
		    name, emit_field("mig_in", item, ""), many,
		    item->bits / 8 * item->multiple);
}

/* Does the call need a variable for an argument that only goes in? */
static bool
has_in_local(const struct interface *interface, const struct argument *arg,
    const struct item *item)
{
	const struct translation *t = &arg->type->intran;

	if (t->function != NULL || t->payload != NULL)
		return true;
	return item != NULL && typed_is_copied(interface, item) &&
	       !arg->type->out_of_line;
}

static void
in_local(FILE *f, const struct interface *interface, const struct routine *r,
    const struct argument *arg)
{
	const struct item *item = arg->in ? item_of(&r->request, arg) : NULL;

	if (!has_in_local(interface, arg, item))
		return;
	if (item != NULL && typed_is_copied(interface, item) &&
	    !arg->type->out_of_line)
		gather(f, interface, item);
	else
		fprintf(f, "\t%s %s =\n\t    %s;\n",
		    typed_ctype(interface, arg, SIDE_SERVER), arg->name,
		    value(interface, r, arg));
}

/* Where the implementation writes an out array: in the reply if it can. */
static void
out_array(FILE *f, const struct interface *interface, const struct routine *r,
    const struct argument *arg)
{
	const struct item *item = item_of(&r->reply, arg);
	const struct type *type = arg->type;
	bool indefinite = typed_is_indefinite(type);
	uint32_t most;
	const char *element =
	    typed_element(interface, type, SIDE_SERVER, &most);
	const char *room = mem_format("(void *)mig_out->%s", arg->name);

	if (indefinite)
		most = item->number / item->multiple;
	if (typed_is_copied(interface, item)) {
		fprintf(
		    f, "\t%s mig_space_%s[%u];\n", element, arg->name, most);
		room = mem_format("mig_space_%s", arg->name);
	}
	if (indefinite)
		fprintf(f,
		    "\t%s *mig_room_%s = %s;\n\t%s %s = (void *)mig_room_%s;\n",
		    element, arg->name, room,
		    typed_ctype(interface, arg, SIDE_SERVER), arg->name,
		    arg->name);
	else
		fprintf(f, "\t%s *%s = %s;\n", element, arg->name, room);
	if (!arg->in)
		return;
	item = item_of(&r->request, arg);
	if (type->is_port)
		fprintf(f,
		    "\tfor (uint32_t mig_i = 0; mig_i < %u; mig_i++)\n\t\t%s[mig_i] = %s;\n",
		    item->number, arg->name,
		    emit_field("mig_in", item, "[mig_i].port"));
	else
		fprintf(f, "\t__builtin_memcpy(%s, %s, %u);\n", arg->name,
		    emit_field("mig_in", item, ""), type->size);
}

static void
out_count(FILE *f, const struct routine *r, const struct argument *arg)
{
	const struct item *room = find_item(&r->request, arg);
	const struct item *item = item_of(&r->reply, arg);
	const char *name = arg->name;
	uint32_t most =
	    arg->type->out_of_line ? 0 : item->number / item->multiple;
	const struct argument *other = arg->next;

	for (; other != NULL && other->counter == arg; other = other->next) {
		item = item_of(&r->reply, other);
		if (!other->type->out_of_line &&
		    item->number / item->multiple < most)
			most = item->number / item->multiple;
	}
	if (arg->in) {
		fprintf(f, "\tmach_msg_type_number_t %sCnt = %s;\n", name,
		    count(room));
		return;
	}
	if (room == NULL || room->kind != ITEM_CAPACITY) {
		fprintf(
		    f, "\tmach_msg_type_number_t %sCnt = %u;\n", name, most);
		return;
	}
	fprintf(f, "\tmach_msg_type_number_t %sCnt = %s < %u ? %s : %u;\n",
	    name, emit_field("mig_in", room, "Cnt"), most,
	    emit_field("mig_in", room, "Cnt"), most);
}

static void
out_local(FILE *f, const struct interface *interface, const struct routine *r,
    const struct argument *arg)
{
	const struct type *type = arg->type;
	const char *name = arg->name;
	const char *ctype = typed_ctype(interface, arg, SIDE_SERVER);
	const char *poly = "MACH_MSG_TYPE_POLYMORPHIC";

	if (!type->out_of_line &&
	    (type->shape == SHAPE_ARRAY || type->shape == SHAPE_STRING))
		out_array(f, interface, r, arg);
	else if (arg->in)
		fprintf(f, "\t%s %s = %s;\n", ctype, name,
		    value(interface, r, arg));
	else
		fprintf(f,
		    "\t%s %s;\n\t__builtin_memset(&%s, 0, sizeof(%s));\n",
		    ctype, name, name, name);
	if (emit_has_count(arg))
		out_count(f, r, arg);
	if (emit_polymorphic(arg, SIDE_SERVER)) {
		if (arg->in)
			poly = mem_format("mig_type_name(&%s)",
			    emit_field(
				"mig_in", item_of(&r->request, arg), "Type"));
		fprintf(f, "\tmach_msg_type_name_t %sPoly = %s;\n", name, poly);
	}
	if ((arg->flags & FLAG_DEALLOC_ARG) != 0)
		fprintf(f, "\tboolean_t %sDealloc = FALSE;\n", name);
}

/* The disposition a right arrived with. */
static const char *
arrived(const struct interface *interface, const struct routine *r,
    const struct argument *arg)
{
	bool local = (arg->kind == ARG_REQUESTPORT) != interface->kernel_server;
	const struct item *item;

	if (!arg->in)
		return mem_format("MACH_MSGH_BITS_%s(mig_request->msgh_bits)",
		    local ? "LOCAL" : "REMOTE");
	item = item_of(&r->request, arg);
	return mem_format("%s(&%s)",
	    item->long_form ? "mig_long_name" : "mig_type_name",
	    emit_field("mig_in", item, "Type"));
}

/* Is memory of an array[] argument the stub's to release? */
static bool
is_lent(const struct argument *arg)
{
	return arg->in && typed_is_indefinite(arg->type) &&
	       (arg->flags & FLAG_SERVERCOPY) == 0;
}

static void
call_argument(FILE *f, const struct interface *interface,
    const struct routine *r, const struct argument *arg)
{
	const struct type *type = arg->type;
	const struct item *item = arg->in ? item_of(&r->request, arg) : NULL;
	const char *and = "";

	if (arg->out) {
		if (type->out_of_line || typed_is_indefinite(type) ||
		    (type->shape != SHAPE_ARRAY && type->shape != SHAPE_STRING))
			and = "&";
		fprintf(f, "%s%s", and, arg->name);
	} else if (has_in_local(interface, arg, item)) {
		fputs(arg->name, f);
	} else {
		fputs(value(interface, r, arg), f);
	}
	if (emit_polymorphic(arg, SIDE_SERVER) && arg->out)
		fprintf(f, ",\n\t    &%sPoly", arg->name);
	else if (emit_polymorphic(arg, SIDE_SERVER))
		fprintf(f, ",\n\t    %s", arrived(interface, r, arg));
	if (emit_has_count(arg) && arg->out)
		fprintf(f, ",\n\t    &%sCnt", arg->name);
	else if (emit_has_count(arg))
		fprintf(f, ",\n\t    %s", count(item_of(&r->request, arg)));
	if ((arg->flags & FLAG_DEALLOC_ARG) != 0 && arg->out)
		fprintf(f, ",\n\t    &%sDealloc", arg->name);
	if ((arg->flags & FLAG_SERVERCOPY) == 0)
		return;
	if (typed_is_indefinite(type))
		fprintf(f, ",\n\t    mig_long_inline(&%s)",
		    emit_field("mig_in", item, "Type"));
	else
		fputs(
		    type->out_of_line ? ",\n\t    FALSE" : ",\n\t    TRUE", f);
}

/* Give back what the implementation was only lent. */
static void
release(FILE *f, const struct interface *interface, const struct routine *r,
    const struct argument *arg)
{
	const struct type *type = arg->type;
	const struct item *item;
	bool local =
	    type->intran.function != NULL || type->intran.payload != NULL;

	if (!arg->out && type->destructor.function != NULL)
		fprintf(f, "\t%s(%s);\n", type->destructor.function,
		    local ? arg->name : value(interface, r, arg));
	if (!is_lent(arg))
		return;
	item = item_of(&r->request, arg);
	fprintf(f,
	    "\tif (mig_code == KERN_SUCCESS && !mig_long_inline(&%s))\n\t\t%smig_deallocate((vm_offset_t)%s, %s * %u);\n",
	    emit_field("mig_in", item, "Type"), interface->subr_prefix,
	    emit_field("mig_in", item, "P"), count(item),
	    item->bits / 8 * item->multiple);
}

static void
reply(FILE *f, const struct interface *interface, const struct routine *r)
{
	const struct message *message = &r->reply;
	enum complexity complexity = typed_complexity(message, false);

	fputs(
	    "\tif (mig_code != KERN_SUCCESS) {\n\t\tmig_fail(mig_reply, mig_code);\n\t\treturn;\n\t}\n",
	    f);
	if (emit_varies(message))
		fprintf(f, "\tuint32_t mig_size = %u;\n", message->min);
	if (typed_has_length(message))
		fputs("\tuint32_t mig_len;\n", f);
	if (complexity == COMPLEX_DEPENDS)
		fputs("\tint mig_complex = 0;\n", f);
	if (typed_has_circle(interface, message, SIDE_SERVER))
		fputs("\tmach_msg_bits_t mig_circular = 0;\n", f);
	typed_fill(f, interface, r, true);
	fputs("\tmig_out->RetCode = KERN_SUCCESS;\n", f);
	if (mig_abi->align > 4)
		fputs(
		    "\t__builtin_memset(mig_out->RetCodePad, 0, sizeof(mig_out->RetCodePad));\n",
		    f);
	if (complexity == COMPLEX_DEPENDS)
		fputs("\tif (mig_complex)\n\t", f);
	if (complexity != COMPLEX_NEVER)
		fputs("\tmig_out->Head.msgh_bits |= MACH_MSGH_BITS_COMPLEX;\n",
		    f);
	if (typed_has_circle(interface, message, SIDE_SERVER))
		fputs("\tmig_out->Head.msgh_bits |= mig_circular;\n", f);
	fprintf(f, "\tmig_out->Head.msgh_size = %s;\n",
	    emit_varies(message) ? "mig_size" : "sizeof(*mig_out)");
}

static void
stub(FILE *f, const struct interface *interface, const struct routine *r)
{
	const struct argument *arg;

	fprintf(f,
	    "\nmig_internal void\n_X%s(mach_msg_header_t *mig_request, mach_msg_header_t *mig_reply)\n{\n",
	    r->name);
	if (r->request.items != NULL)
		fprintf(f, "\t__Request__%s_t *mig_in = (void *)mig_request;\n",
		    r->name);
	typed_segments(f, r, false);
	if (!r->simple) {
		fprintf(f, "\t__Reply__%s_t *mig_out = (void *)mig_reply;\n",
		    r->name);
		typed_segments(f, r, true);
	}
	fprintf(f,
	    "\tkern_return_t mig_code = mig_check_%s(mig_request);\n\n\tif (mig_code != KERN_SUCCESS) {\n\t\tmig_fail(mig_reply, mig_code);\n\t\treturn;\n\t}\n",
	    r->name);
	walk(f, r);
	for (arg = r->args; arg != NULL; arg = arg->next) {
		if (!arg->on_server)
			continue;
		if (arg->out)
			out_local(f, interface, r, arg);
		else
			in_local(f, interface, r, arg);
	}
	fputs("\tmig_code = ", f);
	emit_call(f, interface, r, call_argument);
	fputs(";\n", f);
	for (arg = r->args; arg != NULL; arg = arg->next)
		if (arg->on_server)
			release(f, interface, r, arg);
	if (r->simple)
		fputs("\tmig_fail(mig_reply, mig_code);\n", f);
	else
		reply(f, interface, r);
	fputs("}\n", f);
}

/* What a server that leaves a routine out gets, if its system wants that. */
static void
default_function(
    FILE *f, const struct interface *interface, const struct routine *r)
{
	fputs("\n#ifdef MIG_EOPNOTSUPP\n__attribute__((weak)) ", f);
	typed_prototype(f, interface, r, SIDE_SERVER,
	    "\n{\n\treturn MIG_EOPNOTSUPP;\n}\n#endif\n");
}

static void
table(FILE *f, const struct interface *interface)
{
	const struct routine *r;

	fprintf(f, "\nmig_routine_t %s_routines[%u] = {\n",
	    emit_demux_name(interface),
	    interface->end > 0 ? interface->end : 1);
	for (r = interface->routines; r != NULL; r = r->next)
		fprintf(f, "\t[%u] = _X%s,\n", r->index, r->name);
	fputs("};\n", f);
}

/* Names and numbers, for who wants to trace calls. */
static void
symbols(FILE *f, const struct interface *interface)
{
	const struct routine *r;

	fprintf(f, "\nmig_symtab_t _%sSymTab[] = {\n", interface->name);
	for (r = interface->routines; r != NULL; r = r->next)
		fprintf(f, "\t{\"%s\", %u, (void (*)(void))_X%s},\n", r->name,
		    interface->base + r->index, r->name);
	fprintf(f, "};\nint _%sSymTabBase = %u;\nint _%sSymTabEnd = %u;\n",
	    interface->name, interface->base, interface->name,
	    interface->base + interface->end);
}

/* Serve one request: prepare the reply, find the stub. */
static void
demux(FILE *f, const struct interface *interface)
{
	const char *name = emit_demux_name(interface);

	fprintf(f,
	    "\nmig_external boolean_t %s\n(\n\tmach_msg_header_t *request,\n\tmach_msg_header_t *reply\n)\n{\n",
	    name);
	fprintf(f,
	    "\tuint32_t index = (uint32_t)request->msgh_id - %u;\n\tmig_error_t *error = (void *)reply;\n\tmig_routine_t stub = index < %u ? %s_routines[index] : 0;\n\n",
	    interface->base, interface->end > 0 ? interface->end : 1, name);
	fputs(
	    "\t__builtin_memset(error, 0, sizeof(*error));\n"
	    "\terror->Head.msgh_bits =\n\t    MACH_MSGH_BITS(MACH_MSGH_BITS_REMOTE(request->msgh_bits), 0);\n"
	    "\terror->Head.msgh_size = sizeof(*error);\n"
	    "\terror->Head.msgh_remote_port = request->msgh_remote_port;\n"
	    "\terror->Head.msgh_id = request->msgh_id + 100;\n"
	    "\terror->RetCodeType =\n\t    MIG_TYPE(MACH_MSG_TYPE_INTEGER_32, 32, 1, MIG_INLINE);\n"
	    "\tif (!stub) {\n\t\terror->RetCode = MIG_BAD_ID;\n\t\treturn FALSE;\n\t}\n"
	    "\tstub(request, reply);\n\treturn TRUE;\n}\n",
	    f);
}

/* The whole file of server stubs. A kernel has a demultiplexer of its own. */
void
typed_server(FILE *f, const struct interface *interface)
{
	const struct routine *r;
	struct support support;
	FILE *stubs = support_begin(&support);

	typed_server_prototypes(stubs, interface, false);
	typed_messages(stubs, interface, SIDE_SERVER);
	for (r = interface->routines; r != NULL; r = r->next) {
		check_function(stubs, r);
		stub(stubs, interface, r);
		default_function(stubs, interface, r);
	}
	table(stubs, interface);
	if (interface->symbol_table)
		symbols(stubs, interface);
	if (!interface->kernel_server)
		demux(stubs, interface);
	emit_banner(f, interface, "Server stubs");
	typed_support(f, interface, SIDE_SERVER);
	support_end(&support, f);
}
