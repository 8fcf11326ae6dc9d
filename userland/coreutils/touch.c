/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * usage: touch [-acm] [-d DATE | -r FILE | -t STAMP] FILE...
 * help: make files, or set their times: to now, DATE, STAMP, those of FILE
 */
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lib/util.h"
#include "lib/when.h"

UTILITY("touch [-acm] [-d DATE | -r FILE | -t STAMP] FILE...",
    "make files, or set their times: to now, DATE, STAMP, those of FILE");

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

/* The times that an option names: of a file, a date, or a stamp. */
static void
get_times(int option, const char *text, struct timespec times[2])
{
	struct stat st;

	if (option == 'r') {
		if (stat(text, &st) != 0)
			die_errno(text);
		times[0] = st.st_atim;
		times[1] = st.st_mtim;
		return;
	}
	if (!(option == 'd' ? when_date : when_stamp)(text, &times[0]))
		die("%s: invalid date", text);
	times[1] = times[0];
}

int
main(int argc, char **argv)
{
	struct timespec times[2] = {
	    {.tv_nsec = UTIME_NOW}, {.tv_nsec = UTIME_NOW}};
	bool create = true;
	bool access_only = false;
	bool modification_only = false;
	int option;

	util_init(argc, argv);
	while ((option = getopt(argc, argv, "acmd:r:t:")) != -1) {
		if (option == 'a')
			access_only = true;
		else if (option == 'c')
			create = false;
		else if (option == 'm')
			modification_only = true;
		else if (option != '?')
			get_times(option, optarg, times);
		else
			util_usage_exit();
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
