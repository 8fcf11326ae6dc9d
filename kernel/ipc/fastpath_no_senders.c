/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The short way of a no-senders notification. Who gives up the last send right
 * to a port that tells itself leaves processor and kernel stack to the server
 * that waits for the port's messages, which finds the notification in its
 * buffer. So it is done with the object before its client goes on, the next
 * call finds it waiting, and no message is made: the request stays as it was,
 * for the port's next senders.
 *
 * Not while somebody else wants the processor: who gives it up here gets a new
 * quantum with it when it comes back.
 */
#include <mach/notify.h>

#include <arch/trap.h>

#include <ipc/ipc_kmsg.h>
#include <ipc/ipc_mqueue.h>
#include <ipc/ipc_no_senders.h>
#include <ipc/ipc_notify.h>
#include <ipc/ipc_space.h>
#include <kern/sched.h>
#include <kern/switch.h>

struct no_senders {
	struct ipc_kmsg kmsg; /* link and capacity are not set */
	uint8_t body[sizeof(struct notify_word) - sizeof(mach_msg_header_t)];
	mach_msg_max_trailer_t trailer; /* room for one */
};

_Static_assert(
    offsetof(struct no_senders, body) ==
	offsetof(struct no_senders, kmsg.header) + sizeof(mach_msg_header_t),
    "the body follows the header");

/* Who is to be told at once; NULL: nobody. */
static struct thread *
receiver_for(const struct ipc_port *port, const struct thread *self)
{
	struct thread *receiver;

	if (port->srights != 1 || port->nsrequest == NULL ||
	    !port->tells_itself || port->msgcount != 0 || self->ast != 0 ||
	    sched_waiting())
		return NULL;
	receiver = ipc_mqueue_receiver(port);
	if (receiver == NULL || receiver->priority > self->priority ||
	    receiver->ipc.short_room < sizeof(struct notify_word))
		return NULL;
	return receiver;
}

static void
go_on(void)
{
	trap_return_value(KERN_SUCCESS);
}

static void
fill(struct no_senders *message, const struct ipc_port *port)
{
	struct notify_word *notify = (void *)&message->kmsg.header;

	message->kmsg.seqno = port->seqno;
	message->kmsg.context = port->context;
	message->kmsg.token = (security_token_t){{0, 0}};
	message->kmsg.groups = 0;
	*notify = (struct notify_word){
	    .header.msgh_bits = MACH_MSGH_BITS(0, MACH_MSG_TYPE_PORT_SEND_ONCE),
	    .header.msgh_size = sizeof(*notify),
	    .header.msgh_local_port = port->receiver_name,
	    .header.msgh_id = MACH_NOTIFY_NO_SENDERS,
	    .ndr = NDR_record,
	    .word = port->mscount,
	};
}

void
ipc_no_senders_short_way(struct ipc_space *space, struct ipc_entry *entry)
{
	struct ipc_port *port = ipc_object_port(entry->object);
	struct thread *self = current_thread();
	struct thread *receiver = receiver_for(port, self);
	struct no_senders message;

	if (receiver == NULL)
		return;
	ipc_hash_remove(entry);
	ipc_entry_free(space, entry);
	port->srights = 0;
	fill(&message, port);
	port->seqno++;
	sched_preempted(self, false);
	timer_need(cpu_self()->slice_end);
	thread_take_off(receiver);
	thread_become(self, receiver, go_on);
	trap_return_value((uint64_t)ipc_kmsg_put(&message.kmsg,
	    receiver->ipc.call.buffer, receiver->ipc.call.option));
}
