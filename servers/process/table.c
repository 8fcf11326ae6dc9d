/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The table: a hash by pid, and a list of all in order of pid. Pids go up and
 * wrap, so that one is not used again soon.
 */
#include <mach/traps.h>

#include <errno.h>
#include <libports/ports.h>
#include <stdlib.h>
#include <string.h>

#include "process.h"

#define HASH_SIZE  256U
#define CLOCK_BOOT 0
#define PID_MAX    32767

static struct process *hash[HASH_SIZE];
static struct process *all;
static unsigned count;
static pid_t last_pid;

unsigned
table_count(void)
{
	return count;
}

struct process *
table_first(void)
{
	return all;
}

struct process *
table_after(pid_t pid)
{
	struct process *process = all;

	while (process != NULL && process->pid <= pid)
		process = process->next;
	return process;
}

struct process *
table_find(pid_t pid)
{
	struct process *process = hash[(unsigned)pid % HASH_SIZE];

	while (process != NULL && process->pid != pid)
		process = process->hash_next;
	return process;
}

struct process *
table_find_task(mach_port_t task)
{
	struct process *process = all;

	while (process != NULL && process->task != task)
		process = process->next;
	return process;
}

/* Is it nobody's pid, nor a group's or session's that still lives? */
static bool
pid_is_free(pid_t pid)
{
	for (const struct process *p = all; p != NULL; p = p->next) {
		if (p->pid == pid || p->pgid == pid || p->session->sid == pid)
			return false;
	}
	return true;
}

static pid_t
next_pid(void)
{
	do {
		last_pid = last_pid >= PID_MAX ? 2 : last_pid + 1;
	} while (!pid_is_free(last_pid));
	return last_pid;
}

static bool
has_room(const struct process *parent)
{
	unsigned own = 0;

	if (parent == NULL || parent->euid == 0)
		return count < PROCESS_MAX;
	for (const struct process *p = all; p != NULL; p = p->next)
		own += p->uid == parent->uid;
	return count < PROCESS_MAX - PROCESS_ROOT_EXTRA &&
	       own < PROCESS_PER_USER;
}

/* The first process begins with nothing to inherit. */
static int
begin(struct process *process)
{
	process->session = calloc(1, sizeof(*process->session));
	if (process->session == NULL)
		return ENOMEM;
	process->session->references = 1;
	process->session->sid = process->pid;
	process->pgid = process->pid;
	limit_init(process);
	return 0;
}

void
session_release(struct session *session)
{
	if (--session->references > 0)
		return;
	if (MACH_PORT_VALID(session->terminal))
		(void)syscall_mach_port_deallocate(
		    mach_task_self(), session->terminal);
	free(session);
}

static void
inherit(struct process *process, struct process *parent)
{
	process->parent = parent;
	process->sibling = parent->first_child;
	parent->first_child = process;
	process->pgid = parent->pgid;
	process->session = parent->session;
	process->session->references++;
	process->uid = parent->uid;
	process->euid = parent->euid;
	process->suid = parent->suid;
	process->gid = parent->gid;
	process->egid = parent->egid;
	process->sgid = parent->sgid;
	process->groups = parent->groups;
	groups_hold(process->groups);
	process->nice = parent->nice;
	process->policy = parent->policy;
	process->priority = parent->priority;
	memcpy(process->name, parent->name, sizeof(process->name));
	process->strings = parent->strings;
	limit_inherit(process, parent);
}

static void
insert(struct process *process)
{
	struct process **link = &hash[(unsigned)process->pid % HASH_SIZE];

	process->hash_next = *link;
	*link = process;
	for (link = &all; *link != NULL && (*link)->pid < process->pid;
	     link = &(*link)->next)
		;
	process->next = *link;
	*link = process;
	count++;
}

int
table_add(struct process *parent, struct process **result)
{
	struct process *process;
	int error = 0;

	if (!has_room(parent))
		return EAGAIN;
	process = malloc(sizeof(*process));
	if (process == NULL)
		return ENOMEM;
	memset(process, 0, offsetof(struct process, info));
	process->pid = parent == NULL ? 1 : next_pid();
	process->started = clock_get_ns(CLOCK_BOOT);
	if (parent == NULL)
		last_pid = 1;
	if (ports_create(&process_class, process, &process->port) !=
	    KERN_SUCCESS)
		error = ENOMEM;
	else if (parent != NULL)
		inherit(process, parent);
	else
		error = begin(process);
	if (error != 0) {
		if (process->port != MACH_PORT_NULL)
			ports_destroy(process->port);
		free(process);
		return error;
	}
	insert(process);
	*result = process;
	return 0;
}

static void
leave_parent(struct process *process)
{
	struct process **link;

	if (process->parent == NULL)
		return;
	link = &process->parent->first_child;
	while (*link != process)
		link = &(*link)->sibling;
	*link = process->sibling;
}

void
table_remove(struct process *process)
{
	struct process **link = &hash[(unsigned)process->pid % HASH_SIZE];

	while (*link != process)
		link = &(*link)->hash_next;
	*link = process->hash_next;
	for (link = &all; *link != process; link = &(*link)->next)
		;
	*link = process->next;
	count--;
	leave_parent(process);
	deliver_forget(process);
	wait_forget(process);
	session_release(process->session);
	groups_drop(process->groups);
	if (process->port != MACH_PORT_NULL)
		ports_destroy(process->port);
	free(process);
}
