/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What user code did wrong becomes a message to the port that the thread has
 * for this type of exception, then to the task's, then to the host's: one of
 * exc.defs, as the port's behaviour says. A handler that replies KERN_SUCCESS
 * has dealt with it and the thread goes on with whatever state it has then;
 * when no handler does, the task is terminated. A handler that dies, that
 * replies something else or nothing that can be understood has not.
 *
 * Who aborts the thread in the midst of this brings it back to where it was,
 * and it meets the exception again unless its state was changed.
 */
#include <exc_user.h>
#include <ipc/ipc_kobject.h>
#include <kern/emulation.h>
#include <kern/ktrace.h>
#include <kern/printf.h>
#include <kern/sched.h>
#include <kern/task.h>
#include <kern/trace.h>
#include <kern/traps.h>
#include <task_server.h>
#include <vm/vm_kernel.h>

struct exception {
	exception_type_t type;
	int64_t code;
	int64_t subcode;
};

kern_return_t
vm_fault_user(vm_address_t address, vm_prot_t access, bool from_kernel)
{
	struct thread *self = current_thread();
	kern_return_t kr;

	ktrace(self, KTRACE_FAULT, (unsigned)access, address,
	    trap_frame_pc(&self->arch.frame));
	if (self->task->map == NULL || self->no_fault)
		return KERN_INVALID_ADDRESS;
	self->user_fault = !from_kernel;
	kr = vm_fault(self->task->map, address, access);
	self->user_fault = false;
	/* Interrupted: user code faults again after what interrupted it. */
	return kr == KERN_ABORTED && !from_kernel ? KERN_SUCCESS : kr;
}

/* By exception_raise_state(_identity); consumes the right. Blocks. */
static kern_return_t
raise_state(const struct exception *e, const struct exception_action *action,
    mach_port_t handler)
{
	struct thread *self = current_thread();
	thread_state_flavor_t flavor = action->flavor;
	mach_msg_type_number_t count = THREAD_STATE_MAX;
	mach_msg_type_number_t new_count = THREAD_STATE_MAX;
	thread_state_data_t state;
	kern_return_t kr = thread_state_get(self, flavor, state, &count);

	if (kr != KERN_SUCCESS) {
		ipc_port_release_send(ipc_port_from_handle(handler));
		return kr;
	}
	if (action->behavior == EXCEPTION_STATE)
		kr = exception_raise_state(handler, e->type, e->code,
		    e->subcode, &flavor, state, count, state, &new_count);
	else
		kr = exception_raise_state_identity(handler,
		    ipc_port_to_handle(ipc_port_make_send(self->self_port)),
		    ipc_port_to_handle(
			ipc_port_make_send(self->task->self_port)),
		    e->type, e->code, e->subcode, &flavor, state, count, state,
		    &new_count);
	return kr == KERN_SUCCESS
		   ? thread_state_set(self, flavor, state, new_count)
		   : kr;
}

/* Ask one handler, if there is one. Blocks. */
static kern_return_t
raise(const struct exception *e, const struct exception_table *table)
{
	struct thread *self = current_thread();
	struct exception_action action;
	mach_port_t handler;

	if (table == NULL)
		return KERN_FAILURE;
	/* As it is now: it may change while the handler works. */
	action = table->action[e->type];
	handler = ipc_port_to_handle(ipc_port_copy_send(action.port));
	if (handler == MACH_PORT_NULL)
		return KERN_FAILURE;
	if (action.behavior != EXCEPTION_DEFAULT)
		return raise_state(e, &action, handler);
	return exception_raise(handler,
	    ipc_port_to_handle(ipc_port_make_send(self->self_port)),
	    ipc_port_to_handle(ipc_port_make_send(self->task->self_port)),
	    e->type, e->code, e->subcode);
}

/* Dealt with, or given up as the thread was aborted or terminated. */
static bool
is_over(kern_return_t kr)
{
	return kr == KERN_SUCCESS || kr == MACH_SEND_INTERRUPTED ||
	       kr == MACH_RCV_INTERRUPTED ||
	       (current_thread()->ast & AST_TERMINATE);
}

static void
nobody_handles(const struct exception *e)
{
	struct thread *self = current_thread();

	printf("kernel: %s: exception %d, code %jd, address 0x%jx, "
	       "nobody handles it: task terminated\n",
	    self->task->name, e->type, (intmax_t)e->code, (intmax_t)e->subcode);
	trap_frame_print(&self->arch.frame);
	(void)task_terminate(self->task);
}

void
exception_user(int type, int64_t code, int64_t subcode)
{
	const struct exception e = {type, code, subcode};
	struct thread *self = current_thread();
	const struct exception_table *const tables[] = {
	    self->exceptions, &self->task->exceptions, &host_exceptions};

	if (self->ast & AST_TRACE)
		trace_exception(type, code, subcode);
	for (size_t i = 0; i < sizeof(tables) / sizeof(tables[0]); i++)
		if (is_over(raise(&e, tables[i])))
			thread_return();
	nobody_handles(&e);
	thread_return();
}

void
exception_syscall(int number)
{
	struct thread *self = current_thread();
	vm_address_t entry = emulation_entry(self->task, number);

	if (entry != 0) {
		trap_frame_emulate(&self->arch.frame, entry);
		thread_return();
	}
	exception_user(number < 0 ? EXC_MACH_SYSCALL : EXC_SYSCALL, number, 0);
}
