/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A thread's user registers, as thread_get_state and thread_set_state see
 * them.
 */
#include <machine/fpu.h>
#include <machine/io.h>
#include <machine/regs.h>
#include <machine/vm_param.h>

#include <kern/string.h>
#include <kern/thread.h>

/* Flags that are the user's own. */
#define USER_FLAGS                                                      \
	(RFLAGS_CF | RFLAGS_PF | RFLAGS_AF | RFLAGS_ZF | RFLAGS_SF |    \
	    RFLAGS_TF | RFLAGS_DF | RFLAGS_OF | RFLAGS_RF | RFLAGS_AC | \
	    RFLAGS_ID)

void
thread_state_init(struct thread *thread)
{
	memset(&thread->arch, 0, sizeof(thread->arch));
	thread->arch.frame.cs = SEL_USER_CODE;
	thread->arch.frame.ss = SEL_USER_DATA;
	thread->arch.frame.rflags = RFLAGS_IF | RFLAGS_ONE;
}

static void
get_general(const struct thread *thread, struct thread_general_state *state)
{
	const struct trap_frame *f = &thread->arch.frame;

	*state = (struct thread_general_state){
	    .rax = f->rax,
	    .rbx = f->rbx,
	    .rcx = f->rcx,
	    .rdx = f->rdx,
	    .rsi = f->rsi,
	    .rdi = f->rdi,
	    .rbp = f->rbp,
	    .rsp = f->rsp,
	    .r8 = f->r8,
	    .r9 = f->r9,
	    .r10 = f->r10,
	    .r11 = f->r11,
	    .r12 = f->r12,
	    .r13 = f->r13,
	    .r14 = f->r14,
	    .r15 = f->r15,
	    .rip = f->rip,
	    .rflags = f->rflags,
	    .fs_base = thread->arch.fs_base,
	    .gs_base = thread->arch.gs_base,
	};
}

/* The bases of the thread that runs are in the processor too. */
static void
set_bases(struct thread *thread, uint64_t fs_base, uint64_t gs_base)
{
	thread->arch.fs_base = fs_base;
	thread->arch.gs_base = gs_base;
	thread->ast =
	    gs_base != 0 ? thread->ast | AST_WHOLE : thread->ast & ~AST_WHOLE;
	if (thread != current_thread())
		return;
	write_msr(MSR_FS_BASE, fs_base);
	write_msr(MSR_KERNEL_GS_BASE, gs_base);
}

/*
 * IRETQ faults in the kernel on an instruction pointer that is not canonical,
 * so one outside user space is refused.
 */
static kern_return_t
set_general(struct thread *thread, const struct thread_general_state *state)
{
	struct trap_frame *f = &thread->arch.frame;

	if (state->rip >= VM_MAX_ADDRESS || state->fs_base >= VM_MAX_ADDRESS ||
	    state->gs_base >= VM_MAX_ADDRESS)
		return KERN_INVALID_ARGUMENT;
	f->rax = state->rax;
	f->rbx = state->rbx;
	f->rcx = state->rcx;
	f->rdx = state->rdx;
	f->rsi = state->rsi;
	f->rdi = state->rdi;
	f->rbp = state->rbp;
	f->rsp = state->rsp;
	f->r8 = state->r8;
	f->r9 = state->r9;
	f->r10 = state->r10;
	f->r11 = state->r11;
	f->r12 = state->r12;
	f->r13 = state->r13;
	f->r14 = state->r14;
	f->r15 = state->r15;
	f->rip = state->rip;
	f->rflags = (state->rflags & USER_FLAGS) | RFLAGS_IF | RFLAGS_ONE;
	set_bases(thread, state->fs_base, state->gs_base);
	thread->ast |= AST_STATE;
	return KERN_SUCCESS;
}

/* In natural_t, as the counts of the interface; 0 for an unknown flavour. */
static mach_msg_type_number_t
flavor_count(int flavor)
{
	switch (flavor) {
	case THREAD_STATE_GENERAL:
		return THREAD_STATE_GENERAL_COUNT;
	case THREAD_STATE_FLOAT:
		return THREAD_STATE_FLOAT_COUNT;
	default:
		return 0;
	}
}

kern_return_t
thread_state_get(struct thread *thread, int flavor, natural_t *state,
    mach_msg_type_number_t *count)
{
	mach_msg_type_number_t size = flavor_count(flavor);
	struct thread_general_state general;
	struct thread_float_state floating;

	if (size == 0 || *count < size)
		return KERN_INVALID_ARGUMENT;
	if (flavor == THREAD_STATE_FLOAT) {
		fpu_get(thread, &floating);
		memcpy(state, &floating, sizeof(floating));
	} else {
		get_general(thread, &general);
		memcpy(state, &general, sizeof(general));
	}
	*count = size;
	return KERN_SUCCESS;
}

kern_return_t
thread_state_set(struct thread *thread, int flavor, const natural_t *state,
    mach_msg_type_number_t count)
{
	struct thread_general_state general;
	struct thread_float_state floating;

	if (count == 0 || count != flavor_count(flavor))
		return KERN_INVALID_ARGUMENT;
	if (flavor == THREAD_STATE_FLOAT) {
		memcpy(&floating, state, sizeof(floating));
		return fpu_set(thread, &floating);
	}
	memcpy(&general, state, sizeof(general));
	return set_general(thread, &general);
}
