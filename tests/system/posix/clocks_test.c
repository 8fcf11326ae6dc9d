/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Clocks: processor time, the calendar set, and what waits for times of it.
 * What the day was is put back at the end.
 */
#include <errno.h>
#include <libtest/test.h>
#include <limits.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define MILLISECOND 1000000L

static int64_t
time_of(clockid_t clock)
{
	struct timespec now = {0, 0};

	ok(clock_gettime(clock, &now) == 0, "the time");
	return now.tv_sec * 1000000000L + now.tv_nsec;
}

/* The calendar, so many seconds on. */
static int
shift(time_t seconds)
{
	struct timespec now;

	clock_gettime(CLOCK_REALTIME, &now);
	now.tv_sec += seconds;
	return clock_settime(CLOCK_REALTIME, &now);
}

static void
test_processor_time(void)
{
	int64_t process = time_of(CLOCK_PROCESS_CPUTIME_ID);
	int64_t thread = time_of(CLOCK_THREAD_CPUTIME_ID);
	clock_t before = clock();

	while (clock() - before < CLOCKS_PER_SEC / 100)
		;
	ok(time_of(CLOCK_PROCESS_CPUTIME_ID) - process >= 10 * MILLISECOND,
	    "the process has run");
	ok(time_of(CLOCK_THREAD_CPUTIME_ID) - thread >= 9 * MILLISECOND,
	    "the thread has run");
}

static void
test_errors(void)
{
	struct timespec time = {0, 1000000000L};
	int status = -1;
	pid_t child;

	ok(clock_settime(CLOCK_REALTIME, &time) == -1 && errno == EINVAL,
	    "no time");
	time.tv_nsec = -1;
	ok(clock_settime(CLOCK_REALTIME, &time) == -1 && errno == EINVAL,
	    "nor this");
	time.tv_nsec = 0;
	ok(clock_settime(CLOCK_MONOTONIC, &time) == -1 && errno == EINVAL,
	    "not this clock");
	child = fork();
	if (child == 0) {
		if (setuid(1) != 0)
			_exit(2);
		_exit(shift(0) == -1 && errno == EPERM ? 0 : 1);
	}
	ok(waitpid(child, &status, 0) == child && status == 0,
	    "only user 0 sets it");
}

static volatile sig_atomic_t rung;

static void
ring(int signal)
{
	(void)signal;
	rung = 1;
}

/* Absolute ones of the calendar follow, others do not. */
static void
test_timers(void)
{
	struct sigevent event = {
	    .sigev_notify = SIGEV_SIGNAL, .sigev_signo = SIGUSR1};
	struct itimerspec setting = {{0, 0}, {0, 0}};
	struct timespec rest = {5, 0};
	timer_t timer;

	signal(SIGUSR1, ring);
	ok(timer_create(CLOCK_REALTIME, &event, &timer) == 0, "a timer");
	clock_gettime(CLOCK_REALTIME, &setting.it_value);
	setting.it_value.tv_sec += 100;
	ok(timer_settime(timer, TIMER_ABSTIME, &setting, NULL) == 0,
	    "in 100 s");
	ok(shift(101) == 0, "101 s on");
	if (!rung)
		(void)nanosleep(&rest, NULL);
	ok(rung, "it has rung");
	ok(shift(-101) == 0, "and back");
	rung = 0;
	setting.it_value = (struct timespec){100, 0};
	ok(timer_settime(timer, 0, &setting, NULL) == 0, "after 100 s");
	ok(shift(101) == 0, "101 s on");
	rest = (struct timespec){0, 20 * MILLISECOND};
	(void)nanosleep(&rest, NULL);
	ok(!rung, "it has not");
	ok(timer_gettime(timer, &setting) == 0 && setting.it_value.tv_sec > 90,
	    "and has its time before it");
	ok(shift(-101) == 0 && timer_delete(timer) == 0, "back");
}

/* A child sets the calendar on while this one waits for a time of it. */
static void
test_sleep(void)
{
	int64_t before = time_of(CLOCK_MONOTONIC);
	struct timespec until;
	int status = -1;
	pid_t child;

	clock_gettime(CLOCK_REALTIME, &until);
	until.tv_sec += 100;
	child = fork();
	if (child == 0) {
		usleep(50000);
		_exit(shift(101) == 0 ? 0 : 1);
	}
	ok(clock_nanosleep(CLOCK_REALTIME, TIMER_ABSTIME, &until, NULL) == 0,
	    "slept until a time of the calendar");
	ok(time_of(CLOCK_MONOTONIC) - before < 90000 * MILLISECOND,
	    "which came soon");
	ok(waitpid(child, &status, 0) == child && status == 0, "was set");
	ok(shift(-101) == 0, "and back");
}

