/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * usage: cp [-afHiLpPrR] SOURCE... TARGET|DIR
 * help: copy files; -r: directories, -p: with mode and times, -a: both
 */
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lib/copy.h"
#include "lib/util.h"

UTILITY("cp [-afHiLpPrR] SOURCE... TARGET|DIR",
    "copy files; -r: directories, -p: with mode and times, -a: both");

static bool
is_directory(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

static int
flag_of(int option)
{
	switch (option) {
	case 'a':
		return COPY_RECURSIVE | COPY_LINKS | COPY_PRESERVE;
	case 'f':
		return COPY_FORCE;
	case 'H':
		return COPY_FOLLOW_TOP;
	case 'i':
		return COPY_ASK;
	case 'L':
		return COPY_FOLLOW;
	case 'p':
		return COPY_PRESERVE;
	case 'P':
		return COPY_LINKS;
	case 'r':
	case 'R':
		return COPY_RECURSIVE;
	default:
		util_usage_exit();
	}
}

/* Of -H, -L and -P the last counts. */
static int
add_flag(int flags, int flag)
{
	if (flag & (COPY_FOLLOW | COPY_FOLLOW_TOP | COPY_LINKS))
		flags &= ~(COPY_FOLLOW | COPY_FOLLOW_TOP | COPY_LINKS);
	return flags | flag;
}

int
main(int argc, char **argv)
{
	const char *last;
	int flags = 0;
	int option;
	int i;

	util_init(argc, argv);
	while ((option = getopt(argc, argv, "afHiLpPrR")) != -1)
		flags = add_flag(flags, flag_of(option));
	argc -= optind;
	argv += optind;
	if (argc < 2)
		util_usage_exit();
	last = argv[argc - 1];
	if (argc == 2 && !is_directory(last)) {
		copy_tree(argv[0], last, flags);
		return util_exit(util_status);
	}
	if (!is_directory(last))
		die("%s: not a directory", last);
	for (i = 0; i < argc - 1; i++) {
		char *to = xpath(last, path_base(argv[i]));

		copy_tree(argv[i], to, flags);
		free(to);
	}
	return util_exit(util_status);
}
