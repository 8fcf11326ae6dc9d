/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Descriptors sent through local sockets (SCM_RIGHTS): of every kind, as many
 * as fit, with data before and behind them; those nobody takes are closed, and
 * so are sockets that are on their way through each other when all else ends.
 */
#include <errno.h>
#include <fcntl.h>
#include <libtest/test.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define MOST   253
#define ROUNDS 60

static int
fails(ssize_t result, int error)
{
	return result == -1 && errno == error;
}

/* Control data with room for that many descriptors. */
static char control[CMSG_SPACE(sizeof(int) * (MOST + 1))]
    __attribute__((__aligned__(16)));

static ssize_t
give(int to, const char *data, size_t size, const int *fds, size_t count)
{
	struct iovec part = {(void *)(uintptr_t)data, size};
	struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1};
	struct cmsghdr *head;

	message.msg_control = control;
	message.msg_controllen = CMSG_SPACE(sizeof(int) * count);
	memset(control, 0, sizeof(control));
	head = CMSG_FIRSTHDR(&message);
	head->cmsg_level = SOL_SOCKET;
	head->cmsg_type = SCM_RIGHTS;
	head->cmsg_len = CMSG_LEN(sizeof(int) * count);
	memcpy(CMSG_DATA(head), fds, sizeof(int) * count);
	return sendmsg(to, &message, 0);
}

static int got_flags;

/* How many descriptors came; the data's size in *size, or -1. */
static size_t
take(int from, char *data, ssize_t *size, int *fds, size_t room, int flags)
{
	struct iovec part = {data, (size_t)*size};
	struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1};
	struct cmsghdr *head;
	size_t count;

	message.msg_control = control;
	message.msg_controllen = room > 0 ? CMSG_LEN(sizeof(int) * room) : 0;
	*size = recvmsg(from, &message, flags);
	got_flags = message.msg_flags;
	head = *size >= 0 ? CMSG_FIRSTHDR(&message) : NULL;
	if (head == NULL)
		return 0;
	count = (head->cmsg_len - CMSG_LEN(0)) / sizeof(int);
	memcpy(fds, CMSG_DATA(head), count * sizeof(int));
	return count;
}

static int
send_one(int to, int fd)
{
	return give(to, "1", 1, &fd, 1) == 1;
}

static int
take_one(int from)
{
	ssize_t size = 1;
	char data;
	int fd = -1;

	return take(from, &data, &size, &fd, 1, 0) == 1 && size == 1 ? fd : -1;
}

/* A descriptor that came is the open file that was sent. */
static int
same_file(int one, int other)
{
	struct stat a, b;

	return fstat(one, &a) == 0 && fstat(other, &b) == 0 &&
	       a.st_ino == b.st_ino && a.st_dev == b.st_dev &&
	       a.st_mode == b.st_mode;
}

static int
lowest_free(void)
{
	int fd = dup(0);

	close(fd);
	return fd;
}

static void
test_kinds(int pair[2])
{
	static const char *const paths[] = {
	    "/tmp/rights_file", "/tmp", "/dev/null", "/dev/zero"};
	int ends[2], others[2];
	char c = 0;
	size_t i;
	int fd;

	close(open(paths[0], O_CREAT | O_TRUNC | O_WRONLY, 0600));
	for (i = 0; i < sizeof(paths) / sizeof(paths[0]); i++) {
		int file = open(paths[i], O_RDONLY);

		fd = send_one(pair[0], file) ? take_one(pair[1]) : -1;
		ok(fd >= 0 && fd != file && same_file(fd, file), paths[i]);
		close(fd);
		close(file);
	}
	pipe(ends);
	ok(send_one(pair[0], ends[0]), "a pipe's end");
	close(ends[0]);
	ends[0] = take_one(pair[1]);
	ok(write(ends[1], "p", 1) == 1 && read(ends[0], &c, 1) == 1 && c == 'p',
	    "works where it arrived");
	close(ends[1]);
	is_int(read(ends[0], &c, 1), 0, "and ends");
	close(ends[0]);
	socketpair(AF_UNIX, SOCK_STREAM, 0, others);
	ok(send_one(pair[0], others[0]), "a socket");
	close(others[0]);
	others[0] = take_one(pair[1]);
	ok(send(others[0], "s", 1, 0) == 1 && recv(others[1], &c, 1, 0) == 1 &&
		c == 's',
	    "works, too");
	close(others[0]);
	close(others[1]);
}

static void
test_offset(int pair[2])
{
	int file = open("/tmp/rights_file", O_CREAT | O_TRUNC | O_RDWR, 0600);
	char text[4] = {0};
	int i, fd;

	write(file, "0123456789", 10);
	lseek(file, 0, SEEK_SET);
	for (i = 0; i < 4; i++)
		read(file, text, 1);
	send_one(pair[0], file);
	fd = take_one(pair[1]);
	ok(read(fd, text, 1) == 1 && text[0] == '4', "the offset is one");
	ok(read(file, text, 1) == 1 && text[0] == '5', "for both");
	ok(lseek(fd, 0, SEEK_CUR) == 6 && lseek(file, 0, SEEK_CUR) == 6,
	    "wherever it is moved");
	is_int(fcntl(fd, F_GETFL) & O_ACCMODE, O_RDWR, "opened as it was");
	is_int(fcntl(fd, F_GETFD), 0, "without FD_CLOEXEC");
	close(fd);
	close(file);
}

