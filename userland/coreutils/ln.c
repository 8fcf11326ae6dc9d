/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * usage: ln [-fLnPs] TARGET... LINK|DIR
 * help: make links; -s: symbolic ones
 */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lib/util.h"

UTILITY("ln [-fLnPs] TARGET... LINK|DIR", "make links; -s: symbolic ones");

static bool symbolic;
static bool force;
static bool no_follow; /* a link to a directory is a link */
static int link_flags; /* of linkat(): -L, a link to what a link stands for */

static void
make_link(const char *target, const char *path)
{
	int error;

	if (force && unlink(path) != 0 && errno != ENOENT) {
		warn_errno(path);
		return;
	}
	error = symbolic ? symlink(target, path)
			 : linkat(AT_FDCWD, target, AT_FDCWD, path, link_flags);
	if (error != 0)
		warn_errno(path);
}

static bool
is_directory(const char *path)
{
	struct stat st;

	return (no_follow ? lstat : stat)(path, &st) == 0 &&
	       S_ISDIR(st.st_mode);
}

int
main(int argc, char **argv)
{
	const char *last;
	int option;

	util_init(argc, argv);
	while ((option = getopt(argc, argv, "fLnPs")) != -1) {
		if (option == 'f')
			force = true;
		else if (option == 'L' || option == 'P')
			link_flags = option == 'L' ? AT_SYMLINK_FOLLOW : 0;
		else if (option == 'n')
			no_follow = true;
		else if (option == 's')
			symbolic = true;
		else
			util_usage_exit();
	}
	argc -= optind;
	argv += optind;
	if (argc < 1)
		util_usage_exit();
	last = argc > 1 ? argv[argc - 1] : ".";
	if (argc <= 2 && !is_directory(last)) {
		make_link(argv[0], last);
		return util_exit(util_status);
	}
	if (!is_directory(last))
		die("%s: not a directory", last);
	for (option = 0; option < argc - (argc > 1); option++) {
		char *path = xpath(last, path_base(argv[option]));

		make_link(argv[option], path);
		free(path);
	}
	return util_exit(util_status);
}
