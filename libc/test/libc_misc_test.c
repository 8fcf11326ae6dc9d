/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Sorting, patterns, options, the environment, dates and zones, multibyte
 * characters.
 */
#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <fmtmsg.h>
#include <fnmatch.h>
#include <getopt.h>
#include <libgen.h>
#include <libtest/test.h>
#include <limits.h>
#include <locale.h>
#include <math.h>
#include <monetary.h>
#include <search.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#include <wchar.h>
#include <wctype.h>

int host_fnmatch(const char *, const char *, int) __asm__("fnmatch");

/* The host's struct tm begins like ours. */
struct tm *host_gmtime_r(const time_t *, struct tm *) __asm__("gmtime_r");
struct tm *host_localtime_r(const time_t *, struct tm *) __asm__("localtime_r");
time_t host_mktime(struct tm *) __asm__("mktime");
ssize_t host_strfmon(char *, size_t, const char *, ...) __asm__("strfmon");
size_t host_strftime(char *, size_t, const char *, const struct tm *) __asm__(
    "strftime");
int host_setenv(const char *, const char *, int) __asm__("setenv");
void host_tzset(void) __asm__("tzset");

static unsigned seed = 3;

static unsigned
next(void)
{
	seed = seed * 1103515245 + 12345;
	return seed >> 8;
}

static int
compare_ints(const void *a, const void *b)
{
	int x = *(const int *)a;
	int y = *(const int *)b;

	return (x > y) - (x < y);
}

static void
test_sort(void)
{
	static int values[5000];
	bool sorted = true;
	int round;
	int i;
	int key = 77;

	for (round = 0; round < 12; round++) {
		int count = round < 6 ? round * 3 : 5000;

		for (i = 0; i < count; i++) {
			values[i] = (int)(next() % 1000);
			if (round == 7)
				values[i] = i;
			if (round == 8)
				values[i] = -i;
			if (round == 9)
				values[i] = 5;
			if (round == 10)
				values[i] = i % 2;
		}
		qsort(values, (size_t)count, sizeof(int), compare_ints);
		for (i = 1; i < count; i++)
			sorted &= values[i - 1] <= values[i];
	}
	ok(sorted, "qsort");
	for (i = 0; i < 100; i++)
		values[i] = i * 7;
	ok(bsearch(&key, values, 100, sizeof(int), compare_ints) == &values[11],
	    "bsearch finds");
	key = 78;
	ok(bsearch(&key, values, 100, sizeof(int), compare_ints) == NULL,
	    "bsearch misses");
}

static void
test_patterns(void)
{
	static const char *const patterns[] = {"*", "?", "a*b", "*.c", "[a-c]x",
	    "[!a-c]x", "a\\*b", "a/*", "*/b", "[[:digit:]]*", "[]x]", "[a",
	    "**a", "a?c*e", ".*", "[.]a", "", "a*b*c*d", "[a-", "\\", "*/.a"};
	static const char *const names[] = {"", "a", "b", "ab", "aXb", "x.c",
	    "bx", "dx", "a*b", "a/b", "a/.b", "1x", "]", "x", "[a", ".a",
	    "abcde", "aXbYcZd", "a/b/c", "\\", "b/.a"};
	static const int flags[] = {0, FNM_PATHNAME, FNM_PERIOD,
	    FNM_PATHNAME | FNM_PERIOD, FNM_NOESCAPE};
	/* The host's FNM_PATHNAME is 1, NOESCAPE 2, PERIOD 4, as ours. */
	bool right = true;
	size_t p, n, f;

	for (p = 0; p < sizeof(patterns) / sizeof(patterns[0]); p++)
		for (n = 0; n < sizeof(names) / sizeof(names[0]); n++)
			for (f = 0; f < 5; f++) {
				int mine =
				    fnmatch(patterns[p], names[n], flags[f]);
				int its = host_fnmatch(
				    patterns[p], names[n], flags[f]);

				if ((mine == 0) != (its == 0)) {
					printf("# %s %s %d: %d %d\n",
					    patterns[p], names[n], flags[f],
					    mine, its);
					right = false;
				}
			}
	ok(right, "fnmatch as on the host");
}

