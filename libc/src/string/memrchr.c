/* SPDX-License-Identifier: BSD-2-Clause */
/* memrchr(): the last occurrence of a byte. */
#include <string.h>

#include "word.h"

void *
memrchr(const void *memory, int c, size_t size)
{
	const unsigned char *p = memory;

	while (size-- > 0)
		if (p[size] == (unsigned char)c)
			return UNCONST(void *, p + size);
	return NULL;
}
