/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What semaphores and lock sets have in common: a port, an owner, waiters.
 *
 * One lives until it is destroyed, its owner is, or the last right to it is
 * gone; then every waiter is woken, and the memory is free at once. So who has
 * waited at one does not look at it again: the waker leaves the result of the
 * wait in the waiter's sync_result.
 */
#ifndef KERN_SYNC_H
#define KERN_SYNC_H

#include <ipc/ipc_kobject.h>
#include <kern/thread.h>

struct task;

struct sync_object {
	struct list link; /* owner->sync_objects */
	struct task *owner;
	struct ipc_port *port;
	enum ipc_kobject_type type;
	int policy; /* SYNC_POLICY_* */
	size_t size;
};

/*
 * A new object of `size` bytes, all else zero, and a send right to it. NULL:
 * no memory.
 */
extern struct sync_object *sync_create(struct task *owner,
    enum ipc_kobject_type type, size_t size, int policy, mach_port_t *port);

/* KERN_INVALID_ARGUMENT; KERN_INVALID_RIGHT: not the task's. */
extern kern_return_t sync_destroy(struct task *task, struct sync_object *sync);

/* The task ends. */
extern void sync_destroy_all(struct task *task);

/*
 * Wait on a queue of an object, which may be gone afterwards: the waker's
 * result, KERN_ABORTED or KERN_OPERATION_TIMED_OUT. In a trap, which ends with
 * it, the thread needs no stack meanwhile. Blocks.
 */
extern kern_return_t sync_wait(
    struct wait_queue *queue, uint64_t deadline, bool in_trap);

/* Whose turn it is by the policy; NULL: nobody waits. */
extern struct thread *sync_next(const struct wait_queue *queue, int policy);

static inline void
sync_wake(struct thread *thread, kern_return_t result)
{
	thread->sync_result = result;
	thread_wake(thread, WAIT_AWAKENED);
}

extern void sync_wake_all(struct wait_queue *queue, kern_return_t result);

/* semaphore.c, lock_set.c: the object is going, wake who waits. */
struct semaphore;
struct lock_set;
extern void semaphore_wake_all(struct semaphore *semaphore);
extern void lock_set_wake_all(struct lock_set *set);

/* The locks that a thread ends with become unstable and another's. */
extern void lock_set_thread_ends(struct thread *thread);

extern void sync_init(void);

#endif
