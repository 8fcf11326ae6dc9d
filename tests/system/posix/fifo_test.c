/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Named pipes: who waits for whom in open(), what reads, writes and poll() say
 * when one side is not there, and what becomes of the file meanwhile. Once on
 * the file system of /var and once on that of /tmp.
 */
#include <errno.h>
#include <fcntl.h>
#include <libtest/test.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define UNPRIVILEGED 12345

static int
fails(int result, int error)
{
	return result == -1 && errno == error;
}

static void
nap(long milliseconds)
{
	struct timespec time = {
	    milliseconds / 1000, milliseconds % 1000 * 1000000L};

	nanosleep(&time, NULL);
}

static int
ended_well(pid_t child)
{
	int status = 0;

	return waitpid(child, &status, 0) == child && WIFEXITED(status) &&
	       WEXITSTATUS(status) == 0;
}

static void
test_names(void)
{
	struct stat st;

	umask(022);
	ok(mkfifo("f", 0666) == 0, "mkfifo");
	ok(lstat("f", &st) == 0 && S_ISFIFO(st.st_mode) &&
		(st.st_mode & 0777) == 0644 && st.st_nlink == 1,
	    "makes one, by the umask");
	ok(fails(mkfifo("f", 0666), EEXIST), "again: EEXIST");
	ok(fails(mkfifo("none/f", 0666), ENOENT), "ENOENT");
	ok(fails(mkfifo("f/g", 0666), ENOTDIR), "ENOTDIR");
	ok(mknod("g", S_IFIFO | 0600, 0) == 0 && lstat("g", &st) == 0 &&
		S_ISFIFO(st.st_mode),
	    "mknod does, too");
	ok(link("g", "h") == 0 && rename("h", "i") == 0 && unlink("i") == 0 &&
		unlink("g") == 0,
	    "its names are as others");
	ok(fails(open("f", O_RDONLY | O_DIRECTORY), ENOTDIR), "no directory");
	ok(fails(truncate("f", 0), EINVAL), "nothing to cut off: EINVAL");
}

static void
test_nonblocking(void)
{
	struct stat named, st;
	int reader, writer;
	char c;

	ok(fails(open("f", O_WRONLY | O_NONBLOCK), ENXIO),
	    "a writer that does not wait: ENXIO");
	reader = open("f", O_RDONLY | O_NONBLOCK);
	ok(reader >= 0, "a reader that does not wait");
	is_int(read(reader, &c, 1), 0, "nobody writes: the end");
	ok(stat("f", &named) == 0 && fstat(reader, &st) == 0 &&
		S_ISFIFO(st.st_mode) && st.st_ino == named.st_ino &&
		st.st_dev == named.st_dev,
	    "fstat tells of the file");
	ok(fchmod(reader, 0640) == 0 && stat("f", &named) == 0 &&
		(named.st_mode & 0777) == 0640,
	    "fchmod changes the file");
	writer = open("f", O_WRONLY | O_NONBLOCK);
	ok(writer >= 0, "now there is a reader");
	ok(fails((int)read(reader, &c, 1), EAGAIN), "nothing yet: EAGAIN");
	ok(fails((int)write(reader, "x", 1), EBADF) &&
		fails((int)read(writer, &c, 1), EBADF),
	    "each side is one");
	ok(fails((int)lseek(reader, 0, SEEK_CUR), ESPIPE), "ESPIPE");
	ok(write(writer, "ab", 2) == 2 && read(reader, &c, 1) == 1 && c == 'a',
	    "what is written is read");
	close(writer);
	ok(read(reader, &c, 1) == 1 && c == 'b' && read(reader, &c, 1) == 0,
	    "the rest, and the end");
	writer = open("f", O_WRONLY);
	ok(writer >= 0 && write(writer, "c", 1) == 1 &&
		read(reader, &c, 1) == 1 && c == 'c',
	    "and a new writer");
	close(reader);
	signal(SIGPIPE, SIG_IGN);
	ok(fails((int)write(writer, "x", 1), EPIPE), "nobody reads: EPIPE");
	signal(SIGPIPE, SIG_DFL);
	close(writer);
}

