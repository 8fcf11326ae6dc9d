/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Calls at a time to come: a queue of deadlines, no tick. The function runs in
 * the timer interrupt with interrupts off and must not block.
 */
#ifndef KERN_TIMEOUT_H
#define KERN_TIMEOUT_H

#include <kern/list.h>
#include <stdbool.h>
#include <stdint.h>

struct timeout {
	struct list link; /* by deadline; empty: not armed */
	uint64_t deadline;
	void (*function)(void *argument);
	void *argument;
};

extern void timeout_init(
    struct timeout *timeout, void (*function)(void *), void *argument);
extern void timeout_set(struct timeout *timeout, uint64_t deadline);
extern void timeout_cancel(struct timeout *timeout);

/* All that are set, by deadline; to look at. */
extern const struct list *timeout_list(void);

/* The timer is to fire at `deadline` (uptime ns) or before. */
extern void timer_need(uint64_t deadline);

#endif
