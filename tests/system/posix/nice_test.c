/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * nice(), getpriority(), setpriority(): who may change what, that children and
 * programs inherit it, and that it makes a difference.
 */
#include <errno.h>
#include <libtest/test.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define USER 1000

static int
mine(void)
{
	errno = 0;
	return getpriority(PRIO_PROCESS, 0);
}

static int
run(int (*function)(void))
{
	pid_t pid = fork();
	int status = -1;

	if (pid == 0)
		_exit(function());
	(void)waitpid(pid, &status, 0);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static int
as_user(void)
{
	struct sched_param fixed = {.sched_priority = 1};
	struct sched_param shared = {.sched_priority = 0};

	if (setuid(USER) != 0 || mine() != 3)
		return 1;
	if (nice(2) != 5 || mine() != 5)
		return 2;
	if (nice(-1) != -1 || errno != EPERM)
		return 3;
	if (setpriority(PRIO_PROCESS, 0, 4) != -1 || errno != EACCES)
		return 4;
	if (setpriority(PRIO_PROCESS, getppid(), 19) != -1 || errno != EPERM)
		return 5;
	if (sched_setscheduler(0, SCHED_FIFO, &fixed) != -1 || errno != EPERM)
		return 6;
	if (pthread_setschedparam(pthread_self(), SCHED_OTHER, &shared) != 0)
		return 7;
	return nice(100) == 19 && mine() == 19 ? 0 : 8;
}

static int
worse(void)
{
	return nice(4) == 7 ? 0 : 1;
}

static void
test_values(void)
{
	is_int(mine(), 0, "nothing special");
	is_int(nice(3), 3, "nicer");
	is_int(mine(), 3, "it is");
	is_int(run(mine), 3, "so is a child");
	is_int(run(worse), 0, "which may be more so");
	is_int(mine(), 3, "by itself");
	is_int(run(as_user), 0, "a user goes one way only");
	is_int(nice(-5), -2, "root both");
	is_int(setpriority(PRIO_PROCESS, 0, 1000), 0, "any number");
	is_int(mine(), 19, "has an end");
	is_int(setpriority(PRIO_PROCESS, getpid(), -1000), 0, "below");
	is_int(mine(), -20, "has one, too");
	is_int(setpriority(PRIO_PGRP, 0, 0), 0, "the group");
	is_int(mine(), 0, "is meant");
	is_int(setpriority(PRIO_PROCESS, 30000, 0), -1, "nobody");
	is_int(errno, ESRCH, "is not there");
	is_int(setpriority(7, 0, 0), -1, "no such choice");
	is_int(errno, EINVAL, "says so");
}

static pid_t
spin(volatile unsigned long *count, int by)
{
	pid_t pid = fork();

	if (pid != 0)
		return pid;
	(void)nice(by);
	for (;;)
		++*count;
}

static void
test_share(void)
{
	unsigned long *counts = mmap(NULL, 4096, PROT_READ | PROT_WRITE,
	    MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	struct timespec second = {1, 0};
	pid_t nicer = spin(&counts[0], 19), usual;

	usual = spin(&counts[8], 0);
	nanosleep(&second, NULL);
	kill(nicer, SIGKILL);
	kill(usual, SIGKILL);
	(void)waitpid(nicer, NULL, 0);
	(void)waitpid(usual, NULL, 0);
	ok(counts[8] > counts[0] * 2, "who is nice has less");
	printf("# %lu and %lu turns\n", counts[0], counts[8]);
}

int
main(void)
{
	test_values();
	test_share();
	return test_done();
}
