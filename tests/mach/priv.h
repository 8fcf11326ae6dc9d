/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The host's privileged port, which the bootstrap server gives to root.
 */
#ifndef TESTS_MACH_PRIV_H
#define TESTS_MACH_PRIV_H

#include <bootstrap_user.h>

#include "space.h"

/* MACH_PORT_NULL: the test does not run as root. */
static inline mach_port_t
priv_host(void)
{
	mach_port_t bootstrap, device, host = MACH_PORT_NULL;

	if (task_get_special_port(self, TASK_BOOTSTRAP_PORT, &bootstrap) !=
	    KERN_SUCCESS)
		return MACH_PORT_NULL;
	if (bootstrap_privileged_ports(bootstrap, &host, &device) ==
	    KERN_SUCCESS)
		(void)mach_port_deallocate(self, device);
	(void)mach_port_deallocate(self, bootstrap);
	return host;
}

#endif
