/* SPDX-License-Identifier: BSD-2-Clause */
/* Servers by name. */
#ifndef INTERNAL_SERVICE_H
#define INTERNAL_SERVICE_H

#include <mach/mach_types.h>

/* Ask the name service; the right is the caller's. */
kern_return_t __service(const char *name, mach_port_t *port);

/*
 * Call a function with the pipe server's port: it is asked for once, and again
 * if it has died.
 */
kern_return_t __pipe_service(
    kern_return_t (*call)(mach_port_t server, void *argument), void *argument);

#endif