/* Long options behind operands, and those that are to stop them. */
static void
test_option_order(void)
{
	char *words[] = {(char *)"prog", (char *)"one", (char *)"-ab",
	    (char *)"two", (char *)"--name", (char *)"x", (char *)"--",
	    (char *)"-a", NULL};
	char *in_order[] = {(char *)"prog", (char *)"one", (char *)"-a", NULL};
	static const struct option table[] = {
	    {"name", required_argument, NULL, 'N'}, {NULL, 0, NULL, 0}};

	optind = 0;
	is_int(getopt_long(3, in_order, "+a", table, NULL), -1, "\"+\"");
	is_int(optind, 1, "stops at the first operand");
	optind = 0;
	is_int(getopt_long(3, in_order, "-a", table, NULL), 1, "\"-\"");
	is_str(optarg, "one", "gives the operand");
	is_int(getopt_long(3, in_order, "-a", table, NULL), 'a', "then more");
	is_int(getopt_long(3, in_order, "-a", table, NULL), -1, "to the end");
	optind = 0;
	is_int(getopt_long(8, words, "ab", table, NULL), 'a', "behind one");
	is_int(getopt_long(8, words, "ab", table, NULL), 'b', "in its group");
	is_int(getopt_long(8, words, "ab", table, NULL), 'N', "behind two");
	is_str(optarg, "x", "with its argument");
	is_int(getopt_long(8, words, "ab", table, NULL), -1, "up to --");
	is_int(optind, 5, "operands start there");
	ok(strcmp(words[5], "one") == 0 && strcmp(words[6], "two") == 0 &&
		strcmp(words[7], "-a") == 0,
	    "in their order");
}

static void
test_options(void)
{
	char *words[] = {(char *)"prog", (char *)"-ab", (char *)"-ovalue",
	    (char *)"-o", (char *)"next", (char *)"--", (char *)"-x", NULL};
	char *long_words[] = {(char *)"prog", (char *)"--all",
	    (char *)"--name=x", (char *)"--na", (char *)"y", (char *)"-v",
	    (char *)"rest", NULL};
	static const struct option table[] = {{"all", no_argument, NULL, 'A'},
	    {"name", required_argument, NULL, 'N'}, {NULL, 0, NULL, 0}};

	is_int(getopt(7, words, "abo:"), 'a', "grouped");
	is_int(getopt(7, words, "abo:"), 'b', "options");
	is_int(getopt(7, words, "abo:"), 'o', "joined argument");
	is_str(optarg, "value", "its value");
	is_int(getopt(7, words, "abo:"), 'o', "separate argument");
	is_str(optarg, "next", "its value");
	is_int(getopt(7, words, "abo:"), -1, "the end");
	is_int(optind, 6, "operands start there");
	optind = 0;
	opterr = 0;
	is_int(getopt(2, words, ":a"), 'a', "start again");
	is_int(getopt(2, words, ":a"), '?', "unknown");
	is_int(optopt, 'b', "which one");
	optind = 0;
	is_int(getopt_long(7, long_words, "v", table, NULL), 'A', "long");
	is_int(getopt_long(7, long_words, "v", table, NULL), 'N', "with =");
	is_str(optarg, "x", "its value");
	is_int(getopt_long(7, long_words, "v", table, NULL), 'N', "prefix");
	is_str(optarg, "y", "next word");
	is_int(getopt_long(7, long_words, "v", table, NULL), 'v', "short");
	is_int(getopt_long(7, long_words, "v", table, NULL), -1, "end");
}

static void
test_environment(void)
{
	static char own[] = "OWN=1";
	int i;

	is_int(setenv("ONE", "1", 1), 0, "setenv");
	is_str(getenv("ONE"), "1", "getenv");
	setenv("ONE", "2", 0);
	is_str(getenv("ONE"), "1", "not overwritten");
	for (i = 0; i < 50; i++) {
		char name[16];

		sprintf(name, "V%d", i);
		setenv(name, "x", 1);
		setenv("ONE", name, 1);
	}
	is_str(getenv("ONE"), "V49", "overwritten often");
	putenv(own);
	own[4] = '2';
	is_str(getenv("OWN"), "2", "putenv keeps the caller's string");
	unsetenv("ONE");
	ok(getenv("ONE") == NULL, "unsetenv");
	ok(setenv("A=B", "", 1) != 0 && errno == EINVAL, "a bad name");
	clearenv();
	free(environ);
}

static bool
same_date(const struct tm *a, const struct tm *b)
{
	return a->tm_sec == b->tm_sec && a->tm_min == b->tm_min &&
	       a->tm_hour == b->tm_hour && a->tm_mday == b->tm_mday &&
	       a->tm_mon == b->tm_mon && a->tm_year == b->tm_year &&
	       a->tm_wday == b->tm_wday && a->tm_yday == b->tm_yday;
}

