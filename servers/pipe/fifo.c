/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Named pipes. A pipe is known by its file server's right to the file, which
 * is held as long as there are ends or tickets. A ticket is somebody's who may
 * open it, once; nobody can do that without one, and when he is gone, it is.
 * Who has to wait for the other end waits with his ticket. It does not matter
 * which end comes first: once both are there, or wait, all who wait go on.
 *
 * A ticket may have been put away where nothing ends: of those that nobody
 * waits with the oldest goes when there are too many. Its holder asks for
 * another one.
 */
#include <mach/traps.h>

#include <errno.h>
#include <fcntl.h>
#include <libmach/port_gone.h>
#include <servers/pipe_reply_user.h>
#include <servers/pipe_server.h>
#include <stdlib.h>

#include "pipe.h"

#define TICKETS_MAX 4096U
#define IDLE_MAX    64U /* that nobody waits with */

struct ticket {
	struct ticket *next; /* an older one */
	struct fifo *fifo;
	mach_port_t port;
	mach_port_t reply; /* of who waits with it, or null */
	int flags;
};

struct fifo {
	struct pipe pipe; /* first */
	struct fifo *next;
	mach_port_t file;
	bool had_writer; /* since there was a reader and no writer */
	unsigned tickets;
};

static struct fifo *fifos;
static struct ticket *tickets;
static unsigned ticket_count;

static struct fifo *
fifo_of(struct stream *stream)
{
	return (struct fifo *)stream;
}

static void
drop_right(mach_port_t right)
{
	(void)syscall_mach_port_deallocate(mach_task_self(), right);
}

/* Without a ticket and an end nobody can come any more: it ends. */
static void
check_use(struct fifo *fifo)
{
	struct fifo **link = &fifos;

	if (fifo->tickets > 0 || fifo->pipe.readers > 0 ||
	    fifo->pipe.writers > 0)
		return;
	while (*link != fifo)
		link = &(*link)->next;
	*link = fifo->next;
	if (fifo->file != MACH_PORT_NULL)
		drop_right(fifo->file);
	ring_free(&fifo->pipe.ring);
	free(fifo);
	pipe_count_down();
}

/* Nobody is hung up on who has not been there. */
static int
get_events(struct stream *stream, int flags)
{
	int events = pipe_events(stream, flags);

	return fifo_of(stream)->had_writer ? events : events & ~IO_POLL_HUP;
}

static mach_port_t
get_file(struct stream *stream)
{
	return fifo_of(stream)->file;
}

static void
closed(struct stream *stream, int flags)
{
	struct fifo *fifo = fifo_of(stream);

	pipe_remove_end(&fifo->pipe, flags);
	if (fifo->pipe.readers > 0 || fifo->pipe.writers > 0) {
		stream_wake(stream);
		return;
	}
	/* What nobody has read is gone with the last end. */
	stream_fail(stream, EPIPE);
	ring_free(&fifo->pipe.ring);
	fifo->pipe.ring = (struct ring){0};
	fifo->had_writer = false;
	check_use(fifo);
}

static const struct stream_ops ops = {
    .peek = pipe_peek,
    .consume = pipe_consume,
    .room = pipe_room,
    .write = pipe_write,
    .events = get_events,
    .file = get_file,
    .closed = closed,
};

/* A new end. 0, ENOMEM. */
static int
open_end(struct fifo *fifo, int flags, mach_port_t *end)
{
	int error = stream_open(&fifo->pipe.stream, flags, end);

	if (error != 0)
		return error;
	pipe_add_end(&fifo->pipe, flags);
	if (fifo->pipe.writers > 0)
		fifo->had_writer = true;
	return 0;
}

/* Its port is gone, or is to go (destroy). */
static void
remove_ticket(struct ticket *ticket, bool destroy)
{
	struct fifo *fifo = ticket->fifo;
	struct ticket **link = &tickets;

	while (*link != NULL && *link != ticket)
		link = &(*link)->next;
	if (*link != NULL)
		*link = ticket->next;
	if (destroy)
		ports_destroy(ticket->port);
	if (ticket->reply != MACH_PORT_NULL)
		drop_right(ticket->reply);
	free(ticket);
	ticket_count--;
	fifo->tickets--;
	check_use(fifo);
}

static void
release_ticket(void *object)
{
	remove_ticket(object, false);
}

static const struct ports_class ticket_class = {
    .name = "ticket",
    .release = release_ticket,
};

/* He may go on. Who has given up meanwhile leaves an end that is closed. */
static void
let_go_on(struct ticket *ticket)
{
	mach_port_t reply = ticket->reply;
	mach_port_t end;

	ticket->reply = MACH_PORT_NULL;
	if (open_end(ticket->fifo, ticket->flags, &end) != 0) {
		drop_right(reply);
	} else if (fifo_open_reply(reply, end) != KERN_SUCCESS) {
		drop_right(reply);
		drop_right(end);
	} else {
		remove_ticket(ticket, true);
	}
}

