/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Record locks between processes: who is kept out, who waits, what ends a
 * lock; and flock's, which an open file has. The question whether a range is
 * locked is always a child's, as a process's own locks are never in its way.
 */
#include <errno.h>
#include <fcntl.h>
#include <libtest/test.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#define FILE_NAME "/tmp/locks_test"

static int file; /* open for both */

static int
fails(int result, int error)
{
	return result == -1 && errno == error;
}

static int
record(int fd, int command, int type, off_t start, off_t length)
{
	struct flock lock = {
	    .l_type = (short)type,
	    .l_whence = SEEK_SET,
	    .l_start = start,
	    .l_len = length,
	};

	return fcntl(fd, command, &lock);
}

static int
status_of(pid_t pid)
{
	int status = 0;

	if (waitpid(pid, &status, 0) != pid || !WIFEXITED(status))
		return -1;
	return WEXITSTATUS(status);
}

/* Can another process set this lock? 0 or the error. */
static int
other(int type, off_t start, off_t length)
{
	pid_t pid = fork();

	if (pid == 0)
		_exit(record(file, F_SETLK, type, start, length) == 0 ? 0
								      : errno);
	return status_of(pid);
}

/* What keeps another process from it, as "rw start length". */
static const char *
found(int type, off_t start, off_t length)
{
	static char text[64];
	struct flock lock = {
	    .l_type = (short)type,
	    .l_whence = SEEK_SET,
	    .l_start = start,
	    .l_len = length,
	};
	int ends[2];
	ssize_t got;
	pid_t pid;

	if (pipe(ends) != 0)
		return "no pipe";
	pid = fork();
	if (pid == 0) {
		if (fcntl(file, F_GETLK, &lock) != 0)
			_exit(errno);
		if (lock.l_type == F_UNLCK)
			dprintf(ends[1], "nothing");
		else
			dprintf(ends[1], "%c %d %d%s",
			    lock.l_type == F_WRLCK ? 'w' : 'r',
			    (int)lock.l_start, (int)lock.l_len,
			    lock.l_pid == getppid() ? "" : " of whom?");
		_exit(0);
	}
	close(ends[1]);
	got = read(ends[0], text, sizeof(text) - 1);
	text[got > 0 ? got : 0] = '\0';
	close(ends[0]);
	(void)status_of(pid);
	return text;
}

static void
test_ranges(void)
{
	is_int(record(file, F_SETLK, F_WRLCK, 10, 20), 0, "a lock");
	is_int(other(F_WRLCK, 29, 1), EAGAIN, "keeps others out");
	is_int(other(F_RDLCK, 10, 1), EAGAIN, "readers too");
	is_int(other(F_WRLCK, 30, 0), 0, "of its range only");
	is_int(other(F_WRLCK, 0, 10), 0, "at both ends");
	is_str(found(F_RDLCK, 0, 0), "w 10 20", "F_GETLK tells which");
	is_str(found(F_RDLCK, 30, 5), "nothing", "or that there is none");
	is_int(record(file, F_SETLK, F_RDLCK, 10, 20), 0, "down to reading");
	is_int(other(F_RDLCK, 15, 1), 0, "which others may as well");
	is_int(other(F_WRLCK, 15, 1), EAGAIN, "but not write");
	is_int(record(file, F_SETLK, F_UNLCK, 15, 5), 0, "a hole in it");
	is_int(other(F_WRLCK, 15, 5), 0, "is free");
	is_str(found(F_WRLCK, 0, 0), "r 10 5", "the part before");
	is_str(found(F_WRLCK, 15, 0), "r 20 10", "the part behind");
	is_int(record(file, F_SETLK, F_RDLCK, 15, 5), 0, "closed again");
	is_str(found(F_WRLCK, 0, 0), "r 10 20", "it is one");
	is_int(record(file, F_SETLK, F_WRLCK, 12, 2), 0, "one in another");
	is_str(found(F_RDLCK, 0, 0), "w 12 2", "that alone bars readers");
	is_int(record(file, F_SETLK, F_UNLCK, 0, 0), 0, "none");
	is_str(found(F_WRLCK, 0, 0), "nothing", "and nothing is left");
}

