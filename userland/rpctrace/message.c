/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Messages by the tables: one field after the other, as they lie there. What
 * was cut off a long message is shown as dots.
 */
#include <mach/message.h>

#include <string.h>

#include "rpctrace.h"

#define CODE_OFFSET 32 /* of the result, in a reply without descriptors */

struct cursor {
	const struct message *message;
	size_t at;
	uint32_t count; /* of the variable field that comes */
	bool first;     /* no argument has been printed */
	bool cut;
};

mach_msg_header_t
message_header(const struct message *message)
{
	mach_msg_header_t header = {0};

	if (message->length >= sizeof(header))
		memcpy(&header, message->data, sizeof(header));
	return header;
}

/* The next `size` bytes; NULL: they did not come. */
static const char *
take(struct cursor *cursor, size_t size)
{
	const char *data = cursor->message->data + cursor->at;

	if (cursor->at > cursor->message->length ||
	    size > cursor->message->length - cursor->at) {
		cursor->cut = true;
		return NULL;
	}
	cursor->at += size;
	return data;
}

static void
print_name(struct cursor *cursor, const char *name)
{
	fprintf(settings.out, "%s%s=", cursor->first ? "" : ", ", name);
	cursor->first = false;
}

static void
print_port(struct cursor *cursor, const struct rpc_field *field)
{
	mach_msg_port_descriptor_t port;
	const char *data = take(cursor, sizeof(port));

	if (data == NULL)
		return;
	memcpy(&port, data, sizeof(port));
	print_name(cursor, field->name);
	value_print_number(port.name, FORM_HEX);
}

/* Out-of-line memory, or an array of ports there. */
static void
print_memory(struct cursor *cursor, const struct rpc_field *field)
{
	mach_msg_ool_descriptor_t memory;
	const char *data = take(cursor, sizeof(memory));

	if (data == NULL)
		return;
	memcpy(&memory, data, sizeof(memory));
	print_name(cursor, field->name);
	fprintf(settings.out, "<%u %s at 0x%llx>", memory.size,
	    field->kind == FIELD_PORTS ? "ports" : "bytes",
	    (unsigned long long)(uintptr_t)memory.address);
}

static void
print_memories(struct cursor *cursor, const struct rpc_field *field)
{
	size_t count = field->size / sizeof(mach_msg_ool_descriptor_t);
	struct rpc_field one = *field;

	one.kind = FIELD_MEMORY;
	while (count-- > 0)
		print_memory(cursor, &one);
}

/* A variable field that is cut is shown as far as it came. */
static void
print_variable(struct cursor *cursor, const struct rpc_field *field)
{
	size_t bytes = (size_t)cursor->count * field->unit;
	size_t padded = (bytes + 3) & ~(size_t)3;
	size_t left = cursor->at < cursor->message->length
			  ? cursor->message->length - cursor->at
			  : 0;
	size_t width = field->width > 0 ? field->width : 1;
	const char *data = cursor->message->data + cursor->at;
	bool whole = padded <= left;

	if (!whole)
		bytes = left / width * width;
	print_name(cursor, field->name);
	value_print(field, data, bytes / width);
	cursor->at += padded;
	cursor->cut = !whole;
}

static void
print_data(struct cursor *cursor, const struct rpc_field *field)
{
	const char *data = take(cursor, field->size);

	if (data == NULL)
		return;
	print_name(cursor, field->name);
	value_print(field, data,
	    field->width > 0 && field->width <= field->size
		? field->size / field->width
		: 1);
}

static void
take_count(struct cursor *cursor)
{
	const char *data = take(cursor, sizeof(cursor->count));

	if (data != NULL)
		memcpy(&cursor->count, data, sizeof(cursor->count));
}

static void
print_field(struct cursor *cursor, const struct rpc_field *field)
{
	switch ((enum field_kind)field->kind) {
	case FIELD_PORT:
		print_port(cursor, field);
		break;
	case FIELD_MEMORY:
	case FIELD_PORTS:
		print_memory(cursor, field);
		break;
	case FIELD_MEMORIES:
		print_memories(cursor, field);
		break;
	case FIELD_COUNT:
		take_count(cursor);
		break;
	case FIELD_VARIABLE:
		print_variable(cursor, field);
		break;
	case FIELD_DATA:
		print_data(cursor, field);
		break;
	case FIELD_SKIP:
	case FIELD_CODE:
	case FIELD_END:
		(void)take(cursor, field->size);
		break;
	}
}

/* Behind a header, and behind the number of descriptors if there are any. */
static size_t
body_offset(const struct rpc_field *field)
{
	return field->kind >= FIELD_PORT && field->kind <= FIELD_MEMORIES
		   ? sizeof(mach_msg_base_t)
		   : sizeof(mach_msg_header_t);
}

static void
print_fields(struct cursor *cursor, const struct rpc_field *field)
{
	cursor->at = body_offset(field);
	for (; field->kind != FIELD_END && !cursor->cut; field++)
		print_field(cursor, field);
	if (cursor->cut)
		fputs(cursor->first ? "..." : ", ...", settings.out);
}

void
message_print_request(
    const struct rpc_routine *routine, const struct message *message)
{
	mach_msg_header_t header = message_header(message);
	struct cursor cursor = {.message = message};

	if (routine == NULL) {
		fprintf(settings.out, "message %d (port=0x%x, %u bytes)",
		    header.msgh_id, header.msgh_remote_port, message->size);
		return;
	}
	fprintf(settings.out, "%s (%s=0x%x", routine->name, routine->target,
	    header.msgh_remote_port);
	print_fields(&cursor, &rpc_fields[routine->request]);
	fputc(')', settings.out);
}

static int
code_of(const struct message *message)
{
	int code = 0;

	if (message->length >= CODE_OFFSET + sizeof(code))
		memcpy(&code, message->data + CODE_OFFSET, sizeof(code));
	return code;
}

int
message_print_reply(
    const struct rpc_routine *routine, const struct message *message)
{
	const struct rpc_field *field = &rpc_fields[routine->reply];
	mach_msg_header_t header = message_header(message);
	bool complex = (header.msgh_bits & MACH_MSGH_BITS_COMPLEX) != 0;
	struct cursor cursor = {.message = message, .first = true};
	int code = complex ? 0 : code_of(message);
	FILE *out = settings.out;
	bool arguments = false;

	fputs(" = ", out);
	value_print_number((uint64_t)(int64_t)code, FORM_CODE);
	for (const struct rpc_field *f = field; f->kind != FIELD_END; f++)
		arguments |= f->kind != FIELD_SKIP && f->kind != FIELD_CODE;
	if (code != 0 || !arguments)
		return code;
	fputs(" (", out);
	print_fields(&cursor, field);
	fputc(')', out);
	return code;
}
