/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Shell patterns.
 */
#ifndef USERLAND_PATTERN_H
#define USERLAND_PATTERN_H

#include <stdbool.h>

/* The whole of `text` matches. Backslash quotes the next character. */
bool pattern_match(const char *pattern, const char *text);
/* True when an unquoted *, ? or [ with a ] after it is there. */
bool pattern_has_magic(const char *pattern);

#endif
