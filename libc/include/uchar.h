/* SPDX-License-Identifier: BSD-2-Clause */
/* Characters of 16 and 32 bits: Unicode in UTF-16 and UTF-32 (C17 7.28). */
#ifndef UCHAR_H
#define UCHAR_H

#include <bits/types.h>
#include <wchar.h>

#ifndef __cplusplus
typedef __CHAR16_TYPE__ char16_t;
typedef __CHAR32_TYPE__ char32_t;
#endif

__BEGIN_DECLS
size_t mbrtoc16(char16_t *__restrict_arg, const char *__restrict_arg, size_t,
    mbstate_t *__restrict_arg);
size_t c16rtomb(char *__restrict_arg, char16_t, mbstate_t *__restrict_arg);
size_t mbrtoc32(char32_t *__restrict_arg, const char *__restrict_arg, size_t,
    mbstate_t *__restrict_arg);
size_t c32rtomb(char *__restrict_arg, char32_t, mbstate_t *__restrict_arg);
__END_DECLS

#endif
