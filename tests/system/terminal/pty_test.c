/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Pseudo terminals: names and owners, what goes through in both directions, in
 * small and large, windows, sessions and their signals, hanging up.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <libtest/test.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>
#include <utmp.h>

#define LARGE   262144U
#define MANY    100
#define NAMES   32
#define CTRL_C  "\003"
#define SECONDS 10

static int master, slave;
static char name[NAMES];

/* What can be read now, or within a second, up to size - 1 bytes, as a text. */
static const char *
text_of(int fd, size_t size)
{
	static char text[128];
	struct pollfd wait = {.fd = fd, .events = POLLIN};
	size_t got = 0;

	while (got < size && poll(&wait, 1, 1000) == 1) {
		ssize_t part = read(fd, text + got, size - got);

		if (part <= 0)
			break;
		got += (size_t)part;
	}
	text[got] = '\0';
	return text;
}

static void
type(const char *text)
{
	size_t size = strlen(text);

	ok(write(master, text, size) == (ssize_t)size, "typed");
}

static int
entries(const char *wanted)
{
	DIR *directory = opendir("/dev/pts");
	const struct dirent *entry;
	int found = 0;

	if (directory == NULL)
		return -1;
	while ((entry = readdir(directory)) != NULL)
		found += strcmp(entry->d_name, wanted) == 0;
	closedir(directory);
	return found;
}

static void
test_names(void)
{
	struct stat by_name, by_fd;
	char again[NAMES];

	master = posix_openpt(O_RDWR | O_NOCTTY);
	ok(master >= 0, "a master");
	ok(isatty(master), "is a terminal");
	ok(strncmp(ptsname(master), "/dev/pts/", 9) == 0, "its slave's name");
	strlcpy(name, ptsname(master), sizeof(name));
	is_int(ptsname_r(master, again, 3), ERANGE, "too long for 3 bytes");
	is_int(open(name, O_RDWR | O_NOCTTY), -1, "locked");
	is_int(errno, EIO, "EIO");
	is_int(grantpt(master), 0, "granted");
	is_int(unlockpt(master), 0, "unlocked");
	slave = open(name, O_RDWR | O_NOCTTY);
	ok(slave >= 0, "its slave");
	ok(isatty(slave), "is a terminal");
	is_str(ttyname(slave), name, "of that name");
	is_int(stat(name, &by_name), 0, "the file");
	is_int(fstat(slave, &by_fd), 0, "and what is open");
	ok(by_name.st_rdev == by_fd.st_rdev, "are the same device");
	is_int(by_name.st_mode, S_IFCHR | 0620, "for its owner");
	is_int(by_name.st_uid, getuid(), "who is us");
	is_int(entries(name + 9), 1, "/dev/pts has it");
	is_int(chmod(name, 0600), 0, "its mode may be changed");
	ok(stat(name, &by_name) == 0 && by_name.st_mode == (S_IFCHR | 0600),
	    "and is");
	is_int(ptsname(slave) == NULL ? errno : 0, ENOTTY, "it has no slave");
	is_int(grantpt(slave), -1, "nor may be granted");
	is_int(errno, EINVAL, "EINVAL");
	is_int(unlockpt(-1), -1, "nothing is no master");
	is_int(errno, EBADF, "EBADF");
	is_int(open("/dev/pts/64", O_RDWR), -1, "a number that is none");
	is_int(errno, ENOENT, "ENOENT");
	is_int(open("/dev/pts/00", O_RDWR), -1, "nor is this");
}

static void
test_lines(void)
{
	char byte;

	type("ab\177c\n");
	is_str(text_of(slave, 3), "ac\n", "a line, edited");
	is_str(text_of(master, 9), "ab\b \bc\r\n", "its echo");
	ok(write(slave, "x\ny", 3) == 3, "written");
	is_str(text_of(master, 4), "x\r\ny", "and seen");
	is_int(fcntl(master, F_SETFL, O_NONBLOCK), 0, "no waiting");
	is_int(read(master, &byte, 1), -1, "nothing more");
	is_int(errno, EAGAIN, "EAGAIN");
	is_int(fcntl(master, F_SETFL, 0), 0, "waiting again");
	type("\004");
	is_int(read(slave, &byte, 1), 0, "an end of file");
}

