/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * usage: touch [-acm] [-r FILE] FILE...
 * help: make files, or set their times to now
 */
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lib/util.h"

UTILITY(
    "touch [-acm] [-r FILE] FILE...", "make files, or set their times to now");

static void
touch(const char *path, const struct timespec times[2], bool create)
{
	int fd;

	if (utimensat(AT_FDCWD, path, times, 0) == 0)
		return;
	if (errno != ENOENT) {
		warn_errno(path);
		return;
	}
	if (!create)
		return;
	fd = open(path, O_WRONLY | O_CREAT, 0666);
	if (fd < 0 || futimens(fd, times) != 0)
		warn_errno(path);
	if (fd >= 0)
		close(fd);
}

int
main(int argc, char **argv)
{
	struct timespec times[2] = {
	    {.tv_nsec = UTIME_NOW}, {.tv_nsec = UTIME_NOW}};
	struct stat st;
	bool create = true;
	bool access_only = false;
	bool modification_only = false;
	int option;

	util_init(argc, argv);
	while ((option = getopt(argc, argv, "acmr:")) != -1) {
		if (option == 'a') {
			access_only = true;
		} else if (option == 'c') {
			create = false;
		} else if (option == 'm') {
			modification_only = true;
		} else if (option == 'r') {
			if (stat(optarg, &st) != 0)
				die_errno(optarg);
			times[0] = st.st_atim;
			times[1] = st.st_mtim;
		} else {
			util_usage_exit();
		}
	}
	if (access_only && !modification_only)
		times[1].tv_nsec = UTIME_OMIT;
	if (modification_only && !access_only)
		times[0].tv_nsec = UTIME_OMIT;
	if (optind >= argc)
		util_usage_exit();
	for (; optind < argc; optind++)
		touch(argv[optind], times, create);
	return util_exit(util_status);
}
