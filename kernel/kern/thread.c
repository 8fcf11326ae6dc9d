/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The life of threads.
 *
 * References: one for being alive, dropped when the thread has left the
 * processor for the last time (sched_switch.c); one for each kernel routine
 * that holds the thread across a wait. The task's list and the kernel object
 * port hold none: thread_terminate_self() takes the thread out of both.
 */
#include <arch/timer.h>

#include <ipc/ipc_kobject.h>
#include <kern/exception_ports.h>
#include <kern/panic.h>
#include <kern/pc_sample.h>
#include <kern/printf.h>
#include <kern/processor_set.h>
#include <kern/sched.h>
#include <kern/slab.h>
#include <kern/string.h>
#include <kern/sync.h>
#include <kern/task.h>
#include <kern/thread_init.h>
#include <kern/trace.h>
#include <thread_act_server.h>
#include <vm/vm_kernel.h>

static struct slab_cache thread_cache;
static unsigned thread_total;

void
thread_init(void)
{
	slab_cache_init(&thread_cache, "thread", sizeof(struct thread), 64);
}

unsigned
thread_count(void)
{
	return thread_total;
}

static struct thread *
thread_alloc(struct task *task, int priority)
{
	struct thread *thread = slab_alloc_zero(&thread_cache);

	if (thread == NULL)
		return NULL;
	thread->references = 1;
	thread->task = task;
	thread->policy = POLICY_TIMESHARE;
	thread->base_priority = priority;
	thread->max_priority = priority;
	thread->priority = priority;
	thread->quantum = SCHED_QUANTUM_NS;
	thread->pset = &default_pset;
	thread->forgotten_at = clock_uptime_ns();
	list_init(&thread->run_link);
	list_init(&thread->wait_link);
	list_init(&thread->held_locks);
	wait_queue_init(&thread->stop_queue);
	timeout_init(&thread->wait_timeout, thread_wait_expired, thread);
	thread_state_init(thread);
	ipc_thread_init(thread);
	thread_total++;
	return thread;
}

static void
thread_join_task(struct thread *thread, struct task *task)
{
	task_reference(task);
	list_append(&task->threads, &thread->task_link);
	task->thread_count++;
}

kern_return_t
thread_create_in(struct task *task, struct thread **result)
{
	struct thread *thread;

	if (!task->alive)
		return KERN_INVALID_TASK;
	if (task->thread_count >= task->thread_max)
		return KERN_NO_SPACE;
	thread = thread_alloc(task, processor_set_allows(task));
	if (thread == NULL)
		return KERN_RESOURCE_SHORTAGE;
	thread->max_priority = task_max_priority(task, task->pset);
	thread->pset = task->pset;
	thread->self_port = ipc_kobject_alloc(IKOT_THREAD, thread);
	if (thread->self_port == NULL) {
		thread_total--;
		slab_free(&thread_cache, thread);
		return KERN_RESOURCE_SHORTAGE;
	}
	strlcpy(thread->name, task->name, sizeof(thread->name));
	thread->state = THREAD_STOPPED;
	thread->suspend_count = 1;
	thread->ast = AST_SUSPEND | trace_ast(task);
	thread->continuation = thread_return;
	thread_join_task(thread, task);
	thread_reference(thread);
	*result = thread;
	return KERN_SUCCESS;
}

struct thread *
kernel_thread_create(const char *name, int priority, continuation_t start)
{
	struct thread *thread = thread_alloc(kernel_task, priority);

	if (thread == NULL)
		panic("no memory for kernel thread %s", name);
	strlcpy(thread->name, name, sizeof(thread->name));
	thread->policy = POLICY_FIXEDPRI;
	thread->state = THREAD_RUNNABLE;
	thread->continuation = start;
	thread_join_task(thread, kernel_task);
	return thread;
}

void
thread_reference(struct thread *thread)
{
	thread->references++;
}

void
thread_release(struct thread *thread)
{
	if (thread == NULL || --thread->references > 0)
		return;
	assert(thread->state == THREAD_DEAD && thread->kstack == NULL);
	if (cpu_self()->turn == thread)
		cpu_self()->turn = current_thread();
	context_destroy(thread);
	task_release(thread->task);
	thread_total--;
	slab_free(&thread_cache, thread);
}

/*
 * A thread that ends runs no program any more, and others want the memory it
 * gives back: it comes first, however long it has run.
 */
static void
hurry(struct thread *thread)
{
	(void)thread_depress_abort(thread);
	thread->forgotten = thread_ticks(thread);
	sched_set_base(thread, thread->policy, PRIORITY_KERNEL);
}

/* What it has of the task and of others; it is not to run again. */
static void
thread_leave(struct thread *thread)
{
	struct task *task = thread->task;

	lock_set_thread_ends(thread);
	ipc_kobject_destroy(thread->self_port);
	thread->self_port = NULL;
	thread_exceptions_free(thread);
	pc_samples_free(&thread->samples);
	ipc_thread_destroy(thread);
	list_remove(&thread->task_link);
	task->thread_count--;
	task->dead_time += thread_run_time(thread);
}

/*
 * A stopped thread that stands nowhere in the kernel can end without running,
 * as long as its task lives on, whose memory its last thread gives back.
 */
static bool
can_vanish(const struct thread *thread)
{
	return thread->state == THREAD_STOPPED && thread->kstack == NULL &&
	       thread->continuation == thread_return &&
	       !(thread->ast & AST_TRACE) && thread->task->alive;
}

static void
vanish(struct thread *thread)
{
	(void)thread_depress_abort(thread);
	thread_leave(thread);
	wait_wake_all(&thread->stop_queue, WAIT_AWAKENED);
	thread->state = THREAD_DEAD;
	thread_release(thread);
}

/* Make a stopped or waiting thread run to its end. */
kern_return_t
thread_terminate(struct thread *thread)
{
	if (thread == NULL)
		return KERN_INVALID_ARGUMENT;
	if (thread->state == THREAD_DEAD || (thread->ast & AST_TERMINATE))
		return KERN_FAILURE;
	thread->ast |= AST_TERMINATE | AST_ABORT;
	if (can_vanish(thread)) {
		vanish(thread);
		return KERN_SUCCESS;
	}
	hurry(thread);
	if (thread->state == THREAD_STOPPED) {
		thread->state = THREAD_RUNNABLE;
		sched_enqueue(thread);
	} else if (thread->state == THREAD_WAITING &&
		   (thread->wait_flags & WAIT_INTERRUPTIBLE)) {
		thread->ast &= ~AST_ABORT;
		thread_wake(thread, WAIT_INTERRUPTED);
	}
	return KERN_SUCCESS;
}

void
thread_terminate_self(void)
{
	struct thread *self = current_thread();
	struct task *task = self->task;

	if (self->ast & AST_TRACE)
		trace_end();
	thread_leave(self);
	if (task->thread_count == 0 && !task->alive)
		task_destroy_contents(task);
	wait_wake_all(&self->stop_queue, WAIT_AWAKENED);
	self->state = THREAD_DEAD;
	thread_block(thread_return);
	panic("dead thread %s runs", self->name);
}
