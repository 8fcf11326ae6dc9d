/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * usage: pathchk [-pP] PATH...
 * help: check names of files; -p: that all systems take them, -P: no - in front
 */
#include <errno.h>
#include <limits.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lib/util.h"

UTILITY("pathchk [-pP] PATH...",
    "check names of files; -p: that all systems take them, -P: no - in front");

static const char portable[] =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-/";

static bool everywhere; /* -p */
static bool awkward;    /* -P */

/* What the folder allows names in it; 255 where nobody can tell. */
static long
name_limit(const char *folder)
{
	long limit;

	if (everywhere)
		return _POSIX_NAME_MAX;
	limit = pathconf(folder, _PC_NAME_MAX);
	return limit > 0 ? limit : NAME_MAX;
}

/* Does the length suit and can it be reached? The text is cut meanwhile. */
static bool
check_components(char *path)
{
	char *at = path + strspn(path, "/");
	long limit = name_limit(*path == '/' ? "/" : ".");
	bool reached = !everywhere;

	while (*at != '\0') {
		size_t length = strcspn(at, "/");
		struct stat info;
		char end = at[length];

		if ((long)length > limit) {
			warn_text("%s: a name longer than %ld", path, limit);
			return false;
		}
		at[length] = '\0';
		if (reached && end != '\0' && stat(path, &info) != 0) {
			if (errno != ENOENT) {
				warn_errno(path);
				return false;
			}
			reached = false;
		} else if (reached && end != '\0') {
			limit = name_limit(path);
			if (!S_ISDIR(info.st_mode)) {
				errno = ENOTDIR;
				warn_errno(path);
				return false;
			}
		}
		at[length] = end;
		at += length;
		at += strspn(at, "/");
	}
	return true;
}

static void
check(char *path)
{
	size_t length = strlen(path);
	size_t limit = everywhere ? _POSIX_PATH_MAX : PATH_MAX;
	size_t good = strspn(path, portable);

	if (length == 0 && (everywhere || awkward))
		warn_text("an empty name");
	else if (length >= limit)
		warn_text("%s: longer than %zu", path, limit - 1);
	else if (everywhere && path[good] != '\0')
		warn_text("%s: %c is not portable", path, path[good]);
	else if (awkward && (*path == '-' || strstr(path, "/-") != NULL))
		warn_text("%s: a name begins with -", path);
	else
		(void)check_components(path);
}

int
main(int argc, char **argv)
{
	int option;

	util_init(argc, argv);
	while ((option = getopt(argc, argv, "pP")) != -1) {
		if (option == 'p')
			everywhere = true;
		else if (option == 'P')
			awkward = true;
		else
			util_usage_exit();
	}
	if (optind == argc)
		util_usage_exit();
	for (; optind < argc; optind++)
		check(argv[optind]);
	return util_exit(util_status);
}