static void
test_arguments(void)
{
	struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_END};
	int reader = open(FILE_NAME, O_RDONLY);
	int ends[2];

	is_int(ftruncate(file, 100), 0, "a file of 100 bytes");
	lock.l_start = -10;
	is_int(fcntl(file, F_SETLK, &lock), 0, "from ten before its end");
	is_str(found(F_WRLCK, 0, 0), "w 90 0", "and all behind that");
	lock = (struct flock){.l_type = F_UNLCK, .l_whence = SEEK_CUR};
	is_int(lseek(file, 95, SEEK_SET), 95, "at 95");
	lock.l_len = -5;
	is_int(fcntl(file, F_SETLK, &lock), 0, "five bytes before it");
	is_str(found(F_WRLCK, 0, 0), "w 95 0", "are free");
	is_int(record(file, F_SETLK, F_UNLCK, 0, 0), 0, "all is");
	ok(fails(record(file, F_SETLK, F_WRLCK, -1, 1), EINVAL), "no place");
	ok(fails(record(file, F_SETLK, F_WRLCK, 5, -6), EINVAL), "nor this");
	ok(fails(record(file, F_SETLK, F_WRLCK, INT64_MAX, 2), EOVERFLOW),
	    "EOVERFLOW");
	ok(fails(record(file, F_SETLK, 77, 0, 1), EINVAL), "no type");
	ok(fails(record(file, F_GETLK, F_UNLCK, 0, 1), EINVAL), "no question");
	ok(fails(record(reader, F_SETLK, F_WRLCK, 0, 1), EBADF),
	    "who reads cannot keep others from reading");
	is_int(record(reader, F_SETLK, F_RDLCK, 0, 1), 0, "but from writing");
	ok(fails(record(99, F_SETLK, F_RDLCK, 0, 1), EBADF), "no file");
	close(reader);
	is_int(pipe(ends), 0, "a pipe");
	ok(fails(record(ends[0], F_SETLK, F_RDLCK, 0, 1), EINVAL),
	    "has no locks");
	close(ends[0]);
	close(ends[1]);
}

static void
test_ends(void)
{
	int second = open(FILE_NAME, O_RDONLY);
	int copy = dup(file);
	pid_t pid;

	is_int(record(file, F_SETLK, F_WRLCK, 0, 0), 0, "a lock");
	close(copy);
	is_int(other(F_WRLCK, 0, 0), 0, "closing a copy ends it");
	is_int(record(file, F_SETLK, F_WRLCK, 0, 0), 0, "again");
	close(second);
	is_int(other(F_WRLCK, 0, 0), 0, "so does another opening's");
	is_int(record(file, F_SETLK, F_WRLCK, 0, 0), 0, "again");
	copy = open(FILE_NAME, O_RDONLY);
	dup2(0, copy);
	is_int(other(F_WRLCK, 0, 0), 0, "and dup2");
	close(copy);
	for (int i = 0; i < 20; i++) {
		pid = fork();
		if (pid == 0)
			_exit(record(file, F_SETLK, F_WRLCK, 0, 0));
		if (status_of(pid) != 0 ||
		    record(file, F_SETLK, F_WRLCK, 0, 0) != 0)
			break;
		if (record(file, F_SETLK, F_UNLCK, 0, 0) != 0)
			break;
		if (i == 19)
			ok(true, "who has waited finds no locks of the dead");
	}
}

/* Another process that has the lock until it is told. */
struct holder {
	pid_t pid;
	int tell;
};

static struct holder
hold(int type, off_t start, off_t length)
{
	struct holder holder = {0};
	int in[2], out[2];
	char byte;

	if (pipe(in) != 0 || pipe(out) != 0)
		return holder;
	holder.pid = fork();
	if (holder.pid == 0) {
		close(out[1]);
		if (record(file, F_SETLKW, type, start, length) == 0)
			(void)write(in[1], "x", 1);
		(void)read(out[0], &byte, 1);
		_exit(0);
	}
	close(in[1]);
	close(out[0]);
	holder.tell = out[1];
	ok(read(in[0], &byte, 1) == 1, "another has a lock");
	close(in[0]);
	return holder;
}

static void
let_go(struct holder holder)
{
	close(holder.tell);
	is_int(status_of(holder.pid), 0, "it has ended");
}

static pid_t
waits_for(int type, off_t start, off_t length)
{
	pid_t pid = fork();

	if (pid == 0)
		_exit(record(file, F_SETLKW, type, start, length) == 0 ? 0
								       : errno);
	return pid;
}

static void
test_waiting(void)
{
	struct holder holder;
	pid_t pid, second;

	is_int(record(file, F_SETLK, F_WRLCK, 0, 10), 0, "a lock");
	pid = waits_for(F_WRLCK, 5, 1);
	second = waits_for(F_RDLCK, 8, 1);
	usleep(100000);
	is_int(waitpid(-1, NULL, WNOHANG), 0, "others wait for it");
	is_int(record(file, F_SETLK, F_UNLCK, 8, 2), 0, "part of it");
	is_int(status_of(second), 0, "is enough for one");
	is_int(record(file, F_SETLK, F_UNLCK, 0, 0), 0, "the rest");
	is_int(status_of(pid), 0, "for the other");

	holder = hold(F_WRLCK, 0, 0);
	pid = waits_for(F_WRLCK, 0, 0);
	usleep(50000);
	kill(holder.pid, SIGKILL);
	is_int(waitpid(holder.pid, NULL, 0), holder.pid, "killed");
	close(holder.tell);
	is_int(status_of(pid), 0, "who waits gets the lock");

	holder = hold(F_RDLCK, 0, 0);
	is_int(record(file, F_SETLKW, F_RDLCK, 0, 0), 0, "two readers");
	let_go(holder);
	is_int(record(file, F_SETLKW, F_WRLCK, 0, 0), 0, "then a writer");
	is_int(record(file, F_SETLK, F_UNLCK, 0, 0), 0, "none");
}

