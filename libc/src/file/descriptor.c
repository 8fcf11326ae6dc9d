/* SPDX-License-Identifier: BSD-2-Clause */
/* The table of file descriptors: see descriptor.h. */
#include "descriptor.h"

#include <mach/mach_port_user.h>

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "direct.h"
#include "large_zeros.h"
#include "limit.h"
#include "lock.h"
#include "process.h"
#include "record_lock.h"

struct descriptor __descriptors[PROC_FD_MAX] LARGE_ZEROS;
int __descriptors_end;
static struct lock lock;
static int lowest; /* no place below this is free */

void
__descriptors_lock(void)
{
	__lock(&lock);
}

bool
__descriptors_try_lock(void)
{
	return __try_lock(&lock);
}

void
__descriptors_unlock(void)
{
	__unlock(&lock);
}

mach_port_t
__descriptor_port(int fd)
{
	mach_port_t port = MACH_PORT_NULL;

	if (fd >= 0 && fd < __descriptors_end)
		port = __descriptors[fd].port;
	if (port == MACH_PORT_NULL)
		errno = EBADF;
	return port;
}

mach_port_t
__directory_port(int fd)
{
	if (fd == AT_FDCWD)
		return __process.cwd;
	return __descriptor_port(fd);
}

/* The lock is held. */
static void
set(int fd, mach_port_t port, int flags)
{
	__descriptors[fd] = (struct descriptor){.port = port, .flags = flags};
	if (fd >= __descriptors_end)
		__descriptors_end = fd + 1;
}

void
__descriptor_set(int fd, mach_port_t port, int flags)
{
	if (fd >= 0 && fd < PROC_FD_MAX)
		set(fd, port, flags);
}

/* The lock is held. */
static int
find_free(int least)
{
	int end = __limit_descriptors();
	int fd;

	for (fd = least > lowest ? least : lowest; fd < end; fd++) {
		if (__descriptors[fd].port != MACH_PORT_NULL)
			continue;
		if (least <= lowest)
			lowest = fd;
		return fd;
	}
	errno = EMFILE;
	return -1;
}

int
__descriptor_add(mach_port_t port, int flags, int least)
{
	int fd;

	__lock(&lock);
	fd = find_free(least);
	if (fd >= 0)
		set(fd, port, flags);
	__unlock(&lock);
	return fd;
}

int
__descriptor_receive(mach_port_t port, int flags)
{
	int other = 0;
	int fd;

	__lock(&lock);
	while (other < __descriptors_end && __descriptors[other].port != port)
		other++;
	fd = find_free(0);
	if (fd >= 0 && other < __descriptors_end) {
		set(fd, port, flags);
		__direct_share(fd, other);
		__port_release(port);
	} else if (fd >= 0) {
		set(fd, port, flags);
	}
	__unlock(&lock);
	return fd;
}

/* The lock is held. What its server left behind is dead. */
static mach_port_t
reference(int fd)
{
	mach_port_t port = __descriptor_port(fd);

	if (port != MACH_PORT_NULL &&
	    mach_port_mod_refs(mach_task_self(), port, MACH_PORT_RIGHT_SEND,
		1) != KERN_SUCCESS)
		port = MACH_PORT_DEAD;
	return port;
}

mach_port_t
__descriptor_reference(int fd)
{
	mach_port_t port;

	__lock(&lock);
	port = reference(fd);
	__unlock(&lock);
	return port;
}

mach_port_t
__descriptor_copy(int fd, int *flags)
{
	mach_port_t port;

	__lock(&lock);
	port = reference(fd);
	if (port != MACH_PORT_NULL) {
		*flags = __descriptors[fd].flags & ~O_CLOEXEC;
		__direct_give_up(__descriptors[fd].direct);
	}
	__unlock(&lock);
	return port;
}

/* Free a place. Returns the right if no other descriptor uses it. */
static mach_port_t
clear(int fd)
{
	mach_port_t port = __descriptors[fd].port;
	int other;

	__descriptors[fd].port = MACH_PORT_NULL;
	if (fd < lowest)
		lowest = fd;
	__direct_drop(fd);
	while (__descriptors_end > 0 &&
	       __descriptors[__descriptors_end - 1].port == MACH_PORT_NULL)
		__descriptors_end--;
	for (other = 0; other < __descriptors_end; other++)
		if (__descriptors[other].port == port)
			return MACH_PORT_NULL;
	return port;
}

int
close(int fd)
{
	mach_port_t port;

	if (__record_locks)
		__record_unlock(__descriptor_port(fd));
	__lock(&lock);
	if (__descriptor_port(fd) == MACH_PORT_NULL) {
		__unlock(&lock);
		return -1;
	}
	port = clear(fd);
	__unlock(&lock);
	__port_release(port);
	return 0;
}

/* A copy at the first free place from `least` on. */
static int
duplicate(int fd, int least, int flags)
{
	mach_port_t port;
	int copy = -1;

	if (least < 0 || least >= __limit_descriptors()) {
		errno = EINVAL;
		return -1;
	}
	__lock(&lock);
	port = __descriptor_port(fd);
	if (port != MACH_PORT_NULL)
		copy = find_free(least);
	if (copy >= 0) {
		set(copy, port, (__descriptors[fd].flags & ~O_CLOEXEC) | flags);
		__direct_share(copy, fd);
	}
	__unlock(&lock);
	return copy;
}

int
dup(int fd)
{
	return duplicate(fd, 0, 0);
}

int
dup3(int fd, int wanted, int flags)
{
	mach_port_t old = MACH_PORT_NULL;
	mach_port_t port;

	if (fd == wanted || (flags & ~O_CLOEXEC) != 0) {
		errno = EINVAL;
		return -1;
	}
	if (__record_locks && wanted >= 0 && wanted < __descriptors_end &&
	    __descriptor_port(fd) != MACH_PORT_NULL)
		__record_unlock(__descriptors[wanted].port);
	__lock(&lock);
	port = __descriptor_port(fd);
	if (port != MACH_PORT_NULL &&
	    (wanted < 0 || wanted >= __limit_descriptors())) {
		errno = EBADF;
		port = MACH_PORT_NULL;
	}
	if (port == MACH_PORT_NULL) {
		__unlock(&lock);
		return -1;
	}
	if (__descriptors[wanted].port != MACH_PORT_NULL)
		old = clear(wanted);
	set(wanted, port, (__descriptors[fd].flags & ~O_CLOEXEC) | flags);
	__direct_share(wanted, fd);
	__unlock(&lock);
	if (old != port)
		__port_release(old);
	return wanted;
}

int
dup2(int fd, int wanted)
{
	if (fd == wanted)
		return __descriptor_port(fd) != MACH_PORT_NULL ? fd : -1;
	return dup3(fd, wanted, 0);
}

int
__dup_from(int fd, int least, int flags)
{
	return duplicate(fd, least, flags);
}

void
closefrom(int least)
{
	int fd;

	for (fd = __descriptors_end - 1; fd >= least; fd--)
		if (__descriptors[fd].port != MACH_PORT_NULL)
			close(fd);
}
