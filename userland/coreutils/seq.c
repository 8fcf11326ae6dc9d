/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * usage: seq [-w] [-f FORMAT] [-s TEXT] [FIRST [STEP]] LAST
 * help: count
 *
 * FORMAT has one conversion of printf for a floating point number.
 */
#include <limits.h>
#include <string.h>
#include <unistd.h>

#include "lib/util.h"

UTILITY("seq [-w] [-f FORMAT] [-s TEXT] [FIRST [STEP]] LAST", "count");

/* Columns that the number takes. */
static int
width_of(long long value)
{
	return snprintf(NULL, 0, "%lld", value);
}

/* One of %a %e %f %g, with flags, width and precision, and else only %%. */
static bool
is_format(const char *format)
{
	int conversions = 0;

	for (; *format != '\0'; format++) {
		if (*format != '%')
			continue;
		format++;
		if (*format == '%')
			continue;
		format += strspn(format, "-+ #0");
		format += strspn(format, "0123456789");
		if (*format == '.')
			format += 1 + strspn(format + 1, "0123456789");
		if (*format == '\0' || strchr("aAeEfFgG", *format) == NULL)
			return false;
		conversions++;
	}
	return conversions == 1;
}

static void
put_value(long long value, const char *format, int width)
{
	if (format == NULL) {
		printf("%0*lld", width, value);
		return;
	}
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
	printf(format, (double)value);
#pragma GCC diagnostic pop
}

int
main(int argc, char **argv)
{
	const char *separator = "\n";
	const char *format = NULL;
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
		else if (strcmp(argv[i], "-f") == 0 && i + 1 < argc)
			format = argv[++i];
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
	if (format != NULL && !is_format(format))
		die("%s: not a format", format);
	if (step == 0)
		die("the step is zero");
	if (width > 0)
		width = width_of(first) > width_of(last) ? width_of(first)
							 : width_of(last);
	for (value = first; step > 0 ? value <= last : value >= last;
	     value += step) {
		fputs(value != first ? separator : "", stdout);
		put_value(value, format, width);
	}
	if (value != first)
		putchar('\n');
	return util_exit(0);
}
