/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * See lend.h. What a thread is lent is found anew whenever something changes
 * that it follows from: the ceilings of what it holds, and the priorities of
 * those who wait for what it holds, whose waits_for says what that is. If it
 * waits itself, who holds that follows, and so on; mutexes that are waited for
 * in a circle end that, too, for nothing changes any more.
 *
 * Who takes a mutex writes its name into it before it looks whether somebody
 * waits; who waits marks the mutex before it looks for a name. So one of them
 * sees the other. Nobody makes himself worse with the lock held: others, better
 * ones, would wait for him behind those in between. That only threads of this
 * process lend is no loss: a mutex that processes share does not
 * (pthread_mutex_init).
 */
#include "lend.h"

#include <sched.h>
#include <servers/process_sched.h>

#include "pthread_flags.h"

static int
own_level(const struct pthread *thread)
{
	return thread->attributes.__policy == SCHED_OTHER
		   ? 0
		   : thread->attributes.__priority;
}

static bool
holds(const struct pthread *thread, const pthread_mutex_t *mutex)
{
	return mutex != NULL && __atomic_load_n(&mutex->__owner,
				    __ATOMIC_SEQ_CST) == (unsigned long)thread;
}

static struct pthread *
holder_of(const pthread_mutex_t *mutex)
{
	struct pthread *at = __threads.list;

	while (at != NULL && (at->state != THREAD_RUNS || !holds(at, mutex)))
		at = at->next;
	return at;
}

/* 0: nobody comes before it. */
static int
lent_to(const struct pthread *thread)
{
	int best = PROC_PRIORITY_MAX;
	int own = own_level(thread);

	while (best > 0 && thread->ceilings[best] == 0)
		best--;
	for (const struct pthread *at = __threads.list; at != NULL;
	     at = at->next) {
		int level = own_level(at) > at->lent ? own_level(at) : at->lent;

		if (level > best && holds(thread, at->waits_for))
			best = level;
	}
	return best > own ? best : 0;
}

void
__lend_renew(struct pthread *thread)
{
	int steps = PTHREAD_THREADS_MAX;
	bool lower;

	for (; thread != NULL && steps > 0; steps--) {
		int lent = lent_to(thread);

		if (lent == thread->lent)
			return;
		lower = lent < thread->lent && thread == thread_self();
		__atomic_store_n(&thread->lent, lent, __ATOMIC_RELAXED);
		if (!lower)
			__thread_run_as(thread);
		thread = thread->waits_for != NULL
			     ? holder_of(thread->waits_for)
			     : NULL;
	}
}

/*
 * The caller is lent less than before: now, without the lock, it can let others
 * run, who need the lock. One of them may lend it something meanwhile.
 */
static void
settle(struct pthread *self, int before)
{
	int now = __atomic_load_n(&self->lent, __ATOMIC_RELAXED);

	while (now < before) {
		__thread_run_as(self);
		before = now;
		now = __atomic_load_n(&self->lent, __ATOMIC_RELAXED);
		if (now > before)
			__thread_run_as(self);
	}
}

void
__lend_wait(pthread_mutex_t *mutex)
{
	struct pthread *self = thread_self();

	__lock(&__threads.lock);
	self->waits_for = mutex;
	__lend_renew(holder_of(mutex));
	__unlock(&__threads.lock);
}

void
__lend_waited(void)
{
	struct pthread *self = thread_self();
	pthread_mutex_t *mutex;

	__lock(&__threads.lock);
	mutex = self->waits_for;
	self->waits_for = NULL;
	if (mutex != NULL)
		__lend_renew(holder_of(mutex));
	__unlock(&__threads.lock);
}

int
__lend_taken(pthread_mutex_t *mutex)
{
	struct pthread *self = thread_self();
	bool protects = (mutex->__flags & FLAG_PROTECT) != 0;
	int error = 0;

	/* After the owner's name: see above. */
	__atomic_thread_fence(__ATOMIC_SEQ_CST);
	if (!protects &&
	    __atomic_load_n(&mutex->__lock, __ATOMIC_SEQ_CST) != MUTEX_WAITED)
		return 0;
	__lock(&__threads.lock);
	if (protects && own_level(self) > mutex->__ceiling)
		error = EINVAL;
	else if (protects)
		self->ceilings[mutex->__ceiling]++;
	__lend_renew(self);
	__unlock(&__threads.lock);
	return error;
}

/* The caller, who has the lock, may be lent something else from now on. */
static void
renew_and_unlock(struct pthread *self)
{
	int before = self->lent;

	__lend_renew(self);
	__unlock(&__threads.lock);
	settle(self, before);
}

void
__lend_given_up(unsigned flags, int ceiling, bool waited)
{
	struct pthread *self = thread_self();
	bool protects = (flags & FLAG_PROTECT) != 0;

	if (!protects && !waited)
		return;
	__lock(&__threads.lock);
	if (protects)
		self->ceilings[ceiling]--;
	renew_and_unlock(self);
}

void
__lend_ceiling(int from, int to)
{
	struct pthread *self = thread_self();

	__lock(&__threads.lock);
	self->ceilings[from]--;
	self->ceilings[to]++;
	renew_and_unlock(self);
}
