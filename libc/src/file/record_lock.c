/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Record locks, which the file's server keeps. It knows the process by a port
 * of the process server's, asked for once.
 */
#include "record_lock.h"

#include <mach/mig_errors.h>

#include <errno.h>
#include <servers/fs_user.h>
#include <servers/process_user.h>
#include <sys/file.h>
#include <unistd.h>

#include "descriptor.h"
#include "direct.h"
#include "process.h"
#include "thread.h"

bool __record_locks;

static mach_port_t owner; /* of the process's locks */

/* Two threads may both ask; the name is the same. */
static int
get_owner(void)
{
	mach_port_t port;

	if (__atomic_load_n(&owner, __ATOMIC_ACQUIRE) != MACH_PORT_NULL)
		return 0;
	if (__result(proc_lock_owner(__process.proc, &port)) != 0)
		return -1;
	if (__atomic_exchange_n(&owner, port, __ATOMIC_ACQ_REL) !=
	    MACH_PORT_NULL)
		__port_release(port);
	return 0;
}

int
__record_lock_owner(mach_port_t *result)
{
	if (get_owner() != 0)
		return -1;
	*result = owner;
	return 0;
}

void
__record_locks_forked(void)
{
	__port_release(owner);
	owner = MACH_PORT_NULL;
	__record_locks = false;
}

/* What has no server for locks has none. */
static int
result(kern_return_t code)
{
	if (code != MIG_BAD_ID)
		return __result(code);
	errno = EINVAL;
	return -1;
}

static fs_lock_t
to_wire(const struct flock *lock)
{
	return (fs_lock_t){
	    .type = lock->l_type,
	    .whence = lock->l_whence,
	    .start = lock->l_start,
	    .length = lock->l_len,
	    .pid = getpid(),
	};
}

/* A signal cuts short only who waits for a lock. */
static kern_return_t
set(mach_port_t port, mach_port_t who, bool wait, const fs_lock_t *lock)
{
	kern_return_t code;
	unsigned interrupts;

	do {
		interrupts = __signal_interrupts;
		if (wait)
			__cancel_begin();
		code = file_lock(port, who, wait, *lock);
		if (wait)
			__cancel_end();
	} while (__restart(code, interrupts) ||
		 (!wait && __error_number(code) == EINTR));
	return code;
}

static int
test(mach_port_t port, struct flock *lock)
{
	fs_lock_t wanted = to_wire(lock);
	fs_lock_t found;

	if (result(file_test_lock(port, owner, wanted, &found)) != 0)
		return -1;
	lock->l_type = (short)found.type;
	if (found.type == F_UNLCK)
		return 0;
	lock->l_whence = (short)found.whence;
	lock->l_start = found.start;
	lock->l_len = found.length;
	lock->l_pid = (pid_t)found.pid;
	return 0;
}

int
__record_lock(mach_port_t port, int command, struct flock *lock)
{
	fs_lock_t wanted = to_wire(lock);

	if (get_owner() != 0)
		return -1;
	if (command == F_GETLK)
		return test(port, lock);
	if (lock->l_type != F_UNLCK)
		__record_locks = true;
	return result(set(port, owner, command == F_SETLKW, &wanted));
}

void
__record_unlock(mach_port_t port)
{
	const fs_lock_t all = {.type = F_UNLCK};
	int saved = errno;

	if (port != MACH_PORT_NULL && get_owner() == 0)
		(void)set(port, owner, false, &all);
	errno = saved;
}

int
flock(int fd, int operation)
{
	static const short types[] = {
	    [LOCK_SH] = F_RDLCK,
	    [LOCK_EX] = F_WRLCK,
	    [LOCK_UN] = F_UNLCK,
	};
	mach_port_t port = __descriptor_port(fd);
	int what = operation & ~LOCK_NB;
	fs_lock_t lock = {0};

	if (port == MACH_PORT_NULL)
		return -1;
	if (what != LOCK_SH && what != LOCK_EX && what != LOCK_UN) {
		errno = EINVAL;
		return -1;
	}
	lock.type = types[what];
	return result(
	    set(port, MACH_PORT_NULL, (operation & LOCK_NB) == 0, &lock));
}

int
lockf(int fd, int operation, off_t size)
{
	mach_port_t port = __descriptor_port(fd);
	struct flock lock = {
	    .l_type = operation == F_ULOCK ? F_UNLCK : F_WRLCK,
	    .l_whence = SEEK_CUR,
	    .l_len = size,
	};

	if (port == MACH_PORT_NULL)
		return -1;
	__direct_give_up(__descriptors[fd].direct);
	switch (operation) {
	case F_ULOCK:
	case F_TLOCK:
		return __record_lock(port, F_SETLK, &lock);
	case F_LOCK:
		return __record_lock(port, F_SETLKW, &lock);
	case F_TEST:
		break;
	default:
		errno = EINVAL;
		return -1;
	}
	if (__record_lock(port, F_GETLK, &lock) != 0)
		return -1;
	if (lock.l_type == F_UNLCK)
		return 0;
	errno = EAGAIN;
	return -1;
}
