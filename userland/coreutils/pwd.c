/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * usage: pwd [-LP]
 * help: print the working directory
 */
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lib/util.h"

UTILITY("pwd [-LP]", "print the working directory");

#ifndef PATH_MAX
#define PATH_MAX 4096
#endif

/* PWD, when it is an absolute name of this directory without dots. */
static const char *
logical(void)
{
	const char *path = getenv("PWD");
	struct stat there;
	struct stat here;

	if (path == NULL || *path != '/' || strstr(path, "/./") != NULL ||
	    strstr(path, "/../") != NULL)
		return NULL;
	if (stat(path, &there) != 0 || stat(".", &here) != 0)
		return NULL;
	return there.st_dev == here.st_dev && there.st_ino == here.st_ino
		   ? path
		   : NULL;
}

int
main(int argc, char **argv)
{
	static char buffer[PATH_MAX];
	const char *path = NULL;
	bool real = false;
	int option;

	util_init(argc, argv);
	while ((option = getopt(argc, argv, "LP")) != -1) {
		if (option == '?')
			util_usage_exit();
		real = option == 'P';
	}
	if (!real)
		path = logical();
	if (path == NULL)
		path = getcwd(buffer, sizeof(buffer));
	if (path == NULL)
		die_errno(".");
	puts(path);
	return util_exit(0);
}
