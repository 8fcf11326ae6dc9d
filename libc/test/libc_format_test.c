/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Formatted output and input and the number parsers, against the host: the same
 * format and value must give the same text, the same text the same bits.
 */
#include <errno.h>
#include <float.h>
#include <libtest/test.h>
#include <limits.h>
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int host_snprintf(char *, size_t, const char *, ...) __asm__("snprintf");
int host_sscanf(const char *, const char *, ...) __asm__("sscanf");
double host_strtod(const char *, char **) __asm__("strtod");
float host_strtof(const char *, char **) __asm__("strtof");
long double host_strtold(const char *, char **) __asm__("strtold");
long host_strtol(const char *, char **, int) __asm__("strtol");
unsigned long host_strtoul(const char *, char **, int) __asm__("strtoul");

static uint64_t seed = 88172645463325252UL;

static uint64_t
next(void)
{
	seed ^= seed << 13;
	seed ^= seed >> 7;
	seed ^= seed << 17;
	return seed;
}

static char ours[8192];
static char theirs[8192];

/* Both must write the same and return the same. */
#define SAME(format, ...)                                               \
	same_text(snprintf(ours, sizeof(ours), format, __VA_ARGS__),    \
	    host_snprintf(theirs, sizeof(theirs), format, __VA_ARGS__), \
	    format)

static bool
same_text(int our_count, int their_count, const char *format)
{
	if (our_count == their_count && strcmp(ours, theirs) == 0)
		return true;
	printf("# \"%s\": \"%s\" (%d), host \"%s\" (%d)\n", format, ours,
	    our_count, theirs, their_count);
	return false;
}

#pragma GCC diagnostic ignored "-Wformat-nonliteral"
#pragma GCC diagnostic ignored "-Wformat"
#pragma GCC diagnostic ignored "-Wformat-overflow"

static void
test_integers(void)
{
	static const char *const flags[] = {
	    "", "-", "+", " ", "#", "0", "-#", "+0", " 0", "#0", "-+#0 "};
	static const char *const sizes[] = {
	    "", "1", "12", ".0", ".5", "12.3", "8.8"};
	static const char conversions[] = "dioxXu";
	static const long values[] = {0, 1, -1, 7, 8, 255, -128, 65535, INT_MAX,
	    INT_MIN, LONG_MAX, LONG_MIN, 1234567890123};
	static const char *const lengths[] = {"hh", "h", "", "l", "j", "z"};
	bool right = true;
	size_t f, s, c, v, l;

	for (f = 0; f < 11; f++)
		for (s = 0; s < 7; s++)
			for (c = 0; conversions[c] != '\0'; c++)
				for (l = 0; l < 6; l++)
					for (v = 0; v < 13; v++) {
						char format[32];

						sprintf(format, "<%%%s%s%s%c>",
						    flags[f], sizes[s],
						    lengths[l], conversions[c]);
						right &=
						    SAME(format, values[v]);
					}
	ok(right, "integer conversions");
}

/*
 * Subnormal numbers in hexadecimal are left out: C lets the first digit be
 * what it wants, and here it is 1.
 */
static bool
same_double(double value)
{
	static const char *const formats[] = {"%f", "%e", "%g", "%a", "%.0f",
	    "%.0e", "%.0g", "%.0a", "%.17g", "%.20e", "%.3f", "%#g", "%#.0f",
	    "%#.0e", "%+.1f", "% 30.10g", "%-30.3e|", "%030.2f", "%.1a",
	    "%.20a", "%#a", "%G", "%E", "%A", "%F", "%.40f", "%.100g", "%#.5g",
	    "%25.13A"};
	bool right = true;
	size_t i;

	for (i = 0; i < sizeof(formats) / sizeof(formats[0]); i++)
		if (__builtin_fabs(value) >= DBL_MIN || value == 0 ||
		    strpbrk(formats[i], "aA") == NULL)
			right &= SAME(formats[i], value);
	return right;
}

static double
random_double(void)
{
	uint64_t bits = next();
	double value;

	memcpy(&value, &bits, sizeof(value));
	return value;
}

static void
test_doubles(void)
{
	static const double values[] = {0.0, -0.0, 1.0, -1.0, 0.5, 1.5, 2.5,
	    0.1, 0.25, 9.5, 99.5, 9999995, 1e5, 1e6, 1e-4, 1e-5, 123456789,
	    1e15, 1e16, 1e22, 1e23, 1e300, DBL_MAX, DBL_MIN, 5e-324, 0.3,
	    2.0 / 3, 1e100, 0x1.fffffffffffffp0, 0x1.8p1, 0x1.88p2, 0x1.78p2,
	    100, 1000000, 0.0001, 0.00001, 123456.5};
	bool right = true;
	int i;

	for (i = 0; i < (int)(sizeof(values) / sizeof(values[0])); i++)
		right &= same_double(values[i]);
	right &= same_double(INFINITY) && same_double(-INFINITY);
	ok(right, "doubles of note");
	right = true;
	for (i = 0; i < 2000; i++) {
		double value = random_double();

		if (!isnan(value))
			right &= same_double(value);
		right &= same_double((double)(int64_t)next() / 1000);
	}
	ok(right, "random doubles");
	snprintf(ours, sizeof(ours), "%#g %a", 999999.5, 5e-324);
	is_str(ours, "1.00000e+06 0x1p-1074", "where the host differs");
	ok(SAME("%.1100f", 5e-324) && SAME("%.3000e", DBL_MAX),
	    "more digits than there are");
}

