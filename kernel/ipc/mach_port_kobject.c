/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The mach_port interface, served. Both headers declare its routines: here the
 * compiler sees that they agree.
 */
#pragma GCC diagnostic ignored "-Wredundant-decls"
#include <mach/mach_port_server.h>

#include <ipc/ipc_kobject.h>
#include <ipc/mach_port.h>

IPC_KOBJECT_SUBSYSTEM(mach_port);
