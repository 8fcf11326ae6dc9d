/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The table from port names to objects: a hash with open chains, doubled when
 * full. Entries are made by ports_create and go with the port. Ports whose
 * objects have ended are kept with their entries, which have no class then, and
 * with a send right, for the next objects: making and ending one costs many
 * times as much.
 */
#include "ports.h"

#include <mach/mach_port_user.h>
#include <mach/notify.h>
#include <mach/traps.h>

#include <stdlib.h>

#include "ports_private.h"

#define SPARES_MAX 32U

struct entry {
	struct entry *next;
	struct entry *next_spare;
	mach_port_t port;
	const struct ports_class *class;
	void *object;
};

static struct entry **table;
static unsigned table_size; /* a power of two */
static unsigned table_count;
static mach_port_t port_set;
static struct entry *spares;
static unsigned spare_count;

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

/* An entry without a port, for which the table has room. */
static struct entry *
make_entry(void)
{
	if (table_count >= table_size && !table_grow())
		return NULL;
	return malloc(sizeof(struct entry));
}

static void
add_entry(struct entry *entry)
{
	struct entry **slot = &table[slot_of(entry->port, table_size)];

	entry->next = *slot;
	*slot = entry;
	table_count++;
}

/* A new port in the table; NULL: no memory. */
static struct entry *
construct(void)
{
	struct entry *entry = make_entry();

	if (entry == NULL)
		return NULL;
	if (syscall_mach_port_construct(
		mach_task_self(), ports_set(), &entry->port) != KERN_SUCCESS) {
		free(entry);
		return NULL;
	}
	add_entry(entry);
	return entry;
}

kern_return_t
ports_create(const struct ports_class *class, void *object, mach_port_t *port)
{
	struct entry *entry = construct();

	if (entry == NULL)
		return KERN_RESOURCE_SHORTAGE;
	entry->class = class;
	entry->object = object;
	*port = entry->port;
	return KERN_SUCCESS;
}

kern_return_t
ports_adopt(const struct ports_class *class, void *object, mach_port_t port)
{
	struct entry *entry = make_entry();
	mach_port_t previous = MACH_PORT_NULL;
	kern_return_t kr;

	if (entry == NULL)
		return KERN_RESOURCE_SHORTAGE;
	kr = mach_port_request_notification(
	    mach_task_self(), port, MACH_NOTIFY_NO_SENDERS, 0, port, &previous);
	if (kr == KERN_SUCCESS)
		kr = ports_add(port);
	if (MACH_PORT_VALID(previous))
		(void)mach_port_deallocate(mach_task_self(), previous);
	if (kr != KERN_SUCCESS) {
		free(entry);
		return kr;
	}
	entry->port = port;
	entry->class = class;
	entry->object = object;
	add_entry(entry);
	return KERN_SUCCESS;
}

kern_return_t
ports_create_right(
    const struct ports_class *class, void *object, mach_port_t *port)
{
	struct entry *entry = spares;
	kern_return_t kr;

	if (entry == NULL) {
		kr = ports_create(class, object, port);
		if (kr != KERN_SUCCESS || ports_right(*port) == *port)
			return kr;
		ports_destroy(*port);
		return KERN_RESOURCE_SHORTAGE;
	}
	spares = entry->next_spare;
	spare_count--;
	entry->class = class;
	entry->object = object;
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

/* What becomes of the port: the next object's, or nothing. */
static kern_return_t
end(struct entry **link, mach_port_mscount_t count)
{
	struct entry *entry = *link;
	kern_return_t kr = KERN_RESOURCE_SHORTAGE;

	if (spare_count < SPARES_MAX)
		kr = syscall_mach_port_renew(
		    mach_task_self(), entry->port, count);
	if (kr == KERN_SUCCESS) {
		entry->class = NULL;
		entry->next_spare = spares;
		spares = entry;
		spare_count++;
		return kr;
	}
	if (kr == KERN_RESOURCE_SHORTAGE)
		kr = syscall_mach_port_destruct(
		    mach_task_self(), entry->port, count);
	if (kr == KERN_SUCCESS)
		forget(link);
	return kr;
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
	const struct ports_class *class;
	void *object;

	if (link == NULL || (*link)->class == NULL)
		return;
	class = (*link)->class;
	object = (*link)->object;
	if (end(link, count) == KERN_SUCCESS && class->release != NULL)
		class->release(object);
}
