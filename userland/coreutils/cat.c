/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * usage: cat [-u] [FILE...]
 * help: write files one after the other
 */
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "lib/util.h"

UTILITY("cat [-u] [FILE...]", "write files one after the other");

static void
cat(const char *path)
{
	int fd = STDIN_FILENO;
	int error;

	if (strcmp(path, "-") != 0) {
		fd = open(path, O_RDONLY);
		if (fd < 0) {
			warn_errno(path);
			return;
		}
	}
	error = copy_fd(fd, STDOUT_FILENO);
	if (error == -2)
		die_errno("standard output");
	if (error != 0)
		warn_errno(path);
	if (fd != STDIN_FILENO)
		close(fd);
}

int
main(int argc, char **argv)
{
	int option;

	util_init(argc, argv);
	while ((option = getopt(argc, argv, "u")) != -1)
		if (option != 'u')
			util_usage_exit();
	if (optind >= argc)
		cat("-");
	for (; optind < argc; optind++)
		cat(argv[optind]);
	return util_exit(util_status);
}