static void
test_long_doubles(void)
{
	static const char *const formats[] = {
	    "%Lf", "%Le", "%Lg", "%.30Lg", "%.0Lf", "%.25Le", "%#.3Lg"};
	bool right = true;
	int i;
	size_t f;

	for (i = 0; i < 300; i++) {
		long double value = (long double)(int64_t)next();

		value *= (long double)random_double();
		if (isnan(value))
			continue;
		for (f = 0; f < sizeof(formats) / sizeof(formats[0]); f++)
			right &= SAME(formats[f], value);
	}
	for (f = 0; f < sizeof(formats) / sizeof(formats[0]); f++)
		right &=
		    SAME(formats[f], LDBL_MAX) && SAME(formats[f], LDBL_MIN);
	ok(right, "long doubles");
}

static void
test_others(void)
{
	int count = 0;

	ok(SAME("%s|%10s|%-10s|%.2s|%c|%5c|%-5c|%%", "ab", "cd", "ef", "ghij",
	       'k', 'l', 'm'),
	    "strings and characters");
	ok(SAME("%2$s %1$d %2$.3s %3$*1$d", 7, "numbered", 5),
	    "numbered arguments");
	ok(SAME("%*d|%-*d|%.*f|%*d", 8, 1, 8, 2, 3, 1.23456, -6, 9),
	    "widths from arguments");
	ok(SAME("%p", (void *)0x1234abcd), "pointers");
	snprintf(ours, sizeof(ours), "abc%n", &count);
	is_int(count, 3, "%n");
	is_int(snprintf(ours, 5, "0123456789"), 10, "the full length");
	is_str(ours, "0123", "what fits");
	is_int(snprintf(NULL, 0, "%d", 12345), 5, "no space at all");
	ok(snprintf(ours, sizeof(ours), "%2147483648d", 1) < 0,
	    "too wide is an error");
}

static bool
same_parse(const char *text)
{
	char *our_end;
	char *their_end;
	double a = strtod(text, &our_end);
	double b = host_strtod(text, &their_end);
	float c = strtof(text, NULL);
	float d = host_strtof(text, NULL);
	long double e = strtold(text, NULL);
	long double g = host_strtold(text, NULL);

	if (our_end == their_end && memcmp(&a, &b, sizeof(a)) == 0 &&
	    memcmp(&c, &d, sizeof(c)) == 0 && memcmp(&e, &g, 10) == 0)
		return true;
	printf("# \"%.60s\": %a %a, %ld %ld, %a %a, %La %La\n", text, a, b,
	    our_end - text, their_end - text, (double)c, (double)d, e, g);
	return false;
}

