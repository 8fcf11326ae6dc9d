/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Mutexes. __lock: 0 free, 1 held, 2 held and perhaps waited for. __owner is
 * kept where somebody asks: types with checks, and robust mutexes.
 *
 * A robust mutex whose owner ends gets the state DIED and is released; who
 * locks it next is told so, and it is INCONSISTENT until that thread says
 * otherwise or unlocks it, which makes it LOST. A thread's end releases what it
 * holds; for the end of a whole process, those who wait for a robust mutex look
 * at its owner's process now and then.
 */
#include <signal.h>
#include <string.h>
#include <time.h>

#include "lend.h"
#include "pthread_flags.h"
#include "thread.h"

#define FREE       MUTEX_FREE
#define HELD       MUTEX_HELD
#define WAITED     MUTEX_WAITED

#define FLAG_LENDS (FLAG_INHERIT | FLAG_PROTECT)

enum robust_state {
	CONSISTENT,
	DIED,
	INCONSISTENT,
	LOST,
};

#define LOOK_NS 50000000L /* how often to look at an owner's process */
#define SECOND  1000000000L

static bool
is_shared(const pthread_mutex_t *mutex)
{
	return (mutex->__flags & FLAG_SHARED) != 0;
}

static bool
is_robust(const pthread_mutex_t *mutex)
{
	return (mutex->__flags & FLAG_ROBUST) != 0;
}

static bool
has_owner(const pthread_mutex_t *mutex)
{
	return mutex->__type != PTHREAD_MUTEX_NORMAL ||
	       (mutex->__flags & (FLAG_ROBUST | FLAG_LENDS)) != 0;
}

static bool
is_mine(const pthread_mutex_t *mutex)
{
	return __atomic_load_n(&mutex->__owner, __ATOMIC_RELAXED) ==
	       __thread_id(is_shared(mutex));
}

static bool
try(pthread_mutex_t *mutex)
{
	unsigned expected = FREE;

	return __atomic_compare_exchange_n(&mutex->__lock, &expected, HELD,
	    false, __ATOMIC_ACQUIRE, __ATOMIC_RELAXED);
}

/* True: somebody waited. Others may have freed the mutex after this. */
static bool
release(pthread_mutex_t *mutex)
{
	bool shared = is_shared(mutex);

	if (__atomic_exchange_n(&mutex->__lock, FREE, __ATOMIC_RELEASE) !=
	    WAITED)
		return false;
	__wake(&mutex->__lock, 1, shared);
	return true;
}

static void
forget_owner(pthread_mutex_t *mutex)
{
	__atomic_store_n(&mutex->__owner, 0, __ATOMIC_RELAXED);
}

/* It has just become ours: what there is to say about it. */
static int
take(pthread_mutex_t *mutex)
{
	struct pthread *self;

	if (!has_owner(mutex))
		return 0;
	if (mutex->__state == LOST) {
		release(mutex);
		return ENOTRECOVERABLE;
	}
	__atomic_store_n(
	    &mutex->__owner, __thread_id(is_shared(mutex)), __ATOMIC_RELAXED);
	mutex->__count = 1;
	if ((mutex->__flags & FLAG_LENDS) != 0) {
		int error = __lend_taken(mutex);

		if (error != 0) {
			forget_owner(mutex);
			release(mutex);
			return error;
		}
	}
	if (!is_robust(mutex))
		return 0;
	self = thread_self();
	mutex->__next = self->robust;
	self->robust = mutex;
	if (mutex->__state != DIED)
		return 0;
	mutex->__state = INCONSISTENT;
	return EOWNERDEAD;
}

/* Has the process ended that owns it? Then it is ours. */
static bool
take_from_dead(pthread_mutex_t *mutex)
{
	unsigned long owner =
	    __atomic_load_n(&mutex->__owner, __ATOMIC_RELAXED);
	pid_t pid = (pid_t)(owner >> 32);
	int saved = errno;
	bool dead = pid > 0 && kill(pid, 0) != 0 && errno == ESRCH;

	errno = saved;
	if (!dead ||
	    !__atomic_compare_exchange_n(&mutex->__owner, &owner,
		__thread_id(true), false, __ATOMIC_ACQUIRE, __ATOMIC_RELAXED))
		return false;
	mutex->__state = DIED;
	return true;
}

/* A moment from now, or `until` if that is before. */
static const struct timespec *
look_time(const struct timespec *until, struct timespec *moment)
{
	clock_gettime(CLOCK_REALTIME, moment);
	moment->tv_nsec += LOOK_NS;
	if (moment->tv_nsec >= SECOND) {
		moment->tv_nsec -= SECOND;
		moment->tv_sec++;
	}
	if (until != NULL && (until->tv_sec < moment->tv_sec ||
				 (until->tv_sec == moment->tv_sec &&
				     until->tv_nsec < moment->tv_nsec)))
		return until;
	return moment;
}

/* 0: it is ours, or an error. */
static int
wait_until_ours(pthread_mutex_t *mutex, const struct timespec *until)
{
	bool lends = (mutex->__flags & FLAG_INHERIT) != 0;
	bool look = is_robust(mutex) && is_shared(mutex);
	const struct timespec *limit = until;
	struct timespec moment;
	int error;

	while (__atomic_exchange_n(&mutex->__lock, WAITED, __ATOMIC_ACQUIRE) !=
	       FREE) {
		if (look && take_from_dead(mutex))
			break;
		if (until != NULL && !__valid_time(until))
			return EINVAL;
		if (look)
			limit = look_time(until, &moment);
		if (lends)
			__lend_wait(mutex);
		error = __wait_until(&mutex->__lock, WAITED, CLOCK_REALTIME,
		    limit, is_shared(mutex));
		if (error == ETIMEDOUT && limit == until)
			return error;
	}
	return 0;
}

