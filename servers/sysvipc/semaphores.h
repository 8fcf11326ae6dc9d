/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Sets of semaphores. The operations of a call are done all or not at all: they
 * are tried in the values themselves, and taken back if one has to wait. Who
 * waits is in the set's list, and tried again, the longest first, whenever a
 * value has changed.
 *
 * What SEM_UNDO wants undone is kept for the process, not for the thread
 * (undo.c).
 */
#ifndef SYSVIPC_SEMAPHORES_H
#define SYSVIPC_SEMAPHORES_H

#include <libports/ports.h>

#include "object.h"

struct semaphore {
	int value; /* 0 to SYSV_VALUE_MAX */
	int pid;   /* who changed it last */
};

struct operation {
	uint64_t ops[SYSV_OPS_MAX];
	unsigned count;
	int pid;
	struct undo_owner *owner; /* or NULL; of those with SEM_UNDO */
};

struct semaphores {
	struct object object; /* first */
	unsigned count;
	int64_t operated; /* s since 1970 */
	struct sem_wait *waits;
	struct semaphore semaphore[];
};

/*
 * operate.c. Try those who wait, until none of them can go on; answer them all;
 * how many wait for that semaphore, to be 0 or more than it is.
 */
extern void operate_wake(struct semaphores *set);
extern void operate_fail(struct semaphores *set, int error);
extern int operate_waits(
    struct semaphores *set, unsigned number, bool for_zero);
/* Nobody waits any more for what the owner would undo. */
extern void operate_owner_died(struct undo_owner *owner);
/* For ports_serve: ends waits whose time is up; ms until the next, or 0. */
extern mach_msg_timeout_t operate_poll(void);

/* undo.c: find the process's, or make it. EINVAL, ENOSPC, ENOMEM. */
extern int undo_owner(mach_port_t port, struct undo_owner **owner);
/* Room for what is to be undone in that semaphore. ENOSPC. */
extern int undo_reserve(
    struct undo_owner *owner, struct semaphores *set, unsigned number);
/* `added` was, where there is room; false: more than can be kept. */
extern bool undo_add(struct undo_owner *owner, const struct semaphores *set,
    unsigned number, int added);
/* A value was set; the set ends. */
extern void undo_forget(const struct semaphores *set, unsigned number);
extern void undo_remove(const struct semaphores *set);
/* A right that a process was known by is dead. */
extern void undo_died(mach_port_t name);

#endif
