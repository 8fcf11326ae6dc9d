/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Callers' functions. Each writes its request on the stack, sends it, receives
 * the reply over it; mig_reply_R takes the reply apart, or says what is wrong
 * with it, and then it is destroyed.
 */
#include "emit_rust.h"

static uint32_t
room(const struct routine *r)
{
	return r->reply.max + (rust_trailer_size(r, SIDE_USER) > 0 ? 60 : 8);
}

/* A slice for a result of variable size. */
static void
print_slot(FILE *f, const struct argument *arg)
{
	fprintf(f, "        %s: &'b mut [%s],\n", rust_name(arg->name),
	    arg->type->shape == SHAPE_STRING ? "u8" : rust_element(arg->type));
}

/* A right of the header. */
static const char *
header_type(const struct argument *arg)
{
	const struct type *type = arg->type;

	if (type->sent == DISP_POLY)
		return "mig::Sent<'_, T>";
	return mem_format("%s%s", rust_moves(type->sent) ? "" : "&",
	    rust_right(type->sent, "T"));
}

static void
print_parameter(FILE *f, const struct routine *r, const struct argument *arg)
{
	const char *name = rust_name(arg->name);

	if (arg == r->request_port || arg == r->user_reply_port)
		fprintf(f, "        %s: %s,\n", name, header_type(arg));
	else if (arg == r->wait_time || arg == r->send_time)
		fprintf(f, "        %s: u32,\n", name);
	else if (arg == r->msg_option)
		fprintf(f, "        %s: i32,\n", name);
	else if (arg->in)
		fprintf(f, "        %s: %s,\n", name,
		    rust_sent(arg, SIDE_USER, "T", "'_"));
	else if (rust_has_slot(arg))
		print_slot(f, arg);
}

static bool
has_slots(const struct routine *r)
{
	const struct argument *arg;

	for (arg = r->args; arg != NULL; arg = arg->next)
		if (rust_has_slot(arg))
			return true;
	return false;
}

static void
print_prototype(
    FILE *f, const struct interface *interface, const struct routine *r)
{
	const struct argument *arg;

	fprintf(f, "\n    /// %s %s, id %u.\n",
	    r->simple ? "Simpleroutine" : "Routine", r->name,
	    interface->base + r->index);
	fprintf(f, "    pub fn %s<%sT: mig::Transport>(\n", rust_name(r->name),
	    has_slots(r) ? "'b, " : "");
	fputs("        mig_transport: &T,\n", f);
	for (arg = r->args; arg != NULL; arg = arg->next)
		if (arg->on_user)
			print_parameter(f, r, arg);
	fprintf(f, "    ) -> Result<%s, mig::Code> {\n",
	    rust_results_type(r, SIDE_USER, "T", "'b"));
}

/* Options of mach_msg beyond send and receive. */
static const char *
options(const struct routine *r)
{
	const char *text = "0";

	if (r->wait_time != NULL || r->default_wait_time != NULL)
		text = r->simple
			   ? "mig::MACH_SEND_TIMEOUT"
			   : "mig::MACH_SEND_TIMEOUT | mig::MACH_RCV_TIMEOUT";
	else if (r->send_time != NULL || r->default_send_time != NULL)
		text = "mig::MACH_SEND_TIMEOUT";
	if (r->msg_option != NULL)
		text =
		    mem_format("%s | %s", text, rust_name(r->msg_option->name));
	else if (r->default_msg_option != NULL)
		text = mem_format(
		    "%s | %s", text, rust_option(r->default_msg_option));
	if (rust_trailer_size(r, SIDE_USER) > 0)
		text = mem_format(
		    "%s | %u << 24", text, rust_trailer_part(r, SIDE_USER));
	return text;
}

static const char *
timeout(const struct routine *r)
{
	if (r->wait_time != NULL)
		return rust_name(r->wait_time->name);
	if (r->send_time != NULL)
		return rust_name(r->send_time->name);
	if (r->default_wait_time != NULL)
		return rust_timeout(r->default_wait_time);
	if (r->default_send_time != NULL)
		return rust_timeout(r->default_send_time);
	return "0";
}

