/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Name, messages and the end of a utility.
 */
#include "util.h"

#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

const char *util_name = "?";
int util_status;

void
util_init(int argc, char **argv)
{
	if (argc > 0 && argv[0] != NULL)
		util_name = path_base(argv[0]);
	if (argc == 2 && strcmp(argv[1], "--help") == 0)
		util_help_exit();
}

void
util_help_exit(void)
{
	printf("usage: %s\n%s\n", util_usage, util_help);
	exit(util_exit(0));
}

void
util_usage_exit(void)
{
	fprintf(stderr, "usage: %s\n", util_usage);
	exit(2);
}

int
util_exit(int status)
{
	if (fflush(stdout) != 0 || ferror(stdout)) {
		fprintf(stderr, "%s: standard output: %s\n", util_name,
		    strerror(errno));
		return status != 0 ? status : 1;
	}
	return status;
}

void
warn_errno(const char *what)
{
	int error = errno;

	fflush(stdout);
	fprintf(stderr, "%s: %s: %s\n", util_name, what, strerror(error));
	util_status = 1;
}

static void
message(const char *format, va_list args)
{
	fflush(stdout);
	fprintf(stderr, "%s: ", util_name);
	vfprintf(stderr, format, args);
	putc('\n', stderr);
}

void
warn_text(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	message(format, args);
	va_end(args);
	util_status = 1;
}

void
die_errno(const char *what)
{
	warn_errno(what);
	exit(1);
}

void
die(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	message(format, args);
	va_end(args);
	exit(1);
}

int
util_exec(char **argv)
{
	int error;

	execvp(argv[0], argv);
	error = errno;
	warn_errno(argv[0]);
	return error == ENOENT ? 127 : 126;
}
