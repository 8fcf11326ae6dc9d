/* SPDX-License-Identifier: BSD-2-Clause */
/* The routines of term.defs. */
#include <errno.h>
#include <libmach/mach.h>
#include <servers/term_server.h>
#include <signal.h>
#include <unistd.h>

#include "tty.h"

#define FLUSH_INPUT_WITH_SET 2
#define QUEUE_INPUT          0
#define QUEUE_BOTH           2

kern_return_t
S_term_getattr(io_t io, term_attributes_t *attributes)
{
	const struct tty *tty = tty_of(io);

	if (tty == NULL)
		return SERVER_ERROR(ENOTTY);
	*attributes = tty->ldisc.attributes;
	return KERN_SUCCESS;
}

/* Output is never held back, so "after output" is now. */
kern_return_t
S_term_setattr(io_t io, int when, term_attributes_t attributes)
{
	struct tty *tty = tty_of(io);

	if (tty == NULL)
		return SERVER_ERROR(ENOTTY);
	if (when == FLUSH_INPUT_WITH_SET)
		ldisc_flush_input(&tty->ldisc);
	ldisc_set(&tty->ldisc, &attributes);
	stream_wake(&tty->stream);
	tty_flush(tty);
	return KERN_SUCCESS;
}

kern_return_t
S_term_get_winsize(io_t io, term_winsize_t *size)
{
	const struct tty *tty = tty_of(io);

	if (tty == NULL)
		return SERVER_ERROR(ENOTTY);
	*size = tty->size;
	return KERN_SUCCESS;
}

kern_return_t
S_term_set_winsize(io_t io, term_winsize_t size)
{
	struct tty *tty = tty_of(io);

	if (tty == NULL)
		return SERVER_ERROR(ENOTTY);
	tty->size = size;
	tty->ldisc.signal(&tty->ldisc, SIGWINCH);
	return KERN_SUCCESS;
}

kern_return_t
S_term_getpgrp(io_t io, int *group)
{
	const struct tty *tty = tty_of(io);

	if (tty == NULL)
		return SERVER_ERROR(ENOTTY);
	*group = tty->group;
	return KERN_SUCCESS;
}

kern_return_t
S_term_setpgrp(io_t io, int group)
{
	struct tty *tty = tty_of(io);
	int session;

	if (tty == NULL || tty->session == 0)
		return SERVER_ERROR(ENOTTY);
	if (group <= 0)
		return SERVER_ERROR(EINVAL);
	/* If its first process lives, its session is known. */
	session = getsid(group);
	if (session > 0 && session != tty->session)
		return SERVER_ERROR(EPERM);
	tty->group = group;
	/* Who waits to read may not any more. */
	stream_wake(&tty->stream);
	return KERN_SUCCESS;
}

kern_return_t
S_term_getsid(io_t io, int *session)
{
	const struct tty *tty = tty_of(io);

	if (tty == NULL || tty->session == 0)
		return SERVER_ERROR(ENOTTY);
	*session = tty->session;
	return KERN_SUCCESS;
}

/* Taking it from another session is the superuser's. */
kern_return_t
S_term_set_session(io_t io, int session)
{
	struct tty *tty = tty_slave_of(io);

	if (tty == NULL)
		return SERVER_ERROR(ENOTTY);
	if (session <= 0)
		return SERVER_ERROR(EINVAL);
	if (tty->session != 0 && tty->session != session &&
	    ports_sender().val[0] != 0)
		return SERVER_ERROR(EPERM);
	tty->session = session;
	tty->group = session;
	stream_wake(&tty->stream);
	return KERN_SUCCESS;
}

/* Only the process server, which is the superuser's, may say so. */
kern_return_t
S_term_hangup(io_t io)
{
	struct tty *tty = tty_slave_of(io);

	if (tty != NULL && ports_sender().val[0] == 0 && tty->session != 0)
		tty_hangup(tty, false);
	return MIG_NO_REPLY;
}

kern_return_t
S_term_flush(io_t io, int queue)
{
	struct tty *tty = tty_of(io);

	if (tty == NULL)
		return SERVER_ERROR(ENOTTY);
	if (queue == QUEUE_INPUT || queue == QUEUE_BOTH)
		ldisc_flush_input(&tty->ldisc);
	return KERN_SUCCESS;
}

kern_return_t
S_term_drain(io_t io)
{
	return tty_of(io) != NULL ? KERN_SUCCESS : SERVER_ERROR(ENOTTY);
}
