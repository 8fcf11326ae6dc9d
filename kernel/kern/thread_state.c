/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Stopping threads, looking at their registers, and starting them again.
 *
 * A suspended thread stops before it returns to user mode (AST_SUSPEND); until
 * then it finishes what it does in the kernel. A thread that waits in the
 * kernel counts as suspended at once, for it will not see user mode before it
 * is resumed; thread_abort ends such a wait and lets it come to the stop.
 */
#include <kern/panic.h>
#include <kern/sched.h>
#include <kern/string.h>
#include <kern/task.h>
#include <thread_act_server.h>

void
thread_stop_self(void)
{
	struct thread *self = current_thread();

	self->state = THREAD_STOPPED;
	wait_wake_all(&self->stop_queue, WAIT_AWAKENED);
	thread_block(thread_return);
}

bool
thread_stop_other(struct thread *thread)
{
	if (thread->state != THREAD_RUNNABLE ||
	    thread->continuation != thread_return)
		return false;
	sched_dequeue(thread);
	thread->state = THREAD_STOPPED;
	wait_wake_all(&thread->stop_queue, WAIT_AWAKENED);
	return true;
}

/*
 * Wait until `thread`, suspended by the caller, has come to its stop, has
 * begun another wait or was resumed by someone else: each of them wakes
 * stop_queue. Blocks; the thread may be dead afterwards.
 */
static kern_return_t
thread_wait_stopped(struct thread *thread)
{
	while (thread->state == THREAD_RUNNABLE && thread->suspend_count > 0) {
		thread_wait(&thread->stop_queue,
		    WAIT_INTERRUPTIBLE | WAIT_UNSAFE, WAIT_FOREVER);
		if (thread_block(NULL) == WAIT_INTERRUPTED)
			return KERN_ABORTED;
	}
	return thread->state == THREAD_DEAD ? KERN_TERMINATED : KERN_SUCCESS;
}

kern_return_t
thread_suspend(struct thread *thread)
{
	if (thread == NULL || thread->state == THREAD_DEAD ||
	    thread->task == kernel_task)
		return KERN_INVALID_ARGUMENT;
	if (thread->ast & AST_TERMINATE)
		return KERN_TERMINATED; /* not to be kept from its end */
	if (thread->suspend_count == INT32_MAX)
		return KERN_FAILURE;
	thread->suspend_count++;
	thread->ast |= AST_SUSPEND;
	if (thread == current_thread())
		return KERN_SUCCESS;
	return thread_stop_other(thread) ? KERN_SUCCESS
					 : thread_wait_stopped(thread);
}

kern_return_t
thread_resume(struct thread *thread)
{
	if (thread == NULL || thread->state == THREAD_DEAD)
		return KERN_INVALID_ARGUMENT;
	if (thread->suspend_count == 0)
		return KERN_FAILURE;
	if (--thread->suspend_count > 0)
		return KERN_SUCCESS;
	wait_wake_all(&thread->stop_queue, WAIT_AWAKENED);
	if (thread->task->suspend_count > 0)
		return KERN_SUCCESS;
	thread->ast &= ~AST_SUSPEND;
	if (thread->state == THREAD_STOPPED) {
		thread->state = THREAD_RUNNABLE;
		sched_enqueue(thread);
	}
	return KERN_SUCCESS;
}

kern_return_t
thread_abort(struct thread *thread)
{
	if (thread == NULL || thread->state == THREAD_DEAD)
		return KERN_INVALID_ARGUMENT;
	if (thread == current_thread())
		return KERN_SUCCESS;
	if (thread->state == THREAD_WAITING &&
	    (thread->wait_flags & WAIT_INTERRUPTIBLE))
		thread_wake(thread, WAIT_INTERRUPTED);
	return thread_wait_stopped(thread);
}

kern_return_t
thread_abort_safely(struct thread *thread)
{
	if (thread != NULL && thread->state == THREAD_WAITING &&
	    (thread->wait_flags & (WAIT_INTERRUPTIBLE | WAIT_UNSAFE)) !=
		WAIT_INTERRUPTIBLE)
		return KERN_FAILURE;
	return thread_abort(thread);
}

kern_return_t
thread_get_state(struct thread *thread, int flavor, natural_t *state,
    mach_msg_type_number_t *count)
{
	if (thread == NULL || thread->state == THREAD_DEAD)
		return KERN_INVALID_ARGUMENT;
	return thread_state_get(thread, flavor, state, count);
}

kern_return_t
thread_set_state(struct thread *thread, int flavor, const natural_t *state,
    mach_msg_type_number_t count)
{
	if (thread == NULL)
		return KERN_INVALID_ARGUMENT;
	if (thread->state != THREAD_STOPPED)
		return KERN_FAILURE;
	return thread_state_set(thread, flavor, state, count);
}