/* How many there are for reading and writing, with those who wait to be. */
static void
count_all(struct fifo *fifo, unsigned *readers, unsigned *writers)
{
	*readers = fifo->pipe.readers;
	*writers = fifo->pipe.writers;
	for (struct ticket *ticket = tickets; ticket; ticket = ticket->next) {
		if (ticket->fifo != fifo || ticket->reply == MACH_PORT_NULL)
			continue;
		if (mach_port_gone(ticket->reply)) {
			drop_right(ticket->reply);
			ticket->reply = MACH_PORT_NULL;
		} else if ((ticket->flags & O_ACCMODE) == O_RDONLY) {
			(*readers)++;
		} else {
			(*writers)++;
		}
	}
}

static struct ticket *
first_waiting(const struct fifo *fifo)
{
	struct ticket *ticket = tickets;

	while (ticket != NULL &&
	       (ticket->fifo != fifo || ticket->reply == MACH_PORT_NULL))
		ticket = ticket->next;
	return ticket;
}

/* The pipe has an end: if there are both, nobody waits any longer. */
static void
settle(struct fifo *fifo)
{
	unsigned readers, writers;
	struct ticket *ticket;

	count_all(fifo, &readers, &writers);
	if (readers == 0 || writers == 0)
		return;
	while ((ticket = first_waiting(fifo)) != NULL)
		let_go_on(ticket);
}

/* Make room for one more. */
static void
limit_idle(void)
{
	struct ticket *oldest = NULL;
	unsigned idle = 0;

	for (struct ticket *ticket = tickets; ticket; ticket = ticket->next) {
		if (ticket->reply != MACH_PORT_NULL)
			continue;
		oldest = ticket;
		idle++;
	}
	if (idle >= IDLE_MAX)
		remove_ticket(oldest, true);
}

/* The pipe of a file; a new one takes the right over, an old one has it. */
static struct fifo *
find_fifo(mach_port_t file)
{
	static uint64_t last_ino;
	struct fifo *fifo = fifos;

	while (fifo != NULL && fifo->file != file)
		fifo = fifo->next;
	if (fifo != NULL)
		return fifo;
	if (pipe_count_up() != 0)
		return NULL;
	fifo = calloc(1, sizeof(*fifo));
	if (fifo == NULL) {
		pipe_count_down();
		return NULL;
	}
	fifo->pipe.stream.ops = &ops;
	fifo->pipe.ino = ++last_ino;
	fifo->next = fifos;
	fifos = fifo;
	return fifo;
}

/* What is refused is destroyed, and who holds the ticket sees that. */
kern_return_t
S_fifo_ticket(mach_port_t server, mach_port_t file, mach_port_t port, int flags)
{
	struct ticket *ticket;
	struct fifo *fifo;

	(void)server;
	if (ports_sender().val[0] != 0 || !MACH_PORT_VALID(file) ||
	    !MACH_PORT_VALID(port) || ticket_count >= TICKETS_MAX)
		return SERVER_ERROR(EPERM);
	limit_idle();
	fifo = find_fifo(file);
	ticket = fifo != NULL ? calloc(1, sizeof(*ticket)) : NULL;
	if (ticket == NULL ||
	    ports_adopt(&ticket_class, ticket, port) != KERN_SUCCESS) {
		free(ticket);
		if (fifo != NULL)
			check_use(fifo);
		return SERVER_ERROR(ENOMEM);
	}
	if (fifo->file == MACH_PORT_NULL)
		fifo->file = file;
	else
		drop_right(file);
	ticket->fifo = fifo;
	ticket->flags = flags & (O_ACCMODE | O_NONBLOCK);
	ticket->port = port;
	ticket->next = tickets;
	tickets = ticket;
	fifo->tickets++;
	ticket_count++;
	return KERN_SUCCESS;
}

kern_return_t
S_fifo_open(mach_port_t port, mach_port_t *end)
{
	struct ticket *ticket = ports_lookup(port, &ticket_class);
	unsigned readers, writers;
	struct fifo *fifo;
	int error, mode;

	*end = MACH_PORT_NULL;
	if (ticket == NULL)
		return SERVER_ERROR(EINVAL);
	fifo = ticket->fifo;
	mode = ticket->flags & O_ACCMODE;
	count_all(fifo, &readers, &writers);
	if (ticket->reply != MACH_PORT_NULL)
		return SERVER_ERROR(EBUSY);
	if (mode == O_WRONLY && readers == 0 &&
	    (ticket->flags & O_NONBLOCK) != 0)
		return SERVER_ERROR(ENXIO);
	if (mode == O_RDWR || (ticket->flags & O_NONBLOCK) != 0 ||
	    (mode == O_RDONLY ? writers : readers) > 0) {
		error = open_end(fifo, ticket->flags, end);
		if (error != 0)
			return SERVER_ERROR(error);
		settle(fifo);
		remove_ticket(ticket, true);
		return KERN_SUCCESS;
	}
	ticket->reply = ports_take_reply();
	return MIG_NO_REPLY;
}

kern_return_t
S_fifo_file(mach_port_t port, mach_port_t *file)
{
	struct stream *stream = stream_of(port);

	*file = MACH_PORT_NULL;
	if (stream == NULL || stream->ops != &ops)
		return SERVER_ERROR(EINVAL);
	*file = fifo_of(stream)->file;
	if (mach_port_mod_refs(mach_task_self(), *file, MACH_PORT_RIGHT_SEND,
		1) == KERN_SUCCESS)
		return KERN_SUCCESS;
	*file = MACH_PORT_NULL;
	return SERVER_ERROR(EIO);
}
