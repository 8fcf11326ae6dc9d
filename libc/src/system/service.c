/* SPDX-License-Identifier: BSD-2-Clause */
/* Servers by name, from the name service. */
#include "service.h"

#include <mach/task_user.h>

#include <libmach/mach.h>
#include <servers/bootstrap_user.h>

#include "process.h"

kern_return_t
__service(const char *name, mach_port_t *port)
{
	mach_port_t bootstrap;
	kern_return_t code = task_get_special_port(
	    mach_task_self(), TASK_BOOTSTRAP_PORT, &bootstrap);

	if (code != KERN_SUCCESS)
		return code;
	code = bootstrap_look_up(bootstrap, name, port);
	__port_release(bootstrap);
	return code;
}
