/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * File modes as text.
 */
#ifndef USERLAND_MODE_H
#define USERLAND_MODE_H

#include <stdbool.h>
#include <sys/types.h>

/*
 * Octal, or clauses [ugoa]*[+-=][rwxXst]* changing `from`. X means x for a
 * directory or where some x is; both come in with `from`'s type bits.
 * A clause without who is not limited by the umask.
 */
bool mode_parse(const char *text, mode_t from, mode_t *to);
/* "drwxr-xr-x", 10 characters and a NUL. */
void mode_text(mode_t mode, char text[11]);

#endif
