/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Following frame pointers; stops in the kernel, by the debug registers.
 *
 * The processor masks debug exceptions whenever it enters the kernel. As long
 * as there are stops it uses the vectors that unmask them (vectors.S), so that
 * no trap pays for stops there are not. A watchpoint's exception comes before
 * the write: one step then shows what it wrote.
 */
#include <arch/debug.h>
#include <arch/trap.h>
#include <arch/vm_param.h>
#include <machine/asm.h>

#include <kern/debugger.h>
#include <kern/thread.h>

#include "mmu.h"
#include "sysreg.h"
#include "trap_entry.h"

#define MDSCR_KERNEL  (1ULL << 13)
#define MDSCR_MONITOR (1ULL << 15)
#define PSTATE_D      (1ULL << 9)

/* Breakpoint and watchpoint control: in the kernel, enabled. */
#define CONTROL_ON          3U
#define BREAK_ALL           (15U << 5) /* bytes of an instruction */
#define WATCH_STORE         (2U << 3)
#define WATCH_BYTES(bytes)  ((bytes) << 5)

#define DFR0_BREAKS(value)  (((value) >> 12 & 15) + 1)
#define DFR0_WATCHES(value) (((value) >> 20 & 15) + 1)

static bool stepping; /* the kernel, not user mode */
static bool wrote;    /* by the instruction that is stepped over */

static bool
have_registers(void)
{
	uint64_t features = SYSREG_READ("id_aa64dfr0_el1");

	return DFR0_BREAKS(features) >= DEBUG_POINTS &&
	       DFR0_WATCHES(features) >= DEBUG_POINTS;
}

bool
debug_point_ok(const struct debug_point *point)
{
	unsigned align = point->kind == DEBUG_BREAK ? 4 : point->size;

	return have_registers() && point->size <= 8 &&
	       (point->size & (point->size - 1)) == 0 &&
	       point->address % align == 0;
}

#define LOAD(slot, point)                                                      \
	do {                                                                   \
		SYSREG_WRITE("dbgbcr" #slot "_el1", 0);                        \
		SYSREG_WRITE("dbgwcr" #slot "_el1", 0);                        \
		SYSREG_WRITE("dbgbvr" #slot "_el1", (point)->address);         \
		SYSREG_WRITE("dbgwvr" #slot "_el1", (point)->address & ~7ULL); \
		SYSREG_WRITE("dbgbcr" #slot "_el1", break_control(point));     \
		SYSREG_WRITE("dbgwcr" #slot "_el1", watch_control(point));     \
	} while (0)

static uint64_t
break_control(const struct debug_point *point)
{
	if (point->size == 0 || point->kind != DEBUG_BREAK)
		return 0;
	return CONTROL_ON | BREAK_ALL;
}

static uint64_t
watch_control(const struct debug_point *point)
{
	unsigned bytes = ((1U << point->size) - 1) << (point->address & 7);

	if (point->size == 0 || point->kind != DEBUG_WRITE)
		return 0;
	return CONTROL_ON | WATCH_STORE | WATCH_BYTES(bytes);
}

static bool
any(const struct debug_point *points)
{
	for (unsigned i = 0; i < DEBUG_POINTS; i++)
		if (points[i].size != 0)
			return true;
	return false;
}

void
debug_points_load(const struct debug_point *points)
{
	bool on = points != NULL && any(points);

	SYSREG_WRITE("mdscr_el1", 0);
	SYSREG_WRITE("vbar_el1", on ? vectors_stops : vectors);
	isb();
	if (!on)
		return;
	LOAD(0, &points[0]);
	LOAD(1, &points[1]);
	LOAD(2, &points[2]);
	LOAD(3, &points[3]);
	SYSREG_WRITE("mdscr_el1", MDSCR_KERNEL | MDSCR_MONITOR);
	isb();
}

void
debug_step(struct trap_frame *frame, bool on)
{
	uint64_t control = SYSREG_READ("mdscr_el1");

	stepping = on;
	if (on) {
		frame->pstate = (frame->pstate & ~PSTATE_D) | PSTATE_STEP;
		control |= MDSCR_STEP | MDSCR_KERNEL;
	} else {
		frame->pstate &= ~(uint64_t)PSTATE_STEP;
		control &= ~(uint64_t)MDSCR_STEP;
	}
	SYSREG_WRITE("mdscr_el1", control);
	isb();
}

bool
debug_exception(struct trap_frame *frame, enum debug_event event)
{
	if (debugger_trap == NULL)
		return false;
	/* What is left of a step in user mode. */
	if (event == DEBUG_EVENT_STEP && !stepping) {
		debug_step(frame, false);
		return true;
	}
	if (event == DEBUG_EVENT_WATCH) {
		debug_points_load(NULL);
		debug_step(frame, true);
		wrote = true;
		return true;
	}
	if (wrote) {
		wrote = false;
		debug_step(frame, false);
	}
	return debugger_trap(frame);
}

bool
debug_user_step(struct trap_frame *frame)
{
	if (current_thread()->ast & AST_STEP)
		return true;
	debug_step(frame, false);
	return false;
}

static bool
in_image(vaddr_t fp)
{
	return fp >= KERNEL_BASE && fp < (vaddr_t)_image_end - 16;
}

/*
 * A frame record is two words: the caller's record and the return address. A
 * kernel stack lies in KMEM or, for boot and overflow, in the image. A chain
 * goes up, or over from the overflow stack.
 */
bool
debug_unwind(vaddr_t *fp, vaddr_t *pc)
{
	const uint64_t *record = (const uint64_t *)*fp;
	bool in_kmem = *fp >= KMEM_BASE && *fp < KMEM_END - 16;
	vaddr_t next;

	if ((*fp & 7) != 0 || (!in_kmem && !in_image(*fp)))
		return false;
	next = record[0];
	if (record[1] < KERNEL_BASE)
		return false;
	*pc = record[1];
	*fp = next > *fp || in_image(next) != in_image(*fp) ? next : 0;
	return true;
}
