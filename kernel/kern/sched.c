/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Run queues: one FIFO a priority, 0 the best, and a bitmap of those that are
 * not empty. The running thread and the idle thread are on no queue.
 *
 * A timeshare thread's priority falls below its base by one for every
 * USAGE_STEP of recent processor time; recent time halves every USAGE_HALF.
 * The clock is read and the timer armed only when somebody else waits for
 * the processor.
 */
#include <arch/timer.h>

#include <kern/ktrace.h>
#include <kern/panic.h>
#include <kern/sched.h>
#include <kern/timeout.h>

#define USAGE_STEP     40000000ULL
#define USAGE_HALF     500000000ULL
#define USAGE_MAX_STEP 8

static struct list run_queue[PRIORITY_COUNT];
static uint32_t run_bitmap; /* bit p: run_queue[p] is not empty */

void
sched_init(void)
{
	for (int i = 0; i < PRIORITY_COUNT; i++)
		list_init(&run_queue[i]);
}

const struct list *
sched_queue(int priority)
{
	return &run_queue[priority];
}

bool
sched_waiting(void)
{
	return run_bitmap != 0;
}

/* Let recent usage decay, and set the priority that follows from it. */
static void
priority_update(struct thread *thread, uint64_t now)
{
	uint64_t halves = (now - thread->cpu_usage_stamp) / USAGE_HALF;
	int worse;

	if (thread->policy != POLICY_TIMESHARE || thread->depressed)
		return;
	if (halves > 0) {
		thread->cpu_usage =
		    halves < 64 ? thread->cpu_usage >> halves : 0;
		thread->cpu_usage_stamp += halves * USAGE_HALF;
	}
	worse = (int)(clock_ticks_to_ns(thread->cpu_usage) / USAGE_STEP);
	if (worse > USAGE_MAX_STEP)
		worse = USAGE_MAX_STEP;
	thread->priority = thread->base_priority + worse;
	if (thread->priority >= PRIORITY_IDLE)
		thread->priority = PRIORITY_IDLE - 1;
}

uint64_t
sched_recent_usage(const struct thread *thread)
{
	uint64_t halves =
	    (clock_uptime_ns() - thread->cpu_usage_stamp) / USAGE_HALF;

	return halves < 64 ? clock_ticks_to_ns(thread->cpu_usage >> halves) : 0;
}

void
sched_enqueue(struct thread *thread)
{
	struct cpu *cpu = cpu_self();
	struct thread *running = cpu->thread;

	assert(thread->state == THREAD_RUNNABLE && thread != cpu->idle);
	if (thread->priority != thread->base_priority)
		priority_update(thread, clock_uptime_ns());
	ktrace(thread, KTRACE_READY, (unsigned)thread->priority, 0, 0);
	list_append(&run_queue[thread->priority], &thread->run_link);
	run_bitmap |= 1U << thread->priority;
	if (running == cpu->idle || thread->priority < running->priority)
		cpu->preempt = true;
	else
		timer_need(cpu->slice_end);
}

void
sched_dequeue(struct thread *thread)
{
	list_remove(&thread->run_link);
	if (list_empty(&run_queue[thread->priority]))
		run_bitmap &= ~(1U << thread->priority);
}

struct thread *
sched_pick(void)
{
	struct thread *thread;

	if (run_bitmap == 0)
		return cpu_self()->idle;
	thread = list_entry(
	    run_queue[__builtin_ctz(run_bitmap)].next, struct thread, run_link);
	sched_dequeue(thread);
	return thread;
}

void
sched_quantum_check(uint64_t now)
{
	struct cpu *cpu = cpu_self();
	struct thread *running = cpu->thread;

	ktrace(running, KTRACE_INTERRUPT, KTRACE_TIMER, 0, 0);
	if (running == cpu->idle || run_bitmap == 0)
		return;
	if (now < cpu->slice_end) {
		timer_need(cpu->slice_end);
		return;
	}
	sched_charge(running, running);
	priority_update(running, now);
	if (__builtin_ctz(run_bitmap) <= running->priority)
		cpu->preempt = true;
	else {
		cpu->slice_end = now + SCHED_QUANTUM_NS;
		timer_need(cpu->slice_end);
	}
}
