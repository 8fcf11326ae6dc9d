/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the files of bootstrap call of each other. One thread serves names;
 * another (start.c) starts servers in order and waits for the names they
 * register; one more for each server that is started again when it dies waits
 * for that. They share the table of names (names.c), which has a lock.
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
/*
 * The receive right of a name's port, which is ours until it is moved, for a
 * server of ours: EEXIST, ESRCH, ENOMEM. It comes back by names_returned.
 */
extern int names_lend(const char *program, const char *name, mach_port_t *port);
extern void names_returned(mach_port_t port);
/* Keep reply to answer bootstrap_wait when name is registered. */
extern int names_wait_later(const char *name, mach_port_t reply);
/* Called for each port that has died, of a name or of a server's task. */
extern void names_port_died(mach_port_t port);
/* Calls function for each registered name, in order of registration. */
extern void names_each(
    void (*function)(const char *name, void *context), void *context);

/*
 * The servers that bootstrap starts, NAMES_SERVERS_MAX at most, each with an
 * entry from before its first start on. Watch takes the right to the task, and
 * says on the console when it dies. Await waits until a server has registered a
 * name, or taken it: false when it has died before or the time is over.
 * await_end waits until it has died, and all that it was lent is here again.
 * end_kept lets those ports die that it has not taken again.
 */
#define NAMES_SERVERS_MAX 16
struct names_server;
extern struct names_server *names_server(const char *program);
extern void names_watch(struct names_server *server, mach_port_t task);
extern bool names_await(
    const char *name, const struct names_server *server, unsigned seconds);
extern bool names_server_is_dead(const struct names_server *server);
extern void names_await_end(const struct names_server *server);
extern void names_end_kept(const struct names_server *server);
extern void names_end_server(const struct names_server *server);

/* memory.c: what bootstrap_memory gives, send right included. 0, or errno. */
extern int memory_get(const char *name, vm_size_t size, mach_port_t *entry,
    rpc_phys_addr_t *physical);

/* start.c: the thread that starts servers and init. */
extern void start_servers(void *unused);

#endif