static void
test_both(void)
{
	int both = open("f", O_RDWR);
	int writer;
	char text[3];

	ok(both >= 0, "O_RDWR does not wait");
	ok(write(both, "xyz", 3) == 3 && read(both, text, 3) == 3,
	    "it speaks with itself");
	writer = open("f", O_WRONLY | O_NONBLOCK);
	ok(writer >= 0, "and reads for others");
	ok(write(writer, "q", 1) == 1, "who write");
	close(writer);
	close(both);
	both = open("f", O_RDONLY | O_NONBLOCK);
	is_int(read(both, text, 1), 0, "with the last end the data go");
	close(both);
}

/* A child opens; does it wait until we do, and do they speak then? */
static void
test_waiting(int mine, const char *what)
{
	int theirs = mine == O_RDONLY ? O_WRONLY : O_RDONLY;
	pid_t child = fork();
	char c = 0;
	int fd;

	if (child == 0) {
		fd = open("f", theirs);
		if (theirs == O_WRONLY)
			_exit(fd < 0 || write(fd, "w", 1) != 1);
		_exit(fd < 0 || read(fd, &c, 1) != 1 || c != 'w' ||
		      read(fd, &c, 1) != 0);
	}
	nap(100);
	is_int(waitpid(child, NULL, WNOHANG), 0, what);
	fd = open("f", mine);
	if (mine == O_RDONLY)
		ok(read(fd, &c, 1) == 1 && c == 'w' && read(fd, &c, 1) == 0,
		    "then they speak");
	else
		ok(write(fd, "w", 1) == 1, "then they speak");
	close(fd);
	ok(ended_well(child), "and end");
}

static volatile sig_atomic_t caught;

static void catch (int number)
{
	(void)number;
	caught++;
}

static void
test_signals(int flags)
{
	struct sigaction action = {.sa_handler = catch};
	pid_t child;
	int fd;

	sigaction(SIGALRM, &action, NULL);
	alarm(1);
	ok(fails(open("f", flags), EINTR), "a signal ends the wait: EINTR");
	ok(fails(open("f", O_WRONLY | O_NONBLOCK), ENXIO),
	    "and it is forgotten");
	action.sa_flags = SA_RESTART;
	sigaction(SIGALRM, &action, NULL);
	child = fork();
	if (child == 0) {
		sleep(2);
		fd = open("f", flags == O_RDONLY ? O_WRONLY : O_RDONLY);
		_exit(fd < 0);
	}
	caught = 0;
	alarm(1);
	fd = open("f", flags);
	ok(fd >= 0 && caught == 1, "with SA_RESTART it goes on");
	close(fd);
	ok(ended_well(child), "the other one, too");
}

static void
test_killed(void)
{
	pid_t child = fork();

	if (child == 0)
		_exit(open("f", O_RDONLY) < 0);
	nap(100);
	kill(child, SIGKILL);
	waitpid(child, NULL, 0);
	ok(fails(open("f", O_WRONLY | O_NONBLOCK), ENXIO),
	    "who is killed while it waits is no reader");
}

static int
polled(int fd, int events)
{
	struct pollfd poll_fd = {.fd = fd, .events = (short)events};

	return poll(&poll_fd, 1, 0) >= 0 ? poll_fd.revents : -1;
}

static void
test_poll(void)
{
	int reader = open("f", O_RDONLY | O_NONBLOCK);
	struct pollfd waits = {.fd = reader, .events = POLLIN};
	pid_t child;
	int writer;
	char c;

	is_int(polled(reader, POLLIN), 0, "nothing, and nobody was there");
	writer = open("f", O_WRONLY);
	is_int(polled(writer, POLLOUT), POLLOUT, "there is room");
	is_int(polled(reader, POLLIN), 0, "nothing yet");
	child = fork();
	if (child == 0) {
		nap(100);
		_exit(write(writer, "p", 1) != 1);
	}
	ok(poll(&waits, 1, 5000) == 1 && waits.revents == POLLIN,
	    "poll waits for data");
	ok(ended_well(child) && read(reader, &c, 1) == 1, "which are there");
	close(writer);
	is_int(polled(reader, POLLIN), POLLHUP, "the writer is gone");
	writer = open("f", O_WRONLY);
	close(reader);
	is_int(
	    polled(writer, POLLOUT) & POLLERR, POLLERR, "the reader is gone");
	close(writer);
}

