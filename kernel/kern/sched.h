/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The scheduler: 32 priorities, a run queue with a bitmap, a quantum.
 */
#ifndef KERN_SCHED_H
#define KERN_SCHED_H

#include <kern/thread.h>

#define PRIORITY_COUNT   32
#define PRIORITY_KERNEL  4
#define PRIORITY_DEFAULT 16
#define PRIORITY_IDLE    31

#define SCHED_QUANTUM_NS 10000000ULL

extern void sched_init(void);

/* Put a runnable thread on the run queue; may set cpu->preempt. */
extern void sched_enqueue(struct thread *thread);
extern void sched_dequeue(struct thread *thread);

/* The best thread to run, taken off its queue; the idle thread if none. */
extern struct thread *sched_pick(void);

/* The threads of a priority that can run, first come first; to look at. */
extern const struct list *sched_queue(int priority);

/* Is a runnable thread waiting for the processor? */
extern bool sched_waiting(void);

/* From the timer: is the running thread's quantum over? */
extern void sched_quantum_check(uint64_t now);

/* `old` has run up to now, `new` runs from now on. */
static inline __attribute__((always_inline)) void
sched_charge(struct thread *old, struct thread *new)
{
	uint64_t now = cpu_ticks();
	uint64_t ticks = now - old->run_start;

	old->run_ticks += ticks;
	old->cpu_usage += ticks;
	new->run_start = now;
}

/*
 * The running thread is the last to get the processor from here until it gets
 * it, or until a time; then it goes on in user mode. Returns at once if nobody
 * else wants the processor.
 */
extern void thread_depress(uint64_t deadline);

/* Nanoseconds a thread has run, of late: half of it counts each half second. */
extern uint64_t sched_recent_usage(const struct thread *thread);

/* The running thread goes to the back of its queue. Blocks. */
extern void thread_yield(void);

#endif
