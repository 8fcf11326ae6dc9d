/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * usage: id [-Ggnu]
 * help: who one is
 */
#include <grp.h>
#include <limits.h>
#include <pwd.h>
#include <string.h>
#include <unistd.h>

#include "lib/util.h"

UTILITY("id [-Ggnu]", "who one is");

static const char *
user_name(uid_t uid)
{
	const struct passwd *entry = getpwuid(uid);

	return entry != NULL ? entry->pw_name : NULL;
}

static const char *
group_name(gid_t gid)
{
	const struct group *entry = getgrgid(gid);

	return entry != NULL ? entry->gr_name : NULL;
}

static void
print_id(const char *label, unsigned long number, const char *name)
{
	printf("%s%lu", label, number);
	if (name != NULL)
		printf("(%s)", name);
}

static void
print_one(unsigned long number, const char *name)
{
	if (name != NULL)
		puts(name);
	else
		printf("%lu\n", number);
}

/* The effective group, and those besides; how many. */
static int
get_groups(gid_t groups[NGROUPS_MAX + 1])
{
	int count = getgroups(NGROUPS_MAX, groups + 1);
	int kept = 1;

	groups[0] = getegid();
	for (int i = 1; i <= count; i++)
		if (groups[i] != groups[0])
			groups[kept++] = groups[i];
	return kept;
}

static void
print_groups(bool names)
{
	gid_t groups[NGROUPS_MAX + 1];
	int count = get_groups(groups);

	for (int i = 0; i < count; i++) {
		const char *name = names ? group_name(groups[i]) : NULL;

		if (i > 0)
			putchar(' ');
		if (name != NULL)
			fputs(name, stdout);
		else
			printf("%lu", (unsigned long)groups[i]);
	}
	putchar('\n');
}

static void
print_all(void)
{
	gid_t groups[NGROUPS_MAX + 1];
	int count = get_groups(groups);

	print_id("uid=", getuid(), user_name(getuid()));
	print_id(" gid=", getgid(), group_name(getgid()));
	if (geteuid() != getuid())
		print_id(" euid=", geteuid(), user_name(geteuid()));
	if (getegid() != getgid())
		print_id(" egid=", getegid(), group_name(getegid()));
	for (int i = 0; count > 1 && i < count; i++)
		print_id(i == 0 ? " groups=" : ",", groups[i],
		    group_name(groups[i]));
	putchar('\n');
}

int
main(int argc, char **argv)
{
	bool names = false;
	char which = 'a';
	int option;

	util_init(argc, argv);
	while ((option = getopt(argc, argv, "Ggnu")) != -1) {
		if (option == 'n')
			names = true;
		else if (strchr("Ggu", option) != NULL)
			which = (char)option;
		else
			util_usage_exit();
	}
	if (which == 'u') {
		print_one(geteuid(), names ? user_name(geteuid()) : NULL);
	} else if (which == 'g') {
		print_one(getegid(), names ? group_name(getegid()) : NULL);
	} else if (which == 'G') {
		print_groups(names);
	} else {
		print_all();
	}
	return util_exit(0);
}