static void
test_strtod(void)
{
	static const char *const texts[] = {"0", "-0", "1", "+1.5", ".5", "5.",
	    ".", "e5", "1e", "1e+", "1e5", "1e-5x", " \t12", "0x", "0x1",
	    "0x1p", "0x1p4", "0x.8p1", "0x1.fffffffffffff8p0",
	    "0x1.fffffffffffff7p0", "0x1p-1074", "0x1p-1075", "0x1.8p-1075",
	    "1e308", "1.8e308", "1e-320", "4.9e-324", "2.4e-324", "2.5e-324",
	    "1e400", "-1e400", "1e-400", "1e99999999", "1e-99999999", "inf",
	    "-INF", "infinity", "infinit", "in", "2.2250738585072011e-308",
	    "2.2250738585072014e-308", "179769313486231580793e289", "0.1",
	    "0.30000000000000004", "9007199254740993",
	    "9007199254740992.9999999999999999999",
	    "9007199254740993.00000000000000000000000000001", "1..2", "--1",
	    "0x.p1", "00012", "000.000e1", "123456789012345678901234567890",
	    "0.000000000000000000000000000000000000000012345678901234567890",
	    "8.5e-46", "7.006492321624085e-46", "3.4028236e38", "3.5e38",
	    "1e4932", "1.2e4932", "1e-4950", "3.6e-4951", ""};
	bool right = true;
	size_t i;

	for (i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		right &= same_parse(texts[i]);
	ok(right, "numbers of note");
	right = true;
	for (i = 0; i < 3000; i++) {
		char text[1200];

		host_snprintf(text, sizeof(text), "%.*e", (int)(next() % 40),
		    random_double());
		if (strchr(text, 'n') == NULL)
			right &= same_parse(text);
		host_snprintf(text, sizeof(text), "%lu.%lue%d", next(), next(),
		    (int)(next() % 700) - 350);
		right &= same_parse(text);
	}
	ok(right, "random numbers");
	errno = 0;
	strtod("1e999", NULL);
	is_int(errno, ERANGE, "overflow sets errno");
	ok(isnan(strtod("nan(123)", NULL)), "nan");
}

/* Exactly half way between two doubles, and a little more, far out. */
static void
test_ties(void)
{
	char text[1200];
	bool right = true;
	int i;

	for (i = 0; i < 200; i++) {
		uint64_t bits = next() & 0x000fffffffffffffUL;
		double value;
		size_t length;

		/* A subnormal and the half of the lowest bit more. */
		memcpy(&value, &bits, sizeof(value));
		host_snprintf(text, sizeof(text), "%.1080f", value);
		length = strlen(text);
		right &= same_parse(text);
		text[length - 1] = '1';
		right &= same_parse(text);
		host_snprintf(text, sizeof(text), "%.1080Lf",
		    (long double)value + 0x1p-1075L);
		right &= same_parse(text);
		strcat(text, "000000000000000000000001");
		right &= same_parse(text);
	}
	ok(right, "ties to even");
}

static void
test_strtol(void)
{
	static const char *const texts[] = {"0", "12", "-12", "+7", " 5",
	    "0x1f", "0x", "0xg", "017", "08", "z", "-", "+", "",
	    "9223372036854775807", "9223372036854775808",
	    "-9223372036854775808", "-9223372036854775809",
	    "18446744073709551615", "18446744073709551616", "-1", "12abc", "zz",
	    "0b1"};
	static const int bases[] = {0, 2, 8, 10, 16, 36};
	bool right = true;
	size_t i, b;

	for (i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		for (b = 0; b < 6; b++) {
			char *end[4];
			int error[2];
			long x, y;
			unsigned long u, v;

			errno = 0;
			x = strtol(texts[i], &end[0], bases[b]);
			error[0] = errno;
			errno = 0;
			y = host_strtol(texts[i], &end[1], bases[b]);
			error[1] = errno;
			u = strtoul(texts[i], &end[2], bases[b]);
			v = host_strtoul(texts[i], &end[3], bases[b]);
			if (x != y || u != v || end[0] != end[1] ||
			    end[2] != end[3] || error[0] != error[1]) {
				printf(
				    "# \"%s\" base %d\n", texts[i], bases[b]);
				right = false;
			}
		}
	}
	ok(right, "strtol, strtoul");
}

static void
test_scanf(void)
{
	int a = 0, b = 0, n = 0;
	unsigned x = 0;
	long l = 0;
	double d = 0;
	char s[32] = "", t[32] = "", c = 0;
	char *m = NULL;

	is_int(sscanf("12 -7 0x1f", "%d%d%x", &a, &b, &x), 3, "integers");
	ok(a == 12 && b == -7 && x == 31, "their values");
	is_int(sscanf("1.5e2rest", "%lf%s", &d, s), 2, "a double");
	ok(d == 150 && strcmp(s, "rest") == 0, "and what follows");
	is_int(sscanf("abc:123", "%[a-c]:%ld%n", s, &l, &n), 2, "a set");
	ok(strcmp(s, "abc") == 0 && l == 123 && n == 7, "and a count");
	is_int(sscanf("12345", "%2d%3s", &a, s), 2, "widths");
	ok(a == 12 && strcmp(s, "345") == 0, "what they cut");
	is_int(sscanf("x y", "%c%*c%s", &c, t), 2, "a character, suppressed");
	ok(c == 'x' && strcmp(t, "y") == 0, "what remains");
	is_int(sscanf("", "%d", &a), EOF, "end of input");
	is_int(sscanf("q", "%d", &a), 0, "no match");
	is_int(sscanf("5 q", "%d %d", &a, &b), 1, "half a match");
	is_int(sscanf("50%", "%d%%", &a), 1, "a percent sign");
	is_int(sscanf("one two", "%ms", &m), 1, "allocated");
	is_str(m, "one", "allocated text");
	free(m);
	is_int(sscanf("7 8", "%2$d %1$d", &a, &b), 2, "numbered");
	ok(a == 8 && b == 7, "in the other order");
	is_int(sscanf("a]b", "%[]a]%s", s, t), 2, "a bracket in a set");
	is_int(sscanf("1e", "%lf", &d), host_sscanf("1 ", "%lf", &d),
	    "a number cut short");
}

int
main(void)
{
	test_integers();
	test_doubles();
	test_long_doubles();
	test_others();
	test_strtod();
	test_ties();
	test_strtol();
	test_scanf();
	return test_done();
}
