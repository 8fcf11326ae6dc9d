/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A reader of JSON (RFC 8259) as --json writes it: numbers are whole and have
 * 32 bits. What is not JSON ends the program, with its line. A member that is
 * not there, or is something else, reads as nothing: 0, "", false.
 */
#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "json.h"
#include "mig.h"

#define DEPTH_MAX 32

struct reader {
	const char *path;
	const char *start;
	const char *next;
	const char *end;
};

static struct json_value *read_value(struct reader *r, int depth);

static void __attribute__((noreturn))
refuse(const struct reader *r, const char *what)
{
	const char *p;
	int line = 1;

	for (p = r->start; p < r->next; p++)
		if (*p == '\n')
			line++;
	fatal("%s:%d: expected %s", r->path, line, what);
}

static void
skip_space(struct reader *r)
{
	while (r->next < r->end && strchr(" \t\r\n", *r->next) != NULL &&
	       *r->next != '\0')
		r->next++;
}

static bool
accept(struct reader *r, char c)
{
	skip_space(r);
	if (r->next == r->end || *r->next != c)
		return false;
	r->next++;
	return true;
}

/* Four digits of \uXXXX, as UTF-8; where the bytes end. */
static char *
read_code(struct reader *r, char *out)
{
	unsigned code = 0;
	int i;

	for (i = 0; i < 4; i++, r->next++) {
		const char *digits = "0123456789abcdef0123456789ABCDEF";
		const char *digit;

		if (r->next == r->end || *r->next == '\0')
			refuse(r, "four hexadecimal digits");
		digit = strchr(digits, *r->next);
		if (digit == NULL)
			refuse(r, "four hexadecimal digits");
		code = code * 16 + (unsigned)(digit - digits) % 16;
	}
	if (code >= 0x800) {
		*out++ = (char)(0xe0 | code >> 12);
		*out++ = (char)(0x80 | (code >> 6 & 0x3f));
	} else if (code >= 0x80) {
		*out++ = (char)(0xc0 | code >> 6);
	}
	*out++ = (char)(code < 0x80 ? code : 0x80 | (code & 0x3f));
	return out;
}

/* Behind a backslash. */
static char *
read_escape(struct reader *r, char *out)
{
	static const char names[] = "\"\\/bfnrt";
	static const char values[] = "\"\\/\b\f\n\r\t";
	const char *name;

	if (r->next == r->end || *r->next == '\0')
		refuse(r, "an escape");
	if (*r->next == 'u') {
		r->next++;
		return read_code(r, out);
	}
	name = strchr(names, *r->next);
	if (name == NULL)
		refuse(r, "an escape");
	r->next++;
	*out++ = values[name - names];
	return out;
}

/* Behind the opening quote. */
static const char *
read_text(struct reader *r)
{
	const char *close = r->next;
	char *text;
	char *out;

	while (close < r->end && *close != '"')
		close += *close == '\\' && close + 1 < r->end ? 2 : 1;
	text = mem_alloc((size_t)(close - r->next) + 1);
	for (out = text; r->next < r->end && *r->next != '"';) {
		if ((unsigned char)*r->next < ' ')
			refuse(r, "no control character in a string");
		if (*r->next == '\\') {
			r->next++;
			out = read_escape(r, out);
		} else {
			*out++ = *r->next++;
		}
	}
	if (!accept(r, '"'))
		refuse(r, "a closing quote");
	return text;
}

static uint32_t
read_number(struct reader *r)
{
	uint64_t number = 0;

	while (r->next < r->end && isdigit((unsigned char)*r->next)) {
		number = number * 10 + (uint64_t)(*r->next - '0');
		if (number > UINT32_MAX)
			refuse(r, "a number of 32 bits");
		r->next++;
	}
	return (uint32_t)number;
}

