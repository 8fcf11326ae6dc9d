/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Conversion between ASCII, Latin-1, UTF-8, UTF-16 and UTF-32: each encoding
 * has a function from bytes to a character and one back. UTF-16 and UTF-32
 * without a byte order obey a mark when read, big-endian without one, and
 * write one. A descriptor is shared by nobody, so nothing is locked.
 */
#include <errno.h>
#include <iconv.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define MARK 0xfeff
#define NONE SIZE_MAX /* the bytes are wrong */

enum encoding {
	ASCII,
	LATIN1,
	UTF8,
	UTF16,
	UTF32,
};

struct side {
	enum encoding encoding;
	bool little;
	bool marked; /* without a byte order in its name */
	bool started;
};

struct __iconv {
	struct side from;
	struct side to;
	bool translit; /* what the target has not becomes a '?' */
	bool ignore;   /* ... or nothing */
};

static const struct {
	const char *name;
	struct side side;
} names[] = {
    {"ASCII", {ASCII, false, false, false}},
    {"US-ASCII", {ASCII, false, false, false}},
    {"ANSI_X3.4-1968", {ASCII, false, false, false}},
    {"C", {ASCII, false, false, false}},
    {"ISO-8859-1", {LATIN1, false, false, false}},
    {"ISO8859-1", {LATIN1, false, false, false}},
    {"LATIN1", {LATIN1, false, false, false}},
    {"UTF-8", {UTF8, false, false, false}},
    {"UTF8", {UTF8, false, false, false}},
    {"", {UTF8, false, false, false}},
    {"UTF-16", {UTF16, false, true, false}},
    {"UTF16", {UTF16, false, true, false}},
    {"UTF-16BE", {UTF16, false, false, false}},
    {"UTF-16LE", {UTF16, true, false, false}},
    {"UCS-2", {UTF16, false, true, false}},
    {"UTF-32", {UTF32, false, true, false}},
    {"UTF32", {UTF32, false, true, false}},
    {"UTF-32BE", {UTF32, false, false, false}},
    {"UTF-32LE", {UTF32, true, false, false}},
    {"UCS-4", {UTF32, false, false, false}},
    {"WCHAR_T", {UTF32, true, false, false}},
};

static bool
find(const char *name, size_t size, struct side *side)
{
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		if (strlen(names[i].name) == size &&
		    strncasecmp(names[i].name, name, size) == 0) {
			*side = names[i].side;
			return true;
		}
	}
	return false;
}

iconv_t
iconv_open(const char *to, const char *from)
{
	struct __iconv *conversion = calloc(1, sizeof(*conversion));
	const char *options = strstr(to, "//");
	size_t size = options != NULL ? (size_t)(options - to) : strlen(to);

	if (conversion == NULL)
		return (iconv_t)-1;
	if (!find(to, size, &conversion->to) ||
	    !find(from, strcspn(from, "/"), &conversion->from)) {
		free(conversion);
		errno = EINVAL;
		return (iconv_t)-1;
	}
	if (options != NULL) {
		conversion->translit = strstr(options, "TRANSLIT") != NULL;
		conversion->ignore = strstr(options, "IGNORE") != NULL;
	}
	return conversion;
}

int
iconv_close(iconv_t conversion)
{
	free(conversion);
	return 0;
}

static uint32_t
unit(const unsigned char *from, unsigned size, bool little)
{
	uint32_t value = 0;

	for (unsigned i = 0; i < size; i++)
		value = value << 8 | from[little ? size - 1 - i : i];
	return value;
}

static void
put_unit(unsigned char *to, uint32_t value, unsigned size, bool little)
{
	for (unsigned i = 0; i < size; i++)
		to[little ? i : size - 1 - i] = (unsigned char)(value >> 8 * i);
}

static bool
is_surrogate(uint32_t c)
{
	return c >= 0xd800 && c < 0xe000;
}

/* Bytes of the character there; 0: incomplete, NONE: none. */
static size_t
read_utf8(const unsigned char *from, size_t size, uint32_t *c)
{
	static const uint32_t least[] = {0, 0x80, 0x800, 0x10000};
	unsigned more;

	*c = from[0];
	if (*c < 0x80)
		return 1;
	if (*c < 0xc2 || *c > 0xf4)
		return NONE;
	more = *c >= 0xf0 ? 3 : *c >= 0xe0 ? 2 : 1;
	*c &= 0x3fU >> more;
	for (unsigned i = 1; i <= more; i++) {
		if (i == size)
			return 0;
		if ((from[i] & 0xc0) != 0x80)
			return NONE;
		*c = *c << 6 | (from[i] & 0x3f);
	}
	return *c < least[more] || *c > 0x10ffff || is_surrogate(*c) ? NONE
								     : more + 1;
}

static size_t
read_utf16(const unsigned char *from, size_t size, bool little, uint32_t *c)
{
	uint32_t low;

	if (size < 2)
		return 0;
	*c = unit(from, 2, little);
	if (!is_surrogate(*c))
		return 2;
	if (*c >= 0xdc00)
		return NONE;
	if (size < 4)
		return 0;
	low = unit(from + 2, 2, little);
	if (low < 0xdc00 || low > 0xdfff)
		return NONE;
	*c = 0x10000 + ((*c - 0xd800) << 10) + (low - 0xdc00);
	return 4;
}

