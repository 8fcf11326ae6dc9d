/* SPDX-License-Identifier: BSD-2-Clause */
/* Reading files without messages: see direct.h. */
#include "direct.h"

#include <mach/traps.h>

#include <errno.h>
#include <fcntl.h>
#include <servers/io_user.h>
#include <stdbool.h>
#include <unistd.h>

#include "descriptor.h"
#include "lock.h"
#include "process.h"
#include "thread.h"

#define DIRECTS   32
#define ASK_EVERY 64 /* reads by message, after which it is asked again */

static struct direct directs[DIRECTS];

/* The one of an open file, or a free one; NULL: none is free. */
static struct direct *
find(mach_port_t port)
{
	struct direct *unused = NULL;

	for (struct direct *direct = directs; direct < directs + DIRECTS;
	     direct++) {
		if (direct->port == port)
			return direct;
		if (direct->port == MACH_PORT_NULL && unused == NULL)
			unused = direct;
	}
	return unused;
}

/* The table's lock is held. */
static void
ask(int fd)
{
	struct descriptor *descriptor = &__descriptors[fd];
	mach_port_t port = descriptor->port;
	struct direct *direct = find(port);
	mach_port_t object;
	int64_t place;
	int kind;

	if (port == MACH_PORT_NULL || direct == NULL ||
	    io_direct(port, &kind, &object, &place) != KERN_SUCCESS)
		return;
	if (kind != IO_DIRECT_FILE) {
		__port_release(object);
		return;
	}
	if (direct->port == MACH_PORT_NULL) {
		*direct = (struct direct){
		    .port = port, .object = object, .place = IO_DIRECT_SHARED};
	} else {
		__port_release(object);
	}
	/* What is written to at its offset is the server's. */
	if ((descriptor->flags & O_ACCMODE) == O_RDONLY && !__threaded)
		__atomic_store_n(&direct->place, place, __ATOMIC_RELEASE);
	if (descriptor->direct == NULL) {
		descriptor->direct = direct;
		direct->users++;
	}
}

/* Is it worth a message to be told how to do without? */
static bool
is_worth(struct descriptor *descriptor, size_t size, int64_t offset)
{
	unsigned before = descriptor->asked++ % ASK_EVERY;

	if (offset == IO_OFFSET_CURRENT &&
	    ((descriptor->flags & (O_ACCMODE | DESCRIPTOR_SOCKET)) !=
		    O_RDONLY ||
		__threaded))
		return false;
	return before == 2 || (before == 0 && size > IO_DATA_MAX);
}

static struct direct *
direct_of(int fd, size_t size, int64_t offset)
{
	struct descriptor *descriptor = &__descriptors[fd];
	struct direct *direct = descriptor->direct;

	if (direct != NULL &&
	    (offset != IO_OFFSET_CURRENT ||
		__atomic_load_n(&direct->place, __ATOMIC_RELAXED) >= 0))
		return direct;
	if (!is_worth(descriptor, size, offset) || !__descriptors_try_lock())
		return NULL;
	ask(fd);
	direct = descriptor->direct;
	__descriptors_unlock();
	return direct;
}

/* Give the place back. */
static void
give_back(struct direct *direct)
{
	int64_t place = __atomic_exchange_n(
	    &direct->place, IO_DIRECT_SHARED, __ATOMIC_ACQ_REL);

	if (place >= 0)
		(void)io_seek(direct->port, place, SEEK_SET, &place);
}

ssize_t
__direct_read(int fd, void *to, size_t size, int64_t offset)
{
	struct direct *direct = direct_of(fd, size, offset);
	int64_t place = offset;
	int64_t got;

	if (direct == NULL)
		return -1;
	if (offset == IO_OFFSET_CURRENT)
		place = __atomic_load_n(&direct->place, __ATOMIC_ACQUIRE);
	do {
		if (place < 0)
			return -1;
		__cancel_begin();
		got = memory_object_read(
		    direct->object, (vm_offset_t)place, (vm_address_t)to, size);
		__cancel_end();
		if (got < 0) {
			if (offset == IO_OFFSET_CURRENT)
				give_back(direct);
			return -1;
		}
	} while (offset == IO_OFFSET_CURRENT &&
		 !__atomic_compare_exchange_n(&direct->place, &place,
		     place + got, 0, __ATOMIC_ACQ_REL, __ATOMIC_ACQUIRE));
	return (ssize_t)got;
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
__direct_return(void)
{
	for (struct direct *direct = directs; direct < directs + DIRECTS;
	     direct++)
		if (direct->port != MACH_PORT_NULL)
			give_back(direct);
}

void
__direct_drop(int fd)
{
	struct direct *direct = __descriptors[fd].direct;

	__descriptors[fd].direct = NULL;
	if (direct == NULL || --direct->users > 0)
		return;
	direct->port = MACH_PORT_NULL;
	(void)syscall_mach_port_deallocate(mach_task_self(), direct->object);
}

void
__direct_share(int copy, int fd)
{
	struct direct *direct = __descriptors[fd].direct;

	__descriptors[copy].direct = direct;
	if (direct != NULL)
		direct->users++;
}
