/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The server: a trait with a method a routine, and what calls it. A stub takes
 * the request apart; from the call of the method on, rights and memory are
 * the method's, and the request says so. Its slots lie in the reply where that
 * has them at most, and move up when the reply is written.
 */
#include "emit_rust.h"

/* An argument of the method that is neither in nor out. */
static bool
special(const struct argument *arg, const char **type, const char **value)
{
	if (emit_from_trailer(arg)) {
		*type = rust_trailer_type(arg);
		*value = rust_trailer_value(arg);
		return true;
	}
	*type = "mig::Name";
	*value = "mig_call.request_port";
	return arg->kind == ARG_REQUESTPORT;
}

static const char *
slot_type(const struct argument *arg)
{
	if (arg->type->shape == SHAPE_STRING)
		return "&mut mig::TextSlot<'_>";
	return mem_format(
	    "&mut mig::ListSlot<'_, %s>", rust_element(arg->type));
}

static void
print_parameter(FILE *f, const struct argument *arg)
{
	const char *type = NULL;
	const char *value = NULL;

	if (arg->in)
		type = rust_received(arg, SIDE_SERVER, "Self::Transport");
	else if (rust_has_slot(arg))
		type = slot_type(arg);
	else if (!special(arg, &type, &value))
		return;
	fprintf(f, "            %s: %s,\n", rust_name(arg->name), type);
}

static void
print_method(
    FILE *f, const struct interface *interface, const struct routine *r)
{
	const struct argument *arg;

	fprintf(f, "\n        /// %s %s, id %u.\n",
	    r->simple ? "Simpleroutine" : "Routine", r->name,
	    interface->base + r->index);
	fprintf(f,
	    "        fn %s(\n            &mut self,\n            mig_call: &mut mig::Call<Self::Transport>,\n",
	    rust_name(r->name));
	for (arg = r->args; arg != NULL; arg = arg->next)
		if (arg->on_server)
			print_parameter(f, arg);
	fprintf(f, "        ) -> Result<%s, mig::Code>;\n",
	    rust_results_type(r, SIDE_SERVER, "Self::Transport", "'_"));
}

static void
print_trait(FILE *f, const struct interface *interface)
{
	const struct routine *r;

	fputs(
	    "\n    /// What the server does. Methods own what they are given, and what\n    /// they return is given away with the reply.\n    pub trait Server {\n        type Transport: mig::Transport;\n",
	    f);
	for (r = interface->routines; r != NULL; r = r->next)
		print_method(f, interface, r);
	fputs("    }\n", f);
}

/* Check the request; its head and what follows apart. */
static void
print_check(FILE *f, const struct interface *interface, const struct routine *r)
{
	const struct message *message = &r->request;
	uint32_t head = rust_head_size(message);
	bool data =
	    rust_reads_data(message) || rust_trailer_size(r, SIDE_SERVER) > 0;

	fprintf(f,
	    "        let mig_shape = mig::Shape { id: %d, descriptors: %u, min: %u, max: %u };\n",
	    (int)(interface->base + r->index), message->descriptors,
	    message->min, message->max);
	fprintf(f, "        %smig::check_size(mig_request, &mig_shape)?;\n",
	    data ? "let mig_size = " : "");
	if (message->descriptors > 0)
		fprintf(f,
		    "        let (mig_head, %s) = mig_request.split_at_mut(%u);\n        let mut mig_d = mig::Reader::new(mig_head, 28, %u, mig::Code::BAD_ARGUMENTS);\n",
		    data ? "mig_body" : "_", head, head);
	else if (data)
		fprintf(
		    f, "        let mig_body = &mig_request[%u..];\n", head);
	if (rust_reads_data(message))
		fprintf(f,
		    "        let mut mig_in =\n            mig::Reader::new(&mig_body[..mig_size - %u], %u, %u, mig::Code::BAD_ARGUMENTS);\n",
		    head, message->has_ndr ? 8 : 0, message->min - head);
	rust_read(f, message);
	if (rust_trailer_size(r, SIDE_SERVER) > 0)
		fprintf(f,
		    "        let mig_tail = mig::trailer(mig_body, mig_size - %u, %u)?;\n",
		    head, rust_trailer_size(r, SIDE_SERVER));
	if (message->descriptors > 0)
		fputs("        mig::take_body(mig_head);\n", f);
}

/* Places in the reply for what the method writes itself. */
static void
print_slots(FILE *f, const struct message *message)
{
	const struct item *item;
	uint32_t at = 0;

	for (item = message->items; item != NULL; item = item->next) {
		const struct argument *arg = item->arg;
		const char *limit = mem_format("%u", arg->type->count);

		if (item->kind != ITEM_VARIABLE)
			continue;
		if ((arg->counter->flags & FLAG_COUNTINOUT) != 0)
			limit = mem_format("mig_r_%s.min(%s) as usize",
			    arg->counter->name, limit);
		fprintf(f,
		    "        let (mig_slot, _mig_rest) = %s[%u..].split_at_mut(%u);\n",
		    at == 0 ? "mig_reply" : "_mig_rest", item->offset - at,
		    item->size);
		fprintf(f,
		    "        let mut mig_v_%s = mig::%sSlot::new(mig_slot, %s);\n",
		    arg->name,
		    arg->type->shape == SHAPE_STRING ? "Text" : "List", limit);
		at = item->offset + item->size;
	}
}

