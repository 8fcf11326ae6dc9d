/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The controlling terminal, from programs: attributes, the foreground, what the
 * background may not do, reads that do not wait. (Keys: tests/boot/keys.exp.)
 */
#include <errno.h>
#include <fcntl.h>
#include <libtest/test.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

static int tty;
static struct termios saved;

static uint64_t
now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}

static void
test_attributes(void)
{
	struct termios changed = saved;
	struct termios now;
	struct winsize size = {0};
	struct stat status;
	char name[64];

	ok(isatty(tty), "it is a terminal");
	ok(fstat(tty, &status) == 0 && S_ISCHR(status.st_mode), "a device");
	is_int(ttyname_r(tty, name, sizeof(name)), 0, "it has a name");
	is_str(name, "/dev/console", "which is");
	changed.c_cc[VERASE] = 8;
	changed.c_lflag &= ~(tcflag_t)ECHOKE;
	is_int(tcsetattr(tty, TCSADRAIN, &changed), 0, "set attributes");
	is_int(tcgetattr(tty, &now), 0, "get them");
	is_int(now.c_cc[VERASE], 8, "a key");
	is_int(now.c_lflag, changed.c_lflag, "modes");
	is_int(tcsetattr(tty, TCSANOW, &saved), 0, "back again");
	is_int(tcsetattr(tty, 77, &saved), -1, "an action that is none");
	is_int(errno, EINVAL, "EINVAL");
	is_int(ioctl(tty, TIOCGWINSZ, &size), 0, "the size");
	ok(size.ws_row > 0 && size.ws_col > 0, "is some");
	is_int(
	    tcgetattr(open("/dev/null", O_RDONLY), &now), -1, "null has none");
	is_int(errno, ENOTTY, "ENOTTY");
	is_int(lseek(tty, 0, SEEK_CUR), -1, "it has no place");
	is_int(errno, ESPIPE, "ESPIPE");
}

static void
test_foreground(void)
{
	is_int(tcgetpgrp(tty), getpgrp(), "we are in the foreground");
	is_int(tcgetsid(tty), getsid(0), "of our session");
	is_int(tcsetpgrp(tty, getpgrp()), 0, "and may stay there");
	is_int(tcsetpgrp(tty, 1), -1, "a group of another session may not be");
	is_int(errno, EPERM, "EPERM");
	is_int(ioctl(tty, TIOCSCTTY, 0), -1, "only a leader takes a terminal");
	is_int(errno, EPERM, "EPERM");
}

static void
test_no_wait(void)
{
	struct termios raw = saved;
	struct pollfd wait = {.fd = tty, .events = POLLIN};
	uint64_t begin;
	char c;
	int fd;

	raw.c_lflag &= ~(tcflag_t)(ICANON | ECHO);
	raw.c_cc[VMIN] = 0;
	raw.c_cc[VTIME] = 0;
	tcsetattr(tty, TCSAFLUSH, &raw);
	is_int(read(tty, &c, 1), 0, "MIN 0 and TIME 0: no wait");
	raw.c_cc[VTIME] = 3;
	tcsetattr(tty, TCSANOW, &raw);
	begin = now_ms();
	is_int(read(tty, &c, 1), 0, "TIME 3: nothing comes");
	begin = now_ms() - begin;
	ok(begin >= 290 && begin < 900, "in three tenths of a second");
	tcsetattr(tty, TCSANOW, &saved);
	is_int(poll(&wait, 1, 50), 0, "poll: nothing");
	wait.events = POLLOUT;
	is_int(poll(&wait, 1, 50), 1, "but it may be written");
	fd = open("/dev/tty", O_RDWR | O_NONBLOCK);
	ok(fd >= 0, "/dev/tty is open");
	is_int(read(fd, &c, 1), -1, "O_NONBLOCK: no wait");
	is_int(errno, EAGAIN, "EAGAIN");
	close(fd);
}

/* Run it in a background group; its status, at an end or a stop. */
static int
in_background(int (*function)(void))
{
	int status = -1;
	pid_t pid = fork();

	if (pid == 0) {
		setpgid(0, 0);
		_exit(function());
	}
	setpgid(pid, pid);
	waitpid(pid, &status, WUNTRACED);
	if (WIFSTOPPED(status)) {
		kill(pid, SIGKILL);
		waitpid(pid, NULL, 0);
	}
	return status;
}

