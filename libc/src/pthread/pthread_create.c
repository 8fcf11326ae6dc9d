/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The life of threads: pthread_create(), pthread_exit(), pthread_join(). A
 * thread's memory is a guard, the stack, then the control block with the
 * thread-local variables and the structure. A thread that ends says so in
 * `state`, then terminates itself; its memory goes when the kernel no longer
 * knows it.
 */
#include <mach/mach_port_user.h>
#include <mach/task_user.h>
#include <mach/thread_act_user.h>

#include <libmach/mach.h>
#include <libmach/port_gone.h>
#include <libmach/thread.h>
#include <pthread.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "process.h"
#include "signal_state.h"
#include "thread.h"

struct pthread __first_thread = {.first = true};
struct threads __threads = {.list = &__first_thread, .live = 1};

static unsigned last_number;

pthread_t
pthread_self(void)
{
	return (pthread_t)thread_self();
}

int
pthread_equal(pthread_t one, pthread_t other)
{
	return one == other;
}

struct pthread *
__thread_find(pthread_t thread)
{
	struct pthread *at = __threads.list;

	while (at != NULL && (pthread_t)at != thread)
		at = at->next;
	return at;
}

mach_port_t
__thread_port(struct pthread *thread)
{
	if (thread->port == MACH_PORT_NULL && thread == thread_self())
		thread->port = mach_thread_self();
	return thread->port;
}

unsigned long
__thread_id(bool shared)
{
	struct pthread *self = thread_self();

	if (!shared)
		return (unsigned long)self;
	return (unsigned long)getpid() << 32 | (self->number + 1);
}

static void
unlist(struct pthread *thread)
{
	struct pthread **link = &__threads.list;

	while (*link != thread)
		link = &(*link)->next;
	*link = thread->next;
}

/* The kernel may take a moment to let go of a thread that has ended. */
static bool
is_gone(const struct pthread *thread)
{
	return mach_port_gone(thread->port);
}

static void
free_memory(struct pthread *thread)
{
	mach_thread_memory_free(thread->memory, thread->size, thread->guard);
}

/* Give back what a thread had that is gone and in no list. */
static void
free_thread(struct pthread *thread)
{
	if (thread->first)
		return;
	syscall_mach_port_deallocate(mach_task_self(), thread->port);
	if (thread->reply != MACH_PORT_NULL)
		syscall_mach_port_mod_refs(mach_task_self(), thread->reply,
		    MACH_PORT_RIGHT_RECEIVE, -1);
	free_memory(thread);
}

void
__threads_reap(void)
{
	struct pthread *at;
	struct pthread *next;

	__lock(&__threads.lock);
	for (at = __threads.list; at != NULL; at = next) {
		next = at->next;
		if (at->first || !at->detached || at->state != THREAD_ENDED ||
		    !is_gone(at))
			continue;
		unlist(at);
		free_thread(at);
	}
	__unlock(&__threads.lock);
}

/* The process ends with its last thread. */
static void
end_of_thread(struct pthread *self)
{
	__threads_reap();
	if (__atomic_sub_fetch(&__threads.live, 1, __ATOMIC_ACQ_REL) == 0)
		exit(EXIT_SUCCESS);
	__signal_thread_remove();
	if (self->first) {
		/* It stays: the process server knows it. */
		__atomic_store_n(&self->state, THREAD_ENDED, __ATOMIC_RELEASE);
		__wake(&self->state, INT_MAX, false);
		for (;;)
			ulock_wait(&self->state, THREAD_ENDED, 0, 0);
	}
	self->reply = mach_tcb_self()->reply_port;
	__atomic_store_n(&self->state, THREAD_ENDED, __ATOMIC_RELEASE);
	__wake(&self->state, INT_MAX, false);
	syscall_thread_terminate(MACH_PORT_NULL);
	__builtin_trap();
}

void
pthread_exit(void *result)
{
	struct pthread *self = thread_self();

	self->result = result;
	self->exiting = true;
	self->cancel_state = PTHREAD_CANCEL_DISABLE;
	__cancel_end();
	while (self->cleanup != NULL)
		__cleanup_pop(self->cleanup, 1);
	__keys_destroy(self);
	__robust_abandon(self);
	end_of_thread(self);
	__builtin_trap();
}

static void
thread_main(void *cookie)
{
	struct pthread *self = cookie;

	__signal_thread_started();
	pthread_exit(self->start(self->argument));
}

/* Memory for a thread, with the structure and the block at its end. */
static struct pthread *
allocate(const pthread_attr_t *attributes)
{
	size_t block =
	    (sizeof(struct pthread) + mach_tcb_size() + 63) & ~(size_t)63;
	size_t guard = 0;
	size_t stack = 0;
	size_t size;
	vm_address_t memory;
	struct pthread *thread;

	if (attributes->__stack == NULL) {
		guard = VM_ROUND_PAGE(attributes->__guard_size);
		stack = VM_ROUND_PAGE(attributes->__stack_size);
	}
	size = VM_ROUND_PAGE(guard + stack + block);
	if (size < stack)
		return NULL;
	memory = mach_thread_memory(size, guard, block);
	if (memory == 0)
		return NULL;
	/* At the end: the first page of the stack is touched with it. */
	thread = (struct pthread *)(memory + size - block);
	thread->memory = memory;
	thread->size = size;
	thread->guard = guard;
	thread->attributes = *attributes;
	if (attributes->__stack == NULL) {
		thread->attributes.__stack = (char *)thread - stack;
		thread->attributes.__stack_size = stack;
	}
	thread->tcb = mach_tcb_init(thread + 1);
	thread->tcb->specific[0] = (uint64_t)(uintptr_t)thread;
	thread->tcb->stack_guard = mach_tcb_self()->stack_guard;
	return thread;
}

