/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Between ports.c and serve.c.
 */
#ifndef LIBPORTS_PORTS_PRIVATE_H
#define LIBPORTS_PORTS_PRIVATE_H

#include "ports.h"

/* The port set that all ports are in; made on first use. */
extern mach_port_t ports_set(void);

/* A no-senders notification arrived at `port`. */
extern void ports_no_senders(mach_port_t port, mach_port_mscount_t count);

/* A dead-name notification arrived at port. */
extern void ports_dead_name(mach_port_t port, mach_port_t name);

/* A receive right came back to port. False: it is not for that. */
extern bool ports_returned(mach_port_t port, mach_port_t name);

#endif
