/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * usage: rm [-firR] FILE...
 * help: remove files; -r: directories and what is in them
 */
#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lib/tree.h"
#include "lib/util.h"

UTILITY(
    "rm [-firR] FILE...", "remove files; -r: directories and what is in them");

static bool force;
static bool recursive;
static bool ask;

static bool
confirmed(const char *path)
{
	if (!ask)
		return true;
	fprintf(stderr, "%s: remove %s? ", util_name, path);
	return answer_is_yes();
}

static int
remove_one(const char *path, const struct stat *st, enum tree_event event)
{
	int error;

	if (event == TREE_ENTER) {
		if (recursive)
			return TREE_DESCEND;
		errno = EISDIR;
		warn_errno(path);
		return TREE_SKIP;
	}
	if (!confirmed(path))
		return TREE_SKIP;
	error = S_ISDIR(st->st_mode) ? rmdir(path) : unlink(path);
	if (error != 0 && !(force && errno == ENOENT))
		warn_errno(path);
	return TREE_SKIP;
}

/* "." and ".." as the last component would take away where we are. */
static bool
is_dots(const char *path)
{
	const char *base = path_base(path);
	size_t length = strcspn(base, "/");

	return (length == 1 && base[0] == '.') ||
	       (length == 2 && base[0] == '.' && base[1] == '.') ||
	       path[strspn(path, "/")] == '\0';
}

static void
remove_tree(const char *path)
{
	struct stat st;

	if (is_dots(path)) {
		warn_text("%s: not removed", path);
		return;
	}
	if (lstat(path, &st) != 0) {
		if (!force || errno != ENOENT)
			warn_errno(path);
		return;
	}
	tree_walk(path, false, remove_one);
}

int
main(int argc, char **argv)
{
	int option;

	util_init(argc, argv);
	while ((option = getopt(argc, argv, "firR")) != -1) {
		if (option == 'f')
			force = true;
		else if (option == 'i')
			ask = true;
		else if (option == 'r' || option == 'R')
			recursive = true;
		else
			util_usage_exit();
	}
	if (optind >= argc && !force)
		util_usage_exit();
	for (; optind < argc; optind++)
		remove_tree(argv[optind]);
	return util_exit(util_status);
}
