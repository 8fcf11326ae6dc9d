/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Processor sets: what tasks and threads are assigned to, and what bounds their
 * policies and priorities. The only processor is in the default set, and stays
 * there: threads of other sets do not run.
 */
#ifndef KERN_PROCESSOR_SET_H
#define KERN_PROCESSOR_SET_H

#include <mach/mach_types.h>

#include <kern/list.h>

struct ipc_port;
struct task;
struct thread;

struct processor_set {
	struct list link;
	struct ipc_port *port;
	struct ipc_port *name_port;
	int max_priority;    /* of new threads */
	int policies;        /* POLICY_* that threads may have */
	struct list stopped; /* runnable threads, if it has no processor */
};

extern struct processor_set default_pset;

extern void processor_set_init(void);

/* A user's thread of the set, after `after` (NULL: the first), or NULL. */
extern struct thread *processor_set_thread(
    const struct processor_set *pset, struct thread *after);

/* The best that a thread of the task may have in that set. */
extern int task_max_priority(
    const struct task *task, const struct processor_set *pset);

/* The base priority of a new thread of the task. */
extern int processor_set_allows(const struct task *task);

#endif
