/* SPDX-License-Identifier: BSD-2-Clause */
#include "semaphores.h"

#include <errno.h>
#include <servers/sysvipc_server.h>
#include <stdlib.h>
#include <sys/sem.h>

static int
semaphores_create(uint64_t count, int pid, struct object **object)
{
	struct semaphores *set;

	(void)pid;
	if (count == 0 || count > SYSV_SEMS_MAX)
		return EINVAL;
	set = calloc(1, sizeof(*set) + count * sizeof(set->semaphore[0]));
	if (set == NULL)
		return ENOMEM;
	set->count = (unsigned)count;
	*object = &set->object;
	return 0;
}

static bool
semaphores_fit(const struct object *object, uint64_t count)
{
	return count <= ((const struct semaphores *)object)->count;
}

static void
semaphores_describe(const struct object *object, struct sysv_info *info)
{
	const struct semaphores *set = (const struct semaphores *)object;

	info->size = set->count;
	info->time[0] = (uint64_t)set->operated;
}

static void
semaphores_remove(struct object *object)
{
	struct semaphores *set = (struct semaphores *)object;

	operate_fail(set, EIDRM);
	undo_remove(set);
	object_forget(object);
	free(set);
}

const struct kind semaphores_kind = {
    .number = SYSV_SEM,
    .create = semaphores_create,
    .fits = semaphores_fit,
    .describe = semaphores_describe,
    .remove = semaphores_remove,
};

kern_return_t
S_sysv_get_value(
    mach_port_t server, int id, int number, int command, int *value)
{
	struct semaphores *set;
	int error;

	(void)server;
	set = object_find(&semaphores_kind, id, OBJECT_READ, &error);
	if (set == NULL)
		return SERVER_ERROR(error);
	if ((unsigned)number >= set->count)
		return SERVER_ERROR(EINVAL);
	switch (command) {
	case GETVAL:
		*value = set->semaphore[number].value;
		break;
	case GETPID:
		*value = set->semaphore[number].pid;
		break;
	case GETNCNT:
	case GETZCNT:
		*value =
		    operate_waits(set, (unsigned)number, command == GETZCNT);
		break;
	default:
		return SERVER_ERROR(EINVAL);
	}
	return KERN_SUCCESS;
}

kern_return_t
S_sysv_get_values(
    mach_port_t server, int id, uint16_t *values, mach_msg_type_number_t *count)
{
	struct semaphores *set;
	int error;

	(void)server;
	set = object_find(&semaphores_kind, id, OBJECT_READ, &error);
	if (set == NULL)
		return SERVER_ERROR(error);
	for (unsigned i = 0; i < set->count; i++)
		values[i] = (uint16_t)set->semaphore[i].value;
	*count = set->count;
	return KERN_SUCCESS;
}

static void
set_value(struct semaphores *set, unsigned number, int value, int pid)
{
	set->semaphore[number].value = value;
	set->semaphore[number].pid = pid;
	undo_forget(set, number);
}

static void
values_set(struct semaphores *set)
{
	set->object.changed = object_now();
	operate_wake(set);
}

kern_return_t
S_sysv_set_value(mach_port_t server, int id, int number, int value, int pid)
{
	struct semaphores *set;
	int error;

	(void)server;
	set = object_find(&semaphores_kind, id, OBJECT_WRITE, &error);
	if (set == NULL)
		return SERVER_ERROR(error);
	if ((unsigned)number >= set->count)
		return SERVER_ERROR(EINVAL);
	if (value < 0 || value > SYSV_VALUE_MAX)
		return SERVER_ERROR(ERANGE);
	set_value(set, (unsigned)number, value, pid);
	values_set(set);
	return KERN_SUCCESS;
}

kern_return_t
S_sysv_set_values(mach_port_t server, int id, int pid, const uint16_t *values,
    mach_msg_type_number_t count)
{
	struct semaphores *set;
	int error;

	(void)server;
	set = object_find(&semaphores_kind, id, OBJECT_WRITE, &error);
	if (set == NULL)
		return SERVER_ERROR(error);
	if (count != set->count)
		return SERVER_ERROR(EINVAL);
	for (unsigned i = 0; i < count; i++)
		if (values[i] > SYSV_VALUE_MAX)
			return SERVER_ERROR(ERANGE);
	for (unsigned i = 0; i < count; i++)
		set_value(set, i, values[i], pid);
	values_set(set);
	return KERN_SUCCESS;
}
