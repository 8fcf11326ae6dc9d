/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Port handles to tasks, threads, their spaces and maps, and the host.
 */
#include <ipc/ipc_port.h>
#include <ipc/ipc_right.h>
#include <ipc/ipc_space.h>
#include <kern/convert.h>
#include <vm/vm_map.h>

static inline void *
convert(mach_port_t handle, enum ipc_kobject_type type)
{
	struct ipc_port *port = ipc_port_from_handle(handle);

	return port != NULL ? ipc_kobject_get(port, type) : NULL;
}

struct task *
convert_port_to_task(mach_port_t handle)
{
	struct task *task = convert(handle, IKOT_TASK);

	if (task != NULL)
		task_reference(task);
	return task;
}

struct thread *
convert_port_to_thread(mach_port_t handle)
{
	struct thread *thread = convert(handle, IKOT_THREAD);

	if (thread != NULL)
		thread_reference(thread);
	return thread;
}

struct ipc_space *
convert_port_to_space(mach_port_t handle)
{
	struct task *task = convert(handle, IKOT_TASK);

	return task != NULL ? task->space : NULL;
}

struct vm_map *
convert_port_to_map(mach_port_t handle)
{
	struct task *task = convert(handle, IKOT_TASK);

	if (task == NULL || task->map == NULL)
		return NULL;
	vm_map_reference(task->map);
	return task->map;
}

struct host *
convert_port_to_host(mach_port_t handle)
{
	struct host *found = convert(handle, IKOT_HOST);

	return found != NULL ? found : convert(handle, IKOT_HOST_PRIV);
}

struct host *
convert_port_to_host_priv(mach_port_t handle)
{
	return convert(handle, IKOT_HOST_PRIV);
}

struct semaphore *
convert_port_to_semaphore(mach_port_t handle)
{
	return convert(handle, IKOT_SEMAPHORE);
}

struct lock_set *
convert_port_to_lock_set(mach_port_t handle)
{
	return convert(handle, IKOT_LOCK_SET);
}

struct clock *
convert_port_to_clock(mach_port_t handle)
{
	struct clock *found = convert(handle, IKOT_CLOCK);

	return found != NULL ? found : convert(handle, IKOT_CLOCK_CTRL);
}

struct clock *
convert_port_to_clock_ctrl(mach_port_t handle)
{
	return convert(handle, IKOT_CLOCK_CTRL);
}

struct processor *
convert_port_to_processor(mach_port_t handle)
{
	return convert(handle, IKOT_PROCESSOR);
}

struct processor_set *
convert_port_to_pset(mach_port_t handle)
{
	return convert(handle, IKOT_PSET);
}

struct processor_set *
convert_port_to_pset_name(mach_port_t handle)
{
	struct processor_set *found = convert(handle, IKOT_PSET);

	return found != NULL ? found : convert(handle, IKOT_PSET_NAME);
}

struct host *
convert_port_to_device_master(mach_port_t handle)
{
	return convert(handle, IKOT_DEVICE_MASTER);
}

void *
convert_name(
    mach_port_name_t name, enum ipc_kobject_type type, kern_return_t *kr)
{
	const struct ipc_entry *entry =
	    ipc_right_lookup(current_task()->space, name);
	void *object = NULL;

	if (entry == NULL)
		*kr = KERN_INVALID_NAME;
	else if (entry->bits & MACH_PORT_TYPE_DEAD_NAME)
		*kr = KERN_TERMINATED;
	else if (!(entry->bits & MACH_PORT_TYPE_SEND))
		*kr = KERN_INVALID_RIGHT;
	else {
		object = ipc_kobject_get(ipc_object_port(entry->object), type);
		*kr = object != NULL ? KERN_SUCCESS : KERN_INVALID_ARGUMENT;
	}
	return object;
}
