/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Threads inside of the library. The first thread's structure is static, the
 * others' lies behind their control block, which keeps its address. A joinable
 * thread's structure lives until it is joined, a detached one's until a thread
 * that starts or ends later finds that the kernel has let go of it.
 *
 * `state`, `detached` and the list are under __threads.lock; the rest is the
 * thread's own, except for what is said to be atomic.
 */
#ifndef INTERNAL_THREAD_H
#define INTERNAL_THREAD_H

#include <mach/mach_types.h>

#include <errno.h>
#include <libmach/tcb.h>
#include <limits.h>
#include <pthread.h>
#include <servers/process_sched.h>
#include <servers/process_types.h>
#include <stdbool.h>
#include <stdint.h>

#include "lock.h"

enum thread_state {
	THREAD_RUNS,
	THREAD_ENDED, /* its result stands; the kernel may still be on it */
};

#define THREAD_NAME_MAX 32

/* Of attributes that have been initialised. */
#define ATTRIBUTES_MAGIC 0x70617474U

struct pthread {
	struct pthread *next; /* all that are not yet freed */
	struct mach_tcb *tcb;
	mach_port_t port;  /* null until known, in the first thread */
	mach_port_t reply; /* its own for calls, if it needed one */
	uint32_t state;    /* atomic; joiners wait for it */
	bool detached;
	bool joined; /* somebody waits for it */
	bool first;  /* the process's first thread */

	void *(*start)(void *);
	void *argument;
	void *result;

	int cancel_state;
	int cancel_type;
	uint32_t cancelled; /* atomic: has been asked to end */
	uint32_t waiting;   /* in a call that may be cancelled */
	mach_port_t poll;   /* in poll(): what it waits on, or null */
	bool poll_ended;    /* by a handler */
	bool exiting;
	struct __cleanup *cleanup;
	const void *values[PTHREAD_KEYS_MAX];
	bool has_values;

	uint64_t signal_mask;       /* to start with */
	pthread_mutex_t *robust;    /* those it holds, by __next */
	pthread_mutex_t *waits_for; /* that lends: lend.h */
	int lent;                   /* priority for others' sake, or 0 */
	unsigned short ceilings[PROC_PRIORITY_MAX + 1]; /* of what it holds */
	unsigned number; /* with the pid, unique in the system */

	vm_address_t memory; /* stack and structure; null: nothing to free */
	vm_size_t size;
	vm_size_t guard;
	pthread_attr_t attributes; /* with the real stack */
	char name[THREAD_NAME_MAX];
};

struct threads {
	struct lock lock;
	struct pthread *list;
	uint32_t live; /* that have not ended */
};

extern struct threads __threads;
extern struct pthread __first_thread;

static inline struct pthread *
thread_self(void)
{
	struct pthread *self =
	    (struct pthread *)(uintptr_t)mach_tcb_self()->specific[0];

	return self != NULL ? self : &__first_thread;
}

/*
 * The structure of a thread that has not been freed, with the lock held; null
 * if there is none.
 */
struct pthread *__thread_find(pthread_t thread);

/* Its port, also of the first thread. */
mach_port_t __thread_port(struct pthread *thread);

/* The same number never names two threads of the system that live. */
unsigned long __thread_id(bool shared);

/* Free those that have ended and that nobody joins. */
void __threads_reap(void);

/* The child of fork() has only the thread that called it. */
void __threads_forked(void);
void __once_forked(void);

/* Whether a thread may be scheduled like that: 0, EINVAL or EPERM. */
int __thread_may_schedule(int policy, int priority);

/* What other processes have set becomes the threads' attributes. */
void __sched_sync(void);

/* With the lock held: what the kernel runs it as. */
void __thread_run_as(struct pthread *thread);

/* As pthread_setschedparam(), with the lock held. */
int __thread_schedule(struct pthread *thread, int policy, int priority);

/* What ends with a thread: the values of keys, mutexes it holds. */
void __keys_destroy(struct pthread *self);
void __robust_abandon(struct pthread *self);

/* Around fork(), the functions of pthread_atfork(). */
void __atfork_prepare(void);
void __atfork_parent(void);
void __atfork_child(void);

/*
 * Wait while *word == value, not longer than a clock shows `until` (NULL: for
 * ever). 0 (perhaps spurious), ETIMEDOUT, EINTR or, for a time that is none,
 * EINVAL.
 */
int __wait_until(uint32_t *word, uint32_t value, clockid_t clock,
    const struct timespec *until, bool shared);
void __wake(uint32_t *word, int count, bool shared);

/* With a thread's port: the clock that shows its processor time. */
#define CLOCK_THREAD_BIT 0x40000000

/* Whether it is a time. */
bool __valid_time(const struct timespec *time);

/*
 * A cancellation point: acts on a request there is, and lets one that comes
 * until __cancel_end() act at once where the thread waits.
 */
void __cancel_begin_slow(void);

static inline void
__cancel_begin(void)
{
	if (__threaded)
		__cancel_begin_slow();
}

static inline void
__cancel_end(void)
{
	if (__threaded)
		__atomic_store_n(&thread_self()->waiting, 0, __ATOMIC_RELAXED);
}

/*
 * A handler is about to be called in a thread that is in poll(). It ends the
 * wait, also when that has not yet begun, by a message to the port.
 */
void __poll_end(struct pthread *self);

/* In the handler of the signal that asks a thread to end. */
void __cancel_interrupted(void);

#endif
