/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The scheduler: 32 priorities, a run queue with a bitmap, a quantum.
 *
 * A message may hand the processor on to its receiver, past the scheduler. Who
 * was chosen last, cpu->turn, then waits, and the receiver runs in its place:
 * with what is left of its quantum, and with its priority if that is better. If
 * the receiver has to leave the processor meanwhile, it is queued with that
 * priority and takes the same place up again: so nobody in between can keep it,
 * and with it the sender, from the processor. A message that has to wait for a
 * busy receiver does the same for the receiver's threads (sched_boost_task).
 */
#ifndef KERN_SCHED_H
#define KERN_SCHED_H

#include <kern/thread.h>

#define PRIORITY_COUNT   32
#define PRIORITY_KERNEL  4
#define PRIORITY_DEFAULT 16
#define PRIORITY_LOWEST  30 /* of all but the idle thread */
#define PRIORITY_IDLE    31

#define SCHED_QUANTUM_NS 10000000ULL

extern void sched_init(void);

/* Put a runnable thread on the run queue; may set AST_PREEMPT. */
extern void sched_enqueue(struct thread *thread);
extern void sched_dequeue(struct thread *thread);

/* The running thread stays runnable, but another is to run; as it wants? */
extern void sched_preempted(struct thread *self, bool yields);

/* The priority that keeps others from the processor now. */
extern int sched_running_priority(void);

/* The thread has the processor: whose turn is it? */
extern void sched_begin_turn(struct thread *thread);

/* Set what its priority follows from; it may go to another queue. */
extern void sched_set_base(struct thread *thread, int policy, int base);

/* It goes to the queue of a set without processors, or back to the others. */
extern void sched_set_pset(struct thread *thread, struct processor_set *pset);

/* `donor`, which is about to wait, has sent what the task's threads get. */
extern void sched_boost_task(struct task *task, struct thread *donor);

/* The best thread to run, taken off its queue; the idle thread if none. */
extern struct thread *sched_pick(void);

/* The threads of a priority that can run, first come first; to look at. */
extern const struct list *sched_queue(int priority);

/* How many can run, besides the one that does. */
extern unsigned sched_queued(void);

/* Is a runnable thread waiting for the processor? */
extern bool sched_waiting(void);

/* From the timer: is the running thread's quantum over? */
extern void sched_quantum_check(uint64_t now);

/* `old` has run up to now, `new` runs from now on. */
static inline __attribute__((always_inline)) void
sched_charge(struct thread *old, struct thread *new)
{
	uint64_t now = cpu_ticks();

	old->run_ticks += now;
	new->run_ticks -= now;
}

/*
 * The running thread is the last to get the processor from here until it gets
 * it, or until a time; then it goes on in user mode. Returns at once if nobody
 * else wants the processor.
 */
extern void thread_depress(uint64_t deadline, struct thread *next);

/* Nanoseconds a thread has run, of late: half of it counts each half second. */
extern uint64_t sched_recent_usage(const struct thread *thread);

/*
 * The running thread goes to the back of its queue, and whoever is best of the
 * others runs. Nobody else may want to. Blocks; with a continuation it does not
 * return.
 */
extern void thread_yield(continuation_t continuation);

/*
 * The current thread, which is where it has to be, gives the processor to one
 * that is on a run queue. Blocks; with a continuation it does not return.
 */
extern enum wait_result thread_run(
    struct thread *next, continuation_t continuation);

#endif
