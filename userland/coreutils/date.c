/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * usage: date [-u] [-d DATE | -r FILE] [+FORMAT] | date [-u] STAMP
 * help: show date and time, now or at another, or of a file; or set them
 */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "lib/util.h"
#include "lib/when.h"

UTILITY("date [-u] [-d DATE | -r FILE] [+FORMAT] | date [-u] STAMP",
    "show date and time, now or at another, or of a file; or set them");

static void
use_utc(void)
{
	if (setenv("TZ", "UTC0", 1) != 0)
		die_errno("TZ");
	tzset();
}

/* MMDDhhmm[[CC]YY], where touch has the year in front. */
static void
set_clock(const char *text)
{
	char stamp[16];
	struct timespec when;
	size_t length = strlen(text);

	if (length < 8 || length > 12)
		die("%s: invalid date", text);
	snprintf(stamp, sizeof(stamp), "%s%.8s", text + 8, text);
	if (!when_stamp(stamp, &when))
		die("%s: invalid date", text);
	if (clock_settime(CLOCK_REALTIME, &when) != 0)
		die_errno(text);
}

static void
print_time(time_t when, const char *format)
{
	char text[1024];
	const struct tm *tm = localtime(&when);

	if (tm == NULL)
		die_errno("time");
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
	if (strftime(text, sizeof(text), format, tm) == 0 && *format != '\0')
		die("%s: gives nothing, or too much", format);
#pragma GCC diagnostic pop
	puts(*format != '\0' ? text : "");
}

int
main(int argc, char **argv)
{
	const char *format = "%a %b %e %H:%M:%S %Z %Y";
	const char *date = "now";
	const char *file = NULL;
	struct timespec when;
	struct stat st;
	int option;

	util_init(argc, argv);
	while ((option = getopt(argc, argv, "d:r:u")) != -1) {
		if (option == 'u')
			use_utc();
		else if (option == 'd')
			date = optarg;
		else if (option == 'r')
			file = optarg;
		else
			util_usage_exit();
	}
	if (optind + 1 < argc)
		util_usage_exit();
	if (!when_date(date, &when))
		die("%s: invalid date", date);
	if (file != NULL) {
		if (stat(file, &st) != 0)
			die_errno(file);
		when = st.st_mtim;
	}
	if (optind < argc && argv[optind][0] != '+') {
		set_clock(argv[optind]);
		return util_exit(0);
	}
	print_time(when.tv_sec, optind < argc ? argv[optind] + 1 : format);
	return util_exit(0);
}
