/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Tables of who is asked about exceptions, and the routines that look at them
 * and change them, of tasks, threads and the host.
 */
#include <arch/context.h>

#include <host_priv_server.h>
#include <ipc/ipc_kobject.h>
#include <kern/convert.h>
#include <kern/exception_ports.h>
#include <kern/slab.h>
#include <task_server.h>
#include <thread_act_server.h>

IPC_KOBJECT_SUBSYSTEM(host_priv);

struct exception_table host_exceptions;

/* What a mask is to get; the right is the caller's. */
struct request {
	exception_mask_t mask;
	struct exception_action action;
};

/* Where the rows go that there were. */
struct rows {
	exception_mask_t *masks;
	mach_msg_type_number_t *count;
	mach_port_t *ports;
	exception_behavior_t *behaviors;
	thread_state_flavor_t *flavors;
};

void
exception_table_inherit(
    struct exception_table *child, const struct exception_table *parent)
{
	for (int i = 0; i < EXC_TYPES_COUNT; i++) {
		child->action[i] = parent->action[i];
		child->action[i].port =
		    ipc_port_copy_send(parent->action[i].port);
	}
}

static void
table_set(struct exception_table *table, const struct request *request)
{
	for (int i = 1; i < EXC_TYPES_COUNT; i++) {
		struct ipc_port *old = table->action[i].port;

		if ((request->mask & EXC_MASK(i)) == 0)
			continue;
		table->action[i] = request->action;
		table->action[i].port =
		    ipc_port_copy_send(request->action.port);
		ipc_port_release_send(old);
	}
}

void
exception_table_set_all(struct exception_table *table, struct ipc_port *port)
{
	const struct request request = {
	    EXC_MASK_ALL, {.port = port, .behavior = EXCEPTION_DEFAULT}};

	table_set(table, &request);
	ipc_port_release_send(port);
}

void
exception_table_clear(struct exception_table *table)
{
	exception_table_set_all(table, NULL);
}

static bool
same(const struct exception_action *a, const struct exception_action *b)
{
	return a->port == b->port && a->behavior == b->behavior &&
	       a->flavor == b->flavor;
}

/* The rows of a mask, types that are alike in one. */
static void
table_get(const struct exception_table *table, exception_mask_t mask,
    const struct rows *rows)
{
	static const struct exception_table none;
	mach_msg_type_number_t count = 0;

	if (table == NULL)
		table = &none;
	for (int i = 1; i < EXC_TYPES_COUNT; i++) {
		const struct exception_action *action = &table->action[i];

		if ((mask & EXC_MASK(i)) == 0)
			continue;
		rows->masks[count] = 0;
		for (int j = i; j < EXC_TYPES_COUNT; j++)
			if ((mask & EXC_MASK(j)) != 0 &&
			    same(action, &table->action[j]))
				rows->masks[count] |= EXC_MASK(j);
		mask &= ~rows->masks[count];
		rows->ports[count] =
		    ipc_port_to_handle(ipc_port_copy_send(action->port));
		rows->behaviors[count] = action->behavior;
		rows->flavors[count] = action->flavor;
		count++;
	}
	*rows->count = count;
}

static bool
request_ok(const struct request *request)
{
	const struct exception_action *action = &request->action;

	if ((request->mask & ~EXC_MASK_ALL) != 0)
		return false;
	if (action->port == NULL || action->behavior == EXCEPTION_DEFAULT)
		return true;
	if (action->behavior != EXCEPTION_STATE &&
	    action->behavior != EXCEPTION_STATE_IDENTITY)
		return false;
	return action->flavor == THREAD_STATE_GENERAL ||
	       action->flavor == THREAD_STATE_FLOAT;
}

/* The rows before, if they are asked for, and then the request's. */
static kern_return_t
change(struct exception_table *table, const struct request *request,
    const struct rows *rows)
{
	if (table == NULL || !request_ok(request))
		return KERN_INVALID_ARGUMENT;
	if (rows != NULL)
		table_get(table, request->mask, rows);
	table_set(table, request);
	/* The right was given with the call, and all went well. */
	ipc_port_release_send(request->action.port);
	return KERN_SUCCESS;
}

static kern_return_t
look(const struct exception_table *table, exception_mask_t mask,
    const struct rows *rows)
{
	if ((mask & ~EXC_MASK_ALL) != 0)
		return KERN_INVALID_ARGUMENT;
	table_get(table, mask, rows);
	return KERN_SUCCESS;
}

static struct exception_table *
task_table(struct task *task)
{
	return task != NULL && task->alive ? &task->exceptions : NULL;
}

static struct exception_table *
host_table(const struct host *host)
{
	return host != NULL ? &host_exceptions : NULL;
}

static bool
thread_ok(const struct thread *thread)
{
	return thread != NULL && thread->state != THREAD_DEAD;
}

