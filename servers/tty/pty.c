/* SPDX-License-Identifier: BSD-2-Clause */
#include "pty.h"

#include <errno.h>
#include <libports/ports.h>
#include <servers/pty_server.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* Keys typed one by one always get in, were it to interrupt who reads none. */
#define KEYS_FEW 16U

static struct pty *ptys[PTY_MAX];
static unsigned ptys_end; /* one more than the highest number in use */
static uint64_t last_id;

static struct pty *
pty_of(struct stream *master)
{
	return (struct pty *)master;
}

static unsigned
output_size(const struct pty *pty)
{
	return pty->tail - pty->head;
}

/* Nobody writes to the master's reader any more. */
static bool
is_left(const struct pty *pty)
{
	return pty->opened && pty->slave.handles == 0;
}

bool
pty_is_hung_up(const struct pty *pty)
{
	return pty->masters == 0;
}

static int
master_peek(struct stream *stream, void *data, size_t size, size_t *got,
    uint64_t waited_ns)
{
	const struct pty *pty = pty_of(stream);
	size_t there = output_size(pty);
	unsigned at = pty->head % PTY_OUTPUT;
	size_t first;

	(void)waited_ns;
	if (there == 0)
		return is_left(pty) ? EIO : EAGAIN;
	*got = size < there ? size : there;
	first = PTY_OUTPUT - at < *got ? PTY_OUTPUT - at : *got;
	memcpy(data, pty->output + at, first);
	memcpy((char *)data + first, pty->output, *got - first);
	return 0;
}

static void
master_consume(struct stream *stream, size_t size)
{
	struct pty *pty = pty_of(stream);

	pty->head += (unsigned)size;
	pty->changed = true;
}

static int
master_room(struct stream *stream, size_t size, size_t *part)
{
	const struct pty *pty = pty_of(stream);
	size_t room = ldisc_room(&pty->slave.ldisc);

	if (size <= room || size <= KEYS_FEW)
		return 0;
	*part = room;
	return EAGAIN;
}

static void
master_write(struct stream *stream, const void *data, size_t size)
{
	struct pty *pty = pty_of(stream);

	tty_input(&pty->slave, data, size);
	pty->changed = true;
}

static int
master_events(struct stream *stream, int flags)
{
	const struct pty *pty = pty_of(stream);
	int events = 0;

	(void)flags;
	if (output_size(pty) > 0)
		events |= IO_POLL_IN;
	if (is_left(pty))
		events |= IO_POLL_HUP;
	if (ldisc_room(&pty->slave.ldisc) > KEYS_FEW)
		events |= IO_POLL_OUT;
	return events;
}

static void
master_stat(struct stream *stream, struct io_stat *stat)
{
	const struct pty *pty = pty_of(stream);

	stat->mode = S_IFCHR | 0666;
	stat->ino = pty->id;
	stat->uid = pty->uid;
	stat->gid = pty->gid;
	stat->rdev = TERM_RDEV_MASTER;
}

static void
master_closed(struct stream *stream, int flags)
{
	struct pty *pty = pty_of(stream);

	(void)flags;
	pty->changed = true;
	if (--pty->masters == 0)
		tty_hangup(&pty->slave, true);
}

static const struct stream_ops master_ops = {
    .peek = master_peek,
    .consume = master_consume,
    .room = master_room,
    .write = master_write,
    .events = master_events,
    .stat = master_stat,
    .closed = master_closed,
};

struct pty *
pty_of_master(mach_port_t port)
{
	struct stream *stream = stream_of(port);

	return stream != NULL && stream->ops == &master_ops ? pty_of(stream)
							    : NULL;
}

/* Neither waits any more: those whose handles are gone have given up. */
static void
destroy(struct pty *pty)
{
	stream_fail(&pty->master, EIO);
	stream_fail(&pty->slave.stream, EIO);
	ptys[pty->number] = NULL;
	while (ptys_end > 0 && ptys[ptys_end - 1] == NULL)
		ptys_end--;
	free(pty);
}