static volatile sig_atomic_t count;

static void
count_one(int signal)
{
	(void)signal;
	count++;
}

/* Timers of processor time run while the process does. */
static void
test_processor_timers(void)
{
	struct sigevent event = {
	    .sigev_notify = SIGEV_SIGNAL, .sigev_signo = SIGUSR1};
	struct itimerspec setting = {{0, 0}, {0, 30 * MILLISECOND}};
	const struct itimerval every = {{0, 10000}, {0, 10000}};
	const struct itimerval never = {{0, 0}, {0, 0}};
	struct itimerval now;
	timer_t timer;
	clock_t start;

	signal(SIGUSR1, ring);
	signal(SIGPROF, count_one);
	ok(timer_create(CLOCK_PROCESS_CPUTIME_ID, &event, &timer) == 0,
	    "a timer");
	rung = 0;
	ok(timer_settime(timer, 0, &setting, NULL) == 0, "after 30 ms of work");
	ok(usleep(60000) == 0 && !rung, "not while asleep");
	ok(timer_gettime(timer, &setting) == 0 &&
		setting.it_value.tv_nsec > 10 * MILLISECOND,
	    "most of it is left");
	start = clock();
	while (!rung && clock() - start < 2 * CLOCKS_PER_SEC)
		;
	ok(rung, "but when it has worked");
	ok(timer_delete(timer) == 0, "no more");
	ok(setitimer(ITIMER_PROF, &every, NULL) == 0, "every 10 ms");
	start = clock();
	while (count < 3 && clock() - start < 2 * CLOCKS_PER_SEC)
		;
	ok(count >= 3, "again and again");
	ok(getitimer(ITIMER_PROF, &now) == 0 &&
		now.it_interval.tv_usec == 10000,
	    "asked");
	ok(setitimer(ITIMER_PROF, &never, NULL) == 0 &&
		getitimer(ITIMER_PROF, &now) == 0 && now.it_value.tv_sec == 0 &&
		now.it_value.tv_usec == 0,
	    "and stopped");
	ok(setitimer(77, &every, NULL) == -1 && errno == EINVAL, "none");
}

static void
test_interrupted(void)
{
	struct itimerspec setting = {{0, 0}, {0, 20 * MILLISECOND}};
	struct timespec until;
	timer_t timer;

	signal(SIGALRM, ring);
	ok(timer_create(CLOCK_MONOTONIC, NULL, &timer) == 0, "a timer");
	clock_gettime(CLOCK_REALTIME, &until);
	until.tv_sec += 100;
	rung = 0;
	ok(timer_settime(timer, 0, &setting, NULL) == 0, "set");
	ok(clock_nanosleep(CLOCK_REALTIME, TIMER_ABSTIME, &until, NULL) ==
		EINTR,
	    "a signal cuts it short");
	ok(rung && timer_delete(timer) == 0, "that came");
	until.tv_sec -= 200;
	ok(clock_nanosleep(CLOCK_REALTIME, TIMER_ABSTIME, &until, NULL) == 0,
	    "a time that has passed");
}

static int64_t
reading(clockid_t clock)
{
	struct timespec now = {0, 0};

	clock_gettime(clock, &now);
	return now.tv_sec * 1000 * MILLISECOND + now.tv_nsec;
}

/* Is the day less than ten seconds after a time? */
static bool
follows(int64_t time)
{
	int64_t day = reading(CLOCK_REALTIME);

	return day >= time && day < time + 10000 * MILLISECOND;
}