static void
on_alarm(int signal)
{
	(void)signal;
}

static void
test_interrupted(void)
{
	static const struct itimerval often = {{0, 200000}, {0, 200000}};
	static const struct itimerval never;
	struct sigaction action = {.sa_handler = on_alarm};
	struct holder holder = hold(F_WRLCK, 0, 0);

	sigaction(SIGALRM, &action, NULL);
	setitimer(ITIMER_REAL, &often, NULL);
	ok(fails(record(file, F_SETLKW, F_WRLCK, 0, 0), EINTR), "EINTR");
	setitimer(ITIMER_REAL, &never, NULL);
	let_go(holder);
	is_int(other(F_WRLCK, 0, 0), 0, "nothing was locked");
}

static void
test_deadlock(void)
{
	int ends[2];
	int error, status;
	char byte;
	pid_t pid;

	is_int(record(file, F_SETLK, F_WRLCK, 0, 1), 0, "we have the first");
	is_int(pipe(ends), 0, "a pipe");
	pid = fork();
	if (pid == 0) {
		if (record(file, F_SETLK, F_WRLCK, 1, 1) != 0)
			_exit(99);
		(void)write(ends[1], "x", 1);
		_exit(record(file, F_SETLKW, F_WRLCK, 0, 1) == 0 ? 0 : errno);
	}
	is_int(read(ends[0], &byte, 1), 1, "another has the second");
	usleep(100000);
	error = record(file, F_SETLKW, F_WRLCK, 1, 1) == 0 ? 0 : errno;
	is_int(record(file, F_SETLK, F_UNLCK, 0, 0), 0, "we give way");
	status = status_of(pid);
	ok((error == EDEADLK && status == 0) ||
		(error == 0 && status == EDEADLK),
	    "both would wait for ever: the second is told, the first goes on");
	close(ends[0]);
	close(ends[1]);
}

/* Run by exec below: the lock is still the process's. */
static int
after_exec(int fd)
{
	file = fd;
	if (other(F_WRLCK, 0, 0) != EAGAIN)
		return 1;
	close(open(FILE_NAME, O_RDONLY));
	return other(F_WRLCK, 0, 0) == 0 ? 0 : 2;
}

static void
test_exec(const char *self)
{
	char number[16];
	pid_t pid = fork();

	if (pid == 0) {
		snprintf(number, sizeof(number), "%d", file);
		if (record(file, F_SETLK, F_WRLCK, 0, 0) == 0)
			execl(self, self, number, NULL);
		_exit(99);
	}
	is_int(status_of(pid), 0, "a lock lives through exec");
	is_int(other(F_WRLCK, 0, 0), 0, "and no longer");
}

static void
test_lockf(void)
{
	struct holder holder;

	is_int(lseek(file, 50, SEEK_SET), 50, "at 50");
	is_int(lockf(file, F_LOCK, 10), 0, "F_LOCK");
	is_str(found(F_RDLCK, 0, 0), "w 50 10", "locks from there");
	is_int(lockf(file, F_TEST, 0), 0, "our own is none to F_TEST");
	is_int(lockf(file, F_ULOCK, 0), 0, "F_ULOCK");
	holder = hold(F_WRLCK, 55, 1);
	ok(fails(lockf(file, F_TEST, 10), EAGAIN), "F_TEST");
	ok(fails(lockf(file, F_TLOCK, 10), EAGAIN), "F_TLOCK");
	is_int(lockf(file, F_TEST, 5), 0, "not so far");
	let_go(holder);
	ok(fails(lockf(file, 77, 1), EINVAL), "EINVAL");
}

static void
test_flock(void)
{
	int second = open(FILE_NAME, O_RDONLY);

	is_int(flock(file, LOCK_EX), 0, "flock");
	ok(fails(flock(second, LOCK_SH | LOCK_NB), EAGAIN),
	    "another opening is kept out");
	is_int(record(file, F_SETLK, F_WRLCK, 0, 0), 0, "records are apart");
	is_int(flock(file, LOCK_SH), 0, "down");
	is_int(flock(second, LOCK_SH | LOCK_NB), 0, "both read");
	ok(fails(flock(file, LOCK_EX | LOCK_NB), EAGAIN), "neither writes");
	close(second);
	is_int(flock(file, LOCK_EX), 0, "closed: it is free");
	is_int(flock(file, LOCK_UN), 0, "and let go");
	ok(fails(flock(file, 16), EINVAL), "EINVAL");
	is_int(record(file, F_SETLK, F_UNLCK, 0, 0), 0, "none");
}

int
main(int argc, char **argv)
{
	if (argc == 2)
		return after_exec(atoi(argv[1]));
	file = open(FILE_NAME, O_RDWR | O_CREAT | O_TRUNC, 0600);
	if (!ok(file >= 0, "a file"))
		return test_done();
	test_ranges();
	test_arguments();
	test_ends();
	test_waiting();
	test_interrupted();
	test_deadlock();
	test_exec(argv[0]);
	test_lockf();
	test_flock();
	unlink(FILE_NAME);
	return test_done();
}
