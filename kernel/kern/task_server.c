/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The routines of task.defs and thread_act.defs that are more than one call
 * into task.c and thread_state.c; the registration of both interfaces.
 */
#include <ipc/ipc_kobject.h>
#include <kern/convert.h>
#include <kern/sched.h>
#include <kern/slab.h>
#include <kern/string.h>
#include <task_server.h>
#include <thread_act_server.h>

IPC_KOBJECT_SUBSYSTEM(task);
IPC_KOBJECT_SUBSYSTEM(thread_act);

kern_return_t
task_create(
    struct task *parent, boolean_t inherit_memory, mach_port_t *child_task)
{
	struct task *child;
	kern_return_t kr;

	if (parent == NULL || !parent->alive)
		return KERN_INVALID_TASK;
	kr = task_create_from(parent, inherit_memory != 0, &child);
	if (kr != KERN_SUCCESS)
		return kr;
	*child_task = ipc_port_to_handle(ipc_port_make_send(child->self_port));
	task_release(child);
	return KERN_SUCCESS;
}

kern_return_t
task_threads(
    struct task *task, mach_port_array_t *list, mach_msg_type_number_t *count)
{
	unsigned n = 0;
	mach_port_t *array;

	if (task == NULL || task->thread_count == 0) {
		*list = NULL;
		*count = 0;
		return task == NULL ? KERN_INVALID_TASK : KERN_SUCCESS;
	}
	array = kalloc(task->thread_count * sizeof(*array));
	if (array == NULL)
		return KERN_RESOURCE_SHORTAGE;
	list_for_each (node, &task->threads) {
		struct thread *thread =
		    list_entry(node, struct thread, task_link);

		array[n++] =
		    ipc_port_to_handle(ipc_port_make_send(thread->self_port));
	}
	*list = array;
	*count = n;
	return KERN_SUCCESS;
}

kern_return_t
task_set_name(struct task *task, const char *name)
{
	if (task == NULL)
		return KERN_INVALID_TASK;
	strlcpy(task->name, name, sizeof(task->name));
	list_for_each (node, &task->threads)
		strlcpy(list_entry(node, struct thread, task_link)->name, name,
		    sizeof(task->name));
	return KERN_SUCCESS;
}

kern_return_t
task_get_name(struct task *task, char *name)
{
	if (task == NULL)
		return KERN_INVALID_TASK;
	strlcpy(name, task->name, sizeof(kernel_debug_name_t));
	return KERN_SUCCESS;
}

kern_return_t
task_set_security_token(
    struct task *task, security_token_t token, struct host *priv)
{
	if (priv == NULL)
		return KERN_INVALID_HOST;
	if (task == NULL)
		return KERN_INVALID_TASK;
	task->token = token;
	return KERN_SUCCESS;
}

kern_return_t
task_set_groups(struct task *task, natural_t groups, struct host *priv)
{
	if (priv == NULL)
		return KERN_INVALID_HOST;
	if (task == NULL)
		return KERN_INVALID_TASK;
	task->groups = groups;
	return KERN_SUCCESS;
}

kern_return_t
thread_create(struct task *task, mach_port_t *child_thread)
{
	struct thread *thread;
	kern_return_t kr;

	if (task == NULL)
		return KERN_INVALID_TASK;
	kr = thread_create_in(task, &thread);
	if (kr != KERN_SUCCESS)
		return kr;
	*child_thread =
	    ipc_port_to_handle(ipc_port_make_send(thread->self_port));
	thread_release(thread);
	return KERN_SUCCESS;
}

kern_return_t
thread_create_running(struct task *task, int flavor, const natural_t *state,
    mach_msg_type_number_t count, mach_port_t *child_thread)
{
	struct thread *thread;
	kern_return_t kr;

	if (task == NULL)
		return KERN_INVALID_TASK;
	kr = thread_create_in(task, &thread);
	if (kr != KERN_SUCCESS)
		return kr;
	kr = thread_state_set(thread, flavor, state, count);
	if (kr == KERN_SUCCESS) {
		*child_thread =
		    ipc_port_to_handle(ipc_port_make_send(thread->self_port));
		(void)thread_resume(thread);
	} else {
		(void)thread_terminate(thread);
	}
	thread_release(thread);
	return kr;
}
