/* SPDX-License-Identifier: BSD-2-Clause */
/* Replacing the program. On success the process server does not answer. */
#include <errno.h>
#include <limits.h>
#include <servers/process_user.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "direct.h"
#include "exec.h"
#include "process.h"
#include "signal_state.h"
#include "word.h"

static int
ask(struct exec_image *image, void *unused)
{
	bool small = image->given == image->small;

	(void)unused;
	__direct_give_up_all();
	return __error_number(
	    proc_exec(__process.proc, image->file, image->path, image->given,
		small ? (mach_msg_type_number_t)image->given_size : 0,
		small ? 0 : (vm_offset_t)image->given,
		small ? 0 : (mach_msg_type_number_t)image->given_size,
		(uint32_t)image->arguments_size,
		(uint32_t)image->environment_size, image->ports,
		__exec_few_ports(image), image->ports, __exec_more_ports(image),
		__process.umask, __signal_thread()->blocked));
}

int
execve(const char *path, char *const arguments[], char *const environment[])
{
	const struct exec_request request = {
	    .path = path,
	    .arguments = arguments,
	    .environment = environment,
	    .table = __descriptors,
	    .descriptors = __descriptors_end,
	};

	errno = __exec_run(&request, ask, NULL);
	return -1;
}

int
execv(const char *path, char *const arguments[])
{
	return execve(path, arguments, environ);
}

/* What the kernel cannot run, the shell may. */
static void
run_by_shell(
    const char *path, char *const arguments[], char *const environment[])
{
	size_t count = 0;
	char **list;

	while (arguments[count] != NULL)
		count++;
	list = calloc(count + 3, sizeof(*list));
	if (list == NULL)
		return;
	list[0] = UNCONST(char *, "sh");
	list[1] = UNCONST(char *, path);
	if (count > 1)
		memcpy(list + 2, arguments + 1, (count - 1) * sizeof(*list));
	execve("/bin/sh", list, environment);
	free(list);
}

static void
try_program(
    const char *path, char *const arguments[], char *const environment[])
{
	execve(path, arguments, environment);
	if (errno == ENOEXEC)
		run_by_shell(path, arguments, environment);
}

int
execvpe(const char *name, char *const arguments[], char *const environment[])
{
	const char *path = getenv("PATH");
	char program[PATH_MAX];
	int error = ENOENT;

	if (*name == '\0' || strchr(name, '/') != NULL) {
		try_program(name, arguments, environment);
		return -1;
	}
	if (path == NULL)
		path = "/bin:/usr/bin";
	for (;;) {
		size_t length = strcspn(path, ":");

		if (length + strlen(name) + 2 <= sizeof(program)) {
			memcpy(program, path, length);
			if (length > 0)
				program[length++] = '/';
			memcpy(program + length, name, strlen(name) + 1);
			try_program(program, arguments, environment);
			if (errno == EACCES)
				error = EACCES;
			else if (errno != ENOENT && errno != ENOTDIR)
				return -1;
		}
		path += strcspn(path, ":");
		if (*path == '\0')
			break;
		path++;
	}
	errno = error;
	return -1;
}

int
execvp(const char *name, char *const arguments[])
{
	return execvpe(name, arguments, environ);
}

/*
 * A script's interpreter is told /dev/fd/N. Set-id bits do not count: the
 * process server finds such a program by its path.
 */
int
fexecve(int fd, char *const arguments[], char *const environment[])
{
	char path[32];
	const struct exec_request request = {
	    .path = path,
	    .file = __descriptor_port(fd),
	    .arguments = arguments,
	    .environment = environment,
	    .table = __descriptors,
	    .descriptors = __descriptors_end,
	};

	if (request.file == MACH_PORT_NULL)
		return -1;
	(void)snprintf(path, sizeof(path), "/dev/fd/%d", fd);
	errno = __exec_run(&request, ask, NULL);
	return -1;
}
