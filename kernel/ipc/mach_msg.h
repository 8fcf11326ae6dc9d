/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Sending a message that is in the kernel, whoever is at the other end.
 */
#ifndef IPC_MACH_MSG_H
#define IPC_MACH_MSG_H

#include <mach/message.h>

#include <kern/thread.h>

struct ipc_kmsg;

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
 * A call that the short way (fastpath.c) leaves alone: the trap's result.
 * Blocks.
 */
extern uint64_t mach_msg_general(const struct mach_msg_call *call);

/*
 * The reply of a kernel object. A plain send right may meet a full queue: then
 * the reply is lost, for the kernel does not wait for its clients. A reply to a
 * kernel object is nonsense, and would have no end.
 */
extern void mach_msg_send_reply(struct ipc_kmsg *reply);

/* Where a thread that waited to receive goes on. */
extern void mach_msg_receive_continue(void);

/* Does the thread, which waits for a message, do so in the user's call? */
static inline bool
mach_msg_receives(const struct thread *thread)
{
	return thread->continuation == mach_msg_receive_continue;
}

#endif