static int
wait_for(pthread_mutex_t *mutex, const struct timespec *until)
{
	int error = wait_until_ours(mutex, until);

	if ((mutex->__flags & FLAG_INHERIT) != 0)
		__lend_waited();
	return error == 0 ? take(mutex) : error;
}

/* What a thread that owns it already gets; -1: it has to wait. */
static int
lock_again(pthread_mutex_t *mutex)
{
	if (mutex->__type == PTHREAD_MUTEX_NORMAL || !is_mine(mutex))
		return -1;
	if (mutex->__type == PTHREAD_MUTEX_ERRORCHECK)
		return EDEADLK;
	if (mutex->__count == UINT_MAX)
		return EAGAIN;
	mutex->__count++;
	return 0;
}

int
pthread_mutex_timedlock(
    pthread_mutex_t *restrict mutex, const struct timespec *restrict until)
{
	int error;

	if (try(mutex))
		return take(mutex);
	error = lock_again(mutex);
	return error >= 0 ? error : wait_for(mutex, until);
}

int
pthread_mutex_lock(pthread_mutex_t *mutex)
{
	return pthread_mutex_timedlock(mutex, NULL);
}

int
pthread_mutex_trylock(pthread_mutex_t *mutex)
{
	if (try(mutex))
		return take(mutex);
	if (mutex->__type == PTHREAD_MUTEX_RECURSIVE && is_mine(mutex))
		return lock_again(mutex);
	if (is_robust(mutex) && is_shared(mutex) && take_from_dead(mutex))
		return take(mutex);
	return EBUSY;
}

static void
unlink_robust(pthread_mutex_t *mutex)
{
	struct pthread *self = thread_self();
	pthread_mutex_t *at = self->robust;

	if (at == mutex) {
		self->robust = mutex->__next;
		return;
	}
	while (at != NULL && at->__next != mutex)
		at = at->__next;
	if (at != NULL)
		at->__next = mutex->__next;
}

int
pthread_mutex_unlock(pthread_mutex_t *mutex)
{
	unsigned flags = mutex->__flags;
	int ceiling = mutex->__ceiling;
	bool waited;

	if (has_owner(mutex)) {
		if (mutex->__lock == FREE || !is_mine(mutex))
			return EPERM;
		if (--mutex->__count > 0)
			return 0;
		if (is_robust(mutex)) {
			unlink_robust(mutex);
			if (mutex->__state == INCONSISTENT)
				mutex->__state = LOST;
		}
		forget_owner(mutex);
	}
	waited = release(mutex);
	if ((flags & FLAG_LENDS) != 0)
		__lend_given_up(flags, ceiling, waited);
	return 0;
}

int
pthread_mutex_consistent(pthread_mutex_t *mutex)
{
	if (!is_robust(mutex) || mutex->__state != INCONSISTENT ||
	    !is_mine(mutex))
		return EINVAL;
	mutex->__state = CONSISTENT;
	return 0;
}

void
__robust_abandon(struct pthread *self)
{
	pthread_mutex_t *mutex;

	while ((mutex = self->robust) != NULL) {
		self->robust = mutex->__next;
		mutex->__state = DIED;
		forget_owner(mutex);
		release(mutex);
	}
}

int
pthread_mutex_init(pthread_mutex_t *restrict mutex,
    const pthread_mutexattr_t *restrict attributes)
{
	if (attributes != NULL && (attributes->__flags & FLAG_INHERIT) != 0 &&
	    (attributes->__flags & FLAG_SHARED) != 0)
		return ENOTSUP; /* nobody could tell the other process */
	memset(mutex, 0, sizeof(*mutex));
	if (attributes != NULL) {
		mutex->__type = attributes->__type;
		mutex->__flags = attributes->__flags;
		mutex->__ceiling = attributes->__ceiling != 0
				       ? attributes->__ceiling
				       : PROC_PRIORITY_MIN;
	}
	return 0;
}

int
pthread_mutex_destroy(pthread_mutex_t *mutex)
{
	return __atomic_load_n(&mutex->__lock, __ATOMIC_RELAXED) != FREE ? EBUSY
									 : 0;
}

int
pthread_mutex_getprioceiling(
    const pthread_mutex_t *restrict mutex, int *restrict ceiling)
{
	if ((mutex->__flags & FLAG_PROTECT) == 0)
		return EINVAL;
	*ceiling = mutex->__ceiling;
	return 0;
}

/* It is locked for that, by whomever: no matter where its ceiling is. */
int
pthread_mutex_setprioceiling(
    pthread_mutex_t *restrict mutex, int ceiling, int *restrict old)
{
	bool mine = is_mine(mutex);
	int before;

	if ((mutex->__flags & FLAG_PROTECT) == 0 ||
	    ceiling < PROC_PRIORITY_MIN || ceiling > PROC_PRIORITY_MAX)
		return EINVAL;
	if (!mine && !try(mutex))
		(void)wait_until_ours(mutex, NULL);
	before = mutex->__ceiling;
	mutex->__ceiling = ceiling;
	if (mine)
		__lend_ceiling(before, ceiling);
	else
		release(mutex);
	if (old != NULL)
		*old = before;
	return 0;
}
