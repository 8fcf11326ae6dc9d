/* SPDX-License-Identifier: BSD-2-Clause */
/* Where formatted text goes. */
#include <string.h>

#include "format.h"

/* In UTF-8, that are not just more bytes of one. */
static size_t
characters(const char *text, size_t size)
{
	size_t count = 0;

	while (size-- > 0)
		count += (*text++ & 0xc0) != 0x80;
	return count;
}

void
__format_write(struct format_sink *sink, const char *text, size_t size)
{
	sink->total += sink->wide ? characters(text, size) : size;
	if (sink->file != NULL) {
		if (!sink->failed &&
		    __file_write(sink->file, text, size) != size)
			sink->failed = true;
		return;
	}
	if (size > (size_t)(sink->end - sink->at))
		size = (size_t)(sink->end - sink->at);
	memcpy(sink->at, text, size);
	sink->at += size;
}

void
__format_fill(struct format_sink *sink, char c, long count)
{
	char block[32];

	if (count <= 0)
		return;
	memset(block, c, sizeof(block));
	for (; count > (long)sizeof(block); count -= (long)sizeof(block))
		__format_write(sink, block, sizeof(block));
	__format_write(sink, block, (size_t)count);
}

void
__format_number(struct format_sink *sink, const struct format_spec *spec,
    const char *prefix, long zeros, const char *digits, size_t count)
{
	size_t prefix_size = strlen(prefix);
	long pad = spec->width - (long)(prefix_size + count) - zeros;

	if ((spec->flags & (FORMAT_ZERO | FORMAT_LEFT)) == FORMAT_ZERO &&
	    pad > 0) {
		zeros += pad;
		pad = 0;
	}
	if (!(spec->flags & FORMAT_LEFT))
		__format_fill(sink, ' ', pad);
	__format_write(sink, prefix, prefix_size);
	__format_fill(sink, '0', zeros);
	__format_write(sink, digits, count);
	if (spec->flags & FORMAT_LEFT)
		__format_fill(sink, ' ', pad);
}
