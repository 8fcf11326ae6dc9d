/* SPDX-License-Identifier: BSD-2-Clause */
/* popen() and pclose(): a pipe to or from a shell command. */
#include <errno.h>
#include <fcntl.h>
#include <paths.h>
#include <spawn.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include <wchar.h>

#include "file.h"
#include "word.h"

static int
start(const char *command, int end, int target, pid_t *pid)
{
	char *arguments[] = {UNCONST(char *, "sh"), UNCONST(char *, "-c"),
	    UNCONST(char *, command), NULL};
	posix_spawn_file_actions_t actions;
	int error = posix_spawn_file_actions_init(&actions);

	if (error == 0)
		error = posix_spawn_file_actions_adddup2(&actions, end, target);
	if (error == 0)
		error = posix_spawn(
		    pid, _PATH_BSHELL, &actions, NULL, arguments, environ);
	posix_spawn_file_actions_destroy(&actions);
	return error;
}

FILE *
popen(const char *command, const char *mode)
{
	int writing = *mode == 'w';
	int ends[2];
	FILE *file;
	int error;

	if (*mode != 'r' && *mode != 'w') {
		errno = EINVAL;
		return NULL;
	}
	if (pipe2(ends, O_CLOEXEC) != 0)
		return NULL;
	file = fdopen(ends[writing], writing ? "w" : "r");
	if (file == NULL) {
		close(ends[0]);
		close(ends[1]);
		return NULL;
	}
	error = start(command, ends[!writing], !writing, &file->pid);
	close(ends[!writing]);
	if (error != 0) {
		fclose(file);
		errno = error;
		return NULL;
	}
	(void)fwide(file, -1);
	if (strchr(mode, 'e') == NULL)
		fcntl(ends[writing], F_SETFD, 0);
	return file;
}

int
pclose(FILE *file)
{
	pid_t pid = file->pid;
	int status;

	fclose(file);
	while (waitpid(pid, &status, 0) < 0)
		if (errno != EINTR)
			return -1;
	return status;
}
