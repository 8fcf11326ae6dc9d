/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Wait queues. A thread is on at most one; it leaves it through
 * thread_unwait(), whoever causes it: a waker, its time-out, an abort.
 */
#include <arch/timer.h>

#include <kern/panic.h>
#include <kern/sched.h>

void
thread_wait_expired(void *argument)
{
	thread_wake(argument, WAIT_TIMED_OUT);
}

void
thread_wait(struct wait_queue *queue, unsigned flags, uint64_t deadline)
{
	struct thread *self = current_thread();

	assert(self->state == THREAD_RUNNABLE);
	if ((flags & WAIT_INTERRUPTIBLE) && (self->ast & AST_ABORT)) {
		self->ast &= ~AST_ABORT;
		self->wait_result = WAIT_INTERRUPTED;
		return;
	}
	if (deadline != WAIT_FOREVER) {
		if (deadline <= clock_uptime_ns()) {
			self->wait_result = WAIT_TIMED_OUT;
			return;
		}
		timeout_set(&self->wait_timeout, deadline);
	}
	thread_wait_on(self, queue, flags);
	/* Who waits for it to stop has that now. */
	if (__builtin_expect((self->ast & AST_SUSPEND) != 0, false))
		wait_wake_all(&self->stop_queue, WAIT_AWAKENED);
}

void
thread_unwait(struct thread *thread, enum wait_result result)
{
	assert(thread->state == THREAD_WAITING);
	thread_take_off(thread);
	thread->wait_result = result;
}

void
thread_wake(struct thread *thread, enum wait_result result)
{
	if (thread->state != THREAD_WAITING)
		return;
	thread_unwait(thread, result);
	if (thread != current_thread())
		sched_enqueue(thread);
}

struct thread *
wait_queue_first(const struct wait_queue *queue)
{
	struct list *first = list_first(&queue->threads);

	return first != NULL ? list_entry(first, struct thread, wait_link)
			     : NULL;
}

struct thread *
wait_wake_one(struct wait_queue *queue)
{
	struct thread *thread = wait_queue_first(queue);

	if (thread != NULL)
		thread_wake(thread, WAIT_AWAKENED);
	return thread;
}

void
wait_wake_all(struct wait_queue *queue, enum wait_result result)
{
	struct thread *thread;

	while ((thread = wait_queue_first(queue)) != NULL)
		thread_wake(thread, result);
}
