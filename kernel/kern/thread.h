/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Threads. A thread's life: created suspended by thread_create (one reference
 * for the caller, one for being alive); runnable when its suspend count is
 * zero; terminated by thread_terminate, which makes it leave the kernel by the
 * nearest wait or exit to user mode and drop its own reference; freed with the
 * last reference. The structure is in the direct map, its ports point to it
 * without a reference and are cleared at termination.
 *
 * A waiting thread may have no kernel stack (kstack NULL): then
 * says where it goes on.
 */
#ifndef KERN_THREAD_H
#define KERN_THREAD_H

#include <mach/mach_types.h>

#include <arch/context.h>
#include <arch/timer.h>

#include <ipc/ipc_thread.h>
#include <kern/cpu.h>
#include <kern/timeout.h>
#include <kern/wait.h>

struct exception_table;
struct ipc_port;
struct pc_samples;
struct processor_set;
struct task;

enum __attribute__((packed)) thread_run_state {
	THREAD_RUNNABLE, /* on a run queue, or running */
	THREAD_WAITING,
	THREAD_STOPPED, /* suspended, not waiting */
	THREAD_DEAD,
};

#define AST_TERMINATE 0x1U  /* leave the kernel for good */
#define AST_SUSPEND   0x2U  /* stop before user mode */
#define AST_STATE     0x4U  /* the frame was changed: restore all of it */
#define AST_TRACE     0x8U  /* its traps are watched, trace.h; stays */
#define AST_STEP      0x10U /* arch/: an exception after each instruction */
#define AST_PREEMPT   0x20U /* look for a better thread; the running one's */
#define AST_ABORT     0x40U /* the next interruptible wait fails at once */
#define AST_WHOLE     0x80U /* arch/: no switch but by context_activate() */

struct thread {
	struct arch_thread arch;     /* first: assembly finds it here */
	void *kstack;                /* base of the kernel stack, or NULL */
	continuation_t continuation; /* where to go on without a stack */
	struct task *task;
	struct list task_link; /* task->threads */
	unsigned references;

	enum thread_run_state state;
	uint8_t wait_flags;            /* WAIT_*, of its last wait */
	struct list run_link;          /* run queue */
	struct wait_queue *wait_queue; /* while THREAD_WAITING */
	struct list wait_link;
	enum wait_result wait_result;
	struct timeout wait_timeout;

	int priority; /* scheduled now; 0 is best, 31 worst */
	int base_priority;
	int max_priority; /* the best its base may be */
	int policy;
	uint64_t quantum;     /* ns */
	struct thread *donor; /* whose priority it has, while it is queued */
	struct processor_set *pset;
	int suspend_count;
	bool depressed; /* see depress.c */
	bool wired;     /* may use the memory kept for the kernel */
	struct timeout depress_timeout;
	struct pc_samples *samples; /* or NULL */
	unsigned ast;               /* AST_* to look at before user mode */
	bool user_fault;            /* resolving a page fault of user mode */
	bool no_fault;              /* page faults of its copies fail */
	unsigned trace_trap; /* -number of the trap it is in, if traced, or 0 */
	uint64_t run_ticks;  /* it has run; less cpu_ticks() while it runs */
	uint64_t forgotten;  /* of these, for its timeshare priority */
	uint64_t forgotten_at;        /* uptime when it was last reckoned */
	struct wait_queue stop_queue; /* who waits for this thread to stop */

	struct ipc_thread ipc;      /* mach_msg state (ipc/) */
	struct ipc_port *self_port; /* kernel object port */
	mach_port_name_t self_name; /* its name in the task, the last time */
	kern_return_t sync_result;  /* of a wait in sync.h */
	struct list held_locks;     /* of lock sets */
	struct exception_table *exceptions; /* or NULL */
	const void *ulock_space; /* the word waited for by ulock_wait: */
	uint64_t ulock_address;  /* in a task, or in an object */
	char name[32];
};

static inline struct thread *
current_thread(void)
{
	return cpu_self()->thread;
}

static inline struct task *
current_task(void)
{
	return current_thread()->task;
}

/* thread_wait() without its checks, and without a deadline. */
static inline __attribute__((always_inline)) void
thread_wait_on(struct thread *self, struct wait_queue *queue, unsigned flags)
{
	self->state = THREAD_WAITING;
	self->wait_flags = (uint8_t)flags;
	self->wait_queue = queue;
	list_append(&queue->threads, &self->wait_link);
}

/* thread_unwait() without a result. */
static inline __attribute__((always_inline)) void
thread_take_off(struct thread *thread)
{
	list_unlink(&thread->wait_link);
	if (thread->wait_timeout.set)
		timeout_cancel(&thread->wait_timeout);
	thread->state = THREAD_RUNNABLE;
}

/* A user thread in `task`, suspended once. Does not block. */
extern kern_return_t thread_create_in(
    struct task *task, struct thread **result);

/* A thread of the kernel that runs `start` and never returns from it. */
extern struct thread *kernel_thread_create(
    const char *name, int priority, continuation_t start);

/*
 * The running thread gives the processor away but stays runnable. With a
 * continuation it does not return.
 */
extern void thread_preempt(continuation_t continuation);

extern _Noreturn void thread_terminate_self(void);

/*
 * Stop another thread that is about to return to user mode, and only waits for
 * the processor. False: it does something else, or is in no need of it.
 */
extern bool thread_stop_other(struct thread *thread);

/* The running thread stops before user mode; AST_SUSPEND. */
extern void thread_stop_self(void);

/* The ticks it has run in all. */
static inline uint64_t
thread_ticks(const struct thread *thread)
{
	uint64_t since = thread == current_thread() ? cpu_ticks() : 0;

	return thread->run_ticks + since;
}

static inline uint64_t
thread_run_time(const struct thread *thread)
{
	return clock_ticks_to_ns(thread_ticks(thread));
}

extern void thread_reference(struct thread *thread);
extern void thread_release(struct thread *thread);

/* Between tasks: look for preemption in a long kernel loop. May block. */
extern void preempt_point(void);

#endif
