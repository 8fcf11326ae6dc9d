/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The life of tasks.
 *
 * alive -> (task_terminate) dead: no new threads, its port is a dead name, its
 * threads end -> (last thread gone) names and memory are released -> (last
 * reference) freed. Every thread holds a reference, and so does being alive.
 */
#include <arch/timer.h>

#include <ipc/ipc_kobject.h>
#include <ipc/ipc_space.h>
#include <kern/clock.h>
#include <kern/emulation.h>
#include <kern/panic.h>
#include <kern/pc_sample.h>
#include <kern/processor_set.h>
#include <kern/sched.h>
#include <kern/slab.h>
#include <kern/string.h>
#include <kern/sync.h>
#include <kern/task.h>
#include <kern/task_limits.h>
#include <kern/task_ports.h>
#include <kern/thread_init.h>
#include <kern/trace.h>
#include <task_server.h>
#include <thread_act_server.h>
#include <vm/vm_kernel.h>

struct task *kernel_task;

static struct slab_cache task_cache;
static struct list all_tasks = LIST_INITIALIZER(all_tasks);
static unsigned task_total;

unsigned
task_count(void)
{
	return task_total;
}

struct task *
task_next(struct task *task)
{
	struct list *next = task == NULL ? all_tasks.next : task->link.next;

	return next != &all_tasks ? list_entry(next, struct task, link) : NULL;
}

static struct task *
task_alloc(void)
{
	struct task *task = slab_alloc_zero(&task_cache);

	if (task == NULL)
		return NULL;
	task->references = 1;
	task->alive = true;
	task->base_priority = PRIORITY_DEFAULT;
	task->pset = &default_pset;
	task->creation_time = clock_uptime_ns();
	list_init(&task->threads);
	list_init(&task->sync_objects);
	list_init(&task->alarms);
	list_append(&all_tasks, &task->link);
	task_total++;
	return task;
}

void
task_init(void)
{
	slab_cache_init(&task_cache, "task", sizeof(struct task), 64);
	kernel_task = task_alloc();
	assert(kernel_task != NULL);
	kernel_task->thread_max = UINT32_MAX;
	strlcpy(kernel_task->name, "kernel", sizeof(kernel_task->name));
}

void
task_reference(struct task *task)
{
	task->references++;
}

void
task_release(struct task *task)
{
	if (task == NULL || --task->references > 0)
		return;
	assert(!task->alive && task->thread_count == 0);
	list_remove(&task->link);
	task_total--;
	slab_free(&task_cache, task);
}

/* Undo what task_create_from got, in reverse; the task was never seen. */
static void
task_abandon(struct task *task)
{
	task->alive = false;
	task_destroy_contents(task);
	task_release(task);
}

kern_return_t
task_create_from(struct task *parent, bool inherit_memory, struct task **result)
{
	struct task *task = task_alloc();

	if (task == NULL)
		return KERN_RESOURCE_SHORTAGE;
	task->map = inherit_memory && parent->map != NULL
			? vm_map_fork(parent->map)
			: vm_map_create();
	if (task->map == NULL ||
	    ipc_space_create(&task->space) != KERN_SUCCESS) {
		task_abandon(task);
		return KERN_RESOURCE_SHORTAGE;
	}
	task->self_port = ipc_kobject_alloc(IKOT_TASK, task);
	if (task->self_port == NULL) {
		task_abandon(task);
		return KERN_RESOURCE_SHORTAGE;
	}
	task_limits_inherit(task, parent);
	task->token = parent->token;
	task->groups = parent->groups;
	task->base_priority = parent->base_priority;
	task->pset = parent->pset;
	strlcpy(task->name, parent->name, sizeof(task->name));
	task_ports_inherit(task, parent);
	emulation_inherit(task, parent);
	trace_inherit(task, parent);
	task->space->task = task;
	task_reference(task);
	*result = task;
	return KERN_SUCCESS;
}

void
task_destroy_contents(struct task *task)
{
	struct ipc_space *space = task->space;
	struct vm_map *map = task->map;

	task_ports_release(task);
	emulation_release(task);
	trace_forget(task);
	pc_samples_free(&task->samples);
	task->space = NULL;
	if (space != NULL) {
		space->task = NULL;
		ipc_space_destroy(space);
	}
	task->map = NULL;
	if (map != NULL)
		vm_map_destroy(map);
}

kern_return_t
task_terminate(struct task *task)
{
	if (task == NULL || task == kernel_task)
		return KERN_INVALID_ARGUMENT;
	if (!task->alive)
		return KERN_TERMINATED;
	task->alive = false;
	ipc_kobject_destroy(task->self_port);
	task->self_port = NULL;
	sync_destroy_all(task);
	clock_cancel_alarms(task);
	list_for_each_safe (node, after, &task->threads)
		(void)thread_terminate(
		    list_entry(node, struct thread, task_link));
	if (task->thread_count == 0)
		task_destroy_contents(task);
	task_release(task);
	return KERN_SUCCESS;
}

/* Every thread of `task`, once its suspend count left or came to zero. */
kern_return_t
task_suspend(struct task *task)
{
	if (task == NULL || !task->alive || task == kernel_task)
		return KERN_INVALID_ARGUMENT;
	if (task->suspend_count++ > 0)
		return KERN_SUCCESS;
	list_for_each_safe (node, after, &task->threads) {
		struct thread *thread =
		    list_entry(node, struct thread, task_link);

		if (thread->ast & AST_TERMINATE)
			continue;
		thread->ast |= AST_SUSPEND;
		if (thread != current_thread())
			(void)thread_stop_other(thread);
	}
	return KERN_SUCCESS;
}

kern_return_t
task_resume(struct task *task)
{
	if (task == NULL || !task->alive)
		return KERN_INVALID_ARGUMENT;
	if (task->suspend_count == 0)
		return KERN_FAILURE;
	if (--task->suspend_count > 0)
		return KERN_SUCCESS;
	list_for_each_safe (node, after, &task->threads) {
		struct thread *thread =
		    list_entry(node, struct thread, task_link);

		if (thread->suspend_count > 0)
			continue;
		thread->ast &= ~AST_SUSPEND;
		if (thread->state == THREAD_STOPPED) {
			thread->state = THREAD_RUNNABLE;
			sched_enqueue(thread);
		}
	}
	return KERN_SUCCESS;
}