static size_t
read_character(const struct side *side, const unsigned char *from, size_t size,
    uint32_t *c)
{
	switch (side->encoding) {
	case ASCII:
		*c = from[0];
		return *c < 0x80 ? 1 : NONE;
	case LATIN1:
		*c = from[0];
		return 1;
	case UTF8:
		return read_utf8(from, size, c);
	case UTF16:
		return read_utf16(from, size, side->little, c);
	case UTF32:
		if (size < 4)
			return 0;
		*c = unit(from, 4, side->little);
		return *c > 0x10ffff || is_surrogate(*c) ? NONE : 4;
	}
	return NONE;
}

static size_t
write_utf8(unsigned char *to, uint32_t c)
{
	if (c < 0x80) {
		to[0] = (unsigned char)c;
		return 1;
	}
	if (c < 0x800) {
		to[0] = (unsigned char)(0xc0 | c >> 6);
		to[1] = (unsigned char)(0x80 | (c & 0x3f));
		return 2;
	}
	if (c < 0x10000) {
		to[0] = (unsigned char)(0xe0 | c >> 12);
		to[1] = (unsigned char)(0x80 | (c >> 6 & 0x3f));
		to[2] = (unsigned char)(0x80 | (c & 0x3f));
		return 3;
	}
	to[0] = (unsigned char)(0xf0 | c >> 18);
	to[1] = (unsigned char)(0x80 | (c >> 12 & 0x3f));
	to[2] = (unsigned char)(0x80 | (c >> 6 & 0x3f));
	to[3] = (unsigned char)(0x80 | (c & 0x3f));
	return 4;
}

/* Its bytes; NONE if the encoding does not have it. */
static size_t
write_character(const struct side *side, unsigned char *to, uint32_t c)
{
	switch (side->encoding) {
	case ASCII:
	case LATIN1:
		to[0] = (unsigned char)c;
		return c < (side->encoding == ASCII ? 0x80U : 0x100U) ? 1
								      : NONE;
	case UTF8:
		return write_utf8(to, c);
	case UTF16:
		if (c < 0x10000) {
			put_unit(to, c, 2, side->little);
			return 2;
		}
		c -= 0x10000;
		put_unit(to, 0xd800 + (c >> 10), 2, side->little);
		put_unit(to + 2, 0xdc00 + (c & 0x3ff), 2, side->little);
		return 4;
	case UTF32:
		put_unit(to, c, 4, side->little);
		return 4;
	}
	return NONE;
}

/* A byte order mark in front: true if it has been eaten. */
static bool
eat_mark(struct side *side, const unsigned char *from, uint32_t *c, size_t used)
{
	bool first = side->marked && !side->started;

	side->started = true;
	if (!first)
		return false;
	if (*c == MARK)
		return true;
	if (unit(from, (unsigned)used, !side->little) == MARK) {
		side->little = !side->little;
		return true;
	}
	return false;
}

/* The bytes of what is written, with a mark before the first. */
static size_t
encode(struct __iconv *conversion, unsigned char *to, uint32_t c)
{
	struct side *side = &conversion->to;
	size_t mark = 0;
	size_t size;

	if (side->marked && !side->started)
		mark = write_character(side, to, MARK);
	size = write_character(side, to + mark, c);
	if (size == NONE && conversion->translit)
		size = write_character(side, to + mark, '?');
	else if (size == NONE && conversion->ignore)
		size = 0;
	return size == NONE ? NONE : mark + size;
}

struct cursor {
	char **in;
	size_t *in_left;
	char **out;
	size_t *out_left;
};

static int
write_out(struct __iconv *conversion, const struct cursor *cursor, uint32_t c)
{
	unsigned char bytes[8];
	size_t size = encode(conversion, bytes, c);

	if (size == NONE)
		return EILSEQ;
	if (size > *cursor->out_left)
		return E2BIG;
	memcpy(*cursor->out, bytes, size);
	*cursor->out += size;
	*cursor->out_left -= size;
	conversion->to.started = true;
	return 0;
}

/* One character; 0 or an errno, with nothing changed then. */
static int
convert(struct __iconv *conversion, const struct cursor *cursor)
{
	const unsigned char *from = (const unsigned char *)*cursor->in;
	struct side before = conversion->from;
	uint32_t c;
	size_t used =
	    read_character(&conversion->from, from, *cursor->in_left, &c);
	int error = 0;

	if (used == 0)
		return EINVAL;
	/* The mark of the other order is a surrogate in none. */
	if (used == NONE && conversion->from.encoding == UTF32 &&
	    conversion->from.marked && !conversion->from.started &&
	    unit(from, 4, !conversion->from.little) == MARK)
		used = 4;
	if (used == NONE)
		return EILSEQ;
	if (!eat_mark(&conversion->from, from, &c, used))
		error = write_out(conversion, cursor, c);
	if (error != 0) {
		conversion->from = before;
		return error;
	}
	*cursor->in += used;
	*cursor->in_left -= used;
	return 0;
}

size_t
iconv(iconv_t conversion, char **restrict in, size_t *restrict in_left,
    char **restrict out, size_t *restrict out_left)
{
	const struct cursor cursor = {in, in_left, out, out_left};
	int error = 0;

	if (in == NULL || *in == NULL) {
		conversion->from.started = false;
		conversion->to.started = false;
		return 0;
	}
	while (error == 0 && *in_left > 0)
		error = convert(conversion, &cursor);
	if (error == 0)
		return 0;
	errno = error;
	return (size_t)-1;
}
