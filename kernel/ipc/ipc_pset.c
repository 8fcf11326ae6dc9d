/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Port sets.
 */
#include <mach/message.h>

#include <ipc/ipc_mqueue.h>
#include <ipc/ipc_port.h>
#include <ipc/ipc_pset.h>
#include <kern/panic.h>
#include <kern/slab.h>

static struct slab_cache pset_cache;
static struct slab_cache member_cache;

void
ipc_pset_init(void)
{
	slab_cache_init(&pset_cache, "ipc_pset", sizeof(struct ipc_pset), 64);
	slab_cache_init(&member_cache, "ipc_member", sizeof(struct ipc_member),
	    _Alignof(struct ipc_member));
}

struct ipc_pset *
ipc_pset_create(mach_port_name_t name)
{
	struct ipc_pset *pset = slab_alloc_zero(&pset_cache);

	if (pset == NULL)
		return NULL;
	pset->object.type = IPC_OBJECT_PSET;
	pset->object.active = true;
	wait_queue_init(&pset->object.receivers);
	pset->name = name;
	list_init(&pset->members);
	list_init(&pset->ready);
	return pset;
}

void
ipc_pset_free(struct ipc_pset *pset)
{
	slab_free(&pset_cache, pset);
}

static struct ipc_member *
find_in_port(const struct ipc_pset *pset, const struct ipc_port *port)
{
	list_for_each (node, &port->sets) {
		struct ipc_member *member =
		    list_entry(node, struct ipc_member, of_port);

		if (member->pset == pset)
			return member;
	}
	return NULL;
}

static struct ipc_member *
find_in_set(const struct ipc_pset *pset, const struct ipc_port *port)
{
	list_for_each (node, &pset->members) {
		struct ipc_member *member =
		    list_entry(node, struct ipc_member, of_set);

		if (member->port == port)
			return member;
	}
	return NULL;
}

/* Either list may be long; seldom are both. */
static struct ipc_member *
find(const struct ipc_pset *pset, const struct ipc_port *port)
{
	return port->set_count <= pset->member_count ? find_in_port(pset, port)
						     : find_in_set(pset, port);
}

static void
end(struct ipc_member *member)
{
	member->pset->member_count--;
	member->port->set_count--;
	list_remove(&member->of_set);
	list_remove(&member->of_port);
	list_remove(&member->ready);
	slab_free(&member_cache, member);
}

void
ipc_pset_destroy(struct ipc_pset *pset)
{
	struct list *first;

	while ((first = list_first(&pset->members)) != NULL)
		end(list_entry(first, struct ipc_member, of_set));
	pset->object.active = false;
	ipc_object_reference(&pset->object);
	ipc_mqueue_changed(&pset->object, MACH_RCV_PORT_DIED);
	ipc_object_release(&pset->object);
}

/* Make a new member of what it says it is one of. */
static void
begin(struct ipc_member *member)
{
	struct ipc_port *port = member->port;

	assert(member->pset->object.active);
	ipc_mqueue_changed(&port->object, MACH_RCV_PORT_CHANGED);
	list_append(&member->pset->members, &member->of_set);
	list_append(&port->sets, &member->of_port);
	list_init(&member->ready);
	member->pset->member_count++;
	port->set_count++;
	ipc_mqueue_feed(port);
}

static struct ipc_member *
make(struct ipc_pset *pset, struct ipc_port *port)
{
	struct ipc_member *member = slab_alloc(&member_cache);

	if (member != NULL) {
		member->pset = pset;
		member->port = port;
	}
	return member;
}

kern_return_t
ipc_pset_add(struct ipc_pset *pset, struct ipc_port *port)
{
	struct ipc_member *member;

	if (find(pset, port) != NULL)
		return KERN_ALREADY_IN_SET;
	member = make(pset, port);
	if (member == NULL)
		return KERN_RESOURCE_SHORTAGE;
	begin(member);
	return KERN_SUCCESS;
}

bool
ipc_pset_remove(struct ipc_pset *pset, struct ipc_port *port)
{
	struct ipc_member *member = find(pset, port);

	if (member != NULL)
		end(member);
	return member != NULL;
}

void
ipc_pset_leave(struct ipc_port *port)
{
	struct list *first;

	while ((first = list_first(&port->sets)) != NULL)
		end(list_entry(first, struct ipc_member, of_port));
}

kern_return_t
ipc_pset_move(struct ipc_pset *pset, struct ipc_port *port)
{
	struct ipc_member *member = make(pset, port);

	if (member == NULL)
		return KERN_RESOURCE_SHORTAGE;
	ipc_pset_leave(port);
	begin(member);
	return KERN_SUCCESS;
}
