/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * User stubs. Each fills its request on the stack, sends it and receives the
 * reply over it in one mach_msg. Everything that can fail before the send
 * happens before a reply port is taken, so a refusal has nothing to undo.
 */
#include "mig.h"

#define MAX_TRAILER 60U

static bool
has_string(const struct message *message)
{
	const struct item *item;

	for (item = message->items; item != NULL; item = item->next)
		if (item->arg->type->shape == SHAPE_STRING)
			return true;
	return false;
}

/* Raw values have a size only if there is a limit to it. */
static bool
is_above(const struct routine *r, const struct message *message, uint32_t more)
{
	uint64_t raw = message->raw_count;

	if (raw > 0 && r->raw_limit == UINT32_MAX)
		return r->on_stack_limit != UINT32_MAX;
	raw *= layout_round(r->raw_limit);
	return message->max + raw + more > r->on_stack_limit;
}

/* Is the stub's buffer more than it may have on the stack? */
static bool
is_large(const struct routine *r)
{
	uint32_t both = emit_overwrites(r) ? r->request.max : 0;

	return is_above(r, &r->request, 0) ||
	       (!r->simple && is_above(r, &r->reply, both + MAX_TRAILER));
}

static const char *
buffer(const struct routine *r)
{
	return is_large(r) ? "(*mig_large)" : "mig_message";
}

/* The buffer of request and reply: a local, or got for the call. */
static void
emit_buffer(FILE *f, const struct routine *r)
{
	bool tail = emit_trailer_need(r, SIDE_USER) != NULL;

	/* A list of places to receive into may not overlay the request. */
	fprintf(f, "\t%s {\n\t\tuint64_t mig_align;\n",
	    emit_overwrites(r) ? "struct" : "union");
	fprintf(f, "\t\t__Request__%s_t in;\n", r->name);
	if (!r->simple)
		fprintf(f,
		    "\t\tstruct {\n\t\t\t__Reply__%s_t message;\n\t\t\tmach_msg_%strailer_t trailer;\n\t\t} out;\n",
		    r->name, tail ? "max_" : "");
	if (!is_large(r)) {
		fputs("\t} mig_message;\n", f);
		return;
	}
	fputs(
	    "\t} *mig_large;\n\tstruct mig_space mig_space\n\t\t__attribute__((cleanup(mig_space_free))) =\n\t    mig_space_get(sizeof(*mig_large));\n",
	    f);
	fputs("\tmig_large = (void *)mig_space.at;\n", f);
	fputs("\tif (!mig_large)\n\t\treturn KERN_RESOURCE_SHORTAGE;\n", f);
}

/* The message buffer and what points into it. */
static void
emit_locals(FILE *f, const struct routine *r)
{
	bool check = !r->simple && emit_varies(&r->reply);

	emit_buffer(f, r);
	fprintf(f, "\t__Request__%s_t *mig_in = &%s.in;\n", r->name, buffer(r));
	emit_segments(f, r, "mig_in", false);
	if (!r->simple) {
		fprintf(f, "\t__Reply__%s_t *mig_out = &%s.out.message;\n",
		    r->name, buffer(r));
		emit_segments(f, r, "mig_out", false);
	}
	if (!r->simple && emit_trailer_need(r, SIDE_USER) != NULL)
		fputs("\tconst mach_msg_max_trailer_t *mig_tail;\n", f);
	if (emit_varies(&r->request))
		fprintf(f, "\tmach_msg_size_t mig_size = %s;\n",
		    emit_least(&r->request));
	if (check)
		fprintf(f, "\tmach_msg_size_t mig_need = %s;\n",
		    emit_least(&r->reply));
	if (emit_varies(&r->request) || has_string(&r->request) || check)
		fputs("\tmach_msg_size_t mig_len;\n", f);
	fputs("\tkern_return_t mig_code;\n\n", f);
}

/* A right in the header: its disposition, which may be an argument. */
const char *
emit_header_disposition(const struct argument *arg)
{
	if (arg->type->sent == DISP_POLY)
		return mem_format("%sPoly", arg->name);
	return emit_disposition(arg->type->sent);
}

