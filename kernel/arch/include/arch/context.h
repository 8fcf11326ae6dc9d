/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Switching between kernel contexts. struct arch_thread (<machine/context.h>)
 * is the head of struct thread: the trap frame, the saved kernel stack pointer,
 * the floating-point area.
 */
#ifndef ARCH_CONTEXT_H
#define ARCH_CONTEXT_H

#include <mach/message.h>

#include <arch/trap.h>
#include <machine/context.h>

struct thread;

/*
 * Make `thread`, which has a kernel stack (thread->kstack is its base), start
 * in `entry` with interrupts off when context_switch() first comes to it;
 * `entry` receives the thread switched from.
 */
extern void context_prepare(
    struct thread *thread, void (*entry)(struct thread *previous));

/*
 * Save the callee-saved registers on `old`'s stack and go on as `new`.
 * Returns, when somebody switches back, the thread that did so.
 */
extern struct thread *context_switch(struct thread *old, struct thread *new);

/*
 * Where a thread that is switched out and has a stack goes on, and its frame
 * pointer there.
 */
extern void context_resume_point(
    const struct thread *thread, vaddr_t *fp, vaddr_t *pc);

/*
 * Throw the current kernel stack's contents away: continue in `continuation`
 * on the top of the stack at `kstack`. `continuation` must not return.
 */
extern _Noreturn void context_call(void *kstack, void (*continuation)(void));

/*
 * Make `thread` the one whose user registers traps use on this processor
 * (kernel entry stack, TLS base, floating point ownership). Called with
 * cpu->thread already set, before or after the stack switch, interrupts off.
 */
extern void context_activate(struct thread *old, struct thread *new);

/*
 * Defined inline by <machine/switch.h>:
 * void context_hand_over(struct cpu *, struct thread *old, struct thread *new)
 *     neither of which has AST_WHOLE
 *     the same between two user threads, when new takes old's kernel stack over
 */

/* A new thread's user state: registers zero, user mode, interrupts on. */
extern void thread_state_init(struct thread *thread);

/* A thread's floating-point area is released; it may be the live owner. */
extern void context_destroy(struct thread *thread);

/*
 * thread_get_state/thread_set_state by flavour (mach/machine/thread_status.h).
 * set validates: no privileged bits, canonical addresses. For a thread that
 * is not running (stopped, or the caller itself inside a trap).
 * KERN_INVALID_ARGUMENT for an unknown flavour or a wrong count.
 */
extern kern_return_t thread_state_get(struct thread *thread, int flavor,
    natural_t *state, mach_msg_type_number_t *count);
extern kern_return_t thread_state_set(struct thread *thread, int flavor,
    const natural_t *state, mach_msg_type_number_t count);

#endif
