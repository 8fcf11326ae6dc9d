/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The mach_msg trap, and the short way of an RPC. A request: COPY_SEND to a
 * port somebody receives from, with a send-once right to the caller's reply
 * port, on which it then waits. A reply: MOVE_SEND_ONCE to a port the caller of
 * the RPC waits on, after which the server waits again. Both: simple messages,
 * or with one right to carry (to what is opened, looked up, handed over);
 * nothing queued, nothing blocks, no memory is allocated; the caller leaves
 * processor, quantum and kernel stack to the receiver, which finds its message
 * in its buffer.
 *
 * The message is on that stack from the sender's copyin to the receiver's
 * copyout, its header in the receiver's names from the start, so no right but
 * a carried one has to be counted on the way.
 *
 * Each function checks, and then, below its mark, does what cannot fail.
 * The first thing unusual ends in a return, and the general path does it all.
 * What the receiver's copyout may still do is wait for a page, as the receiver,
 * or fail, which is the receiver's loss as on the general path.
 *
 * It is all one function to the compiler, and what is needed behind a call is
 * found again rather than kept: each register saved costs each message two
 * instructions.
 */
#include <arch/copy.h>
#include <arch/trap.h>

#include <ipc/ipc_kmsg.h>
#include <ipc/ipc_mqueue.h>
#include <ipc/ipc_port.h>
#include <ipc/ipc_pset.h>
#include <ipc/ipc_space.h>
#include <ipc/kobject_call.h>
#include <kern/switch.h>
#include <kern/task.h>
#include <kern/traps.h>

#define REQUEST_BITS \
	MACH_MSGH_BITS(MACH_MSG_TYPE_COPY_SEND, MACH_MSG_TYPE_MAKE_SEND_ONCE)
#define REPLY_BITS MACH_MSGH_BITS(MACH_MSG_TYPE_MOVE_SEND_ONCE, 0)

/*
 * What it does not care for: the trailer is made when the message is put to the
 * user, and what is done about interruptions is the user's affair.
 */
#define FAST_OPTIONS                                          \
	(MACH_RCV_TRAILER_MASK | MACH_RCV_TRAILER_TYPE(~0U) | \
	    MACH_SEND_INTERRUPT | MACH_RCV_INTERRUPT)

/* The largest message that goes this way: a page and what is around it. */
#define FAST_SIZE (VM_PAGE_SIZE + 256U)

struct fast_message {
	struct ipc_kmsg kmsg; /* link and capacity are not set */
	uint8_t body[FAST_SIZE - sizeof(mach_msg_header_t)];
	mach_msg_max_trailer_t trailer; /* room for one */
};

/*
 * A user that waits for the port's messages and has room for this one. So the
 * port is alive, and a task's.
 */
static inline struct thread *
receiver_for(const struct ipc_port *port, mach_msg_size_t size)
{
	struct thread *thread = ipc_mqueue_receiver(port);

	if (thread == NULL || !mach_msg_receives(thread) ||
	    size + ipc_trailer_size(thread->ipc.call.option) >
		thread->ipc.call.rcv_size)
		return NULL;
	return thread;
}

/* What an entry receives from, if it may and there is nothing; else NULL. */
static inline struct ipc_object *
object_to_receive(const struct ipc_entry *entry)
{
	struct ipc_object *object = entry->object;
	const struct ipc_port *port = ipc_object_port(object);

	if (object->type == IPC_OBJECT_PSET)
		return list_empty(&ipc_object_pset(object)->ready) ? object
								   : NULL;
	return port->msgcount == 0 && !ipc_port_in_set(port) ? object : NULL;
}

/*
 * The port that the message carries, if it carries any, is on its way. The last
 * of the checks, for it is not taken back.
 */
static inline bool
carries(struct ipc_kmsg *kmsg, struct ipc_space *space)
{
	return !(kmsg->header.msgh_bits & MACH_MSGH_BITS_COMPLEX) ||
	       ipc_body_take_port((mach_msg_base_t *)&kmsg->header, space);
}

/* A call of the kernel: over, if it returns it was none for the short way. */
static __attribute__((noinline)) void
call_kernel(struct thread *self, struct ipc_kmsg *kmsg, struct ipc_port *port,
    struct ipc_port *reply)
{
	uint64_t result;

