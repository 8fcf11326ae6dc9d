/* SPDX-License-Identifier: BSD-2-Clause */
/* Amounts of money as text. */
#ifndef MONETARY_H
#define MONETARY_H

#include <bits/types.h>

typedef __size_type size_t;
typedef __ssize_t ssize_t;
typedef __locale_t locale_t;

__BEGIN_DECLS
ssize_t strfmon(char *__restrict_arg, size_t, const char *__restrict_arg, ...);
ssize_t strfmon_l(
    char *__restrict_arg, size_t, locale_t, const char *__restrict_arg, ...);
__END_DECLS

#endif
