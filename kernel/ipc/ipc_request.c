/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Dead-name requests: one a name, on the list of its port. Each ends in one of
 * three ways: taken back, the name ends (port-deleted), or the port dies (the
 * name becomes a dead name with one reference more, dead-name).
 */
#include <ipc/ipc_notify.h>
#include <ipc/ipc_port.h>
#include <ipc/ipc_right.h>
#include <kern/slab.h>

static struct slab_cache request_cache;

void
ipc_right_init(void)
{
	slab_cache_init(&request_cache, "ipc_request",
	    sizeof(struct ipc_request), _Alignof(struct ipc_request));
}

/* Take the request off port and entry; the message is the caller's. */
static struct ipc_kmsg *
unlink_request(struct ipc_entry *entry)
{
	struct ipc_request *request = entry->request;
	struct ipc_kmsg *kmsg = request->kmsg;

	entry->request = NULL;
	entry->bits &= ~IPC_ENTRY_REQUEST;
	list_remove(&request->link);
	slab_free(&request_cache, request);
	return kmsg;
}

kern_return_t
ipc_right_request(
    struct ipc_entry *entry, struct ipc_kmsg *kmsg, struct ipc_kmsg **previous)
{
	struct ipc_request *request = entry->request;

	if (kmsg == NULL) {
		*previous = request != NULL ? unlink_request(entry) : NULL;
		return KERN_SUCCESS;
	}
	if (request != NULL) {
		*previous = request->kmsg;
		request->kmsg = kmsg;
		return KERN_SUCCESS;
	}
	request = slab_alloc(&request_cache);
	if (request == NULL)
		return KERN_RESOURCE_SHORTAGE;
	request->entry = entry;
	request->kmsg = kmsg;
	entry->request = request;
	entry->bits |= IPC_ENTRY_REQUEST;
	list_append(&ipc_object_port(entry->object)->requests, &request->link);
	*previous = NULL;
	return KERN_SUCCESS;
}

void
ipc_right_request_end(struct ipc_entry *entry)
{
	ipc_notify_port_deleted(unlink_request(entry), ipc_entry_name(entry));
}

void
ipc_right_port_died(struct ipc_port *port)
{
	struct list *first;

	while ((first = list_first(&port->requests)) != NULL) {
		struct ipc_request *request =
		    list_entry(first, struct ipc_request, link);
		struct ipc_entry *entry = request->entry;
		struct ipc_kmsg *kmsg = unlink_request(entry);

		ipc_right_make_dead(entry);
		if (entry->urefs < MACH_PORT_UREFS_MAX)
			entry->urefs++;
		ipc_notify_dead_name(kmsg, ipc_entry_name(entry));
	}
}
