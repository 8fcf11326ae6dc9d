/* SPDX-License-Identifier: BSD-2-Clause */
/* Pairs of terminals for who runs programs in one. */
#include <fcntl.h>
#include <pty.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>
#include <utmp.h>

static int
open_slave(
    int master, const struct termios *attributes, const struct winsize *size)
{
	const char *name = ptsname(master);
	int slave;

	if (name == NULL || grantpt(master) != 0 || unlockpt(master) != 0)
		return -1;
	slave = open(name, O_RDWR | O_NOCTTY);
	if (slave < 0)
		return -1;
	if ((attributes != NULL &&
		tcsetattr(slave, TCSANOW, attributes) != 0) ||
	    (size != NULL && ioctl(slave, TIOCSWINSZ, size) != 0)) {
		close(slave);
		return -1;
	}
	return slave;
}

int
openpty(int *master, int *slave, char *name, const struct termios *attributes,
    const struct winsize *size)
{
	const char *path;

	*master = posix_openpt(O_RDWR | O_NOCTTY);
	if (*master < 0)
		return -1;
	*slave = open_slave(*master, attributes, size);
	if (*slave < 0) {
		close(*master);
		return -1;
	}
	path = ptsname(*master);
	if (name != NULL && path != NULL)
		memcpy(name, path, strlen(path) + 1);
	return 0;
}

int
login_tty(int fd)
{
	setsid();
	if (ioctl(fd, TIOCSCTTY, 0) != 0)
		return -1;
	for (int to = STDIN_FILENO; to <= STDERR_FILENO; to++)
		if (dup2(fd, to) < 0)
			return -1;
	if (fd > STDERR_FILENO)
		close(fd);
	return 0;
}

pid_t
forkpty(int *master, char *name, const struct termios *attributes,
    const struct winsize *size)
{
	int slave;
	pid_t pid;

	if (openpty(master, &slave, name, attributes, size) != 0)
		return -1;
	pid = fork();
	if (pid == 0) {
		close(*master);
		if (login_tty(slave) != 0)
			_exit(EXIT_FAILURE);
		return 0;
	}
	close(slave);
	if (pid < 0)
		close(*master);
	return pid;
}
