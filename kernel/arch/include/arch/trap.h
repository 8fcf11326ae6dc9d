/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Entry from user mode, and the frame it leaves.
 *
 * struct trap_frame (<machine/trap.h>) holds every user register. A thread's
 * frame lives in its struct thread (thread->arch.frame), not on its kernel
 * stack, so that a thread that waits with a continuation needs no stack: entry
 * from user mode stores the registers there, then starts on the top of the
 * thread's kernel stack with interrupts off. Traps from kernel mode (faults in
 * copyin/copyout, interrupts while idle, bugs) push a frame on the current
 * stack.
 */
#ifndef ARCH_TRAP_H
#define ARCH_TRAP_H

#include <arch/types.h>
#include <machine/trap.h>

struct thread;

/*
 * Restore the current thread's user registers and return to user mode. Does
 * not look for pending work: thread_return() (kern/sched_switch.c) does, then
 * calls this.
 */
extern _Noreturn void trap_return(void);

/*
 * Return to user mode from a Mach trap of the current thread with its result,
 * whatever stack and registers the kernel used; looks for pending work.
 */
extern _Noreturn void trap_return_value(uint64_t value);

/* The same with result 0, for who has the current thread at hand. */
extern _Noreturn void trap_return_success(struct thread *self);

/*
 * Defined inline by <machine/trap.h>:
 * void trap_frame_set_result(struct trap_frame *, uint64_t)
 *     the result register of the trap the frame came from
 * void trap_frame_set_args(struct trap_frame *, const uint64_t [7])
 *     the registers of a trap's arguments, beside the result
 * void trap_frame_set_pc(struct trap_frame *, uint64_t)
 * void trap_frame_emulate(struct trap_frame *, uint64_t entry)
 *     go on in the task's own code for a trap: see kern/emulation.c
 * uint64_t trap_frame_pc, _sp, _fp, _result(const struct trap_frame *)
 * uint64_t trap_frame_link(const struct trap_frame *)
 *     the register of the last call's return address; 0: it has none
 * uint64_t trap_frame_arg(const struct trap_frame *, unsigned index)
 *     arguments 0 to 6 of a trap that trap_traced() (kern/trace.h) was told of
 */

/* Print the registers, for panics and the debugger. */
extern void trap_frame_print(const struct trap_frame *frame);

/*
 * What the architecture calls, implemented in machine-independent code:
 *
 * vm_fault_user(): a page fault of the current thread in user mode, or in
 * copyin/copyout at a user address. May block. KERN_SUCCESS: retry.
 *
 * exception_user(): anything else that user code did; does not return (the
 * thread goes on through thread_return once a handler has replied).
 *
 * exception_syscall(): a trap the kernel does not have, after which the frame
 * holds all of the user's registers. Does not return.
 *
 * trap_user_exit_check(): before returning to user mode after an interrupt:
 * preemption and asynchronous work.
 */
extern kern_return_t vm_fault_user(
    vm_address_t address, vm_prot_t access, bool from_kernel);
extern _Noreturn void exception_user(
    int exception, int64_t code, int64_t subcode);
extern _Noreturn void exception_syscall(int number);
extern _Noreturn void thread_return(void);

/* The handlers of Mach traps, generated from mach/traps.tbl, by -number. */
extern const uint32_t mach_trap_count;
typedef uint64_t (*mach_trap_fn)(
    uint64_t, uint64_t, uint64_t, uint64_t, uint64_t, uint64_t, uint64_t);
extern const mach_trap_fn mach_trap_table[];

#endif
