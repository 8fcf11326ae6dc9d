/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * usage: basename PATH [SUFFIX]
 * help: the last component of a path
 */
#include <string.h>

#include "lib/util.h"

UTILITY("basename PATH [SUFFIX]", "the last component of a path");

int
main(int argc, char **argv)
{
	const char *base;
	size_t length;

	util_init(argc, argv);
	if (argc < 2 || argc > 3)
		util_usage_exit();
	base = path_base(argv[1]);
	length = strcspn(base, "/");
	if (length == 0 && *base == '/')
		length = 1;
	if (argc == 3) {
		size_t suffix = strlen(argv[2]);

		if (suffix < length &&
		    memcmp(base + length - suffix, argv[2], suffix) == 0)
			length -= suffix;
	}
	printf("%.*s\n", (int)length, base);
	return util_exit(0);
}
