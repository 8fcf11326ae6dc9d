/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Which descriptors need no messages, and reading files without: direct.h.
 */
#include "direct.h"

#include <mach/vm_map_user.h>

#include <errno.h>
#include <fcntl.h>
#include <servers/io_user.h>
#include <unistd.h>

#include "descriptor.h"
#include "large_zeros.h"
#include "process.h"
#include "thread.h"

#define DIRECTS   48
#define ASK_EVERY 64U   /* calls, in the long run */
#define NEVER     (~0U) /* in `asked`: it is of no use to ask */

static struct direct directs[DIRECTS] LARGE_ZEROS;
static struct direct *directs_end = directs; /* no other was ever used */

/* The one of an open file, or a free one; NULL: none is free. */
static struct direct *
find(mach_port_t port)
{
	struct direct *unused = NULL;

	for (struct direct *direct = directs; direct < directs_end; direct++) {
		if (direct->port == port)
			return direct;
		if (direct->port == MACH_PORT_NULL && unused == NULL)
			unused = direct;
	}
	if (unused == NULL && directs_end < directs + DIRECTS)
		unused = directs_end++;
	return unused;
}

/* Map the rings; who has them already has them still. */
static bool
map_rings(struct direct *direct, mach_port_t object, int64_t which)
{
	vm_address_t memory = 0;
	vm_size_t size =
	    which & IO_RING_RINGS_TWO ? 2 * IO_RING_BYTES : IO_RING_BYTES;
	struct io_ring *first;
	struct io_ring *second;

	if (direct->memory != 0)
		return true;
	if (vm_map(mach_task_self(), &memory, size, 0, TRUE, object, 0, FALSE,
		VM_PROT_READ | VM_PROT_WRITE, VM_PROT_READ | VM_PROT_WRITE,
		VM_INHERIT_NONE) != KERN_SUCCESS)
		return false;
	direct->memory = memory;
	direct->size = size;
	first = (struct io_ring *)memory;
	second = (struct io_ring *)(memory + IO_RING_BYTES);
	direct->in = NULL;
	direct->out = NULL;
	if (which & IO_RING_READS)
		direct->in = which & IO_RING_READS_SECOND ? second : first;
	if (which & IO_RING_WRITES)
		direct->out = which & IO_RING_WRITES_SECOND ? second : first;
	return true;
}

/* Take what the server has answered; the right is used up. */
static void
take_answer(struct descriptor *descriptor, struct direct *direct, int kind,
    mach_port_t object, int64_t place)
{
	bool is_new = direct->port == MACH_PORT_NULL;

	if (is_new)
		*direct = (struct direct){
		    .kind = kind, .place = IO_DIRECT_SHARED, .off = true};
	if (kind == IO_DIRECT_RING) {
		if (!map_rings(direct, object, place)) {
			__port_release(object);
			return;
		}
		direct->nonblock = (place & IO_RING_NONBLOCK) != 0;
		direct->off = false;
	} else if (is_new) {
		direct->object = object;
		object = MACH_PORT_NULL;
	}
	__port_release(object);
	/* What is written to at its offset is the server's. */
	if (kind == IO_DIRECT_FILE &&
	    (descriptor->flags & O_ACCMODE) == O_RDONLY && !__threaded)
		__atomic_store_n(&direct->place, place, __ATOMIC_RELEASE);
	direct->port = descriptor->port;
	if (descriptor->direct == NULL) {
		descriptor->direct = direct;
		direct->users++;
	}
}

/* The table's lock is held. */
static void
ask(struct descriptor *descriptor)
{
	mach_port_t port = descriptor->port;
	struct direct *direct = find(port);
	mach_port_t object;
	int64_t place;
	int kind;

	if (port == MACH_PORT_NULL || direct == NULL)
		return;
	if (io_direct(port, &kind, &object, &place) != KERN_SUCCESS)
		kind = IO_DIRECT_NONE;
	if (kind == IO_DIRECT_FILE || kind == IO_DIRECT_RING)
		take_answer(descriptor, direct, kind, object, place);
	else if (kind == IO_DIRECT_NONE)
		descriptor->asked = NEVER;
}

/*
 * Is it worth a message to be told how to do without? Not for a first call,
 * unless it is a large one.
 */
static bool
is_due(struct descriptor *descriptor, size_t size)
{
	unsigned before = descriptor->asked;

	if (before == NEVER)
		return false;
	descriptor->asked++;
	if (before < 2)
		return before == 0 && size > IO_DATA_MAX;
	return (before & (before - 1)) == 0 || before % ASK_EVERY == 0;
}

