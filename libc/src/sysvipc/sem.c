/* SPDX-License-Identifier: BSD-2-Clause */
/* Sets of semaphores. */
#include <errno.h>
#include <servers/sysvipc_user.h>
#include <stdarg.h>
#include <string.h>
#include <sys/sem.h>
#include <time.h>
#include <unistd.h>

#include "process.h"
#include "record_lock.h"
#include "signal_state.h"
#include "sysvipc.h"

#define NS_PER_S 1000000000

/* What POSIX has callers declare. */
union semun {
	int val;
	struct semid_ds *buf;
	unsigned short *array;
};

int
semget(key_t key, int count, int flags)
{
	if (count < 0) {
		errno = EINVAL;
		return -1;
	}
	return __sysvipc_get(SYSV_SEM, key, (uint64_t)count, flags);
}

/* False: it needs an owner, and there is none. */
static bool
to_wire(
    const struct sembuf *from, size_t count, uint64_t *ops, mach_port_t *owner)
{
	*owner = MACH_PORT_NULL;
	for (size_t i = 0; i < count; i++) {
		ops[i] =
		    SYSV_OP(from[i].sem_num, from[i].sem_op, from[i].sem_flg);
		if ((from[i].sem_flg & SEM_UNDO) != 0 &&
		    *owner == MACH_PORT_NULL && __record_lock_owner(owner) != 0)
			return false;
	}
	return true;
}

/* Signals cut it short, whatever SA_RESTART says. */
static int
operate(int id, const struct sembuf *from, size_t count, int64_t timeout)
{
	uint64_t ops[SYSV_OPS_MAX];
	mach_port_t owner;

	if (count == 0 || count > SYSV_OPS_MAX) {
		errno = count == 0 ? EINVAL : E2BIG;
		return -1;
	}
	if (!to_wire(from, count, ops, &owner))
		return -1;
	return __sysvipc_result(sysv_operate(__sysvipc(), id, owner, getpid(),
	    timeout, ops, (mach_msg_type_number_t)count));
}

int
semop(int id, struct sembuf *ops, size_t count)
{
	return operate(id, ops, count, -1);
}

int
semtimedop(
    int id, struct sembuf *ops, size_t count, const struct timespec *timeout)
{
	int64_t ns;

	if (timeout == NULL)
		return operate(id, ops, count, -1);
	if (timeout->tv_sec < 0 || timeout->tv_nsec < 0 ||
	    timeout->tv_nsec >= NS_PER_S) {
		errno = EINVAL;
		return -1;
	}
	if (__builtin_mul_overflow(timeout->tv_sec, NS_PER_S, &ns) ||
	    __builtin_add_overflow(ns, timeout->tv_nsec, &ns))
		ns = -1;
	return operate(id, ops, count, ns);
}

static int
status(int id, struct semid_ds *to)
{
	sysv_info_t info;

	if (__sysvipc_info(SYSV_SEM, id, &info) != 0)
		return -1;
	memset(to, 0, sizeof(*to));
	__sysvipc_perm(&to->sem_perm, &info);
	to->sem_nsems = (unsigned short)info.size;
	to->sem_otime = (time_t)info.time[0];
	to->sem_ctime = (time_t)info.changed;
	return 0;
}

static int
get_all(int id, unsigned short *to)
{
	uint16_t values[SYSV_SEMS_MAX];
	mach_msg_type_number_t count = SYSV_SEMS_MAX;

	if (__sysvipc_result(
		sysv_get_values(__sysvipc(), id, values, &count)) != 0)
		return -1;
	memcpy(to, values, count * sizeof(values[0]));
	return 0;
}

/* How many there are, only the server knows; not all may read that. */
static int
set_all(int id, const unsigned short *from)
{
	sysv_info_t info;

	if (__sysvipc_result(sysv_list_info(
		__sysvipc(), SYSV_SEM, id & (SYSV_SLOTS - 1), &info)) != 0 ||
	    info.id != (uint64_t)id) {
		errno = errno == ENOSYS ? ENOSYS : EINVAL;
		return -1;
	}
	return __sysvipc_result(sysv_set_values(__sysvipc(), id, getpid(), from,
	    (mach_msg_type_number_t)info.size));
}

static int
get_value(int id, int number, int command)
{
	int value;

	if (__sysvipc_result(
		sysv_get_value(__sysvipc(), id, number, command, &value)) != 0)
		return -1;
	return value;
}

int
semctl(int id, int number, int command, ...)
{
	union semun argument = {0};
	va_list arguments;

	va_start(arguments, command);
	if (command == IPC_STAT || command == IPC_SET || command == SETVAL ||
	    command == GETALL || command == SETALL)
		argument = va_arg(arguments, union semun);
	va_end(arguments);
	switch (command) {
	case IPC_STAT:
		return status(id, argument.buf);
	case IPC_SET:
		return __sysvipc_set(SYSV_SEM, id, &argument.buf->sem_perm, 0);
	case IPC_RMID:
		return __sysvipc_remove(SYSV_SEM, id);
	case GETALL:
		return get_all(id, argument.array);
	case SETALL:
		return set_all(id, argument.array);
	case SETVAL:
		return __sysvipc_result(sysv_set_value(
		    __sysvipc(), id, number, argument.val, getpid()));
	default:
		return get_value(id, number, command);
	}
}
