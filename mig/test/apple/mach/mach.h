/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How a task releases a right; the fake kernel counts.
 */
#ifndef MIG_TEST_APPLE_MACH_H
#define MIG_TEST_APPLE_MACH_H

#include <mach/mig.h>

#define mach_task_self() MACH_PORT_NULL

extern void fake_release_right(mach_port_t, mach_msg_type_name_t) __asm__(
    "mig_release_right");

static inline kern_return_t
mach_port_deallocate(mach_port_t task, mach_port_t name)
{
	(void)task;
	fake_release_right(name, MACH_MSG_TYPE_PORT_SEND);
	return KERN_SUCCESS;
}

#endif