	if (ipc_kobject_short_way(self, &kmsg->header, port, reply, &result))
		trap_return_value(result);
}

/*
 * Both halves put the message into the receiver's names, use its port up and
 * return the receiver, with what to wait on in *object; or NULL.
 */
static inline struct thread *
request(struct thread *self, struct ipc_kmsg *kmsg, struct ipc_object **object)
{
	mach_msg_header_t *header = &kmsg->header;
	struct ipc_space *space = self->task->space;
	struct ipc_entry *entry;
	struct ipc_port *port;
	struct ipc_port *reply;
	struct thread *receiver;
	mach_msg_bits_t complex;

	if (header->msgh_local_port != self->ipc.call.rcv_name)
		return NULL;
	entry = ipc_entry_with(
	    space, header->msgh_local_port, MACH_PORT_TYPE_RECEIVE);
	if (entry == NULL)
		return NULL;
	reply = ipc_object_port(entry->object);
	entry = ipc_entry_with(
	    space, header->msgh_remote_port, MACH_PORT_TYPE_SEND);
	if (entry == NULL || ipc_port_in_set(reply) || reply->msgcount != 0)
		return NULL;
	port = ipc_object_port(entry->object);
	receiver = receiver_for(port, header->msgh_size);
	complex = header->msgh_bits & MACH_MSGH_BITS_COMPLEX;
	if (receiver == NULL) {
		if (ipc_port_is_kobject(port) && complex == 0)
			call_kernel(self, kmsg, port, reply);
		return NULL;
	}
	entry = port->receiver->free;
	if (entry == NULL)
		entry = ipc_entry_use_fresh(port->receiver);
	if (entry == NULL || !carries(kmsg, space))
		return NULL;
	space = port->receiver;

	/* Nothing fails from here on. */
	ipc_entry_take(space, entry);
	entry->object = &reply->object;
	entry->bits |= MACH_PORT_TYPE_SEND_ONCE;
	entry->urefs = 1;
	reply->sorights++;
	header->msgh_bits =
	    complex | MACH_MSGH_BITS(MACH_MSG_TYPE_PORT_SEND_ONCE,
			  MACH_MSG_TYPE_PORT_SEND);
	header->msgh_remote_port = ipc_entry_name(entry);
	header->msgh_local_port = port->receiver_name;
	header->msgh_reserved = 0;
	ipc_kmsg_stamp(kmsg, port);
	*object = &reply->object;
	return receiver;
}

static inline struct thread *
reply(struct thread *self, struct ipc_kmsg *kmsg, struct ipc_object **result)
{
	mach_msg_header_t *header = &kmsg->header;
	struct ipc_space *space = self->task->space;
	struct ipc_entry *entry;
	struct ipc_object *object;
	struct ipc_port *port;
	struct thread *receiver;

	entry = ipc_entry_with(space, self->ipc.call.rcv_name,
	    MACH_PORT_TYPE_RECEIVE | MACH_PORT_TYPE_PORT_SET);
	if (entry == NULL || header->msgh_local_port != MACH_PORT_NULL)
		return NULL;
	object = object_to_receive(entry);
	entry = ipc_entry_with(
	    space, header->msgh_remote_port, MACH_PORT_TYPE_SEND_ONCE);
	if (object == NULL || entry == NULL || entry->request != NULL)
		return NULL;
	port = ipc_object_port(entry->object);
	receiver = receiver_for(port, header->msgh_size);
	if (receiver == NULL || !carries(kmsg, space))
		return NULL;

	/* Nothing fails from here on. */
	ipc_entry_free(space, entry);
	port->sorights--;
	header->msgh_bits = (header->msgh_bits & MACH_MSGH_BITS_COMPLEX) |
			    MACH_MSGH_BITS(0, MACH_MSG_TYPE_PORT_SEND_ONCE);
	header->msgh_remote_port = MACH_PORT_NULL;
	header->msgh_local_port = port->receiver_name;
	header->msgh_reserved = 0;
	ipc_kmsg_stamp(kmsg, port);
	*result = object;
	return receiver;
}