kern_return_t
thread_exception_table(struct thread *thread, struct exception_table **table)
{
	if (!thread_ok(thread))
		return KERN_INVALID_ARGUMENT;
	if (thread->exceptions == NULL)
		thread->exceptions = kalloc_zero(sizeof(*thread->exceptions));
	*table = thread->exceptions;
	return *table != NULL ? KERN_SUCCESS : KERN_RESOURCE_SHORTAGE;
}

void
thread_exceptions_free(struct thread *thread)
{
	struct exception_table *table = thread->exceptions;

	thread->exceptions = NULL;
	if (table == NULL)
		return;
	exception_table_clear(table);
	kfree(table, sizeof(*table));
}

/* What the interface calls it by, made what it is here. */
#define REQUEST                                                      \
	{                                                            \
		mask,                                                \
		{                                                    \
			ipc_port_from_handle(port), behavior, flavor \
		}                                                    \
	}
#define ROWS                                            \
	{                                               \
		masks, count, ports, behaviors, flavors \
	}

kern_return_t
task_set_exception_ports(struct task *task, exception_mask_t mask,
    mach_port_t port, exception_behavior_t behavior,
    thread_state_flavor_t flavor)
{
	const struct request request = REQUEST;

	return change(task_table(task), &request, NULL);
}

/* NOLINTBEGIN(readability-function-size): the interface has so many */
kern_return_t
task_get_exception_ports(struct task *task, exception_mask_t mask,
    exception_mask_t *masks, mach_msg_type_number_t *count, mach_port_t *ports,
    exception_behavior_t *behaviors, thread_state_flavor_t *flavors)
{
	const struct rows rows = ROWS;

	if (task_table(task) == NULL)
		return KERN_INVALID_ARGUMENT;
	return look(task_table(task), mask, &rows);
}

kern_return_t
task_swap_exception_ports(struct task *task, exception_mask_t mask,
    mach_port_t port, exception_behavior_t behavior,
    thread_state_flavor_t flavor, exception_mask_t *masks,
    mach_msg_type_number_t *count, mach_port_t *ports,
    exception_behavior_t *behaviors, thread_state_flavor_t *flavors)
{
	const struct request request = REQUEST;
	const struct rows rows = ROWS;

	return change(task_table(task), &request, &rows);
}

kern_return_t
host_get_exception_ports(struct host *host, exception_mask_t mask,
    exception_mask_t *masks, mach_msg_type_number_t *count, mach_port_t *ports,
    exception_behavior_t *behaviors, thread_state_flavor_t *flavors)
{
	const struct rows rows = ROWS;

	if (host == NULL)
		return KERN_INVALID_ARGUMENT;
	return look(&host_exceptions, mask, &rows);
}

kern_return_t
host_swap_exception_ports(struct host *host, exception_mask_t mask,
    mach_port_t port, exception_behavior_t behavior,
    thread_state_flavor_t flavor, exception_mask_t *masks,
    mach_msg_type_number_t *count, mach_port_t *ports,
    exception_behavior_t *behaviors, thread_state_flavor_t *flavors)
{
	const struct request request = REQUEST;
	const struct rows rows = ROWS;

	return change(host_table(host), &request, &rows);
}

kern_return_t
thread_get_exception_ports(struct thread *thread, exception_mask_t mask,
    exception_mask_t *masks, mach_msg_type_number_t *count, mach_port_t *ports,
    exception_behavior_t *behaviors, thread_state_flavor_t *flavors)
{
	const struct rows rows = ROWS;

	if (!thread_ok(thread))
		return KERN_INVALID_ARGUMENT;
	return look(thread->exceptions, mask, &rows);
}

kern_return_t
thread_swap_exception_ports(struct thread *thread, exception_mask_t mask,
    mach_port_t port, exception_behavior_t behavior,
    thread_state_flavor_t flavor, exception_mask_t *masks,
    mach_msg_type_number_t *count, mach_port_t *ports,
    exception_behavior_t *behaviors, thread_state_flavor_t *flavors)
{
	const struct request request = REQUEST;
	const struct rows rows = ROWS;
	struct exception_table *table;
	kern_return_t kr = thread_exception_table(thread, &table);

	return kr == KERN_SUCCESS ? change(table, &request, &rows) : kr;
}
/* NOLINTEND(readability-function-size) */

kern_return_t
host_set_exception_ports(struct host *host, exception_mask_t mask,
    mach_port_t port, exception_behavior_t behavior,
    thread_state_flavor_t flavor)
{
	const struct request request = REQUEST;

	return change(host_table(host), &request, NULL);
}

kern_return_t
thread_set_exception_ports(struct thread *thread, exception_mask_t mask,
    mach_port_t port, exception_behavior_t behavior,
    thread_state_flavor_t flavor)
{
	const struct request request = REQUEST;
	struct exception_table *table;
	kern_return_t kr = thread_exception_table(thread, &table);

	return kr == KERN_SUCCESS ? change(table, &request, NULL) : kr;
}
