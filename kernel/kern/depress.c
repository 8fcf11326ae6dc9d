/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Depression: a thread that waits for what another one does, by giving the
 * processor away, is the last to get it for a while. It ends when a time has
 * passed, when the thread runs again, or when somebody says so.
 */
#include <arch/timer.h>

#include <kern/sched.h>
#include <thread_act_server.h>

static void
depress_end(struct thread *thread)
{
	timeout_cancel(&thread->depress_timeout);
	thread->depressed = false;
	sched_set_base(thread, thread->policy, thread->base_priority);
}

static void
depress_expired(void *argument)
{
	depress_end(argument);
}

/* It runs again. */
static void
depress_over(void)
{
	struct thread *self = current_thread();

	if (self->depressed)
		depress_end(self);
	thread_return();
}

void
thread_depress(uint64_t deadline, struct thread *next)
{
	struct thread *self = current_thread();

	if (!sched_waiting())
		return;
	self->depressed = true;
	self->priority = PRIORITY_LOWEST;
	timeout_init(&self->depress_timeout, depress_expired, self);
	if (deadline != WAIT_FOREVER)
		timeout_set(&self->depress_timeout, deadline);
	if (next == NULL)
		thread_preempt(depress_over);
	sched_enqueue(self);
	(void)thread_run(next, depress_over);
}

kern_return_t
thread_depress_abort(struct thread *thread)
{
	if (thread == NULL || thread->state == THREAD_DEAD)
		return KERN_INVALID_ARGUMENT;
	if (!thread->depressed)
		return KERN_NOT_DEPRESSED;
	depress_end(thread);
	return KERN_SUCCESS;
}
