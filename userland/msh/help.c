/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * help: builtins from their table, and those utilities that are installed.
 */
#include <string.h>

#include "builtin.h"
#include "utilities.h"

static const struct utility *
utility_find(const char *name)
{
	const struct utility *utility;

	for (utility = utilities; utility->name != NULL; utility++)
		if (strcmp(utility->name, name) == 0)
			return utility;
	return NULL;
}

static int
help_one(const char *name)
{
	const struct builtin *builtin = builtin_find(name);
	const struct utility *utility = utility_find(name);

	if (builtin != NULL) {
		printf("%s %s\n    %s\n", name, builtin->usage, builtin->help);
		return 0;
	}
	if (utility != NULL && path_find(name, NULL) != NULL) {
		printf("%s\n    %s\n", utility->usage, utility->help);
		return 0;
	}
	return builtin_fail("help", "nothing about %s", name) != 0;
}

int
builtin_help(int argc, char **argv)
{
	const struct builtin *builtin;
	const struct utility *utility;
	int status = 0;
	int i;

	for (i = 1; i < argc; i++)
		status |= help_one(argv[i]);
	if (argc > 1)
		return status;
	printf("Builtins:\n");
	for (builtin = builtin_table; builtin->name != NULL; builtin++)
		printf("  %-10s %s\n", builtin->name, builtin->help);
	printf("Utilities (NAME --help tells more):\n");
	for (utility = utilities; utility->name != NULL; utility++)
		if (builtin_find(utility->name) == NULL &&
		    path_find(utility->name, NULL) != NULL)
			printf("  %-10s %s\n", utility->name, utility->help);
	return 0;
}
