/* SPDX-License-Identifier: BSD-2-Clause */
/* Pipes as POSIX has them: order, atomicity, ends, waiting and not waiting. */
#include <errno.h>
#include <fcntl.h>
#include <libtest/test.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define PIPE_SIZE 65536

static int reader, writer;
static char data[2 * PIPE_SIZE];
static volatile sig_atomic_t caught;

static void
note(int signal)
{
	caught = signal;
}

static void
open_pipe(int flags)
{
	int fds[2] = {-1, -1};

	ok(pipe2(fds, flags) == 0, "a pipe");
	reader = fds[0];
	writer = fds[1];
}

static void
close_pipe(void)
{
	close(reader);
	close(writer);
}

static void
pause_ms(long ms)
{
	struct timespec time = {ms / 1000, ms % 1000 * 1000000};

	while (nanosleep(&time, &time) != 0)
		;
}

static int
status_of(pid_t pid)
{
	int status = -1;

	waitpid(pid, &status, 0);
	return status;
}

static void
test_simple(void)
{
	struct stat status;

	open_pipe(0);
	is_int(write(writer, "hello", 5), 5, "five bytes in");
	is_int(read(reader, data, 2), 2, "two out");
	is_int(read(reader, data, 100), 3, "and the rest, without waiting");
	ok(memcmp(data, "llo", 3) == 0, "as they were");
	ok(fstat(reader, &status) == 0 && S_ISFIFO(status.st_mode),
	    "it is a FIFO");
	is_int(lseek(reader, 0, SEEK_CUR), -1, "it has no place");
	is_int(errno, ESPIPE, "ESPIPE");
	is_int(write(reader, "x", 1), -1, "the reader does not write");
	is_int(errno, EBADF, "EBADF");
	is_int(read(writer, data, 1), -1, "the writer does not read");
	is_int(errno, EBADF, "EBADF");
	is_int(isatty(reader), 0, "it is no terminal");
	is_int(read(reader, data, 0), 0, "reading nothing does not wait");
	close(writer);
	is_int(read(reader, data, 1), 0, "without a writer it ends");
	close(reader);
}

static void
test_no_reader(void)
{
	struct sigaction action = {.sa_handler = note};
	pid_t pid;

	open_pipe(0);
	close(reader);
	pid = fork();
	if (pid == 0) {
		signal(SIGPIPE, SIG_DFL);
		(void)write(writer, "x", 1);
		_exit(0);
	}
	ok(WTERMSIG(status_of(pid)) == SIGPIPE, "SIGPIPE ends a writer");
	sigaction(SIGPIPE, &action, NULL);
	caught = 0;
	is_int(write(writer, "x", 1), -1, "a write fails");
	is_int(errno, EPIPE, "EPIPE");
	is_int(caught, SIGPIPE, "the signal is caught");
	signal(SIGPIPE, SIG_IGN);
	is_int(write(writer, "x", 1), -1, "ignored, it fails all the same");
	is_int(errno, EPIPE, "EPIPE");
	close(writer);
	open_pipe(0);
	pid = fork();
	if (pid == 0) {
		close(writer);
		pause_ms(200);
		_exit(0);
	}
	close(reader);
	is_int(write(writer, data, sizeof(data)) < 0 ? errno : 0, 0,
	    "a writer that waits has written something");
	is_int(write(writer, data, 1), -1, "when the last reader goes");
	is_int(errno, EPIPE, "EPIPE");
	status_of(pid);
	close(writer);
}

static void
test_nonblocking(void)
{
	struct pollfd wait;
	ssize_t size;
	ssize_t all = 0;

	open_pipe(O_NONBLOCK);
	is_int(read(reader, data, 1), -1, "nothing to read");
	is_int(errno, EAGAIN, "EAGAIN");
	wait = (struct pollfd){.fd = reader, .events = POLLIN};
	is_int(poll(&wait, 1, 0), 0, "poll says so");
	wait = (struct pollfd){.fd = writer, .events = POLLOUT};
	is_int(poll(&wait, 1, 0), 1, "there is room");
	while ((size = write(writer, data, 5000)) > 0)
		all += size;
	is_int(errno, EAGAIN, "until it is full");
	is_int(all, PIPE_SIZE, "to the last byte");
	is_int(poll(&wait, 1, 0), 0, "poll says so");
	is_int(read(reader, data, 100), 100, "a hundred less");
	is_int(write(writer, data, 101), -1, "a small write is not split");
	is_int(errno, EAGAIN, "EAGAIN");
	is_int(write(writer, data, PIPE_BUF + 1), 100, "a large one is");
	is_int(fcntl(reader, F_GETFL) & O_NONBLOCK, O_NONBLOCK, "the flag");
	close(writer);
	for (all = 0; (size = read(reader, data, 7000)) > 0;)
		all += size;
	is_int(all, PIPE_SIZE, "all of it comes out");
	is_int(size, 0, "and then the end");
	wait = (struct pollfd){.fd = reader, .events = POLLIN};
	is_int(poll(&wait, 1, 0), 1, "poll tells the end");
	ok((wait.revents & POLLHUP) != 0, "as POLLHUP");
	close(reader);
}