static void
test_dates(void)
{
	static const char formats[] =
	    "%a %A %b %B %c %C %d %D %e %F %g %G %H %I %j %m %M %n %p %r %R "
	    "%S %t %T %u %U %V %w %W %x %X %y %Y %z %Z %%";
	bool dates = true;
	bool texts = true;
	bool back = true;
	int i;

	for (i = 0; i < 5000; i++) {
		time_t when = ((time_t)next() << 24 ^ next()) % 280000000000 -
			      30000000000;
		struct tm mine;
		struct tm its;
		char a[512];
		char b[512];

		gmtime_r(&when, &mine);
		host_gmtime_r(&when, &its);
		dates &= same_date(&mine, &its);
		strftime(a, sizeof(a), formats, &mine);
		its.__tm_zone = "UTC";
		host_strftime(b, sizeof(b), formats, &its);
		if (texts && strcmp(a, b) != 0) {
			printf("# %s\n# %s\n", a, b);
			texts = false;
		}
		back &= timegm(&mine) == when;
	}
	ok(dates, "gmtime as on the host");
	ok(texts, "strftime as on the host");
	ok(back, "timegm goes back");
}

static void
test_zones(void)
{
	static const char *const zones[] = {"CET-1CEST,M3.5.0,M10.5.0/3",
	    "EST5EDT,M3.2.0,M11.1.0", "<+0530>-5:30",
	    "AEST-10AEDT,M10.1.0,M4.1.0/3", "XST3XDT,J60/0,J300/0", "UTC0"};
	size_t z;
	int i;

	for (z = 0; z < sizeof(zones) / sizeof(zones[0]); z++) {
		bool right = true;

		setenv("TZ", zones[z], 1);
		host_setenv("TZ", zones[z], 1);
		host_tzset();
		for (i = 0; i < 2000; i++) {
			time_t when =
			    (time_t)(next() % 4000000) * 1000 + next() % 1000;
			struct tm mine;
			struct tm its;
			struct tm copy;

			localtime_r(&when, &mine);
			host_localtime_r(&when, &its);
			right &= same_date(&mine, &its) &&
				 mine.tm_isdst == its.tm_isdst;
			copy = mine;
			right &= mktime(&copy) == when;
		}
		ok(right, zones[z]);
	}
	unsetenv("TZ");
}

/* What strptime() makes of a text: "year-month-day weekday day-of-year". */
static void
check_date(const char *text, const char *format, const char *want)
{
	struct tm date = {0};
	const char *end = strptime(text, format, &date);
	char got[64] = "no";

	if (end != NULL && *end == '\0')
		snprintf(got, sizeof(got), "%d-%d-%d %d %d",
		    date.tm_year + 1900, date.tm_mon + 1, date.tm_mday,
		    date.tm_wday, date.tm_yday);
	is_str(got, want, format);
}

static void
test_derived_date(void)
{
	struct tm date = {0};

	check_date("19990502123412", "%Y%m%d%H%M%S", "1999-5-2 0 121");
	check_date("9/9/99", "%D", "1999-9-9 4 251");
	check_date("2001 20 Mon", "%Y %U %a", "2001-5-21 1 140");
	check_date("2001 EST 21 1", "%Y %Z %W %u", "2001-5-21 1 140");
	check_date("2012 00 Sun", "%Y %W %a", "2012-1-1 0 0");
	check_date("2024 366", "%Y %j", "2024-12-31 2 365");
	check_date("20 07", "%C %y", "2007-1-0 0 0");
	check_date("+12345-06-07", "%5Y-%m-%d", "12345-6-7 4 157");
	ok(strptime("+0530 -01:30", "%z", &date) != NULL &&
		date.tm_gmtoff == 19800 &&
		strptime("-01:30", "%z", &date) != NULL &&
		date.tm_gmtoff == -5400 && strptime("5", "%z", &date) == NULL,
	    "strptime: offsets");
	ok(strptime("86400", "%s", &date) != NULL && date.tm_year == 70 &&
		date.tm_yday <= 1,
	    "strptime: seconds");
	date = (struct tm){.tm_year = INT_MIN, .tm_mday = 1};
	ok(mktime(&date) != -1 && date.tm_year == INT_MIN,
	    "the first year of all");
}

static void
test_parse_date(void)
{
	struct tm date = {0};
	const char *end = strptime("2024-02-29 13:05:09 Thu February",
	    "%Y-%m-%d %H:%M:%S %a %B", &date);

	ok(end != NULL && *end == '\0', "strptime takes all");
	ok(date.tm_year == 124 && date.tm_mon == 1 && date.tm_mday == 29 &&
		date.tm_hour == 13 && date.tm_min == 5 && date.tm_sec == 9 &&
		date.tm_wday == 4,
	    "strptime's values");
	ok(strptime("25:00", "%H:%M", &date) == NULL, "strptime refuses");
}

