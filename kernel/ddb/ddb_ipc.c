/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Names, ports, sets and messages.
 */
#include <mach/port.h>

#include <ddb/ddb.h>
#include <ddb/ddb_ipc.h>
#include <ipc/ipc_kmsg.h>
#include <ipc/ipc_port.h>
#include <ipc/ipc_pset.h>
#include <ipc/ipc_space.h>
#include <kern/printf.h>
#include <kern/string.h>
#include <kern/task.h>
#include <kern/thread.h>

struct task *
ddb_space_task(const struct ipc_space *space)
{
	struct task *task = NULL;

	if (space == NULL)
		return NULL;
	while ((task = ddb_task_next(task)) != NULL)
		if (task->space == space)
			break;
	return task;
}

void
ddb_print_port(const struct ipc_port *port)
{
	static const char *const kinds[] = {
	    MACH_KERNEL_OBJECTS(MACH_KERNEL_OBJECT_NAME)};
	const struct task *task;

	if (port == NULL || port->object.type != IPC_OBJECT_PORT ||
	    port->kotype >= IKOT_COUNT)
		ddb_error("%lx is no port", (vaddr_t)port);
	printf("port %lx of ", (vaddr_t)port);
	task = ddb_space_task(port->receiver);
	if (!port->object.active)
		printf("nobody: dead");
	else if (task != NULL)
		printf("%s:%x", task->name, port->receiver_name);
	else if (port->kotype == IKOT_TASK)
		printf("the kernel: task %s",
		    ((const struct task *)port->kobject)->name);
	else if (port->receiver != NULL)
		printf("the kernel: %s %lx", kinds[port->kotype],
		    (vaddr_t)port->kobject);
	else
		printf("a message");
}

static void
print_entry(const struct ipc_entry *entry)
{
	static const char *const rights[] = {
	    "send", "receive", "send-once", "set", "dead"};

	ddb_poll();
	printf("  %6x", ipc_entry_name(entry));
	for (unsigned i = 0; i < 5; i++)
		if (entry->bits & MACH_PORT_TYPE(i))
			printf(" %s", rights[i]);
	if (entry->bits & (MACH_PORT_TYPE_SEND | MACH_PORT_TYPE_DEAD_NAME))
		printf(" x%u", entry->urefs);
	if (entry->object != NULL && entry->object->type == IPC_OBJECT_PSET) {
		printf(" %lx of %u", (vaddr_t)entry->object,
		    ipc_object_pset(entry->object)->member_count);
	} else if (entry->object != NULL) {
		printf(" ");
		ddb_print_port(ipc_object_port(entry->object));
	}
	printf("\n");
}

void
ddb_show_ports(const struct ddb_args *args)
{
	struct ipc_space *space = ddb_task(args, 0)->space;
	const struct ipc_entry *entry;
	uint32_t index = 0;

	if (space == NULL)
		ddb_error("no names");
	while ((entry = ipc_space_next(space, &index)) != NULL)
		print_entry(entry);
}

/* An object by TASK:name or address. */
static struct ipc_object *
find_object(const struct ddb_args *args)
{
	const char *colon = args->count > 0 ? strchr(args->word[0], ':') : NULL;
	char name[sizeof(kernel_task->name)];
	struct ddb_args part = {.count = 1, .word = {name}};
	const struct ipc_entry *entry = NULL;
	struct ipc_space *space;
	uint64_t value;
	size_t size;

	if (colon == NULL)
		return (struct ipc_object *)ddb_address(args, 0);
	size = (size_t)(colon - args->word[0]) + 1;
	strlcpy(name, args->word[0], size < sizeof(name) ? size : sizeof(name));
	space = ddb_task(&part, 0)->space;
	if (space != NULL && ddb_number(colon + 1, 16, &value))
		entry = ipc_entry_lookup(space, (mach_port_name_t)value);
	if (entry == NULL || entry->object == NULL)
		ddb_error("no right %s", args->word[0]);
	return entry->object;
}

static void
print_queue(const char *what, const struct wait_queue *queue)
{
	list_for_each (node, &queue->threads) {
		const struct thread *thread =
		    list_entry(node, struct thread, wait_link);

		ddb_poll();
		printf("  %s: thread %lx of %s\n", what, (vaddr_t)thread,
		    thread->task->name);
	}
}

static void
print_holders(const struct ipc_port *port)
{
	struct task *task = NULL;

	while ((task = ddb_task_next(task)) != NULL) {
		const struct ipc_entry *entry;
		uint32_t index = 0;

		while (task->space != NULL &&
		       (entry = ipc_space_next(task->space, &index)) != NULL)
			if (entry->object == &port->object) {
				printf("  %-12s", task->name);
				print_entry(entry);
			}
	}
}

void
ddb_show_port(const struct ddb_args *args)
{
	struct ipc_port *port = ipc_object_port(find_object(args));

	ddb_print_port(port);
	printf("\nrights: send %lu, send-once %lu; made %u; references %u\n",
	    port->srights, port->sorights, port->mscount,
	    port->object.references);
	printf("queue: %u of %u, next is %u%s\n", port->msgcount, port->qlimit,
	    port->seqno, port->guarded ? ", guarded" : "");
	list_for_each (node, &port->sets)
		printf("  in set %lx\n",
		    (vaddr_t)list_entry(node, struct ipc_member, of_port)
			->pset);
	print_holders(port);
	list_for_each (node, &port->messages) {
		printf("  queued: ");
		ddb_print_kmsg(ipc_kmsg_entry(node));
	}
	print_queue("receives", &port->object.receivers);
	print_queue("sends", &port->senders);
}

void
ddb_show_pset(const struct ddb_args *args)
{
	struct ipc_pset *pset = ipc_object_pset(find_object(args));

	if (pset->object.type != IPC_OBJECT_PSET)
		ddb_error("%lx is no set", (vaddr_t)pset);
	list_for_each (node, &pset->members) {
		const struct ipc_port *port =
		    list_entry(node, struct ipc_member, of_set)->port;

		printf("  ");
		ddb_print_port(port);
		printf(", %u queued\n", port->msgcount);
	}
	print_queue("receives", &pset->object.receivers);
}
