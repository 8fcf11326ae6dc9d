/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What becomes undone when a process ends. A process is known by a port that
 * ends with it (proc_lock_owner), and not before: exec keeps what is to be
 * undone, and a forked child has nothing.
 */
#include <mach/mach_port_user.h>
#include <mach/traps.h>

#include <errno.h>
#include <libmach/mach.h>
#include <stdlib.h>

#include "semaphores.h"

#define OWNERS_MAX 512
#define UNDOS_MAX  8192 /* of all processes */

struct undo {
	struct undo *next;
	struct semaphores *set;
	unsigned number;
	int value; /* to be added */
};

struct undo_owner {
	struct undo_owner *next;
	mach_port_t port;
	struct undo *undos;
};

static struct undo_owner *owners;
static unsigned owner_count;
static unsigned undo_count;

int
undo_owner(mach_port_t port, struct undo_owner **result)
{
	struct undo_owner *owner = owners;

	while (owner != NULL && owner->port != port)
		owner = owner->next;
	*result = owner;
	if (owner != NULL)
		return 0;
	if (owner_count >= OWNERS_MAX)
		return ENOSPC;
	owner = calloc(1, sizeof(*owner));
	if (owner == NULL)
		return ENOMEM;
	/* Without being told of its end it would be undone never. */
	if (mach_port_mod_refs(mach_task_self(), port, MACH_PORT_RIGHT_SEND,
		1) != KERN_SUCCESS) {
		free(owner);
		return EINVAL;
	}
	if (ports_watch(port) != KERN_SUCCESS) {
		(void)syscall_mach_port_deallocate(mach_task_self(), port);
		free(owner);
		return EINVAL;
	}
	owner->port = port;
	owner->next = owners;
	owners = owner;
	owner_count++;
	*result = owner;
	return 0;
}

static struct undo *
find(const struct undo_owner *owner, const struct semaphores *set,
    unsigned number)
{
	struct undo *undo = owner->undos;

	while (undo != NULL && (undo->set != set || undo->number != number))
		undo = undo->next;
	return undo;
}

int
undo_reserve(struct undo_owner *owner, struct semaphores *set, unsigned number)
{
	struct undo *undo;

	if (find(owner, set, number) != NULL)
		return 0;
	undo = undo_count < UNDOS_MAX ? calloc(1, sizeof(*undo)) : NULL;
	if (undo == NULL)
		return ENOSPC;
	undo->set = set;
	undo->number = number;
	undo->next = owner->undos;
	owner->undos = undo;
	undo_count++;
	return 0;
}

bool
undo_add(struct undo_owner *owner, const struct semaphores *set,
    unsigned number, int added)
{
	struct undo *undo = find(owner, set, number);
	int value;

	if (undo == NULL)
		return false;
	value = undo->value - added;
	if (value > SYSV_VALUE_MAX || value < -SYSV_VALUE_MAX)
		return false;
	undo->value = value;
	return true;
}

void
undo_forget(const struct semaphores *set, unsigned number)
{
	for (struct undo_owner *o = owners; o != NULL; o = o->next) {
		struct undo *undo = find(o, set, number);

		if (undo != NULL)
			undo->value = 0;
	}
}

static void
remove_all(struct undo **link, const struct semaphores *set)
{
	while (*link != NULL) {
		struct undo *undo = *link;

		if (undo->set != set) {
			link = &undo->next;
			continue;
		}
		*link = undo->next;
		free(undo);
		undo_count--;
	}
}

void
undo_remove(const struct semaphores *set)
{
	for (struct undo_owner *o = owners; o != NULL; o = o->next)
		remove_all(&o->undos, set);
}

static void
carry_out(struct undo *undo)
{
	int *value = &undo->set->semaphore[undo->number].value;

	*value += undo->value;
	if (*value < 0)
		*value = 0;
	if (*value > SYSV_VALUE_MAX)
		*value = SYSV_VALUE_MAX;
	if (undo->value != 0)
		operate_wake(undo->set);
}

void
undo_died(mach_port_t name)
{
	struct undo_owner **link = &owners, *owner;
	struct undo *undo;

	while (*link != NULL && (*link)->port != name)
		link = &(*link)->next;
	owner = *link;
	if (owner != NULL) {
		operate_owner_died(owner);
		*link = owner->next;
		while ((undo = owner->undos) != NULL) {
			owner->undos = undo->next;
			undo_count--;
			carry_out(undo);
			free(undo);
		}
		free(owner);
		owner_count--;
		(void)syscall_mach_port_deallocate(mach_task_self(), name);
	}
	(void)syscall_mach_port_deallocate(mach_task_self(), name);
}