static void
test_multibyte(void)
{
	static const char *const bad[] = {"\x80", "\xc0\x80", "\xe0\x80\x80",
	    "\xed\xa0\x80", "\xf4\x90\x80\x80", "\xff", "\xe2\x28\xa1"};
	mbstate_t state = {0};
	wchar_t wide[16];
	char text[16];
	size_t i;
	bool refused = true;

	ok(setlocale(LC_ALL, "C.UTF-8") != NULL, "setlocale");
	is_int(mbstowcs(wide, "a\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80", 16), 4,
	    "mbstowcs");
	ok(wide[1] == 0xe9 && wide[2] == 0x20ac && wide[3] == 0x1f600,
	    "its characters");
	is_int(wcstombs(text, wide, 16), 10, "wcstombs");
	is_str(text, "a\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80", "back again");
	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		refused &= mbstowcs(wide, bad[i], 16) == (size_t)-1;
	ok(refused, "what is not UTF-8");
	refused = true;
	for (i = 2; i < 5; i++)
		refused &= mbrlen(bad[i], 2, &state) == (size_t)-1;
	ok(refused, "that is seen at once");
	snprintf(text, sizeof(text), "%.5ls|", L"a\x20ac\x20ac");
	is_str(text, "a\xe2\x82\xac|", "no character is cut");
	setlocale(LC_ALL, "C");
	is_int(mbstowcs(wide, "\xc3\xa9", 16), 2, "the C locale has bytes");
	is_int(wcstombs(text, wide, 16), 2, "which come back");
	is_str(text, "\xc3\xa9", "as they were");
	ok(btowc(0xff) != WEOF && wctob(btowc(0xff)) == 0xff &&
		wcrtomb(text, 0xe9, NULL) == (size_t)-1,
	    "and nothing else");
}

static void
test_paths(void)
{
	char a[] = "/usr/lib/";
	char b[] = "/usr/lib/";
	char c[] = "file";
	char d[] = "//";

	is_str(basename(a), "lib", "basename");
	is_str(dirname(b), "/usr", "dirname");
	is_str(dirname(c), ".", "dirname of a name");
	is_str(basename(d), "/", "basename of the root");
}

static int walked;
static int last_key;
static bool in_order = true;
static int deepest;

static void
visit(const void *node, VISIT order, int depth)
{
	int key = **(const int *const *)node;

	if (depth > deepest)
		deepest = depth;
	if (order != postorder && order != leaf)
		return;
	in_order &= walked == 0 || key > last_key;
	last_key = key;
	walked++;
}

static void
ignore_key(void *key)
{
	(void)key;
}

static void
test_tree(void)
{
	static int keys[4000];
	void *root = NULL;
	bool right = true;
	int absent = -1;
	int i;

	for (i = 0; i < 4000; i++) {
		keys[i] = i;
		right &= **(int **)tsearch(&keys[i], &root, compare_ints) == i;
	}
	for (i = 0; i < 4000; i += 2)
		right &= tdelete(&keys[i], &root, compare_ints) != NULL;
	for (i = 0; i < 4000; i++)
		right &= (tfind(&keys[i], &root, compare_ints) != NULL) ==
			 (i % 2 == 1);
	right &= tdelete(&absent, &root, compare_ints) == NULL;
	twalk(root, visit);
	ok(right, "tsearch, tfind, tdelete");
	ok(walked == 2000 && in_order, "twalk in order");
	ok(deepest < 16, "the tree stays flat: 2000 keys, 1.44 log2");
	tdestroy(root, ignore_key);
}

static void
test_hash(void)
{
	static char names[500][8];
	bool right = true;
	ENTRY entry = {NULL, NULL};
	int i;

	ok(hcreate(10) != 0 && hcreate(10) == 0, "one table");
	for (i = 0; i < 500; i++) {
		sprintf(names[i], "k%d", i);
		entry.key = names[i];
		entry.data = names[i];
		right &= hsearch(entry, ENTER) != NULL;
	}
	for (i = 0; i < 500; i++) {
		entry.key = names[i];
		right &= hsearch(entry, FIND)->data == names[i];
	}
	entry.key = (char *)"none";
	ok(right && hsearch(entry, FIND) == NULL, "hsearch");
	hdestroy();
}

double host_frexp(double, int *) __asm__("frexp");

