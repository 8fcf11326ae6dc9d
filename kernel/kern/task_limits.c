/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A task's limits: names, threads, memory of messages it has sent, the best
 * priority of its threads. A child has its parent's. Anybody may lower them who
 * has the task's port; to raise them takes the privileged host port. A limit
 * below what is in use takes nothing away.
 *
 * Who has inherited limits, and was not given them, is a user's: when memory is
 * short such tasks get none before the system's, whose servers must go on.
 */
#include <mach/mach_types.h>

#include <ipc/ipc_quota.h>
#include <ipc/ipc_space.h>
#include <kern/convert.h>
#include <kern/sched.h>
#include <kern/task.h>
#include <kern/task_limits.h>
#include <task_server.h>

#define KIB        1024U
#define LEAF_NAMES (IPC_LEAF_SLOTS - 1)
#define NO_LIMIT   0xffffffffU

void
task_limits_inherit(struct task *task, const struct task *parent)
{
	task->thread_max = NO_LIMIT;
	if (parent->space == NULL)
		return;
	task->thread_max = parent->thread_max;
	task->best_priority = parent->best_priority;
	task->limited = parent->thread_max != NO_LIMIT;
	task->space->leaf_max = parent->space->leaf_max;
	task->space->quota->most = parent->space->quota->most;
}

kern_return_t
task_get_limits(struct task *task, task_limits_t *limits)
{
	const struct ipc_quota *quota;

	if (task == NULL || task->space == NULL)
		return KERN_INVALID_TASK;
	quota = task->space->quota;
	*limits = (task_limits_t){
	    .names = task->space->leaf_max * LEAF_NAMES,
	    .threads = task->thread_max,
	    .queued = quota->most / KIB > NO_LIMIT
			  ? NO_LIMIT
			  : (natural_t)(quota->most / KIB),
	    .names_used = task->space->names,
	    .threads_used = task->thread_count,
	    .queued_used = (natural_t)((quota->used + KIB - 1) / KIB),
	    .priority = (natural_t)task->best_priority,
	};
	return KERN_SUCCESS;
}

static bool
is_more(const task_limits_t *limits, const task_limits_t *now)
{
	return limits->names > now->names || limits->threads > now->threads ||
	       limits->queued > now->queued || limits->priority < now->priority;
}

kern_return_t
task_set_limits(struct task *task, task_limits_t limits, struct host *priv)
{
	task_limits_t now;
	kern_return_t kr = task_get_limits(task, &now);
	uint64_t leaves;

	if (kr != KERN_SUCCESS)
		return kr;
	if (limits.names == 0 || limits.threads == 0 ||
	    limits.priority > PRIORITY_LOWEST)
		return KERN_INVALID_VALUE;
	if (priv == NULL && is_more(&limits, &now))
		return KERN_NO_ACCESS;
	leaves = ((uint64_t)limits.names + LEAF_NAMES - 1) / LEAF_NAMES;
	task->space->leaf_max =
	    leaves > IPC_LEAF_MAX ? IPC_LEAF_MAX : (uint32_t)leaves;
	task->thread_max = limits.threads;
	if (priv != NULL)
		task->limited = limits.threads != NO_LIMIT;
	task->space->quota->most = limits.queued == NO_LIMIT
				       ? UINT64_MAX
				       : (uint64_t)limits.queued * KIB;
	if (limits.priority != now.priority)
		task_limit_priority(task, (int)limits.priority);
	return KERN_SUCCESS;
}
