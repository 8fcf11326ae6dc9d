/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A second opinion on messages: walks one by the layout of `mig --json` and
 * finds every argument, or the reason why it must be refused. It shares no code
 * with the generator.
 */
#include <string.h>

#include "demux_fuzz.h"

struct walk {
	const struct fuzz_arg *args;
	size_t arg_count;
	const uint8_t *bytes;
	uint32_t size;
	uint32_t at;
	int sent; /* as sent, not as received */
	struct fuzz_view *views;
};

static uint32_t
disposition(const struct walk *w, const struct fuzz_arg *arg)
{
	return w->sent ? arg->sent : arg->received;
}

static int
is_disposed(const struct walk *w, const struct fuzz_arg *arg, uint32_t has)
{
	uint32_t wants = disposition(w, arg);

	if (wants != FUZZ_POLY)
		return has == wants;
	return w->sent || (has >= MACH_MSG_TYPE_PORT_RECEIVE &&
			      has <= MACH_MSG_TYPE_PORT_SEND_ONCE);
}

static const char *
see_ports(struct walk *w, const struct fuzz_field *field)
{
	const struct fuzz_arg *arg = &w->args[field->arg];
	const mach_msg_port_descriptor_t *d = (const void *)(w->bytes + w->at);
	uint32_t i;

	for (i = 0; i < field->size / sizeof(*d); i++)
		if (d[i].type != MACH_MSG_PORT_DESCRIPTOR ||
		    !is_disposed(w, arg, d[i].disposition))
			return "port descriptor";
	w->views[field->arg].data = w->bytes + w->at;
	w->views[field->arg].count = i;
	return NULL;
}

static const char *
see_memory(struct walk *w, const struct fuzz_field *field)
{
	const struct fuzz_arg *arg = &w->args[field->arg];
	const mach_msg_descriptor_t *d = (const void *)(w->bytes + w->at);
	uint64_t size = d->out_of_line.size;

	if (arg->port) {
		if (d->type.type != MACH_MSG_OOL_PORTS_DESCRIPTOR ||
		    !is_disposed(w, arg, d->ool_ports.disposition))
			return "ports descriptor";
		size *= sizeof(mach_port_t);
	} else if (d->type.type != MACH_MSG_OOL_DESCRIPTOR) {
		return "memory descriptor";
	}
	if (!arg->variable && size != arg->size)
		return "memory of another size";
	if (!arg->variable && arg->string &&
	    memchr((const void *)(uintptr_t)d->out_of_line.address, '\0',
		size) == NULL)
		return "memory without NUL";
	w->views[field->arg].data = w->bytes + w->at;
	w->views[field->arg].bytes = (uint32_t)size;
	w->views[field->arg].count = arg->count;
	return NULL;
}

static uint32_t
word(const struct walk *w)
{
	uint32_t value;

	memcpy(&value, w->bytes + w->at, sizeof(value));
	return value;
}

/* Names of an array of ports beyond its count must be none. */
static const char *
see_tail(const struct fuzz_view *view, uint32_t count)
{
	const mach_msg_port_descriptor_t *d = (const void *)view->data;
	uint32_t i;

	for (i = count; i < view->count; i++)
		if (MACH_PORT_VALID(d[i].name))
			return "rights beyond the count";
	return NULL;
}

/* Does the last byte of a counted string end it? */
static int
ends(const struct fuzz_view *view)
{
	const mach_msg_ool_descriptor_t *d = (const void *)view->data;
	const char *text = (const void *)(uintptr_t)d->address;

	return text[view->bytes - 1] == '\0';
}

static const char *
count_one(const struct fuzz_arg *arg, struct fuzz_view *view, uint32_t count)
{
	if (arg->count != 0 && count > arg->count)
		return "count beyond the bound";
	if (arg->string && count == 0)
		return "string of nothing";
	if (arg->memories != NULL) {
		view->count = count;
		return NULL;
	}
	if (arg->memory && (uint64_t)count * arg->unit != view->bytes)
		return "count is not of the memory";
	if (arg->memory && arg->string && !ends(view))
		return "memory does not end with NUL";
	if (arg->port && !arg->memory) {
		const char *wrong = see_tail(view, count);

		if (wrong != NULL)
			return wrong;
	}
	view->count = count;
	return NULL;
}

/* A count, of one argument or of several in a row. */
static const char *
see_count(struct walk *w, const struct fuzz_field *field)
{
	uint32_t count = word(w);
	const char *wrong = NULL;
	size_t i;

	for (i = 0; i < w->arg_count && wrong == NULL; i++)
		if (w->args[i].variable && w->args[i].counter == field->arg)
			wrong = count_one(&w->args[i], &w->views[i], count);
	return wrong;
}

/* Data of fixed size, or as many bytes as there were counted. */
static const char *
see_data(struct walk *w, const struct fuzz_field *field, uint32_t *length)
{
	const struct fuzz_arg *arg = &w->args[field->arg];
	struct fuzz_view *view = &w->views[field->arg];

	view->data = w->bytes + w->at;
	view->bytes = field->size - field->padding;
	if (field->kind == FUZZ_VARIABLE) {
		view->bytes = view->count * arg->unit;
		*length = (view->bytes + 3) & ~3U;
	} else {
		view->count = arg->count;
	}
	if (w->at + *length > w->size)
		return "it ends too soon";
	if (!arg->string)
		return NULL;
	if (field->kind == FUZZ_VARIABLE)
		return view->data[view->bytes - 1] == '\0' ? NULL
							   : "no end of string";
	return memchr(view->data, '\0', view->bytes) != NULL ? NULL : "no NUL";
}