static enum json_kind
read_word(struct reader *r)
{
	static const struct {
		const char *word;
		enum json_kind kind;
	} words[] = {
	    {"null", JSON_NULL}, {"false", JSON_FALSE}, {"true", JSON_TRUE}};
	size_t i;

	for (i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		size_t length = strlen(words[i].word);

		if ((size_t)(r->end - r->next) < length ||
		    strncmp(r->next, words[i].word, length) != 0)
			continue;
		r->next += length;
		return words[i].kind;
	}
	refuse(r, "a value");
}

/* What is between the brackets, behind the opening one. */
static void
read_all(struct reader *r, struct json_value *value, char close, int depth)
{
	const struct json_value **tail = &value->first;

	if (depth > DEPTH_MAX)
		refuse(r, "less depth");
	if (accept(r, close))
		return;
	do {
		const char *name = NULL;
		struct json_value *one;

		if (close == '}') {
			if (!accept(r, '"'))
				refuse(r, "a name");
			name = read_text(r);
			if (!accept(r, ':'))
				refuse(r, "':'");
		}
		one = read_value(r, depth);
		one->name = name;
		*tail = one;
		tail = &one->next;
	} while (accept(r, ','));
	if (!accept(r, close))
		refuse(r, close == '}' ? "',' or '}'" : "',' or ']'");
}

static struct json_value *
read_value(struct reader *r, int depth)
{
	struct json_value *value = mem_alloc(sizeof(*value));

	if (accept(r, '{')) {
		value->kind = JSON_OBJECT;
		read_all(r, value, '}', depth + 1);
	} else if (accept(r, '[')) {
		value->kind = JSON_LIST;
		read_all(r, value, ']', depth + 1);
	} else if (accept(r, '"')) {
		value->kind = JSON_TEXT;
		value->text = read_text(r);
	} else if (r->next < r->end && isdigit((unsigned char)*r->next)) {
		value->kind = JSON_NUMBER;
		value->number = read_number(r);
	} else {
		value->kind = read_word(r);
	}
	return value;
}

/* The value that a file has; does not return if it has none. */
const struct json_value *
json_read(const char *path)
{
	FILE *f = fopen(path, "r");
	struct reader r = {.path = path};
	const struct json_value *value;
	char *text = NULL;
	size_t room = 0;
	ssize_t length;

	if (f == NULL)
		fatal("%s: %s", path, strerror(errno));
	length = getdelim(&text, &room, '\0', f);
	if (length < 0 || ferror(f))
		length = 0;
	fclose(f);
	r.start = r.next = mem_text(text != NULL ? text : "", (size_t)length);
	r.end = r.start + length;
	free(text);
	value = read_value(&r, 0);
	skip_space(&r);
	if (r.next != r.end)
		refuse(&r, "nothing more");
	return value;
}

/* A member of an object, or NULL. */
const struct json_value *
json_member(const struct json_value *object, const char *name)
{
	const struct json_value *v;

	if (object == NULL || object->kind != JSON_OBJECT)
		return NULL;
	for (v = object->first; v != NULL; v = v->next)
		if (strcmp(v->name, name) == 0)
			return v;
	return NULL;
}

const char *
json_string(const struct json_value *object, const char *name)
{
	const struct json_value *v = json_member(object, name);

	return v != NULL && v->kind == JSON_TEXT ? v->text : "";
}

uint32_t
json_number(const struct json_value *object, const char *name)
{
	const struct json_value *v = json_member(object, name);

	return v != NULL && v->kind == JSON_NUMBER ? v->number : 0;
}

bool
json_is(const struct json_value *object, const char *name)
{
	const struct json_value *v = json_member(object, name);

	return v != NULL && v->kind == JSON_TRUE;
}

/* The first of a member's elements, or NULL. */
const struct json_value *
json_list(const struct json_value *object, const char *name)
{
	const struct json_value *v = json_member(object, name);

	return v != NULL && v->kind == JSON_LIST ? v->first : NULL;
}
