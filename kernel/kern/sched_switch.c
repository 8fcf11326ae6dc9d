/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Giving the processor from one thread to another.
 *
 * A thread that gives it up with a continuation leaves nothing on its kernel
 * stack. If the next thread has none either, it takes the stack over as it is
 * (hand-off: no stack is switched, no register saved). If the next thread has
 * a stack of its own, the old one is put away by the next thread, in
 * thread_dispose(), once nobody stands on it.
 *
 *	next \ old      continuation           stack kept
 *	no stack        hand the stack over    give it the spare stack
 *	has stack       switch, free old's     switch
 *
 * thread_become() (switch.h) is the hand-over for who knows what `next` would
 *do first, and does it in its place: the RPC's way.
 *
 * Everything here runs with interrupts off.
 */
#include <arch/timer.h>

#include <kern/ktrace.h>
#include <kern/load.h>
#include <kern/panic.h>
#include <kern/processor_set.h>
#include <kern/switch.h>
#include <kern/trace.h>
#include <vm/vm_kernel.h>

/* A stack for a thread that has none; NULL when memory is gone. */
static void *
stack_alloc(void)
{
	struct cpu *cpu = cpu_self();
	void *stack = cpu->spare_stack;

	if (stack == NULL)
		return vm_kmem_stack_alloc();
	cpu->spare_stack = NULL;
	return stack;
}

static void
stack_free(void *stack)
{
	struct cpu *cpu = cpu_self();

	if (cpu->spare_stack == NULL)
		cpu->spare_stack = stack;
	else
		vm_kmem_stack_free(stack);
}

/* `previous` is off the processor: put its stack away, free it if it died. */
static void
thread_dispose(struct thread *previous)
{
	if (previous->continuation == NULL && previous->state != THREAD_DEAD)
		return;
	if (previous->kstack != NULL) {
		stack_free(previous->kstack);
		previous->kstack = NULL;
	}
	if (previous->state == THREAD_DEAD)
		thread_release(previous);
}

/* Where a thread starts on a fresh stack. */
static void
thread_start(struct thread *previous)
{
	struct thread *self = current_thread();
	continuation_t go = self->continuation;

	thread_dispose(previous);
	self->continuation = NULL;
	go();
	panic("continuation of thread %s returned", self->name);
}

static void
account(struct thread *old, struct thread *new)
{
	struct cpu *cpu = cpu_self();
	uint64_t now;

	sched_charge(old, new);
	if (__builtin_expect(ktrace_on, false))
		ktrace_switch(new, KTRACE_BY_SCHEDULER);
	sched_begin_turn(new);
	now = clock_uptime_ns();
	cpu->slice_end = now + new->quantum;
	if (now >= load_due)
		load_sample(now, old != cpu->idle);
	if (sched_waiting() && new != cpu->idle)
		timer_need(cpu->slice_end);
}

/* A stack for `new`, or without memory for one the idle thread instead. */
static struct thread *
with_stack(struct thread *new)
{
	new->kstack = stack_alloc();
	if (new->kstack != NULL) {
		context_prepare(new, thread_start);
		return new;
	}
	sched_enqueue(new);
	return cpu_self()->idle;
}

/*
 * Run `new` instead of the current thread, which is where it has to be (on a
 * wait queue, on a run queue, dead). Returns the wait result when it runs
 * again, or with a continuation never.
 */
static enum wait_result
switch_to(struct thread *new, continuation_t continuation)
{
	struct thread *old = current_thread();
	continuation_t go;

	/* Before it counts as running: it may have to wait again. */
	if (new->kstack == NULL && continuation == NULL)
		new = with_stack(new);
	account(old, new);
	old->continuation = continuation;
	if (new->kstack == NULL && continuation != NULL) {
		new->kstack = old->kstack;
		old->kstack = NULL;
		take_processor(old, new);
		thread_dispose(old);
		go = new->continuation;
		new->continuation = NULL;
		context_call(new->kstack, go);
	}
	if (new == old)
		return old->wait_result;
	take_processor(old, new);
	thread_dispose(context_switch(old, new));
	return old->wait_result;
}

/* Nothing to wait for, or nobody else to run: go on at once. */
static enum wait_result
go_on(struct thread *self, continuation_t continuation)
{
	if (continuation != NULL)
		context_call(self->kstack, continuation);
	return self->wait_result;
}

enum wait_result
thread_block(continuation_t continuation)
{
	struct thread *self = current_thread();

	if (self->state == THREAD_RUNNABLE)
		return go_on(self, continuation);
	self->ast &= ~AST_PREEMPT;
	return switch_to(sched_pick(), continuation);
}

static void
give_way(continuation_t continuation, bool yields)
{
	struct cpu *cpu = cpu_self();
	struct thread *self = cpu->thread;
	struct thread *next;

	self->ast &= ~AST_PREEMPT;
	if (!sched_waiting() && self->pset == &default_pset) {
		go_on(self, continuation);
		return;
	}
	next = sched_pick();
	if (self != cpu->idle) {
		sched_preempted(self, yields);
		self->ast &= ~AST_PREEMPT;
	}
	switch_to(next, continuation);
}

void
thread_preempt(continuation_t continuation)
{
	give_way(continuation, false);
}

void
thread_yield(continuation_t continuation)
{
	give_way(continuation, true);
}

enum wait_result
thread_run(struct thread *next, continuation_t continuation)
{
	sched_dequeue(next);
	current_thread()->ast &= ~AST_PREEMPT;
	return switch_to(next, continuation);
}

void
preempt_point(void)
{
	cpu_interrupts_enable();
	cpu_interrupts_disable();
	if (current_thread()->ast & AST_PREEMPT)
		thread_preempt(NULL);
}

/*
 * Before user mode, at the end of every trap that blocked and of every
 * interrupt that left something to do.
 */
void
thread_return(void)
{
	struct thread *self = current_thread();

	if (self->ast & AST_TRACE)
		trace_return(self);
	if (self->ast & AST_TERMINATE)
		thread_terminate_self();
	if (self->ast & AST_SUSPEND)
		thread_stop_self();
	if (self->ast & AST_PREEMPT)
		thread_preempt(thread_return);
	trap_return();
}
