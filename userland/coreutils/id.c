/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * usage: id [-gnu]
 * help: who one is
 */
#include <grp.h>
#include <pwd.h>
#include <unistd.h>

#include "lib/util.h"

UTILITY("id [-gnu]", "who one is");

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

int
main(int argc, char **argv)
{
	bool names = false;
	char which = 'a';
	int option;

	util_init(argc, argv);
	while ((option = getopt(argc, argv, "gnu")) != -1) {
		if (option == 'n')
			names = true;
		else if (option == 'g' || option == 'u')
			which = (char)option;
		else
			util_usage_exit();
	}
	if (which == 'u') {
		print_one(geteuid(), names ? user_name(geteuid()) : NULL);
	} else if (which == 'g') {
		print_one(getegid(), names ? group_name(getegid()) : NULL);
	} else {
		print_id("uid=", getuid(), user_name(getuid()));
		print_id(" gid=", getgid(), group_name(getgid()));
		if (geteuid() != getuid())
			print_id(" euid=", geteuid(), user_name(geteuid()));
		putchar('\n');
	}
	return util_exit(0);
}
