/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Characters and strings of wprintf(): widths and precisions count characters,
 * and narrow strings are multibyte ones.
 */
#include <limits.h>
#include <string.h>
#include <wchar.h>

#include "format.h"
#include "locale_state.h"

/* A string of either kind, character by character. */
struct text {
	const wchar_t *wide;
	const char *narrow; /* if wide is null */
	mbstate_t state;
	bool failed;
};

/* The next one; 0 at the end, or if there is none. */
static wchar_t
next_character(struct text *text)
{
	wchar_t character = 0;
	size_t used;

	if (text->wide != NULL)
		return *text->wide++;
	used = mbrtowc(&character, text->narrow, MB_LEN_MAX, &text->state);
	if (used >= (size_t)-2) {
		text->failed = true;
		return 0;
	}
	text->narrow += used;
	return character;
}

static long
length_of(struct text text, long limit, bool *failed)
{
	long length = 0;

	while (length < limit && next_character(&text) != 0)
		length++;
	*failed = text.failed;
	return length;
}

static void
write_text(struct format_sink *sink, const struct format_spec *spec,
    struct text text, long limit)
{
	bool failed;
	long length = length_of(text, limit, &failed);
	char bytes[MB_LEN_MAX];
	size_t size;
	long i;

	if (failed) {
		sink->failed = true;
		return;
	}
	if (!(spec->flags & FORMAT_LEFT))
		__format_fill(sink, ' ', spec->width - length);
	for (i = 0; i < length; i++) {
		size = __utf8_encode(bytes, (unsigned)next_character(&text));
		if (size == (size_t)-1)
			sink->failed = true;
		else
			__format_write(sink, bytes, size);
	}
	if (spec->flags & FORMAT_LEFT)
		__format_fill(sink, ' ', spec->width - length);
}

static void
write_character(
    struct format_sink *sink, const struct format_spec *spec, wint_t character)
{
	char bytes[MB_LEN_MAX];
	size_t size = __utf8_encode(bytes, character);

	if (size == (size_t)-1) {
		sink->failed = true;
		return;
	}
	if (!(spec->flags & FORMAT_LEFT))
		__format_fill(sink, ' ', spec->width - 1);
	__format_write(sink, bytes, size);
	if (spec->flags & FORMAT_LEFT)
		__format_fill(sink, ' ', spec->width - 1);
}

void
__format_wide_text(struct format_sink *sink, const struct format_spec *spec,
    uintmax_t character, const void *string)
{
	bool wide = spec->length == 'l' || spec->conversion == 'S' ||
		    spec->conversion == 'C';
	struct text text = {.narrow = "(null)"};

	if (spec->conversion == 'c' || spec->conversion == 'C') {
		write_character(sink, spec,
		    wide ? (wint_t)character : btowc((unsigned char)character));
		return;
	}
	if (string != NULL && wide)
		text.wide = string;
	else if (string != NULL)
		text.narrow = string;
	write_text(sink, spec, text,
	    spec->precision >= 0 ? spec->precision : LONG_MAX);
}
