/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the debugger's commands about messages share.
 */
#ifndef DDB_DDB_IPC_H
#define DDB_DDB_IPC_H

struct ipc_kmsg;
struct ipc_port;
struct ipc_space;
struct task;

/* The task of a space; NULL: the kernel, or it is gone. */
extern struct task *ddb_space_task(const struct ipc_space *space);

/* A port and who receives from it; ddb_error() if it is none. */
extern void ddb_print_port(const struct ipc_port *port);

/* A line about a message. */
extern void ddb_print_kmsg(struct ipc_kmsg *kmsg);

#endif
