/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Requests of names that can be sent to: one a name, on the list of its port,
 * for a dead-name notification, a send-possible one, or both. Each ends in one
 * of four ways: taken back, the name ends (port-deleted), the port dies (the
 * name becomes a dead name with one reference more, dead-name), or, the second
 * kind, the queue gets room (send-possible). Of many requests for a port that
 * dies the rest is told by ipc_reap(), which others may preempt.
 */
#include <ipc/ipc_kmsg.h>
#include <ipc/ipc_notify.h>
#include <ipc/ipc_port.h>
#include <ipc/ipc_right.h>
#include <kern/slab.h>
#include <kern/string.h>
#include <kern/thread.h>

static struct slab_cache request_cache;

/*
 * Of ports that died, more than were told at once: for ipc_reap(). Their
 * entries still have their rights, which keep the ports.
 */
#define AT_ONCE 32U
static struct list dead_requests = LIST_INITIALIZER(dead_requests);
static void tell_more(void);
static struct ipc_reaped telling = IPC_REAPED(telling, tell_more);

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
	end(entry->request, entry->object->active ? ipc_notify_port_deleted
						  : ipc_notify_dead_name);
}

void
ipc_right_died(struct ipc_entry *entry)
{
	const struct ipc_request *request = entry->request;
	mach_port_urefs_t told = 0;

	if (request != NULL) {
		for (unsigned i = 0; i < IPC_REQUEST_KINDS; i++)
			told += request->kmsg[i] != NULL;
		ipc_right_request_end(entry);
	}
	ipc_right_make_dead(entry);
	entry->urefs = entry->urefs < MACH_PORT_UREFS_MAX - told
			   ? entry->urefs + told
			   : MACH_PORT_UREFS_MAX;
}

/* The first so many on a list of requests; true: there are more. */
static bool
tell_dead(const struct list *requests, unsigned most)
{
	struct list *first;

	while ((first = list_first(requests)) != NULL && most-- > 0)
		ipc_right_died(
		    list_entry(first, struct ipc_request, link)->entry);
	return first != NULL;
}

/*
 * May block. Who looks a name up meanwhile is told of it there and then, and
 * who ends one, too: both take its request off the list.
 */
static void
tell_more(void)
{
	while (tell_dead(&dead_requests, AT_ONCE))
		preempt_point();
}

void
ipc_right_port_died(struct ipc_port *port)
{
	if (!tell_dead(&port->requests, AT_ONCE))
		return;
	list_join(&dead_requests, &port->requests);
	ipc_reap_other(&telling);
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