/* Copy size bytes of a known pattern; the number that was wrong. */
static unsigned
check_pattern(int fd, unsigned size)
{
	unsigned char data[5000];
	unsigned at = 0;
	unsigned wrong = 0;

	while (at < size) {
		ssize_t got = read(fd, data, sizeof(data));

		if (got <= 0)
			return size - at;
		for (ssize_t i = 0; i < got; i++, at++)
			wrong += data[i] != (unsigned char)(at % 251);
	}
	return wrong;
}

static void
write_pattern(int fd, unsigned size)
{
	unsigned char data[7001];
	unsigned at = 0;

	while (at < size) {
		unsigned part =
		    size - at < sizeof(data) ? size - at : sizeof(data);
		ssize_t put;

		for (unsigned i = 0; i < part; i++)
			data[i] = (unsigned char)((at + i) % 251);
		put = write(fd, data, part);
		if (put <= 0)
			_exit(1);
		at += (unsigned)put;
	}
}

static void
transfer(int from, int to, const char *what)
{
	int status;
	pid_t child = fork();

	if (child == 0) {
		write_pattern(from, LARGE);
		_exit(0);
	}
	is_int(check_pattern(to, LARGE), 0, what);
	is_int(waitpid(child, &status, 0), child, "the writer");
	is_int(status, 0, "was well");
}

static void
test_large(void)
{
	struct termios raw, saved;

	is_int(tcgetattr(slave, &saved), 0, "its modes");
	raw = saved;
	cfmakeraw(&raw);
	is_int(tcsetattr(master, TCSANOW, &raw), 0, "raw, by the master");
	transfer(slave, master, "much out of it");
	transfer(master, slave, "much into it");
	is_int(tcsetattr(slave, TCSANOW, &saved), 0, "as it was");
}

static int
events_of(int fd)
{
	struct pollfd wait = {.fd = fd, .events = POLLIN | POLLOUT};

	return poll(&wait, 1, 0) < 0 ? -1 : wait.revents;
}

static void
test_poll(void)
{
	is_int(events_of(master), POLLOUT, "to be written to");
	is_int(events_of(slave), POLLOUT, "so is the slave");
	ok(write(slave, "z", 1) == 1, "something");
	is_int(events_of(master), POLLIN | POLLOUT, "to be read");
	is_str(text_of(master, 1), "z", "is read");
	type("q\n");
	is_int(events_of(slave), POLLIN | POLLOUT, "the other way");
	is_str(text_of(slave, 2), "q\n", "a line");
	is_str(text_of(master, 3), "q\r\n", "its echo");
}

static void
test_window(void)
{
	struct winsize size = {.ws_row = 50, .ws_col = 132};
	struct winsize seen = {0};

	is_int(ioctl(master, TIOCSWINSZ, &size), 0, "a window");
	is_int(ioctl(slave, TIOCGWINSZ, &seen), 0, "is seen");
	is_int(seen.ws_row, 50, "its height");
	is_int(seen.ws_col, 132, "its width");
}

static volatile sig_atomic_t hung_up, resized;

static void
note(int signal)
{
	if (signal == SIGHUP)
		hung_up = 1;
	else
		resized = 1;
}

