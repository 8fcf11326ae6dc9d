/* SPDX-License-Identifier: BSD-2-Clause */
/* Attributes of mutexes. */
#include <limits.h>
#include <sched.h>
#include <string.h>

#include "pthread_flags.h"

int
pthread_mutexattr_init(pthread_mutexattr_t *attributes)
{
	memset(attributes, 0, sizeof(*attributes));
	return 0;
}

int
pthread_mutexattr_destroy(pthread_mutexattr_t *attributes)
{
	if (attributes == NULL)
		return EINVAL;
	attributes->__type = -1;
	return 0;
}

int
pthread_mutexattr_gettype(
    const pthread_mutexattr_t *restrict attributes, int *restrict type)
{
	if (attributes->__type < 0)
		return EINVAL;
	*type = attributes->__type;
	return 0;
}

int
pthread_mutexattr_settype(pthread_mutexattr_t *attributes, int type)
{
	if (type < PTHREAD_MUTEX_NORMAL || type > PTHREAD_MUTEX_ERRORCHECK)
		return EINVAL;
	attributes->__type = type;
	return 0;
}

int
pthread_mutexattr_getpshared(
    const pthread_mutexattr_t *restrict attributes, int *restrict shared)
{
	*shared = get_shared(attributes->__flags);
	return 0;
}

int
pthread_mutexattr_setpshared(pthread_mutexattr_t *attributes, int shared)
{
	return set_shared(&attributes->__flags, shared);
}

int
pthread_mutexattr_getrobust(
    const pthread_mutexattr_t *restrict attributes, int *restrict robust)
{
	*robust = (attributes->__flags & FLAG_ROBUST) != 0
		      ? PTHREAD_MUTEX_ROBUST
		      : PTHREAD_MUTEX_STALLED;
	return 0;
}

int
pthread_mutexattr_setrobust(pthread_mutexattr_t *attributes, int robust)
{
	if (robust != PTHREAD_MUTEX_STALLED && robust != PTHREAD_MUTEX_ROBUST)
		return EINVAL;
	attributes->__flags &= ~FLAG_ROBUST;
	if (robust == PTHREAD_MUTEX_ROBUST)
		attributes->__flags |= FLAG_ROBUST;
	return 0;
}

int
pthread_mutexattr_getprotocol(
    const pthread_mutexattr_t *restrict attributes, int *restrict protocol)
{
	if ((attributes->__flags & FLAG_INHERIT) != 0)
		*protocol = PTHREAD_PRIO_INHERIT;
	else if ((attributes->__flags & FLAG_PROTECT) != 0)
		*protocol = PTHREAD_PRIO_PROTECT;
	else
		*protocol = PTHREAD_PRIO_NONE;
	return 0;
}

int
pthread_mutexattr_setprotocol(pthread_mutexattr_t *attributes, int protocol)
{
	unsigned flags = attributes->__flags & ~(FLAG_INHERIT | FLAG_PROTECT);

	switch (protocol) {
	case PTHREAD_PRIO_NONE:
		break;
	case PTHREAD_PRIO_INHERIT:
		flags |= FLAG_INHERIT;
		break;
	case PTHREAD_PRIO_PROTECT:
		flags |= FLAG_PROTECT;
		break;
	default:
		return EINVAL;
	}
	attributes->__flags = flags;
	return 0;
}

int
pthread_mutexattr_getprioceiling(
    const pthread_mutexattr_t *restrict attributes, int *restrict ceiling)
{
	*ceiling = attributes->__ceiling != 0
		       ? attributes->__ceiling
		       : sched_get_priority_min(SCHED_FIFO);
	return 0;
}

int
pthread_mutexattr_setprioceiling(pthread_mutexattr_t *attributes, int ceiling)
{
	if (ceiling < sched_get_priority_min(SCHED_FIFO) ||
	    ceiling > sched_get_priority_max(SCHED_FIFO))
		return EINVAL;
	attributes->__ceiling = ceiling;
	return 0;
}
