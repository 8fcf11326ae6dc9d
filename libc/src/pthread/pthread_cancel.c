/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Cancellation. Who cancels sets a flag and sends the thread a signal of the
 * library's own, which cuts its wait short. A thread acts at once if it has
 * asked for that (asynchronous), or if it is about to wait in a cancellation
 * point, between __cancel_begin() and __cancel_end(); else at the next point.
 */
#include <pthread.h>

#include "signal_state.h"
#include "thread.h"

/*
 * Who asks sets `cancelled` first and looks at the state then, the thread the
 * other way round: one of them sees what the other did.
 */
static bool
is_enabled(const struct pthread *thread)
{
	return __atomic_load_n(&thread->cancel_state, __ATOMIC_SEQ_CST) ==
	       PTHREAD_CANCEL_ENABLE;
}

static bool
is_wanted(const struct pthread *self)
{
	return is_enabled(self) && !self->exiting &&
	       __atomic_load_n(&self->cancelled, __ATOMIC_SEQ_CST) != 0;
}

void
pthread_testcancel(void)
{
	if (__threaded && is_wanted(thread_self()))
		pthread_exit(PTHREAD_CANCELED);
}

void
__cancel_begin_slow(void)
{
	struct pthread *self = thread_self();

	__atomic_store_n(&self->waiting, 1, __ATOMIC_SEQ_CST);
	if (is_wanted(self))
		pthread_exit(PTHREAD_CANCELED);
}

void
__cancel_interrupted(void)
{
	struct pthread *self = thread_self();

	if (!is_wanted(self))
		return;
	if (self->cancel_type == PTHREAD_CANCEL_ASYNCHRONOUS ||
	    __atomic_load_n(&self->waiting, __ATOMIC_SEQ_CST) != 0)
		pthread_exit(PTHREAD_CANCELED);
}

int
pthread_cancel(pthread_t name)
{
	struct pthread *thread;
	int error = 0;

	__threaded = 1;
	__lock(&__threads.lock);
	thread = __thread_find(name);
	if (thread == NULL)
		error = ESRCH;
	else
		__atomic_store_n(&thread->cancelled, 1, __ATOMIC_SEQ_CST);
	/* Where it may not be cancelled its waits are not cut short. */
	if (error == 0 && thread != thread_self() &&
	    thread->state != THREAD_ENDED && is_enabled(thread))
		error = __signal_thread_send(thread, SIGNAL_INTERNAL);
	__unlock(&__threads.lock);
	if (error == 0 && thread == thread_self() &&
	    thread->cancel_type == PTHREAD_CANCEL_ASYNCHRONOUS)
		pthread_testcancel();
	return error;
}

int
pthread_setcancelstate(int state, int *old)
{
	struct pthread *self = thread_self();

	if (state != PTHREAD_CANCEL_ENABLE && state != PTHREAD_CANCEL_DISABLE)
		return EINVAL;
	if (old != NULL)
		*old = self->cancel_state;
	__atomic_store_n(&self->cancel_state, state, __ATOMIC_SEQ_CST);
	if (self->cancel_type == PTHREAD_CANCEL_ASYNCHRONOUS)
		pthread_testcancel();
	return 0;
}

int
pthread_setcanceltype(int type, int *old)
{
	struct pthread *self = thread_self();

	if (type != PTHREAD_CANCEL_DEFERRED &&
	    type != PTHREAD_CANCEL_ASYNCHRONOUS)
		return EINVAL;
	if (old != NULL)
		*old = self->cancel_type;
	self->cancel_type = type;
	if (type == PTHREAD_CANCEL_ASYNCHRONOUS)
		pthread_testcancel();
	return 0;
}

void
__cleanup_push(
    struct __cleanup *handler, void (*function)(void *), void *argument)
{
	struct pthread *self = thread_self();

	handler->__function = function;
	handler->__argument = argument;
	handler->__next = self->cleanup;
	self->cleanup = handler;
}

void
__cleanup_pop(struct __cleanup *handler, int run)
{
	thread_self()->cleanup = handler->__next;
	if (run)
		handler->__function(handler->__argument);
}
