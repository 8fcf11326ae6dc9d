/* SPDX-License-Identifier: BSD-2-Clause */
/* Calendar time, clocks and timers. */
#ifndef TIME_H
#define TIME_H

#include <bits/types.h>
#define __need_NULL
#include <stddef.h>
#if __POSIX_VISIBLE || __ISO_C_VISIBLE >= 2011
#include <bits/timespec.h>
#endif

typedef __size_type size_t;
typedef __time_t time_t;
typedef __clock_t clock_t;

struct tm {
	int tm_sec;
	int tm_min;
	int tm_hour;
	int tm_mday;
	int tm_mon;
	int tm_year;
	int tm_wday;
	int tm_yday;
	int tm_isdst;
	long __tm_gmtoff;
	const char *__tm_zone;
};
#if __MACHR_VISIBLE
#define tm_gmtoff __tm_gmtoff
#define tm_zone   __tm_zone
#endif

#define CLOCKS_PER_SEC 1000000L
#define TIME_UTC       1

__BEGIN_DECLS
char *asctime(const struct tm *);
clock_t clock(void);
char *ctime(const time_t *);
double difftime(time_t, time_t);
struct tm *gmtime(const time_t *);
struct tm *localtime(const time_t *);
time_t mktime(struct tm *);
size_t strftime(char *__restrict_arg, size_t, const char *__restrict_arg,
    const struct tm *__restrict_arg) __format_strftime(3);
time_t time(time_t *);
#if __POSIX_VISIBLE || __ISO_C_VISIBLE >= 2011
int timespec_get(struct timespec *, int);
#endif

#if __POSIX_VISIBLE
struct sigevent;
typedef __clockid_t clockid_t;
typedef __timer_t timer_t;
typedef __locale_t locale_t;
typedef __pid_t pid_t;

struct itimerspec {
	struct timespec it_interval;
	struct timespec it_value;
};

#define CLOCK_REALTIME           0
#define CLOCK_MONOTONIC          1
#define CLOCK_PROCESS_CPUTIME_ID 2
#define CLOCK_THREAD_CPUTIME_ID  3
#define TIMER_ABSTIME            1

extern char *tzname[2];
char *asctime_r(const struct tm *__restrict_arg, char *__restrict_arg);
char *ctime_r(const time_t *, char *);
struct tm *gmtime_r(const time_t *__restrict_arg, struct tm *__restrict_arg);
struct tm *localtime_r(const time_t *__restrict_arg, struct tm *__restrict_arg);
size_t strftime_l(char *__restrict_arg, size_t, const char *__restrict_arg,
    const struct tm *__restrict_arg, locale_t) __format_strftime(3);
void tzset(void);
int clock_getcpuclockid(pid_t, clockid_t *);
int clock_getres(clockid_t, struct timespec *);
int clock_gettime(clockid_t, struct timespec *);
int clock_settime(clockid_t, const struct timespec *);
int clock_nanosleep(clockid_t, int, const struct timespec *, struct timespec *);
int nanosleep(const struct timespec *, struct timespec *);
int timer_create(
    clockid_t, struct sigevent *__restrict_arg, timer_t *__restrict_arg);
int timer_delete(timer_t);
int timer_getoverrun(timer_t);
int timer_gettime(timer_t, struct itimerspec *);
int timer_settime(timer_t, int, const struct itimerspec *__restrict_arg,
    struct itimerspec *__restrict_arg);
#endif

#if __XSI_VISIBLE
extern int daylight;
extern long timezone;
extern int getdate_err;
struct tm *getdate(const char *);
char *strptime(const char *__restrict_arg, const char *__restrict_arg,
    struct tm *__restrict_arg);
#endif
#if __MACHR_VISIBLE
time_t timegm(struct tm *);
#endif
__END_DECLS

#endif
