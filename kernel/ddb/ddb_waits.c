/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Who waits for whom, across tasks, as a tree.
 *
 * A thread waits for a reply when it receives from a port to which somebody has
 * a send-once right: a task that has taken the request, or a message that is
 * still queued, which stands for the task that is to receive it. Below a task
 * come those of its threads that wait for something else than requests.
 * Below a thread that faulted comes the pager of the memory it waits for.
 */
#include <ddb/ddb.h>
#include <ddb/ddb_ipc.h>
#include <ipc/ipc_kmsg.h>
#include <ipc/ipc_mqueue.h>
#include <ipc/ipc_port.h>
#include <ipc/ipc_space.h>
#include <kern/printf.h>
#include <kern/task.h>
#include <kern/thread.h>
#include <vm/vm_map.h>
#include <vm/vm_pager.h>

#define DEPTH_MAX 8

/* The threads from a root of the tree to the one being printed. */
static const struct thread *path[DEPTH_MAX];

static void print_waiting(struct thread *thread, unsigned depth);

static void
indent(unsigned depth)
{
	ddb_poll();
	printf("%*s", (int)depth * 2, "");
}

/* The port that it waits for a reply on; NULL: it does not. */
static struct ipc_port *
reply_port(const struct thread *thread)
{
	struct ipc_object *object = ipc_mqueue_waited_on(thread);

	if (object == NULL || object->type != IPC_OBJECT_PORT ||
	    ipc_object_port(object)->sorights == 0)
		return NULL;
	return ipc_object_port(object);
}

/* The full port that it waits to send to; NULL: it does not. */
static struct ipc_port *
full_port(const struct thread *thread)
{
	if (thread->state != THREAD_WAITING ||
	    ipc_mqueue_waited_on(thread) != NULL || thread->ipc.kmsg == NULL)
		return NULL;
	return ipc_kmsg_remote(thread->ipc.kmsg);
}

/* The memory object that is to provide the page it waits for; NULL. */
static struct ipc_port *
pager_port(const struct thread *thread)
{
	const struct vm_map *map = thread->task->map;

	if (thread->state != THREAD_WAITING || map == NULL)
		return NULL;
	list_for_each (node, &map->entries) {
		const struct vm_object *object =
		    list_entry(node, struct vm_map_entry, link)->object;

		for (; object != NULL; object = object->shadow)
			if (thread->wait_queue == &object->wait &&
			    object->pager != NULL)
				return object->pager->port;
	}
	return NULL;
}

/* Does it wait for anybody else than a client? */
static bool
waits_for_others(const struct thread *thread)
{
	return reply_port(thread) != NULL || full_port(thread) != NULL ||
	       pager_port(thread) != NULL;
}

/* It serves: it is at work, or waits for another. */
static bool
is_busy(const struct thread *thread)
{
	return ipc_mqueue_waited_on(thread) == NULL || waits_for_others(thread);
}

static void
print_server(struct task *task, const char *how, unsigned depth)
{
	indent(depth);
	if (task == NULL) {
		printf("%s the kernel\n", how);
		return;
	}
	printf("%s task %s\n", how, task->name);
	list_for_each (node, &task->threads) {
		struct thread *thread =
		    list_entry(node, struct thread, task_link);

		if (is_busy(thread))
			print_waiting(thread, depth + 1);
	}
}

/* Requests queued at the ports of `task` that are to be answered at `reply`. */
static unsigned
print_queued(struct task *task, const struct ipc_port *reply, unsigned depth)
{
	const struct ipc_entry *entry;
	uint32_t index = 0;
	unsigned found = 0;

	while ((entry = ipc_space_next(task->space, &index)) != NULL) {
		const struct ipc_port *port;

		if (!(entry->bits & MACH_PORT_TYPE_RECEIVE))
			continue;
		port = ipc_object_port(entry->object);
		list_for_each (node, &port->messages) {
			if (ipc_port_from_handle(
				ipc_kmsg_entry(node)->header.msgh_local_port) !=
			    reply)
				continue;
			print_server(task, "request queued at", depth);
			found++;
		}
	}
	return found;
}

/* Rights to the reply that `task` has. */
static unsigned
print_taken(struct task *task, const struct ipc_port *reply, unsigned depth)
{
	const struct ipc_entry *entry;
	uint32_t index = 0;
	unsigned found = 0;

	while ((entry = ipc_space_next(task->space, &index)) != NULL)
		if (entry->object == &reply->object &&
		    (entry->bits & MACH_PORT_TYPE_SEND_ONCE)) {
			print_server(task, "request taken by", depth);
			found++;
		}
	return found;
}

static void
print_repliers(const struct ipc_port *reply, unsigned depth)
{
	struct task *task = NULL;
	unsigned found = 0;

	while ((task = ddb_task_next(task)) != NULL)
		if (task->space != NULL)
			found += print_taken(task, reply, depth) +
				 print_queued(task, reply, depth);
	if (found == 0) {
		indent(depth);
		printf("the kernel has the reply right\n");
	}
}

static void
print_waiting(struct thread *thread, unsigned depth)
{
	const struct ipc_port *port;
	unsigned level = depth / 2;
	unsigned i;

	indent(depth);
	printf("thread %lx of %s ", (vaddr_t)thread, thread->task->name);
	ddb_print_thread(thread);
	for (i = 0; i < level && path[i] != thread; i++)
		;
	printf("%s\n", i < level ? ": CYCLE" : level < DEPTH_MAX ? "" : "...");
	if (i < level || level == DEPTH_MAX)
		return;
	path[level] = thread;
	port = reply_port(thread);
	if (port != NULL)
		print_repliers(port, depth + 1);
	port = full_port(thread);
	if (port != NULL)
		print_server(
		    ddb_space_task(port->receiver), "full queue of", depth + 1);
	port = pager_port(thread);
	if (port != NULL)
		print_server(
		    ddb_space_task(port->receiver), "page from", depth + 1);
}

void
ddb_waits(const struct ddb_args *args)
{
	struct task *task = NULL;

	(void)args;
	while ((task = ddb_task_next(task)) != NULL)
		list_for_each (node, &task->threads) {
			struct thread *thread =
			    list_entry(node, struct thread, task_link);

			if (waits_for_others(thread))
				print_waiting(thread, 0);
		}
}
