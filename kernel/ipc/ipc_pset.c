/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Port sets.
 */
#include <mach/message.h>

#include <ipc/ipc_kmsg.h>
#include <ipc/ipc_mqueue.h>
#include <ipc/ipc_port.h>
#include <ipc/ipc_pset.h>
#include <kern/panic.h>
#include <kern/slab.h>
#include <kern/thread.h>

static struct slab_cache pset_cache;
static struct slab_cache member_cache;

/* Of sets that end, as many members leave at once; the rest by ipc_reap(). */
#define AT_ONCE 32U
static struct list ending = LIST_INITIALIZER(ending);
static void end_more(void);
static struct ipc_reaped later = IPC_REAPED(later, end_more);

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

/* So many at most; true: there are more. */
static bool
end_members(struct ipc_pset *pset, unsigned most)
{
	struct list *first;

	while ((first = list_first(&pset->members)) != NULL && most-- > 0)
		end(list_entry(first, struct ipc_member, of_set));
	return first != NULL;
}

/* May block: meanwhile more sets may come, and members end with their ports. */
static void
end_more(void)
{
	struct list *first;

	while ((first = list_first(&ending)) != NULL) {
		struct ipc_pset *pset =
		    list_entry(first, struct ipc_pset, link);

		while (end_members(pset, AT_ONCE))
			preempt_point();
		list_remove(first);
		ipc_object_release(&pset->object);
	}
}

void
ipc_pset_destroy(struct ipc_pset *pset)
{
	pset->object.active = false;
	ipc_object_reference(&pset->object);
	ipc_mqueue_changed(&pset->object, MACH_RCV_PORT_DIED);
	if (!end_members(pset, AT_ONCE)) {
		ipc_object_release(&pset->object);
		return;
	}
	list_append(&ending, &pset->link);
	ipc_reap_other(&later);
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

struct ipc_pset *
ipc_pset_of(const struct ipc_port *port)
{
	list_for_each (node, &port->sets) {
		struct ipc_pset *pset =
		    list_entry(node, struct ipc_member, of_port)->pset;

		if (pset->object.active)
			return pset;
	}
	return NULL;
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
