/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * task_create_process: what a server of processes wants of a new task, in one
 * call. Until the call succeeds nobody has seen the task.
 */
#include <ipc/ipc_kmsg.h>
#include <ipc/ipc_kobject.h>
#include <ipc/ipc_space.h>
#include <kern/convert.h>
#include <kern/exception_ports.h>
#include <kern/string.h>
#include <kern/task_limits.h>
#include <kern/trace.h>
#include <mach_port_server.h>
#include <task_server.h>

#define OPTIONS (TASK_PROCESS_INHERIT | TASK_PROCESS_TRACE | TASK_PROCESS_CHILD)

/* The parent's send rights; another takes the place of the one at `name`. */
static kern_return_t
inherit_rights(
    struct task *child, const struct task *parent, mach_port_name_t name)
{
	kern_return_t kr;

	if (parent->space == NULL)
		return KERN_INVALID_TASK;
	kr = ipc_space_inherit(parent->space, child->space);
	if (kr == KERN_SUCCESS)
		kr = mach_port_destroy(child->space, name);
	return kr;
}

/* Exceptions go to the port, and the task has a right to it. */
static kern_return_t
give_port(struct task *child, struct ipc_port *port, mach_port_name_t name)
{
	struct ipc_port *right = ipc_port_copy_send(port);
	kern_return_t kr = mach_port_insert_right(child->space, name,
	    ipc_port_to_handle(right), MACH_MSG_TYPE_PORT_SEND);

	if (kr == KERN_SUCCESS)
		exception_table_set_all(
		    &child->exceptions, ipc_port_copy_send(port));
	else
		ipc_port_release_send(right);
	return kr;
}

kern_return_t
/* NOLINTNEXTLINE(readability-function-size): the interface has so many */
task_create_process(struct task *parent, int options, struct task *like,
    mach_port_t process, mach_port_name_t process_name, security_token_t token,
    const char *name, struct host *priv, mach_port_t *child_task)
{
	bool inherit = (options & TASK_PROCESS_INHERIT) != 0;
	struct task *child;
	kern_return_t kr;

	if (priv == NULL)
		return KERN_INVALID_HOST;
	if (parent == NULL || !parent->alive ||
	    (like != NULL && like->space == NULL))
		return KERN_INVALID_TASK;
	if ((options & ~OPTIONS) != 0 || !MACH_PORT_VALID(process))
		return KERN_INVALID_ARGUMENT;
	kr = task_create_from(parent, inherit, &child);
	if (kr != KERN_SUCCESS)
		return kr;
	if (inherit)
		kr = inherit_rights(child, parent, process_name);
	if (kr == KERN_SUCCESS)
		kr = give_port(
		    child, ipc_port_from_handle(process), process_name);
	if (kr == KERN_SUCCESS) {
		ipc_port_release_send(ipc_port_from_handle(process));
		if (like != NULL) {
			task_limits_inherit(child, like);
			child->base_priority = like->base_priority;
		}
		if (like != NULL && (options & TASK_PROCESS_TRACE) != 0)
			trace_copy(
			    like, child, (options & TASK_PROCESS_CHILD) != 0);
		child->token = token;
		if (like != NULL)
			child->groups = like->groups;
		strlcpy(child->name, name, sizeof(child->name));
		*child_task =
		    ipc_port_to_handle(ipc_port_make_send(child->self_port));
	} else {
		(void)task_terminate(child);
	}
	task_release(child);
	return kr;
}
