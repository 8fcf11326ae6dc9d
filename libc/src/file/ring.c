/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Pipes and sockets whose rings this process reads or writes itself: see
 * direct.h, and servers/io_ring.h for the ring.
 */
#include <errno.h>
#include <limits.h>
#include <servers/io_user.h>

#include "direct.h"
#include "process.h"
#include "signal_state.h"
#include "thread.h"

/* Nobody wakes who waits for a server that has died: he looks, so often. */
#define LOOK_EVERY 1000000000ULL /* ns */

/* A copy is not interrupted: its handler might want the same ring. */
static uint64_t
enter(struct lock *lock)
{
	struct signal_thread *self = __signal_thread();
	uint64_t mask = self->blocked;

	__atomic_store_n(&self->blocked, ~0UL, __ATOMIC_SEQ_CST);
	__lock(lock);
	return mask;
}

static void
leave(struct lock *lock, uint64_t mask)
{
	__unlock(lock);
	__signal_set_mask(mask);
}

static bool
is_gone(const struct io_ring *ring, unsigned side)
{
	return (__atomic_load_n(&ring->gone, __ATOMIC_ACQUIRE) & side) != 0;
}

/* No more comes, not even what the server has answered already. */
static bool
has_no_writer(const struct io_ring *ring)
{
	return is_gone(ring, IO_RING_NO_WRITER) &&
	       __atomic_load_n(&ring->writer.busy, __ATOMIC_ACQUIRE) == 0;
}

/* Is a side ours now, with nothing that the server has yet to do? */
static bool
is_ours(const struct direct *direct, const struct io_ring_side *side)
{
	return !direct->off &&
	       __atomic_load_n(&side->busy, __ATOMIC_ACQUIRE) == 0;
}

/* The end of a file comes after all that was written. */
static int
nothing_to_read(const struct io_ring *ring)
{
	if (!has_no_writer(ring))
		return EAGAIN;
	return io_ring_used(ring) == 0 ? 0 : EAGAIN;
}

static int
take(struct direct *direct, void *to, size_t size, int how, size_t *done)
{
	struct io_ring *ring = direct->in;
	uint64_t mask = enter(&direct->reading);
	bool ours = is_ours(direct, &ring->reader);
	uint32_t used = io_ring_used(ring);
	bool tell = false;
	int error = 0;

	if (!ours) {
		error = DIRECT_BY_MESSAGE;
	} else if (used > IO_RING_SIZE) {
		error = EIO;
	} else if (used == 0) {
		error = nothing_to_read(ring);
	} else {
		*done = size < used ? size : used;
		io_ring_get(ring, to, (uint32_t)*done);
		if ((how & IO_STREAM_PEEK) == 0)
			tell = io_ring_move(
			    &ring->reader, &ring->writer, (uint32_t)*done);
	}
	leave(&direct->reading, mask);
	if (tell)
		(void)io_wake(direct->port);
	return error;
}

/* How many of size bytes have to fit: small writes are not split. */
static uint32_t
least(size_t size)
{
	return size <= PIPE_BUF ? (uint32_t)size : 1;
}

/* As much as there is room for. */
static int
put(struct direct *direct, const char *from, size_t size, size_t *done)
{
	struct io_ring *ring = direct->out;
	uint64_t mask = enter(&direct->writing);
	bool ours = is_ours(direct, &ring->writer);
	uint32_t used = io_ring_used(ring);
	bool tell = false;
	int error = 0;

	if (!ours ||
	    __atomic_load_n(&ring->reader.held, __ATOMIC_ACQUIRE) == 0) {
		error = DIRECT_BY_MESSAGE;
	} else if (is_gone(ring, IO_RING_NO_READER)) {
		error = EPIPE;
	} else if (used > IO_RING_SIZE) {
		error = EIO;
	} else if (IO_RING_SIZE - used < least(size)) {
		error = EAGAIN;
	} else {
		if (size > IO_RING_SIZE - used)
			size = IO_RING_SIZE - used;
		io_ring_put(ring, from, (uint32_t)size);
		tell =
		    io_ring_move(&ring->writer, &ring->reader, (uint32_t)size);
		*done += size;
	}
	leave(&direct->writing, mask);
	if (tell)
		(void)io_wake(direct->port);
	return error;
}

static bool
may_read(const struct direct *direct)
{
	return io_ring_used(direct->in) != 0 || has_no_writer(direct->in) ||
	       direct->off;
}