/* A session in the terminal: says what it finds, waits for its end. */
static void
session(void)
{
	struct sigaction action = {.sa_handler = note};
	int tty = open("/dev/tty", O_RDWR);
	char line[NAMES];
	ssize_t got;

	sigaction(SIGHUP, &action, NULL);
	sigaction(SIGWINCH, &action, NULL);
	alarm(SECONDS);
	if (tty < 0 || tcgetsid(tty) != getpid() || tcgetpgrp(0) != getpid() ||
	    strcmp(ttyname(tty), ttyname(0)) != 0)
		_exit(1);
	(void)!write(1, "ready\n", 6);
	while (!resized)
		pause();
	(void)!write(tty, "resized\n", 8);
	got = read(0, line, sizeof(line));
	if (got != 0 && !(got < 0 && errno == EINTR))
		_exit(2);
	/* Hung up: a signal, the end of what is read, errors of writing. */
	while (!hung_up)
		usleep(1000);
	if (read(0, line, sizeof(line)) != 0)
		_exit(3);
	_exit(write(1, "x", 1) == -1 && errno == EIO ? 7 : 4);
}

static void
test_session(void)
{
	struct winsize size = {.ws_row = 40, .ws_col = 100};
	int status;
	int theirs;
	pid_t child = forkpty(&theirs, name, NULL, &size);

	if (child == 0)
		session();
	ok(child > 0, "a session in a terminal");
	is_str(text_of(theirs, 7), "ready\r\n", "all is well in it");
	size.ws_col = 90;
	is_int(ioctl(theirs, TIOCSWINSZ, &size), 0, "another window");
	is_str(text_of(theirs, 9), "resized\r\n", "it gets SIGWINCH");
	is_int(ioctl(theirs, TIOCSCTTY, 0), -1, "the master is nobody's");
	is_int(close(theirs), 0, "hung up");
	is_int(waitpid(child, &status, 0), child, "it ends");
	ok(WIFEXITED(status), "by itself");
	is_int(WEXITSTATUS(status), 7, "with SIGHUP, EOF, EIO");
	is_int(access(name, F_OK), -1, "its name is gone");
}

static void
test_interrupt(void)
{
	char byte;
	int status;
	int theirs;
	pid_t child = forkpty(&theirs, NULL, NULL, NULL);

	if (child == 0) {
		(void)!write(1, "ok", 2);
		for (;;)
			pause();
	}
	is_str(text_of(theirs, 2), "ok", "a program in a terminal");
	ok(write(theirs, CTRL_C, 1) == 1, "the key of interruption");
	is_int(waitpid(child, &status, 0), child, "it ends");
	ok(WIFSIGNALED(status) && WTERMSIG(status) == SIGINT, "by SIGINT");
	is_str(text_of(theirs, 2), "^C", "which is seen");
	is_int(read(theirs, &byte, 1), -1, "nobody is left");
	is_int(errno, EIO, "EIO");
	is_int(events_of(theirs) & POLLHUP, POLLHUP, "POLLHUP");
	close(theirs);
}

/* There is an end to them, and they all come back. */
static void
test_many(void)
{
	static int masters[MANY];
	int count = 0;
	int second;

	while (count < MANY && (masters[count] = posix_openpt(O_RDWR)) >= 0)
		count++;
	ok(count > 32, "many");
	ok(count < MANY && errno == EAGAIN, "not for ever: EAGAIN");
	while (count > 0)
		close(masters[--count]);
	second = -1;
	for (int i = 0; i < MANY && second < 0; i++) {
		second = posix_openpt(O_RDWR);
		if (second < 0)
			usleep(10000);
	}
	ok(second >= 0, "they can be had again");
	close(second);
}

int
main(void)
{
	struct stat status;
	char byte;

	alarm(6 * SECONDS);
	test_names();
	test_lines();
	test_large();
	test_poll();
	test_window();
	test_session();
	test_interrupt();
	test_many();
	is_int(close(master), 0, "the master ends");
	is_int(read(slave, &byte, 1), 0, "the slave has come to its end");
	is_int(fstat(slave, &status), 0, "it is still there");
	is_int(open(ttyname(slave) != NULL ? ttyname(slave) : name, O_RDWR), -1,
	    "but is not opened again");
	close(slave);
	return test_done();
}
