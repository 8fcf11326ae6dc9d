/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How processes are scheduled: their own, others', who may set what, what stays
 * through fork, exec and posix_spawn().
 */
#include <errno.h>
#include <libtest/test.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define USER 1000
#define SELF "/tests/scheduling_test"

static bool
is(pid_t pid, int policy, int priority)
{
	struct sched_param now = {-1};

	return sched_getscheduler(pid) == policy &&
	       sched_getparam(pid, &now) == 0 && now.sched_priority == priority;
}

static bool
set(pid_t pid, int policy, int priority)
{
	const struct sched_param wanted = {priority};

	return sched_setscheduler(pid, policy, &wanted) >= 0;
}

static int
status_of(pid_t pid)
{
	int status = -1;

	if (pid < 0 || waitpid(pid, &status, 0) != pid || !WIFEXITED(status))
		return -1;
	return WEXITSTATUS(status);
}

static void
test_own(void)
{
	const struct sched_param seven = {7};
	struct timespec turn = {-1, -1};

	ok(is(0, SCHED_OTHER, 0), "at first time is shared");
	ok(sched_get_priority_max(SCHED_FIFO) -
		    sched_get_priority_min(SCHED_FIFO) >=
		31,
	    "32 priorities");
	ok(set(0, SCHED_FIFO, 5) && is(getpid(), SCHED_FIFO, 5), "SCHED_FIFO");
	ok(sched_setparam(0, &seven) == 0 && is(0, SCHED_FIFO, 7),
	    "another priority");
	ok(!set(0, SCHED_FIFO, 0) && errno == EINVAL, "0 is none");
	ok(!set(0, SCHED_FIFO, 33) && errno == EINVAL, "nor is 33");
	ok(!set(0, 77, 1) && errno == EINVAL, "77 is no policy");
	ok(set(0, SCHED_OTHER, 0) && is(0, SCHED_OTHER, 0), "shared again");
	ok(sched_rr_get_interval(0, &turn) == 0 && turn.tv_nsec > 0, "a turn");
}

/* Tells by its status what it finds that another process has made of it. */
static int
child(int wanted)
{
	struct sched_param now;
	int policy = -1;
	const struct timespec rest = {0, 5000000};

	for (int i = 0; i < 1000 && !is(0, SCHED_RR, wanted); i++)
		(void)nanosleep(&rest, NULL);
	if (!is(0, SCHED_RR, wanted))
		return 1;
	if (pthread_getschedparam(pthread_self(), &policy, &now) != 0 ||
	    policy != SCHED_RR || now.sched_priority != wanted)
		return 2;
	return 0;
}

static void
test_other(void)
{
	struct timespec turn = {-1, -1};
	char byte;
	int end[2] = {-1, -1};
	pid_t pid;

	(void)pipe(end);
	pid = fork();
	if (pid == 0) {
		int status = child(9);

		/* It is there as long as it is asked about. */
		close(end[1]);
		(void)read(end[0], &byte, 1);
		_exit(status);
	}
	close(end[0]);
	ok(is(pid, SCHED_OTHER, 0), "another process shares time");
	ok(set(pid, SCHED_RR, 9) && is(pid, SCHED_RR, 9),
	    "it is given SCHED_RR");
	ok(sched_rr_get_interval(pid, &turn) == 0 && turn.tv_nsec > 0,
	    "and has turns");
	close(end[1]);
	is_int(status_of(pid), 0, "it sees that itself");
	ok(!set(pid, SCHED_RR, 9) && errno == ESRCH, "it is gone: ESRCH");
	ok(sched_getscheduler(pid) == -1 && errno == ESRCH, "nor to be asked");
	ok(sched_rr_get_interval(pid, &turn) == -1 && errno == ESRCH,
	    "for its turns, neither");
	ok(sched_getscheduler(-1) == -1 && errno == EINVAL, "-1 is nobody");
}

static int
as_user(pid_t other)
{
	if (setuid(USER) != 0)
		return 1;
	if (set(other, SCHED_FIFO, 1) || errno != EPERM)
		return 2;
	if (set(other, SCHED_OTHER, 0) || errno != EPERM)
		return 3;
	if (set(0, SCHED_FIFO, 1) || errno != EPERM)
		return 4;
	if (sched_getscheduler(other) != -1 || errno != EPERM)
		return 5;
	return set(0, SCHED_OTHER, 0) ? 0 : 6;
}

/* A user's process that user 0 gives SCHED_RR runs so. */
static int
given(void)
{
	return setuid(USER) != 0 ? 10 : child(3);
}

static void
test_users(void)
{
	const struct timespec rest = {0, 20000000};
	pid_t parent = getpid();
	pid_t pid = fork();

	if (pid == 0)
		_exit(as_user(parent));
	is_int(status_of(pid), 0, "what a user may do");
	pid = fork();
	if (pid == 0)
		_exit(given());
	(void)nanosleep(&rest, NULL);
	ok(set(pid, SCHED_RR, 3), "user 0 gives a user's process SCHED_RR");
	is_int(status_of(pid), 0, "which it has");
}

static pid_t
spawn(const posix_spawnattr_t *attributes, int *error)
{
	char name[] = SELF;
	char what[] = "check";
	char *const words[] = {name, what, NULL};
	pid_t pid = -1;

	*error = posix_spawn(&pid, SELF, NULL, attributes, words, environ);
	return pid;
}

static void
test_inherited(void)
{
	const struct sched_param eleven = {11};
	const struct sched_param none = {99};
	posix_spawnattr_t attributes;
	int error;
	pid_t pid;

	ok(set(0, SCHED_RR, 11), "SCHED_RR");
	pid = fork();
	if (pid == 0)
		_exit(is(0, SCHED_RR, 11) ? 0 : 1);
	is_int(status_of(pid), 0, "a child has it");
	pid = spawn(NULL, &error);
	is_int(status_of(pid), 0, "a program has it");
	ok(set(0, SCHED_OTHER, 0), "shared again");
	posix_spawnattr_init(&attributes);
	posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSCHEDULER);
	posix_spawnattr_setschedpolicy(&attributes, SCHED_RR);
	posix_spawnattr_setschedparam(&attributes, &eleven);
	pid = spawn(&attributes, &error);
	is_int(status_of(pid), 0, "a program is given it");
	posix_spawnattr_setschedparam(&attributes, &none);
	(void)spawn(&attributes, &error);
	is_int(error, EINVAL, "no such priority");
	posix_spawnattr_destroy(&attributes);
}

int
main(int argc, char **argv)
{
	if (argc > 1 && strcmp(argv[1], "check") == 0)
		return child(11);
	test_own();
	test_other();
	test_users();
	test_inherited();
	return test_done();
}
