/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Calls at a time to come: a tree of deadlines, no tick. The function runs in
 * the timer interrupt with interrupts off and must not block.
 */
#ifndef KERN_TIMEOUT_H
#define KERN_TIMEOUT_H

#include <lib/rbtree.h>
#include <stdbool.h>
#include <stdint.h>

struct timeout {
	struct rb_node node; /* by deadline, if it is set */
	uint64_t deadline;
	void (*function)(void *argument);
	void *argument;
	bool set;
};

extern void timeout_init(
    struct timeout *timeout, void (*function)(void *), void *argument);
extern void timeout_set(struct timeout *timeout, uint64_t deadline);
extern void timeout_cancel(struct timeout *timeout);

/* All that are set, by deadline, to look at: the one after `last`, or NULL. */
extern const struct timeout *timeout_next(const struct timeout *last);

/* The timer is to fire at `deadline` (uptime ns) or before. */
extern void timer_need(uint64_t deadline);

#endif
