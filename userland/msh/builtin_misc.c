/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * umask and times.
 */
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/times.h>
#include <unistd.h>

#include "builtin.h"
#include "lib/mode.h"

static void
print_symbolic(mode_t mask)
{
	static const char who[] = "ugo";
	int i;

	for (i = 0; i < 3; i++) {
		unsigned int bits = ~(unsigned int)mask >> (6 - 3 * i);

		printf("%s%c=%s%s%s", i > 0 ? "," : "", who[i],
		    bits & 4 ? "r" : "", bits & 2 ? "w" : "",
		    bits & 1 ? "x" : "");
	}
	putchar('\n');
}

int
builtin_umask(int argc, char **argv)
{
	mode_t mask = umask(0);
	bool symbolic = argc > 1 && strcmp(argv[1], "-S") == 0;
	const char *text = argc > 1 + symbolic ? argv[1 + symbolic] : NULL;
	mode_t mode;

	umask(mask);
	if (text == NULL) {
		if (symbolic)
			print_symbolic(mask);
		else
			printf("%04o\n", (unsigned int)mask);
		return 0;
	}
	if (*text >= '0' && *text <= '7') {
		if (!mode_parse(text, 0, &mode) || mode > 0777)
			return builtin_fail(argv[0], "%s: bad mask", text);
		umask(mode);
		return 0;
	}
	if (!mode_parse(text, ~mask & 0777, &mode))
		return builtin_fail(argv[0], "%s: bad mask", text);
	umask(~mode & 0777);
	return 0;
}

static void
print_time(clock_t ticks, char after)
{
	long hz = sysconf(_SC_CLK_TCK);
	long centi;

	if (hz <= 0)
		hz = 100;
	centi = (long)(ticks % (hz * 60)) * 100 / hz;
	printf("%ldm%ld.%02lds%c", (long)(ticks / hz / 60), centi / 100,
	    centi % 100, after);
}

int
builtin_times(int argc, char **argv)
{
	struct tms tms;

	(void)argc;
	if (times(&tms) == (clock_t)-1)
		return builtin_fail(argv[0], "not available");
	print_time(tms.tms_utime, ' ');
	print_time(tms.tms_stime, '\n');
	print_time(tms.tms_cutime, ' ');
	print_time(tms.tms_cstime, '\n');
	return 0;
}
