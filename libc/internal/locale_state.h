/* SPDX-License-Identifier: BSD-2-Clause */
/* The locale in force. There are two, which differ only in the encoding. */
#ifndef INTERNAL_LOCALE_STATE_H
#define INTERNAL_LOCALE_STATE_H

#include <locale.h>
#include <stdbool.h>
#include <stddef.h>

/*
 * In the C locale each byte is a character, as POSIX wants it: those above 127
 * are 0xdf80 to 0xdfff, which Unicode gives to none.
 */
#define BYTE_CHARACTER(byte)    (0xdf00U | (byte))
#define IS_BYTE_CHARACTER(wide) ((unsigned)(wide)-0xdf80U < 0x80U)

bool __locale_is_utf8(void);
bool __locale_object_is_utf8(locale_t locale);

/* A character as UTF-8, whatever the locale; -1 with EILSEQ if it is none. */
size_t __utf8_encode(char *to, unsigned character);

#endif
