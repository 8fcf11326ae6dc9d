/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Clocks that have ports, and alarms; clock.defs.
 */
#ifndef KERN_CLOCK_H
#define KERN_CLOCK_H

struct task;

extern void clock_init(void);

/* The task ends: nobody waits for its alarms. */
extern void clock_cancel_alarms(struct task *task);

/* The time of day was set. */
extern void clock_calendar_changed(void);

#endif
