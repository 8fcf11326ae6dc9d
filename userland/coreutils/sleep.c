/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * usage: sleep SECONDS...
 * help: wait; decimals are fine
 */
#include <ctype.h>
#include <errno.h>
#include <string.h>
#include <time.h>

#include "lib/util.h"

UTILITY("sleep SECONDS...", "wait; decimals are fine");

/* Add "12.5", with s, m, h or d after it, to *sum. */
static bool
add_time(const char *text, struct timespec *sum)
{
	static const char units[] = "smhd";
	static const int factors[] = {1, 60, 3600, 86400};
	long long seconds = 0;
	long long nanoseconds = 0;
	long place = 100000000;
	const char *unit;
	int factor = 1;

	if (!isdigit((unsigned char)*text) && *text != '.')
		return false;
	for (; isdigit((unsigned char)*text); text++) {
		seconds = seconds * 10 + (*text - '0');
		if (seconds > 1000000000)
			return false;
	}
	if (*text == '.')
		for (text++; isdigit((unsigned char)*text); text++) {
			nanoseconds += (*text - '0') * place;
			place /= 10;
		}
	if (*text != '\0') {
		unit = strchr(units, *text++);
		if (unit == NULL || *text != '\0')
			return false;
		factor = factors[unit - units];
	}
	nanoseconds = nanoseconds * factor + sum->tv_nsec;
	sum->tv_sec += seconds * factor + nanoseconds / 1000000000;
	sum->tv_nsec = (long)(nanoseconds % 1000000000);
	return true;
}

int
main(int argc, char **argv)
{
	struct timespec time = {.tv_sec = 0};
	int i;

	util_init(argc, argv);
	if (argc < 2)
		util_usage_exit();
	for (i = 1; i < argc; i++)
		if (!add_time(argv[i], &time))
			die("%s: bad time", argv[i]);
	while (nanosleep(&time, &time) != 0)
		if (errno != EINTR)
			die_errno("sleep");
	return 0;
}
