/* SPDX-License-Identifier: BSD-2-Clause */
/* Conversion between encodings. */
#ifndef ICONV_H
#define ICONV_H

#include <bits/types.h>

typedef __size_type size_t;
typedef struct __iconv *iconv_t;

__BEGIN_DECLS
size_t iconv(iconv_t, char **__restrict_arg, size_t *__restrict_arg,
    char **__restrict_arg, size_t *__restrict_arg);
int iconv_close(iconv_t);
iconv_t iconv_open(const char *, const char *);
__END_DECLS

#endif
