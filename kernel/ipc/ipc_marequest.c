/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Message-accepted requests: who sends with MACH_SEND_NOTIFY to a port whose
 * queue is full is not made to wait; the message goes beyond the limit, and
 * when it leaves the queue, however that comes about, he is told. A name has
 * one such request at a time; its entry says so, and the request, which is with
 * the message, knows the name. If the name ends first, null is told.
 */
#include <mach/notify.h>

#include <ipc/ipc_kmsg.h>
#include <ipc/ipc_marequest.h>
#include <ipc/ipc_notify.h>
#include <ipc/ipc_port.h>
#include <ipc/ipc_right.h>
#include <ipc/ipc_space.h>
#include <kern/slab.h>

struct ipc_marequest {
	struct ipc_space *space; /* a reference */
	mach_port_name_t name;   /* of the port sent to; or null */
	struct ipc_kmsg *notification;
};

static struct slab_cache cache;

void
ipc_marequest_init(void)
{
	slab_cache_init(&cache, "ipc_marequest", sizeof(struct ipc_marequest),
	    _Alignof(struct ipc_marequest));
}

/* The name a space has for a port it can send to; NULL. */
static struct ipc_entry *
entry_of(struct ipc_space *space, const struct ipc_port *port)
{
	if (port->receiver == space)
		return ipc_right_lookup(space, port->receiver_name);
	return ipc_hash_lookup(space, port);
}

static struct ipc_kmsg *
make_notification(struct ipc_port *notify)
{
	struct ipc_kmsg *kmsg;

	notify->sorights++;
	kmsg = ipc_notify_alloc(notify);
	if (kmsg == NULL)
		notify->sorights--;
	return kmsg;
}

mach_msg_return_t
ipc_marequest_create(
    struct ipc_space *space, struct ipc_kmsg *kmsg, struct ipc_port *notify)
{
	const struct ipc_port *port = ipc_kmsg_remote(kmsg);
	struct ipc_entry *entry = port != NULL ? entry_of(space, port) : NULL;
	struct ipc_marequest *request;

	if (entry != NULL && (entry->bits & IPC_ENTRY_MAREQUEST) != 0)
		return MACH_SEND_NOTIFY_IN_PROGRESS;
	request = slab_alloc(&cache);
	if (request == NULL)
		return MACH_SEND_NO_NOTIFY;
	request->notification = make_notification(notify);
	if (request->notification == NULL) {
		slab_free(&cache, request);
		return MACH_SEND_NO_NOTIFY;
	}
	ipc_space_reference(space);
	request->space = space;
	request->name = MACH_PORT_NULL;
	if (entry != NULL) {
		request->name = ipc_entry_name(entry);
		entry->bits |= IPC_ENTRY_MAREQUEST;
	}
	kmsg->accepted = request;
	return MACH_MSG_SUCCESS;
}

/*
 * The request is with one of the port's messages, of which there may be many:
 * this is for who changes his mind, which is rare.
 */
void
ipc_marequest_cancel(struct ipc_entry *entry)
{
	const struct ipc_space *space = ipc_entry_space(entry);

	entry->bits &= ~IPC_ENTRY_MAREQUEST;
	list_for_each (node, &ipc_object_port(entry->object)->messages) {
		struct ipc_marequest *request = ipc_kmsg_entry(node)->accepted;

		if (request != NULL && request->space == space)
			request->name = MACH_PORT_NULL;
	}
}

/* The request's name, if it is still that of a port it was made for. */
static mach_port_name_t
end_name(const struct ipc_marequest *request)
{
	struct ipc_entry *entry;

	if (!request->space->active)
		return MACH_PORT_NULL;
	entry = ipc_entry_lookup(request->space, request->name);
	if (entry == NULL || (entry->bits & IPC_ENTRY_MAREQUEST) == 0)
		return MACH_PORT_NULL;
	entry->bits &= ~IPC_ENTRY_MAREQUEST;
	return request->name;
}

void
ipc_marequest_end(struct ipc_kmsg *kmsg)
{
	struct ipc_marequest *request = kmsg->accepted;

	kmsg->accepted = NULL;
	ipc_notify_msg_accepted(request->notification, end_name(request));
	ipc_space_release(request->space);
	slab_free(&cache, request);
}
