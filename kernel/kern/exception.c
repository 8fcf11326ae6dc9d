/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What user code did wrong becomes a message: catch_exception_raise to the
 * thread's exception port, then to the task's. A handler that replies
 * KERN_SUCCESS has dealt with it and the thread goes on with whatever state it
 * has then; when no handler does, the task is terminated.
 */
#include <exc_user.h>
#include <ipc/ipc_kobject.h>
#include <kern/printf.h>
#include <kern/sched.h>
#include <kern/task.h>
#include <kern/traps.h>
#include <task_server.h>
#include <vm/vm_kernel.h>

kern_return_t
vm_fault_user(vm_address_t address, vm_prot_t access, bool from_kernel)
{
	kern_return_t kr;

	if (current_task()->map == NULL)
		return KERN_INVALID_ADDRESS;
	kr = vm_fault(current_task()->map, address, access);
	/* Interrupted: user code faults again after what interrupted it. */
	return kr == KERN_ABORTED && !from_kernel ? KERN_SUCCESS : kr;
}

/* Ask one handler; consumes the right to its port. Blocks. */
static kern_return_t
raise(struct ipc_port *handler, int exception, int64_t code, int64_t subcode)
{
	struct thread *self = current_thread();
	kern_return_t kr;

	if (handler == NULL)
		return KERN_FAILURE;
	kr = exception_raise(ipc_port_to_handle(handler),
	    ipc_port_to_handle(ipc_port_make_send(self->self_port)),
	    ipc_port_to_handle(ipc_port_make_send(self->task->self_port)),
	    exception, code, subcode);
	return kr;
}

void
exception_user(int exception, int64_t code, int64_t subcode)
{
	struct thread *self = current_thread();
	struct task *task = self->task;
	kern_return_t kr;

	kr = raise(
	    ipc_port_copy_send(self->exception_port), exception, code, subcode);
	if (kr != KERN_SUCCESS && !(self->ast & AST_TERMINATE))
		kr = raise(ipc_port_copy_send(task->exception_port), exception,
		    code, subcode);
	if (kr != KERN_SUCCESS && !(self->ast & AST_TERMINATE)) {
		printf("kernel: %s: exception %d, code %jd, address 0x%jx, "
		       "nobody handles it: task terminated\n",
		    task->name, exception, (intmax_t)code, (intmax_t)subcode);
		trap_frame_print(&self->arch.frame);
		(void)task_terminate(task);
	}
	thread_return();
}

uint64_t
trap_invalid(void)
{
	exception_user(EXC_SYSCALL, 0, 0);
}
