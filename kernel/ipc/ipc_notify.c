/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Notifications: the messages of mach/defs/notify.defs, made here by hand
 * because the interface is the users' and their layout is five lines.
 */
#include <mach/notify.h>

#include <ipc/ipc_kmsg.h>
#include <ipc/ipc_mqueue.h>
#include <ipc/ipc_notify.h>
#include <ipc/ipc_port.h>
#include <ipc/ipc_quota.h>

#pragma pack(push, 4)
struct notify_right {
	mach_msg_header_t header;
	mach_msg_body_t body;
	mach_msg_port_descriptor_t right;
};
#pragma pack(pop)

/* Messages kept for send-once notifications when memory is gone. */
#define NOTIFY_RESERVE 32U
static struct list reserve = LIST_INITIALIZER(reserve);
static unsigned reserve_count;

static void
refill(void)
{
	while (reserve_count < NOTIFY_RESERVE) {
		struct ipc_kmsg *kmsg =
		    ipc_kmsg_alloc(sizeof(mach_msg_header_t));

		if (kmsg == NULL)
			return;
		list_append(&reserve, &kmsg->link);
		reserve_count++;
	}
}

void
ipc_notify_init(void)
{
	refill();
}

static struct ipc_kmsg *
take_reserve(void)
{
	struct list *first = list_first(&reserve);

	if (first == NULL)
		return NULL;
	list_remove(first);
	reserve_count--;
	return ipc_kmsg_entry(first);
}

static void
set_header(struct ipc_kmsg *kmsg, mach_msg_id_t id, mach_msg_size_t size)
{
	kmsg->header.msgh_size = size;
	kmsg->header.msgh_id = id;
}

struct ipc_kmsg *
ipc_notify_alloc(struct ipc_port *send_once)
{
	struct ipc_kmsg *kmsg = ipc_kmsg_alloc(sizeof(struct notify_right));

	if (kmsg == NULL)
		return NULL;
	if (!ipc_quota_pay(kmsg)) {
		ipc_kmsg_free(kmsg);
		return NULL;
	}
	kmsg->header = (mach_msg_header_t){
	    .msgh_bits = MACH_MSGH_BITS(MACH_MSG_TYPE_PORT_SEND_ONCE, 0),
	    .msgh_remote_port = ipc_port_to_handle(send_once),
	};
	return kmsg;
}

mach_port_t
ipc_notify_cancel(struct ipc_kmsg *kmsg)
{
	mach_port_t handle = MACH_PORT_NULL;

	if (kmsg != NULL) {
		handle = kmsg->header.msgh_remote_port;
		ipc_quota_discharge(kmsg);
		ipc_kmsg_free(kmsg);
	}
	return handle;
}

void
ipc_notify_discard(struct ipc_kmsg *kmsg)
{
	ipc_port_release_send_once(
	    ipc_port_from_handle(ipc_notify_cancel(kmsg)));
}

static void
send_word(struct ipc_kmsg *kmsg, mach_msg_id_t id, natural_t word)
{
	struct notify_word *message = (void *)&kmsg->header;

	set_header(kmsg, id, sizeof(*message));
	message->ndr = NDR_record;
	message->word = word;
	ipc_mqueue_send_always(kmsg);
}

void
ipc_notify_dead_name(struct ipc_kmsg *kmsg, mach_port_name_t name)
{
	send_word(kmsg, MACH_NOTIFY_DEAD_NAME, name);
}

void
ipc_notify_send_possible(struct ipc_kmsg *kmsg, mach_port_name_t name)
{
	send_word(kmsg, MACH_NOTIFY_SEND_POSSIBLE, name);
}

void
ipc_notify_port_deleted(struct ipc_kmsg *kmsg, mach_port_name_t name)
{
	send_word(kmsg, MACH_NOTIFY_PORT_DELETED, name);
}

void
ipc_notify_msg_accepted(struct ipc_kmsg *kmsg, mach_port_name_t name)
{
	send_word(kmsg, MACH_NOTIFY_MSG_ACCEPTED, name);
}

void
ipc_notify_no_senders(struct ipc_kmsg *kmsg, mach_port_mscount_t mscount)
{
	send_word(kmsg, MACH_NOTIFY_NO_SENDERS, mscount);
}

void
ipc_notify_port_destroyed(struct ipc_kmsg *kmsg, struct ipc_port *port)
{
	struct notify_right *message = (void *)&kmsg->header;

	set_header(kmsg, MACH_NOTIFY_PORT_DESTROYED, sizeof(*message));
	message->header.msgh_bits |= MACH_MSGH_BITS_COMPLEX;
	message->body.msgh_descriptor_count = 1;
	message->right = (mach_msg_port_descriptor_t){
	    .name = ipc_port_to_handle(port),
	    .disposition = MACH_MSG_TYPE_PORT_RECEIVE,
	    .type = MACH_MSG_PORT_DESCRIPTOR,
	};
	/* The header's right is one already: moved, not made. */
	ipc_copyin_from_kernel(&kmsg->header);
	ipc_mqueue_send_always(kmsg);
}

void
ipc_notify_send_once(struct ipc_port *port)
{
	struct ipc_kmsg *kmsg = NULL;

	if (port->msgcount < IPC_PORT_QUEUE_MAX) {
		kmsg = ipc_kmsg_alloc(sizeof(mach_msg_header_t));
		if (kmsg == NULL)
			kmsg = take_reserve();
		else
			refill();
	}
	if (kmsg == NULL) {
		port->sorights--;
		return;
	}
	kmsg->header = (mach_msg_header_t){
	    .msgh_bits = MACH_MSGH_BITS(MACH_MSG_TYPE_PORT_SEND_ONCE, 0),
	    .msgh_remote_port = ipc_port_to_handle(port),
	};
	set_header(kmsg, MACH_NOTIFY_SEND_ONCE, sizeof(mach_msg_header_t));
	ipc_mqueue_send_always(kmsg);
}
