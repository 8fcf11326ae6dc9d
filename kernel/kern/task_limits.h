/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How much of the kernel a task may hold, so that its greed is its own error.
 */
#ifndef KERN_TASK_LIMITS_H
#define KERN_TASK_LIMITS_H

#include <kern/task.h>

/* A new task, which has its space, may have what its parent may. */
extern void task_limits_inherit(struct task *task, const struct task *parent);

/*
 * The best priority of its threads, those it has and those to come. Where it is
 * no better than the default they are shared time only: who never gives the
 * processor away keeps others of his priority from it. thread_policy.c
 */
extern void task_limit_priority(struct task *task, int best);

#endif
