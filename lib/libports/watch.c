/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Being told when somebody else's port dies, and having a receive right back
 * from who has died with it. The notifications go to a port of the library's
 * own, so that nobody else can send them.
 */
#include <mach/mach_port_user.h>
#include <mach/notify.h>
#include <mach/traps.h>

#include <stddef.h>

#include "ports.h"
#include "ports_private.h"

static void (*dead_name_function)(mach_port_t name);
static void (*return_function)(mach_port_t name);
static mach_port_t notify_port;

void
ports_on_dead_name(void (*function)(mach_port_t name))
{
	dead_name_function = function;
}

void
ports_on_return(void (*function)(mach_port_t name))
{
	return_function = function;
}

static kern_return_t
make_notify_port(void)
{
	kern_return_t kr;

	if (notify_port != MACH_PORT_NULL)
		return KERN_SUCCESS;
	kr = mach_port_allocate(
	    mach_task_self(), MACH_PORT_RIGHT_RECEIVE, &notify_port);
	return kr == KERN_SUCCESS ? ports_add(notify_port) : kr;
}

static kern_return_t
request(mach_port_t name, mach_msg_id_t id, mach_port_mscount_t sync)
{
	mach_port_t previous = MACH_PORT_NULL;
	kern_return_t kr = make_notify_port();

	if (kr == KERN_SUCCESS)
		kr = mach_port_request_notification(
		    mach_task_self(), name, id, sync, notify_port, &previous);
	if (kr == KERN_SUCCESS && previous != MACH_PORT_NULL)
		(void)mach_port_deallocate(mach_task_self(), previous);
	return kr;
}

kern_return_t
ports_watch(mach_port_t name)
{
	return request(name, MACH_NOTIFY_DEAD_NAME, 1);
}

kern_return_t
ports_lend(mach_port_t name)
{
	return request(name, MACH_NOTIFY_PORT_DESTROYED, 0);
}

bool
ports_returned(mach_port_t port, mach_port_t name)
{
	if (port != notify_port || return_function == NULL)
		return false;
	return_function(name);
	return true;
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
