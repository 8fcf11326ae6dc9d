/* SPDX-License-Identifier: BSD-2-Clause */
/* system(): a command run by the shell, while interrupts are ignored here. */
#include <errno.h>
#include <paths.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "word.h"

#define NO_SHELL (127 << 8) /* as if the child had called _exit(127) */

static int
start_shell(const char *command, const sigset_t *mask, pid_t *pid,
    const struct sigaction old[2])
{
	char *arguments[] = {UNCONST(char *, "sh"), UNCONST(char *, "-c"),
	    UNCONST(char *, command), NULL};
	posix_spawnattr_t attributes;
	sigset_t standard;
	int error;

	sigemptyset(&standard);
	if (old[0].sa_handler != SIG_IGN)
		sigaddset(&standard, SIGINT);
	if (old[1].sa_handler != SIG_IGN)
		sigaddset(&standard, SIGQUIT);
	posix_spawnattr_init(&attributes);
	posix_spawnattr_setsigmask(&attributes, mask);
	posix_spawnattr_setsigdefault(&attributes, &standard);
	posix_spawnattr_setflags(
	    &attributes, POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);
	error = posix_spawn(
	    pid, _PATH_BSHELL, NULL, &attributes, arguments, environ);
	posix_spawnattr_destroy(&attributes);
	return error;
}

int
system(const char *command)
{
	struct sigaction ignore = {.sa_handler = SIG_IGN};
	struct sigaction old[2];
	sigset_t child;
	sigset_t mask;
	pid_t pid;
	int status = -1;
	int error;

	if (command == NULL)
		return access(_PATH_BSHELL, X_OK) == 0;
	sigaction(SIGINT, &ignore, &old[0]);
	sigaction(SIGQUIT, &ignore, &old[1]);
	sigemptyset(&child);
	sigaddset(&child, SIGCHLD);
	sigprocmask(SIG_BLOCK, &child, &mask);
	error = start_shell(command, &mask, &pid, old);
	if (error == EAGAIN || error == ENOMEM)
		errno = error;
	else if (error != 0)
		status = NO_SHELL;
	else
		while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
			;
	sigaction(SIGINT, &old[0], NULL);
	sigaction(SIGQUIT, &old[1], NULL);
	sigprocmask(SIG_SETMASK, &mask, NULL);
	return status;
}
