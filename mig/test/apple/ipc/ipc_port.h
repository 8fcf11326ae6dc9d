/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What stubs in a kernel do to rights of which objects were made.
 */
#ifndef MIG_TEST_APPLE_IPC_PORT_H
#define MIG_TEST_APPLE_IPC_PORT_H

#include <mach/message.h>

#define IP_VALID(port) MACH_PORT_VALID(port)

/* A kernel that stubs are made for has its own, of another type. */
#if __has_include(<ipc/ipc_kobject.h>)
#include <ipc/ipc_kobject.h>
#endif
#define ipc_port_release_send release_send_of_apple
extern void ipc_port_release_send(mach_port_t port);

#endif
