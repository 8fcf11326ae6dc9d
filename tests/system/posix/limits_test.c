/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Greed: who takes processes, descriptors, memory or arguments without end gets
 * an error, and everybody else goes on.
 */
#include <errno.h>
#include <fcntl.h>
#include <libtest/test.h>
#include <limits.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define NOBODY 65534
#define BOMB   5000

static int
others_work(void)
{
	int status = -1;
	pid_t pid = fork();

	if (pid == 0) {
		execl("/bin/true", "true", (char *)NULL);
		_exit(127);
	}
	waitpid(pid, &status, 0);
	return status == 0;
}

/* Children that only wait, until there are no more to be had. */
static _Noreturn void
bomb(int result)
{
	int i, error = 0;

	setpgid(0, 0);
	if (setuid(NOBODY) != 0)
		_exit(1);
	for (i = 0; i < BOMB; i++) {
		pid_t pid = fork();

		if (pid == 0)
			for (;;)
				sleep(1000);
		if (pid < 0) {
			error = errno;
			break;
		}
	}
	write(result, &error, sizeof(error));
	write(result, &i, sizeof(i));
	for (;;)
		sleep(1000);
}

static void
test_processes(void)
{
	int ends[2], error = -1, count = -1, status;
	pid_t pid;

	if (pipe(ends) != 0) {
		ok(false, "a pipe");
		return;
	}
	pid = fork();
	if (pid == 0)
		bomb(ends[1]);
	setpgid(pid, pid);
	close(ends[1]);
	read(ends[0], &error, sizeof(error));
	read(ends[0], &count, sizeof(count));
	close(ends[0]);
	ok(error == EAGAIN || error == ENOMEM, "a fork bomb meets an error");
	printf("# errno %d after %d processes\n", error, count);
	ok(others_work(), "while it lasts, root can start programs");
	is_int(kill(-pid, SIGKILL), 0, "kill them all");
	waitpid(pid, &status, 0);
	ok(WIFSIGNALED(status), "and it is gone");
	ok(others_work(), "and the system is as before");
}

static void
test_descriptors(void)
{
	static int fds[100000];
	int count = 0, ends[2];

	while (count < 100000 && (fds[count] = dup(0)) >= 0)
		count++;
	is_int(errno, EMFILE, "too many descriptors: EMFILE");
	ok(count >= 20, "twenty are to be had");
	ok(pipe(ends) == -1 && errno == EMFILE, "a pipe as well");
	ok(open("/", O_RDONLY) == -1 && errno == EMFILE, "open as well");
	while (count > 0)
		close(fds[--count]);
	ok(pipe(ends) == 0, "and they come back");
	close(ends[0]);
	close(ends[1]);
}

static void
test_memory(void)
{
	int status = -1;
	pid_t pid;
	void *half = malloc(SIZE_MAX / 2);

	ok(half == NULL && errno == ENOMEM, "half the address space: ENOMEM");
	free(half);
	ok(mmap(NULL, (size_t)1 << 60, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS,
	       -1, 0) == MAP_FAILED &&
		errno == ENOMEM,
	    "mmap of it as well");
	fflush(stdout);
	pid = fork();
	if (pid == 0) {
		/* Names only: none of it is touched. */
		int i;

		for (i = 0; i < 1000; i++)
			(void)mmap(NULL, (size_t)1 << 30,
			    PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS,
			    -1, 0);
		_exit(0);
	}
	waitpid(pid, &status, 0);
	is_int(status, 0, "a terabyte of address space harms nobody");
	ok(others_work(), "others go on");
}

static void
test_arguments(void)
{
	enum { COUNT = 20000 };
	static char *argv[COUNT + 1];
	static char argument[1001];
	int i, status = -1;
	pid_t pid;

	memset(argument, 'x', sizeof(argument) - 1);
	for (i = 0; i < COUNT; i++)
		argv[i] = argument;
	fflush(stdout);
	pid = fork();
	if (pid == 0) {
		execv("/bin/true", argv);
		_exit(errno == E2BIG ? 77 : 1);
	}
	waitpid(pid, &status, 0);
	ok(WIFEXITED(status) && WEXITSTATUS(status) == 77,
	    "20 MB of arguments: E2BIG");
	argv[100] = NULL;
	pid = fork();
	if (pid == 0) {
		execv("/bin/true", argv);
		_exit(1);
	}
	waitpid(pid, &status, 0);
	is_int(status, 0, "100 KB of them are fine");
}

static void
test_paths(void)
{
	static char path[2 * PATH_MAX];
	struct stat st;
	size_t i;

	for (i = 0; i < sizeof(path) - 1; i++)
		path[i] = "./"[i % 2];
	ok(stat(path, &st) == -1 && errno == ENAMETOOLONG,
	    "a path too long: ENAMETOOLONG");
	path[900] = '\0';
	is_int(stat(path, &st), 0, "450 times dot is a folder");
}

int
main(void)
{
	test_processes();
	test_descriptors();
	test_memory();
	test_arguments();
	test_paths();
	return test_done();
}
