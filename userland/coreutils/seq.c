/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * usage: seq [-w] [-s TEXT] [FIRST [STEP]] LAST
 * help: count
 */
#include <limits.h>
#include <string.h>
#include <unistd.h>

#include "lib/util.h"

UTILITY("seq [-w] [-s TEXT] [FIRST [STEP]] LAST", "count");

/* Columns that the number takes. */
static int
width_of(long long value)
{
	return snprintf(NULL, 0, "%lld", value);
}

int
main(int argc, char **argv)
{
	const char *separator = "\n";
	long long first = 1;
	long long step = 1;
	long long last;
	long long value;
	int width = 0;
	int i = 1;

	util_init(argc, argv);
	for (; i < argc && argv[i][0] == '-'; i++) {
		if (strcmp(argv[i], "-w") == 0)
			width = 1;
		else if (strcmp(argv[i], "-s") == 0 && i + 1 < argc)
			separator = argv[++i];
		else
			break;
	}
	argc -= i;
	argv += i;
	if (argc < 1 || argc > 3)
		util_usage_exit();
	last = number_arg(argv[argc - 1], LONG_MIN / 2, LONG_MAX / 2);
	if (argc > 1)
		first = number_arg(argv[0], LONG_MIN / 2, LONG_MAX / 2);
	if (argc > 2)
		step = number_arg(argv[1], LONG_MIN / 2, LONG_MAX / 2);
	if (step == 0)
		die("the step is zero");
	if (width > 0)
		width = width_of(first) > width_of(last) ? width_of(first)
							 : width_of(last);
	for (value = first; step > 0 ? value <= last : value >= last;
	     value += step)
		printf(
		    "%s%0*lld", value != first ? separator : "", width, value);
	if (value != first)
		putchar('\n');
	return util_exit(0);
}
