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
 * The short way of a call, fastpath.c, for who enters the kernel with options
 * that ask for sending and receiving and nothing else but these: the trailer is
 * made when the message is put to the user, and what is done about
 * interruptions is the user's affair. The caller has set self->ipc.call:
 * buffer, option, rcv_size, rcv_name; and for the first, which is for calls
 * without MACH_RCV_TRAILER_ELEMENTS, ipc.short_room to rcv_size.
 */
#define MACH_MSG_SHORT_OPTIONS                                \
	(MACH_RCV_TRAILER_MASK | MACH_RCV_TRAILER_TYPE(~0U) | \
	    MACH_SEND_INTERRUPT | MACH_RCV_INTERRUPT)
extern _Noreturn void mach_msg_short_way(vm_address_t user,
    mach_msg_option_t option, mach_msg_size_t size, mach_msg_size_t rcv_size,
    mach_port_name_t name, struct thread *self);
extern _Noreturn void mach_msg_trailer_way(vm_address_t user,
    mach_msg_option_t option, mach_msg_size_t size, mach_msg_size_t rcv_size,
    mach_port_name_t name, struct thread *self);

/*
 * A call begun so that is none for the short way. The first is the
 * architecture's: it gives the stack up, has the trap traced if that is wanted
 * now, else goes to the second.
 */
extern _Noreturn void mach_msg_long_way(mach_msg_size_t size);
extern _Noreturn void mach_msg_take_long_way(mach_msg_size_t size);

/* A call in general. Blocks. */
extern mach_msg_return_t mach_msg_general(const struct mach_msg_call *call);

/*
 * The reply of a kernel object. A plain send right may meet a full queue: then
 * the reply is lost, for the kernel does not wait for its clients. A reply to a
 * kernel object is nonsense, and would have no end.
 */
extern void mach_msg_send_reply(struct ipc_kmsg *reply);

/* The end of the trap: its result, and all that is said about it. */
extern _Noreturn void mach_msg_return(mach_msg_return_t mr);

/* Where a thread that waited to receive goes on. */
extern void mach_msg_receive_continue(void);

/* Does the thread, which waits for a message, do so in the user's call? */
static inline bool
mach_msg_receives(const struct thread *thread)
{
	return thread->continuation == mach_msg_receive_continue;
}

#endif
