/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The short way of a call of the kernel: a simple request, on the kernel stack
 * already, whose reply the caller waits for on a port of its own. The rights
 * that such a message has while it is under way are counted, for the routine
 * may block and destroy what it likes; but no buffer is allocated, and a reply
 * that could be received at once, were it sent, is not sent: it goes from the
 * stack to the user.
 */
#include <ipc/ipc_kmsg.h>
#include <ipc/ipc_mqueue.h>
#include <ipc/ipc_right.h>
#include <ipc/ipc_space.h>
#include <ipc/kobject_call.h>
#include <kern/string.h>
#include <kern/task.h>

/* Routines with a larger reply go the general way. */
#define REPLY_MAX 512U

struct kobject_reply {
	struct ipc_kmsg kmsg; /* link and capacity are not set */
	uint8_t body[REPLY_MAX - sizeof(mach_msg_header_t)];
	mach_msg_max_trailer_t trailer; /* room for one */
};

/* Would the reply, if it were sent, be what the caller receives now? */
static bool
is_awaited(const struct thread *self, const struct ipc_port *port,
    const mach_msg_header_t *reply)
{
	const struct mach_msg_call *call = &self->ipc.call;

	return !ipc_kobject_wants_no_reply(reply) &&
	       reply->msgh_bits ==
		   MACH_MSGH_BITS(MACH_MSG_TYPE_MOVE_SEND_ONCE, 0) &&
	       reply->msgh_remote_port == ipc_port_to_handle(port) &&
	       port->receiver == self->task->space &&
	       port->receiver_name == call->rcv_name &&
	       !ipc_port_in_set(port) && port->msgcount == 0 &&
	       ipc_mqueue_receiver(port) == NULL &&
	       reply->msgh_size <= ipc_room(call);
}

/* As if it had been sent and received. */
static mach_msg_return_t
deliver(const struct thread *self, struct ipc_port *port, struct ipc_kmsg *kmsg)
{
	mach_msg_header_t *header = &kmsg->header;

	port->sorights--;
	ipc_kmsg_stamp(kmsg, port);
	kmsg->token = (security_token_t){{0, 0}};
	kmsg->groups = 0;
	header->msgh_bits = MACH_MSGH_BITS(0, MACH_MSG_TYPE_PORT_SEND_ONCE);
	header->msgh_remote_port = MACH_PORT_NULL;
	header->msgh_local_port = port->receiver_name;
	return ipc_kmsg_put(kmsg, self->ipc.call.buffer, self->ipc.call.option);
}

/* Send it after all, and receive. */
static mach_msg_return_t
send(struct thread *self, mach_msg_header_t *header)
{
	struct ipc_kmsg *kmsg = ipc_kmsg_alloc(header->msgh_size);

	if (kmsg != NULL) {
		memcpy(&kmsg->header, header, header->msgh_size);
		kmsg = ipc_kobject_reply(kmsg);
		if (kmsg != NULL)
			mach_msg_send_reply(kmsg);
	} else {
		ipc_copyin_from_kernel(header);
		mach_msg_destroy(header);
	}
	ipc_reap();
	self->ipc.call.option &= ~MACH_SEND_MSG;
	return mach_msg_general(&self->ipc.call);
}

bool
ipc_kobject_short_way(struct thread *self, mach_msg_header_t *request,
    struct ipc_port *port, struct ipc_port *reply_port,
    mach_msg_return_t *result)
{
	struct kobject_reply message;
	mach_msg_header_t *reply = &message.kmsg.header;
	mach_port_t handle = ipc_port_to_handle(port);
	mig_routine_t stub;

	if (ipc_kobject_find(request->msgh_id, &stub) > REPLY_MAX)
		return false;
	port->srights++;
	reply_port->sorights++;
	request->msgh_bits = MACH_MSGH_BITS(
	    MACH_MSG_TYPE_PORT_SEND, MACH_MSG_TYPE_PORT_SEND_ONCE);
	request->msgh_remote_port = handle;
	request->msgh_local_port = ipc_port_to_handle(reply_port);
	ipc_kobject_run(stub, request, reply);
	ipc_right_release(handle, MACH_MSG_TYPE_PORT_SEND);
	if (is_awaited(self, reply_port, reply))
		*result = deliver(self, reply_port, &message.kmsg);
	else
		*result = send(self, reply);
	ipc_reap();
	return true;
}