static void
ask_if_due(struct descriptor *descriptor, size_t size)
{
	if (!is_due(descriptor, size) || !__descriptors_try_lock())
		return;
	ask(descriptor);
	__descriptors_unlock();
}

/* Is there anything to be had by asking (again)? */
static bool
is_wanting(const struct descriptor *descriptor, bool at_place)
{
	const struct direct *direct = descriptor->direct;

	if (direct == NULL)
		return !__threaded || !at_place;
	if (__threaded)
		return false;
	if (direct->kind == IO_DIRECT_RING)
		return direct->off;
	return at_place && direct->place < 0 &&
	       (descriptor->flags & O_ACCMODE) == O_RDONLY;
}

struct direct *
__direct_hold(int fd, size_t size)
{
	struct descriptor *descriptor = &__descriptors[fd];
	struct direct *direct;

	if (is_wanting(descriptor, true))
		ask_if_due(descriptor, size);
	direct = descriptor->direct;
	if (direct == NULL || direct->kind != IO_DIRECT_RING || direct->off)
		return NULL;
	if (__threaded) {
		__descriptors_lock();
		direct = descriptor->direct;
		if (direct != NULL)
			direct->users++;
		__descriptors_unlock();
	} else {
		direct->users++;
	}
	return direct;
}

/* With the table's lock held. */
static void
drop(struct direct *direct)
{
	if (--direct->users > 0)
		return;
	direct->port = MACH_PORT_NULL;
	if (direct->kind == IO_DIRECT_FILE)
		__port_release(direct->object);
	__ring_end(direct);
	if (direct->memory != 0)
		(void)syscall_vm_deallocate(
		    mach_task_self(), direct->memory, direct->size);
	direct->memory = 0;
}

void
__direct_release(struct direct *direct)
{
	if (!__threaded) {
		drop(direct);
		return;
	}
	__descriptors_lock();
	drop(direct);
	__descriptors_unlock();
}

/* The place of a file goes back. */
static void
give_back(struct direct *direct)
{
	int64_t place = __atomic_exchange_n(
	    &direct->place, IO_DIRECT_SHARED, __ATOMIC_ACQ_REL);

	if (place >= 0)
		(void)io_seek(direct->port, place, SEEK_SET, &place);
}

static int
read_file(
    struct direct *direct, void *to, size_t size, int64_t offset, size_t *done)
{
	int64_t place = offset;
	int64_t got;

	if (offset == IO_OFFSET_CURRENT)
		place = __atomic_load_n(&direct->place, __ATOMIC_ACQUIRE);
	do {
		if (place < 0)
			return DIRECT_BY_MESSAGE;
		__cancel_begin();
		got = memory_object_read(
		    direct->object, (vm_offset_t)place, (vm_address_t)to, size);
		__cancel_end();
		if (got < 0) {
			if (offset == IO_OFFSET_CURRENT)
				give_back(direct);
			return DIRECT_BY_MESSAGE;
		}
	} while (offset == IO_OFFSET_CURRENT &&
		 !__atomic_compare_exchange_n(&direct->place, &place,
		     place + got, 0, __ATOMIC_ACQ_REL, __ATOMIC_ACQUIRE));
	*done = (size_t)got;
	return 0;
}

int
__direct_read(
    int fd, void *to, size_t size, int64_t offset, int how, size_t *done)
{
	struct descriptor *descriptor = &__descriptors[fd];
	struct direct *direct;
	int error;

	*done = 0;
	if (is_wanting(descriptor, offset == IO_OFFSET_CURRENT))
		ask_if_due(descriptor, size);
	direct = descriptor->direct;
	if (direct == NULL)
		return DIRECT_BY_MESSAGE;
	if (direct->kind == IO_DIRECT_FILE)
		return read_file(direct, to, size, offset, done);
	if (offset != IO_OFFSET_CURRENT || direct->in == NULL)
		return DIRECT_BY_MESSAGE;
	direct = __direct_hold(fd, size);
	if (direct == NULL)
		return DIRECT_BY_MESSAGE;
	error = __ring_read(direct, to, size, how, done);
	__direct_release(direct);
	return error;
}

int
__direct_write(int fd, const void *from, size_t size, int how, size_t *done)
{
	struct direct *direct = __direct_hold(fd, size);
	int error = DIRECT_BY_MESSAGE;

	*done = 0;
	if (direct == NULL)
		return error;
	if (direct->out != NULL)
		error = __ring_write(direct, from, size, how, done);
	__direct_release(direct);
	return error;
}

