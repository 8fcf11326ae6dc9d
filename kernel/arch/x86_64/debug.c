/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Following frame pointers.
 */
#include <arch/debug.h>
#include <arch/vm_param.h>
#include <machine/mmu.h>

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
