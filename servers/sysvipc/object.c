/* SPDX-License-Identifier: BSD-2-Clause */
#include "object.h"

#include <errno.h>
#include <libports/ports.h>
#include <servers/sysvipc_server.h>
#include <stddef.h>
#include <string.h>
#include <sys/ipc.h>
#include <time.h>

#define GENERATIONS 0x100000 /* ids stay positive */

struct slot {
	struct object *object;
	unsigned generation;
};

static const struct kind *const kinds[SYSV_KINDS] = {
    [SYSV_SHM] = &segment_kind,
    [SYSV_SEM] = &semaphores_kind,
    [SYSV_MSG] = &queue_kind,
};

static struct slot slots[SYSV_KINDS][OBJECTS_MAX];

int64_t
object_now(void)
{
	return time(NULL);
}

/* NULL: there is none of that id. */
static struct object *
by_id(unsigned kind, int id)
{
	struct object *object;

	if (kind >= SYSV_KINDS || id < 0)
		return NULL;
	object = slots[kind][id % OBJECTS_MAX].object;
	return object != NULL && object->id == id ? object : NULL;
}

/* Is the sender, who has that group, in the other one? */
static bool
is_in(uint32_t own, uint32_t group)
{
	return own == group || ports_groups_have(ports_sender_groups(), group);
}

static bool
may(const struct object *object, unsigned wanted)
{
	security_token_t sender = ports_sender();
	uint32_t uid = sender.val[0], gid = sender.val[1];
	unsigned granted = object->mode;

	if (uid == 0)
		return true;
	if (uid == object->uid || uid == object->cuid)
		granted >>= 6;
	else if (is_in(gid, object->gid) || is_in(gid, object->cgid))
		granted >>= 3;
	return (wanted & ~granted & 7) == 0;
}

static bool
may_control(const struct object *object)
{
	uint32_t uid = ports_sender().val[0];

	return uid == 0 || uid == object->uid || uid == object->cuid;
}

void *
object_find(const struct kind *kind, int id, unsigned wanted, int *error)
{
	struct object *object = by_id(kind->number, id);

	*error = EINVAL;
	if (object == NULL)
		return NULL;
	*error = EACCES;
	return may(object, wanted) ? object : NULL;
}

void
object_forget_key(struct object *object)
{
	object->key = IPC_PRIVATE;
}

void
object_forget(struct object *object)
{
	slots[object->kind->number][object->id % OBJECTS_MAX].object = NULL;
}

void
object_each(const struct kind *kind,
    void (*function)(struct object *object, void *argument), void *argument)
{
	struct slot *slot = slots[kind->number];

	for (unsigned i = 0; i < OBJECTS_MAX; i++)
		if (slot[i].object != NULL)
			function(slot[i].object, argument);
}

/* The one with that key, and a free slot, if there is room for the user. */
static struct object *
by_key(unsigned kind, int key, struct slot **room)
{
	uint32_t uid = ports_sender().val[0];
	unsigned own = 0;

	*room = NULL;
	for (struct slot *slot = slots[kind]; slot < slots[kind] + OBJECTS_MAX;
	     slot++) {
		if (slot->object == NULL) {
			if (*room == NULL)
				*room = slot;
			continue;
		}
		if (key != IPC_PRIVATE && slot->object->key == key)
			return slot->object;
		own += slot->object->cuid == uid;
	}
	if (uid != 0 && own >= OBJECTS_USER_MAX)
		*room = NULL;
	return NULL;
}

static int
make(unsigned kind, struct slot *slot, int key, uint64_t size, int flags,
    int pid)
{
	security_token_t sender = ports_sender();
	struct object *object;
	int error = kinds[kind]->create(size, pid, &object);

	if (error != 0)
		return error;
	object->kind = kinds[kind];
	object->key = key;
	object->mode = (unsigned)flags & 0777;
	object->uid = object->cuid = sender.val[0];
	object->gid = object->cgid = sender.val[1];
	object->changed = object_now();
	object->id =
	    (int)(slot - slots[kind]) + (int)(slot->generation * OBJECTS_MAX);
	slot->generation = (slot->generation + 1) % GENERATIONS;
	slot->object = object;
	return 0;
}

