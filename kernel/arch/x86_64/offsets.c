/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Offsets for assembly. Compiled, never run: the builder makes gen/offsets.h
 * out of the lines "->NAME VALUE" in the compiler's output.
 */
#include <arch/vm_param.h>

#include <ipc/mach_msg.h>
#include <kern/cpu.h>
#include <kern/thread.h>

#define SYMBOL(name, value) __asm__ volatile("->" #name " %c0" : : "i"(value))
#define FRAME(name, field)  SYMBOL(name, offsetof(struct trap_frame, field))
#define CALL(name, field)   SYMBOL(name, offsetof(struct thread, ipc.call.field))

_Static_assert(offsetof(struct thread, arch.frame) == 0,
    "entry.S takes the thread's address for its frame's");
_Static_assert(sizeof(struct trap_frame) % 16 == 0,
    "the processor aligns the stack it pushes on");

extern void offsets(void);

void
offsets(void)
{
	FRAME(FRAME_R15, r15);
	FRAME(FRAME_R14, r14);
	FRAME(FRAME_R13, r13);
	FRAME(FRAME_R12, r12);
	FRAME(FRAME_R11, r11);
	FRAME(FRAME_R10, r10);
	FRAME(FRAME_R9, r9);
	FRAME(FRAME_R8, r8);
	FRAME(FRAME_RBP, rbp);
	FRAME(FRAME_RDI, rdi);
	FRAME(FRAME_RSI, rsi);
	FRAME(FRAME_RDX, rdx);
	FRAME(FRAME_RCX, rcx);
	FRAME(FRAME_RBX, rbx);
	FRAME(FRAME_RAX, rax);
	FRAME(FRAME_RIP, rip);
	FRAME(FRAME_CS, cs);
	FRAME(FRAME_RFLAGS, rflags);
	FRAME(FRAME_RSP, rsp);
	SYMBOL(THREAD_KERNEL_SP, offsetof(struct thread, arch.kernel_sp));
	SYMBOL(THREAD_AST, offsetof(struct thread, ast));
	SYMBOL(CPU_THREAD, offsetof(struct cpu, thread));
	SYMBOL(CPU_KERNEL_SP, offsetof(struct cpu, arch.kernel_sp));
	SYMBOL(CPU_USER_SP, offsetof(struct cpu, arch.user_sp));
	CALL(CALL_BUFFER, buffer);
	CALL(CALL_OPTION, option);
	CALL(CALL_RCV_SIZE, rcv_size);
	CALL(CALL_RCV_NAME, rcv_name);
	SYMBOL(THREAD_SHORT_ROOM, offsetof(struct thread, ipc.short_room));
	SYMBOL(SEND_AND_RECEIVE, MACH_SEND_MSG | MACH_RCV_MSG);
	SYMBOL(TRAILER_OPTIONS, MACH_RCV_TRAILER_MASK);
	SYMBOL(NOT_SHORT_OPTIONS, (int)~MACH_MSG_SHORT_OPTIONS);
	SYMBOL(AST_STATE_SET, AST_STATE);
	SYMBOL(AST_TRACE_SET, AST_TRACE);
	SYMBOL(AST_STATE_CLEAR, (int)~AST_STATE);
	SYMBOL(STACK_SIZE, KERNEL_STACK_SIZE);
}
