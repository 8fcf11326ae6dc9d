/* SPDX-License-Identifier: BSD-2-Clause */
/* Values as text: by the form that the table gives their type. */
#include <mach/port.h>

#include <ctype.h>
#include <libmach/mach.h>
#include <servers/io_types.h>
#include <string.h>

#include "rpctrace.h"

#define NUMBERS_MAX 8

static const char *
right_name(uint64_t right)
{
	static const char *const names[] = {
	    "send", "receive", "send-once", "port-set", "dead-name"};

	return right < sizeof(names) / sizeof(names[0]) ? names[right] : NULL;
}

static const char *
disposition_name(uint64_t disposition)
{
	static const char *const names[] = {"move-receive", "move-send",
	    "move-send-once", "copy-send", "make-send", "make-send-once"};
	uint64_t index = disposition - MACH_MSG_TYPE_MOVE_RECEIVE;

	return index < sizeof(names) / sizeof(names[0]) ? names[index] : NULL;
}

static void
print_code(int code)
{
	fprintf(settings.out, "%d", code);
	if (SERVER_IS_ERROR(code))
		fprintf(settings.out, " %s", strerror(SERVER_ERRNO(code)));
	else if (code != 0)
		fprintf(settings.out, " %s", mach_error_string(code));
}

static void
print_protection(uint64_t value)
{
	fprintf(settings.out, "%c%c%c", value & VM_PROT_READ ? 'r' : '-',
	    value & VM_PROT_WRITE ? 'w' : '-',
	    value & VM_PROT_EXECUTE ? 'x' : '-');
}

void
value_print_number(uint64_t value, enum value_form form)
{
	const char *name = NULL;

	switch (form) {
	case FORM_SIGNED:
		fprintf(settings.out, "%lld", (long long)value);
		return;
	case FORM_HEX:
		fprintf(settings.out, value != 0 ? "0x%llx" : "%llx",
		    (unsigned long long)value);
		return;
	case FORM_PROTECTION:
		print_protection(value);
		return;
	case FORM_CODE:
		print_code((int)value);
		return;
	case FORM_BOOLEAN:
		name = value == 0 ? "false" : value == 1 ? "true" : NULL;
		break;
	case FORM_RIGHT:
		name = right_name(value);
		break;
	case FORM_DISPOSITION:
		name = disposition_name(value);
		break;
	case FORM_UNSIGNED:
	case FORM_TEXT:
	case FORM_BYTES:
		break;
	}
	if (name != NULL)
		fputs(name, settings.out);
	else
		fprintf(settings.out, "%llu", (unsigned long long)value);
}

static void
print_character(unsigned char c)
{
	static const char letters[] = "\a\b\t\n\v\f\r\"\\";
	const char *at = c != '\0' ? strchr(letters, c) : NULL;

	if (at != NULL)
		fprintf(settings.out, "\\%c", "abtnvfr\"\\"[at - letters]);
	else if (isprint(c))
		fputc(c, settings.out);
	else
		fprintf(settings.out, "\\x%02x", c);
}

void
value_print_text(const char *text, size_t length)
{
	size_t shown = length < settings.width ? length : settings.width;

	fputc('"', settings.out);
	for (size_t i = 0; i < shown; i++)
		print_character((unsigned char)text[i]);
	fputc('"', settings.out);
	if (shown < length)
		fprintf(settings.out, "...[%zu]", length);
}

static uint64_t
number_at(const struct rpc_field *field, const char *data)
{
	bool is_signed = field->form == FORM_SIGNED;
	uint64_t value = 0;

	memcpy(&value, data, field->width);
	if (is_signed && field->width == 4)
		value = (uint64_t)(int64_t)(int32_t)value;
	if (is_signed && field->width == 2)
		value = (uint64_t)(int64_t)(int16_t)value;
	return value;
}

void
value_print(const struct rpc_field *field, const char *data, size_t count)
{
	if (field->form == FORM_TEXT || field->form == FORM_BYTES) {
		value_print_text(data,
		    field->form == FORM_TEXT ? strnlen(data, count) : count);
		return;
	}
	if (field->kind == FIELD_DATA && count == 1) {
		value_print_number(
		    number_at(field, data), (enum value_form)field->form);
		return;
	}
	fputc('{', settings.out);
	for (size_t i = 0; i < count && i < NUMBERS_MAX; i++) {
		if (i > 0)
			fputs(", ", settings.out);
		value_print_number(number_at(field, data + i * field->width),
		    (enum value_form)field->form);
	}
	if (count > NUMBERS_MAX)
		fprintf(settings.out, ", ...[%zu]", count);
	fputc('}', settings.out);
}
