/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Lazy switching of the floating-point registers: the processor keeps the last
 * user's values until another thread traps on using them. cpu->arch.fpu_owner
 * is whose they are; CPACR_EL1 lets user mode touch them only while the owner
 * runs. Threads that never do cost nothing and have no save area.
 *
 * Compilers use vector registers for plain copies, so some threads trap after
 * every switch, which costs three times what loading the registers does. After
 * FPU_STEADY traps a thread's registers are loaded by the switch itself, for
 * STEADY_SWITCHES times; then it has to trap once to go on so.
 */
#include "fpu.h"

#include <arch/cpu.h>

#include <kern/cpu.h>
#include <kern/slab.h>
#include <kern/string.h>
#include <kern/thread.h>

#include "sysreg.h"

#define STEADY_SWITCHES 32

struct fpu_state {
	struct thread_float_state user;
};

extern void fpu_save(struct fpu_state *state);
extern void fpu_restore(const struct fpu_state *state);

static bool
fpu_area(struct thread *thread)
{
	if (thread->arch.fpu == NULL)
		thread->arch.fpu = kalloc_zero(sizeof(*thread->arch.fpu));
	return thread->arch.fpu != NULL;
}

/* Put the registers away; they belong to nobody then. */
static void
fpu_flush(struct cpu *cpu)
{
	if (cpu->arch.fpu_owner != NULL)
		fpu_save(cpu->arch.fpu_owner->arch.fpu);
	cpu->arch.fpu_owner = NULL;
	fpu_permit(cpu, false);
}

/* `new`, which has an area, owns the registers from here on. */
static void
fpu_load(struct cpu *cpu, struct thread *new)
{
	if (cpu->arch.fpu_owner != NULL)
		fpu_save(cpu->arch.fpu_owner->arch.fpu);
	fpu_restore(new->arch.fpu);
	cpu->arch.fpu_owner = new;
	fpu_permit(cpu, true);
}

void
fpu_switch_steady(struct cpu *cpu, struct thread *new)
{
	new->arch.fpu_uses--;
	fpu_load(cpu, new);
}

bool
fpu_trap(void)
{
	struct cpu *cpu = cpu_self();
	struct thread *self = cpu->thread;

	if (!fpu_area(self))
		return false;
	if (++self->arch.fpu_uses >= FPU_STEADY)
		self->arch.fpu_uses = FPU_STEADY + STEADY_SWITCHES;
	if (cpu->arch.fpu_owner != self)
		fpu_load(cpu, self);
	else
		fpu_permit(cpu, true);
	return true;
}

void
fpu_release(struct thread *thread)
{
	struct cpu *cpu = cpu_self();

	if (thread->arch.fpu == NULL)
		return;
	if (cpu->arch.fpu_owner == thread) {
		cpu->arch.fpu_owner = NULL;
		fpu_permit(cpu, false);
	}
	kfree(thread->arch.fpu, sizeof(*thread->arch.fpu));
	thread->arch.fpu = NULL;
	thread->arch.fpu_uses = 0;
}

void
fpu_get(struct thread *thread, struct thread_float_state *state)
{
	struct cpu *cpu = cpu_self();

	if (thread->arch.fpu == NULL) {
		memset(state, 0, sizeof(*state));
		return;
	}
	if (cpu->arch.fpu_owner == thread)
		fpu_flush(cpu);
	*state = thread->arch.fpu->user;
}

kern_return_t
fpu_set(struct thread *thread, const struct thread_float_state *state)
{
	struct cpu *cpu = cpu_self();

	if (!fpu_area(thread))
		return KERN_RESOURCE_SHORTAGE;
	if (cpu->arch.fpu_owner == thread)
		fpu_flush(cpu);
	thread->arch.fpu->user = *state;
	return KERN_SUCCESS;
}
