/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Where every argument lies in its messages (untyped formats): header of
 * 24 bytes; if there are descriptors their number and they; then, if anything
 * follows, the NDR record, in a simple reply the return code, and the data in
 * the order of arguments, each padded to 4 bytes. What follows a variable item
 * moves up, so the fields after it form a new segment.
 */
#include "mig.h"

#define HEADER_SIZE          24U
#define BODY_SIZE            4U
#define NDR_SIZE             8U
#define RETCODE_SIZE         4U
#define PORT_DESCRIPTOR_SIZE 12U
#define MESSAGE_MAX          65536U

/* Messages under construction: 64 bits, so that sums cannot wrap. */
struct builder {
	struct message *message;
	struct item **tail;
	uint64_t at;
	uint64_t variable;
	int segment;
};

uint32_t
layout_round(uint32_t size)
{
	return (size + 3U) & ~3U;
}

static void
add(struct builder *b, enum item_kind kind, struct argument *arg, uint32_t size)
{
	struct item *item = mem_alloc(sizeof(*item));

	item->kind = kind;
	item->arg = arg;
	item->offset = (uint32_t)b->at;
	item->size = layout_round(size);
	item->pad = item->size - size;
	item->segment = b->segment;
	item->moved = b->message->raw_count > 0;
	*b->tail = item;
	b->tail = &item->next;
	b->at += item->size;
	if (kind == ITEM_VARIABLE) {
		b->segment++;
		b->variable += item->size;
	}
}

static void
add_descriptors(struct builder *b, struct argument *arg)
{
	const struct type *type = arg->type;

	if (type->memories) {
		uint32_t count =
		    type->count < MESSAGE_MAX ? type->count : MESSAGE_MAX;

		add(b, ITEM_MEMORIES, arg, count * mig_abi->ool_size);
		b->message->descriptors += count;
	} else if (type->out_of_line) {
		add(b, type->is_port ? ITEM_OOL_PORTS : ITEM_OOL, arg,
		    mig_abi->ool_size);
		b->message->descriptors++;
	} else if (type->is_port) {
		uint32_t count = type->shape == SHAPE_SCALAR ? 1 : type->count;

		if (count > MESSAGE_MAX)
			count = MESSAGE_MAX;
		add(b, ITEM_PORT, arg, count * PORT_DESCRIPTOR_SIZE);
		b->message->descriptors += count;
	}
}

/* What a value of unknown size adds to that of the message. */
static void
add_raw(struct message *message, const struct type *type)
{
	const char **sum =
	    type->variable ? &message->raw_variable : &message->raw;

	*sum = mem_format(
	    "%s + MIG_RAW(%s)", *sum != NULL ? *sum : "", type->raw_ctype);
	message->raw_count++;
}

static void
add_data(struct builder *b, struct argument *arg)
{
	const struct type *type = arg->type;

	if (type->variable && type->shape == SHAPE_STRING && !type->out_of_line)
		add(b, ITEM_OFFSET, arg, 4);
	if (type->variable && arg->counter == arg)
		add(b, ITEM_COUNT, arg, 4);
	if (type->memories && type->element->variable)
		add(b, ITEM_SUBS, arg, type->count * 4);
	if (type->out_of_line || type->is_port || type->memories)
		return;
	add(b, type->variable ? ITEM_VARIABLE : ITEM_DATA, arg, type->size);
	if (type->raw != RAW_NONE)
		add_raw(b->message, type);
}

static bool
has_data(const struct argument *arg)
{
	const struct type *type = arg->type;

	if (type->memories && type->element->variable)
		return true;
	return (type->variable && arg->counter == arg) ||
	       (!type->memories && !arg->type->out_of_line &&
		   !arg->type->is_port);
}

static void
finish(struct builder *b, const struct routine *routine, const char *what)
{
	if (b->at > MESSAGE_MAX) {
		error_at(routine->at,
		    "the %s of '%s' can be %llu bytes, more than a message's %u",
		    what, routine->name, (unsigned long long)b->at,
		    MESSAGE_MAX);
		return;
	}
	b->message->max = (uint32_t)b->at;
	b->message->min = (uint32_t)(b->at - b->variable);
	b->message->segments = b->segment + 1;
}

static void
start(struct builder *b, struct message *message)
{
	b->message = message;
	b->tail = &message->items;
	b->at = HEADER_SIZE;
	b->variable = 0;
	b->segment = 0;
}

/* Is there a port or memory? Decides before any offset is known. */
static bool
is_complex(const struct routine *r, bool reply)
{
	const struct argument *arg;

	for (arg = r->args; arg != NULL; arg = arg->next)
		if ((reply ? arg->out : arg->in) &&
		    (arg->type->is_port || arg->type->out_of_line ||
			arg->type->memories))
			return true;
	return false;
}

static void
layout_request(struct routine *r)
{
	struct builder b;
	struct argument *arg;
	struct message *message = &r->request;

	start(&b, message);
	message->ctype = mem_format("__Request__%s_t", r->name);
	if (is_complex(r, false))
		b.at += BODY_SIZE;
	for (arg = r->args; arg != NULL; arg = arg->next) {
		if (arg->in)
			add_descriptors(&b, arg);
		if ((arg->in && has_data(arg)) ||
		    (arg->flags & FLAG_COUNTINOUT) != 0)
			message->has_ndr = true;
	}
	if (message->has_ndr)
		b.at += NDR_SIZE;
	for (arg = r->args; arg != NULL; arg = arg->next) {
		if (arg->in)
			add_data(&b, arg);
		else if ((arg->flags & FLAG_COUNTINOUT) != 0)
			add(&b, ITEM_CAPACITY, arg, 4);
	}
	finish(&b, r, "request");
}

static void
layout_reply(struct routine *r)
{
	struct builder b;
	struct argument *arg;
	struct message *message = &r->reply;

	start(&b, message);
	message->ctype = mem_format("__Reply__%s_t", r->name);
	message->has_retcode = !is_complex(r, true);
	message->has_ndr = message->has_retcode;
	if (!message->has_retcode)
		b.at += BODY_SIZE;
	for (arg = r->args; arg != NULL; arg = arg->next) {
		if (!arg->out)
			continue;
		add_descriptors(&b, arg);
		if (has_data(arg))
			message->has_ndr = true;
	}
	if (message->has_ndr)
		b.at += NDR_SIZE;
	if (message->has_retcode)
		b.at += RETCODE_SIZE;
	for (arg = r->args; arg != NULL; arg = arg->next)
		if (arg->out)
			add_data(&b, arg);
	finish(&b, r, "reply");
}

/* Place everything; an error if a message cannot be sent. */
void
layout_interface(struct interface *interface)
{
	struct routine *r;

	if (mig_abi->typed) {
		layout_typed(interface);
		return;
	}
	for (r = interface->routines; r != NULL; r = r->next) {
		layout_request(r);
		if (!r->simple)
			layout_reply(r);
	}
}

uint32_t
layout_max_request(const struct interface *interface)
{
	const struct routine *r;
	uint32_t max = mig_abi->header_size;

	for (r = interface->routines; r != NULL; r = r->next)
		if (r->request.max > max)
			max = r->request.max;
	return max;
}

/* At least that of an error reply, which every request may get. */
uint32_t
layout_max_reply(const struct interface *interface)
{
	const struct routine *r;
	uint32_t max = mig_abi->typed ? layout_typed_error()
				      : HEADER_SIZE + NDR_SIZE + RETCODE_SIZE;

	for (r = interface->routines; r != NULL; r = r->next)
		if (r->reply.max > max)
			max = r->reply.max;
	return max;
}
