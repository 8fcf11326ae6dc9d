/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * usage: uname [-amnrsv]
 * help: name and version of the system
 */
#include <string.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "lib/util.h"

UTILITY("uname [-amnrsv]", "name and version of the system");

int
main(int argc, char **argv)
{
	static const char letters[] = "snrvm";
	struct utsname system;
	const char *fields[5];
	bool wanted[5] = {false};
	bool any = false;
	int option;
	int i;

	util_init(argc, argv);
	while ((option = getopt(argc, argv, "asnrvm")) != -1) {
		if (option == '?')
			util_usage_exit();
		for (i = 0; i < 5; i++)
			wanted[i] |= option == 'a' || option == letters[i];
		any = true;
	}
	if (!any)
		wanted[0] = true;
	if (uname(&system) < 0)
		die_errno("uname");
	fields[0] = system.sysname;
	fields[1] = system.nodename;
	fields[2] = system.release;
	fields[3] = system.version;
	fields[4] = system.machine;
	any = false;
	for (i = 0; i < 5; i++) {
		if (!wanted[i])
			continue;
		printf("%s%s", any ? " " : "", fields[i]);
		any = true;
	}
	putchar('\n');
	return util_exit(0);
}