static bool
may_write(const struct direct *direct, uint32_t room)
{
	return IO_RING_SIZE - io_ring_used(direct->out) >= room ||
	       is_gone(direct->out, IO_RING_NO_READER) || direct->off ||
	       __atomic_load_n(&direct->out->reader.held, __ATOMIC_ACQUIRE) ==
		   0;
}

static bool
may_go_on(const struct direct *direct, uint32_t room)
{
	return room == 0 ? may_read(direct) : may_write(direct, room);
}

/* Nobody changes the rights of a port that is open: no message is needed. */
static bool
is_served(const struct direct *direct)
{
	return syscall_mach_port_mod_refs(mach_task_self(), direct->port,
		   MACH_PORT_RIGHT_DEAD_NAME, 0) != KERN_SUCCESS;
}

/*
 * Sleep at a side, for room of so many bytes, or (0) for bytes. 0; EINTR: more
 * signal handlers have run than `handlers`; EIO: the server has died, and with
 * it who could tell that the other side has.
 */
static int
wait(const struct direct *direct, struct io_ring_side *side, uint32_t room,
    unsigned handlers)
{
	uint32_t seen;
	kern_return_t code;

	/* The other side is often ready to run: it costs no waking then. */
	(void)swtch();
	if (may_go_on(direct, room))
		return 0;
	seen = __atomic_load_n(&side->event, __ATOMIC_SEQ_CST);
	(void)__atomic_or_fetch(&side->waits, IO_RING_SLEEPS, __ATOMIC_SEQ_CST);
	if (may_go_on(direct, room))
		return 0;
	if (handlers != __signal_handlers)
		return EINTR;
	__cancel_begin();
	code = ulock_wait(&side->event, seen, LOOK_EVERY, ULOCK_SHARED);
	__cancel_end();
	if (code == KERN_SUCCESS)
		return 0;
	if (handlers != __signal_handlers)
		return EINTR;
	return code == KERN_OPERATION_TIMED_OUT && !is_served(direct) ? EIO : 0;
}

int
__ring_read(struct direct *direct, void *to, size_t size, int how, size_t *done)
{
	unsigned handlers = __signal_handlers;
	int error;

	do {
		error = take(direct, to, size, how, done);
		if (error != EAGAIN)
			return error;
		/* The server may know of an end that we have not seen yet. */
		if (direct->nonblock || (how & IO_STREAM_NOW) != 0)
			return DIRECT_BY_MESSAGE;
		error = wait(direct, &direct->in->reader, 0, handlers);
	} while (error == 0);
	return error;
}

int
__ring_write(
    struct direct *direct, const void *from, size_t size, int how, size_t *done)
{
	unsigned handlers = __signal_handlers;
	const char *at = from;
	int error = 0;

	while (*done < size && error == 0) {
		error = put(direct, at + *done, size - *done, done);
		if (error == EAGAIN && !direct->nonblock &&
		    (how & IO_STREAM_NOW) == 0)
			error = wait(direct, &direct->out->writer,
			    least(size - *done), handlers);
	}
	return error;
}

void
__ring_end(const struct direct *direct)
{
	if (direct->memory == 0 || direct->off)
		return;
	if (direct->in != NULL)
		io_ring_set_gone(direct->in, IO_RING_NO_READER);
	if (direct->out != NULL)
		io_ring_set_gone(direct->out, IO_RING_NO_WRITER);
}

/* What a socket says when an end is gone is more than a ring knows. */
int
__ring_poll(const struct direct *direct)
{
	const struct io_ring *in = direct->in;
	const struct io_ring *out = direct->out;
	bool socket = in != NULL && out != NULL;
	int ready = 0;

	if (direct->off)
		return DIRECT_BY_MESSAGE;
	if (in != NULL) {
		if (has_no_writer(in))
			ready |= IO_POLL_HUP;
		if (io_ring_used(in) != 0)
			ready |= IO_POLL_IN;
	}
	if (out != NULL) {
		if (__atomic_load_n(&out->reader.held, __ATOMIC_ACQUIRE) == 0)
			return DIRECT_BY_MESSAGE;
		if (is_gone(out, IO_RING_NO_READER))
			ready |= IO_POLL_ERR;
		else if (IO_RING_SIZE - io_ring_used(out) >= PIPE_BUF)
			ready |= IO_POLL_OUT;
	}
	return socket && (ready & (IO_POLL_HUP | IO_POLL_ERR)) != 0
		   ? DIRECT_BY_MESSAGE
		   : ready;
}
