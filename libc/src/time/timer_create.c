/* SPDX-License-Identifier: BSD-2-Clause */
/* Timers of POSIX: there are none; setitimer() has the one there is. */
#include <errno.h>
#include <signal.h>
#include <time.h>
#include <unistd.h>

int
clock_getcpuclockid(pid_t pid, clockid_t *to)
{
	if (pid != 0 && pid != getpid())
		return EPERM;
	*to = CLOCK_PROCESS_CPUTIME_ID;
	return 0;
}

static int
no_timers(int error)
{
	errno = error;
	return -1;
}

int
timer_create(
    clockid_t clock_id, struct sigevent *restrict event, timer_t *restrict to)
{
	(void)clock_id;
	(void)event;
	(void)to;
	return no_timers(ENOSYS);
}

/* As there are none, no timer id is valid. */
int
timer_delete(timer_t timer)
{
	(void)timer;
	return no_timers(EINVAL);
}

int
timer_getoverrun(timer_t timer)
{
	(void)timer;
	return no_timers(EINVAL);
}

int
timer_gettime(timer_t timer, struct itimerspec *to)
{
	(void)timer;
	(void)to;
	return no_timers(EINVAL);
}

int
timer_settime(timer_t timer, int flags,
    const struct itimerspec *restrict new_value,
    struct itimerspec *restrict old)
{
	(void)timer;
	(void)flags;
	(void)new_value;
	(void)old;
	return no_timers(EINVAL);
}
