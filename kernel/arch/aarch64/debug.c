/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The kernel runs with debug exceptions masked, as the processor masks them at
 * each entry, and its code is mapped read-only everywhere: it does not stop.
 */
#include <arch/debug.h>

bool
debug_point_ok(const struct debug_point *point)
{
	(void)point;
	return false;
}

void
debug_points_load(const struct debug_point *points)
{
	(void)points;
}

/* Never on: nothing has stopped the kernel where it could go on. */
void
debug_step(struct trap_frame *frame, bool on)
{
	(void)frame;
	(void)on;
}
