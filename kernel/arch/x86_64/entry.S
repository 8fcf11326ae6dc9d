/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Ways into the kernel and out of it. From user mode the registers go straight
 * into the current thread's frame (struct thread starts with it) and the
 * kernel starts on the top of the thread's kernel stack; cpu->arch.kernel_sp
 * is 8 below that, so that the one argument a trap passes on the stack leaves
 * it aligned for the call. Interrupts are off throughout.
 */
#include <machine/asm.h>
#include <machine/regs.h>

#include <trap_prototypes.h>

#include "offsets.h"

	.text

	.macro restore_preserved thread
	movq FRAME_RBX(\thread), %rbx
	movq FRAME_RBP(\thread), %rbp
	movq FRAME_R12(\thread), %r12
	movq FRAME_R13(\thread), %r13
	movq FRAME_R14(\thread), %r14
	movq FRAME_R15(\thread), %r15
	.endm

	/* The end of a trap; RAX and what is preserved are the user's. */
	.macro return_to_user thread
	movq FRAME_RIP(\thread), %rcx
	movq FRAME_RFLAGS(\thread), %r11
	movq FRAME_RSP(\thread), %rsp
	xorl %edx, %edx
	xorl %esi, %esi
	xorl %edi, %edi
	xorl %r8d, %r8d
	xorl %r9d, %r9d
	xorl %r10d, %r10d
	swapgs
	sysretq
	.endm

/*
 * SYSCALL: rax = -index into mach_trap_table, arguments rdi rsi rdx r10 r8 r9
 * rbx. RCX holds the user's rip, R11 its flags. A trap that returns here has
 * not lost its stack, so the registers C preserves are still the user's; those
 * it does not are cleared. AST_STATE means the frame has been changed.
 */
FUNCTION(syscall_entry)
	swapgs
	movq %rsp, %gs:CPU_USER_SP
	movq %gs:CPU_THREAD, %rsp
	movq %rcx, FRAME_RIP(%rsp)
	movq %gs:CPU_USER_SP, %rcx
	movq %r11, FRAME_RFLAGS(%rsp)
	movq %rcx, FRAME_RSP(%rsp)
	movq %rbx, FRAME_RBX(%rsp)
	movq %rbp, FRAME_RBP(%rsp)
	movq %r12, FRAME_R12(%rsp)
	movq %r13, FRAME_R13(%rsp)
	movq %r14, FRAME_R14(%rsp)
	movq %r15, FRAME_R15(%rsp)
	cmpl $-TRAP_NUMBER_mach_msg_trap, %eax
	je mach_msg_entry
any_trap:
	negl %eax
	cmpl mach_trap_count, %eax
	jae unknown_trap
	movq mach_trap_table(, %rax, 8), %r11
	testl $AST_TRACE_SET, THREAD_AST(%rsp)
	jnz traced_trap
	movq %gs:CPU_KERNEL_SP, %rsp
	movq %r10, %rcx
	pushq %rbx
	call *%r11

	movq %gs:CPU_THREAD, %rdx
syscall_exit:
	cmpl $0, THREAD_AST(%rdx)
	jne syscall_work
	return_to_user %rdx

/* The arguments of a plain call stay where they are and go to the thread. */
mach_msg_entry:
	cmpl $SEND_AND_RECEIVE, %esi
	jne 2f
1:	movq %rdi, CALL_BUFFER(%rsp)
	movl %esi, CALL_OPTION(%rsp)
	movl %r10d, CALL_RCV_SIZE(%rsp)
	movl %r10d, THREAD_SHORT_ROOM(%rsp)
	movl %r8d, CALL_RCV_NAME(%rsp)
	movq %rsp, %r9
	movq %gs:CPU_KERNEL_SP, %rsp
	jmp mach_msg_short_way
2:	movl %esi, %ecx
	andl $NOT_SHORT_OPTIONS, %ecx
	cmpl $SEND_AND_RECEIVE, %ecx
	jne any_trap
	testl $TRAILER_OPTIONS, %esi
	jz 1b
	movq %rdi, CALL_BUFFER(%rsp)
	movl %esi, CALL_OPTION(%rsp)
	movl %r10d, CALL_RCV_SIZE(%rsp)
	movl %r8d, CALL_RCV_NAME(%rsp)
	movq %rsp, %r9
	movq %gs:CPU_KERNEL_SP, %rsp
	jmp mach_msg_trailer_way
END(syscall_entry)

FUNCTION(trap_return_value)
	movq %gs:CPU_THREAD, %rdx
	movq %rdi, %rax
	restore_preserved %rdx
	jmp syscall_exit
END(trap_return_value)

FUNCTION(trap_return_success)
	xorl %eax, %eax
	cmpl $0, THREAD_AST(%rdi)
	jne 1f
	restore_preserved %rdi
	return_to_user %rdi
1:	movq %rdi, %rdx
	/* fall through */
END(trap_return_success)

/* After a trap with something to do before user mode; RDX: the thread. */
syscall_work:
	movq %gs:CPU_KERNEL_SP, %rsp
	testl $AST_STATE_SET, THREAD_AST(%rdx)
	jnz thread_return
	movq %rax, FRAME_RAX(%rdx)
	jmp thread_return

	.macro save_arguments
	movq %rdi, FRAME_RDI(%rsp)
	movq %rsi, FRAME_RSI(%rsp)
	movq %rdx, FRAME_RDX(%rsp)
	movq %r10, FRAME_R10(%rsp)
	movq %r8, FRAME_R8(%rsp)
	movq %r9, FRAME_R9(%rsp)
	.endm

/* Somebody wants to see the trap, its arguments and how it ends. */
traced_trap:
	cmpq $trap_invalid, %r11
	je unknown_trap
