/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Kernel contexts: new stacks, and what a processor must know about the
 * thread it runs.
 */
#include <arch/vm_param.h>
#include <machine/fpu.h>
#include <machine/io.h>
#include <machine/regs.h>

#include <kern/thread.h>

extern void context_start(void);

/* What context_switch() pops, from the lowest address up. */
struct switch_frame {
	uint64_t r15, r14, r13, r12, rbx, rbp;
	uint64_t rip;
	uint64_t alignment;
};

void
context_prepare(struct thread *thread, void (*entry)(struct thread *previous))
{
	vaddr_t top = (vaddr_t)thread->kstack + KERNEL_STACK_SIZE;
	struct switch_frame *frame = (struct switch_frame *)top - 1;

	*frame = (struct switch_frame){
	    .rbx = (vaddr_t)entry,
	    .rip = (vaddr_t)context_start,
	};
	thread->arch.kernel_sp = (vaddr_t)frame;
}

void
context_resume_point(const struct thread *thread, vaddr_t *fp, vaddr_t *pc)
{
	const struct switch_frame *frame =
	    (const struct switch_frame *)thread->arch.kernel_sp;

	*fp = frame->rbp;
	*pc = frame->rip;
}

/*
 * User code can change its segment bases behind the kernel's back (by loading
 * a selector), so only a base of zero on both sides is known to be right.
 */
void
context_activate(struct thread *old, struct thread *new)
{
	struct cpu *cpu = cpu_self();

	cpu->arch.kernel_sp = (vaddr_t) new->kstack + KERNEL_STACK_SIZE - 8;
	cpu->arch.tss.rsp0 = (vaddr_t)(&new->arch.frame + 1);
	if ((old->arch.fs_base | new->arch.fs_base) != 0)
		write_msr(MSR_FS_BASE, new->arch.fs_base);
	if ((old->arch.gs_base | new->arch.gs_base) != 0)
		write_msr(MSR_KERNEL_GS_BASE, new->arch.gs_base);
	fpu_switch(cpu, old, new);
}

void
context_destroy(struct thread *thread)
{
	fpu_release(thread);
}
