/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * usage: mkdir [-p] [-m MODE] DIR...
 * help: make directories
 */
#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lib/mode.h"
#include "lib/util.h"

UTILITY("mkdir [-p] [-m MODE] DIR...", "make directories");

/* Make what is missing above the last component; -1 after a warning. */
static int
make_parents(char *path)
{
	mode_t mask = umask(0);
	char *p;

	umask(mask);
	for (p = path + strspn(path, "/"); (p = strchr(p, '/')) != NULL; p++) {
		int error;

		if (p[strspn(p, "/")] == '\0')
			break;
		*p = '\0';
		error = mkdir(path, (0777 & ~mask) | S_IWUSR | S_IXUSR);
		if (error != 0 && errno != EEXIST && errno != EISDIR) {
			warn_errno(path);
			*p = '/';
			return -1;
		}
		*p = '/';
	}
	return 0;
}

static void
make(char *path, mode_t mode, bool parents, bool exact)
{
	struct stat st;

	if (parents && make_parents(path) != 0)
		return;
	if (mkdir(path, mode) != 0) {
		int error = errno;

		if (parents && stat(path, &st) == 0 && S_ISDIR(st.st_mode))
			return;
		errno = error;
		warn_errno(path);
	} else if (exact && chmod(path, mode) != 0) {
		warn_errno(path);
	}
}

int
main(int argc, char **argv)
{
	bool parents = false;
	bool exact = false;
	mode_t mode = 0777;
	int option;

	util_init(argc, argv);
	while ((option = getopt(argc, argv, "pm:")) != -1) {
		if (option == 'p') {
			parents = true;
		} else if (option == 'm') {
			exact = true;
			if (!mode_parse(optarg, 0777, &mode))
				die("%s: bad mode", optarg);
		} else {
			util_usage_exit();
		}
	}
	if (optind >= argc)
		util_usage_exit();
	for (; optind < argc; optind++)
		make(argv[optind], mode, parents, exact);
	return util_exit(util_status);
}
