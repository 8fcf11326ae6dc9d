/* SPDX-License-Identifier: BSD-2-Clause */
/* Servers by name. */
#ifndef INTERNAL_SERVICE_H
#define INTERNAL_SERVICE_H

#include <mach/mach_types.h>

/* Ask the name service; the right is the caller's. */
kern_return_t __service(const char *name, mach_port_t *port);

#endif