/* The results as locals of their names. */
static const char *
results_pattern(const struct routine *r)
{
	const struct argument *arg;
	int count = rust_result_count(r, SIDE_SERVER);
	const char *text = mem_format("%s_results { ", r->name);

	for (arg = r->args; arg != NULL; arg = arg->next) {
		if (!rust_is_result(arg, SIDE_SERVER))
			continue;
		if (count == 1)
			return rust_name(arg->name);
		text = mem_format("%s%s, ", text, rust_name(arg->name));
	}
	return count == 0 ? "()" : mem_format("%s}", text);
}

static void
print_call(FILE *f, const struct routine *r)
{
	const struct argument *arg;
	const struct item *item;

	print_slots(f, &r->reply);
	if (rust_result_count(r, SIDE_SERVER) > 0)
		fprintf(f, "        let %s = ", results_pattern(r));
	else
		fputs("        ", f);
	fprintf(f, "S::%s(\n            mig_server,\n            mig_call,\n",
	    rust_name(r->name));
	for (arg = r->args; arg != NULL; arg = arg->next) {
		const char *type = NULL;
		const char *value = NULL;

		if (!arg->on_server)
			continue;
		if (arg->in)
			value = rust_take(arg, SIDE_SERVER, "S::Transport");
		else if (rust_has_slot(arg))
			value = mem_format("&mut mig_v_%s", arg->name);
		else if (!special(arg, &type, &value))
			continue;
		fprintf(f, "            %s,\n", value);
	}
	fputs("        )?;\n", f);
	for (item = r->reply.items; item != NULL; item = item->next)
		if (item->kind == ITEM_VARIABLE)
			fprintf(f,
			    "        let mig_n_%s = mig_v_%s.%s() as u32;\n",
			    item->arg->name, item->arg->name,
			    item->arg->type->shape == SHAPE_STRING ? "size"
								   : "len");
}

static void
print_stub(FILE *f, const struct interface *interface, const struct routine *r)
{
	fprintf(f,
	    "\n    unsafe fn mig_stub_%s<S: Server>(\n        mig_server: &mut S,\n        mig_call: &mut mig::Call<S::Transport>,\n        mig_request: &mut [u8],\n        %s: &mut [u8],\n    ) -> Result<usize, mig::Code> {\n",
	    r->name, r->simple ? "_" : "mig_reply");
	print_check(f, interface, r);
	print_call(f, r);
	if (r->simple) {
		fputs("        Err(mig::Code::NO_REPLY)\n    }\n", f);
		return;
	}
	rust_limits(f, r, SIDE_SERVER);
	fprintf(f,
	    "        let mut mig_out = mig::Writer::new(mig_reply, %u);\n",
	    r->reply.descriptors);
	rust_write(f, &r->reply, SIDE_SERVER);
	fputs("        Ok(mig_out.finish(0, 0, 0, 0))\n    }\n", f);
}

static void
print_demux(FILE *f, const struct interface *interface)
{
	const struct routine *r;

	fputs(
	    "\n    /// Answers one request. None: it is no routine's of this subsystem,\n    /// and nothing was done but to write the reply that says so. Else the\n    /// reply's size, or the code it carries, if it is not NO_REPLY; the\n    /// caller then destroys the request.\n    ///\n    /// # Safety\n    /// The request is as a kernel delivered it, with room for its trailer.\n    pub unsafe fn demux<S: Server>(\n        server: &mut S,\n        request: &mut [u8],\n        reply: &mut [u8],\n    ) -> Option<Result<usize, mig::Code>> {\n        assert!(request.len() >= 24 && reply.len() >= MAX_REPLY);\n",
	    f);
	if (interface->routines == NULL) {
		fputs(
		    "        let _ = server;\n        mig::unknown(request, reply);\n        None\n    }\n",
		    f);
		return;
	}
	fputs("        let stub = match mig::id_of(request) {\n", f);
	for (r = interface->routines; r != NULL; r = r->next)
		fprintf(f, "            %d => mig_stub_%s::<S>,\n",
		    (int)(interface->base + r->index), r->name);
	fputs(
	    "            _ => {\n                mig::unknown(request, reply);\n                return None;\n            }\n        };\n        Some(unsafe { mig::serve(server, stub, request, reply) })\n    }\n",
	    f);
}

/* A loop's body for servers that have nothing else to wait for. */
static void
print_serve_one(FILE *f, const struct interface *interface)
{
	const struct routine *r;
	unsigned part = 0;

	for (r = interface->routines; r != NULL; r = r->next)
		if (rust_trailer_part(r, SIDE_SERVER) > part)
			part = rust_trailer_part(r, SIDE_SERVER);
	fprintf(f,
	    "\n    /// Receives one request from a port or set, and answers it.\n    pub fn serve_one<S: Server>(\n        transport: &S::Transport,\n        server: &mut S,\n        port: mig::Name,\n    ) -> Result<(), mig::Code> {\n        let mut request = mig::Buffer::<{ MAX_REQUEST + 68 }>::new();\n        let mut reply = mig::Buffer::<MAX_REPLY>::new();\n        let buffers = (&mut request.0[..], &mut reply.0[..]);\n        unsafe { mig::serve_one(transport, server, port, buffers, %u << 24, demux::<S>) }\n    }\n",
	    part);
}

void
rust_server(FILE *f, const struct interface *interface)
{
	const struct routine *r;

	fprintf(f,
	    "\n    /// The most bytes of a request, and of a reply.\n    pub const MAX_REQUEST: usize = %u;\n    pub const MAX_REPLY: usize = %u;\n",
	    layout_max_request(interface), layout_max_reply(interface));
	for (r = interface->routines; r != NULL; r = r->next)
		rust_results_struct(f, r, SIDE_SERVER);
	print_trait(f, interface);
	for (r = interface->routines; r != NULL; r = r->next)
		print_stub(f, interface, r);
	print_demux(f, interface);
	print_serve_one(f, interface);
}
