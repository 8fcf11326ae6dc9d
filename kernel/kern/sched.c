/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Run queues: one FIFO a priority, 0 the best, and a bitmap of those that are
 * not empty. The running thread and the idle thread are on no queue. Threads
 * of a processor set without a processor are on the queue of that.
 *
 * A timeshare thread's priority falls below its base by one for every
 * USAGE_STEP of recent processor time; recent time halves every USAGE_HALF.
 * POLICY_RR and POLICY_FIFO have their base; for the latter no quantum ends.
 * The clock is read and the timer armed only when somebody else waits for
 * the processor.
 */
#include <arch/timer.h>

#include <kern/ktrace.h>
#include <kern/panic.h>
#include <kern/processor_set.h>
#include <kern/sched.h>
#include <kern/task.h>
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

unsigned
sched_queued(void)
{
	unsigned count = 0;

	for (int i = 0; i < PRIORITY_COUNT; i++)
		count += list_length(&run_queue[i]);
	return count;
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
	uint64_t halves = (now - thread->forgotten_at) / USAGE_HALF;
	uint64_t usage = thread_ticks(thread) - thread->forgotten;
	int worse;

	if (thread->depressed)
		return;
	if (thread->policy != POLICY_TIMESHARE) {
		thread->priority = thread->base_priority;
		return;
	}
	if (halves > 0) {
		uint64_t left = halves < 64 ? usage >> halves : 0;

		thread->forgotten += usage - left;
		thread->forgotten_at += halves * USAGE_HALF;
		usage = left;
	}
	worse = (int)(clock_ticks_to_ns(usage) / USAGE_STEP);
	if (worse > USAGE_MAX_STEP)
		worse = USAGE_MAX_STEP;
	thread->priority = thread->base_priority + worse;
	if (thread->priority > PRIORITY_LOWEST)
		thread->priority = PRIORITY_LOWEST;
}

uint64_t
sched_recent_usage(const struct thread *thread)
{
	uint64_t halves =
	    (clock_uptime_ns() - thread->forgotten_at) / USAGE_HALF;
	uint64_t usage = thread_ticks(thread) - thread->forgotten;

	return halves < 64 ? clock_ticks_to_ns(usage >> halves) : 0;
}

/* Does it wait for an answer? */
static bool
is_caller(const struct thread *thread)
{
	return thread->state == THREAD_WAITING &&
	       (thread->wait_flags & WAIT_MESSAGE) != 0;
}

inline int
sched_running_priority(void)
{
	const struct cpu *cpu = cpu_self();
	const struct thread *turn = cpu->turn;
	int priority = cpu->thread->priority;

	return is_caller(turn) && turn->priority < priority ? turn->priority
							    : priority;
}

/* First or last of its priority; false: it is in a set without a processor. */
static inline bool
put(struct thread *thread, bool first)
{
	struct list *queue = &run_queue[thread->priority];

	ktrace(thread, KTRACE_READY, (unsigned)thread->priority, 0, 0);
	if (thread->pset != &default_pset && !(thread->ast & AST_TERMINATE)) {
		list_append(&thread->pset->stopped, &thread->run_link);
		return false;
	}
	list_insert_before(first ? queue->next : queue, &thread->run_link);
	run_bitmap |= 1U << thread->priority;
	return true;
}

/* The same, and whoever runs may have to make room for it. */
static void
enqueue(struct thread *thread)
{
	struct cpu *cpu = cpu_self();

	if (!put(thread, false))
		return;
	if (cpu->thread == cpu->idle ||
	    thread->priority < sched_running_priority())
		cpu->thread->ast |= AST_PREEMPT;
	else
		timer_need(cpu->slice_end);
}

void
sched_enqueue(struct thread *thread)
{
	assert(thread->state == THREAD_RUNNABLE && thread != cpu_self()->idle);
	if (thread->priority != thread->base_priority)
		priority_update(thread, clock_uptime_ns());
	enqueue(thread);
}

inline void
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

/* Onto a queue, with the priority of who waits for it. */
static void
enqueue_for(struct thread *thread, struct thread *donor)
{
	int priority = sched_running_priority();

	thread_reference(donor);
	thread_release(thread->donor);
	thread->donor = donor;
	thread->priority =
	    donor->priority < priority ? donor->priority : priority;
	enqueue(thread);
}

/* Who takes the processor arms the timer. */
void
sched_preempted(struct thread *self, bool yields)
{
	if (!self->depressed && sched_running_priority() < self->priority) {
		enqueue_for(self, cpu_self()->turn);
		return;
	}
	if (self->priority != self->base_priority)
		priority_update(self, clock_uptime_ns());
	(void)put(self, self->policy == POLICY_FIFO && !yields);
}

void
sched_begin_turn(struct thread *thread)
{
	struct thread *donor = thread->donor;

	cpu_self()->turn = thread;
	if (donor == NULL)
		return;
	thread->donor = NULL;
	if (is_caller(donor))
		cpu_self()->turn = donor;
	thread_release(donor);
}

static bool
is_queued(const struct thread *thread)
{
	return thread->state == THREAD_RUNNABLE && thread != current_thread();
}

void
sched_boost_task(struct task *task, struct thread *donor)
{
	list_for_each (node, &task->threads) {
		struct thread *thread =
		    list_entry(node, struct thread, task_link);

		if (is_queued(thread) && !thread->depressed &&
		    sched_running_priority() < thread->priority) {
			sched_dequeue(thread);
			enqueue_for(thread, donor);
		}
	}
}

void
sched_set_base(struct thread *thread, int policy, int base)
{
	bool queued = is_queued(thread);

	if (queued)
		sched_dequeue(thread);
	thread->policy = policy;
	thread->base_priority = base;
	priority_update(thread, clock_uptime_ns());
	if (queued)
		enqueue(thread);
	else if (run_bitmap != 0 &&
		 __builtin_ctz(run_bitmap) < sched_running_priority())
		current_thread()->ast |= AST_PREEMPT;
}

void
sched_set_pset(struct thread *thread, struct processor_set *pset)
{
	bool queued = is_queued(thread);

	if (queued)
		sched_dequeue(thread);
	thread->pset = pset;
	if (queued)
		sched_enqueue(thread);
	else
		current_thread()->ast |= AST_PREEMPT;
}

void
sched_quantum_check(uint64_t now)
{
	struct cpu *cpu = cpu_self();
	struct thread *running = cpu->thread;
	int best;
	int priority;

	ktrace(running, KTRACE_INTERRUPT, KTRACE_TIMER, 0, 0);
	if (running == cpu->idle || run_bitmap == 0)
		return;
	if (now < cpu->slice_end) {
		timer_need(cpu->slice_end);
		return;
	}
	priority_update(running, now);
	best = __builtin_ctz(run_bitmap);
	priority = sched_running_priority();
	if (best < priority ||
	    (best == priority && running->policy != POLICY_FIFO)) {
		running->ast |= AST_PREEMPT;
	} else {
		cpu->slice_end = now + running->quantum;
		timer_need(cpu->slice_end);
	}
}
