/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The table of names, and of the servers that bootstrap has started. An entry
 * is a name with a port (registered) or without one (somebody waits for it, or
 * its holder died). Waiting requests hang on their entry as reply ports, which
 * the serving thread's lock guards like all else here; `changed` wakes start.c.
 *
 * A name that has an owner is one of bootstrap_serve: we made the port, and
 * lend its receive right. It comes back when the server dies, and is `kept`
 * until the server has been started again and takes it.
 */
#include <mach/mach_port_user.h>
#include <mach/task_user.h>
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
	const struct names_server *owner;
	bool kept;
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
			name->owner = NULL;
			name->kept = false;
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

/* A port of ours for a name, with a send right under the same name. */
static int
make_port(struct name *name, const struct names_server *owner)
{
	mach_port_t port;

	if (mach_port_allocate(mach_task_self(), MACH_PORT_RIGHT_RECEIVE,
		&port) != KERN_SUCCESS)
		return ENOMEM;
	if (ports_right(port) == MACH_PORT_NULL) {
		(void)mach_port_mod_refs(
		    mach_task_self(), port, MACH_PORT_RIGHT_RECEIVE, -1);
		return ENOMEM;
	}
	name->port = port;
	name->owner = owner;
	name->kept = true;
	answer_waiters(name);
	return 0;
}

static const struct names_server *
server_named(const char *program)
{
	for (unsigned i = 0; i < NAMES_SERVERS_MAX; i++) {
		if (servers[i].program != NULL &&
		    strcmp(servers[i].program, program) == 0)
			return &servers[i];
	}
	return NULL;
}

static int
lend(struct name *name, const struct names_server *server)
{
	int error = 0;

	if (name == NULL)
		return ENOMEM;
	if (server == NULL)
		return ESRCH;
	if (name->port == MACH_PORT_NULL)
		error = make_port(name, server);
	else if (name->owner != server || !name->kept)
		error = EEXIST;
	if (error == 0 && ports_lend(name->port) != KERN_SUCCESS)
		error = ENOMEM;
	if (error == 0)
		name->kept = false;
	return error;
}

int
names_lend(const char *program, const char *text, mach_port_t *port)
{
	struct name *name;
	int error;

	mach_mutex_lock(&lock);
	name = entry_of(text);
	error = lend(name, server_named(program));
	if (error == 0) {
		*port = name->port;
		mach_condition_broadcast(&changed);
	}
	mach_mutex_unlock(&lock);
	return error;
}

/* End a port that is ours: who has a right to it has a dead name then. */
static void
end_port(mach_port_t port)
{
	(void)mach_port_mod_refs(
	    mach_task_self(), port, MACH_PORT_RIGHT_RECEIVE, -1);
	forget_name(port);
}

void
names_returned(mach_port_t port)
{
	struct name *name;

	mach_mutex_lock(&lock);
	for (name = names; name != NULL && name->port != port;)
		name = name->next;
	if (name != NULL)
		name->kept = true;
	else
		end_port(port);
	mach_condition_broadcast(&changed);
	mach_mutex_unlock(&lock);
}

void
names_end_kept(const struct names_server *server)
{
	mach_mutex_lock(&lock);
	for (struct name *name = names; name != NULL; name = name->next) {
		if (name->owner == server && name->kept)
			end_port(name->port);
	}
	mach_mutex_unlock(&lock);
}

/* Is it dead, and are its ports here again? */
static bool
is_over(const struct names_server *server)
{
	bool over = server->task == MACH_PORT_NULL;

	for (const struct name *name = names; name != NULL; name = name->next) {
		if (name->owner == server && !name->kept)
			over = false;
	}
	return over;
}

void
names_await_end(const struct names_server *server)
{
	mach_mutex_lock(&lock);
	while (!is_over(server))
		(void)mach_condition_wait(&changed, &lock, 0);
	mach_mutex_unlock(&lock);
}

void
names_end_server(const struct names_server *server)
{
	mach_mutex_lock(&lock);
	if (server->task != MACH_PORT_NULL)
		(void)task_terminate(server->task);
	mach_mutex_unlock(&lock);
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

struct names_server *
names_server(const char *program)
{
	struct names_server *server = servers;

	mach_mutex_lock(&lock);
	while (server->program != NULL && strcmp(server->program, program) != 0)
		server++;
	server->program = program;
	mach_mutex_unlock(&lock);
	return server;
}

void
names_watch(struct names_server *server, mach_port_t task)
{
	mach_mutex_lock(&lock);
	server->task = task;
	if (ports_watch(task) != KERN_SUCCESS)
		server_died(server);
	mach_mutex_unlock(&lock);
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
is_served(const struct name *name)
{
	return name->port != MACH_PORT_NULL && !name->kept;
}

bool
names_await(
    const char *text, const struct names_server *server, unsigned seconds)
{
	const struct name *name;
	bool in_time = true;

	mach_mutex_lock(&lock);
	name = entry_of(text);
	while (name != NULL && !is_served(name) && in_time &&
	       server->task != MACH_PORT_NULL)
		in_time = mach_condition_wait(
		    &changed, &lock, (uint64_t)seconds * 1000000000);
	in_time = name != NULL && is_served(name);
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
