/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Threads and signals: each has a place in the signal page with its mask. The
 * control block's second word points to it; in the first thread it is null.
 */
#include <errno.h>
#include <pthread.h>
#include <servers/process_user.h>
#include <signal.h>

#include "process.h"
#include "signal_state.h"
#include "thread.h"

static uint64_t serial;

struct signal_thread *
__signal_thread(void)
{
	uintptr_t own = mach_tcb_self()->specific[1];

	return own != 0 ? (struct signal_thread *)own
			: &__process.signals->thread[0];
}

static struct signal_thread *
place_of(const struct pthread *thread)
{
	uintptr_t own = thread->tcb != NULL ? thread->tcb->specific[1] : 0;

	return own != 0 ? (struct signal_thread *)own
			: &__process.signals->thread[0];
}

/* Everything is blocked until the thread itself is ready. */
int
__signal_thread_add(struct pthread *thread)
{
	struct signal_page *page = __process.signals;
	int i;

	for (i = 1; i < SIGNAL_THREADS && page->thread[i].base != 0; i++)
		;
	if (i == SIGNAL_THREADS)
		return EAGAIN;
	page->thread[i] = (struct signal_thread){
	    .base = mach_tcb_base(thread->tcb, sizeof(*thread->tcb)),
	    .blocked = ~0UL,
	    .serial = ++serial,
	};
	thread->tcb->specific[1] = (uint64_t)(uintptr_t)&page->thread[i];
	thread->signal_mask = __signal_thread()->blocked;
	return 0;
}

void
__signal_thread_started(void)
{
	__signal_set_mask(thread_self()->signal_mask);
}

/* What was sent to it alone ends with it. */
void
__signal_thread_remove(void)
{
	struct signal_thread *own = __signal_thread();

	__atomic_store_n(&own->blocked, ~0UL, __ATOMIC_SEQ_CST);
	__atomic_store_n(&own->base, 0, __ATOMIC_SEQ_CST);
}

void
__signal_thread_drop(struct pthread *thread)
{
	place_of(thread)->base = 0;
}

void
__signal_forked(const struct signal_thread *before)
{
	struct signal_thread *first = &__process.signals->thread[0];

	mach_tcb_self()->specific[1] = 0;
	first->stack_base = before->stack_base;
	first->stack_size = before->stack_size;
	__signal_set_mask(before->blocked);
}

int
__signal_thread_send(struct pthread *thread, int signal)
{
	int place = (int)(place_of(thread) - __process.signals->thread);
	kern_return_t code = proc_kill_thread(__process.proc, place, signal);

	return code != KERN_SUCCESS ? __error_number(code) : 0;
}

/* To oneself it has been delivered on return, if it is not blocked. */
int
pthread_kill(pthread_t name, int signal)
{
	struct pthread *thread;
	int error = 0;

	if (signal < 0 || signal >= NSIG)
		return EINVAL;
	__lock(&__threads.lock);
	thread = __thread_find(name);
	if (thread == NULL)
		error = ESRCH;
	__unlock(&__threads.lock);
	if (error != 0 || signal == 0 || thread->state == THREAD_ENDED)
		return error;
	return __signal_thread_send(thread, signal);
}

int
pthread_sigmask(int how, const sigset_t *restrict set, sigset_t *restrict old)
{
	int saved = errno;
	int error = sigprocmask(how, set, old) == 0 ? 0 : errno;

	errno = saved;
	return error;
}
