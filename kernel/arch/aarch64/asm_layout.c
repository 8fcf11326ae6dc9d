/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What assembly knows of structures: the numbers of <machine/asm.h> are
 * asserted; offsets in structures of the machine-independent kernel become
 * absolute symbols, so that those structures may change freely.
 */
#include <arch/vm_param.h>
#include <machine/asm.h>
#include <machine/pte.h>

#include <ipc/mach_msg.h>
#include <kern/thread.h>

#define SAME(constant, value, what) _Static_assert((constant) == (value), what)

SAME(FRAME_X0, offsetof(struct trap_frame, x), "x0 of the frame");
SAME(FRAME_X16, offsetof(struct trap_frame, x[16]), "x16 of the frame");
SAME(FRAME_X30, offsetof(struct trap_frame, x[30]), "x30 of the frame");
SAME(FRAME_X30 + 8, offsetof(struct trap_frame, sp), "sp follows x30");
SAME(FRAME_PC, offsetof(struct trap_frame, pc), "pc of the frame");
SAME(FRAME_PC + 8, offsetof(struct trap_frame, pstate), "pstate follows pc");
SAME(FRAME_ESR, offsetof(struct trap_frame, esr), "esr of the frame");
SAME(FRAME_RECORD, offsetof(struct trap_frame, record), "frame record");
SAME(FRAME_SIZE, sizeof(struct trap_frame), "size of the frame");
SAME(FRAME_SIZE % 16, 0, "the stack stays aligned");
SAME(0, offsetof(struct thread, arch.frame), "SP_EL1 points to both");
SAME(ARCH_KERNEL_SP, offsetof(struct thread, arch.kernel_sp), "kernel_sp");
SAME(THREAD_KSTACK, offsetof(struct thread, kstack), "kstack");
SAME(1U << THREAD_AST_STATE_BIT, AST_STATE, "bit of AST_STATE");
SAME(1U << THREAD_AST_STEP_BIT, AST_STEP, "bit of AST_STEP");
SAME(1U << THREAD_AST_TRACE_BIT, AST_TRACE, "bit of AST_TRACE");
SAME(KSTACK_SIZE, KERNEL_STACK_SIZE, "size of kernel stacks");
SAME(0, offsetof(struct cpu, arch), "arch heads struct cpu");
SAME(CALL_OPTION, offsetof(struct mach_msg_call, option), "option");
SAME(CALL_OPTION + 4, offsetof(struct mach_msg_call, send_size), "send_size");
SAME(CALL_RCV_SIZE, offsetof(struct mach_msg_call, rcv_size), "rcv_size");
SAME(CALL_RCV_SIZE + 4, offsetof(struct mach_msg_call, rcv_name), "rcv_name");
SAME(CALL_SHORT_ROOM,
    offsetof(struct ipc_thread, short_room) - offsetof(struct ipc_thread, call),
    "short_room");
SAME(CALL_SHORT_OPTIONS, MACH_MSG_SHORT_OPTIONS, "options of the short way");
SAME(CALL_TRAILER, MACH_RCV_TRAILER_MASK, "options of trailers");
SAME(CALL_PLAIN, MACH_SEND_MSG | MACH_RCV_MSG, "send and receive");
SAME(VM_CACHE_NORMAL, MAIR_NORMAL, "MAIR index");
SAME(VM_CACHE_DEVICE, MAIR_DEVICE, "MAIR index");
SAME(VM_CACHE_WRITECOMBINE, MAIR_WRITECOMBINE, "MAIR index");
_Static_assert(sizeof(struct thread) < 4096, "offsets fit :lo12:");

#define OFFSET(symbol, type, member)                                   \
	__asm__ volatile(".globl " #symbol "\n\t.set " #symbol ", %c0" \
			 :                                             \
			 : "i"(offsetof(type, member)))

extern void asm_layout(void);

/* Never called: the assembler reads it. */
__attribute__((used)) void
asm_layout(void)
{
	OFFSET(OFFSET_THREAD_AST, struct thread, ast);
	OFFSET(OFFSET_CPU_THREAD, struct cpu, thread);
	OFFSET(OFFSET_THREAD_CALL, struct thread, ipc.call);
}
