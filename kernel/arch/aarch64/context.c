/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Threads as the architecture sees them: first stack, what changes with the
 * thread on a processor, user registers as flavours.
 */
#include <mach/machine/thread_status.h>

#include <arch/context.h>
#include <arch/vm_param.h>
#include <machine/asm.h>

#include <kern/string.h>
#include <kern/thread.h>

#include "fpu.h"
#include "sysreg.h"

/* What context_switch() in switch.S pops; ends in a jump to x30. */
struct switch_frame {
	uint64_t x29, x30;
	uint64_t x19_x28[10];
};

/*
 * NZCV, DIT, SSBS, BTYPE: what a user may choose, besides PSTATE_STEP, which
 * stands in thread->ast. The rest is zero: EL0.
 */
#define PSTATE_USER 0xf1001c00ULL

void
context_prepare(struct thread *thread, void (*entry)(struct thread *previous))
{
	struct switch_frame *frame =
	    (struct switch_frame *)((char *)thread->kstack +
				    KERNEL_STACK_SIZE) -
	    1;

	memset(frame, 0, sizeof(*frame));
	frame->x30 = (uint64_t)entry;
	thread->arch.kernel_sp = (uint64_t)frame;
}

void
context_resume_point(const struct thread *thread, vaddr_t *fp, vaddr_t *pc)
{
	const struct switch_frame *frame =
	    (const struct switch_frame *)thread->arch.kernel_sp;

	*fp = frame->x29;
	*pc = frame->x30;
}

void
context_activate(struct thread *old, struct thread *new)
{
	if (old != new &&old != NULL)
		old->arch.tpidr_el0 = SYSREG_READ("tpidr_el0");
	SYSREG_WRITE("tpidr_el0", new->arch.tpidr_el0);
	fpu_switch(cpu_self(), new);
}

void
thread_state_init(struct thread *thread)
{
	memset(&thread->arch, 0, sizeof(thread->arch));
}

void
context_destroy(struct thread *thread)
{
	fpu_release(thread);
}

static void
general_get(struct thread *thread, struct thread_general_state *state)
{
	const struct trap_frame *frame = &thread->arch.frame;

	memcpy(state->x, frame->x, sizeof(state->x));
	state->sp = frame->sp;
	state->pc = frame->pc;
	state->pstate = frame->pstate & PSTATE_USER;
	if (thread->ast & AST_STEP)
		state->pstate |= PSTATE_STEP;
	state->tpidr_el0 = thread == current_thread() ? SYSREG_READ("tpidr_el0")
						      : thread->arch.tpidr_el0;
}

/*
 * Any pc and sp will do: the processor faults in user mode on one that is not
 * canonical.
 */
static kern_return_t
general_set(struct thread *thread, const struct thread_general_state *state)
{
	struct trap_frame *frame = &thread->arch.frame;

	if ((state->pstate & ~(PSTATE_USER | PSTATE_STEP)) != 0)
		return KERN_INVALID_ARGUMENT;
	memcpy(frame->x, state->x, sizeof(frame->x));
	frame->sp = state->sp;
	frame->pc = state->pc;
	frame->pstate = state->pstate & PSTATE_USER;
	thread->arch.tpidr_el0 = state->tpidr_el0;
	thread->ast = (thread->ast & ~AST_STEP) | AST_STATE |
		      (state->pstate & PSTATE_STEP ? AST_STEP : 0);
	if (thread == current_thread())
		SYSREG_WRITE("tpidr_el0", state->tpidr_el0);
	return KERN_SUCCESS;
}

/* The caller's array of natural_t need not be aligned for the structures. */
kern_return_t
thread_state_get(struct thread *thread, int flavor, natural_t *state,
    mach_msg_type_number_t *count)
{
	struct thread_general_state general;
	struct thread_float_state floating;

	switch (flavor) {
	case THREAD_STATE_GENERAL:
		if (*count < THREAD_STATE_GENERAL_COUNT)
			return KERN_INVALID_ARGUMENT;
		general_get(thread, &general);
		memcpy(state, &general, sizeof(general));
		*count = THREAD_STATE_GENERAL_COUNT;
		return KERN_SUCCESS;
	case THREAD_STATE_FLOAT:
		if (*count < THREAD_STATE_FLOAT_COUNT)
			return KERN_INVALID_ARGUMENT;
		fpu_get(thread, &floating);
		memcpy(state, &floating, sizeof(floating));
		*count = THREAD_STATE_FLOAT_COUNT;
		return KERN_SUCCESS;
	default:
		return KERN_INVALID_ARGUMENT;
	}
}

kern_return_t
thread_state_set(struct thread *thread, int flavor, const natural_t *state,
    mach_msg_type_number_t count)
{
	struct thread_general_state general;
	struct thread_float_state floating;

	switch (flavor) {
	case THREAD_STATE_GENERAL:
		if (count != THREAD_STATE_GENERAL_COUNT)
			return KERN_INVALID_ARGUMENT;
		memcpy(&general, state, sizeof(general));
		return general_set(thread, &general);
	case THREAD_STATE_FLOAT:
		if (count != THREAD_STATE_FLOAT_COUNT)
			return KERN_INVALID_ARGUMENT;
		memcpy(&floating, state, sizeof(floating));
		return fpu_set(thread, &floating);
	default:
		return KERN_INVALID_ARGUMENT;
	}
}
