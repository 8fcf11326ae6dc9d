/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * User stubs of typed messages. Each fills its request on the stack, sends it
 * and receives the reply over it in one mach_msg, verifies all of the reply,
 * and only then hands its contents to the caller. Everything that can fail
 * before the send happens before a reply port is taken.
 */
#include "emit_typed.h"

static bool
depends(const struct message *message, bool received)
{
	return typed_complexity(message, received) == COMPLEX_DEPENDS;
}

static void
locals(FILE *f, const struct interface *interface, const struct routine *r)
{
	bool check = !r->simple && emit_varies(&r->reply);

	fprintf(f,
	    "\tunion {\n\t\tuint64_t mig_align;\n\t\t__Request__%s_t in;\n",
	    r->name);
	if (!r->simple)
		fprintf(f, "\t\t__Reply__%s_t out;\n", r->name);
	fprintf(f,
	    "\t} mig_message;\n\t__Request__%s_t *mig_in = &mig_message.in;\n",
	    r->name);
	typed_segments(f, r, false);
	if (!r->simple) {
		fprintf(f, "\t__Reply__%s_t *mig_out = &mig_message.out;\n",
		    r->name);
		typed_segments(f, r, true);
	}
	if (emit_varies(&r->request))
		fprintf(f, "\tuint32_t mig_size = %u;\n", r->request.min);
	if (check)
		fprintf(f, "\tuint32_t mig_need = %u;\n", r->reply.min);
	if (typed_has_length(&r->request) || check)
		fputs("\tuint32_t mig_len;\n", f);
	if (depends(&r->request, false) ||
	    (!r->simple && depends(&r->reply, true)))
		fputs("\tint mig_complex = 0;\n", f);
	if (typed_has_circle(interface, &r->request, SIDE_USER))
		fputs("\tmach_msg_bits_t mig_circular = 0;\n", f);
	if (!r->simple && !interface->kernel_user)
		fputs("\tmach_port_t mig_reply_port;\n", f);
	fputs("\tkern_return_t mig_code;\n\n", f);
}

static void
head(FILE *f, const struct interface *interface, const struct routine *r)
{
	const char *reply = "0";
	const char *port = "MACH_PORT_NULL";
	const char *complex = "";

	if (r->user_reply_port != NULL) {
		reply = emit_header_disposition(r->user_reply_port);
		port = r->user_reply_port->name;
	} else if (!r->simple) {
		reply = "MACH_MSG_TYPE_MAKE_SEND_ONCE";
		if (!interface->kernel_user)
			port = mem_format(
			    "%smig_get_reply_port()", interface->subr_prefix);
	}
	if (!r->simple && !interface->kernel_user) {
		fprintf(f, "\tmig_reply_port = %s;\n", port);
		port = "mig_reply_port";
	}
	if (depends(&r->request, false))
		complex =
		    " |\n\t    (mig_complex ? MACH_MSGH_BITS_COMPLEX : 0)";
	else if (typed_complexity(&r->request, false) == COMPLEX_ALWAYS)
		complex = " |\n\t    MACH_MSGH_BITS_COMPLEX";
	fputs(
	    "\t__builtin_memset(&mig_in->Head, 0, sizeof(mig_in->Head));\n", f);
	fprintf(f, "\tmig_in->Head.msgh_bits = MACH_MSGH_BITS(%s, %s)%s%s;\n",
	    emit_header_disposition(r->request_port), reply, complex,
	    typed_has_circle(interface, &r->request, SIDE_USER)
		? " |\n\t    mig_circular"
		: "");
	fprintf(f, "\tmig_in->Head.msgh_size = %s;\n",
	    emit_varies(&r->request) ? "mig_size" : "sizeof(*mig_in)");
	fprintf(f,
	    "\tmig_in->Head.msgh_remote_port = (mach_port_t)%s;\n\tmig_in->Head.msgh_local_port = (mach_port_t)%s;\n\tmig_in->Head.msgh_id = %u;\n",
	    r->request_port->name, port, interface->base + r->index);
}

static void
send(FILE *f, const struct interface *interface, const struct routine *r)
{
	if (interface->kernel_user)
		fputs(
		    "\tmig_code = mach_msg_send_from_kernel(\n\t    &mig_in->Head, mig_in->Head.msgh_size);\n",
		    f);
	else
		fprintf(f,
		    "\tmig_code = %smach_msg(&mig_in->Head, MACH_SEND_MSG%s,\n\t    mig_in->Head.msgh_size, 0, MACH_PORT_NULL, %s, MACH_PORT_NULL);\n",
		    interface->subr_prefix, emit_options(r), emit_timeout(r));
	fputs("\treturn mig_code;\n", f);
}

