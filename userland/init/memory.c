/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Whose memory it is when there is little left: init and the servers count
 * among the system, which the kernel keeps some for, so that a server can be
 * started again when programs have taken all they could get. All else that is
 * started is held to what init was given.
 */
#include <mach/task_user.h>

#include <libmach/mach.h>
#include <machr/system.h>

#include "init.h"

#define UNLIMITED ((natural_t)-1)

static mach_port_t host;
static task_limits_t given;

void
memory_of_system(void)
{
	task_limits_t limits;

	if (machr_host(&host) != 0 ||
	    task_get_limits(mach_task_self(), &given) != KERN_SUCCESS) {
		host = MACH_PORT_NULL;
		return;
	}
	limits = given;
	limits.threads = UNLIMITED;
	(void)task_set_limits(mach_task_self(), limits, host);
}

void
memory_of_user(void)
{
	if (host != MACH_PORT_NULL)
		(void)task_set_limits(mach_task_self(), given, host);
}
