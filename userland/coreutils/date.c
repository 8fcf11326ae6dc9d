/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * usage: date [-u] [+FORMAT]
 * help: show date and time
 */
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "lib/util.h"

UTILITY("date [-u] [+FORMAT]", "show date and time");

int
main(int argc, char **argv)
{
	const char *format = "%a %b %e %H:%M:%S %Z %Y";
	char text[1024];
	const struct tm *tm;
	time_t now;
	int option;

	util_init(argc, argv);
	while ((option = getopt(argc, argv, "u")) != -1) {
		if (option != 'u')
			util_usage_exit();
		if (setenv("TZ", "UTC0", 1) != 0)
			die_errno("TZ");
		tzset();
	}
	if (optind < argc) {
		if (argv[optind][0] != '+' || optind + 1 < argc)
			util_usage_exit();
		format = argv[optind] + 1;
	}
	now = time(NULL);
	tm = now != (time_t)-1 ? localtime(&now) : NULL;
	if (tm == NULL)
		die_errno("time");
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
	if (strftime(text, sizeof(text), format, tm) == 0 && *format != '\0')
		die("%s: gives nothing, or too much", format);
#pragma GCC diagnostic pop
	puts(*format != '\0' ? text : "");
	return util_exit(0);
}