static void
rpc(FILE *f, const struct interface *interface, const struct routine *r)
{
	const char *prefix = interface->subr_prefix;
	bool own = r->user_reply_port == NULL;

	if (interface->kernel_user) {
		fputs(
		    "\tmig_code = mach_msg_rpc_from_kernel(&mig_in->Head,\n\t    mig_in->Head.msgh_size, sizeof(*mig_out));\n\tif (mig_code != MACH_MSG_SUCCESS)\n\t\treturn mig_code;\n",
		    f);
		return;
	}
	fprintf(f,
	    "\tmig_code = %smach_msg(&mig_in->Head, MACH_SEND_MSG | MACH_RCV_MSG%s,\n\t    mig_in->Head.msgh_size, sizeof(*mig_out), mig_reply_port, %s,\n\t    MACH_PORT_NULL);\n",
	    prefix, emit_options(r), emit_timeout(r));
	fputs("\tif (mig_code != MACH_MSG_SUCCESS) {\n", f);
	if (own)
		fprintf(f, "\t\t%smig_dealloc_reply_port(mig_reply_port);\n",
		    prefix);
	fputs("\t\treturn mig_code;\n\t}\n", f);
	if (own)
		fprintf(f, "\t%smig_put_reply_port(mig_reply_port);\n", prefix);
}

static void
check_head(FILE *f, const struct interface *interface, const struct routine *r)
{
	fprintf(f,
	    "\tmig_code = mig_check_reply(&mig_out->Head, %u, %u, %u, %d);\n",
	    interface->base + r->index + 100, r->reply.min, r->reply.max,
	    (int)typed_complexity(&r->reply, true));
	if (r->user_reply_port == NULL && !interface->kernel_user)
		fprintf(f,
		    "\tif (mig_code == MIG_REPLY_MISMATCH)\n\t\t%smig_dealloc_reply_port(mig_reply_port);\n",
		    interface->subr_prefix);
	fputs("\tif (mig_code != KERN_SUCCESS)\n\t\treturn mig_code;\n", f);
	if (depends(&r->request, false) && depends(&r->reply, true))
		fputs("\tmig_complex = 0;\n", f);
}

/* How many elements arrived. */
static const char *
count(const struct item *item)
{
	const char *text = mem_format("%s(&%s)",
	    item->long_form ? "mig_long_number" : "mig_type_number",
	    emit_field("mig_out", item, "Type"));

	if (item->multiple == 1)
		return text;
	return mem_format("(%s / %u)", text, item->multiple);
}

/* Copy so many elements to an array of the caller. */
static void
copy_out(FILE *f, const struct interface *interface, const struct item *item,
    const char *to, const char *many, const char *tab)
{
	uint32_t size = item->bits / 8 * item->multiple;
	uint32_t ignored;

	if (item->arg->type->is_port)
		fprintf(f,
		    "%s\tfor (uint32_t mig_i = 0; mig_i < %s; mig_i++)\n%s\t\t((%s *)%s)[mig_i] = %s;\n",
		    tab, many, tab,
		    typed_element(
			interface, item->arg->type, SIDE_USER, &ignored),
		    to, emit_field("mig_out", item, "[mig_i].port"));
	else
		fprintf(f,
		    "%s\tif (%s != 0)\n%s\t\t__builtin_memcpy(%s, %s, %s * %u);\n",
		    tab, many, tab, to, emit_field("mig_out", item, ""), many,
		    size);
}

/* More than the caller has room for: give him what fits, and the truth. */
static void
check_room(
    FILE *f, const struct interface *interface, const struct message *message)
{
	const struct item *item;

	for (item = message->items; item != NULL; item = item->next) {
		const char *name = emit_counter(item->arg);
		const char *many = count(item);

		if (item->kind != ITEM_VARIABLE ||
		    item->arg->type->shape != SHAPE_ARRAY ||
		    item->arg->type->unbounded)
			continue;
		fprintf(f, "\tif (%s > *%sCnt) {\n", many, name);
		copy_out(f, interface, item, item->arg->name,
		    mem_format("*%sCnt", name), "\t");
		fprintf(f,
		    "\t\t*%sCnt = %s;\n\t\treturn mig_refuse(&mig_out->Head, MIG_ARRAY_TOO_LARGE);\n\t}\n",
		    name, many);
	}
}

