/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Notifications. A message is made when somebody asks (ipc_notify_alloc), with
 * the send-once right in it, and filled in and sent when it comes to that.
 */
#ifndef IPC_IPC_NOTIFY_H
#define IPC_IPC_NOTIFY_H

#include <mach/mig_errors.h>

struct ipc_kmsg;
struct ipc_port;

#pragma pack(push, 4)
/* dead_name, port_deleted and no_senders: a name or a count. */
struct notify_word {
	mach_msg_header_t header;
	NDR_record_t ndr;
	natural_t word;
};
#pragma pack(pop)

/*
 * Consumes the send-once right on success. NULL: no memory, or more than the
 * current task may have in queues: it pays until the message is received.
 */
extern struct ipc_kmsg *ipc_notify_alloc(struct ipc_port *send_once);

/* Not wanted any more: the send-once right, as a handle; NULL gives null. */
extern mach_port_t ipc_notify_cancel(struct ipc_kmsg *kmsg);

/* Nobody is left who wants it: right and message go. NULL is fine. */
extern void ipc_notify_discard(struct ipc_kmsg *kmsg);

/* Each consumes the message. */
extern void ipc_notify_dead_name(struct ipc_kmsg *kmsg, mach_port_name_t name);
extern void ipc_notify_send_possible(
    struct ipc_kmsg *kmsg, mach_port_name_t name);
extern void ipc_notify_port_deleted(
    struct ipc_kmsg *kmsg, mach_port_name_t name);
extern void ipc_notify_msg_accepted(
    struct ipc_kmsg *kmsg, mach_port_name_t name);
extern void ipc_notify_no_senders(
    struct ipc_kmsg *kmsg, mach_port_mscount_t mscount);

/* The port's receive right goes with it. */
extern void ipc_notify_port_destroyed(
    struct ipc_kmsg *kmsg, struct ipc_port *port);

/*
 * A send-once right is destroyed unused; consumes it. Without memory it takes
 * a message from a reserve; when that is empty too, or the queue as long as any
 * may be, the notification is lost.
 */
extern void ipc_notify_send_once(struct ipc_port *port);

extern void ipc_notify_init(void);

#endif
