/* SPDX-License-Identifier: BSD-2-Clause */
/* Asking what became of a right. */
#ifndef LIBMACH_PORT_GONE_H
#define LIBMACH_PORT_GONE_H

#include <mach/mach_port_user.h>
#include <mach/traps.h>

#include <stdbool.h>

/* Is nothing behind the name: is it dead, or not even a name? */
static inline bool
mach_port_gone(mach_port_t name)
{
	mach_port_type_t type;

	return mach_port_type(mach_task_self(), name, &type) != KERN_SUCCESS ||
	       (type & MACH_PORT_TYPE_DEAD_NAME) != 0;
}

#endif
