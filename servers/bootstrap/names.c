/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The table of names, and of the servers that bootstrap has started. An entry
 * is a name with a port (registered) or without one (somebody waits for it, or
 * its holder died). Waiting requests hang on their entry as reply ports, which
 * the serving thread's lock guards like all else here; `changed` wakes start.c.
 */
#include <mach/mach_port_user.h>
#include <mach/traps.h>

#include <errno.h>
#include <libmach/thread.h>
#include <libports/ports.h>
#include <servers/bootstrap_reply_user.h>
#include <stdio.h>
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

struct names_server {
	const char *program;
	mach_port_t task; /* null when it has died */
};

static struct name *names;
static struct names_server servers[NAMES_SERVERS_MAX + 1];
static struct mach_mutex lock;
static struct mach_condition changed;

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

static void
forget_name(mach_port_t port)
{
	for (struct name *name = names; name != NULL; name = name->next) {
		if (name->port == port) {
			name->port = MACH_PORT_NULL;
			(void)mach_port_deallocate(mach_task_self(), port);
		}
	}
}

/* The notification of a holder's death may still be on its way. */
static bool
is_dead(mach_port_t port)
{
	mach_port_type_t type;

	return mach_port_type(mach_task_self(), port, &type) == KERN_SUCCESS &&
	       (type & MACH_PORT_TYPE_DEAD_NAME) != 0;
}

int
names_register(const char *text, mach_port_t port)
{
	struct name *name;
	int error = 0;

	mach_mutex_lock(&lock);
	name = entry_of(text);
	if (name != NULL && name->port != MACH_PORT_NULL && is_dead(name->port))
		forget_name(name->port);
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

static struct names_server *
server_of(mach_port_t task)
{
	for (unsigned i = 0; i < NAMES_SERVERS_MAX; i++) {
		if (servers[i].program != NULL && servers[i].task == task)
			return &servers[i];
	}
	return NULL;
}

/* Takes the right to the server's task. */
static void
server_died(struct names_server *server)
{
	printf("bootstrap: %s has died; why, it or the kernel says above\n",
	    server->program);
	(void)mach_port_deallocate(mach_task_self(), server->task);
	server->task = MACH_PORT_NULL;
}

void
names_port_died(mach_port_t port)
{
	struct names_server *server;

	mach_mutex_lock(&lock);
	server = server_of(port);
	if (server != NULL)
		server_died(server);
	else
		forget_name(port);
	mach_condition_broadcast(&changed);
	mach_mutex_unlock(&lock);
	/* The notification's own reference. */
	(void)mach_port_deallocate(mach_task_self(), port);
}

const struct names_server *
names_watch_server(const char *program, mach_port_t task)
{
	struct names_server *server;

	mach_mutex_lock(&lock);
	for (server = servers; server->program != NULL; server++)
		;
	server->program = program;
	server->task = task;
	if (ports_watch(task) != KERN_SUCCESS)
		server_died(server);
	mach_mutex_unlock(&lock);
	return server;
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

bool
names_await(
    const char *text, const struct names_server *server, unsigned seconds)
{
	const struct name *name;
	bool in_time = true;

	mach_mutex_lock(&lock);
	name = entry_of(text);
	while (name != NULL && name->port == MACH_PORT_NULL && in_time &&
	       server->task != MACH_PORT_NULL)
		in_time = mach_condition_wait(
		    &changed, &lock, (uint64_t)seconds * 1000000000);
	in_time = name != NULL && name->port != MACH_PORT_NULL;
	mach_mutex_unlock(&lock);
	return in_time;
}

bool
names_server_is_dead(const struct names_server *server)
{
	bool dead;

	mach_mutex_lock(&lock);
	dead = server->task == MACH_PORT_NULL;
	mach_mutex_unlock(&lock);
	return dead;
}
