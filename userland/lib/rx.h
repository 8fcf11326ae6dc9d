/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Regular expressions, basic and extended, without back-references: matched
 * by following all ways at once, so in time linear in the text.
 */
#ifndef USERLAND_RX_H
#define USERLAND_RX_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

enum {
	RX_EXTENDED = 1,
	RX_FOLD = 2,    /* case does not matter */
	RX_LITERAL = 4, /* no character is special */
};

struct rx;

/* NULL with *error set to a text when the pattern is bad. */
struct rx *rx_compile(const char *pattern, int flags, const char **error);
void rx_free(struct rx *rx);
/* A match is somewhere in the text. */
bool rx_find(struct rx *rx, const char *text, size_t length);
/* The end of the longest match that starts at `at`; -1 for none. */
ssize_t rx_match_at(struct rx *rx, const char *text, size_t length, size_t at);

#endif
