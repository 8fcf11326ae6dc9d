/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Running the routines of kernel objects: ipc_kobject.c, and the short way
 * of fastpath_kobject.c.
 */
#ifndef IPC_KOBJECT_CALL_H
#define IPC_KOBJECT_CALL_H

#include <mach/mig_stub.h>

#include <ipc/mach_msg.h>

struct ipc_port;

/* The stub of a routine, or NULL; the size of the largest reply. */
extern mach_msg_size_t ipc_kobject_find(mach_msg_id_t id, mig_routine_t *stub);

/* Into `reply`, which has room for it. Blocks as the routine does. */
extern void ipc_kobject_run(
    mig_routine_t stub, mach_msg_header_t *request, mach_msg_header_t *reply);

/* Did the routine say that it will reply later, or never? */
extern bool ipc_kobject_wants_no_reply(const mach_msg_header_t *reply);

/* The reply that a routine made, to be sent; NULL and gone if it is not. */
extern struct ipc_kmsg *ipc_kobject_reply(struct ipc_kmsg *reply);

/*
 * A whole call and the receive of its answer: `request` is simple and on the
 * caller's stack, its destination `port` a kernel object's, `reply_port` what
 * self->ipc.call waits on. False: not one for this way, nothing happened. Else
 * *result is the trap's.
 */
extern bool ipc_kobject_short_way(struct thread *self,
    mach_msg_header_t *request, struct ipc_port *port,
    struct ipc_port *reply_port, mach_msg_return_t *result);

#endif
