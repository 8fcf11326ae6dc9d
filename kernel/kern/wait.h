/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Waiting. A wait is three steps, without anything that blocks in between:
 *   thread_wait(queue, flags, deadline);   current thread is on the queue now
 *   result = thread_block(continuation);   gives the processor away
 *   re-validate everything.
 * With a continuation thread_block() does not return; the continuation finds
 * the result in current_thread()->wait_result and must end in thread_return()
 * or thread_block(). Interrupts are off throughout the kernel, so no wake-up is
 * lost between the two steps.
 */
#ifndef KERN_WAIT_H
#define KERN_WAIT_H

#include <kern/list.h>
#include <stdint.h>

struct thread;

struct wait_queue {
	struct list threads; /* struct thread.wait_link, first come first */
};

enum wait_result {
	WAIT_AWAKENED,
	WAIT_TIMED_OUT,
	WAIT_INTERRUPTED, /* thread_abort, thread_terminate */
};

#define WAIT_INTERRUPTIBLE   0x1U
#define WAIT_MESSAGE         0x2U /* the queue is a struct ipc_object's */
#define WAIT_UNINTERRUPTIBLE 0x0U
#define WAIT_UNSAFE          0x4U /* not by thread_abort_safely: would be seen */
#define WAIT_FOREVER         UINT64_MAX

typedef void (*continuation_t)(void);

static inline void
wait_queue_init(struct wait_queue *queue)
{
	list_init(&queue->threads);
}

/* Put the current thread on `queue`, until uptime `deadline` in ns. */
extern void thread_wait(
    struct wait_queue *queue, unsigned flags, uint64_t deadline);

/* Give the processor away until woken. Blocks. */
extern enum wait_result thread_block(continuation_t continuation);

/* Make a waiting thread runnable with `result`; no-op if it is not waiting. */
extern void thread_wake(struct thread *thread, enum wait_result result);

/* Take a waiting thread off its queue, runnable but on no run queue. */
extern void thread_unwait(struct thread *thread, enum wait_result result);

/* The time-out function of every thread's wait_timeout. */
extern void thread_wait_expired(void *thread);

/* Wake the longest waiter; NULL if there is none. */
extern struct thread *wait_wake_one(struct wait_queue *queue);
extern void wait_wake_all(struct wait_queue *queue, enum wait_result result);

/* The longest waiter, left on the queue; NULL if there is none. */
extern struct thread *wait_queue_first(const struct wait_queue *queue);

#endif
