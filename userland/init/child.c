/* SPDX-License-Identifier: BSD-2-Clause */
/* What a service's process does before it is the service's program. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "init.h"

#define MOTD "/etc/motd"

/* Where the console is, its session is the service's. */
static int
take_terminal(const char *path)
{
	int fd;

	(void)setsid();
	fd = open(path, O_RDWR | O_NOCTTY);
	if (fd < 0 || ioctl(fd, TIOCSCTTY, 0) != 0)
		return -1;
	for (int to = 0; to < 3; to++) {
		if (dup2(fd, to) < 0)
			return -1;
	}
	if (fd > 2)
		close(fd);
	return chdir("/root");
}

static void
greet(void)
{
	char text[1024];
	int fd = open(MOTD, O_RDONLY | O_CLOEXEC);
	ssize_t size;

	if (fd < 0)
		return;
	size = read(fd, text, sizeof(text));
	if (size > 0)
		(void)write(STDOUT_FILENO, text, (size_t)size);
	close(fd);
}

/* Want of something, or a server's end, and not a fault of the service's. */
static bool
may_pass(int error)
{
	static const int passing[] = {
	    EAGAIN, EIO, EMFILE, ENFILE, ENOMEM, ENXIO};

	for (size_t i = 0; i < sizeof(passing) / sizeof(passing[0]); i++)
		if (error == passing[i])
			return true;
	return false;
}

/* Replace this process by the service's program; the status if it fails. */
static int
become(const struct service *service, char *const *environment)
{
	const char *wrong = service->words[0];
	int error;

	if (service->terminal != NULL) {
		wrong = service->terminal;
		if (take_terminal(service->terminal) == 0) {
			wrong = service->words[0];
			greet();
		}
	}
	if (wrong == service->words[0])
		(void)execve(wrong, service->words, environment);
	error = errno;
	say("init: %s: %s: %s\n", service->name, wrong, strerror(error));
	return may_pass(error) ? CANNOT_YET : CANNOT_RUN;
}

_Noreturn void
service_run(const struct service *service)
{
	static const char *const environment[] = {"HOME=/root",
	    "PATH=/bin:/sbin:/usr/bin:/usr/sbin", "SHELL=/bin/msh", "USER=root",
	    "LOGNAME=root", "TERM=vt100", NULL};
	sigset_t none;

	sigemptyset(&none);
	for (int i = 1; i < NSIG; i++)
		(void)signal(i, SIG_DFL);
	sigprocmask(SIG_SETMASK, &none, NULL);
	if (service->provides == NULL)
		memory_of_user();
	_exit(become(service, (char *const *)(uintptr_t)environment));
}
