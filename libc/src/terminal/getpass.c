/* SPDX-License-Identifier: BSD-2-Clause */
/* getpass(): a line from the terminal that is not shown. */
#include <fcntl.h>
#include <paths.h>
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

char *
getpass(const char *prompt)
{
	static char line[128];
	struct termios shown;
	struct termios hidden;
	int fd = open(_PATH_TTY, O_RDWR | O_CLOEXEC);
	ssize_t size;

	if (fd < 0)
		return NULL;
	if (tcgetattr(fd, &shown) != 0) {
		close(fd);
		return NULL;
	}
	hidden = shown;
	hidden.c_lflag &= ~(tcflag_t)ECHO;
	hidden.c_lflag |= ICANON | ISIG;
	tcsetattr(fd, TCSAFLUSH, &hidden);
	dprintf(fd, "%s", prompt);
	size = read(fd, line, sizeof(line) - 1);
	tcsetattr(fd, TCSAFLUSH, &shown);
	dprintf(fd, "\n");
	close(fd);
	if (size < 0)
		return NULL;
	line[size] = '\0';
	line[strcspn(line, "\n")] = '\0';
	return line;
}
