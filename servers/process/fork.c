/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * fork: a task that inherits the caller's memory and send rights. Two things of
 * it are its own: the process port, which takes the place of the parent's under
 * the same name, and the signal page.
 */
#include <mach/task_user.h>
#include <mach/traps.h>

#include <errno.h>
#include <libports/ports.h>
#include <servers/process_server.h>
#include <string.h>

#include "process.h"

struct fork_start {
	mach_port_name_t proc_name;
	vm_address_t entry;
	vm_address_t stack;
	vm_address_t tls;
	uint64_t argument;
};

/* The child's copy of the signal page; nothing is pending in it. */
static bool
copy_signal_page(const struct process *parent, struct process *child)
{
	child->page_there = parent->page_there;
	child->page = image_signal_page(child->task, child->page_there);
	if (child->page == NULL)
		return false;
	memcpy(child->page, parent->page, offsetof(struct signal_page, thread));
	child->page->pending = 0;
	/* libc has a look at the mask when it is ready for handlers. */
	child->page->thread[0].blocked = ~0UL;
	ids_show(child);
	return true;
}

/* With memory, limits, who traces it, and rights, but for the process port. */
static int
make_task(const struct process *parent, struct process *child,
    const struct fork_start *start)
{
	const security_token_t token = {{parent->euid, parent->egid}};
	kern_return_t kr = task_create_process(parent->task,
	    TASK_PROCESS_INHERIT, MACH_PORT_NULL, child->port, start->proc_name,
	    token, parent->name, host_priv, &child->task);

	if (kr == KERN_SUCCESS)
		return 0;
	return kr == KERN_RESOURCE_SHORTAGE || kr == KERN_NO_SPACE ? ENOMEM
								   : EINVAL;
}

static kern_return_t
start_thread(struct process *child, const struct fork_start *start)
{
	struct thread_general_state state = {0};

	THREAD_STATE_PC(&state) = start->entry;
	THREAD_STATE_SP(&state) = start->stack;
	THREAD_STATE_TLS(&state) = start->tls;
	THREAD_STATE_ARG0(&state) = start->argument;
	return thread_create_running(child->task, THREAD_STATE_GENERAL,
	    (natural_t *)(void *)&state, THREAD_STATE_GENERAL_COUNT,
	    &child->thread);
}

static int
make_child(const struct process *parent, struct process *child,
    const struct fork_start *start)
{
	int error = make_task(parent, child, start);

	if (error != 0)
		return error;
	if (!copy_signal_page(parent, child))
		return ENOMEM;
	if (syscall_mach_port_mod_refs(mach_task_self(), parent->program,
		MACH_PORT_RIGHT_SEND, 1) == KERN_SUCCESS)
		child->program = parent->program;
	if (ports_watch(child->task) != KERN_SUCCESS ||
	    start_thread(child, start) != KERN_SUCCESS)
		return ENOMEM;
	return 0;
}

kern_return_t
/* NOLINTNEXTLINE(readability-function-size): the interface has so many */
S_proc_fork(proc_t proc, mach_port_name_t proc_name, vm_address_t entry,
    vm_address_t stack, vm_address_t tls, uint64_t argument, int *pid)
{
	const struct fork_start start = {
	    proc_name, entry, stack, tls, argument};
	struct process *parent = process_of(proc);
	struct process *child;
	int error;

	if (parent == NULL)
		return SERVER_ERROR(ESRCH);
	error =
	    memory_is_short(parent->task) ? ENOMEM : table_add(parent, &child);
	if (error != 0)
		return SERVER_ERROR(error);
	error = make_child(parent, child, &start);
	if (error != 0) {
		process_release_task(child, true);
		table_remove(child);
		return SERVER_ERROR(error);
	}
	*pid = child->pid;
	return KERN_SUCCESS;
}
