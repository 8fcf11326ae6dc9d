/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What an exception means: by the class in ESR_EL1, for user mode and for the
 * kernel. Called by vectors.S with interrupts off, on a kernel stack.
 */
#include <mach/exception.h>

#include <arch/debug.h>
#include <arch/trap.h>
#include <arch/vm_param.h>

#include <kern/debugger.h>
#include <kern/ksyms.h>
#include <kern/panic.h>
#include <kern/printf.h>
#include <kern/thread.h>

#include "fpu.h"
#include "mmu.h"
#include "trap_entry.h"

#define ESR_CLASS(esr)  ((unsigned)((esr) >> 26 & 63))
#define ESR_ISS(esr)    ((esr)&0x1ffffffULL)
#define ESR_STATUS(esr) ((unsigned)((esr)&63))
#define ESR_WRITE       0x40ULL
#define ESR_CACHE       0x100ULL /* cache maintenance: needs read only */

enum esr_class {
	ESR_FPU_ACCESS = 0x07,
	ESR_SVC = 0x15,
	ESR_INSTRUCTION_ABORT = 0x20,
	ESR_PC_ALIGNMENT = 0x22,
	ESR_DATA_ABORT = 0x24,
	ESR_DATA_ABORT_KERNEL = 0x25,
	ESR_SP_ALIGNMENT = 0x26,
	ESR_FPU_EXCEPTION = 0x2c,
	ESR_BREAKPOINT = 0x30,
	ESR_BREAKPOINT_KERNEL = 0x31,
	ESR_STEP = 0x32,
	ESR_STEP_KERNEL = 0x33,
	ESR_WATCHPOINT = 0x34,
	ESR_WATCHPOINT_KERNEL = 0x35,
	ESR_BRK = 0x3c,
};

/* Fault status codes: groups of four, one a level (1 to 3: no or not that
 * access), and single ones. */
#define STATUS_GROUP(status) ((status) >> 2)
#define STATUS_ADDRESS_SIZE  0U
#define STATUS_TRANSLATION   1U
#define STATUS_PERMISSION    3U
#define STATUS_ALIGNMENT     0x21U

extern void copy_fail(void);

/* User accesses outside copy.S: <machine/copy.h>. */
struct fixup {
	uint64_t instruction;
	uint64_t target;
};

extern const struct fixup exception_table_start[], exception_table_end[];

static vm_prot_t
access_of(uint64_t esr)
{
	if (ESR_CLASS(esr) == ESR_INSTRUCTION_ABORT)
		return VM_PROT_EXECUTE;
	if ((esr & (ESR_WRITE | ESR_CACHE)) == ESR_WRITE)
		return VM_PROT_WRITE;
	return VM_PROT_READ;
}

/*
 * A memory abort at a user's address or by a user; KERN_SUCCESS: run the
 * instruction again. May block.
 */
static kern_return_t
resolve(uint64_t esr, uint64_t far, bool from_kernel)
{
	unsigned status = ESR_STATUS(esr);
	unsigned group = STATUS_GROUP(status);

	if (group >= STATUS_TRANSLATION && group <= STATUS_PERMISSION)
		return far < VM_MAX_ADDRESS
			   ? vm_fault_user(far, access_of(esr), from_kernel)
			   : KERN_INVALID_ADDRESS;
	if (group == STATUS_ADDRESS_SIZE)
		return KERN_INVALID_ADDRESS;
	if (status == STATUS_ALIGNMENT)
		return KERN_INVALID_ARGUMENT;
	return KERN_MEMORY_ERROR;
}

static void
user_abort(uint64_t esr, uint64_t far)
{
	kern_return_t kr = resolve(esr, far, false);

	if (kr != KERN_SUCCESS)
		exception_user(EXC_BAD_ACCESS, kr, (int64_t)far);
}

/* Does not return unless the instruction is to be run again. */
static __attribute__((noinline)) void
user_other(struct trap_frame *frame, uint64_t esr, uint64_t far)
{
	int64_t pc = (int64_t)frame->pc;

	switch (ESR_CLASS(esr)) {
	case ESR_FPU_ACCESS:
		if (!fpu_trap())
			exception_user(
			    EXC_BAD_ACCESS, KERN_RESOURCE_SHORTAGE, pc);
		return;
	case ESR_SVC:
		trap_unknown(frame);
	case ESR_PC_ALIGNMENT:
		exception_user(EXC_BAD_ACCESS, KERN_INVALID_ARGUMENT, pc);
	case ESR_SP_ALIGNMENT:
		exception_user(
		    EXC_BAD_ACCESS, KERN_INVALID_ARGUMENT, (int64_t)frame->sp);
	case ESR_FPU_EXCEPTION:
		exception_user(EXC_ARITHMETIC, EXC_CODE_FPU, pc);
	case ESR_STEP:
		if (!debug_user_step(frame))
			return;
		exception_user(EXC_BREAKPOINT, EXC_CODE_STEP, pc);
	case ESR_BRK:
	case ESR_BREAKPOINT:
		exception_user(EXC_BREAKPOINT, EXC_CODE_TRAP, pc);
	case ESR_WATCHPOINT:
		exception_user(EXC_BREAKPOINT, EXC_CODE_TRAP, (int64_t)far);
	default:
		exception_user(EXC_BAD_INSTRUCTION, (int64_t)esr, pc);
	}
}

