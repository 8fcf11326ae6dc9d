/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Where every argument lies in typed messages: a header, in a reply the return
 * code, then for each argument in order a descriptor and the data, both padded
 * to the format's alignment. An item that is out of line has a pointer instead
 * of its data. What follows a variable item moves up and begins a segment.
 */
#include "mig.h"

#define RETCODE_SIZE  4U
#define UNBOUNDED_MAX 2048U /* bytes of array[] that travel inline */
#define LONG_BITS     256U  /* what a short descriptor cannot say */
#define LONG_NUMBER   4096U
#define MESSAGE_MAX   0x7fffffffU

struct builder {
	const struct interface *interface;
	struct message *message;
	struct item **tail;
	uint64_t at;
	uint64_t variable;
	int segment;
};

/* Round up to the alignment of items. */
uint32_t
layout_pad(uint32_t size)
{
	return (size + mig_abi->align - 1) & ~(mig_abi->align - 1);
}

static uint32_t
type_size(bool long_form)
{
	return layout_pad(
	    long_form ? mig_abi->long_type_size : mig_abi->type_size);
}

/* The scalar a type consists of, and how many of it. */
static const struct type *
scalar(const struct type *type, uint64_t *number)
{
	*number = 1;
	while (type->element != NULL && !type->whole) {
		*number *= type->count;
		type = type->element;
	}
	return type;
}

/* The bits of what a type's descriptor counts. */
static uint32_t
element_bits(const struct builder *b, const struct type *type)
{
	uint64_t number;
	bool kernel = b->interface->kernel_user || b->interface->kernel_server;

	if (!type->is_port)
		return scalar(type, &number)->size * 8;
	if (!type->out_of_line)
		return abi_port_size(b->interface) * 8;
	return (kernel ? mig_abi->pointer_size : 4) * 8;
}

/* Fill in the descriptor; an array[] that is inline has a limit of bytes. */
static void
describe(const struct builder *b, struct item *item)
{
	const struct type *type = item->arg->type;
	unsigned flags = item->arg->flags;
	uint64_t number;

	item->bits = element_bits(b, type);
	item->multiple = 1;
	if (type->variable) {
		(void)scalar(type->element, &number);
		item->multiple = (uint32_t)number;
	}
	(void)scalar(type, &number);
	if (type->unbounded && !type->out_of_line)
		number = UNBOUNDED_MAX / (item->bits / 8 * item->multiple) *
			 (uint64_t)item->multiple;
	item->number = (uint32_t)number;
	item->long_form = type->unbounded ||
			  (type->variable && type->out_of_line) ||
			  item->bits >= LONG_BITS || number >= LONG_NUMBER;
	if ((flags & FLAG_LONG) != 0)
		item->long_form = true;
	if ((flags & FLAG_NOTLONG) != 0 && !type->unbounded)
		item->long_form = false;
	item->type_size = type_size(item->long_form);
}

static void
place(struct builder *b, struct item *item, uint64_t size)
{
	item->offset = (uint32_t)b->at;
	item->size = layout_pad((uint32_t)size);
	item->pad = item->size - (uint32_t)size;
	item->segment = b->segment;
	*b->tail = item;
	b->tail = &item->next;
	b->at += item->type_size + (uint64_t)item->size;
	if (item->kind == ITEM_VARIABLE) {
		b->segment++;
		b->variable += item->size;
	}
}

static void
add(struct builder *b, const struct routine *r, struct argument *arg)
{
	struct item *item = mem_alloc(sizeof(*item));
	const struct type *type = arg->type;
	uint64_t size;

	item->arg = arg;
	describe(b, item);
	if (type->out_of_line) {
		item->kind = type->is_port ? ITEM_OOL_PORTS : ITEM_OOL;
		size = mig_abi->pointer_size;
	} else {
		item->kind = type->variable  ? ITEM_VARIABLE
			     : type->is_port ? ITEM_PORT
					     : ITEM_DATA;
		size = (uint64_t)item->number * (item->bits / 8);
		if (type->unbounded && item->number == 0) {
			error_at(arg->at,
			    "an element of '%s' is larger than the %u bytes that array[] has inline",
			    arg->name, UNBOUNDED_MAX);
			return;
		}
		if (type->unbounded && size < mig_abi->pointer_size)
			size = mig_abi->pointer_size;
	}
	if (size > MESSAGE_MAX - b->at - 64) {
		error_at(r->at, "a message of '%s' is too large", r->name);
		return;
	}
	place(b, item, size);
}

static void
add_capacity(struct builder *b, struct argument *arg)
{
	struct item *item = mem_alloc(sizeof(*item));

	item->kind = ITEM_CAPACITY;
	item->arg = arg;
	item->bits = 32;
	item->number = 1;
	item->multiple = 1;
	item->capacity = arg->type->count;
	if (arg->type->unbounded) {
		struct item out = {.arg = arg};

		describe(b, &out);
		item->capacity = out.number / out.multiple;
	}
	item->type_size = type_size(false);
	place(b, item, 4);
}

static void
start(struct builder *b, struct message *message)
{
	b->message = message;
	b->tail = &message->items;
	b->at = mig_abi->header_size;
	b->variable = 0;
	b->segment = 0;
}

static void
finish(const struct builder *b)
{
	b->message->max = (uint32_t)b->at;
	b->message->min = (uint32_t)(b->at - b->variable);
	b->message->segments = b->segment + 1;
}

static void
layout_routine(struct builder *b, struct routine *r)
{
	struct argument *arg;

	start(b, &r->request);
	for (arg = r->args; arg != NULL; arg = arg->next)
		if (arg->in)
			add(b, r, arg);
		else if ((arg->flags & FLAG_COUNTINOUT) != 0)
			add_capacity(b, arg);
	finish(b);
	if (r->simple)
		return;
	start(b, &r->reply);
	r->reply.has_retcode = true;
	b->at = layout_typed_error();
	for (arg = r->args; arg != NULL; arg = arg->next)
		if (arg->out)
			add(b, r, arg);
	finish(b);
}

/* The size of a reply with nothing but a return code. */
uint32_t
layout_typed_error(void)
{
	return mig_abi->header_size + type_size(false) +
	       layout_pad(RETCODE_SIZE);
}

/* Place everything in typed messages. */
void
layout_typed(struct interface *interface)
{
	struct builder b = {.interface = interface};
	struct routine *r;

	for (r = interface->routines; r != NULL; r = r->next)
		layout_routine(&b, r);
}