/* Locals for a right of the header: its name and disposition. */
static void
print_right(FILE *f, const struct argument *arg, const char *what)
{
	const char *name = rust_name(arg->name);

	if (arg->type->sent == DISP_POLY)
		fprintf(f,
		    "        let (mig_%s, mig_%s_kind) = %s.into_parts();\n",
		    what, what, name);
	else
		fprintf(f,
		    "        let (mig_%s, mig_%s_kind) = (mig::%s(Some(%s)), %u);\n",
		    what, what, rust_moves(arg->type->sent) ? "moved" : "lent",
		    name, (unsigned)arg->type->sent);
}

static void
print_head(FILE *f, const struct interface *interface, const struct routine *r)
{
	const char *local = "0, 0";

	print_right(f, r->request_port, "remote");
	if (r->user_reply_port != NULL) {
		print_right(f, r->user_reply_port, "local");
		local = "mig_local_kind, mig_local";
	} else if (!r->simple) {
		local = "21, 0";
	}
	fprintf(f, "        let (mig_kind, mig_port) = (%s);\n", local);
	fprintf(f,
	    "        let mig_size = mig_out.finish(\n            mig::bits(mig_remote_kind, mig_kind),\n            mig_remote,\n            mig_port,\n            %d,\n        );\n",
	    (int)(interface->base + r->index));
}

/* Arrays of rights that were given away from where they lie. */
static void
print_forget(FILE *f, const struct routine *r)
{
	const struct item *item;

	for (item = r->request.items; item != NULL; item = item->next)
		if (item->kind == ITEM_OOL_PORTS &&
		    rust_moves(item->arg->type->sent) &&
		    (item->arg->flags & (FLAG_DEALLOC | FLAG_DEALLOC_ARG)) == 0)
			fprintf(f,
			    "        if mig::is_moved(&mig_sent) {\n            mig::forget(%s);\n        }\n",
			    rust_name(item->arg->name));
}

static void
print_send(FILE *f, const struct routine *r)
{
	const struct argument *arg;

	fprintf(f,
	    "        let mig_how = mig::How {\n            option: %s,\n            timeout: %s,\n            reply_port: %s,\n        };\n",
	    options(r), timeout(r),
	    r->user_reply_port != NULL && !r->simple ? "Some(mig_local)"
						     : "None");
	fputs("        let mig_bytes = mig_buffer.bytes();\n", f);
	if (r->simple)
		fputs(
		    "        let mig_sent = unsafe { mig::send(mig_transport, mig_bytes, mig_size, mig_how) };\n",
		    f);
	else
		fprintf(f,
		    "        let mig_sent = unsafe { mig::call(mig_transport, mig_bytes, mig_size, %u, mig_how) };\n",
		    room(r));
	print_forget(f, r);
	if (r->simple) {
		fputs("        mig_sent\n    }\n", f);
		return;
	}
	fprintf(f,
	    "        mig_sent?;\n        let mig_result = mig_reply_%s::<T>(mig_bytes",
	    r->name);
	for (arg = r->args; arg != NULL; arg = arg->next)
		if (rust_has_slot(arg))
			fprintf(f, ", %s", rust_name(arg->name));
	fputs(
	    ");\n        if mig_result.is_err() {\n            unsafe { mig::destroy::<T>(mig_bytes) };\n        }\n        mig_result\n    }\n",
	    f);
}

static void
print_request(
    FILE *f, const struct interface *interface, const struct routine *r)
{
	uint32_t size = r->request.max;

	if (!r->simple && room(r) > size)
		size = room(r);
	print_prototype(f, interface, r);
	rust_limits(f, r, SIDE_USER);
	if (size > r->on_stack_limit)
		fprintf(f,
		    "        let mut mig_buffer = mig::Space::<T>::new(%u)?;\n",
		    size);
	else
		fprintf(f,
		    "        let mut mig_buffer = mig::Buffer::<%u>::new();\n",
		    size);
	fprintf(f,
	    "        let mut mig_out = mig::Writer::new(mig_buffer.bytes(), %u);\n",
	    r->request.descriptors);
	rust_write(f, &r->request, SIDE_USER);
	print_head(f, interface, r);
	print_send(f, r);
}

