/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Semaphores: a count of signals that nobody has waited for yet, or a queue of
 * those who wait. Both by message and by trap.
 */
#include <arch/timer.h>

#include <kern/convert.h>
#include <kern/sync.h>
#include <kern/traps.h>
#include <sync_server.h>

struct semaphore {
	struct sync_object sync; /* first */
	struct wait_queue waiters;
	int count;
};

kern_return_t
semaphore_create(
    struct task *task, mach_port_t *semaphore, int policy, int value)
{
	struct semaphore *new;

	if (task == NULL || !task->alive || value < 0 || policy < 0 ||
	    policy > SYNC_POLICY_MAX)
		return KERN_INVALID_ARGUMENT;
	new = (struct semaphore *)sync_create(
	    task, IKOT_SEMAPHORE, sizeof(*new), policy, semaphore);
	if (new == NULL)
		return KERN_RESOURCE_SHORTAGE;
	new->count = value;
	wait_queue_init(&new->waiters);
	return KERN_SUCCESS;
}

kern_return_t
semaphore_destroy(struct task *task, struct semaphore *semaphore)
{
	return sync_destroy(task, (struct sync_object *)semaphore);
}

void
semaphore_wake_all(struct semaphore *semaphore)
{
	sync_wake_all(&semaphore->waiters, KERN_TERMINATED);
}

kern_return_t
semaphore_signal(struct semaphore *semaphore)
{
	struct thread *thread;

	if (semaphore == NULL)
		return KERN_INVALID_ARGUMENT;
	thread = sync_next(&semaphore->waiters, semaphore->sync.policy);
	if (thread != NULL)
		sync_wake(thread, KERN_SUCCESS);
	else if (semaphore->count < INT32_MAX)
		semaphore->count++;
	else
		return KERN_FAILURE;
	return KERN_SUCCESS;
}

kern_return_t
semaphore_signal_all(struct semaphore *semaphore)
{
	if (semaphore == NULL)
		return KERN_INVALID_ARGUMENT;
	sync_wake_all(&semaphore->waiters, KERN_SUCCESS);
	return KERN_SUCCESS;
}

kern_return_t
semaphore_signal_thread(struct semaphore *semaphore, struct thread *thread)
{
	if (semaphore == NULL)
		return KERN_INVALID_ARGUMENT;
	if (thread == NULL)
		thread = sync_next(&semaphore->waiters, semaphore->sync.policy);
	if (thread == NULL || thread->state != THREAD_WAITING ||
	    thread->wait_queue != &semaphore->waiters)
		return KERN_NOT_WAITING;
	sync_wake(thread, KERN_SUCCESS);
	return KERN_SUCCESS;
}

static kern_return_t
wait_until(struct semaphore *semaphore, uint64_t deadline, bool in_trap)
{
	if (semaphore == NULL)
		return KERN_INVALID_ARGUMENT;
	if (semaphore->count > 0) {
		semaphore->count--;
		return KERN_SUCCESS;
	}
	return sync_wait(&semaphore->waiters, deadline, in_trap);
}

kern_return_t
semaphore_wait(struct semaphore *semaphore)
{
	return wait_until(semaphore, WAIT_FOREVER, false);
}

/* Nothing happens between the two: there is no wait but the last. */
static kern_return_t
wait_signal(struct semaphore *wait, struct semaphore *signal, uint64_t deadline)
{
	kern_return_t kr;

	if (wait == NULL)
		return KERN_INVALID_ARGUMENT;
	kr = semaphore_signal(signal);
	return kr == KERN_SUCCESS ? wait_until(wait, deadline, false) : kr;
}

kern_return_t
semaphore_wait_signal(struct semaphore *wait, struct semaphore *signal)
{
	return wait_signal(wait, signal, WAIT_FOREVER);
}

