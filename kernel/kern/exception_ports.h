/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Who is asked about an exception: a row a type. A task has the rows in it, a
 * thread gets them when somebody asks for it, for few threads have any.
 */
#ifndef KERN_EXCEPTION_PORTS_H
#define KERN_EXCEPTION_PORTS_H

#include <mach/exception.h>
#include <mach/kern_return.h>

struct ipc_port;
struct thread;

struct exception_action {
	struct ipc_port *port; /* send right, or NULL */
	exception_behavior_t behavior;
	thread_state_flavor_t flavor;
};

/* Rows by type of exception; 0 is none. */
struct exception_table {
	struct exception_action action[EXC_TYPES_COUNT];
};

/* The host's. */
extern struct exception_table host_exceptions;

/* A child's, from its parent's. */
extern void exception_table_inherit(
    struct exception_table *child, const struct exception_table *parent);

/* Give all rights up. */
extern void exception_table_clear(struct exception_table *table);

/* All types to one port, by exception_raise. Consumes the right. */
extern void exception_table_set_all(
    struct exception_table *table, struct ipc_port *port);

/* A thread's, made if need be. KERN_INVALID_ARGUMENT, KERN_RESOURCE_SHORTAGE.
 */
extern kern_return_t thread_exception_table(
    struct thread *thread, struct exception_table **table);

/* A thread's last use of its table. */
extern void thread_exceptions_free(struct thread *thread);

#endif
