/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Ports: birth, death, and the rights the kernel holds itself.
 */
#include <ipc/ipc_kmsg.h>
#include <ipc/ipc_mqueue.h>
#include <ipc/ipc_notify.h>
#include <ipc/ipc_port.h>
#include <ipc/ipc_pset.h>
#include <ipc/ipc_right.h>
#include <ipc/ipc_space.h>
#include <kern/panic.h>
#include <kern/slab.h>

static struct slab_cache port_cache;

/*
 * Ports that ended as they had begun, by `kobject`: the next ones. Few of those
 * made for one answer ever have anything to be taken apart.
 */
#ifdef CONFIG_CHECKED
#define SPARE_MAX 0U
#else
#define SPARE_MAX 32U
#endif
static struct ipc_port *spares;
static unsigned spare_count;

void
ipc_port_init(void)
{
	slab_cache_init(&port_cache, "ipc_port", sizeof(struct ipc_port), 64);
}

static struct ipc_port *
make_port(void)
{
	struct ipc_port *port = slab_alloc_zero(&port_cache);

	if (port == NULL)
		return NULL;
	port->object.type = IPC_OBJECT_PORT;
	wait_queue_init(&port->object.receivers);
	port->qlimit = MACH_PORT_QLIMIT_DEFAULT;
	list_init(&port->messages);
	wait_queue_init(&port->senders);
	list_init(&port->sets);
	list_init(&port->requests);
	return port;
}

struct ipc_port *
ipc_port_create(struct ipc_space *space, mach_port_name_t name)
{
	struct ipc_port *port = spares;

	if (port != NULL) {
		spares = port->kobject;
		spare_count--;
		port->kobject = NULL;
	} else {
		port = make_port();
		if (port == NULL)
			return NULL;
	}
	port->object.active = true;
	port->receiver = space;
	port->receiver_name = name;
	return port;
}

/* Nobody has anything to do with the port but its receiver, nor had asked to.
 */
static bool
is_alone(const struct ipc_port *port)
{
	return (port->srights | port->sorights) == 0 &&
	       (port->object.references | port->msgcount | port->set_count) ==
		   0 &&
	       list_empty(&port->object.receivers.threads) &&
	       ((uintptr_t)port->nsrequest | (uintptr_t)port->pdrequest) == 0 &&
	       list_empty(&port->requests) && !ipc_port_is_kobject(port);
}

bool
ipc_port_end(struct ipc_port *port)
{
	if (spare_count + 1 > SPARE_MAX || !is_alone(port))
		return false;
	assert(list_empty(&port->messages));
	assert(list_empty(&port->senders.threads));
	port->object.active = false;
	port->receiver = NULL;
	port->destination = NULL;
	port->mscount = 0;
	port->seqno = 0;
	port->qlimit = MACH_PORT_QLIMIT_DEFAULT;
	port->context = 0;
	port->wants_room = false;
	port->guarded = false;
	port->strict = false;
	port->kobject = spares;
	spares = port;
	spare_count++;
	return true;
}

void
ipc_port_drain(void)
{
	while (spares != NULL) {
		struct ipc_port *port = spares;

		spares = port->kobject;
		slab_free(&port_cache, port);
	}
	spare_count = 0;
}

void
ipc_port_check_free(struct ipc_port *port)
{
	if (port->object.active || port->srights != 0 || port->sorights != 0 ||
	    port->object.references != 0)
		return;
	assert(list_empty(&port->messages) && !ipc_port_in_set(port));
	slab_free(&port_cache, port);
}

void
ipc_object_release(struct ipc_object *object)
{
	assert(object->references > 0);
	object->references--;
	if (object->type == IPC_OBJECT_PORT)
		ipc_port_check_free(ipc_object_port(object));
	else if (!object->active && object->references == 0)
		ipc_pset_free(ipc_object_pset(object));
}

