/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How much of the kernel a task may hold, so that its greed is its own error.
 */
#ifndef KERN_TASK_LIMITS_H
#define KERN_TASK_LIMITS_H

#include <kern/task.h>

/* A new task, which has its space, may have what its parent may. */
extern void task_limits_inherit(struct task *task, const struct task *parent);

#endif
