/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The line discipline: what happens between the keys and the program, and
 * between the program and the screen (POSIX, General Terminal Interface).
 *
 * Input stands in a ring: [head, ready) may be read, [ready, tail) is the line
 * being edited. In canonical mode `ready` moves when a line ends; each byte has
 * a mark that says whether a line ends with it. Without it, all is ready.
 */
#ifndef LDISC_H
#define LDISC_H

#include <servers/term_types.h>
#include <stdbool.h>
#include <stddef.h>

#define LDISC_INPUT 16384U /* a power of two */
#define LDISC_LINE  1024U  /* of which a line may take so much */

struct ldisc {
	struct term_attributes attributes;
	unsigned head, ready, tail; /* count up for ever */
	char data[LDISC_INPUT];
	char mark[LDISC_INPUT];
	unsigned column;       /* of the cursor */
	unsigned start_column; /* where the line being edited began */
	bool literal;          /* the next key means itself */
	bool stopped;          /* output is, by the STOP key */

	/* Bytes for the screen, and a signal for the foreground group. */
	void (*put)(struct ldisc *ldisc, const char *data, size_t size);
	void (*signal)(struct ldisc *ldisc, int signal);
};

extern void ldisc_init(struct ldisc *ldisc);

/* Keys have been pressed. */
extern void ldisc_input(struct ldisc *ldisc, const char *keys, size_t size);

/* How many keys find room for certain. */
extern size_t ldisc_room(const struct ldisc *ldisc);

/*
 * What a read of size bytes would get: a line, or in raw mode what is there.
 * False: it must wait. *got 0: end of file. waited is in tenths of a second.
 */
extern bool ldisc_peek(const struct ldisc *ldisc, char *data, size_t size,
    size_t *got, unsigned waited);
extern void ldisc_consume(struct ldisc *ldisc, size_t size);

/* A program writes: what the screen gets is put. */
extern void ldisc_output(struct ldisc *ldisc, const char *data, size_t size);

extern void ldisc_set(
    struct ldisc *ldisc, const struct term_attributes *attributes);
extern void ldisc_flush_input(struct ldisc *ldisc);
extern bool ldisc_is_canonical(const struct ldisc *ldisc);

#endif
