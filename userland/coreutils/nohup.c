/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * usage: nohup COMMAND [ARG...]
 * help: run a command that goes on when its terminal is gone
 *
 * What it would write to a terminal is added to nohup.out, here or at home.
 */
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lib/util.h"

UTILITY("nohup COMMAND [ARG...]",
    "run a command that goes on when its terminal is gone");

#define FAILED 127

static int
open_output(const char *path)
{
	return open(path, O_WRONLY | O_CREAT | O_APPEND, S_IRUSR | S_IWUSR);
}

/* Standard output becomes a file. */
static bool
redirect(void)
{
	const char *home = getenv("HOME");
	const char *path = "nohup.out";
	int fd = open_output(path);

	if (fd < 0 && home != NULL) {
		path = xpath(home, path);
		fd = open_output(path);
	}
	if (fd < 0 || dup2(fd, STDOUT_FILENO) < 0) {
		warn_errno(path);
		return false;
	}
	close(fd);
	fprintf(stderr, "%s: output goes to %s\n", util_name, path);
	return true;
}

int
main(int argc, char **argv)
{
	util_init(argc, argv);
	if (getopt(argc, argv, "+") != -1 || optind == argc) {
		fprintf(stderr, "usage: %s\n", util_usage);
		return FAILED;
	}
	if (isatty(STDOUT_FILENO) && !redirect())
		return FAILED;
	(void)signal(SIGHUP, SIG_IGN);
	if (isatty(STDERR_FILENO) && dup2(STDOUT_FILENO, STDERR_FILENO) < 0)
		return FAILED;
	return util_exec(argv + optind);
}
