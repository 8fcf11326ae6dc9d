/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Policies and priorities of threads, as far as their processor set lets them.
 */
#include <kern/convert.h>
#include <kern/processor_set.h>
#include <kern/sched.h>
#include <kern/task_limits.h>
#include <kern/task_ports.h>
#include <mach_host_server.h>
#include <thread_act_server.h>

#define QUANTUM_MS_MAX 10000

static bool
is_priority(int priority)
{
	return priority >= 0 && priority <= PRIORITY_LOWEST;
}

static bool
is_policy(int policy)
{
	return policy == POLICY_TIMESHARE || policy == POLICY_RR ||
	       policy == POLICY_FIFO;
}

/* May threads of the task have that policy? */
static bool
may_have(const struct task *task, int policy)
{
	return policy == POLICY_TIMESHARE ||
	       task->best_priority < PRIORITY_DEFAULT;
}

kern_return_t
thread_policy(struct thread *thread, int policy, int data)
{
	if (thread == NULL)
		return KERN_INVALID_ARGUMENT;
	if (!is_policy(policy))
		return KERN_INVALID_POLICY;
	if (data < 0 || data > QUANTUM_MS_MAX)
		return KERN_INVALID_ARGUMENT;
	if (!(thread->pset->policies & policy) ||
	    !may_have(thread->task, policy))
		return KERN_FAILURE;
	thread->quantum =
	    data > 0 ? (uint64_t)data * NSEC_PER_MSEC : SCHED_QUANTUM_NS;
	sched_set_base(thread, policy, thread->base_priority);
	return KERN_SUCCESS;
}

kern_return_t
thread_priority(struct thread *thread, int priority, boolean_t set_max)
{
	if (thread == NULL || !is_priority(priority))
		return KERN_INVALID_ARGUMENT;
	if (priority < thread->max_priority)
		return KERN_FAILURE;
	if (set_max)
		thread->max_priority = priority;
	sched_set_base(thread, thread->policy, priority);
	return KERN_SUCCESS;
}

static void
set_max_priority(struct thread *thread, int max_priority)
{
	thread->max_priority = max_priority;
	if (thread->base_priority < max_priority)
		sched_set_base(thread, thread->policy, max_priority);
}

kern_return_t
thread_max_priority(
    struct thread *thread, struct processor_set *pset, int max_priority)
{
	if (thread == NULL || pset == NULL || !is_priority(max_priority))
		return KERN_INVALID_ARGUMENT;
	if (thread->pset != pset)
		return KERN_FAILURE;
	set_max_priority(thread, max_priority);
	return KERN_SUCCESS;
}

void
task_limit_priority(struct task *task, int best)
{
	task->best_priority = best;
	if (task->base_priority < best)
		task->base_priority = best;
	list_for_each (node, &task->threads) {
		struct thread *thread =
		    list_entry(node, struct thread, task_link);

		set_max_priority(thread, task_max_priority(task, thread->pset));
		if (!may_have(task, thread->policy))
			sched_set_base(
			    thread, POLICY_TIMESHARE, thread->base_priority);
	}
}

kern_return_t
task_priority(struct task *task, int priority, boolean_t change_threads)
{
	kern_return_t kr = KERN_SUCCESS;

	if (task == NULL || !is_priority(priority))
		return KERN_INVALID_ARGUMENT;
	if (priority < task->best_priority)
		return KERN_FAILURE;
	task->base_priority = priority;
	if (!change_threads)
		return KERN_SUCCESS;
	list_for_each (node, &task->threads) {
		if (thread_priority(list_entry(node, struct thread, task_link),
			priority, FALSE) != KERN_SUCCESS)
			kr = KERN_FAILURE;
	}
	return kr;
}

/* The thread after `thread` among all users' (NULL: the first), or NULL. */
static struct thread *
thread_next(struct thread *thread)
{
	struct task *task = thread != NULL ? thread->task : task_next(NULL);
	struct list *next =
	    thread != NULL ? thread->task_link.next : task->threads.next;

	while (next == &task->threads || task == kernel_task) {
		task = task_next(task);
		if (task == NULL)
			return NULL;
		next = task->threads.next;
	}
	return list_entry(next, struct thread, task_link);
}

struct thread *
processor_set_thread(const struct processor_set *pset, struct thread *after)
{
	do
		after = thread_next(after);
	while (after != NULL && after->pset != pset);
	return after;
}

kern_return_t
processor_set_max_priority(
    struct processor_set *pset, int max_priority, boolean_t change_threads)
{
	struct thread *thread = NULL;

	if (pset == NULL || !is_priority(max_priority))
		return KERN_INVALID_ARGUMENT;
	pset->max_priority = max_priority;
	while (change_threads &&
	       (thread = processor_set_thread(pset, thread)) != NULL)
		set_max_priority(thread, task_max_priority(thread->task, pset));
	return KERN_SUCCESS;
}

kern_return_t
processor_set_policy_enable(struct processor_set *pset, int policy)
{
	if (pset == NULL || !is_policy(policy))
		return KERN_INVALID_ARGUMENT;
	pset->policies |= policy;
	return KERN_SUCCESS;
}

kern_return_t
processor_set_policy_disable(
    struct processor_set *pset, int policy, boolean_t change_threads)
{
	struct thread *thread = NULL;

	/* Timesharing is what threads come to whose policy goes. */
	if (pset == NULL || !is_policy(policy) || policy == POLICY_TIMESHARE)
		return KERN_INVALID_ARGUMENT;
	pset->policies &= ~policy;
	while (change_threads &&
	       (thread = processor_set_thread(pset, thread)) != NULL) {
		if (thread->policy == policy)
			sched_set_base(
			    thread, POLICY_TIMESHARE, thread->base_priority);
	}
	return KERN_SUCCESS;
}