static void
test_child(int pair[2])
{
	int ends[2];
	pid_t child;
	int status = 1;
	char c = 0;

	pipe(ends);
	child = fork();
	if (child == 0) {
		int fd;

		close(ends[0]);
		close(ends[1]);
		fd = take_one(pair[1]);
		_exit(fd < 0 || write(fd, "c", 1) != 1);
	}
	send_one(pair[0], ends[1]);
	close(ends[1]);
	waitpid(child, &status, 0);
	ok(status == 0 && read(ends[0], &c, 1) == 1 && c == 'c',
	    "another process has it");
	is_int(read(ends[0], &c, 1), 0, "and had it alone");
	close(ends[0]);
}

static void
test_boundaries(int pair[2])
{
	char data[32];
	ssize_t size = 3;
	int fd = -1, zero = 0;

	send(pair[0], "abc", 3, 0);
	give(pair[0], "def", 3, &zero, 1);
	send(pair[0], "ghi", 3, 0);
	is_int(take(pair[1], data, &size, &fd, 1, 0), 0, "none with the first");
	ok(size == 3 && memcmp(data, "abc", 3) == 0, "what comes before it");
	size = sizeof(data);
	is_int(take(pair[1], data, &size, &fd, 1, MSG_PEEK), 1, "a look");
	close(fd);
	size = 1;
	is_int(take(pair[1], data, &size, &fd, 1, MSG_CMSG_CLOEXEC), 1,
	    "then it comes");
	ok(size == 1 && data[0] == 'd', "with its first byte");
	is_int(fcntl(fd, F_GETFD), FD_CLOEXEC, "MSG_CMSG_CLOEXEC");
	close(fd);
	size = 5;
	is_int(take(pair[1], data, &size, &fd, 1, MSG_WAITALL), 0, "once");
	ok(size == 5 && memcmp(data, "efghi", 5) == 0, "and the rest");
	send(pair[0], "ab", 2, 0);
	give(pair[0], "c", 1, &zero, 1);
	ok(recv(pair[1], data, sizeof(data), 0) == 3, "recv takes no notice");
	send(pair[0], "d", 1, 0);
	size = sizeof(data);
	is_int(take(pair[1], data, &size, &fd, 1, 0), 0, "it is gone then");
	size = 1;
	is_int(take(pair[1], data, &size, &fd, 1, MSG_DONTWAIT), 0, "nothing");
	ok(fails(size, EAGAIN), "EAGAIN");
}

static void
test_truncated(int pair[2])
{
	int next = lowest_free();
	int ends[2], fds[4], many[3];
	ssize_t size = 1;
	char data, c;

	pipe(ends);
	many[0] = many[1] = many[2] = ends[1];
	give(pair[0], "x", 1, many, 3);
	is_int(take(pair[1], &data, &size, fds, 1, 0), 1, "one of three");
	ok(got_flags & MSG_CTRUNC, "MSG_CTRUNC");
	close(fds[0]);
	give(pair[0], "y", 1, many, 3);
	size = 1;
	is_int(take(pair[1], &data, &size, fds, 0, 0), 0, "none of three");
	ok(got_flags & MSG_CTRUNC, "MSG_CTRUNC");
	close(ends[1]);
	is_int(read(ends[0], &c, 1), 0, "those who did not fit are closed");
	close(ends[0]);
	is_int(lowest_free(), next, "no descriptor is left");
}

static void
test_errors(int pair[2])
{
	static int many[MOST + 1];
	int bad = 200, zero = 0;
	struct iovec part = {(void *)(uintptr_t) "x", 1};
	struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1};
	struct cmsghdr *head = (struct cmsghdr *)(void *)control;
	static int fds[MOST];
	ssize_t size = 1;
	size_t i, count;
	char data;

	ok(fails(give(pair[0], "x", 1, &bad, 1), EBADF), "EBADF");
	ok(fails(give(0, "x", 1, &zero, 1), ENOTSOCK), "ENOTSOCK");
	ok(fails(give(pair[0], "x", 1, many, MOST + 1), EINVAL), "too many");
	message.msg_control = control;
	message.msg_controllen = CMSG_SPACE(sizeof(int));
	head->cmsg_level = SOL_SOCKET;
	head->cmsg_type = SCM_RIGHTS;
	head->cmsg_len = 3;
	ok(fails(sendmsg(pair[0], &message, 0), EINVAL), "a short piece");
	head->cmsg_len = 1000;
	ok(fails(sendmsg(pair[0], &message, 0), EINVAL), "a long one");
	head->cmsg_len = CMSG_LEN(sizeof(int));
	head->cmsg_type = 77;
	ok(fails(sendmsg(pair[0], &message, 0), EINVAL), "of no known kind");
	is_int(give(pair[0], "x", 1, many, MOST), 1, "as many as may be");
	count = take(pair[1], &data, &size, fds, MOST, 0);
	for (i = 0; i < count; i++)
		close(fds[i]);
	ok(count > 0 && (count == MOST || (got_flags & MSG_CTRUNC)),
	    "arrive as far as there is room");
}

