/* SPDX-License-Identifier: BSD-2-Clause */
/* What all terminals share: the operations of their streams. */
#include <mach/traps.h>

#include <errno.h>
#include <libmach/mach.h>
#include <signal.h>
#include <sys/stat.h>
#include <termios.h>

#include "pty.h"

#define NS_PER_TENTH 100000000U
#define TENTH_MS     100U
#define CLOCK_BOOT   0

static bool
is_hung_up(const struct tty *tty)
{
	return tty->pty != NULL && pty_is_hung_up(tty->pty);
}

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
	if (ldisc_peek(&tty->ldisc, data, size, got,
		(unsigned)(waited_ns / NS_PER_TENTH)))
		return 0;
	return is_hung_up(tty) ? 0 : EAGAIN;
}

static void
tty_consume(struct stream *stream, size_t size)
{
	struct tty *tty = (struct tty *)stream;

	ldisc_consume(&tty->ldisc, size);
	if (tty->pty != NULL)
		tty->pty->changed = true;
}

static int
tty_room(struct stream *stream, size_t size, size_t *part)
{
	const struct tty *tty = (const struct tty *)stream;

	if (is_hung_up(tty))
		return EIO;
	if (tty->ldisc.stopped)
		return EAGAIN;
	return tty->pty != NULL ? pty_room(tty->pty, size, part) : 0;
}

static void
tty_write(struct stream *stream, const void *data, size_t size)
{
	struct tty *tty = (struct tty *)stream;

	ldisc_output(&tty->ldisc, data, size);
	tty_flush(tty);
}

static int
tty_events(struct stream *stream, int flags)
{
	struct tty *tty = (struct tty *)stream;
	char byte;
	size_t part;
	size_t got;
	int events = 0;

	(void)flags;
	if (is_hung_up(tty))
		return IO_POLL_IN | IO_POLL_HUP;
	if (tty->ldisc.head != tty->ldisc.ready &&
	    ldisc_peek(&tty->ldisc, &byte, 1, &got, 0))
		events |= IO_POLL_IN;
	if (tty_room(stream, 1, &part) == 0)
		events |= IO_POLL_OUT;
	return events;
}

static void
tty_stat(struct stream *stream, struct io_stat *stat)
{
	const struct pty *pty = ((const struct tty *)stream)->pty;

	stat->mode = S_IFCHR | 0620;
	stat->ino = 1;
	stat->rdev = TERM_RDEV_CONSOLE;
	if (pty != NULL) {
		stat->ino = pty->id;
		stat->uid = pty->uid;
		stat->gid = pty->gid;
		stat->rdev = TERM_RDEV_SLAVE(pty->number);
	}
}

static void
tty_closed(struct stream *stream, int flags)
{
	struct tty *tty = (struct tty *)stream;

	(void)flags;
	tty->handles--;
	if (tty->pty != NULL)
		tty->pty->changed = true;
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

static struct tty *
tty_of_ldisc(struct ldisc *ldisc)
{
	return (struct tty *)((char *)ldisc - offsetof(struct tty, ldisc));
}

static void
put(struct ldisc *ldisc, const char *data, size_t size)
{
	struct tty *tty = tty_of_ldisc(ldisc);

	if (tty->pty != NULL)
		pty_put(tty->pty, data, size);
	else
		screen_put(data, size);
}

static void
send_signal(struct ldisc *ldisc, int signal)
{
	struct tty *tty = tty_of_ldisc(ldisc);

	tty_flush(tty);
	if (tty->group > 0)
		(void)kill(-tty->group, signal);
}

void
tty_init(struct tty *tty, struct pty *pty)
{
	tty->stream.ops = &tty_ops;
	tty->pty = pty;
	ldisc_init(&tty->ldisc);
	tty->ldisc.put = put;
	tty->ldisc.signal = send_signal;
	tty->size = (struct term_winsize){.rows = 24, .columns = 80};
}

struct tty *
tty_slave_of(mach_port_t port)
{
	struct stream *stream = stream_of(port);

	return stream != NULL && stream->ops == &tty_ops ? (struct tty *)stream
							 : NULL;
}

struct tty *
tty_of(mach_port_t port)
{
	struct pty *pty = pty_of_master(port);

	return pty != NULL ? &pty->slave : tty_slave_of(port);
}

void
tty_input(struct tty *tty, const char *keys, size_t size)
{
	tty->last_key = clock_get_ns(CLOCK_BOOT);
	ldisc_input(&tty->ldisc, keys, size);
}

void
tty_flush(struct tty *tty)
{
	if (tty->pty != NULL)
		tty->pty->changed = true;
	else
		screen_flush();
}

void
tty_hangup(struct tty *tty, bool leader_lives)
{
	int session = tty->session;
	int group = tty->group;

	tty->session = 0;
	tty->group = 0;
	ldisc_flush_input(&tty->ldisc);
	if (is_hung_up(tty))
		tty->pty->changed = true;
	else
		stream_fail(&tty->stream, EIO);
	if (leader_lives && session > 0 && session != group)
		(void)kill(session, SIGHUP);
	if (group > 0) {
		(void)kill(-group, SIGHUP);
		(void)kill(-group, SIGCONT);
	}
}

unsigned
tty_poll(struct tty *tty)
{
	if (ldisc_is_canonical(&tty->ldisc) ||
	    tty->ldisc.attributes.cc[VTIME] == 0 ||
	    !stream_has_readers(&tty->stream))
		return 0;
	stream_wake(&tty->stream);
	return TENTH_MS;
}
