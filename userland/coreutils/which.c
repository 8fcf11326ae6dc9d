/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * usage: which [-a] NAME...
 * help: the files that names run
 */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lib/util.h"

UTILITY("which [-a] NAME...", "the files that names run");

static bool
runnable(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && S_ISREG(st.st_mode) &&
	       access(path, X_OK) == 0;
}

/* Print where `name` is along PATH; false when nowhere. */
static bool
find(const char *name, bool all)
{
	const char *path = getenv("PATH");
	bool found = false;

	if (strchr(name, '/') != NULL || path == NULL) {
		if (runnable(name))
			puts(name);
		return runnable(name);
	}
	while (*path != '\0' && (all || !found)) {
		size_t length = strcspn(path, ":");
		char *dir = xmalloc(length + 1);
		char *file;

		memcpy(dir, path, length);
		dir[length] = '\0';
		file = xpath(length > 0 ? dir : ".", name);
		if (runnable(file)) {
			puts(file);
			found = true;
		}
		free(file);
		free(dir);
		path += length;
		path += *path == ':';
	}
	return found;
}

int
main(int argc, char **argv)
{
	bool all = false;
	int status = 0;
	int option;

	util_init(argc, argv);
	while ((option = getopt(argc, argv, "a")) != -1) {
		if (option != 'a')
			util_usage_exit();
		all = true;
	}
	if (optind >= argc)
		util_usage_exit();
	for (; optind < argc; optind++)
		if (!find(argv[optind], all))
			status = 1;
	return util_exit(status);
}
