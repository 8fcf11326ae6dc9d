/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The table of names. An entry is a name with a port (registered) or without
 * one (somebody waits for it, or its holder died). Waiting requests hang on
 * their entry as reply ports, which the serving thread's lock guards like all
 * else here; `changed` wakes start.c.
 */
#include <mach/mach_port_user.h>
#include <mach/traps.h>

#include <errno.h>
#include <libmach/thread.h>
#include <libports/ports.h>
#include <servers/bootstrap_reply_user.h>
#include <stdlib.h>
#include <string.h>

#include "bootstrap.h"

struct waiter {
	struct waiter *next;
	mach_port_t reply;
};

struct name {
	struct name *next;
	struct waiter *waiters;
	mach_port_t port; /* a send right, or null */
	char text[IO_NAME_MAX];
};

#define DEAD_TASKS_MAX 32

static struct name *names;
static struct mach_mutex lock;
static struct mach_condition changed;
static mach_port_t dead_tasks[DEAD_TASKS_MAX];
static unsigned dead_task_count;

/* The entry of a name, made at the end of the list if there is none. */
static struct name *
entry_of(const char *text)
{
	struct name **link = &names;

	while (*link != NULL && strcmp((*link)->text, text) != 0)
		link = &(*link)->next;
	if (*link == NULL) {
		*link = calloc(1, sizeof(**link));
		if (*link != NULL)
			strlcpy((*link)->text, text, IO_NAME_MAX);
	}
	return *link;
}

static void
answer_waiters(struct name *name)
{
	while (name->waiters != NULL) {
		struct waiter *waiter = name->waiters;

		name->waiters = waiter->next;
		if (bootstrap_wait_reply(waiter->reply, name->port) !=
		    KERN_SUCCESS)
			(void)mach_port_deallocate(
			    mach_task_self(), waiter->reply);
		free(waiter);
	}
}

int
names_register(const char *text, mach_port_t port)
{
	struct name *name;
	int error = 0;

	mach_mutex_lock(&lock);
	name = entry_of(text);
	if (name == NULL) {
		error = ENOMEM;
	} else if (name->port != MACH_PORT_NULL) {
		error = EEXIST;
	} else if (ports_watch(port) != KERN_SUCCESS) {
		error = EINVAL;
	} else {
		name->port = port;
		answer_waiters(name);
		mach_condition_broadcast(&changed);
	}
	mach_mutex_unlock(&lock);
	return error;
}

mach_port_t
names_find(const char *text)
{
	mach_port_t port = MACH_PORT_NULL;

	mach_mutex_lock(&lock);
	for (struct name *name = names; name != NULL; name = name->next) {
		if (strcmp(name->text, text) == 0)
			port = name->port;
	}
	if (port != MACH_PORT_NULL &&
	    mach_port_mod_refs(mach_task_self(), port, MACH_PORT_RIGHT_SEND,
		1) != KERN_SUCCESS)
		port = MACH_PORT_NULL;
	mach_mutex_unlock(&lock);
	return port;
}

int
names_wait_later(const char *text, mach_port_t reply)
{
	struct waiter *waiter = malloc(sizeof(*waiter));
	struct name *name;

	if (waiter == NULL)
		return ENOMEM;
	mach_mutex_lock(&lock);
	name = entry_of(text);
	if (name != NULL) {
		waiter->reply = reply;
		waiter->next = name->waiters;
		name->waiters = waiter;
	}
	mach_mutex_unlock(&lock);
	if (name == NULL)
		free(waiter);
	return name != NULL ? 0 : ENOMEM;
}

void
names_port_died(mach_port_t port)
{
	bool is_name = false;

	mach_mutex_lock(&lock);
	for (struct name *name = names; name != NULL; name = name->next) {
		if (name->port == port) {
			name->port = MACH_PORT_NULL;
			(void)mach_port_deallocate(mach_task_self(), port);
			is_name = true;
		}
	}
	if (!is_name && dead_task_count < DEAD_TASKS_MAX)
		dead_tasks[dead_task_count++] = port;
	mach_condition_broadcast(&changed);
	mach_mutex_unlock(&lock);
	/* The notification's own reference. */
	(void)mach_port_deallocate(mach_task_self(), port);
}

void
names_each(void (*function)(const char *name, void *context), void *context)
{
	mach_mutex_lock(&lock);
	for (struct name *name = names; name != NULL; name = name->next) {
		if (name->port != MACH_PORT_NULL)
			function(name->text, context);
	}
	mach_mutex_unlock(&lock);
}

static bool
is_dead(mach_port_t task)
{
	for (unsigned i = 0; i < dead_task_count; i++) {
		if (dead_tasks[i] == task)
			return true;
	}
	return false;
}

bool
names_task_is_dead(mach_port_t task)
{
	bool dead;

	mach_mutex_lock(&lock);
	dead = is_dead(task);
	mach_mutex_unlock(&lock);
	return dead;
}

bool
names_await(const char *text, mach_port_t task, unsigned seconds)
{
	const struct name *name;
	bool in_time = true;

	mach_mutex_lock(&lock);
	name = entry_of(text);
	while (name != NULL && name->port == MACH_PORT_NULL && in_time &&
	       !is_dead(task))
		in_time = mach_condition_wait(
		    &changed, &lock, (uint64_t)seconds * 1000000000);
	in_time = name != NULL && name->port != MACH_PORT_NULL;
	mach_mutex_unlock(&lock);
	return in_time;
}
