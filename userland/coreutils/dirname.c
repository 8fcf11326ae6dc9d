/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * usage: dirname PATH
 * help: a path without its last component
 */
#include <string.h>

#include "lib/util.h"

UTILITY("dirname PATH", "a path without its last component");

int
main(int argc, char **argv)
{
	const char *path;
	size_t length;

	util_init(argc, argv);
	if (argc != 2)
		util_usage_exit();
	path = argv[1];
	length = strlen(path);
	while (length > 0 && path[length - 1] == '/')
		length--;
	while (length > 0 && path[length - 1] != '/')
		length--;
	while (length > 1 && path[length - 1] == '/')
		length--;
	if (length == 0)
		puts(*path == '/' ? "/" : ".");
	else
		printf("%.*s\n", (int)length, path);
	return util_exit(0);
}
