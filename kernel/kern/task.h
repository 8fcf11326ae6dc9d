/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Tasks: an address space, a port name space and threads. References: one for
 * being alive, one per thread, one per holder of a pointer across a wait.
 */
#ifndef KERN_TASK_H
#define KERN_TASK_H

#include <mach/mach_types.h>

#include <arch/types.h>

#include <kern/exception_ports.h>
#include <kern/list.h>
#include <kern/task_events.h>

struct emulation;
struct ipc_port;
struct ipc_space;
struct pc_samples;
struct processor_set;
struct vm_map;

#define TASK_REGISTERED_PORTS 4

struct task {
	unsigned references;
	bool alive;
	struct vm_map *map;
	struct ipc_space *space;
	struct list threads;
	unsigned thread_count;
	unsigned thread_max;
	bool limited; /* memory kept for the system is not for it */
	int suspend_count;
	int base_priority;
	int best_priority;          /* of its threads: a limit */
	struct processor_set *pset; /* of its new threads */
	struct list link;           /* all tasks */
	uint64_t dead_time;         /* ns run by threads that are gone */
	uint64_t creation_time;
	security_token_t token; /* stamped on every message sent */
	natural_t groups;       /* so is this; task_set_groups */

	struct list alarms;       /* of clocks, that it waits for */
	struct list sync_objects; /* semaphores and lock sets it owns */

	struct ipc_port *self_port;      /* kernel object port */
	mach_port_name_t self_name;      /* its name here, the last time */
	struct ipc_port *bootstrap_port; /* send right, or NULL */
	struct ipc_port *registered[TASK_REGISTERED_PORTS];
	struct exception_table exceptions;
	struct emulation *emulation; /* or NULL */
	struct ipc_port *trace_port; /* send right, or NULL: trace.h */
	natural_t trace_options;
	natural_t trace_lost;       /* records, and nobody was told yet */
	struct pc_samples *samples; /* or NULL */
	natural_t events[TASK_EVENT_COUNT]; /* wrap */
	char name[32];
};

extern struct task *kernel_task;

extern kern_return_t task_create_from(
    struct task *parent, bool inherit_memory, struct task **result);
/* Nanoseconds that its threads have run, those that are gone too. */
extern uint64_t task_run_time(const struct task *task);

extern void task_reference(struct task *task);
extern void task_release(struct task *task);

#endif