int
__direct_poll(int fd)
{
	struct descriptor *descriptor = &__descriptors[fd];
	struct direct *direct = descriptor->direct;
	int ready;

	if (direct != NULL && direct->kind == IO_DIRECT_FILE)
		return IO_POLL_IN | IO_POLL_OUT;
	if (direct != NULL && !direct->off && !__threaded)
		return __ring_poll(direct);
	direct = __direct_hold(fd, 0);
	if (direct == NULL)
		return DIRECT_BY_MESSAGE;
	ready = __ring_poll(direct);
	__direct_release(direct);
	return ready;
}

off_t
__direct_seek(int fd, off_t offset, int whence, bool *known)
{
	struct direct *direct = __descriptors[fd].direct;
	int64_t place = -1;
	int64_t target;

	if (direct != NULL)
		place = __atomic_load_n(&direct->place, __ATOMIC_ACQUIRE);
	*known = place >= 0 && (whence == SEEK_SET || whence == SEEK_CUR);
	if (!*known) {
		if (place >= 0)
			give_back(direct);
		return -1;
	}
	do {
		if (place < 0) {
			*known = false;
			return -1;
		}
		if (__builtin_add_overflow(
			offset, whence == SEEK_CUR ? place : 0, &target)) {
			errno = EOVERFLOW;
			return -1;
		}
		if (target < 0) {
			errno = EINVAL;
			return -1;
		}
	} while (!__atomic_compare_exchange_n(&direct->place, &place, target, 0,
	    __ATOMIC_ACQ_REL, __ATOMIC_ACQUIRE));
	return target;
}

void
__direct_set_flags(int fd, int flags)
{
	struct direct *direct = __descriptors[fd].direct;

	if (direct != NULL)
		direct->nonblock = (flags & O_NONBLOCK) != 0;
}

/* Nobody is in the middle of a copy then. */
static void
turn_off(struct direct *direct)
{
	__lock(&direct->reading);
	__lock(&direct->writing);
	direct->off = true;
	if (direct->in != NULL)
		__atomic_store_n(&direct->in->reader.held, 0, __ATOMIC_SEQ_CST);
	if (direct->out != NULL)
		__atomic_store_n(
		    &direct->out->writer.held, 0, __ATOMIC_SEQ_CST);
	__unlock(&direct->writing);
	__unlock(&direct->reading);
}

void
__direct_give_up(struct direct *direct)
{
	if (direct == NULL || direct->port == MACH_PORT_NULL)
		return;
	if (direct->kind == IO_DIRECT_FILE)
		give_back(direct);
	else if (!direct->off)
		turn_off(direct);
}

void
__direct_give_up_all(void)
{
	for (struct direct *direct = directs; direct < directs_end; direct++)
		__direct_give_up(direct);
}

/*
 * What was written or read by message, and may be a pipe, is closed before the
 * parent hears of the end: so that who has heard of it finds the pipe's, too.
 */
void
__direct_exit(void)
{
	for (int fd = 0; fd < __descriptors_end; fd++) {
		const struct descriptor *descriptor = &__descriptors[fd];

		if (descriptor->asked != 0 && descriptor->asked != NEVER)
			__port_release(descriptor->port);
	}
	for (struct direct *direct = directs; direct < directs_end; direct++)
		if (direct->port != MACH_PORT_NULL)
			__ring_end(direct);
}

/* Calls in progress were other threads'; the rings are not mapped here. */
void
__direct_forked(void)
{
	for (struct direct *direct = directs; direct < directs_end; direct++) {
		direct->users = 0;
		direct->memory = 0;
		direct->reading.word = 0;
		direct->writing.word = 0;
	}
	for (int fd = 0; fd < __descriptors_end; fd++)
		if (__descriptors[fd].direct != NULL)
			__descriptors[fd].direct->users++;
	for (struct direct *direct = directs; direct < directs_end; direct++)
		if (direct->users == 0)
			direct->port = MACH_PORT_NULL;
}

void
__direct_drop(int fd)
{
	struct direct *direct = __descriptors[fd].direct;

	__descriptors[fd].direct = NULL;
	if (direct != NULL)
		drop(direct);
}

void
__direct_share(int copy, int fd)
{
	struct direct *direct = __descriptors[fd].direct;

	__descriptors[copy].direct = direct;
	if (direct != NULL)
		direct->users++;
}
