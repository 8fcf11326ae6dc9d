/* SPDX-License-Identifier: BSD-2-Clause */
/* Time with microseconds, interval timers. */
#ifndef SYS_TIME_H
#define SYS_TIME_H

#include <sys/select.h>

struct itimerval {
	struct timeval it_interval;
	struct timeval it_value;
};

#define ITIMER_REAL    0
#define ITIMER_VIRTUAL 1
#define ITIMER_PROF    2

__BEGIN_DECLS
int getitimer(int, struct itimerval *);
int gettimeofday(struct timeval *__restrict_arg, void *__restrict_arg);
int setitimer(int, const struct itimerval *__restrict_arg,
    struct itimerval *__restrict_arg);
int utimes(const char *, const struct timeval[2]);
#if __MACHR_VISIBLE
int futimes(int, const struct timeval[2]);
int lutimes(const char *, const struct timeval[2]);
int settimeofday(const struct timeval *, const void *);
#define timerclear(t) ((t)->tv_sec = (t)->tv_usec = 0)
#define timerisset(t) ((t)->tv_sec != 0 || (t)->tv_usec != 0)
#endif
__END_DECLS

#endif
