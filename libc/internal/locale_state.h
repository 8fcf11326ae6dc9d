/* SPDX-License-Identifier: BSD-2-Clause */
/* The locale in force. There are two, which differ only in the encoding. */
#ifndef INTERNAL_LOCALE_STATE_H
#define INTERNAL_LOCALE_STATE_H

#include <locale.h>
#include <stdbool.h>

bool __locale_is_utf8(void);
bool __locale_object_is_utf8(locale_t locale);

#endif
