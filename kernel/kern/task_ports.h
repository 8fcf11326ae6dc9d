/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Special and registered ports of tasks and threads.
 */
#ifndef KERN_TASK_PORTS_H
#define KERN_TASK_PORTS_H

struct task;

/* A child gets the parent's exception, bootstrap and registered ports. */
extern void task_ports_inherit(struct task *task, struct task *parent);
extern void task_ports_release(struct task *task);

/* The task after `task` in the list of all (NULL: the first), or NULL. */
extern struct task *task_next(struct task *task);

#endif