static void
test_numbers(void)
{
	static const double values[] = {0, -0.0, 1, -3.75, 1e300, 5e-324,
	    123456.789, 0.1, -1e-310, 4503599627370497.5};
	bool right = true;
	size_t i;
	int k;

	for (i = 0; i < sizeof(values) / sizeof(values[0]); i++) {
		int mine;
		int its;
		double part;
		double fraction = modf(values[i], &part);

		right &=
		    frexp(values[i], &mine) == host_frexp(values[i], &its) &&
		    mine == its;
		right &=
		    part + fraction == values[i] &&
		    part == (double)(long double)__builtin_trunc(values[i]);
		for (k = -2200; k < 2200; k += 37)
			right &= ldexp(values[i], k) ==
				 __builtin_scalbn(values[i], k);
	}
	ok(right, "frexp, modf, ldexp");
	ok(iswalpha(0xe9) && !iswalpha(0x20ac) && iswprint(0x20ac) &&
		!iswprint(0x85) && towupper(0xe9) == 0xc9 &&
		towlower(0x416) == 0x436 && wcwidth(0x4e2d) == 2 &&
		wcwidth(0x301) == 0 && iswctype('7', wctype("digit")),
	    "wide classes");
	ok(wcstol(L" -0x1fz", NULL, 0) == -31 && wcstod(L"1.5e3", NULL) == 1500,
	    "numbers from wide strings");
}

static void
test_money(void)
{
	static const char *const formats[] = {"%n", "%i", "%#5n", "%=*#5n",
	    "%=0#5n", "%^#5n", "%+#5n", "%!#5n", "%-14#5n|", "%14#5n|", "%.0n",
	    "%.3n", "%#5.0n", "[%(n] %%", "%10n|%-10i|"};
	static const double values[] = {
	    0, 1, -1, 123.456, -123.456, 99999.995, 1234567.891, -0.001};
	char ours[128];
	char hosts[128];
	bool same = true;

	for (size_t i = 0; i < sizeof(formats) / sizeof(*formats); i++)
		for (size_t k = 0; k < sizeof(values) / sizeof(*values); k++) {
			double v = values[k];
			ssize_t length =
			    strfmon(ours, sizeof(ours), formats[i], v, v);

			if (length == host_strfmon(hosts, sizeof(hosts),
					  formats[i], v, v) &&
			    strcmp(ours, hosts) == 0)
				continue;
			printf("# %s of %f: '%s', the host's '%s'\n",
			    formats[i], v, ours, hosts);
			same = false;
		}
	ok(same, "strfmon");
	/* As in POSIX's example, which the host does not follow. */
	strfmon(ours, sizeof(ours), "[%(#5n] [%(#5n]", 123.45, -123.45);
	is_str(ours, "[   123.45 ] [(  123.45)]", "equally long");
	is_int(strfmon(ours, 4, "%n", 1.0), -1, "no room");
	is_int(errno, E2BIG, "E2BIG");
	is_int(strfmon(ours, 5, "%n", 1.0), 4, "just room");
	is_int(strfmon(ours, sizeof(ours), "%z", 1.0), -1, "no such format");
	is_int(errno, EINVAL, "EINVAL");
}

/* What fmtmsg() writes to standard error. */
static const char *
message(const char *verbosity, const char *label, int severity,
    const char *text, const char *action)
{
	static char shown[256];
	int saved = dup(STDERR_FILENO);
	int ends[2];
	ssize_t got;

	fflush(stderr);
	setenv("MSGVERB", verbosity, 1);
	if (pipe(ends) != 0)
		return "no pipe";
	dup2(ends[1], STDERR_FILENO);
	fmtmsg(MM_PRINT, label, severity, text, action, "X:1");
	dup2(saved, STDERR_FILENO);
	close(saved);
	close(ends[1]);
	got = read(ends[0], shown, sizeof(shown) - 1);
	close(ends[0]);
	shown[got > 0 ? got : 0] = '\0';
	return shown;
}

static void
test_message(void)
{
	is_str(message("", "X:cat", MM_ERROR, "bad", "be good"),
	    "X:cat: ERROR: bad\nTO FIX: be good  X:1\n", "fmtmsg");
	is_str(message("severity:text", "X:cat", MM_HALT, "bad", "be good"),
	    "HALT: bad\n", "what MSGVERB says");
	is_str(message("nonsense", "X:cat", MM_NULLSEV, "bad", MM_NULLACT),
	    "X:cat: bad\nX:1\n", "all, if it is wrong; no severity");
}

int
main(void)
{
	test_sort();
	test_patterns();
	test_options();
	test_option_order();
	test_environment();
	test_dates();
	test_zones();
	test_parse_date();
	test_derived_date();
	test_multibyte();
	test_paths();
	test_tree();
	test_hash();
	test_numbers();
	test_money();
	test_message();
	return test_done();
}
