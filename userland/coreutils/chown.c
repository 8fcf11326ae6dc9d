/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * usage: chown [-hR] [USER][:[GROUP]] FILE...
 * help: change owner and group
 */
#include <grp.h>
#include <limits.h>
#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lib/tree.h"
#include "lib/util.h"

UTILITY("chown [-hR] [USER][:[GROUP]] FILE...", "change owner and group");

static uid_t user = (uid_t)-1;
static gid_t group = (gid_t)-1;
static bool links;

static void
set_user(const char *name)
{
	const struct passwd *entry = getpwnam(name);
	long long number;

	if (entry != NULL)
		user = entry->pw_uid;
	else if (number_parse(name, 0, INT_MAX, &number))
		user = (uid_t)number;
	else
		die("%s: unknown user", name);
}

static void
set_group(const char *name)
{
	const struct group *entry = getgrnam(name);
	long long number;

	if (entry != NULL)
		group = entry->gr_gid;
	else if (number_parse(name, 0, INT_MAX, &number))
		group = (gid_t)number;
	else
		die("%s: unknown group", name);
}

static int
change(const char *path, const struct stat *st, enum tree_event event)
{
	int error;

	(void)st;
	if (event == TREE_ENTER)
		return TREE_DESCEND;
	error = links ? lchown(path, user, group) : chown(path, user, group);
	if (error != 0)
		warn_errno(path);
	return TREE_SKIP;
}

int
main(int argc, char **argv)
{
	bool recursive = false;
	char *colon;
	int option;

	util_init(argc, argv);
	while ((option = getopt(argc, argv, "hR")) != -1) {
		if (option == 'h')
			links = true;
		else if (option == 'R')
			recursive = links = true;
		else
			util_usage_exit();
	}
	if (optind + 2 > argc)
		util_usage_exit();
	colon = strchr(argv[optind], ':');
	if (colon != NULL)
		*colon++ = '\0';
	if (*argv[optind] != '\0')
		set_user(argv[optind]);
	if (colon != NULL && *colon != '\0')
		set_group(colon);
	for (optind++; optind < argc; optind++)
		if (recursive)
			tree_walk(argv[optind], true, change);
		else
			change(argv[optind], NULL, TREE_FILE);
	return util_exit(util_status);
}
