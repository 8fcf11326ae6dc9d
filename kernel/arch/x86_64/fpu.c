/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Floating point state. CR0.TS is clear exactly while the current thread has
 * an area, so the first use of one without traps. While it is set,
 * cpu->arch.fpu_owner is the thread whose saved state the registers equal, or
 * NULL; it saves a load when only threads without floating point ran in
 * between. While it is clear that says nothing.
 */
#include <arch/vm_param.h>
#include <machine/fpu.h>
#include <machine/io.h>
#include <machine/regs.h>

#include <kern/slab.h>
#include <kern/string.h>
#include <kern/thread.h>

#define FCW_DEFAULT   0x037f
#define MXCSR_DEFAULT 0x1f80U
#define MXCSR_VALID   0x0000ffbfU /* without what CPUs may lack */

/* FXSAVE's image, as far as the kernel looks into it. */
struct fpu_area {
	uint16_t fcw;
	uint16_t fsw;
	uint8_t tags;
	uint8_t reserved;
	uint16_t opcode;
	uint64_t instruction;
	uint64_t data;
	uint32_t mxcsr;
	uint32_t mxcsr_mask;
	uint8_t registers[480];
} __attribute__((aligned(16)));

_Static_assert(sizeof(struct fpu_area) == sizeof(struct thread_float_state),
    "thread_get_state hands the image out as it is");

static struct slab_cache fpu_cache;

static const struct fpu_area initial_area = {
    .fcw = FCW_DEFAULT,
    .mxcsr = MXCSR_DEFAULT,
};

void
fpu_init(void)
{
	slab_cache_init(&fpu_cache, "fpu", sizeof(struct fpu_area), 64);
}

/* Give the thread an area with the initial state. */
static kern_return_t
attach(struct thread *thread)
{
	struct fpu_area *area = slab_alloc(&fpu_cache);

	if (area == NULL)
		return KERN_RESOURCE_SHORTAGE;
	*area = initial_area;
	thread->arch.fpu = area;
	return KERN_SUCCESS;
}

/* The area has changed: nothing in the registers is the thread's any more. */
static void
reload(struct thread *thread)
{
	struct cpu *cpu = cpu_self();

	if (thread == cpu->thread) {
		fpu_enable();
		fpu_load(thread->arch.fpu);
	} else if (cpu->arch.fpu_owner == thread) {
		cpu->arch.fpu_owner = NULL;
	}
}

kern_return_t
fpu_first_use(void)
{
	struct thread *self = current_thread();

	if (self->arch.fpu == NULL && attach(self) != KERN_SUCCESS)
		return KERN_RESOURCE_SHORTAGE;
	reload(self);
	return KERN_SUCCESS;
}

void
fpu_get(struct thread *thread, struct thread_float_state *state)
{
	const struct fpu_area *area = thread->arch.fpu;

	if (area == NULL)
		area = &initial_area;
	else if (thread == current_thread())
		fpu_save(thread->arch.fpu);
	memcpy(state->fxsave, area, sizeof(*area));
}

kern_return_t
fpu_set(struct thread *thread, const struct thread_float_state *state)
{
	if (thread->arch.fpu == NULL && attach(thread) != KERN_SUCCESS)
		return KERN_RESOURCE_SHORTAGE;
	memcpy(thread->arch.fpu, state->fxsave, sizeof(*thread->arch.fpu));
	thread->arch.fpu->mxcsr &= MXCSR_VALID;
	reload(thread);
	return KERN_SUCCESS;
}

void
fpu_release(struct thread *thread)
{
	struct cpu *cpu = cpu_self();

	if (cpu->arch.fpu_owner == thread || cpu->thread == thread)
		cpu->arch.fpu_owner = NULL;
	if (thread->arch.fpu != NULL)
		slab_free(&fpu_cache, thread->arch.fpu);
	thread->arch.fpu = NULL;
	if (thread == cpu->thread)
		fpu_disable();
}