void
trap_user(struct trap_frame *frame, uint64_t esr, uint64_t far)
{
	unsigned class = ESR_CLASS(esr);

	if (class == ESR_DATA_ABORT || class == ESR_INSTRUCTION_ABORT)
		user_abort(esr, far);
	else
		user_other(frame, esr, far);
}

void
trap_unknown(const struct trap_frame *frame)
{
	exception_syscall((int32_t)frame->x[16]);
}

/* Where a user access at the frame's pc goes on when it fails; 0: it is none.
 */
static uint64_t
fixup_for(const struct trap_frame *frame)
{
	if (ESR_CLASS(frame->esr) != ESR_DATA_ABORT_KERNEL ||
	    frame->far >= DIRECT_MAP_BASE)
		return 0;
	if (frame->pc >= (uint64_t)_copy_start &&
	    frame->pc < (uint64_t)_copy_end)
		return (uint64_t)copy_fail;
	for (const struct fixup *f = exception_table_start;
	     f < exception_table_end; f++)
		if (f->instruction == frame->pc)
			return f->target;
	return 0;
}

static const char *
kernel_fault_name(const struct trap_frame *frame)
{
	switch (ESR_CLASS(frame->esr)) {
	case ESR_DATA_ABORT_KERNEL:
		return (frame->esr & ESR_WRITE) != 0 ? "write" : "read";
	case ESR_INSTRUCTION_ABORT + 1:
		return "execution";
	case ESR_BRK:
		return "trap instruction";
	default:
		return "exception";
	}
}

static bool
is_stop(struct trap_frame *frame)
{
	switch (ESR_CLASS(frame->esr)) {
	case ESR_BREAKPOINT_KERNEL:
		return debug_exception(frame, DEBUG_EVENT_BREAK);
	case ESR_STEP_KERNEL:
		return debug_exception(frame, DEBUG_EVENT_STEP);
	case ESR_WATCHPOINT_KERNEL:
		return debug_exception(frame, DEBUG_EVENT_WATCH);
	default:
		return false;
	}
}

void
trap_kernel(struct trap_frame *frame)
{
	uint64_t fixup = fixup_for(frame);
	uint64_t offset = 0;
	const char *name;

	if (fixup != 0) {
		cpu_debug_unmask();
		if (resolve(frame->esr, frame->far, true) != KERN_SUCCESS)
			frame->pc = fixup;
		return;
	}
	if (is_stop(frame))
		return;
	if (debugger_catch != NULL && debugger_catch(frame, frame->far))
		return;
	panic_frame = frame;
	trap_frame_print(frame);
	name = ksym_find(frame->pc, &offset);
	panic("kernel %s at 0x%lx (%s+0x%lx), address 0x%lx, ESR 0x%lx",
	    kernel_fault_name(frame), frame->pc, name != NULL ? name : "?",
	    offset, frame->far, frame->esr);
}

void
trap_overflow(struct trap_frame *frame)
{
	panic_frame = frame;
	trap_frame_print(frame);
	panic("kernel stack overflow at 0x%lx, address 0x%lx", frame->pc,
	    frame->far);
}

void
trap_serror(struct trap_frame *frame, uint64_t esr)
{
	panic_frame = frame;
	trap_frame_print(frame);
	panic("system error interrupt, ESR 0x%lx", esr);
}

void
trap_unexpected(struct trap_frame *frame)
{
	panic_frame = frame;
	trap_frame_print(frame);
	panic("unexpected exception, ESR 0x%lx", frame->esr);
}

void
trap_frame_print(const struct trap_frame *frame)
{
	for (unsigned i = 0; i < 31; i++)
		printf(
		    "x%-2u %016lx%s", i, frame->x[i], i % 4 == 3 ? "\n" : "  ");
	printf("sp  %016lx\n", frame->sp);
	printf("pc  %016lx  pstate %08lx\n", frame->pc, frame->pstate);
}