/* A pipe is closed at last when what keeps its end is in a circle. */
static void
test_circles(void)
{
	int pair[2], others[2], ends[2];
	struct pollfd entry;
	char c;

	pipe(ends);
	socketpair(AF_UNIX, SOCK_STREAM, 0, pair);
	socketpair(AF_UNIX, SOCK_STREAM, 0, others);
	ok(send_one(pair[0], ends[1]) && send_one(pair[0], pair[1]),
	    "a socket through itself");
	ok(send_one(others[0], pair[0]) && send_one(pair[1], others[1]) &&
		send_one(others[1], others[0]),
	    "and some through others");
	close(ends[1]);
	close(pair[0]);
	close(pair[1]);
	close(others[0]);
	close(others[1]);
	entry = (struct pollfd){.fd = ends[0], .events = POLLIN};
	ok(poll(&entry, 1, 8000) == 1 && read(ends[0], &c, 1) == 0,
	    "nobody can receive them any more: they are closed");
	close(ends[0]);
}

/* What can still be received is not. */
static void
test_no_circle(void)
{
	int pair[2], inner[2];
	char c = 0;

	socketpair(AF_UNIX, SOCK_STREAM, 0, pair);
	socketpair(AF_UNIX, SOCK_STREAM, 0, inner);
	send_one(pair[0], inner[0]);
	write(inner[1], "i", 1);
	send_one(inner[1], pair[0]);
	close(inner[0]);
	close(pair[0]);
	sleep(3);
	inner[0] = take_one(pair[1]);
	ok(inner[0] >= 0 && read(inner[0], &c, 1) == 1 && c == 'i',
	    "one that is inside another can be had later");
	pair[0] = take_one(inner[0]);
	ok(write(pair[0], "o", 1) == 1 && read(pair[1], &c, 1) == 1 && c == 'o',
	    "and what is inside that");
	close(pair[0]);
	close(pair[1]);
	close(inner[0]);
	close(inner[1]);
}

/* Who sends for ever is refused, or waits, and nothing is left when he ends. */
static void
test_many(void)
{
	int round, status, failed = 0;

	for (round = 0; round < 4; round++) {
		pid_t child = fork();

		if (child == 0) {
			int pairs[20][2], i, n;

			for (i = 0; i < 20; i++)
				socketpair(AF_UNIX, SOCK_STREAM, 0, pairs[i]);
			for (i = 0; i < 20; i++)
				for (n = 0; n < ROUNDS; n++)
					if (!send_one(pairs[i][0],
						pairs[(i + n) % 20][1]))
						_exit(errno != ETOOMANYREFS);
			_exit(0);
		}
		waitpid(child, &status, 0);
		failed += status != 0;
	}
	is_int(failed, 0, "thousands are sent, or ETOOMANYREFS");
}

static void
test_full(void)
{
	static char block[8192];
	ssize_t size = 0;
	int pair[2], fd = -1;
	pid_t child;

	socketpair(AF_UNIX, SOCK_STREAM, 0, pair);
	while (send(pair[0], block, sizeof(block), MSG_DONTWAIT) > 0)
		;
	while (send(pair[0], block, 1, MSG_DONTWAIT) > 0)
		;
	child = fork();
	if (child == 0)
		_exit(!send_one(pair[0], 0));
	usleep(100000);
	is_int(waitpid(child, NULL, WNOHANG), 0, "who sends waits for room");
	while (size >= 0 && fd < 0) {
		size = sizeof(block);
		take(pair[1], block, &size, &fd, 1, 0);
	}
	ok(fd >= 0, "then it comes");
	close(fd);
	waitpid(child, NULL, 0);
	close(pair[1]);
	signal(SIGPIPE, SIG_IGN);
	ok(!send_one(pair[0], 0) && errno == EPIPE, "EPIPE");
	close(pair[0]);
}

int
main(void)
{
	int pair[2];

	alarm(50); /* rather than wait for ever */
	if (socketpair(AF_UNIX, SOCK_STREAM, 0, pair) != 0) {
		ok(false, "a pair of sockets");
		return test_done();
	}
	test_kinds(pair);
	test_offset(pair);
	test_child(pair);
	test_boundaries(pair);
	test_truncated(pair);
	test_errors(pair);
	test_circles();
	test_no_circle();
	test_many();
	test_circles();
	test_full();
	unlink("/tmp/rights_file");
	return test_done();
}
