/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the files of bootstrap call of each other. Two threads: one serves
 * names, the other (start.c) starts servers in order and waits for the names
 * they register. They share the table of names (names.c), which has a lock.
 */
#ifndef BOOTSTRAP_H
#define BOOTSTRAP_H

#include <mach/mach_types.h>

#include <servers/io_types.h>
#include <stdbool.h>
#include <stddef.h>

/* main.c: what the kernel gave the first task. */
struct boot {
	mach_port_t host_priv;
	mach_port_t device_master;
	mach_port_t bootstrap_port; /* receive right: the name service */
	const char *archive;
	size_t archive_size;
	const char *command_line;
};
extern struct boot boot;

/* archive.c: a file of the cpio archive. False: not there, or damaged. */
extern bool archive_find(const char *name, const void **data, size_t *size);

/*
 * load.c: a new task that runs `data`, a program file in memory, with the
 * strings of args. NULL and the task, or what is wrong with it.
 */
extern const char *load_program(const char *name, const void *data, size_t size,
    const char *args, size_t args_size, mach_port_t *task);

/*
 * names.c. Register takes over the right; EEXIST while the name's port lives.
 * find gives a send right or MACH_PORT_NULL.
 */
extern int names_register(const char *name, mach_port_t port);
extern mach_port_t names_find(const char *name);
/* Keep reply to answer bootstrap_wait when name is registered. */
extern int names_wait_later(const char *name, mach_port_t reply);
/* Called for each port that has died, of a name or of a server's task. */
extern void names_port_died(mach_port_t port);
/* Calls function for each registered name, in order of registration. */
extern void names_each(
    void (*function)(const char *name, void *context), void *context);

/*
 * The servers that bootstrap has started, NAMES_SERVERS_MAX at most. Watch
 * takes the right to the task, and says on the console when it dies. Await
 * waits until a server has registered a name: false when it has died before or
 * the time is over.
 */
#define NAMES_SERVERS_MAX 16
struct names_server;
extern const struct names_server *names_watch_server(
    const char *program, mach_port_t task);
extern bool names_await(
    const char *name, const struct names_server *server, unsigned seconds);
extern bool names_server_is_dead(const struct names_server *server);

/* start.c: the thread that starts servers and init. */
extern void start_servers(void *unused);

#endif
