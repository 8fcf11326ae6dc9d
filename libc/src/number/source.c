/* SPDX-License-Identifier: BSD-2-Clause */
/* Character sources for the number parsers. */
#include <string.h>

#include "intparse.h"
#include "word.h"

int
__source_next(struct char_source *source)
{
	int c;

	if (source->left == 0)
		return -1;
	c = source->next(source);
	if (c >= 0) {
		source->taken++;
		source->left--;
	}
	return c;
}

void
__source_back(struct char_source *source)
{
	source->taken--;
	source->left++;
	source->back(source);
}

/* The cookie points to the next character; the end is never passed. */
static int
string_next(struct char_source *source)
{
	const unsigned char *at = source->cookie;

	if (*at == '\0')
		return -1;
	source->cookie = UNCONST(void *, at + 1);
	return *at;
}

static void
string_back(struct char_source *source)
{
	source->cookie = (char *)source->cookie - 1;
}

void
__source_string(struct char_source *source, const char *string)
{
	source->next = string_next;
	source->back = string_back;
	source->cookie = UNCONST(void *, string);
	source->taken = 0;
	source->left = SIZE_MAX;
}