void
ipc_port_clear_receiver(struct ipc_port *port)
{
	ipc_pset_leave(port);
	ipc_mqueue_changed(&port->object, MACH_RCV_PORT_CHANGED);
	port->receiver = NULL;
	port->receiver_name = MACH_PORT_NULL;
	port->destination = NULL;
	port->context = 0;
	port->guarded = false;
	port->strict = false;
	port->mscount = 0;
	port->seqno = 0;
	ipc_notify_discard(port->nsrequest);
	port->nsrequest = NULL;
}

void
ipc_port_destroy(struct ipc_port *port)
{
	struct ipc_kmsg *request = port->pdrequest;

	assert(port->object.active);
	if (ipc_port_end(port))
		return;
	if (request != NULL) {
		port->pdrequest = NULL;
		ipc_port_clear_receiver(port);
		ipc_notify_port_destroyed(request, port);
		return;
	}
	ipc_pset_leave(port);
	port->object.active = false;
	port->receiver = NULL;
	port->receiver_name = MACH_PORT_NULL;
	port->destination = NULL;
	port->kotype = IKOT_NONE;
	port->kobject = NULL;
	/* Kept while its own messages and requests are worked off. */
	ipc_object_reference(&port->object);
	ipc_mqueue_changed(&port->object, MACH_RCV_PORT_DIED);
	ipc_mqueue_flush(port);
	ipc_notify_discard(port->nsrequest);
	port->nsrequest = NULL;
	ipc_right_port_died(port);
	ipc_object_release(&port->object);
}

/*
 * Follow the destinations: a message to a port that waits in a message to a
 * port... that waits in a message to `port` would never be seen again.
 */
bool
ipc_port_is_circular(
    const struct ipc_port *port, const struct ipc_port *destination)
{
	while (destination != NULL && destination != port) {
		if (!destination->object.active ||
		    destination->receiver != NULL)
			return false;
		destination = destination->destination;
	}
	return destination != NULL;
}

struct ipc_kmsg *
ipc_port_swap_nsrequest(
    struct ipc_port *port, struct ipc_kmsg *request, mach_port_mscount_t sync)
{
	struct ipc_kmsg *previous = port->nsrequest;

	port->nsrequest = NULL;
	port->tells_itself = false;
	if (request != NULL && port->srights == 0 && port->mscount >= sync)
		ipc_notify_no_senders(request, port->mscount);
	else
		port->nsrequest = request;
	return previous;
}

void
ipc_port_reference(struct ipc_port *port)
{
	if (port != NULL)
		ipc_object_reference(&port->object);
}

void
ipc_port_release(struct ipc_port *port)
{
	if (port != NULL)
		ipc_object_release(&port->object);
}

bool
ipc_port_dead(const struct ipc_port *port)
{
	return !port->object.active;
}

struct ipc_port *
ipc_port_make_send(struct ipc_port *port)
{
	if (port == NULL || !port->object.active)
		return NULL;
	port->mscount++;
	port->srights++;
	return port;
}

struct ipc_port *
ipc_port_copy_send(struct ipc_port *port)
{
	if (port == NULL || !port->object.active)
		return NULL;
	port->srights++;
	return port;
}

void
ipc_port_release_send(struct ipc_port *port)
{
	struct ipc_kmsg *request;

	if (port == NULL)
		return;
	assert(port->srights > 0);
	if (--port->srights > 0)
		return;
	if (!port->object.active) {
		ipc_port_check_free(port);
		return;
	}
	request = port->nsrequest;
	if (request != NULL) {
		port->nsrequest = NULL;
		ipc_notify_no_senders(request, port->mscount);
	} else if (ipc_port_is_kobject(port)) {
		ipc_kobject_no_senders(port);
	}
}

struct ipc_port *
ipc_port_make_send_once(struct ipc_port *port)
{
	if (port == NULL || !port->object.active)
		return NULL;
	port->sorights++;
	return port;
}

void
ipc_port_release_send_once(struct ipc_port *port)
{
	if (port == NULL)
		return;
	assert(port->sorights > 0);
	if (port->object.active && !ipc_port_is_kobject(port)) {
		ipc_notify_send_once(port);
		return;
	}
	port->sorights--;
	ipc_port_check_free(port);
}