static bool
is_stop(int status, int signal)
{
	return WIFSTOPPED(status) && WSTOPSIG(status) == signal;
}

static int
read_it(void)
{
	char c;

	return read(tty, &c, 1) < 0 ? errno : 0;
}

static int
read_ignoring(void)
{
	signal(SIGTTIN, SIG_IGN);
	return read_it();
}

static int
read_blocking(void)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGTTIN);
	sigprocmask(SIG_BLOCK, &set, NULL);
	return read_it();
}

static void
nothing(int signal)
{
	(void)signal;
}

static int
read_catching(void)
{
	struct sigaction action = {.sa_handler = nothing};

	sigaction(SIGTTIN, &action, NULL);
	return read_it();
}

static int
write_it(void)
{
	return write(tty, "", 1) < 0 ? errno : 0;
}

static int
take_it(void)
{
	return tcsetpgrp(tty, getpgrp()) < 0 ? errno : 0;
}

static int
take_ignoring(void)
{
	pid_t old = tcgetpgrp(tty);
	int error;

	signal(SIGTTOU, SIG_IGN);
	error = take_it();
	tcsetpgrp(tty, old);
	return error;
}

static int
change_it(void)
{
	return tcsetattr(tty, TCSANOW, &saved) < 0 ? errno : 0;
}

/* A grandchild whose parent has gone is in a group that nobody continues. */
static int
orphan_reads(void)
{
	int fds[2];
	char error = 0;

	(void)pipe(fds);
	if (fork() == 0) {
		if (fork() == 0) {
			setpgid(0, 0);
			while (getppid() != 1)
				usleep(1000);
			error = (char)read_it();
			(void)write(fds[1], &error, 1);
		}
		_exit(0);
	}
	close(fds[1]);
	(void)wait(NULL);
	(void)read(fds[0], &error, 1);
	close(fds[0]);
	return error;
}

static void
test_background(void)
{
	struct termios stop = saved;

	ok(is_stop(in_background(read_it), SIGTTIN), "a read stops it");
	is_int(WEXITSTATUS(in_background(read_ignoring)), EIO,
	    "SIGTTIN ignored: EIO");
	is_int(WEXITSTATUS(in_background(read_blocking)), EIO, "blocked: EIO");
	is_int(
	    WEXITSTATUS(in_background(read_catching)), EINTR, "caught: EINTR");
	is_int(orphan_reads(), EIO, "in an orphaned group: EIO");
	is_int(in_background(write_it), 0, "it may write");
	stop.c_lflag |= TOSTOP;
	tcsetattr(tty, TCSANOW, &stop);
	ok(is_stop(in_background(write_it), SIGTTOU), "but not with TOSTOP");
	tcsetattr(tty, TCSANOW, &saved);
	ok(is_stop(in_background(change_it), SIGTTOU), "nor set attributes");
	ok(is_stop(in_background(take_it), SIGTTOU), "nor take the foreground");
	is_int(WEXITSTATUS(in_background(take_ignoring)), 0,
	    "unless it ignores SIGTTOU");
	is_int(tcgetpgrp(tty), getpgrp(), "the foreground is ours");
}

static int
without_terminal(void)
{
	pid_t pid = fork();
	int status = -1;

	if (pid == 0) {
		setsid();
		_exit(open("/dev/tty", O_RDWR) < 0 ? errno : 0);
	}
	waitpid(pid, &status, 0);
	return WEXITSTATUS(status);
}

int
main(void)
{
	tty = open("/dev/tty", O_RDWR);
	if (tty < 0 || tcgetattr(tty, &saved) != 0) {
		ok(false, "there is a controlling terminal");
		return test_done();
	}
	test_attributes();
	test_foreground();
	test_no_wait();
	test_background();
	is_int(without_terminal(), ENXIO, "a new session has no terminal");
	tcsetattr(tty, TCSANOW, &saved);
	return test_done();
}
