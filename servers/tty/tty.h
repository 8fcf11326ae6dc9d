/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Terminals: streams whose bytes go through a line discipline. One is the
 * console: a second thread (reader.c) waits for its keys, and sends them to the
 * first as messages; all else runs in the first. The others are slaves of
 * pseudo terminals (pty.c), whose keys and screen are their masters.
 *
 *	main.c    start			open.c    opening
 *	tty.c     what terminals share	term.c    term.defs
 *	ldisc.c   the line discipline	pty.c     pseudo terminals
 *	screen.c  the console's output	reader.c  its input
 */
#ifndef TTY_H
#define TTY_H

#include <libstream/stream.h>

#include "ldisc.h"

struct pty;

struct tty {
	struct stream stream; /* first */
	struct ldisc ldisc;
	struct pty *pty; /* whose slave it is; NULL: the console */
	struct term_winsize size;
	int session;       /* whose controlling terminal it is, or 0 */
	int group;         /* in the foreground, or 0 */
	uint64_t last_key; /* ns since boot */
	unsigned handles;
};

extern struct tty console;

/*
 * tty.c. The terminal behind a handle, be it of a pseudo terminal's slave or
 * its master; NULL: the port is none. slave_of: not by way of the master.
 */
extern struct tty *tty_of(mach_port_t port);
extern struct tty *tty_slave_of(mach_port_t port);

extern void tty_init(struct tty *tty, struct pty *pty);

/* Keys have been pressed. */
extern void tty_input(struct tty *tty, const char *keys, size_t size);

/* What has been put since goes where it is seen. */
extern void tty_flush(struct tty *tty);

/*
 * The session loses the terminal: those who use it get errors or the end of
 * file, the foreground SIGHUP; the session's leader too, if it lives.
 */
extern void tty_hangup(struct tty *tty, bool leader_lives);

/*
 * Readers with a time limit look at the clock now and then: when next, in ms;
 * 0: no need.
 */
extern unsigned tty_poll(struct tty *tty);

/* open.c: what is registered as "tty", and as "ptmx". */
extern const struct ports_class service_class;
extern const struct ports_class ptmx_class;

/* screen.c: output, gathered until screen_flush. */
extern void screen_put(const char *data, size_t size);
extern void screen_flush(void);
extern bool screen_open(mach_port_t device_master);

/* reader.c: start the thread. demux takes its messages. */
extern bool reader_start(void);
extern boolean_t reader_demux(
    mach_msg_header_t *request, mach_msg_header_t *reply);

/* The device "console", opened by screen_open. */
extern mach_port_t console_device;

#endif
