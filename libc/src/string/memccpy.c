/* SPDX-License-Identifier: BSD-2-Clause */
/* memccpy(), mempcpy(), explicit_bzero(). */
#include <string.h>

void *
memccpy(void *restrict to, const void *restrict from, int c, size_t size)
{
	const unsigned char *end = memchr(from, c, size);
	size_t length = size;

	if (end != NULL)
		length = (size_t)(end - (const unsigned char *)from) + 1;
	memcpy(to, from, length);
	return end != NULL ? (unsigned char *)to + length : NULL;
}

void *
mempcpy(void *restrict to, const void *restrict from, size_t size)
{
	return (unsigned char *)memcpy(to, from, size) + size;
}

/* The empty assembly reads the memory, so that no store can be dropped. */
void
explicit_bzero(void *memory, size_t size)
{
	memset(memory, 0, size);
	__asm__ volatile("" : : "r"(memory) : "memory");
}
