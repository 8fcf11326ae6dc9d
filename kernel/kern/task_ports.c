/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Special and registered ports of tasks and threads: send rights that the
 * kernel keeps for them, NULL where there is none.
 */
#include <ipc/ipc_kobject.h>
#include <kern/panic.h>
#include <kern/sched.h>
#include <kern/slab.h>
#include <kern/task.h>
#include <kern/task_ports.h>
#include <kern/thread.h>
#include <task_server.h>
#include <thread_act_server.h>

void
task_ports_inherit(struct task *task, struct task *parent)
{
	exception_table_inherit(&task->exceptions, &parent->exceptions);
	task->bootstrap_port = ipc_port_copy_send(parent->bootstrap_port);
	for (int i = 0; i < TASK_REGISTERED_PORTS; i++)
		task->registered[i] = ipc_port_copy_send(parent->registered[i]);
}

static void
replace_send(struct ipc_port **slot, struct ipc_port *port)
{
	struct ipc_port *old = *slot;

	*slot = port;
	ipc_port_release_send(old);
}

void
task_ports_release(struct task *task)
{
	exception_table_clear(&task->exceptions);
	replace_send(&task->bootstrap_port, NULL);
	for (int i = 0; i < TASK_REGISTERED_PORTS; i++)
		replace_send(&task->registered[i], NULL);
}

/* The one exception port of the interface before there were many. */
static struct ipc_port *
classic_port(const struct exception_table *table)
{
	return table != NULL
		   ? ipc_port_copy_send(table->action[EXC_BAD_ACCESS].port)
		   : NULL;
}

kern_return_t
task_get_special_port(struct task *task, int which, mach_port_t *port)
{
	struct ipc_port *right;

	if (task == NULL)
		return KERN_INVALID_ARGUMENT;
	switch (which) {
	case TASK_KERNEL_PORT:
		right = ipc_port_make_send(task->self_port);
		break;
	case TASK_EXCEPTION_PORT:
		right = classic_port(&task->exceptions);
		break;
	case TASK_BOOTSTRAP_PORT:
		right = ipc_port_copy_send(task->bootstrap_port);
		break;
	default:
		return KERN_INVALID_ARGUMENT;
	}
	*port = ipc_port_to_handle(right);
	return KERN_SUCCESS;
}

kern_return_t
task_set_special_port(struct task *task, int which, mach_port_t port)
{
	if (task == NULL || !task->alive)
		return KERN_INVALID_TASK;
	switch (which) {
	case TASK_EXCEPTION_PORT:
		exception_table_set_all(
		    &task->exceptions, ipc_port_from_handle(port));
		return KERN_SUCCESS;
	case TASK_BOOTSTRAP_PORT:
		replace_send(&task->bootstrap_port, ipc_port_from_handle(port));
		return KERN_SUCCESS;
	default:
		return KERN_INVALID_ARGUMENT;
	}
}

kern_return_t
thread_get_special_port(struct thread *thread, int which, mach_port_t *port)
{
	struct ipc_port *right;

	if (thread == NULL)
		return KERN_INVALID_ARGUMENT;
	if (which == TASK_KERNEL_PORT)
		right = ipc_port_make_send(thread->self_port);
	else if (which == TASK_EXCEPTION_PORT)
		right = classic_port(thread->exceptions);
	else
		return KERN_INVALID_ARGUMENT;
	*port = ipc_port_to_handle(right);
	return KERN_SUCCESS;
}

kern_return_t
thread_set_special_port(struct thread *thread, int which, mach_port_t port)
{
	struct exception_table *table;
	kern_return_t kr;

	if (which != TASK_EXCEPTION_PORT)
		return KERN_INVALID_ARGUMENT;
	kr = thread_exception_table(thread, &table);
	if (kr == KERN_SUCCESS)
		exception_table_set_all(table, ipc_port_from_handle(port));
	return kr;
}

kern_return_t
mach_ports_register(
    struct task *task, mach_port_array_t ports, mach_msg_type_number_t count)
{
	if (task == NULL || count > TASK_REGISTERED_PORTS)
		return KERN_INVALID_ARGUMENT;
	for (unsigned i = 0; i < TASK_REGISTERED_PORTS; i++)
		replace_send(&task->registered[i],
		    i < count ? ipc_port_from_handle(ports[i]) : NULL);
	if (count > 0)
		kfree(ports, count * sizeof(*ports));
	return KERN_SUCCESS;
}

kern_return_t
mach_ports_lookup(
    struct task *task, mach_port_array_t *ports, mach_msg_type_number_t *count)
{
	mach_port_t *array;

	if (task == NULL)
		return KERN_INVALID_ARGUMENT;
	array = kalloc(TASK_REGISTERED_PORTS * sizeof(*array));
	if (array == NULL)
		return KERN_RESOURCE_SHORTAGE;
	for (int i = 0; i < TASK_REGISTERED_PORTS; i++)
		array[i] =
		    ipc_port_to_handle(ipc_port_copy_send(task->registered[i]));
	*ports = array;
	*count = TASK_REGISTERED_PORTS;
	return KERN_SUCCESS;
}
