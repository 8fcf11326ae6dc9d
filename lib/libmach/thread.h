/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Threads, and locks for them on the kernel's wait primitive: no trap is taken
 * while nobody waits.
 */
#ifndef LIBMACH_THREAD_H
#define LIBMACH_THREAD_H

#include <mach/mach_types.h>

#include <stdbool.h>
#include <stdint.h>

struct mach_thread;

/* 0 asks for the default stack. */
#define MACH_THREAD_STACK 0

/*
 * Start a thread in function(argument), with a stack, a control block and
 * thread-local variables of its own. KERN_RESOURCE_SHORTAGE. The handle is
 * for mach_thread_join(), which must be called once.
 */
extern kern_return_t mach_thread_create(struct mach_thread **thread,
    void (*function)(void *), void *argument, vm_size_t stack_size);

/* Wait until it has ended, and free what it had. */
extern void mach_thread_join(struct mach_thread *thread);

/* The kernel's port of a thread made by mach_thread_create(). */
extern mach_port_t mach_thread_port(const struct mach_thread *thread);

/*
 * What a library with threads of its own starts them with: a thread in
 * function(argument), which must not return, on the stack that ends at `stack`,
 * with a control block from mach_tcb_init().
 */
struct mach_tcb;
extern kern_return_t mach_thread_start(mach_port_t *port,
    void (*function)(void *), void *argument, uintptr_t stack,
    const struct mach_tcb *tcb);

/*
 * Memory for one, a multiple of the page size, of which a guard at the start
 * cannot be touched and the last `block` bytes, a multiple of 64, are zero; 0
 * when there is none. Who frees it is not on it.
 */
extern vm_address_t mach_thread_memory(
    vm_size_t size, vm_size_t guard, vm_size_t block);
extern void mach_thread_memory_free(
    vm_address_t memory, vm_size_t size, vm_size_t guard);

/* Zero is unlocked. 1 locked, 2 locked and waited for. */
struct mach_mutex {
	uint32_t word;
};

extern void mach_mutex_lock(struct mach_mutex *mutex);
extern bool mach_mutex_try_lock(struct mach_mutex *mutex);
extern void mach_mutex_unlock(struct mach_mutex *mutex);

/* Zero is right; the word counts signals. */
struct mach_condition {
	uint32_t word;
};

/*
 * Wait with the mutex released; it is held again on return, which may be
 * spurious. False when timeout_ns (0: none) has passed.
 */
extern bool mach_condition_wait(struct mach_condition *condition,
    struct mach_mutex *mutex, uint64_t timeout_ns);
extern void mach_condition_signal(struct mach_condition *condition);
extern void mach_condition_broadcast(struct mach_condition *condition);

#endif