/* May the sender have one that is there? */
static int
use(const struct object *object, uint64_t size, int flags)
{
	unsigned mode = (unsigned)flags;

	if ((flags & IPC_CREAT) != 0 && (flags & IPC_EXCL) != 0)
		return EEXIST;
	if (!may(object, (mode >> 6 | mode >> 3 | mode) & 7))
		return EACCES;
	return object->kind->fits(object, size) ? 0 : EINVAL;
}

kern_return_t
/* NOLINTNEXTLINE(readability-function-size): the interface has so many */
S_sysv_get(mach_port_t server, int kind, int key, uint64_t size, int flags,
    int pid, int *id)
{
	struct slot *room;
	struct object *object;
	int error = 0;

	(void)server;
	if ((unsigned)kind >= SYSV_KINDS)
		return SERVER_ERROR(EINVAL);
	object = by_key((unsigned)kind, key, &room);
	if (object != NULL)
		error = use(object, size, flags);
	else if (key != IPC_PRIVATE && (flags & IPC_CREAT) == 0)
		error = ENOENT;
	else if (room == NULL)
		error = ENOSPC;
	else
		error = make((unsigned)kind, room, key, size, flags, pid);
	if (error != 0)
		return SERVER_ERROR(error);
	*id = object != NULL ? object->id : room->object->id;
	return KERN_SUCCESS;
}

static void
describe(const struct object *object, struct sysv_info *info)
{
	memset(info, 0, sizeof(*info));
	info->id = (uint64_t)object->id;
	info->key = (uint32_t)object->key;
	info->mode = object->mode;
	info->uid = object->uid;
	info->gid = object->gid;
	info->cuid = object->cuid;
	info->cgid = object->cgid;
	info->changed = (uint64_t)object->changed;
	object->kind->describe(object, info);
}

kern_return_t
S_sysv_get_info(mach_port_t server, int kind, int id, sysv_info_t *info)
{
	const struct object *object = by_id((unsigned)kind, id);

	(void)server;
	if (object == NULL)
		return SERVER_ERROR(EINVAL);
	if (!may(object, OBJECT_READ))
		return SERVER_ERROR(EACCES);
	describe(object, info);
	return KERN_SUCCESS;
}

/* What is there is no secret. */
kern_return_t
S_sysv_list_info(mach_port_t server, int kind, int slot, sysv_info_t *info)
{
	(void)server;
	if ((unsigned)kind >= SYSV_KINDS || (unsigned)slot >= OBJECTS_MAX)
		return SERVER_ERROR(EINVAL);
	if (slots[kind][slot].object == NULL)
		return SERVER_ERROR(ENOENT);
	describe(slots[kind][slot].object, info);
	return KERN_SUCCESS;
}

kern_return_t
S_sysv_set_info(mach_port_t server, int kind, int id, sysv_info_t info)
{
	struct object *object = by_id((unsigned)kind, id);
	int error = 0;

	(void)server;
	if (object == NULL)
		return SERVER_ERROR(EINVAL);
	if (!may_control(object))
		return SERVER_ERROR(EPERM);
	if (object->kind->set != NULL)
		error = object->kind->set(object, &info);
	if (error != 0)
		return SERVER_ERROR(error);
	object->uid = (uint32_t)info.uid;
	object->gid = (uint32_t)info.gid;
	object->mode = (object->mode & ~0777U) | ((unsigned)info.mode & 0777);
	object->changed = object_now();
	return KERN_SUCCESS;
}

kern_return_t
S_sysv_remove(mach_port_t server, int kind, int id)
{
	struct object *object = by_id((unsigned)kind, id);

	(void)server;
	if (object == NULL)
		return SERVER_ERROR(EINVAL);
	if (!may_control(object))
		return SERVER_ERROR(EPERM);
	object->kind->remove(object);
	return KERN_SUCCESS;
}
