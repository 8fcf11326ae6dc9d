/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The life of semaphores and lock sets, and waiting at them.
 */
#include <kern/convert.h>
#include <kern/slab.h>
#include <kern/sync.h>
#include <sync_server.h>

IPC_KOBJECT_SUBSYSTEM(sync);

struct sync_object *
sync_create(struct task *owner, enum ipc_kobject_type type, size_t size,
    int policy, mach_port_t *port)
{
	struct sync_object *sync = kalloc_zero(size);

	if (sync == NULL)
		return NULL;
	sync->port = ipc_kobject_alloc(type, sync);
	if (sync->port == NULL) {
		kfree(sync, size);
		return NULL;
	}
	sync->owner = owner;
	sync->type = type;
	sync->policy = policy;
	sync->size = size;
	list_append(&owner->sync_objects, &sync->link);
	*port = ipc_port_to_handle(ipc_port_make_send(sync->port));
	return sync;
}

static void
sync_end(struct ipc_port *port, void *object)
{
	struct sync_object *sync = object;

	list_unlink(&sync->link);
	if (sync->type == IKOT_SEMAPHORE)
		semaphore_wake_all(object);
	else
		lock_set_wake_all(object);
	ipc_kobject_destroy(port);
	kfree(sync, sync->size);
}

kern_return_t
sync_destroy(struct task *task, struct sync_object *sync)
{
	if (task == NULL || sync == NULL)
		return KERN_INVALID_ARGUMENT;
	if (sync->owner != task)
		return KERN_INVALID_RIGHT;
	sync_end(sync->port, sync);
	return KERN_SUCCESS;
}

void
sync_destroy_all(struct task *task)
{
	struct list *first;

	while ((first = list_first(&task->sync_objects)) != NULL) {
		struct sync_object *sync =
		    list_entry(first, struct sync_object, link);

		sync_end(sync->port, sync);
	}
}

static kern_return_t
wait_result(void)
{
	const struct thread *self = current_thread();

	switch (self->wait_result) {
	case WAIT_AWAKENED:
		return self->sync_result;
	case WAIT_TIMED_OUT:
		return KERN_OPERATION_TIMED_OUT;
	case WAIT_INTERRUPTED:
		break;
	}
	return KERN_ABORTED;
}

static void
trap_continue(void)
{
	trap_return_value((uint64_t)wait_result());
}

kern_return_t
sync_wait(struct wait_queue *queue, uint64_t deadline, bool in_trap)
{
	thread_wait(queue, WAIT_INTERRUPTIBLE, deadline);
	(void)thread_block(in_trap ? trap_continue : NULL);
	return wait_result();
}

struct thread *
sync_next(const struct wait_queue *queue, int policy)
{
	struct thread *best = wait_queue_first(queue);

	if (best == NULL || policy == SYNC_POLICY_FIFO)
		return best;
	if (policy == SYNC_POLICY_LIFO)
		return list_entry(
		    queue->threads.prev, struct thread, wait_link);
	list_for_each (node, &queue->threads) {
		struct thread *thread =
		    list_entry(node, struct thread, wait_link);

		if (thread->priority < best->priority)
			best = thread;
	}
	return best;
}

void
sync_wake_all(struct wait_queue *queue, kern_return_t result)
{
	struct thread *thread;

	while ((thread = wait_queue_first(queue)) != NULL)
		sync_wake(thread, result);
}

void
sync_init(void)
{
	ipc_kobject_on_no_senders(IKOT_SEMAPHORE, sync_end);
	ipc_kobject_on_no_senders(IKOT_LOCK_SET, sync_end);
}
