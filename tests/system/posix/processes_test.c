/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Processes: fork, exec, wait in its variants, exit statuses, what is
 * inherited and what is not, groups, many children, errors of exec.
 */
#include <errno.h>
#include <fcntl.h>
#include <libtest/test.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define SCRATCH "/tmp/processes_test"
#define MANY    30

static int variable = 1;

static int
fails(int result, int error)
{
	return result == -1 && errno == error;
}

static pid_t
child_exits(int status)
{
	pid_t pid = fork();

	if (pid == 0)
		_exit(status);
	return pid;
}

static void
test_fork(void)
{
	int status = 0;
	pid_t parent = getpid();
	pid_t pid;

	fflush(stdout);
	pid = fork();
	if (pid == 0) {
		bool good =
		    variable == 1 && getppid() == parent && getpid() != parent;

		variable = 2;
		_exit(good ? 17 : 1);
	}
	ok(pid > 0, "fork");
	is_int(waitpid(pid, &status, 0), pid, "waitpid");
	ok(WIFEXITED(status), "exited");
	is_int(WEXITSTATUS(status), 17, "the child saw what it should");
	is_int(variable, 1, "its memory is its own");
	ok(fails(waitpid(pid, &status, 0), ECHILD), "waited for once only");
	ok(fails(wait(&status), ECHILD), "no children: ECHILD");
}

static void
test_wait(void)
{
	int status = 0;
	pid_t pid, first, second;

	first = child_exits(1);
	second = child_exits(2);
	is_int(waitpid(second, &status, 0), second, "a given child");
	is_int(WEXITSTATUS(status), 2, "and its status");
	is_int(waitpid(-1, &status, 0), first, "then any");
	is_int(WEXITSTATUS(status), 1, "and its status");
	pid = fork();
	if (pid == 0) {
		for (;;)
			sleep(100);
	}
	is_int(waitpid(pid, &status, WNOHANG), 0, "WNOHANG: still running");
	is_int(kill(pid, SIGSTOP), 0, "SIGSTOP");
	is_int(waitpid(pid, &status, WUNTRACED), pid, "WUNTRACED");
	ok(WIFSTOPPED(status) && WSTOPSIG(status) == SIGSTOP, "stopped");
	is_int(kill(pid, SIGCONT), 0, "SIGCONT");
	is_int(waitpid(pid, &status, WCONTINUED), pid, "WCONTINUED");
	ok(WIFCONTINUED(status), "continued");
	is_int(kill(pid, SIGTERM), 0, "SIGTERM");
	is_int(waitpid(pid, &status, 0), pid, "it ends");
	ok(WIFSIGNALED(status) && WTERMSIG(status) == SIGTERM, "by that");
	ok(fails(kill(pid, 0), ESRCH), "and is no more: ESRCH");
}

/* How a child ends that does `what`. */
static int
ends_by(void (*what)(void))
{
	int status = 0;
	pid_t pid = fork();

	if (pid == 0) {
		what();
		_exit(0);
	}
	waitpid(pid, &status, 0);
	return WIFSIGNALED(status) ? WTERMSIG(status) : 0;
}

static void
write_to_nowhere(void)
{
	volatile char *volatile nowhere = (volatile char *)8;

	*nowhere = 1;
}

static void
write_to_kernel(void)
{
	volatile char *volatile there = (volatile char *)0xffffffff80100000ul;

	*there = 1;
}

static void
write_to_text(void)
{
	volatile char *volatile text =
	    (volatile char *)(void *)write_to_nowhere;

	*text = 0;
}

static char data_page[64];

static void
run_data(void)
{
	void (*volatile code)(void) = (void (*)(void))(void *)data_page;

	code();
}

static int
deeper(int depth)
{
	volatile char page[4096];

	page[0] = (char)depth;
	return depth < 0 ? page[0] : deeper(depth + 1) + page[0];
}

static void
overflow_stack(void)
{
	deeper(0);
}

static void
test_faults(void)
{
	is_int(ends_by(write_to_nowhere), SIGSEGV, "a null pointer: SIGSEGV");
	is_int(ends_by(write_to_kernel), SIGSEGV, "a kernel's address");
	is_int(ends_by(write_to_text), SIGSEGV, "a write to program text");
	is_int(ends_by(run_data), SIGSEGV, "running data");
	is_int(ends_by(overflow_stack), SIGSEGV, "an endless recursion");
	is_int(ends_by(abort), SIGABRT, "abort");
}

/* The exit status of a command run by fork and exec. */
static int
run(const char *path, const char *const *argv, const char *const *envp)
{
	int status = -1;
	pid_t pid = fork();

	if (pid == 0) {
		/* execve changes neither, whatever its type says. */
		execve(path, (char *const *)(uintptr_t)argv,
		    (char *const *)(uintptr_t)envp);
		_exit(errno);
	}
	waitpid(pid, &status, 0);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static void
write_file(const char *path, const char *text, size_t size, mode_t mode)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);

	write(fd, text, size);
	fchmod(fd, mode);
	close(fd);
}