static void
emit_head(FILE *f, const struct interface *interface, const struct routine *r)
{
	const char *reply = "MACH_MSG_TYPE_PORT_NONE";
	const char *port = "MACH_PORT_NULL";

	if (r->user_reply_port != NULL) {
		reply = emit_header_disposition(r->user_reply_port);
		port = r->user_reply_port->name;
	} else if (!r->simple) {
		reply = "MACH_MSG_TYPE_MAKE_SEND_ONCE";
		if (!interface->kernel_user)
			port = "mig_get_reply_port()";
	}
	fprintf(f,
	    "\tmig_in->Head = (mach_msg_header_t){\n\t\t.msgh_bits = MACH_MSGH_BITS(%s,\n\t\t\t%s)%s,\n",
	    emit_header_disposition(r->request_port), reply,
	    r->request.descriptors > 0 ? " | MACH_MSGH_BITS_COMPLEX" : "");
	fprintf(f, "\t\t.msgh_size = %s,\n",
	    emit_varies(&r->request) ? "mig_size" : "sizeof(*mig_in)");
	fprintf(f,
	    "\t\t.msgh_remote_port = %s,\n\t\t.msgh_local_port = %s,\n\t\t.msgh_id = %u};\n",
	    r->request_port->name, port, interface->base + r->index);
}

/*
 * Options of mach_msg beyond send and receive, each after ` | `. To typed
 * messages a wait time is about the reply.
 */
const char *
emit_options(const struct routine *r)
{
	const char *text = "";
	const char *need = emit_trailer_need(r, SIDE_USER);

	if (r->wait_time != NULL || r->default_wait_time != NULL)
		text = mem_format("%s%s",
		    r->simple || !mig_abi->typed ? " | MACH_SEND_TIMEOUT" : "",
		    r->simple ? "" : " | MACH_RCV_TIMEOUT");
	else if (r->send_time != NULL || r->default_send_time != NULL)
		text = " | MACH_SEND_TIMEOUT";
	if (r->msg_option != NULL)
		text = mem_format("%s | %s", text, r->msg_option->name);
	else if (r->default_msg_option != NULL)
		text = mem_format("%s | %s", text, r->default_msg_option);
	if (need == NULL || mig_abi->typed)
		return text;
	if (same_word(need, "SECURITY"))
		need = "SENDER";
	else if (same_word(need, "CONTEXT"))
		need = "CTX";
	return mem_format(
	    "%s | MACH_RCV_TRAILER_ELEMENTS(MACH_RCV_TRAILER_%s)", text, need);
}

const char *
emit_timeout(const struct routine *r)
{
	if (r->wait_time != NULL)
		return r->wait_time->name;
	if (r->send_time != NULL)
		return r->send_time->name;
	if (r->default_wait_time != NULL)
		return r->default_wait_time;
	if (r->default_send_time != NULL)
		return r->default_send_time;
	return "MACH_MSG_TIMEOUT_NONE";
}

/* Destroy what could not be sent; the kernel's calls do so themselves. */
static void
emit_consume(
    FILE *f, const struct interface *interface, const struct routine *r)
{
	if (r->consume == CONSUME_NONE || interface->kernel_user)
		return;
	fprintf(f, "\tmig_consume_unsent(&mig_in->Head, mig_code, %s);\n",
	    r->consume == CONSUME_ANY ? "TRUE" : "FALSE");
}

/* A message without reply: the result of sending is the routine's. */
static void
emit_send(FILE *f, const struct interface *interface, const struct routine *r)
{
	const char *size =
	    emit_varies(&r->request) ? "mig_size" : "sizeof(*mig_in)";

	if (interface->kernel_user)
		fprintf(f,
		    "\tmig_code = mach_msg_send_from_kernel(&mig_in->Head, %s);\n",
		    size);
	else
		fprintf(f,
		    "\tmig_code = mach_msg(&mig_in->Head, MACH_SEND_MSG%s,\n\t    %s, 0, MACH_PORT_NULL, %s, MACH_PORT_NULL);\n",
		    emit_options(r), size, emit_timeout(r));
	emit_consume(f, interface, r);
	fputs("\treturn mig_code;\n", f);
}

