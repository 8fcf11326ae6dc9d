/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The short ways of thread_create, thread_create_running and thread_terminate.
 * Task and thread are named as in a message to their ports.
 */
#include <arch/copy.h>

#include <ipc/ipc_kmsg.h>
#include <ipc/ipc_kobject.h>
#include <ipc/ipc_port.h>
#include <ipc/ipc_space.h>
#include <ipc/mach_port.h>
#include <kern/convert.h>
#include <kern/task.h>
#include <kern/thread.h>
#include <kern/traps.h>
#include <thread_act_server.h>

/* The caller gets a name for it, before it runs. May block. */
static kern_return_t
tell_name(struct thread *thread, uint64_t result)
{
	struct ipc_space *space = current_task()->space;
	mach_port_name_t name = ipc_port_give_send(thread->self_port, space);

	if (!MACH_PORT_VALID(name))
		return KERN_RESOURCE_SHORTAGE;
	if (copyout(&name, result, sizeof(name)))
		return KERN_SUCCESS;
	(void)mach_port_deallocate(space, name);
	return KERN_INVALID_ADDRESS;
}

uint64_t
trap_syscall_thread_create(uint64_t name, uint64_t flavor, uint64_t state,
    uint64_t count, uint64_t result)
{
	thread_state_data_t words;
	struct thread *thread;
	struct task *task;
	kern_return_t kr;

	if ((natural_t)count > THREAD_STATE_MAX)
		return KERN_INVALID_ARGUMENT;
	if (!copyin(state, words, (natural_t)count * sizeof(words[0])))
		return KERN_INVALID_ADDRESS;
	task = convert_name((mach_port_name_t)name, IKOT_TASK, &kr);
	if (task == NULL)
		return KERN_INVALID_TASK;
	kr = thread_create_in(task, &thread);
	if (kr != KERN_SUCCESS)
		return (uint64_t)kr;
	if ((natural_t)count > 0)
		kr = thread_state_set(
		    thread, (int)flavor, words, (natural_t)count);
	if (kr == KERN_SUCCESS)
		kr = tell_name(thread, result);
	if (kr != KERN_SUCCESS)
		(void)thread_terminate(thread);
	else if ((natural_t)count > 0)
		(void)thread_resume(thread);
	thread_release(thread);
	ipc_reap();
	return (uint64_t)kr;
}

uint64_t
trap_syscall_thread_terminate(uint64_t name)
{
	struct thread *thread = current_thread();
	kern_return_t kr;

	if ((mach_port_name_t)name != MACH_PORT_NULL)
		thread = convert_name((mach_port_name_t)name, IKOT_THREAD, &kr);
	if (thread == NULL)
		return KERN_INVALID_ARGUMENT;
	kr = thread_terminate(thread);
	ipc_reap();
	return (uint64_t)kr;
}