/* array[]: the caller's memory if it is enough, else new one. */
static void
take_indefinite(
    FILE *f, const struct interface *interface, const struct item *item)
{
	const char *name = item->arg->name;
	const char *ctype =
	    typed_type_name(interface, item->arg->type, SIDE_USER);
	uint32_t element;
	const char *base =
	    typed_element(interface, item->arg->type, SIDE_USER, &element);

	fprintf(f,
	    "\tif (!mig_long_inline(&%s)) {\n\t\t*%s = (%s)%s;\n\t} else {\n",
	    emit_field("mig_out", item, "Type"), name, ctype,
	    emit_field("mig_out", item, "P"));
	fprintf(f,
	    "\t\tif (%s > *%sCnt) {\n\t\t\t*%s = 0;\n\t\t\t%smig_allocate((vm_address_t *)%s,\n\t\t\t    %s * sizeof(%s));\n",
	    count(item), emit_counter(item->arg), name, interface->subr_prefix,
	    name, count(item), base);
	fprintf(f,
	    "\t\t\tif (*%s == 0)\n\t\t\t\treturn mig_refuse(&mig_out->Head,\n\t\t\t\t    KERN_RESOURCE_SHORTAGE);\n\t\t}\n",
	    name);
	copy_out(
	    f, interface, item, mem_format("*%s", name), count(item), "\t");
	fputs("\t}\n", f);
}

static void
take_array(FILE *f, const struct interface *interface, const struct item *item)
{
	const struct type *type = item->arg->type;
	const char *field = emit_field("mig_out", item, "");
	const char *name = item->arg->name;

	if (type->shape == SHAPE_STRING && type->variable)
		fprintf(f, "\t__builtin_memcpy(%s, %s, %s);\n", name, field,
		    count(item));
	else if (type->unbounded)
		take_indefinite(f, interface, item);
	else if (type->variable)
		copy_out(f, interface, item, name, count(item), "");
	else if (type->is_port)
		copy_out(f, interface, item, name,
		    mem_format("%u", item->number), "");
	else
		fprintf(f, "\t__builtin_memcpy(%s, %s, %u);\n", name, field,
		    type->size);
}

static void
take_item(FILE *f, const struct interface *interface, const struct item *item)
{
	const struct argument *arg = item->arg;
	const struct type *type = arg->type;
	const char *name = arg->name;
	const char *field = emit_field("mig_out", item, "");
	const char *ctype = typed_type_name(interface, type, SIDE_USER);

	if (type->out_of_line)
		fprintf(f, "\t*%s = (%s)%s;\n", name, ctype, field);
	else if (type->shape == SHAPE_ARRAY || type->shape == SHAPE_STRING)
		take_array(f, interface, item);
	else if (type->is_port)
		fprintf(f, "\t*%s = (%s)%s.port;\n", name, ctype, field);
	else
		fprintf(f, "\t*%s = %s;\n", name, field);
	if (emit_polymorphic(arg, SIDE_USER))
		fprintf(f, "\t*%sPoly = %s(&%s);\n", name,
		    item->long_form ? "mig_long_name" : "mig_type_name",
		    emit_field("mig_out", item, "Type"));
}

static void
routine(FILE *f, const struct interface *interface, const struct routine *r)
{
	const struct item *item;

	fputs("\nmig_external ", f);
	typed_prototype(f, interface, r, SIDE_USER, "\n{\n");
	locals(f, interface, r);
	typed_fill(f, interface, r, false);
	head(f, interface, r);
	if (r->simple) {
		send(f, interface, r);
		fputs("}\n", f);
		return;
	}
	rpc(f, interface, r);
	check_head(f, interface, r);
	typed_check(f, r, true);
	check_room(f, interface, &r->reply);
	for (item = r->reply.items; item != NULL; item = item->next)
		take_item(f, interface, item);
	/* Last, as they were the caller's room until now. */
	for (item = r->reply.items; item != NULL; item = item->next)
		if (emit_has_count(item->arg))
			fprintf(f, "\t*%sCnt = %s;\n", item->arg->name,
			    count(item));
	fputs("\treturn KERN_SUCCESS;\n}\n", f);
}

/* The whole file of user stubs. */
void
typed_user(FILE *f, const struct interface *interface)
{
	const struct routine *r;
	struct support support;
	FILE *stubs = support_begin(&support);

	typed_user_prototypes(stubs, interface, false);
	typed_messages(stubs, interface, SIDE_USER);
	for (r = interface->routines; r != NULL; r = r->next)
		routine(stubs, interface, r);
	emit_banner(f, interface, "User stubs");
	typed_support(f, interface, SIDE_USER);
	support_end(&support, f);
}
