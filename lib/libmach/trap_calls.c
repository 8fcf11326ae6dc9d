/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Kernel routines that have a trap beside them. The trap is for a task whose
 * port is the kernel's own; if it is not, because somebody stands between, the
 * message goes to whoever has it.
 */
#include <mach/mach_port_user.h>
#include <mach/task_user.h>
#include <mach/thread_act_user.h>
#include <mach/traps.h>
#include <mach/vm_map_user.h>

#include <libmach/mach.h>
#include <stddef.h>

extern __typeof__(mach_port_allocate) mach_port_allocate_rpc;
extern __typeof__(mach_port_deallocate) mach_port_deallocate_rpc;
extern __typeof__(mach_port_destroy) mach_port_destroy_rpc;
extern __typeof__(mach_port_mod_refs) mach_port_mod_refs_rpc;
extern __typeof__(mach_port_request_notification)
    mach_port_request_notification_rpc;
extern __typeof__(thread_create) thread_create_rpc;
extern __typeof__(thread_create_running) thread_create_running_rpc;
extern __typeof__(thread_terminate) thread_terminate_rpc;
extern __typeof__(vm_allocate) vm_allocate_rpc;
extern __typeof__(vm_deallocate) vm_deallocate_rpc;
extern __typeof__(vm_protect) vm_protect_rpc;

kern_return_t
mach_port_allocate(
    mach_port_t task, mach_port_right_t right, mach_port_name_t *name)
{
	kern_return_t kr = syscall_mach_port_allocate(task, right, name);

	return kr == KERN_INVALID_TASK
		   ? mach_port_allocate_rpc(task, right, name)
		   : kr;
}

kern_return_t
mach_port_deallocate(mach_port_t task, mach_port_name_t name)
{
	kern_return_t kr = syscall_mach_port_deallocate(task, name);

	return kr == KERN_INVALID_TASK ? mach_port_deallocate_rpc(task, name)
				       : kr;
}

kern_return_t
mach_port_destroy(mach_port_t task, mach_port_name_t name)
{
	kern_return_t kr = syscall_mach_port_destroy(task, name);

	return kr == KERN_INVALID_TASK ? mach_port_destroy_rpc(task, name) : kr;
}

kern_return_t
mach_port_mod_refs(mach_port_t task, mach_port_name_t name,
    mach_port_right_t right, mach_port_delta_t delta)
{
	kern_return_t kr = syscall_mach_port_mod_refs(task, name, right, delta);

	return kr == KERN_INVALID_TASK
		   ? mach_port_mod_refs_rpc(task, name, right, delta)
		   : kr;
}

kern_return_t
mach_port_request_notification(mach_port_t task, mach_port_name_t name,
    mach_msg_id_t id, mach_port_mscount_t sync, mach_port_t notify,
    mach_port_t *previous)
{
	kern_return_t kr = syscall_mach_port_request_notification(
	    task, name, id, sync, notify, previous);

	return kr == KERN_INVALID_TASK
		   ? mach_port_request_notification_rpc(
			 task, name, id, sync, notify, previous)
		   : kr;
}

kern_return_t
thread_create(mach_port_t task, mach_port_t *thread)
{
	kern_return_t kr = syscall_thread_create(task, 0, NULL, 0, thread);

	return kr == KERN_INVALID_TASK ? thread_create_rpc(task, thread) : kr;
}

kern_return_t
thread_create_running(mach_port_t task, int flavor, const natural_t *state,
    mach_msg_type_number_t count, mach_port_t *thread)
{
	kern_return_t kr = KERN_INVALID_TASK;

	if (count > 0)
		kr = syscall_thread_create(task, flavor, state, count, thread);
	return kr == KERN_INVALID_TASK ? thread_create_running_rpc(
					     task, flavor, state, count, thread)
				       : kr;
}

kern_return_t
thread_terminate(mach_port_t thread)
{
	kern_return_t kr = KERN_INVALID_ARGUMENT;

	if (thread != MACH_PORT_NULL)
		kr = syscall_thread_terminate(thread);
	return kr == KERN_INVALID_ARGUMENT ? thread_terminate_rpc(thread) : kr;
}

kern_return_t
vm_allocate(
    mach_port_t task, vm_address_t *address, vm_size_t size, boolean_t anywhere)
{
	kern_return_t kr = syscall_vm_allocate(task, address, size, anywhere);

	return kr == KERN_INVALID_ARGUMENT
		   ? vm_allocate_rpc(task, address, size, anywhere)
		   : kr;
}

kern_return_t
vm_deallocate(mach_port_t task, vm_address_t address, vm_size_t size)
{
	kern_return_t kr = syscall_vm_deallocate(task, address, size);

	return kr == KERN_INVALID_ARGUMENT
		   ? vm_deallocate_rpc(task, address, size)
		   : kr;
}

kern_return_t
vm_protect(mach_port_t task, vm_address_t address, vm_size_t size,
    boolean_t set_maximum, vm_prot_t protection)
{
	kern_return_t kr =
	    syscall_vm_protect(task, address, size, set_maximum, protection);

	return kr == KERN_INVALID_ARGUMENT ? vm_protect_rpc(task, address, size,
						 set_maximum, protection)
					   : kr;
}
