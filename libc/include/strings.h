/* SPDX-License-Identifier: BSD-2-Clause */
/* Case-insensitive comparison and bit search. */
#ifndef STRINGS_H
#define STRINGS_H

#include <bits/types.h>

typedef __size_type size_t;
typedef __locale_t locale_t;

__BEGIN_DECLS
int ffs(int) __attribute__((__const__));
int strcasecmp(const char *, const char *);
int strncasecmp(const char *, const char *, size_t);
int strcasecmp_l(const char *, const char *, locale_t);
int strncasecmp_l(const char *, const char *, size_t, locale_t);
#if __MACHR_VISIBLE
int ffsl(long) __attribute__((__const__));
int ffsll(long long) __attribute__((__const__));
int bcmp(const void *, const void *, size_t);
void bcopy(const void *, void *, size_t);
void bzero(void *, size_t);
char *index(const char *, int);
char *rindex(const char *, int);
#endif
__END_DECLS

#endif