1:	save_arguments
	movq %gs:CPU_KERNEL_SP, %rsp
	subq $8, %rsp
	movl %eax, %edi
	call trap_traced
	movq %gs:CPU_THREAD, %rdx
	jmp syscall_exit

/* EDI: the size of the message sent. */
FUNCTION(mach_msg_long_way)
	movq %gs:CPU_KERNEL_SP, %rsp
	movq %gs:CPU_THREAD, %rdx
	testl $AST_TRACE_SET, THREAD_AST(%rdx)
	jz mach_msg_take_long_way
	movq %rdx, %rsp
	movl %edi, %edx
	movq CALL_BUFFER(%rsp), %rdi
	movl CALL_OPTION(%rsp), %esi
	movl CALL_RCV_SIZE(%rsp), %r10d
	movl CALL_RCV_NAME(%rsp), %r8d
	xorl %r9d, %r9d
	movl $TRAP_NUMBER_mach_msg_trap, %eax
	jmp 1b
END(mach_msg_long_way)

/* A gap in the table: as a number beyond its end, before any stack was used. */
FUNCTION(trap_invalid)
	movq %gs:CPU_THREAD, %rsp
	/* fall through */
END(trap_invalid)

/* No such trap: the exception wants all registers. EAX: -number. */
unknown_trap:
	negl %eax
	movslq %eax, %rax
	movq %rax, FRAME_RAX(%rsp)
	save_arguments
	movq %gs:CPU_KERNEL_SP, %rsp
	subq $8, %rsp
	xorl %ebp, %ebp
	movl %eax, %edi
	call exception_syscall
	ud2

/* Every other way in: the stub has pushed an error code and the vector. */
	.balign 16
trap_common:
	pushq %rax
	pushq %rbx
	pushq %rcx
	pushq %rdx
	pushq %rsi
	pushq %rdi
	pushq %rbp
	pushq %r8
	pushq %r9
	pushq %r10
	pushq %r11
	pushq %r12
	pushq %r13
	pushq %r14
	pushq %r15
	cld
	USER_ACCESS_OFF
	movq %rsp, %rdi
	testb $3, FRAME_CS(%rsp)
	jz from_kernel
	swapgs
	movq %gs:CPU_KERNEL_SP, %rsp
	subq $8, %rsp
	call trap_from_user
	movq %gs:CPU_THREAD, %rsp
	cmpl $0, THREAD_AST(%rsp)
	jne trap_work
	/* The registers that C preserves are still the user's. */
	movq FRAME_RAX(%rsp), %rax
	movq FRAME_RCX(%rsp), %rcx
	movq FRAME_RDX(%rsp), %rdx
	movq FRAME_RSI(%rsp), %rsi
	movq FRAME_RDI(%rsp), %rdi
	movq FRAME_R8(%rsp), %r8
	movq FRAME_R9(%rsp), %r9
	movq FRAME_R10(%rsp), %r10
	movq FRAME_R11(%rsp), %r11
	addq $FRAME_RIP, %rsp
	swapgs
	iretq
trap_work:
	movq %gs:CPU_KERNEL_SP, %rsp
	jmp thread_return

FUNCTION(trap_return)
	movq %gs:CPU_THREAD, %rsp
	andl $AST_STATE_CLEAR, THREAD_AST(%rsp)
	popq %r15
	popq %r14
	popq %r13
	popq %r12
	popq %r11
	popq %r10
	popq %r9
	popq %r8
	popq %rbp
	popq %rdi
	popq %rsi
	popq %rdx
	popq %rcx
	popq %rbx
	popq %rax
	addq $16, %rsp
	swapgs
	iretq
END(trap_return)

from_kernel:
	call trap_from_kernel
	popq %r15
	popq %r14
	popq %r13
	popq %r12
	popq %r11
	popq %r10
	popq %r9
	popq %r8
	popq %rbp
	popq %rdi
	popq %rsi
	popq %rdx
	popq %rcx
	popq %rbx
	popq %rax
	addq $16, %rsp
	iretq

/*
 * NMI, double fault, machine check: on a stack of their own, perhaps between
 * an entry and its SWAPGS, so GS is looked at and not the mode. No return.
 */
trap_anywhere:
	pushq %rax
	pushq %rbx
	pushq %rcx
	pushq %rdx
	pushq %rsi
	pushq %rdi
	pushq %rbp
	pushq %r8
	pushq %r9
	pushq %r10
	pushq %r11
	pushq %r12
	pushq %r13
	pushq %r14
	pushq %r15
	cld
	USER_ACCESS_OFF
	movl $MSR_GS_BASE, %ecx
	rdmsr
	testl %edx, %edx
	js 1f
	swapgs
1:	movq %rsp, %rdi
	call trap_fatal
	ud2

/*
 * A stub a vector, as short as they go: the vector is pushed as a byte that
 * the processor extends by its sign, and read as a byte.
 */
	.globl trap_stubs
trap_stubs:
	.set vector, 0
	.rept VECTOR_COUNT
	.org trap_stubs + vector * TRAP_STUB_SIZE
	.if vector == TRAP_DOUBLE_FAULT || (vector >= TRAP_TSS && \
	    vector <= TRAP_PAGE_FAULT) || vector == TRAP_ALIGNMENT || \
	    vector == 21 || vector == 29 || vector == 30
	.else
	pushq $0
	.endif
	pushq $(vector - (vector & 0x80) * 2)
	.if vector == TRAP_NMI || vector == TRAP_DOUBLE_FAULT || \
	    vector == TRAP_MACHINE_CHECK
	jmp trap_anywhere
	.else
	jmp trap_common
	.endif
	.set vector, vector + 1
	.endr

	.section .note.GNU-stack, "", @progbits
