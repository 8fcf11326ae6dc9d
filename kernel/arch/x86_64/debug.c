/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Following frame pointers; the debug registers.
 */
#include <arch/debug.h>
#include <arch/trap.h>
#include <arch/vm_param.h>
#include <machine/mmu.h>
#include <machine/regs.h>

/* Every function begins by pushing the caller's frame pointer. */
struct frame {
	vaddr_t fp;
	vaddr_t pc;
};

bool
debug_unwind(vaddr_t *fp, vaddr_t *pc)
{
	const struct frame *frame = (const struct frame *)*fp;

	if (*fp % sizeof(vaddr_t) != 0 || !mmu_is_mapped(*fp) ||
	    !mmu_is_mapped(*fp + sizeof(vaddr_t)))
		return false;
	if (frame->pc < KERNEL_BASE || (frame->fp != 0 && frame->fp <= *fp))
		return false;
	*fp = frame->fp;
	*pc = frame->pc;
	return true;
}

#define DR7_ENABLE(slot)      (2UL << 2 * (slot)) /* whatever task runs */
#define DR7_WRITE(slot)       (1UL << (16 + 4 * (slot)))
#define DR7_SIZE(slot, value) ((uint64_t)(value) << (18 + 4 * (slot)))

#define WRITE_DR(number, value) \
	__asm__ volatile("movq %0, %%dr" #number : : "r"((uint64_t)(value)))

/* What DR7 calls a size, by the number of its bit. */
static const uint8_t size_code[] = {0, 1, 3, 2};

bool
debug_point_ok(const struct debug_point *point)
{
	return point->size <= 8 && (point->size & (point->size - 1)) == 0 &&
	       point->address % point->size == 0;
}

void
debug_points_load(const struct debug_point *points)
{
	uint64_t control = 0;

	WRITE_DR(7, 0);
	WRITE_DR(6, 0);
	if (points == NULL)
		return;
	WRITE_DR(0, points[0].address);
	WRITE_DR(1, points[1].address);
	WRITE_DR(2, points[2].address);
	WRITE_DR(3, points[3].address);
	for (unsigned i = 0; i < DEBUG_POINTS; i++) {
		if (points[i].size == 0)
			continue;
		control |= DR7_ENABLE(i);
		if (points[i].kind == DEBUG_WRITE)
			control |=
			    DR7_WRITE(i) |
			    DR7_SIZE(
				i, size_code[__builtin_ctz(points[i].size)]);
	}
	WRITE_DR(7, control);
}

void
debug_step(struct trap_frame *frame, bool on)
{
	if (on)
		frame->rflags |= RFLAGS_TF;
	else
		frame->rflags &= ~(uint64_t)RFLAGS_TF;
}
