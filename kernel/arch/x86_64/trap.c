/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What a trap means. From user mode: a page fault for the VM system, an
 * interrupt, or a Mach exception. From the kernel: an interrupt while it
 * waits for one, a page fault on a user address in copyin or copyout, or a bug.
 */
#include <mach/exception.h>

#include <arch/trap.h>
#include <arch/vm_param.h>
#include <machine/fpu.h>
#include <machine/intr.h>
#include <machine/io.h>
#include <machine/regs.h>

#include <kern/debugger.h>
#include <kern/ksyms.h>
#include <kern/panic.h>
#include <kern/printf.h>
#include <kern/thread.h>

/* Called from entry.S. */
extern void trap_from_user(struct trap_frame *frame);
extern void trap_from_kernel(struct trap_frame *frame);
extern _Noreturn void trap_fatal(struct trap_frame *frame);

struct fixup {
	vaddr_t instruction;
	vaddr_t target;
};

extern const struct fixup exception_table_start[], exception_table_end[];

static const char *const trap_name[] = {"divide error", "debug", "NMI",
    "breakpoint", "overflow", "bound range", "invalid opcode", "no FPU",
    "double fault", "coprocessor overrun", "invalid TSS", "segment not present",
    "stack fault", "general protection", "page fault", "reserved", "FPU error",
    "alignment check", "machine check", "SIMD error"};

#define TRAP_NAMES (sizeof(trap_name) / sizeof(trap_name[0]))

void
trap_frame_print(const struct trap_frame *f)
{
	printf("trap %u error %lx cr2 %016lx\n", (unsigned)f->vector, f->error,
	    read_cr2());
	printf("rip %02lx:%016lx rsp %02lx:%016lx flags %08lx\n", f->cs, f->rip,
	    f->ss, f->rsp, f->rflags);
	printf("rax %016lx rbx %016lx rcx %016lx\n", f->rax, f->rbx, f->rcx);
	printf("rdx %016lx rsi %016lx rdi %016lx\n", f->rdx, f->rsi, f->rdi);
	printf("rbp %016lx r8  %016lx r9  %016lx\n", f->rbp, f->r8, f->r9);
	printf("r10 %016lx r11 %016lx r12 %016lx\n", f->r10, f->r11, f->r12);
	printf("r13 %016lx r14 %016lx r15 %016lx\n", f->r13, f->r14, f->r15);
}

_Noreturn void
trap_fatal(struct trap_frame *frame)
{
	panic_frame = frame;
	trap_frame_print(frame);
	backtrace_print(frame->rbp, frame->rip);
	panic("%s in the kernel at %lx",
	    frame->vector < TRAP_NAMES ? trap_name[frame->vector] : "trap",
	    frame->rip);
}

static vm_prot_t
fault_access(uint64_t error)
{
	if ((error & FAULT_FETCH) != 0)
		return VM_PROT_EXECUTE;
	return (error & FAULT_WRITE) != 0 ? VM_PROT_WRITE : VM_PROT_READ;
}

static void
user_page_fault(const struct trap_frame *frame)
{
	vm_address_t address = read_cr2();
	kern_return_t kr = KERN_INVALID_ADDRESS;

	if (address < VM_MAX_ADDRESS)
		kr = vm_fault_user(address, fault_access(frame->error), false);
	if (kr != KERN_SUCCESS)
		exception_user(EXC_BAD_ACCESS, kr, (int64_t)address);
}

static void
user_first_float(void)
{
	kern_return_t kr = fpu_first_use();

	if (kr != KERN_SUCCESS)
		exception_user(EXC_SOFTWARE, kr, 0);
}

/*
 * Where a jump leads nowhere some processors report the target, which IRETQ
 * would refuse in the kernel if it is not canonical. The end of user space is
 * no better for the user and can be returned to.
 */
static void
make_returnable(struct trap_frame *frame)
{
	if ((uint64_t)((int64_t)(frame->rip << 16) >> 16) != frame->rip)
		frame->rip = VM_MAX_ADDRESS;
}

/*
 * What the processor itself objects to. A general protection fault is an
 * address that is not canonical or a privileged instruction; the processor
 * does not say which, and gives no address.
 */
static _Noreturn void
user_exception(unsigned vector)
{
	switch (vector) {
	case TRAP_DIVIDE:
		exception_user(EXC_ARITHMETIC, EXC_CODE_DIVIDE, 0);
	case TRAP_OVERFLOW:
		exception_user(EXC_ARITHMETIC, EXC_CODE_OVERFLOW, 0);
	case TRAP_FPU:
	case TRAP_SIMD:
		exception_user(EXC_ARITHMETIC, EXC_CODE_FPU, 0);
	case TRAP_DEBUG:
		exception_user(EXC_BREAKPOINT, EXC_CODE_STEP, 0);
	case TRAP_BREAKPOINT:
		exception_user(EXC_BREAKPOINT, EXC_CODE_TRAP, 0);
	case TRAP_SEGMENT:
	case TRAP_STACK:
	case TRAP_PROTECTION:
	case TRAP_ALIGNMENT:
		exception_user(EXC_BAD_ACCESS, KERN_INVALID_ADDRESS, 0);
	default:
		exception_user(EXC_BAD_INSTRUCTION, (int64_t)vector, 0);
	}
}

void
trap_from_user(struct trap_frame *frame)
{
	if (frame->vector >= VECTOR_IRQ) {
		irq_vector((unsigned)frame->vector);
	} else if (frame->vector == TRAP_PAGE_FAULT) {
		user_page_fault(frame);
	} else if (frame->vector == TRAP_NO_FPU) {
		user_first_float();
	} else {
		make_returnable(frame);
		user_exception((unsigned)frame->vector);
	}
}

/* Where a user access at `rip` goes on when it fails; 0: it is none. */
static vaddr_t
fixup_for(vaddr_t rip)
{
	for (const struct fixup *f = exception_table_start;
	     f < exception_table_end; f++)
		if (f->instruction == rip)
			return f->target;
	return 0;
}

/* A page fault at a user address in copyin or copyout; false: a bug. */
static bool
copy_page_fault(struct trap_frame *frame)
{
	vm_address_t address = read_cr2();
	vaddr_t fixup = fixup_for(frame->rip);

	if (address >> 47 != 0 || fixup == 0)
		return false;
	if (address >= VM_MAX_ADDRESS ||
	    vm_fault_user(address, fault_access(frame->error), true) !=
		KERN_SUCCESS)
		frame->rip = fixup;
	return true;
}

void
trap_from_kernel(struct trap_frame *frame)
{
	if (frame->vector >= VECTOR_IRQ) {
		irq_vector((unsigned)frame->vector);
		return;
	}
	if (frame->vector == TRAP_PAGE_FAULT && copy_page_fault(frame))
		return;
	if (frame->vector == TRAP_DEBUG && debugger_trap != NULL &&
	    debugger_trap(frame))
		return;
	if (debugger_catch != NULL && debugger_catch(frame, read_cr2()))
		return;
	trap_fatal(frame);
}
