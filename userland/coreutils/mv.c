/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * usage: mv [-fi] SOURCE... TARGET|DIR
 * help: move or rename files
 */
#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lib/copy.h"
#include "lib/util.h"

UTILITY("mv [-fi] SOURCE... TARGET|DIR", "move or rename files");

static bool ask;

static bool
is_directory(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

static bool
confirmed(const char *path)
{
	if (!ask || access(path, F_OK) != 0)
		return true;
	fprintf(stderr, "%s: replace %s? ", util_name, path);
	return answer_is_yes();
}

/* To another file system: copy, then remove what was copied whole. */
static void
move_across(const char *from, const char *to)
{
	if (copy_tree(from, to, COPY_RECURSIVE | COPY_PRESERVE) == 0)
		copy_remove(from);
}

static void
move(const char *from, const char *to)
{
	if (!confirmed(to))
		return;
	if (rename(from, to) == 0)
		return;
	if (errno == EXDEV)
		move_across(from, to);
	else
		warn_errno(from);
}

int
main(int argc, char **argv)
{
	const char *last;
	int option;
	int i;

	util_init(argc, argv);
	while ((option = getopt(argc, argv, "fi")) != -1) {
		if (option != 'f' && option != 'i')
			util_usage_exit();
		ask = option == 'i';
	}
	argc -= optind;
	argv += optind;
	if (argc < 2)
		util_usage_exit();
	last = argv[argc - 1];
	if (argc == 2 && !is_directory(last)) {
		move(argv[0], last);
		return util_exit(util_status);
	}
	if (!is_directory(last))
		die("%s: not a directory", last);
	for (i = 0; i < argc - 1; i++) {
		char *to = xpath(last, path_base(argv[i]));

		move(argv[i], to);
		free(to);
	}
	return util_exit(util_status);
}