/* Wait for an answer on `object` and go on as the receiver. */
static inline void
switch_to(
    struct thread *self, struct thread *receiver, struct ipc_object *object)
{
	self->ipc.object = object;
	ipc_object_reference(object);
	thread_wait_on(self, &object->receivers, WAIT_INTERRUPTIBLE);

	thread_take_off(receiver);
	receiver->ipc.object->references--; /* not the last: it lives */
	receiver->ipc.object = NULL;
	thread_become(self, receiver, mach_msg_receive_continue);
}

/* The receiver cannot have the message. */
static __attribute__((noinline)) void
lose(struct ipc_kmsg *kmsg)
{
	struct task *task = current_task();

	ipc_kmsg_undo_copyout(kmsg, task->space, task->map);
	ipc_reap();
}

/* The port becomes the receiver's. */
static __attribute__((noinline)) mach_msg_return_t
deliver_port(struct ipc_kmsg *kmsg)
{
	struct task *task = current_task();
	mach_msg_return_t mr =
	    ipc_kmsg_copyout_body(kmsg, task->space, task->map);

	return mr == MACH_MSG_SUCCESS ? mr : MACH_RCV_BODY_ERROR | mr;
}

/* The current thread is the receiver: its message, and its return. */
static inline _Noreturn void
finish(struct ipc_kmsg *kmsg)
{
	const struct mach_msg_call *call = &current_thread()->ipc.call;
	mach_msg_return_t mr = MACH_MSG_SUCCESS;
	mach_msg_return_t body = MACH_MSG_SUCCESS;

	if (kmsg->header.msgh_bits & MACH_MSGH_BITS_COMPLEX)
		body = deliver_port(kmsg);
	if ((call->option & MACH_RCV_TRAILER_MASK) != 0)
		mr = ipc_kmsg_put(kmsg, call->buffer, call->option);
	else if (!copyout(&kmsg->header, call->buffer, kmsg->header.msgh_size))
		mr = MACH_RCV_INVALID_DATA;
	if (mr == MACH_MSG_SUCCESS)
		trap_return_value((uint64_t)body);
	lose(kmsg);
	trap_return_value((uint64_t)mr);
}

/* Returns if the call is not one for the short way. */
static __attribute__((noinline)) void
short_way(struct thread *self)
{
	struct fast_message message;
	struct ipc_kmsg *kmsg = &message.kmsg;
	struct thread *receiver = NULL;
	struct ipc_object *object = NULL;
	mach_msg_size_t size = self->ipc.call.send_size;
	mach_msg_bits_t bits;

	if (size < sizeof(mach_msg_header_t) || size > FAST_SIZE ||
	    size % 4 != 0 || self->abort_pending ||
	    !copyin(self->ipc.call.buffer, &kmsg->header, size))
		return;
	kmsg->header.msgh_size = size;
	bits = kmsg->header.msgh_bits & ~MACH_MSGH_BITS_COMPLEX;
	if (bits == REQUEST_BITS)
		receiver = request(self, kmsg, &object);
	else if (bits == REPLY_BITS)
		receiver = reply(self, kmsg, &object);
	if (receiver == NULL)
		return;
	kmsg->token = self->task->token;
	switch_to(self, receiver, object);
	finish(kmsg);
}

/* It has seven arguments. NOLINTBEGIN(readability-function-size) */
uint64_t
trap_mach_msg_trap(uint64_t msg, uint64_t option, uint64_t send_size,
    uint64_t rcv_size, uint64_t rcv_name, uint64_t timeout, uint64_t notify)
{
	struct thread *self = current_thread();
	struct mach_msg_call *call = &self->ipc.call;

	call->buffer = msg;
	call->option = (mach_msg_option_t)option;
	call->send_size = (mach_msg_size_t)send_size;
	call->rcv_size = (mach_msg_size_t)rcv_size;
	call->rcv_name = (mach_port_name_t)rcv_name;
	call->timeout = (mach_msg_timeout_t)timeout;
	if (((mach_msg_option_t)option & ~FAST_OPTIONS) ==
	    (MACH_SEND_MSG | MACH_RCV_MSG))
		short_way(self);
	call->notify = (mach_port_name_t)notify;
	return mach_msg_general(&current_thread()->ipc.call);
}
/* NOLINTEND(readability-function-size) */
