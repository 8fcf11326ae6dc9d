/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Message-accepted requests (MACH_SEND_NOTIFY).
 */
#ifndef IPC_IPC_MAREQUEST_H
#define IPC_IPC_MAREQUEST_H

#include <mach/message.h>

struct ipc_entry;
struct ipc_kmsg;
struct ipc_port;
struct ipc_space;

/*
 * The message is about to be queued beyond its port's limit: `notify`, whose
 * receive right is in `space`, is told when it leaves the queue.
 * MACH_SEND_NOTIFY_IN_PROGRESS, MACH_SEND_NO_NOTIFY.
 */
extern mach_msg_return_t ipc_marequest_create(
    struct ipc_space *space, struct ipc_kmsg *kmsg, struct ipc_port *notify);

/*
 * The entry of a name with a request: what is told will have no name, and
 * another request may be made.
 */
extern void ipc_marequest_cancel(struct ipc_entry *entry);

/* A message with a request has left its queue. */
extern void ipc_marequest_end(struct ipc_kmsg *kmsg);

extern void ipc_marequest_init(void);

#endif
