/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Being told when somebody else's port dies. The notifications go to a port of
 * the library's own, so that nobody else can send them.
 */
#include <mach/mach_port_user.h>
#include <mach/notify.h>
#include <mach/traps.h>

#include <stddef.h>

#include "ports.h"
#include "ports_private.h"

static void (*dead_name_function)(mach_port_t name);
static mach_port_t notify_port;

void
ports_on_dead_name(void (*function)(mach_port_t name))
{
	dead_name_function = function;
}

kern_return_t
ports_watch(mach_port_t name)
{
	mach_port_t previous = MACH_PORT_NULL;
	kern_return_t kr;

	if (notify_port == MACH_PORT_NULL) {
		kr = mach_port_allocate(
		    mach_task_self(), MACH_PORT_RIGHT_RECEIVE, &notify_port);
		if (kr != KERN_SUCCESS)
			return kr;
		kr = ports_add(notify_port);
		if (kr != KERN_SUCCESS)
			return kr;
	}
	kr = mach_port_request_notification(mach_task_self(), name,
	    MACH_NOTIFY_DEAD_NAME, 1, notify_port, &previous);
	if (kr == KERN_SUCCESS && previous != MACH_PORT_NULL)
		(void)mach_port_deallocate(mach_task_self(), previous);
	return kr;
}

void
ports_dead_name(mach_port_t port, mach_port_t name)
{
	/* Anybody can send a notification to a port he has a right to. */
	if (port != notify_port)
		return;
	if (dead_name_function != NULL)
		dead_name_function(name);
	else
		(void)mach_port_deallocate(mach_task_self(), name);
}
