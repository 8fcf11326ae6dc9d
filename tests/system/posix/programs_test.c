/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What programs are begun with by a thread that is not the first, commands
 * that no shell can run, streams of threads that are cancelled and lines that
 * cannot be written.
 */
#include <errno.h>
#include <fcntl.h>
#include <libtest/test.h>
#include <pthread.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include <wchar.h>

static const char *self;

static int
status_of(pid_t pid)
{
	int status = -1;

	(void)waitpid(pid, &status, 0);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

/* This program again, which looks at its mask. */
static int
look_at_mask(void)
{
	sigset_t mask;

	sigprocmask(SIG_SETMASK, NULL, &mask);
	return sigismember(&mask, SIGUSR2) == 1 &&
		       sigismember(&mask, SIGUSR1) == 0
		   ? 0
		   : 1;
}

static char *again[] = {NULL, NULL, NULL};

static void *
exec_in_thread(void *unused)
{
	sigset_t mask;

	sigemptyset(&mask);
	sigaddset(&mask, SIGUSR2);
	pthread_sigmask(SIG_SETMASK, &mask, NULL);
	execv(self, again);
	return unused;
}

static void *
spawn_in_thread(void *pid)
{
	char *environment[] = {NULL};
	sigset_t mask;

	sigemptyset(&mask);
	sigaddset(&mask, SIGUSR2);
	pthread_sigmask(SIG_SETMASK, &mask, NULL);
	if (posix_spawn(pid, self, NULL, NULL, again, environment) != 0)
		*(pid_t *)pid = -1;
	return NULL;
}

static void
test_masks(void)
{
	pthread_t thread;
	pid_t pid = fork();

	if (pid == 0) {
		pthread_create(&thread, NULL, exec_in_thread, NULL);
		pthread_join(thread, NULL);
		_exit(2);
	}
	is_int(status_of(pid), 0, "exec keeps the calling thread's mask");
	pthread_create(&thread, NULL, spawn_in_thread, &pid);
	pthread_join(thread, NULL);
	is_int(status_of(pid), 0, "a child gets the mask of who spawns it");
}

static void
test_commands(void)
{
	struct stat before;
	FILE *pipe = popen("exit 3", "r");

	ok(fwide(pipe, 0) < 0, "popen: a stream of bytes");
	is_int(pclose(pipe), 3 << 8, "pclose: the status");
	is_int(system("exit 4"), 4 << 8, "system: the status");
	stat("/bin/sh", &before);
	chmod("/bin/sh", 0644);
	is_int(system("exit 4"), 127 << 8, "system: a shell that cannot run");
	chmod("/bin/sh", before.st_mode & 07777);
	is_int(system("true"), 0, "system: it can again");
}

/* Asks for its own end, and would end where a stream is written. */
static void *
print_cancelled(void *unused)
{
	pthread_cancel(pthread_self());
	fprintf(stderr, "# printed by a cancelled thread\n");
	pthread_testcancel();
	return unused;
}

static void
test_streams(void)
{
	pthread_t thread;
	void *result = NULL;

	pthread_create(&thread, NULL, print_cancelled, NULL);
	pthread_join(thread, &result);
	ok(result == PTHREAD_CANCELED, "a thread is cancelled");
	ok(fprintf(stderr, "# and by another\n") > 0, "its stream is not kept");
}

static void
test_lines(void)
{
	char path[] = "/tmp/programs_test.XXXXXX";
	int fd = mkstemp(path);
	FILE *file = fdopen(fd, "w");

	setvbuf(file, NULL, _IOLBF, 0);
	close(fd);
	(void)unlink(path);
	ok(fprintf(file, "a line\n") < 0 && ferror(file),
	    "a line that cannot be written is told of");
	(void)fclose(file);
}

static pid_t waited_for;
static pid_t seen_by_handler;

static void
end_child(int signal)
{
	(void)signal;
	kill(waited_for, SIGKILL);
	seen_by_handler = waitpid(waited_for, NULL, 0);
}

/* The call that the handler interrupts does not take the child from it. */
static void
test_handler(void)
{
	struct sigaction action = {.sa_handler = end_child};
	pid_t result;

	waited_for = fork();
	if (waited_for == 0) {
		for (;;)
			pause();
	}
	sigaction(SIGALRM, &action, NULL);
	alarm(1);
	result = waitpid(waited_for, NULL, 0);
	ok(result == -1 && errno == EINTR, "a handler interrupts waitpid()");
	ok(seen_by_handler == waited_for, "and may wait for the child itself");
}

int
main(int argc, char *argv[])
{
	static char word[] = "mask";

	self = argv[0];
	again[0] = argv[0];
	again[1] = word;
	if (argc > 1)
		return look_at_mask();
	test_masks();
	test_commands();
	test_streams();
	test_lines();
	test_handler();
	pthread_setconcurrency(3);
	is_int(pthread_getconcurrency(), 3, "a concurrency is told again");
	return test_done();
}
