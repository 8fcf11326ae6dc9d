/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * usage: mkfifo [-m MODE] NAME...
 * help: make named pipes
 */
#include <sys/stat.h>
#include <unistd.h>

#include "lib/mode.h"
#include "lib/util.h"

UTILITY("mkfifo [-m MODE] NAME...", "make named pipes");

int
main(int argc, char **argv)
{
	bool exact = false;
	mode_t mode = 0666;
	int option;

	util_init(argc, argv);
	while ((option = getopt(argc, argv, "m:")) != -1) {
		if (option != 'm')
			util_usage_exit();
		exact = true;
		if (!mode_parse(optarg, 0666, &mode))
			die("%s: bad mode", optarg);
	}
	if (optind >= argc)
		util_usage_exit();
	for (; optind < argc; optind++) {
		if (mkfifo(argv[optind], mode) != 0 ||
		    (exact && chmod(argv[optind], mode) != 0))
			warn_errno(argv[optind]);
	}
	return util_exit(util_status);
}
