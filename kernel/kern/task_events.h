/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What is counted for each task.
 */
#ifndef KERN_TASK_EVENTS_H
#define KERN_TASK_EVENTS_H

enum task_event {
	TASK_EVENT_FAULT,
	TASK_EVENT_ZERO_FILL,
	TASK_EVENT_PAGEIN,
	TASK_EVENT_COW,
	TASK_EVENT_COUNT
};

/* It has happened to the current task. */
extern void task_event(enum task_event event);

#endif
