/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Requests of names that can be sent to: one a name, on the list of its port,
 * for a dead-name notification, a send-possible one, or both. Each ends in one
 * of four ways: taken back, the name ends (port-deleted), the port dies (the
 * name becomes a dead name with one reference more, dead-name), or, the second
 * kind, the queue gets room (send-possible).
 */
#include <ipc/ipc_notify.h>
#include <ipc/ipc_port.h>
#include <ipc/ipc_right.h>
#include <kern/slab.h>
#include <kern/string.h>

static struct slab_cache request_cache;

void
ipc_right_init(void)
{
	slab_cache_init(&request_cache, "ipc_request",
	    sizeof(struct ipc_request), _Alignof(struct ipc_request));
}

/* A request for nothing goes, from port and entry. */
static void
end_if_empty(struct ipc_request *request)
{
	struct ipc_entry *entry = request->entry;

	for (unsigned i = 0; i < IPC_REQUEST_KINDS; i++)
		if (request->kmsg[i] != NULL)
			return;
	entry->request = NULL;
	entry->bits &= ~IPC_ENTRY_REQUEST;
	list_remove(&request->link);
	slab_free(&request_cache, request);
}

/* One for the entry, of nothing yet; NULL: no memory. */
static struct ipc_request *
begin(struct ipc_entry *entry)
{
	struct ipc_request *request = slab_alloc(&request_cache);

	if (request == NULL)
		return NULL;
	*request = (struct ipc_request){.entry = entry};
	entry->request = request;
	entry->bits |= IPC_ENTRY_REQUEST;
	list_append(&ipc_object_port(entry->object)->requests, &request->link);
	return request;
}

kern_return_t
ipc_right_request(struct ipc_entry *entry, enum ipc_request_kind kind,
    struct ipc_kmsg *kmsg, struct ipc_kmsg **previous)
{
	struct ipc_request *request = entry->request;

	*previous = NULL;
	if (request == NULL && kmsg == NULL)
		return KERN_SUCCESS;
	if (request == NULL)
		request = begin(entry);
	if (request == NULL)
		return KERN_RESOURCE_SHORTAGE;
	*previous = request->kmsg[kind];
	request->kmsg[kind] = kmsg;
	if (kind == IPC_REQUEST_SEND_POSSIBLE && kmsg != NULL)
		ipc_object_port(entry->object)->wants_room = true;
	end_if_empty(request);
	return KERN_SUCCESS;
}

/* The request ends: tell each kind's requester the same. */
static void
end(struct ipc_request *request,
    void (*tell)(struct ipc_kmsg *kmsg, mach_port_name_t name))
{
	mach_port_name_t name = ipc_entry_name(request->entry);
	struct ipc_kmsg *kmsg[IPC_REQUEST_KINDS];

	memcpy(kmsg, request->kmsg, sizeof(kmsg));
	memset(request->kmsg, 0, sizeof(request->kmsg));
	end_if_empty(request);
	for (unsigned i = 0; i < IPC_REQUEST_KINDS; i++)
		if (kmsg[i] != NULL)
			tell(kmsg[i], name);
}

void
ipc_right_request_end(struct ipc_entry *entry)
{
	end(entry->request, ipc_notify_port_deleted);
}

void
ipc_right_port_died(struct ipc_port *port)
{
	struct list *first;

	while ((first = list_first(&port->requests)) != NULL) {
		struct ipc_request *request =
		    list_entry(first, struct ipc_request, link);
		struct ipc_entry *entry = request->entry;
		mach_port_urefs_t told = 0;

		for (unsigned i = 0; i < IPC_REQUEST_KINDS; i++)
			told += request->kmsg[i] != NULL;
		end(request, ipc_notify_dead_name);
		ipc_right_make_dead(entry);
		entry->urefs = entry->urefs < MACH_PORT_UREFS_MAX - told
				   ? entry->urefs + told
				   : MACH_PORT_UREFS_MAX;
	}
}

void
ipc_right_send_possible(struct ipc_port *port)
{
	port->wants_room = false;
	list_for_each_safe (node, after, &port->requests) {
		struct ipc_request *request =
		    list_entry(node, struct ipc_request, link);
		mach_port_name_t name = ipc_entry_name(request->entry);
		struct ipc_kmsg *kmsg =
		    request->kmsg[IPC_REQUEST_SEND_POSSIBLE];

		if (kmsg == NULL)
			continue;
		request->kmsg[IPC_REQUEST_SEND_POSSIBLE] = NULL;
		end_if_empty(request);
		ipc_notify_send_possible(kmsg, name);
	}
}
