/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Memory and string functions of the kernel, portable. An architecture may
 * replace memcpy and memset by its own (arch/<a>/string.S): these are weak.
 */
#include <kern/string.h>
#include <stdint.h>

/* A word that may alias anything, at any alignment. */
typedef uint64_t __attribute__((may_alias, aligned(1))) word_t;

__attribute__((weak, optimize("no-tree-loop-distribute-patterns"))) void *
memcpy(void *restrict to, const void *restrict from, size_t size)
{
	unsigned char *t = to;
	const unsigned char *f = from;

	for (; size >= 32; size -= 32, t += 32, f += 32) {
		uint64_t a = ((const word_t *)f)[0];
		uint64_t b = ((const word_t *)f)[1];
		uint64_t c = ((const word_t *)f)[2];
		uint64_t d = ((const word_t *)f)[3];

		((word_t *)t)[0] = a;
		((word_t *)t)[1] = b;
		((word_t *)t)[2] = c;
		((word_t *)t)[3] = d;
	}
	for (; size >= 8; size -= 8, t += 8, f += 8)
		*(word_t *)t = *(const word_t *)f;
	for (; size > 0; size--)
		*t++ = *f++;
	return to;
}

/* Each word is loaded before it is stored, from the end that is safe. */
__attribute__((optimize("no-tree-loop-distribute-patterns"))) void *
memmove(void *to, const void *from, size_t size)
{
	unsigned char *t = to;
	const unsigned char *f = from;

	if ((uintptr_t)t - (uintptr_t)f >= size) {
		for (; size >= 8; size -= 8, t += 8, f += 8)
			*(word_t *)t = *(const word_t *)f;
		for (; size > 0; size--)
			*t++ = *f++;
		return to;
	}
	for (; size >= 8; size -= 8)
		*(word_t *)(t + size - 8) = *(const word_t *)(f + size - 8);
	while (size > 0) {
		size--;
		t[size] = f[size];
	}
	return to;
}

__attribute__((weak, optimize("no-tree-loop-distribute-patterns"))) void *
memset(void *to, int byte, size_t size)
{
	unsigned char *t = to;
	uint64_t word = (unsigned char)byte * 0x0101010101010101ULL;

	for (; size >= 32; size -= 32, t += 32) {
		((word_t *)t)[0] = word;
		((word_t *)t)[1] = word;
		((word_t *)t)[2] = word;
		((word_t *)t)[3] = word;
	}
	for (; size >= 8; size -= 8, t += 8)
		*(word_t *)t = word;
	for (; size > 0; size--)
		*t++ = (unsigned char)byte;
	return to;
}

int
memcmp(const void *a, const void *b, size_t size)
{
	const unsigned char *x = a;
	const unsigned char *y = b;

	for (; size > 0; size--, x++, y++) {
		if (*x != *y)
			return *x - *y;
	}
	return 0;
}

size_t
strlen(const char *s)
{
	return strnlen(s, SIZE_MAX);
}

size_t
strnlen(const char *s, size_t max)
{
	size_t n = 0;

	while (n < max && s[n] != '\0')
		n++;
	return n;
}

int
strcmp(const char *a, const char *b)
{
	return strncmp(a, b, SIZE_MAX);
}

int
strncmp(const char *a, const char *b, size_t max)
{
	for (; max > 0; max--, a++, b++) {
		if (*a != *b)
			return (unsigned char)*a - (unsigned char)*b;
		if (*a == '\0')
			return 0;
	}
	return 0;
}

char *
strchr(const char *s, int c)
{
	for (;; s++) {
		if (*s == (char)c)
			return (char *)(uintptr_t)s;
		if (*s == '\0')
			return NULL;
	}
}

char *
strstr(const char *s, const char *what)
{
	size_t n = strlen(what);

	for (;; s++) {
		if (strncmp(s, what, n) == 0)
			return (char *)(uintptr_t)s;
		if (*s == '\0')
			return NULL;
	}
}

size_t
strlcpy(char *to, const char *from, size_t size)
{
	size_t length = strlen(from);

	if (size > 0) {
		size_t n = length < size ? length : size - 1;

		memcpy(to, from, n);
		to[n] = '\0';
	}
	return length;
}
