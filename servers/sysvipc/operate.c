/* SPDX-License-Identifier: BSD-2-Clause */
/* Operations on sets of semaphores, and who waits for them to be possible. */
#include <mach/traps.h>

#include <errno.h>
#include <libmach/mach.h>
#include <libmach/port_gone.h>
#include <servers/sysvipc_reply_user.h>
#include <servers/sysvipc_server.h>
#include <stdlib.h>
#include <sys/sem.h>

#include "semaphores.h"

#define WAITS_MAX  4096
#define CLOCK_BOOT 0
#define NS_PER_MS  1000000U

struct sem_wait {
	struct sem_wait *next;
	struct operation operation;
	mach_port_t reply;
	uint64_t until;   /* ns since the start; UINT64_MAX: for ever */
	unsigned blocked; /* of the operations, which has to wait */
};

static unsigned wait_count;
static uint64_t next_timeout = UINT64_MAX;

static void
undo_first(
    struct semaphores *set, const struct operation *operation, unsigned count)
{
	while (count-- > 0) {
		uint64_t op = operation->ops[count];
		unsigned number = SYSV_OP_NUMBER(op);

		set->semaphore[number].value -= SYSV_OP_ADD(op);
		if ((SYSV_OP_FLAGS(op) & SEM_UNDO) != 0)
			(void)undo_add(
			    operation->owner, set, number, -SYSV_OP_ADD(op));
	}
}

/* 0: done; EAGAIN: it has to wait; ERANGE. */
static int
apply_one(
    struct semaphores *set, const struct operation *operation, uint64_t op)
{
	unsigned number = SYSV_OP_NUMBER(op);
	int add = SYSV_OP_ADD(op);
	int value = set->semaphore[number].value;

	if (add == 0)
		return value == 0 ? 0 : EAGAIN;
	if (value + add < 0)
		return EAGAIN;
	if (value + add > SYSV_VALUE_MAX)
		return ERANGE;
	if ((SYSV_OP_FLAGS(op) & SEM_UNDO) != 0 &&
	    !undo_add(operation->owner, set, number, add))
		return ERANGE;
	set->semaphore[number].value = value + add;
	return 0;
}

/* All or nothing; *blocked is where it ended. */
static int
apply(struct semaphores *set, const struct operation *operation,
    unsigned *blocked)
{
	for (unsigned i = 0; i < operation->count; i++) {
		int error = apply_one(set, operation, operation->ops[i]);

		if (error == 0)
			continue;
		undo_first(set, operation, i);
		*blocked = i;
		return error;
	}
	return 0;
}

static void
note(struct semaphores *set, const struct operation *operation)
{
	for (unsigned i = 0; i < operation->count; i++)
		set->semaphore[SYSV_OP_NUMBER(operation->ops[i])].pid =
		    operation->pid;
	set->operated = object_now();
}

static void
end_wait(struct sem_wait **link)
{
	struct sem_wait *wait = *link;

	*link = wait->next;
	free(wait);
	wait_count--;
}

/* False: nobody is there to hear it. */
static bool
answer(const struct sem_wait *wait, int error)
{
	if (sysv_operate_reply(
		wait->reply, error != 0 ? SERVER_ERROR(error) : KERN_SUCCESS) ==
	    KERN_SUCCESS)
		return true;
	(void)syscall_mach_port_deallocate(mach_task_self(), wait->reply);
	return false;
}

/* Did that end the wait, and change values? */
static bool
try_wait(struct semaphores *set, struct sem_wait **link)
{
	struct sem_wait *wait = *link;
	int error = apply(set, &wait->operation, &wait->blocked);
	bool changed = error == 0;

	if (error == EAGAIN)
		return false;
	if (!answer(wait, error) && changed) {
		undo_first(set, &wait->operation, wait->operation.count);
		changed = false;
	}
	if (changed)
		note(set, &wait->operation);
	end_wait(link);
	return true;
}

void
operate_wake(struct semaphores *set)
{
	struct sem_wait **link = &set->waits;

	while (*link != NULL)
		if (try_wait(set, link))
			link = &set->waits;
		else
			link = &(*link)->next;
}

static void
fail_waits(struct semaphores *set, int error,
    bool (*chosen)(const struct sem_wait *wait, const void *what),
    const void *what)
{
	struct sem_wait **link = &set->waits;

	while (*link != NULL) {
		if (chosen(*link, what)) {
			(void)answer(*link, error);
			end_wait(link);
		} else {
			link = &(*link)->next;
		}
	}
}

static bool
choose_any(const struct sem_wait *wait, const void *what)
{
	(void)wait;
	(void)what;
	return true;
}

static bool
choose_gone(const struct sem_wait *wait, const void *what)
{
	(void)what;
	return mach_port_gone(wait->reply);
}

static bool
choose_owner(const struct sem_wait *wait, const void *owner)
{
	return wait->operation.owner == owner;
}

static bool
choose_late(const struct sem_wait *wait, const void *now)
{
	return wait->until <= *(const uint64_t *)now;
}

void
operate_fail(struct semaphores *set, int error)
{
	fail_waits(set, error, choose_any, NULL);
}

