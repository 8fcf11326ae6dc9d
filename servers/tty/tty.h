/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A terminal: a stream whose bytes go through a line discipline. There is one,
 * the console. A second thread (reader.c) waits for keys, and sends them to the
 * first as messages; all else runs in the first.
 */
#ifndef TTY_H
#define TTY_H

#include <libstream/stream.h>

#include "ldisc.h"

struct tty {
	struct stream stream; /* first */
	struct ldisc ldisc;
	struct term_winsize size;
	int session;       /* whose controlling terminal it is, or 0 */
	int group;         /* in the foreground, or 0 */
	uint64_t last_key; /* ns since boot */
	unsigned handles;
};

extern struct tty console;

/* The class of the port that is registered: dir_lookup on it opens. */
extern const struct ports_class opener_class;

/* screen.c: output, gathered until tty_flush. */
extern void screen_put(struct ldisc *ldisc, const char *data, size_t size);
extern void screen_flush(void);
extern bool screen_open(mach_port_t device_master);

/* reader.c: start the thread. demux takes its messages. */
extern bool reader_start(void);
extern boolean_t reader_demux(
    mach_msg_header_t *request, mach_msg_header_t *reply);

/* The device "console", opened by screen_open. */
extern mach_port_t console_device;

#endif
