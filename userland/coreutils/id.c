/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * usage: id [-Ggnru] [USER]
 * help: who one is, or USER
 */
#include <grp.h>
#include <limits.h>
#include <pwd.h>
#include <string.h>
#include <unistd.h>

#include "lib/util.h"

UTILITY("id [-Ggnru] [USER]", "who one is, or USER");

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

/* Who is asked about: this process, or a user by name or number. */
struct identity {
	uid_t user;
	uid_t effective_user;
	gid_t group;
	gid_t effective_group;
	gid_t groups[NGROUPS_MAX + 1]; /* the effective one first */
	int count;
};

static void
add_group(struct identity *who, gid_t group)
{
	if (group != who->groups[0] && who->count <= NGROUPS_MAX)
		who->groups[who->count++] = group;
}

static void
identify_self(struct identity *who)
{
	gid_t groups[NGROUPS_MAX];
	int count = getgroups(NGROUPS_MAX, groups);

	*who = (struct identity){.user = getuid(),
	    .effective_user = geteuid(),
	    .group = getgid(),
	    .effective_group = getegid(),
	    .groups = {getegid()},
	    .count = 1};
	for (int i = 0; i < count; i++)
		add_group(who, groups[i]);
}

/* The groups that /etc/group puts a user in. */
static void
add_memberships(struct identity *who, const char *name)
{
	const struct group *group;

	setgrent();
	while ((group = getgrent()) != NULL)
		for (char **member = group->gr_mem; *member != NULL; member++)
			if (strcmp(*member, name) == 0)
				add_group(who, group->gr_gid);
	endgrent();
}

static void
identify_user(struct identity *who, const char *name)
{
	const struct passwd *user = getpwnam(name);
	long long number;

	if (user == NULL && number_parse(name, 0, UINT_MAX, &number))
		user = getpwuid((uid_t)number);
	if (user == NULL)
		die("%s: no such user", name);
	*who = (struct identity){.user = user->pw_uid,
	    .effective_user = user->pw_uid,
	    .group = user->pw_gid,
	    .effective_group = user->pw_gid,
	    .groups = {user->pw_gid},
	    .count = 1};
	add_memberships(who, user->pw_name);
}

static void
print_groups(const struct identity *who, bool names)
{
	for (int i = 0; i < who->count; i++) {
		const char *name = names ? group_name(who->groups[i]) : NULL;

		if (i > 0)
			putchar(' ');
		if (name != NULL)
			fputs(name, stdout);
		else
			printf("%lu", (unsigned long)who->groups[i]);
	}
	putchar('\n');
}

static void
print_all(const struct identity *who)
{
	print_id("uid=", who->user, user_name(who->user));
	print_id(" gid=", who->group, group_name(who->group));
	if (who->effective_user != who->user)
		print_id(" euid=", who->effective_user,
		    user_name(who->effective_user));
	if (who->effective_group != who->group)
		print_id(" egid=", who->effective_group,
		    group_name(who->effective_group));
	for (int i = 0; who->count > 1 && i < who->count; i++)
		print_id(i == 0 ? " groups=" : ",", who->groups[i],
		    group_name(who->groups[i]));
	putchar('\n');
}

int
main(int argc, char **argv)
{
	struct identity who;
	bool names = false;
	bool real = false;
	char which = 'a';
	int option;

	util_init(argc, argv);
	while ((option = getopt(argc, argv, "Ggnru")) != -1) {
		if (option == 'n')
			names = true;
		else if (option == 'r')
			real = true;
		else if (option != '?')
			which = (char)option;
		else
			util_usage_exit();
	}
	if (optind + 1 < argc)
		util_usage_exit();
	if (optind < argc)
		identify_user(&who, argv[optind]);
	else
		identify_self(&who);
	if (which == 'u') {
		uid_t user = real ? who.user : who.effective_user;

		print_one(user, names ? user_name(user) : NULL);
	} else if (which == 'g') {
		gid_t group = real ? who.group : who.effective_group;

		print_one(group, names ? group_name(group) : NULL);
	} else if (which == 'G') {
		print_groups(&who, names);
	} else {
		print_all(&who);
	}
	return util_exit(0);
}