/* The uptime that comes after `time`; false: it is none. */
static bool
deadline_after(mach_timespec_t time, uint64_t *deadline)
{
	if (time.tv_nsec < 0 || time.tv_nsec >= NSEC_PER_SEC)
		return false;
	*deadline = clock_uptime_ns() + (uint64_t)time.tv_sec * NSEC_PER_SEC +
		    (uint64_t)time.tv_nsec;
	return true;
}

kern_return_t
semaphore_timedwait(struct semaphore *semaphore, mach_timespec_t time)
{
	uint64_t deadline;

	return deadline_after(time, &deadline)
		   ? wait_until(semaphore, deadline, false)
		   : KERN_INVALID_VALUE;
}

kern_return_t
semaphore_timedwait_signal(
    struct semaphore *wait, struct semaphore *signal, mach_timespec_t time)
{
	uint64_t deadline;

	return deadline_after(time, &deadline)
		   ? wait_signal(wait, signal, deadline)
		   : KERN_INVALID_VALUE;
}

static struct semaphore *
semaphore_of(uint64_t name, kern_return_t *kr)
{
	return convert_name((mach_port_name_t)name, IKOT_SEMAPHORE, kr);
}

uint64_t
trap_semaphore_signal_trap(uint64_t name)
{
	kern_return_t kr;
	struct semaphore *semaphore = semaphore_of(name, &kr);

	return (uint64_t)(semaphore != NULL ? semaphore_signal(semaphore) : kr);
}

uint64_t
trap_semaphore_signal_all_trap(uint64_t name)
{
	kern_return_t kr;
	struct semaphore *semaphore = semaphore_of(name, &kr);

	return (
	    uint64_t)(semaphore != NULL ? semaphore_signal_all(semaphore) : kr);
}

uint64_t
trap_semaphore_signal_thread_trap(uint64_t name, uint64_t thread_name)
{
	struct thread *thread = NULL;
	kern_return_t kr;
	struct semaphore *semaphore = semaphore_of(name, &kr);

	if (semaphore != NULL &&
	    (mach_port_name_t)thread_name != MACH_PORT_NULL)
		thread = convert_name(
		    (mach_port_name_t)thread_name, IKOT_THREAD, &kr);
	return (uint64_t)(kr == KERN_SUCCESS
			      ? semaphore_signal_thread(semaphore, thread)
			      : kr);
}

/* Without a name to signal: wait only. */
static uint64_t
trap_wait(uint64_t name, const uint64_t *signal_name, uint64_t deadline)
{
	struct semaphore *signal = NULL;
	kern_return_t kr;
	struct semaphore *wait = semaphore_of(name, &kr);

	if (wait != NULL && signal_name != NULL)
		signal = semaphore_of(*signal_name, &kr);
	if (kr == KERN_SUCCESS && signal != NULL)
		kr = semaphore_signal(signal);
	return (uint64_t)(kr == KERN_SUCCESS ? wait_until(wait, deadline, true)
					     : kr);
}

uint64_t
trap_semaphore_wait_trap(uint64_t name)
{
	return trap_wait(name, NULL, WAIT_FOREVER);
}

uint64_t
trap_semaphore_wait_signal_trap(uint64_t wait, uint64_t signal)
{
	return trap_wait(wait, &signal, WAIT_FOREVER);
}

static uint64_t
trap_timedwait(uint64_t name, const uint64_t *signal_name, uint64_t seconds,
    uint64_t nanoseconds)
{
	uint64_t deadline;

	return deadline_after((mach_timespec_t){(uint32_t)seconds,
				  (clock_res_t)nanoseconds},
		   &deadline)
		   ? trap_wait(name, signal_name, deadline)
		   : KERN_INVALID_VALUE;
}

uint64_t
trap_semaphore_timedwait_trap(
    uint64_t name, uint64_t seconds, uint64_t nanoseconds)
{
	return trap_timedwait(name, NULL, seconds, nanoseconds);
}

uint64_t
trap_semaphore_timedwait_signal_trap(
    uint64_t wait, uint64_t signal, uint64_t seconds, uint64_t nanoseconds)
{
	return trap_timedwait(wait, &signal, seconds, nanoseconds);
}
