/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Threads. One piece of memory holds a guard page, the stack, the control block
 * with the thread-local variables, and the handle. The thread that ends tells
 * so by a word and then terminates itself; who joins it frees the memory once
 * the kernel says that the thread is no more.
 */
#include <mach/mach_port_user.h>
#include <mach/task_user.h>
#include <mach/thread_act_user.h>

#include <libmach/mach.h>
#include <libmach/port_gone.h>
#include <libmach/tcb.h>
#include <libmach/thread.h>

#include "thread_state.h"

#define DEFAULT_STACK      (256 * 1024UL)
#define THREAD_ROUND(size) (((size) + 63) & ~63UL)

struct mach_thread {
	void (*function)(void *);
	void *argument;
	vm_address_t memory;
	vm_size_t size;
	mach_port_t port;
	mach_port_t reply; /* its own for calls, if it needed one */
	uint32_t ended;
};

/* libc's: whether its locks have to lock. */
extern int __threaded __attribute__((__weak__));

static void
thread_main(void *cookie)
{
	struct mach_thread *thread = cookie;

	thread->function(thread->argument);
	thread->reply = mach_tcb_self()->reply_port;
	__atomic_store_n(&thread->ended, 1, __ATOMIC_RELEASE);
	ulock_wake(&thread->ended, 1, 0);
	syscall_thread_terminate(MACH_PORT_NULL);
	__builtin_trap();
}

kern_return_t
mach_thread_start(mach_port_t *port, void (*function)(void *), void *argument,
    uintptr_t stack, const struct mach_tcb *tcb)
{
	struct thread_general_state state;

	mach_thread_state(&state, (uintptr_t)function, stack,
	    mach_tcb_base(tcb, sizeof(*tcb)), (uintptr_t)argument);
	return thread_create_running(mach_task_self(), THREAD_STATE_GENERAL,
	    (natural_t *)(void *)&state, THREAD_STATE_GENERAL_COUNT, port);
}

kern_return_t
mach_thread_create(struct mach_thread **result, void (*function)(void *),
    void *argument, vm_size_t stack_size)
{
	vm_size_t stack =
	    VM_ROUND_PAGE(stack_size != 0 ? stack_size : DEFAULT_STACK);
	vm_size_t block =
	    THREAD_ROUND(mach_tcb_size() + sizeof(struct mach_thread));
	vm_size_t size = VM_ROUND_PAGE(VM_PAGE_SIZE + stack + block);
	struct mach_thread *thread;
	struct mach_tcb *tcb;
	vm_address_t memory;
	kern_return_t code;

	memory = mach_thread_memory(size, VM_PAGE_SIZE, block);
	if (memory == 0)
		return KERN_RESOURCE_SHORTAGE;
	/* At the end: the first page of the stack is touched with it. */
	thread = (struct mach_thread *)(memory + size - block);
	*thread = (struct mach_thread){
	    .function = function,
	    .argument = argument,
	    .memory = memory,
	    .size = size,
	};
	tcb = mach_tcb_init(thread + 1);
	tcb->thread = thread;
	tcb->stack_guard = mach_tcb_self()->stack_guard;
	if (&__threaded != (int *)0)
		__threaded = 1;
	code = mach_thread_start(
	    &thread->port, thread_main, thread, (uintptr_t)thread, tcb);
	if (code != KERN_SUCCESS)
		mach_thread_memory_free(memory, size, VM_PAGE_SIZE);
	else
		*result = thread;
	return code;
}

void
mach_thread_join(struct mach_thread *thread)
{
	while (__atomic_load_n(&thread->ended, __ATOMIC_ACQUIRE) == 0)
		ulock_wait(&thread->ended, 0, 0, 0);
	/* Its port dies with it; until then it may still be on its stack. */
	while (!mach_port_gone(thread->port))
		swtch_pri(0);
	syscall_mach_port_deallocate(mach_task_self(), thread->port);
	if (thread->reply != MACH_PORT_NULL)
		mach_port_mod_refs(mach_task_self(), thread->reply,
		    MACH_PORT_RIGHT_RECEIVE, -1);
	mach_thread_memory_free(thread->memory, thread->size, VM_PAGE_SIZE);
}

mach_port_t
mach_thread_port(const struct mach_thread *thread)
{
	return thread->port;
}
