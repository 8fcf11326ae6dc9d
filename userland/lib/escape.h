/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Backslash escapes of echo and printf.
 */
#ifndef USERLAND_ESCAPE_H
#define USERLAND_ESCAPE_H

#include <stdbool.h>

enum escape_style {
	ESCAPE_FORMAT, /* \ooo */
	ESCAPE_ECHO,   /* \0ooo, and \c stops */
};

#define ESCAPE_STOP (-1)

/*
 * The byte that the escape at *p, after its backslash, stands for; *p moves
 * past it. An unknown escape is the backslash itself, and *p stays.
 */
int escape_read(const char **p, enum escape_style style);

#endif
