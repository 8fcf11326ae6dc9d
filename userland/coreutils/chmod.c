/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * usage: chmod [-R] MODE FILE...
 * help: change permissions
 */
#include <sys/stat.h>
#include <unistd.h>

#include "lib/mode.h"
#include "lib/tree.h"
#include "lib/util.h"

UTILITY("chmod [-R] MODE FILE...", "change permissions");

static const char *mode_argument;

static int
change(const char *path, const struct stat *st, enum tree_event event)
{
	mode_t mode;

	if (event == TREE_ENTER)
		return TREE_DESCEND;
	if (S_ISLNK(st->st_mode))
		return TREE_SKIP;
	mode_parse(mode_argument, st->st_mode, &mode);
	if (chmod(path, mode) != 0)
		warn_errno(path);
	return TREE_SKIP;
}

static void
change_one(const char *path)
{
	struct stat st;

	if (stat(path, &st) != 0)
		warn_errno(path);
	else
		change(path, &st, TREE_FILE);
}

int
main(int argc, char **argv)
{
	bool recursive = false;
	mode_t mode;
	int i = 1;

	util_init(argc, argv);
	if (i < argc && argv[i][0] == '-' && argv[i][1] == 'R' &&
	    argv[i][2] == '\0') {
		recursive = true;
		i++;
	}
	if (i + 2 > argc)
		util_usage_exit();
	mode_argument = argv[i++];
	if (!mode_parse(mode_argument, 0, &mode))
		die("%s: bad mode", mode_argument);
	for (; i < argc; i++)
		if (recursive)
			tree_walk(argv[i], true, change);
		else
			change_one(argv[i]);
	return util_exit(util_status);
}
