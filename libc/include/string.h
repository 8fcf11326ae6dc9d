/* SPDX-License-Identifier: BSD-2-Clause */
/* String and memory functions. */
#ifndef STRING_H
#define STRING_H

#include <bits/types.h>
#define __need_NULL
#include <stddef.h>

typedef __size_type size_t;

__BEGIN_DECLS
void *memcpy(void *__restrict_arg, const void *__restrict_arg, size_t);
void *memmove(void *, const void *, size_t);
void *memset(void *, int, size_t);
int memcmp(const void *, const void *, size_t);
void *memchr(const void *, int, size_t);
char *strcpy(char *__restrict_arg, const char *__restrict_arg);
char *strncpy(char *__restrict_arg, const char *__restrict_arg, size_t);
char *strcat(char *__restrict_arg, const char *__restrict_arg);
char *strncat(char *__restrict_arg, const char *__restrict_arg, size_t);
int strcmp(const char *, const char *);
int strncmp(const char *, const char *, size_t);
int strcoll(const char *, const char *);
size_t strxfrm(char *__restrict_arg, const char *__restrict_arg, size_t);
char *strchr(const char *, int);
char *strrchr(const char *, int);
size_t strcspn(const char *, const char *);
size_t strspn(const char *, const char *);
char *strpbrk(const char *, const char *);
char *strstr(const char *, const char *);
char *strtok(char *__restrict_arg, const char *__restrict_arg);
size_t strlen(const char *);
char *strerror(int);

#if __POSIX_VISIBLE
typedef __locale_t locale_t;
void *memccpy(void *__restrict_arg, const void *__restrict_arg, int, size_t);
char *stpcpy(char *__restrict_arg, const char *__restrict_arg);
char *stpncpy(char *__restrict_arg, const char *__restrict_arg, size_t);
char *strdup(const char *);
char *strndup(const char *, size_t);
size_t strnlen(const char *, size_t);
int strerror_r(int, char *, size_t);
char *strsignal(int);
char *strtok_r(
    char *__restrict_arg, const char *__restrict_arg, char **__restrict_arg);
int strcoll_l(const char *, const char *, locale_t);
size_t strxfrm_l(
    char *__restrict_arg, const char *__restrict_arg, size_t, locale_t);
char *strerror_l(int, locale_t);
#endif

#if __MACHR_VISIBLE
#include <strings.h>
void *memrchr(const void *, int, size_t);
void *mempcpy(void *__restrict_arg, const void *__restrict_arg, size_t);
void *memmem(const void *, size_t, const void *, size_t);
void explicit_bzero(void *, size_t);
char *strchrnul(const char *, int);
char *strcasestr(const char *, const char *);
char *strsep(char **, const char *);
size_t strlcpy(char *__restrict_arg, const char *__restrict_arg, size_t);
size_t strlcat(char *__restrict_arg, const char *__restrict_arg, size_t);
int strverscmp(const char *, const char *);
#endif
__END_DECLS

#endif
