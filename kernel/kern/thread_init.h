/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What main.c and the parts of kern/ call of each other's insides.
 */
#ifndef KERN_THREAD_INIT_H
#define KERN_THREAD_INIT_H

struct task;
struct thread;

extern void thread_init(void);
extern void task_init(void);
extern void host_init(void);

/* Threads and tasks that exist. */
extern unsigned thread_count(void);
extern unsigned task_count(void);

/* The last thread of a dead task is leaving: names and memory go. */
extern void task_destroy_contents(struct task *task);

/* What mach_msg keeps in a new thread, of which all is zero. */
extern void ipc_thread_init(struct thread *thread);

/* Give up what mach_msg holds for a thread that ends (ipc/). */
extern void ipc_thread_destroy(struct thread *thread);

#endif