/* What can fail because of the caller, after all checks of the message. */
static void
print_room(FILE *f, const struct routine *r)
{
	const struct argument *arg;

	for (arg = r->args; arg != NULL; arg = arg->next) {
		const char *name = arg->name;

		if (!arg->out || arg->type->is_port || arg->type->out_of_line)
			continue;
		if (arg->type->shape == SHAPE_STRING && !arg->type->variable)
			fprintf(f,
			    "        let mig_v_%s = mig::Text::new(mig_v_%s)?;\n",
			    name, name);
		else if (arg->type->shape == SHAPE_STRING)
			fprintf(f,
			    "        let mig_v_%s = mig::copy_text(mig_v_%s, %s)?;\n",
			    name, name, rust_name(name));
		else if (arg->type->variable)
			fprintf(f,
			    "        let mig_v_%s = mig_v_%s.copy_to(%s)?;\n",
			    name, name, rust_name(name));
	}
}

static const char *
result_value(const struct argument *arg)
{
	if (emit_from_trailer(arg))
		return rust_trailer_value(arg);
	return rust_take(arg, SIDE_USER, "T");
}

static void
print_results(FILE *f, const struct routine *r)
{
	const struct argument *arg;
	int count = rust_result_count(r, SIDE_USER);

	if (count == 0)
		fputs("        Ok(())\n", f);
	else if (count > 1)
		fprintf(f, "        Ok(%s_results {\n", r->name);
	for (arg = r->args; arg != NULL; arg = arg->next) {
		if (!rust_is_result(arg, SIDE_USER))
			continue;
		if (count == 1)
			fprintf(f, "        Ok(%s)\n", result_value(arg));
		else
			fprintf(f, "            %s: %s,\n",
			    rust_name(arg->name), result_value(arg));
	}
	if (count > 1)
		fputs("        })\n", f);
	fputs("    }\n", f);
}

static void
print_readers(FILE *f, const struct message *message)
{
	uint32_t head = rust_head_size(message);
	uint32_t skip =
	    (message->has_ndr ? 8 : 0) + (message->has_retcode ? 4 : 0);

	if (message->descriptors > 0)
		fprintf(f,
		    "        let mut mig_d = mig::Reader::new(&mig_bytes[..%u], 28, %u, mig::Code::TYPE_ERROR);\n",
		    head, head);
	if (rust_reads_data(message))
		fprintf(f,
		    "        let mut mig_in =\n            mig::Reader::new(&mig_bytes[%u..mig_size], %u, %u, mig::Code::TYPE_ERROR);\n",
		    head, skip, message->min - head);
}

static void
print_reply(FILE *f, const struct interface *interface, const struct routine *r)
{
	const struct message *message = &r->reply;
	const struct argument *arg;
	bool sized =
	    rust_reads_data(message) || rust_trailer_size(r, SIDE_USER) > 0;

	fprintf(f, "\n    fn mig_reply_%s<%sT: mig::Transport>(\n", r->name,
	    has_slots(r) ? "'b, " : "");
	fputs("        mig_bytes: &[u8],\n", f);
	for (arg = r->args; arg != NULL; arg = arg->next)
		if (rust_has_slot(arg))
			print_slot(f, arg);
	fprintf(f, "    ) -> Result<%s, mig::Code> {\n",
	    rust_results_type(r, SIDE_USER, "T", "'b"));
	fprintf(f,
	    "        let mig_shape = mig::Shape { id: %d, descriptors: %u, min: %u, max: %u };\n",
	    (int)(interface->base + r->index + 100), message->descriptors,
	    message->min, message->max);
	fprintf(f, "        %smig::check_reply(mig_bytes, &mig_shape)?;\n",
	    sized ? "let mig_size = " : "");
	print_readers(f, message);
	rust_read(f, message);
	if (rust_trailer_size(r, SIDE_USER) > 0)
		fprintf(f,
		    "        let mig_tail = mig::trailer(mig_bytes, mig_size, %u)?;\n",
		    rust_trailer_size(r, SIDE_USER));
	print_room(f, r);
	print_results(f, r);
}

void
rust_user(FILE *f, const struct interface *interface)
{
	const struct routine *r;

	for (r = interface->routines; r != NULL; r = r->next) {
		rust_results_struct(f, r, SIDE_USER);
		print_request(f, interface, r);
		if (!r->simple)
			print_reply(f, interface, r);
	}
}
