/* SPDX-License-Identifier: BSD-2-Clause */
/* Resource usage, limits and priorities. */
#include <mach/traps.h>

#include <errno.h>
#include <limits.h>
#include <sched.h>
#include <servers/process_user.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "process.h"

static struct timeval
to_timeval(uint64_t nanoseconds)
{
	return (struct timeval){
	    .tv_sec = (time_t)(nanoseconds / 1000000000UL),
	    .tv_usec = (suseconds_t)(nanoseconds % 1000000000UL / 1000),
	};
}

int
getrusage(int who, struct rusage *to)
{
	struct proc_usage usage[2];
	const struct proc_usage *from;

	if (who != RUSAGE_SELF && who != RUSAGE_CHILDREN) {
		errno = EINVAL;
		return -1;
	}
	if (__result(proc_usage(__process.proc, &usage[0], &usage[1])) != 0)
		return -1;
	from = &usage[who == RUSAGE_CHILDREN];
	memset(to, 0, sizeof(*to));
	to->ru_utime = to_timeval(from->user_ns);
	to->ru_stime = to_timeval(from->system_ns);
	to->ru_maxrss = (long)(from->max_rss / 1024);
	return 0;
}

int
getrlimit(int which, struct rlimit *to)
{
	const struct proc_limit *from;

	if (which < 0 || which >= PROC_LIMITS) {
		errno = EINVAL;
		return -1;
	}
	from = &__process.signals->limit[which];
	to->rlim_cur = ~from->soft;
	to->rlim_max = ~from->hard;
	return 0;
}

int
setrlimit(int which, const struct rlimit *from)
{
	return __result(proc_set_limit(
	    __process.proc, which, from->rlim_cur, from->rlim_max));
}

int
getpriority(int which, id_t who)
{
	int value;

	return __result(proc_get_nice(__process.proc, which, who, &value)) == 0
		   ? value
		   : -1;
}

int
setpriority(int which, id_t who, int value)
{
	return __result(proc_set_nice(__process.proc, which, who, value));
}

/* POSIX has EPERM for what setpriority refuses with EACCES. */
int
nice(int by)
{
	int value;

	if (__result(proc_get_nice(__process.proc, PRIO_PROCESS, 0, &value)) !=
	    0)
		return -1;
	if (by > 2 * NZERO)
		by = 2 * NZERO;
	if (by < -2 * NZERO)
		by = -2 * NZERO;
	value += by;
	if (setpriority(PRIO_PROCESS, 0, value) != 0) {
		if (errno == EACCES)
			errno = EPERM;
		return -1;
	}
	if (value >= NZERO)
		return NZERO - 1;
	return value < -NZERO ? -NZERO : value;
}

int
sched_yield(void)
{
	swtch();
	return 0;
}