/* The list first: where results go whose memory the caller has. */
static void
emit_rpc_over(FILE *f, const struct routine *r, const char *size)
{
	emit_scatter(f, r);
	if (r->user_reply_port != NULL)
		fprintf(f,
		    "\tmig_code = mach_msg_overwrite(&mig_in->Head,\n\t    MACH_SEND_MSG | MACH_RCV_MSG | MACH_RCV_OVERWRITE%s,\n\t    %s, sizeof(%s.out), %s, %s, MACH_PORT_NULL,\n\t    &mig_out->Head, %u);\n",
		    emit_options(r), size, buffer(r), r->user_reply_port->name,
		    emit_timeout(r), emit_scatter_size(r));
	else
		fprintf(f,
		    "\tmig_code = mig_rpc_overwrite(&mig_in->Head, MACH_MSG_OPTION_NONE%s,\n\t    %s, %s, &(struct mig_scatter){\n\t\t&mig_out->Head, sizeof(%s.out), %u});\n",
		    emit_options(r), size, emit_timeout(r), buffer(r),
		    emit_scatter_size(r));
}

static void
emit_rpc(FILE *f, const struct interface *interface, const struct routine *r)
{
	const char *size =
	    emit_varies(&r->request) ? "mig_size" : "sizeof(*mig_in)";

	if (interface->kernel_user)
		fprintf(f,
		    "\tmig_code = mach_msg_rpc_from_kernel(&mig_in->Head,\n\t    %s, sizeof(%s.out));\n",
		    size, buffer(r));
	else if (emit_overwrites(r))
		emit_rpc_over(f, r, size);
	else if (r->user_reply_port != NULL)
		fprintf(f,
		    "\tmig_code = mach_msg(&mig_in->Head, MACH_SEND_MSG | MACH_RCV_MSG%s,\n\t    %s, sizeof(%s.out), %s, %s, MACH_PORT_NULL);\n",
		    emit_options(r), size, buffer(r), r->user_reply_port->name,
		    emit_timeout(r));
	else
		fprintf(f,
		    "\tmig_code = mig_rpc(&mig_in->Head, MACH_MSG_OPTION_NONE%s,\n\t    %s, sizeof(%s.out), %s);\n",
		    emit_options(r), size, buffer(r), emit_timeout(r));
	emit_consume(f, interface, r);
	fputs("\tif (mig_code != MACH_MSG_SUCCESS)\n\t\treturn mig_code;\n", f);
}

static void
emit_routine(
    FILE *f, const struct interface *interface, const struct routine *r)
{
	fputc('\n', f);
	emit_prototype(f, interface, r, SIDE_USER, "\n{\n");
	emit_locals(f, r);
	emit_fill(f, r, "mig_in");
	emit_head(f, interface, r);
	if (r->simple) {
		emit_send(f, interface, r);
	} else {
		emit_rpc(f, interface, r);
		fprintf(f,
		    "\tmig_code = mig_check_reply(&mig_out->Head, %u, %u, %s, %s);\n\tif (mig_code != KERN_SUCCESS)\n\t\treturn mig_code;\n",
		    interface->base + r->index + 100, r->reply.descriptors,
		    emit_least(&r->reply), emit_most(&r->reply));
		emit_user_reply(f, r);
	}
	fputs("}\n", f);
}

/* The whole file of user stubs. */
void
emit_user(FILE *f, const struct interface *interface)
{
	const struct routine *r;
	struct support support;
	FILE *stubs = support_begin(&support);

	emit_user_prototypes(stubs, interface, false);
	emit_messages(stubs, interface, SIDE_USER);
	for (r = interface->routines; r != NULL; r = r->next)
		emit_routine(stubs, interface, r);
	emit_banner(f, interface, "User stubs");
	emit_includes(f, interface, SIDE_USER, true);
	emit_imports(f, interface, IMPORT_USER | IMPORT_SOURCE);
	emit_rcsid(f, interface, "user");
	emit_pragmas(f);
	emit_hooks(f);
	support_end(&support, f);
}
