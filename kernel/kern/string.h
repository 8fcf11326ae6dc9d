/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The usual functions on memory and strings, as ISO C defines them.
 */
#ifndef KERN_STRING_H
#define KERN_STRING_H

#include <stddef.h>

extern void *memcpy(void *restrict to, const void *restrict from, size_t size);
extern void *memmove(void *to, const void *from, size_t size);
extern void *memset(void *to, int byte, size_t size);
extern int memcmp(const void *a, const void *b, size_t size);
extern size_t strlen(const char *s);
extern size_t strnlen(const char *s, size_t max);
extern int strcmp(const char *a, const char *b);
extern int strncmp(const char *a, const char *b, size_t max);
extern char *strchr(const char *s, int c);
extern char *strstr(const char *s, const char *what);

/* Copy what fits and always a NUL; returns strlen(from). */
extern size_t strlcpy(char *to, const char *from, size_t size);

#endif