/*
 * What it is to be scheduled as: the attributes' or the creator's. The first
 * error would be __thread_schedule()'s, when it has been started.
 */
static int
choose_schedule(struct pthread *thread)
{
	const struct pthread *self = thread_self();

	__sched_sync();
	if (thread->attributes.__inherit == PTHREAD_INHERIT_SCHED) {
		thread->attributes.__policy = self->attributes.__policy;
		thread->attributes.__priority = self->attributes.__priority;
	}
	return __thread_may_schedule(
	    thread->attributes.__policy, thread->attributes.__priority);
}

static int
start(struct pthread *thread)
{
	const pthread_attr_t *attributes = &thread->attributes;
	uintptr_t top =
	    (uintptr_t)attributes->__stack + attributes->__stack_size;
	int error;

	error = __signal_thread_add(thread);
	if (error != 0)
		return error;
	__atomic_add_fetch(&__threads.live, 1, __ATOMIC_RELAXED);
	if (mach_thread_start(&thread->port, thread_main, thread, top,
		thread->tcb) == KERN_SUCCESS) {
		if (attributes->__policy != SCHED_OTHER)
			(void)__thread_schedule(thread, attributes->__policy,
			    attributes->__priority);
		return 0;
	}
	__atomic_sub_fetch(&__threads.live, 1, __ATOMIC_RELAXED);
	__signal_thread_drop(thread);
	return EAGAIN;
}

int
pthread_create(pthread_t *restrict result,
    const pthread_attr_t *restrict attributes, void *(*function)(void *),
    void *restrict argument)
{
	pthread_attr_t defaults;
	struct pthread *thread;
	int error;

	if (attributes == NULL) {
		pthread_attr_init(&defaults);
		attributes = &defaults;
	}
	if (attributes->__magic != ATTRIBUTES_MAGIC)
		return EINVAL;
	__threads_reap();
	thread = allocate(attributes);
	if (thread == NULL)
		return EAGAIN;
	error = choose_schedule(thread);
	if (error != 0) {
		free_memory(thread);
		return error;
	}
	thread->start = function;
	thread->argument = argument;
	thread->detached = attributes->__detached != 0;
	if (thread_self() == &__first_thread) {
		__first_thread.tcb = mach_tcb_self();
		(void)__thread_port(&__first_thread);
	}
	__threaded = 1;
	__lock(&__threads.lock);
	thread->number = ++last_number;
	thread->next = __threads.list;
	__threads.list = thread;
	/* Before it runs: it may itself look there. */
	*result = (pthread_t)thread;
	error = start(thread);
	if (error != 0)
		unlist(thread);
	__unlock(&__threads.lock);
	if (error != 0)
		free_memory(thread);
	return error;
}

static void
give_up_joining(void *cookie)
{
	struct pthread *thread = cookie;

	thread->joined = false;
}

/* Who may be joined, claimed for the caller. */
static int
claim(pthread_t name, struct pthread **result)
{
	struct pthread *thread;
	int error = 0;

	if (name == pthread_self())
		return EDEADLK;
	__lock(&__threads.lock);
	thread = __thread_find(name);
	if (thread == NULL)
		error = ESRCH;
	else if (thread->detached || thread->joined)
		error = EINVAL;
	else
		thread->joined = true;
	__unlock(&__threads.lock);
	*result = thread;
	return error;
}

int
pthread_join(pthread_t name, void **result)
{
	struct pthread *thread;
	int error;

	pthread_testcancel();
	error = claim(name, &thread);
	if (error != 0)
		return error;
	pthread_cleanup_push(give_up_joining, thread);
	while (
	    __atomic_load_n(&thread->state, __ATOMIC_ACQUIRE) == THREAD_RUNS) {
		__cancel_begin();
		error = __wait_until(
		    &thread->state, THREAD_RUNS, CLOCK_MONOTONIC, NULL, false);
		__cancel_end();
		if (error == EINTR)
			pthread_testcancel();
	}
	pthread_cleanup_pop(0);
	if (result != NULL)
		*result = thread->result;
	while (!thread->first && !is_gone(thread))
		swtch_pri(0);
	__lock(&__threads.lock);
	unlist(thread);
	__unlock(&__threads.lock);
	free_thread(thread);
	return 0;
}

int
pthread_detach(pthread_t name)
{
	struct pthread *thread;
	int error = 0;

	__lock(&__threads.lock);
	thread = __thread_find(name);
	if (thread == NULL)
		error = ESRCH;
	else if (thread->detached)
		error = EINVAL;
	else
		thread->detached = true;
	__unlock(&__threads.lock);
	if (error == 0)
		__threads_reap();
	return error;
}

/* The others are in the parent only; their memory is a copy nobody needs. */
void
__threads_forked(void)
{
	struct pthread *self = thread_self();
	struct pthread *at;
	struct pthread *next;

	__threads.lock.word = 0;
	for (at = __threads.list; at != NULL; at = next) {
		next = at->next;
		if (at != self && !at->first)
			syscall_vm_deallocate(
			    mach_task_self(), at->memory, at->size);
	}
	self->next = NULL;
	self->port = mach_thread_self();
	self->robust = NULL;
	self->lent = 0;
	__threads.list = self;
	__threads.live = 1;
	/* The kernel's thread is a new one, which shares time. */
	if (self->attributes.__policy != SCHED_OTHER)
		(void)__thread_schedule(self, self->attributes.__policy,
		    self->attributes.__priority);
}