int
operate_waits(struct semaphores *set, unsigned number, bool for_zero)
{
	int count = 0;

	fail_waits(set, EINTR, choose_gone, NULL);
	for (const struct sem_wait *wait = set->waits; wait != NULL;
	     wait = wait->next) {
		uint64_t op = wait->operation.ops[wait->blocked];

		count += SYSV_OP_NUMBER(op) == number &&
			 (SYSV_OP_ADD(op) == 0) == for_zero;
	}
	return count;
}

static void
drop_owner(struct object *object, void *owner)
{
	fail_waits((struct semaphores *)object, EINTR, choose_owner, owner);
}

void
operate_owner_died(struct undo_owner *owner)
{
	object_each(&semaphores_kind, drop_owner, owner);
}

static void
drop_late(struct object *object, void *now)
{
	struct semaphores *set = (struct semaphores *)object;

	fail_waits(set, EAGAIN, choose_late, now);
	for (const struct sem_wait *wait = set->waits; wait != NULL;
	     wait = wait->next)
		if (wait->until < next_timeout)
			next_timeout = wait->until;
}

mach_msg_timeout_t
operate_poll(void)
{
	uint64_t now, left;

	if (next_timeout == UINT64_MAX)
		return 0;
	now = clock_get_ns(CLOCK_BOOT);
	if (next_timeout <= now) {
		next_timeout = UINT64_MAX;
		object_each(&semaphores_kind, drop_late, &now);
		if (next_timeout == UINT64_MAX)
			return 0;
	}
	left = (next_timeout - now + NS_PER_MS - 1) / NS_PER_MS;
	return left < 1000 ? (mach_msg_timeout_t)left : 1000;
}

static int
wait_for(struct semaphores *set, const struct operation *operation,
    unsigned blocked, int64_t timeout)
{
	struct sem_wait *wait, **link;

	if (wait_count >= WAITS_MAX)
		return ENOSPC;
	wait = calloc(1, sizeof(*wait));
	if (wait == NULL)
		return ENOMEM;
	wait_count++;
	wait->operation = *operation;
	wait->blocked = blocked;
	wait->until = UINT64_MAX;
	if (timeout >= 0 &&
	    !__builtin_add_overflow(
		clock_get_ns(CLOCK_BOOT), timeout, &wait->until) &&
	    wait->until < next_timeout)
		next_timeout = wait->until;
	wait->reply = ports_take_reply();
	fail_waits(set, EINTR, choose_gone, NULL);
	for (link = &set->waits; *link != NULL;)
		link = &(*link)->next;
	*link = wait;
	return 0;
}

/* What is wanted, checked, and room for what is to be undone. */
static int
prepare(struct semaphores *set, mach_port_t owner, struct operation *operation)
{
	int error = 0;

	for (unsigned i = 0; i < operation->count && error == 0; i++) {
		uint64_t op = operation->ops[i];

		if (SYSV_OP_NUMBER(op) >= set->count)
			return EFBIG;
		if ((SYSV_OP_FLAGS(op) & SEM_UNDO) == 0)
			continue;
		if (operation->owner == NULL)
			error = undo_owner(owner, &operation->owner);
		if (error == 0)
			error = undo_reserve(
			    operation->owner, set, SYSV_OP_NUMBER(op));
	}
	return error;
}

static int
operate(struct semaphores *set, mach_port_t owner, int64_t timeout,
    struct operation *operation, bool *waits)
{
	unsigned blocked = 0;
	int error = prepare(set, owner, operation);

	if (error == 0)
		error = apply(set, operation, &blocked);
	if (error == 0) {
		note(set, operation);
		operate_wake(set);
	} else if (error == EAGAIN && timeout != 0 &&
		   (SYSV_OP_FLAGS(operation->ops[blocked]) & IPC_NOWAIT) == 0) {
		error = wait_for(set, operation, blocked, timeout);
		*waits = error == 0;
	}
	return error;
}

kern_return_t
/* NOLINTNEXTLINE(readability-function-size): the interface has so many */
S_sysv_operate(mach_port_t server, int id, mach_port_t owner, int pid,
    int64_t timeout, const uint64_t *ops, mach_msg_type_number_t count)
{
	struct operation operation = {.pid = pid, .count = count};
	unsigned wanted = 0;
	struct semaphores *set;
	bool waits = false;
	int error;

	(void)server;
	for (unsigned i = 0; i < count; i++) {
		operation.ops[i] = ops[i];
		wanted |= SYSV_OP_ADD(ops[i]) != 0 ? OBJECT_WRITE : OBJECT_READ;
	}
	set = object_find(&semaphores_kind, id, wanted, &error);
	if (set == NULL)
		return SERVER_ERROR(error);
	error = operate(set, owner, timeout, &operation, &waits);
	if (error != 0)
		return SERVER_ERROR(error);
	if (MACH_PORT_VALID(owner))
		(void)syscall_mach_port_deallocate(mach_task_self(), owner);
	return waits ? MIG_NO_REPLY : KERN_SUCCESS;
}