static const char *
see(struct walk *w, const struct fuzz_field *field)
{
	uint32_t length = field->size;
	const char *wrong = NULL;

	if (field->kind != FUZZ_VARIABLE && w->at + length > w->size)
		return "too short";
	switch (field->kind) {
	case FUZZ_PORT:
		wrong = see_ports(w, field);
		break;
	case FUZZ_MEMORY:
	case FUZZ_PORTS:
		wrong = see_memory(w, field);
		break;
	case FUZZ_MEMORIES:
		w->views[field->arg].data = w->bytes + w->at;
		w->views[field->arg].count = w->args[field->arg].count;
		break;
	case FUZZ_COUNTS:
		w->views[field->arg].subs = w->bytes + w->at;
		break;
	case FUZZ_COUNT:
		wrong = see_count(w, field);
		break;
	case FUZZ_CAPACITY:
		w->views[field->arg].capacity = word(w);
		break;
	case FUZZ_STRING_OFFSET:
		wrong = word(w) == 0 ? NULL : "offset of a string";
		break;
	case FUZZ_DATA:
	case FUZZ_VARIABLE:
		wrong = see_data(w, field, &length);
		break;
	case FUZZ_HEADER:
	case FUZZ_DESCRIPTOR_COUNT:
	case FUZZ_NDR:
	case FUZZ_RETURN_CODE:
	default:
		break;
	}
	w->at += length;
	return wrong;
}

static const struct fuzz_layout *
layout_of(const struct fuzz_routine *routine, enum fuzz_message view)
{
	return view == FUZZ_REPLY_SENT || view == FUZZ_REPLY_RECEIVED
		   ? &routine->reply
		   : &routine->request;
}

/* Arrays of memories, whose counts are elsewhere in the message. */
static const char *
decode_memories(const struct walk *w)
{
	const char *wrong = NULL;
	size_t i;

	for (i = 0; i < w->arg_count && wrong == NULL; i++)
		if (w->args[i].memories != NULL && w->views[i].data != NULL)
			wrong = fuzz_memories_decode(
			    &w->args[i], &w->views[i], w->sent);
	return wrong;
}

const char *
fuzz_decode(const struct fuzz_routine *routine, enum fuzz_message view,
    const mach_msg_header_t *message, struct fuzz_view *views)
{
	const struct fuzz_layout *layout = layout_of(routine, view);
	const mach_msg_base_t *base = (const void *)message;
	struct walk w = {.args = routine->args,
	    .arg_count = routine->arg_count,
	    .bytes = (const void *)message,
	    .size = message->msgh_size,
	    .sent = view == FUZZ_REPLY_SENT || view == FUZZ_REQUEST_SENT,
	    .views = views};
	int complex = (message->msgh_bits & MACH_MSGH_BITS_COMPLEX) != 0;
	size_t i;

	memset(views, 0, FUZZ_ARGS_MAX * sizeof(*views));
	if (complex != (layout->descriptors > 0))
		return "complex or not";
	if (complex && base->body.msgh_descriptor_count != layout->descriptors)
		return "number of descriptors";
	for (i = 0; i < layout->field_count; i++) {
		const char *wrong = see(&w, &layout->fields[i]);

		if (wrong != NULL)
			return wrong;
	}
	return w.at == w.size ? decode_memories(&w) : "too long";
}

static uint32_t
padding_at(const struct fuzz_field *field, const struct fuzz_view *views,
    uint32_t *length, const struct fuzz_arg *args)
{
	uint32_t bytes = field->size - field->padding;

	if (field->kind == FUZZ_VARIABLE) {
		bytes = views[field->arg].count * args[field->arg].unit;
		*length = (bytes + 3) & ~3U;
	}
	return bytes;
}

/* NULL, or that a byte which pads a well-formed message is not zero. */
const char *
fuzz_padding(const struct fuzz_routine *routine, enum fuzz_message view,
    const mach_msg_header_t *message, const struct fuzz_view *views)
{
	const struct fuzz_layout *layout = layout_of(routine, view);
	const uint8_t *bytes = (const void *)message;
	uint32_t at = 0;
	size_t i;

	for (i = 0; i < layout->field_count; i++) {
		uint32_t length = layout->fields[i].size;
		uint32_t pad = padding_at(
		    &layout->fields[i], views, &length, routine->args);

		for (; pad < length; pad++)
			if (bytes[at + pad] != 0)
				return "padding is not zero";
		at += length;
	}
	return NULL;
}

/* The least bound of all arrays that a count counts; 0: none has one. */
uint32_t
fuzz_bound(const struct fuzz_routine *routine, int arg)
{
	uint32_t bound = 0;
	size_t i;

	for (i = 0; i < routine->arg_count; i++)
		if (routine->args[i].counter == arg &&
		    routine->args[i].count != 0 &&
		    (bound == 0 || routine->args[i].count < bound))
			bound = routine->args[i].count;
	return bound;
}
