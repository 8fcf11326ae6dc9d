/* SPDX-License-Identifier: BSD-2-Clause */
/* What a server is found by: a port with a name that bootstrap knows. */
#include <servers/bootstrap_user.h>

#include "ports.h"

kern_return_t
ports_offer(mach_port_t bootstrap, const char *name,
    const struct ports_class *class, void *object)
{
	mach_port_t port;
	kern_return_t kr = ports_create(class, object, &port);

	return kr == KERN_SUCCESS
		   ? bootstrap_register(bootstrap, name, ports_right(port))
		   : kr;
}
