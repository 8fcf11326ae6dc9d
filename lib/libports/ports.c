/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The table from port names to objects: a hash with open chains, doubled when
 * full. Entries are made by ports_create and go with the port.
 */
#include "ports.h"

#include <mach/mach_port_user.h>
#include <mach/notify.h>
#include <mach/traps.h>

#include <stdlib.h>

#include "ports_private.h"

struct entry {
	struct entry *next;
	mach_port_t port;
	const struct ports_class *class;
	void *object;
};

static struct entry **table;
static unsigned table_size; /* a power of two */
static unsigned table_count;
static mach_port_t port_set;

static unsigned
slot_of(mach_port_t port, unsigned size)
{
	return (MACH_PORT_INDEX(port) ^ (port >> 20)) & (size - 1);
}

static bool
table_grow(void)
{
	unsigned size = table_size == 0 ? 64 : table_size * 2;
	struct entry **new = calloc(size, sizeof(struct entry *));

	if (new == NULL)
		return false;
	for (unsigned i = 0; i < table_size; i++) {
		struct entry *entry = table[i];

		while (entry != NULL) {
			struct entry *next = entry->next;
			unsigned slot = slot_of(entry->port, size);

			entry->next = new[slot];
			new[slot] = entry;
			entry = next;
		}
	}
	free(table);
	table = new;
	table_size = size;
	return true;
}

static struct entry **
find(mach_port_t port)
{
	struct entry **link;

	if (table_size == 0)
		return NULL;
	link = &table[slot_of(port, table_size)];
	while (*link != NULL && (*link)->port != port)
		link = &(*link)->next;
	return *link != NULL ? link : NULL;
}

mach_port_t
ports_set(void)
{
	if (port_set == MACH_PORT_NULL)
		(void)mach_port_allocate(
		    mach_task_self(), MACH_PORT_RIGHT_PORT_SET, &port_set);
	return port_set;
}

kern_return_t
ports_add(mach_port_t port)
{
	return mach_port_move_member(mach_task_self(), port, ports_set());
}

kern_return_t
ports_create(const struct ports_class *class, void *object, mach_port_t *port)
{
	struct entry *entry = malloc(sizeof(*entry));
	kern_return_t kr;

	if (entry == NULL)
		return KERN_RESOURCE_SHORTAGE;
	if (table_count >= table_size && !table_grow()) {
		free(entry);
		return KERN_RESOURCE_SHORTAGE;
	}
	kr = syscall_mach_port_construct(
	    mach_task_self(), ports_set(), &entry->port);
	if (kr != KERN_SUCCESS) {
		free(entry);
		return kr;
	}
	entry->class = class;
	entry->object = object;
	entry->next = table[slot_of(entry->port, table_size)];
	table[slot_of(entry->port, table_size)] = entry;
	table_count++;
	*port = entry->port;
	return KERN_SUCCESS;
}

mach_port_t
ports_right(mach_port_t port)
{
	if (syscall_mach_port_make_send(mach_task_self(), port) != KERN_SUCCESS)
		return MACH_PORT_NULL;
	return port;
}

void *
ports_lookup(mach_port_t port, const struct ports_class *class)
{
	struct entry **link = find(port);

	return link != NULL && (*link)->class == class ? (*link)->object : NULL;
}

/* Take an entry out of the table. */
static void
forget(struct entry **link)
{
	struct entry *entry = *link;

	*link = entry->next;
	free(entry);
	table_count--;
}

void
ports_destroy(mach_port_t port)
{
	struct entry **link = find(port);

	if (link != NULL)
		forget(link);
	(void)mach_port_mod_refs(
	    mach_task_self(), port, MACH_PORT_RIGHT_RECEIVE, -1);
}

/*
 * The last send right was gone when the make-send count was `count`. If more
 * were made since, the port lives on and tells again when those are gone; that
 * is also what comes of a message that only says it is a notification.
 */
void
ports_no_senders(mach_port_t port, mach_port_mscount_t count)
{
	struct entry **link = find(port);
	struct entry entry;

	if (link == NULL || syscall_mach_port_destruct(
				mach_task_self(), port, count) != KERN_SUCCESS)
		return;
	entry = **link;
	forget(link);
	if (entry.class->release != NULL)
		entry.class->release(entry.object);
}