static int
write_blocks(int fd, int letter)
{
	static char block[PIPE_BUF];
	int n;

	memset(block, letter, sizeof(block));
	for (n = 0; n < 20; n++)
		if (write(fd, block, sizeof(block)) != sizeof(block))
			return 1;
	return 0;
}

static void
test_atomic(void)
{
	static char block[PIPE_BUF];
	int reader = open("f", O_RDONLY | O_NONBLOCK);
	int writer = open("f", O_WRONLY);
	bool whole = true;
	int child, n;
	size_t i;

	for (child = 0; child < 3; child++) {
		if (fork() == 0) {
			close(reader);
			_exit(write_blocks(writer, 'a' + child));
		}
	}
	close(writer);
	fcntl(reader, F_SETFL, 0);
	for (n = 0; n < 60; n++) {
		ssize_t got = 1;

		for (i = 0; i < PIPE_BUF && got > 0; i += (size_t)got)
			got = read(reader, block + i, PIPE_BUF - i);
		whole = whole && got > 0;
		for (i = 1; i < PIPE_BUF; i++)
			whole = whole && block[i] == block[0];
	}
	ok(whole, "PIPE_BUF bytes of a writer are never mixed with others");
	is_int(read(reader, block, 1), 0, "and that is all");
	while (wait(NULL) > 0)
		;
	close(reader);
}

static void
test_unlinked(void)
{
	int reader = open("f", O_RDONLY | O_NONBLOCK);
	int writer = open("f", O_WRONLY);
	struct stat st;
	char c = 0;
	int other;

	ok(unlink("f") == 0, "its name goes while it is open");
	ok(fstat(reader, &st) == 0 && st.st_nlink == 0, "no link is left");
	ok(write(writer, "u", 1) == 1 && read(reader, &c, 1) == 1 && c == 'u',
	    "it goes on");
	ok(mkfifo("f", 0600) == 0, "another one of that name");
	other = open("f", O_RDONLY | O_NONBLOCK);
	ok(write(writer, "v", 1) == 1 && read(other, &c, 1) == 0,
	    "is another one");
	close(other);
	close(reader);
	close(writer);
}

static void
test_permissions(void)
{
	pid_t child;

	if (geteuid() != 0)
		return;
	chmod("f", 0604);
	child = fork();
	if (child == 0) {
		int reader;

		if (setgid(UNPRIVILEGED) != 0 || setuid(UNPRIVILEGED) != 0)
			_exit(1);
		reader = open("f", O_RDONLY | O_NONBLOCK);
		if (reader < 0 || !fails(open("f", O_WRONLY), EACCES) ||
		    !fails(open("f", O_RDWR), EACCES))
			_exit(2);
		_exit(!fails(fchmod(reader, 0666), EPERM));
	}
	ok(ended_well(child), "who may read only may not write");
}

static void
test_in(const char *directory)
{
	if (mkdir(directory, 0755) != 0 || chdir(directory) != 0) {
		ok(false, "a directory for the test");
		return;
	}
	test_names();
	test_nonblocking();
	test_both();
	test_waiting(O_RDONLY, "a writer waits for a reader");
	test_waiting(O_WRONLY, "a reader waits for a writer");
	test_signals(O_RDONLY);
	test_signals(O_WRONLY);
	test_killed();
	test_poll();
	test_atomic();
	test_unlinked();
	test_permissions();
	unlink("f");
	chdir("/");
	ok(rmdir(directory) == 0, "nothing is left");
}

int
main(void)
{
	test_in("/var/fifo_test");
	test_in("/tmp/fifo_test");
	return test_done();
}
