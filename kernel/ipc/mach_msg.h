/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Sending a message that is in the kernel, whoever is at the other end.
 */
#ifndef IPC_MACH_MSG_H
#define IPC_MACH_MSG_H

#include <mach/message.h>

struct ipc_kmsg;
struct thread;

/*
 * Run a call of a kernel object; consumes the request. The reply to send, or
 * NULL. Blocks as the routine does. ipc_kobject.c
 */
extern struct ipc_kmsg *ipc_kobject_call(struct ipc_kmsg *request);

/*
 * To a queue or a kernel object, whose reply is sent too. As ipc_mqueue_send(),
 * which see, but may block in the routine.
 */
extern mach_msg_return_t mach_msg_send_kmsg(struct ipc_kmsg *kmsg,
    mach_msg_option_t option, mach_msg_timeout_t timeout);

/*
 * The short way for an RPC's request and reply, fastpath.c: if the message of
 * the current thread's call can be given to a waiting thread and the caller has
 * to wait, does both and does not return. Else returns with nothing done.
 * Blocks in copyin.
 */
extern void mach_msg_fastpath(struct thread *self);

/* Where a thread that waited to receive goes on. */
extern void mach_msg_receive_continue(void);

#endif