/* Several write lines at a time; none is mixed with another. */
static void
test_atomic(void)
{
	enum { WRITERS = 3, LINES = 200, LENGTH = 1000 };
	static char line[LENGTH];
	size_t got = 0;
	ssize_t size;
	bool whole = true;
	unsigned count = 0;

	open_pipe(0);
	for (int i = 0; i < WRITERS; i++) {
		if (fork() != 0)
			continue;
		memset(line, 'a' + i, LENGTH);
		for (int n = 0; n < LINES; n++)
			(void)write(writer, line, LENGTH);
		_exit(0);
	}
	close(writer);
	while ((size = read(reader, line + got, LENGTH - got)) > 0) {
		got += (size_t)size;
		if (got < LENGTH)
			continue;
		for (size_t i = 1; i < LENGTH; i++)
			whole = whole && line[i] == line[0];
		got = 0;
		count++;
	}
	is_int(count, WRITERS * LINES, "every line of three writers comes");
	ok(whole, "whole");
	for (int i = 0; i < WRITERS; i++)
		wait(NULL);
	close(reader);
}

/* A megabyte through it, with a reader and a writer that keep each other. */
static void
test_much(void)
{
	uint32_t wrong = 0;
	uint32_t at = 0;
	ssize_t size;
	pid_t pid;

	open_pipe(0);
	pid = fork();
	if (pid == 0) {
		uint32_t *words = (uint32_t *)(void *)data;

		for (uint32_t i = 0; i < 1 << 18; i += 16384) {
			for (uint32_t n = 0; n < 16384; n++)
				words[n] = i + n;
			(void)write(writer, words, 65536);
		}
		_exit(0);
	}
	close(writer);
	while ((size = read(reader, data, 4096)) > 0) {
		const uint32_t *words = (const uint32_t *)(const void *)data;

		for (ssize_t n = 0; n < size / 4; n++)
			wrong += words[n] != at++;
	}
	is_int(at, 1 << 18, "a megabyte");
	is_int(wrong, 0, "in order");
	is_int(status_of(pid), 0, "its writer has ended");
	close(reader);
}

static void
test_interrupted(bool restart)
{
	struct sigaction action = {
	    .sa_handler = note, .sa_flags = restart ? SA_RESTART : 0};
	pid_t parent = getpid();
	ssize_t got;
	pid_t pid;

	sigaction(SIGUSR1, &action, NULL);
	open_pipe(0);
	pid = fork();
	if (pid == 0) {
		pause_ms(100);
		kill(parent, SIGUSR1);
		pause_ms(100);
		(void)write(writer, "late", 4);
		_exit(0);
	}
	caught = 0;
	errno = 0;
	got = read(reader, data, 100);
	is_int(caught, SIGUSR1, "a signal while waiting to read");
	if (restart) {
		is_int(got, 4, "SA_RESTART: it goes on");
	} else {
		is_int(got, -1, "the read ends");
		is_int(errno, EINTR, "with EINTR");
		is_int(read(reader, data, 100), 4, "and nothing is lost");
	}
	status_of(pid);
	close_pipe();
}

/* More interrupted calls than may wait at a time: they must be forgotten. */
static void
test_given_up(void)
{
	struct pollfd wait;
	unsigned good = 0;

	open_pipe(0);
	wait = (struct pollfd){.fd = reader, .events = POLLIN};
	for (unsigned i = 0; i < 600; i++)
		good += poll(&wait, 1, 1) == 0;
	is_int(good, 600, "polls that end without an event");
	is_int(write(writer, "x", 1), 1, "then something comes");
	is_int(poll(&wait, 1, 1000), 1, "and is seen");
	close_pipe();
}

static void
test_limits(void)
{
	int fds[2];
	int last = -1;
	int first = -1;

	while (pipe(fds) == 0) {
		if (first < 0)
			first = fds[0];
		last = fds[1];
	}
	ok(errno == EMFILE || errno == ENFILE, "pipes end at the limit");
	ok(last > first && first > 2, "after many");
	while (last >= first)
		close(last--);
	ok(pipe(fds) == 0, "closed ones can be had again");
	close(fds[0]);
	close(fds[1]);
}

int
main(void)
{
	test_simple();
	test_no_reader();
	test_nonblocking();
	test_atomic();
	test_much();
	test_interrupted(false);
	test_interrupted(true);
	test_given_up();
	test_limits();
	return test_done();
}
