/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * usage: mktemp [-dqt] [-p DIR] [TEMPLATE]
 * help: make a file of a new name, or with -d a folder, and write its name
 *
 * TEMPLATE ends in at least six X, which become what is not in use. Without
 * one, with -p or with -t it is in DIR, $TMPDIR or /tmp.
 */
#include <stdlib.h>
#include <unistd.h>

#include "lib/util.h"

UTILITY("mktemp [-dqt] [-p DIR] [TEMPLATE]",
    "make a file of a new name, or with -d a folder, and write its name");

static bool
make(char *name, bool folder)
{
	int fd;

	if (folder)
		return mkdtemp(name) != NULL;
	fd = mkstemp(name);
	if (fd < 0)
		return false;
	close(fd);
	return true;
}

int
main(int argc, char **argv)
{
	const char *folder = getenv("TMPDIR");
	bool make_folder = false;
	bool quiet = false;
	bool in_folder = false;
	char *name;
	int option;

	util_init(argc, argv);
	if (folder == NULL || *folder == '\0')
		folder = "/tmp";
	while ((option = getopt(argc, argv, "dqtp:")) != -1) {
		if (option == 'd')
			make_folder = true;
		else if (option == 'q')
			quiet = true;
		else if (option == 't')
			in_folder = true;
		else if (option != 'p')
			util_usage_exit();
		else {
			folder = optarg;
			in_folder = true;
		}
	}
	if (argc - optind > 1)
		util_usage_exit();
	if (optind == argc)
		name = xpath(folder, "tmp.XXXXXX");
	else
		name = in_folder ? xpath(folder, argv[optind])
				 : xstrdup(argv[optind]);
	if (make(name, make_folder))
		puts(name);
	else if (quiet)
		util_status = 1;
	else
		warn_errno(optind < argc ? argv[optind] : folder);
	free(name);
	return util_exit(util_status);
}
