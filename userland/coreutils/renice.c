/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * usage: renice [-g|-p|-u] -n INCREMENT ID...
 * help: change what share of the processor programs that run get
 */
#include <errno.h>
#include <limits.h>
#include <pwd.h>
#include <sys/resource.h>
#include <unistd.h>

#include "lib/util.h"

UTILITY("renice [-g|-p|-u] -n INCREMENT ID...",
    "change what share of the processor programs that run get");

static id_t
id_of(int which, const char *text)
{
	const struct passwd *user = which == PRIO_USER ? getpwnam(text) : NULL;

	return user != NULL ? user->pw_uid : (id_t)number_arg(text, 0, INT_MAX);
}

static void
change(int which, const char *text, int increment)
{
	id_t who = id_of(which, text);
	int now;

	errno = 0;
	now = getpriority(which, who);
	if (errno != 0 || setpriority(which, who, now + increment) != 0)
		warn_errno(text);
}

int
main(int argc, char **argv)
{
	int which = PRIO_PROCESS;
	long long increment = 0;
	bool given = false;
	int option;

	util_init(argc, argv);
	while ((option = getopt(argc, argv, "gpun:")) != -1) {
		if (option == 'n') {
			/* More makes no difference. */
			increment = number_arg(optarg, -100, 100);
			given = true;
		} else if (option == '?') {
			util_usage_exit();
		} else {
			which = option == 'g'   ? PRIO_PGRP
				: option == 'p' ? PRIO_PROCESS
						: PRIO_USER;
		}
	}
	if (!given || optind == argc)
		util_usage_exit();
	for (; optind < argc; optind++)
		change(which, argv[optind], (int)increment);
	return util_exit(0);
}