/* Who asks often is not told by the kernel, and hears the same. */
static void
test_often(void)
{
	const int64_t hour = 3600000 * MILLISECOND;
	bool forward = true;
	int64_t up = 0;
	int64_t day = 0;
	int status = -1;
	pid_t child;

	for (int i = 0; i < 300; i++) {
		int64_t up_then = up;
		int64_t day_then = day;

		up = reading(CLOCK_MONOTONIC);
		day = reading(CLOCK_REALTIME);
		forward = forward && up >= up_then && day >= day_then;
	}
	ok(forward, "time goes forward");
	ok(shift(3600) == 0 && follows(day + hour), "and where it is set");
	child = fork();
	if (child == 0)
		_exit(follows(day + hour) ? 0 : 1);
	ok(waitpid(child, &status, 0) == child && status == 0,
	    "a child hears the same");
	ok(shift(-3600) == 0 && follows(day), "it is set back");
}

static unsigned called;

static void
count_call(union sigval value)
{
	__atomic_fetch_add(
	    &called, (unsigned)value.sival_int, __ATOMIC_SEQ_CST);
}

/* For ten seconds at most. */
static bool
called_often(unsigned times)
{
	const struct timespec rest = {0, 10 * MILLISECOND};

	for (int i = 0; i < 1000; i++) {
		if (__atomic_load_n(&called, __ATOMIC_SEQ_CST) >= times)
			return true;
		(void)nanosleep(&rest, NULL);
	}
	return false;
}

#define CALLERS 200

static void
test_many_timers(void)
{
	static timer_t timers[TIMER_MAX + 1];
	struct sigevent event = {.sigev_notify = SIGEV_NONE};
	const struct itimerspec soon = {{0, 0}, {0, 20 * MILLISECOND}};
	const struct itimerspec at_once = {{0, 0}, {0, 1}};
	const struct itimerspec often = {
	    {0, 2 * MILLISECOND}, {0, 2 * MILLISECOND}};
	int made = 0, good = 0;

	while (made <= TIMER_MAX &&
	       timer_create(CLOCK_MONOTONIC, &event, &timers[made]) == 0)
		made++;
	is_int(errno, EAGAIN, "no more timers: EAGAIN");
	ok(made <= TIMER_MAX && made >= TIMER_MAX - 2,
	    "as many as TIMER_MAX says, with those of setitimer()");
	for (int i = 0; i < made; i++)
		good += timer_delete(timers[i]) == 0;
	is_int(good, made, "each can be deleted");
	event.sigev_notify = SIGEV_THREAD;
	event.sigev_notify_function = count_call;
	event.sigev_value.sival_int = 1;
	for (made = 0; made < CALLERS; made++)
		if (timer_create(CLOCK_MONOTONIC, &event, &timers[made]) != 0 ||
		    timer_settime(timers[made], 0, &soon, NULL) != 0)
			break;
	is_int(made, CALLERS, "many that call");
	ok(called_often(CALLERS), "each does");
	ok(timer_settime(timers[0], 0, &at_once, NULL) == 0 &&
		called_often(CALLERS + 1),
	    "one that expires before anybody looks");
	ok(timer_settime(timers[0], 0, &often, NULL) == 0 &&
		called_often(CALLERS + 21),
	    "one calls again and again");
	for (good = 0; made > 0; made--)
		good += timer_delete(timers[made - 1]) == 0;
	is_int(good, CALLERS, "each can be deleted");
}

/* A child has none of its parent's, and can have its own. */
static void
test_timers_of_child(void)
{
	struct sigevent event = {
	    .sigev_notify = SIGEV_THREAD, .sigev_notify_function = count_call};
	const struct itimerspec soon = {{0, 0}, {0, 20 * MILLISECOND}};
	timer_t timer, own;
	int status = 1;
	pid_t child;

	event.sigev_value.sival_int = 1;
	ok(timer_create(CLOCK_MONOTONIC, &event, &timer) == 0, "a timer");
	child = fork();
	if (child == 0) {
		called = 0;
		if (timer_settime(timer, 0, &soon, NULL) == 0)
			_exit(1);
		if (timer_create(CLOCK_MONOTONIC, &event, &own) != 0 ||
		    timer_settime(own, 0, &soon, NULL) != 0)
			_exit(2);
		_exit(called_often(1) ? 0 : 3);
	}
	ok(waitpid(child, &status, 0) == child, "a child");
	is_int(status, 0, "has its own only");
	ok(timer_delete(timer) == 0, "no more");
}

int
main(void)
{
	test_processor_time();
	test_errors();
	test_timers();
	test_sleep();
	test_processor_timers();
	test_interrupted();
	test_often();
	test_many_timers();
	test_timers_of_child();
	return test_done();
}
