/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * POSIX's priorities of SCHED_FIFO and SCHED_RR among the kernel's, which
 * count downwards and are fewer: what is of one level here is first come, first
 * served there.
 */
#ifndef SERVERS_PROCESS_SCHED_H
#define SERVERS_PROCESS_SCHED_H

#include <mach/mach_types.h>

/* Policies, as sched.h has them. */
#define PROC_SCHED_OTHER  0
#define PROC_SCHED_FIFO   1
#define PROC_SCHED_RR     2

#define PROC_PRIORITY_MIN 1
#define PROC_PRIORITY_MAX 32

/* The kernel's, for them; 13 to 15 are of processes less nice than usual. */
#define PROC_KERNEL_WORST  12
#define PROC_KERNEL_LEVELS 7

static inline boolean_t
proc_sched_is_valid(int policy, int priority)
{
	if (policy == PROC_SCHED_OTHER)
		return priority == 0;
	return (policy == PROC_SCHED_FIFO || policy == PROC_SCHED_RR) &&
	       priority >= PROC_PRIORITY_MIN && priority <= PROC_PRIORITY_MAX;
}

/* Of a fixed policy. */
static inline int
proc_kernel_priority(int priority)
{
	return PROC_KERNEL_WORST - (priority - PROC_PRIORITY_MIN) *
				       PROC_KERNEL_LEVELS /
				       (PROC_PRIORITY_MAX - 1);
}

static inline int
proc_kernel_policy(int policy)
{
	switch (policy) {
	case PROC_SCHED_FIFO:
		return POLICY_FIFO;
	case PROC_SCHED_RR:
		return POLICY_RR;
	default:
		return POLICY_TIMESHARE;
	}
}

#endif