static void
test_exec(void)
{
	const char *const env[] = {"ANSWER=42", NULL};
	const char *const sh[] = {
	    "sh", "-c", "[ \"$ANSWER\" = 42 ] && exit 7", NULL};
	const char *const script[] = {"script", "an argument", NULL};
	static const char text[] =
	    "#!/bin/sh -e\n[ \"$1\" = 'an argument' ] && exit 9\n";

	is_int(run("/bin/sh", sh, env), 7, "exec passes arguments and names");
	is_int(run("/none", sh, env), ENOENT, "ENOENT");
	is_int(run("/tmp", sh, env), EACCES, "a folder: EACCES");
	write_file(SCRATCH, text, sizeof(text) - 1, 0755);
	is_int(run(SCRATCH, script, env), 9, "a script with #!");
	write_file(SCRATCH, text, sizeof(text) - 1, 0644);
	is_int(run(SCRATCH, script, env), EACCES, "not executable: EACCES");
	write_file(SCRATCH, "\177ELF\002\001\001 cut", 11, 0755);
	is_int(run(SCRATCH, script, env), ENOEXEC, "half an ELF: ENOEXEC");
	write_file(SCRATCH, "", 0, 0755);
	is_int(run(SCRATCH, script, env), ENOEXEC, "an empty file: ENOEXEC");
	unlink(SCRATCH);
}

static void
test_descriptors(void)
{
	const char *const script[] = {"sh", "-c",
	    "echo kept >&8; (echo lost >&9) 2>/dev/null; exit 0", NULL};
	const char *const env[] = {NULL};
	char text[32] = "";
	int fd = open(SCRATCH, O_RDWR | O_CREAT | O_TRUNC, 0600);

	dup2(fd, 8);
	dup2(fd, 9);
	fcntl(9, F_SETFD, FD_CLOEXEC);
	is_int(run("/bin/sh", script, env), 0, "a shell with descriptor 8");
	is_int(lseek(fd, 0, SEEK_CUR), 5, "moved the common offset");
	pread(fd, text, sizeof(text) - 1, 0);
	is_str(text, "kept\n", "FD_CLOEXEC closes at exec");
	close(fd);
	close(8);
	close(9);
	unlink(SCRATCH);
}

/*
 * A program whose output and errors are one pipe closes both: the pipe ends,
 * though the program lives on.
 */
static void
test_copies(void)
{
	int in[2], out[2], status = 0;
	char byte;
	pid_t pid;

	if (pipe(in) != 0 || pipe(out) != 0) {
		ok(false, "pipes");
		return;
	}
	pid = fork();
	if (pid == 0) {
		dup2(in[0], 0);
		dup2(out[1], 1);
		dup2(out[1], 2);
		close(in[0]);
		close(in[1]);
		close(out[0]);
		close(out[1]);
		execl("/bin/sh", "sh", "-c", "exec >&- 2>&-; read x",
		    (char *)NULL);
		_exit(1);
	}
	close(in[0]);
	close(out[1]);
	is_int(read(out[0], &byte, 1), 0, "both copies closed: the pipe ends");
	is_int(waitpid(pid, &status, WNOHANG), 0, "before the program does");
	close(in[1]);
	close(out[0]);
	is_int(waitpid(pid, &status, 0), pid, "which then ends");
}

static void
test_groups(void)
{
	int status = 0;
	pid_t pid = fork();

	if (pid == 0) {
		bool good = setpgid(0, 0) == 0 && getpgrp() == getpid();
		pid_t leader = fork();

		if (leader == 0) {
			good = setsid() == getpid() && getsid(0) == getpid() &&
			       getpgrp() == getpid();
			_exit(good ? 0 : 1);
		}
		waitpid(leader, &status, 0);
		_exit(good && status == 0 ? 0 : 1);
	}
	waitpid(pid, &status, 0);
	is_int(status, 0, "setpgid and setsid");
	pid = fork();
	if (pid == 0) {
		setpgid(0, 0);
		for (;;)
			sleep(100);
	}
	setpgid(pid, pid);
	is_int(kill(-pid, SIGKILL), 0, "kill a group");
	is_int(waitpid(-pid, &status, 0), pid, "wait for a group");
	ok(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL, "SIGKILL");
}

static void
test_many(void)
{
	pid_t pids[MANY];
	int status, i, sum = 0;

	for (i = 0; i < MANY; i++)
		pids[i] = child_exits(i);
	for (i = 0; i < MANY; i++) {
		waitpid(pids[i], &status, 0);
		sum += WEXITSTATUS(status) == i;
	}
	is_int(sum, MANY, "many children at a time");
	for (i = 0; i < 3 * MANY; i++)
		waitpid(child_exits(0), &status, 0);
	ok(fails(wait(&status), ECHILD), "and one after the other");
}

int
main(void)
{
	test_fork();
	test_wait();
	test_faults();
	test_exec();
	test_descriptors();
	test_copies();
	test_groups();
	test_many();
	return test_done();
}