static int
make(struct pty **made)
{
	unsigned number = 0;
	struct pty *pty;

	while (number < PTY_MAX && ptys[number] != NULL)
		number++;
	if (number == PTY_MAX)
		return EAGAIN;
	pty = calloc(1, sizeof(*pty));
	if (pty == NULL)
		return ENOMEM;
	pty->master.ops = &master_ops;
	tty_init(&pty->slave, pty);
	pty->number = number;
	pty->id = ++last_id;
	pty->uid = ports_sender().val[0];
	pty->gid = ports_sender().val[1];
	pty->locked = true;
	ptys[number] = pty;
	if (number >= ptys_end)
		ptys_end = number + 1;
	*made = pty;
	return 0;
}

int
pty_create(int flags, mach_port_t *right)
{
	struct pty *pty;
	int error = make(&pty);

	if (error != 0)
		return error;
	error = stream_open(&pty->master, flags, right);
	if (error != 0)
		destroy(pty);
	else
		pty->masters = 1;
	return error;
}

struct pty *
pty_find(uint64_t id)
{
	for (unsigned i = 0; i < ptys_end; i++)
		if (ptys[i] != NULL && ptys[i]->id == id)
			return ptys[i];
	return NULL;
}

int
pty_admits(const struct pty *pty)
{
	return pty->locked || pty_is_hung_up(pty) ? EIO : 0;
}

/* Each byte may become two: ONLCR. */
int
pty_room(const struct pty *pty, size_t size, size_t *part)
{
	size_t room = PTY_OUTPUT - output_size(pty);

	room = room > PTY_ECHOES ? (room - PTY_ECHOES) / 2 : 0;
	if (size <= room)
		return 0;
	*part = room;
	return EAGAIN;
}

void
pty_put(struct pty *pty, const char *data, size_t size)
{
	size_t room = PTY_OUTPUT - output_size(pty);

	if (size > room)
		size = room;
	for (size_t i = 0; i < size; i++)
		pty->output[pty->tail++ % PTY_OUTPUT] = data[i];
}

void
pty_serve(void)
{
	for (unsigned i = 0; i < ptys_end; i++) {
		struct pty *pty = ptys[i];

		while (pty != NULL && pty->changed) {
			pty->changed = false;
			stream_wake(&pty->slave.stream);
			stream_wake(&pty->master);
		}
		if (pty != NULL && pty->masters == 0 && pty->slave.handles == 0)
			destroy(pty);
	}
}

unsigned
pty_poll(void)
{
	unsigned least = 0;

	for (unsigned i = 0; i < ptys_end; i++) {
		unsigned wait = ptys[i] != NULL ? tty_poll(&ptys[i]->slave) : 0;

		if (wait != 0 && (least == 0 || wait < least))
			least = wait;
	}
	return least;
}

kern_return_t
/* NOLINTNEXTLINE(readability-function-size): the interface has so many */
S_pty_find(mach_port_t server, int from, int *number, uint64_t *id,
    uint32_t *uid, uint32_t *gid)
{
	if (ports_lookup(server, &service_class) == NULL || from < 0)
		return SERVER_ERROR(EINVAL);
	for (unsigned i = (unsigned)from; i < ptys_end; i++) {
		if (ptys[i] == NULL)
			continue;
		*number = (int)i;
		*id = ptys[i]->id;
		*uid = ptys[i]->uid;
		*gid = ptys[i]->gid;
		return KERN_SUCCESS;
	}
	return SERVER_ERROR(ENOENT);
}

kern_return_t
S_pty_number(io_t io, int *number)
{
	const struct pty *pty = pty_of_master(io);

	if (pty == NULL)
		return SERVER_ERROR(ENOTTY);
	*number = (int)pty->number;
	return KERN_SUCCESS;
}

kern_return_t
S_pty_unlock(io_t io)
{
	struct pty *pty = pty_of_master(io);

	if (pty == NULL)
		return SERVER_ERROR(ENOTTY);
	pty->locked = false;
	return KERN_SUCCESS;
}
