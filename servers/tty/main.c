/* SPDX-License-Identifier: BSD-2-Clause */
/* The terminal server: the console, behind a line discipline. */
#include <mach/task_user.h>
#include <mach/traps.h>

#include <errno.h>
#include <fcntl.h>
#include <libmach/mach.h>
#include <servers/bootstrap_user.h>
#include <servers/fs_server.h>
#include <servers/io_server.h>
#include <servers/term_server.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <termios.h>

#include "tty.h"

#define NS_PER_TENTH 100000000U
#define TENTH_MS     100U
#define CLOCK_BOOT   0
#define RDEV_CONSOLE 0x110U /* as devfs has it */

struct tty console;

/*
 * Who is in the background may not read, nor write if it wishes so (TOSTOP).
 * As long as it is nobody's, all may.
 */
static kern_return_t
tty_admit(struct stream *stream, int group, bool writes)
{
	const struct tty *tty = (const struct tty *)stream;

	if (tty->group == 0 || group == tty->group || group == 0 ||
	    (writes && (tty->ldisc.attributes.lflag & TOSTOP) == 0))
		return KERN_SUCCESS;
	return group == STREAM_GROUP_UNKNOWN ? IO_WANTS_GROUP
					     : IO_IN_BACKGROUND;
}

/* With MIN, TIME is between two bytes; else it is for the whole read. */
static int
tty_peek(struct stream *stream, void *data, size_t size, size_t *got,
    uint64_t waited_ns)
{
	const struct tty *tty = (const struct tty *)stream;
	uint64_t idle_ns = clock_get_ns(CLOCK_BOOT) - tty->last_key;

	if (tty->ldisc.attributes.cc[VMIN] > 0 && idle_ns < waited_ns)
		waited_ns = idle_ns;
	return ldisc_peek(&tty->ldisc, data, size, got,
		   (unsigned)(waited_ns / NS_PER_TENTH))
		   ? 0
		   : EAGAIN;
}

static void
tty_consume(struct stream *stream, size_t size)
{
	ldisc_consume(&((struct tty *)stream)->ldisc, size);
}

static int
tty_room(struct stream *stream, size_t size, size_t *part)
{
	(void)size;
	(void)part;
	return ((const struct tty *)stream)->ldisc.stopped ? EAGAIN : 0;
}

static void
tty_write(struct stream *stream, const void *data, size_t size)
{
	ldisc_output(&((struct tty *)stream)->ldisc, data, size);
	screen_flush();
}

static int
tty_events(struct stream *stream, int flags)
{
	const struct tty *tty = (const struct tty *)stream;
	char byte;
	size_t got;
	int events = 0;

	(void)flags;
	if (tty->ldisc.head != tty->ldisc.ready &&
	    ldisc_peek(&tty->ldisc, &byte, 1, &got, 0))
		events |= IO_POLL_IN;
	if (!tty->ldisc.stopped)
		events |= IO_POLL_OUT;
	return events;
}

static void
tty_stat(struct stream *stream, struct io_stat *stat)
{
	(void)stream;
	stat->mode = S_IFCHR | 0620;
	stat->ino = 1;
	stat->rdev = RDEV_CONSOLE;
}

static void
tty_closed(struct stream *stream, int flags)
{
	(void)flags;
	((struct tty *)stream)->handles--;
}

static const struct stream_ops tty_ops = {
    .peek = tty_peek,
    .consume = tty_consume,
    .room = tty_room,
    .admit = tty_admit,
    .write = tty_write,
    .events = tty_events,
    .stat = tty_stat,
    .closed = tty_closed,
};

static void
send_signal(struct ldisc *ldisc, int signal)
{
	(void)ldisc;
	screen_flush();
	if (console.group > 0)
		(void)kill(-console.group, signal);
}

const struct ports_class opener_class = {.name = "terminal"};

/* Readers with a time limit look at the clock now and then. */
static mach_msg_timeout_t
poll(void)
{
	if (ldisc_is_canonical(&console.ldisc) ||
	    console.ldisc.attributes.cc[VTIME] == 0 ||
	    !stream_has_readers(&console.stream))
		return 0;
	stream_wake(&console.stream);
	return TENTH_MS;
}

static bool
start(void)
{
	mach_port_t bootstrap, host_priv, master, port;

	console.stream.ops = &tty_ops;
	ldisc_init(&console.ldisc);
	console.ldisc.put = screen_put;
	console.ldisc.signal = send_signal;
	console.size = (struct term_winsize){.rows = 24, .columns = 80};
	if (task_get_special_port(mach_task_self(), TASK_BOOTSTRAP_PORT,
		&bootstrap) != KERN_SUCCESS ||
	    bootstrap_privileged_ports(bootstrap, &host_priv, &master) !=
		KERN_SUCCESS ||
	    !screen_open(master))
		return false;
	(void)syscall_mach_port_deallocate(mach_task_self(), host_priv);
	(void)syscall_mach_port_deallocate(mach_task_self(), master);
	return ports_create(&opener_class, &console, &port) == KERN_SUCCESS &&
	       reader_start() &&
	       bootstrap_register(bootstrap, "tty", ports_right(port)) ==
		   KERN_SUCCESS;
}

int
main(void)
{
	static const ports_demux_t demux[] = {
	    io_server, term_server, reader_demux, fs_server};

	if (!start()) {
		fprintf(stderr, "tty: the console cannot be opened, or there "
				"is a terminal server already\n");
		return EXIT_FAILURE;
	}
	ports_serve(demux, sizeof(demux) / sizeof(demux[0]), poll);
}
