/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What a task's messages that nobody has received yet may hold of the kernel's
 * memory. Who sends pays, until the message leaves its queue; who asks for a
 * notification pays for it from then on. What the kernel sends of itself is
 * nobody's.
 */
#ifndef IPC_IPC_QUOTA_H
#define IPC_IPC_QUOTA_H

#include <arch/types.h>

struct ipc_kmsg;

struct ipc_quota {
	uint32_t references; /* the space, and every message that is paid for */
	uint64_t used;       /* bytes */
	uint64_t most;
};

/* NULL: no memory. */
extern struct ipc_quota *ipc_quota_create(void);
extern void ipc_quota_release(struct ipc_quota *quota);

/* The message is to be queued. False: that would be too much. */
extern bool ipc_quota_charge(struct ipc_quota *quota, struct ipc_kmsg *kmsg);

/* The same; the current task pays, if it has names at all. */
extern bool ipc_quota_pay(struct ipc_kmsg *kmsg);

/* It has left the queue. */
extern void ipc_quota_discharge(struct ipc_kmsg *kmsg);

extern void ipc_quota_init(void);

#endif
