/* SPDX-License-Identifier: BSD-2-Clause */
/* Scheduling. */
#ifndef SCHED_H
#define SCHED_H

#include <bits/timespec.h>
#include <bits/types.h>

typedef __pid_t pid_t;
typedef __time_t time_t;
struct sched_param {
	int sched_priority;
};
#define SCHED_OTHER 0
#define SCHED_FIFO  1
#define SCHED_RR    2

__BEGIN_DECLS
int sched_get_priority_max(int);
int sched_get_priority_min(int);
int sched_getparam(pid_t, struct sched_param *);
int sched_getscheduler(pid_t);
int sched_rr_get_interval(pid_t, struct timespec *);
int sched_setparam(pid_t, const struct sched_param *);
int sched_setscheduler(pid_t, int, const struct sched_param *);
int sched_yield(void);
__END_DECLS

#endif
