/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Telling a server at once that nobody has a right to its port any more.
 */
#ifndef IPC_IPC_NO_SENDERS_H
#define IPC_IPC_NO_SENDERS_H

#include <ipc/ipc_entry.h>

/*
 * The trap of the current thread gives up a name of a plain send right to a
 * live port, with one user reference. Returns, and nothing happened, if that is
 * not all there is of the port's send rights, or nobody waits to be told; else
 * the trap is over, with KERN_SUCCESS. fastpath_no_senders.c
 */
extern void ipc_no_senders_short_way(
    struct ipc_space *space, struct ipc_entry *entry);

#endif
