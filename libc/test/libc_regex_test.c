/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Regular expressions: a table of what POSIX says, leftmost and longest, then
 * random expressions against the host's.
 */
#include <libtest/test.h>
#include <regex.h>
#include <string.h>

/* The host's, with offsets of int. */
struct host_match {
	int so;
	int eo;
};

int host_regcomp(void *, const char *, int) __asm__("regcomp");
int host_regexec(const void *, const char *, size_t, struct host_match *,
    int) __asm__("regexec");
void host_regfree(void *) __asm__("regfree");

struct row {
	const char *pattern;
	const char *text;
	const char *result; /* "so-eo so-eo...", "no", or "E" and the code */
	int flags;
};

#define B 0
#define E REG_EXTENDED

static const struct row rows[] = {
    {"abc", "xabcx", "1-4", E},
    {"a*", "baa", "0-0", E},
    {"a|ab", "xabc", "1-3", E},
    {"(a|ab)(c|bcd)(d*)", "abcd", "0-4 0-2 2-3 3-4", E},
    {"(a*)(ab)*(b*)", "abb", "0-3 0-1 -- 1-3", E},
    {"(a|ab|c|bcd)*(d*)", "abcd", "0-4 1-4 4-4", E},
    {" *(.*)", "  ab", "0-4 2-4", E},
    {"x+(x*)(y?)", "xxxy", "0-4 3-3 3-4", E},
    {"([a-z]*) *= *(.*)", "a = b", "0-5 0-1 4-5", E},
    {"^\\(A\\)[ ]*\\(.*\\)", "A 1", "0-3 0-1 2-3", B},
    {"\\(a\\)\\1 *\\(.*\\)", "aa b", "0-4 0-1 3-4", B},
    {"x(a?)*y", "xaay", "0-4 2-3", E},
    {"((a)|b)*", "ab", "0-2 1-2 --", E},
    {"(a*)*", "b", "0-0 0-0", E},
    {"^ab$", "ab", "0-2", E},
    {"^ab$", "xab", "no", E},
    {"a{2,3}", "aaaa", "0-3", E},
    {"a{2}", "aaaa", "0-2", E},
    {"(ab){2,}", "ababab", "0-6 4-6", E},
    {"[[:digit:]]+", "ab123", "2-5", E},
    {"[^a-c]", "abcd", "3-4", E},
    {"[]a]+", "x]a", "1-3", E},
    {"[a-]+", "x-a", "1-3", E},
    {"[[.-.]x]+", "a-x", "1-3", E},
    {"a.c", "a\nc", "0-3", E},
    {"a.c", "a\nc", "no", E | REG_NEWLINE},
    {"^b$", "a\nb\nc", "2-3", E | REG_NEWLINE},
    {"AbC", "xaBc", "1-4", E | REG_ICASE},
    {"[A-C]+", "xabc", "1-4", E | REG_ICASE},
    {"\\(a*\\)b\\1", "aabaa", "0-5 0-2", B},
    {"\\(a*\\)b\\1", "aaba", "1-4 1-2", B},
    {"\\(.\\)\\1", "abccd", "2-4 2-3", B},
    {"*a", "x*a", "1-3", B},
    {"\\(*a\\)", "*a", "0-2 0-2", B},
    {"^*a", "*a", "0-2", B},
    {"a\\{2,3\\}", "caaaa", "1-4", B},
    {"a+b", "a+b", "0-3", B},
    {"a\\|b", "xb", "1-2", B},
    {"a$b", "a$b", "0-3", B},
    {"a^b", "a^b", "0-3", B},
    {"(a", "(a", "0-2", B},
    {"\\<foo\\>", "a foo b", "2-5", B},
    {"\\<foo\\>", "afoo b", "no", B},
    {"\\w+", "  ab_1 ", "2-6", E},
    {"(a", "", "E8", E},
    {"a)", "xa)", "1-3", E},
    {"(a))", "a)", "0-2 0-1", E},
    {"[a", "", "E7", E},
    {"[b-a]", "", "E11", E},
    {"[[:nope:]]", "", "E4", E},
    {"a{1", "", "E9", E},
    {"a{2,1}", "", "E10", E},
    {"a{256}", "", "E10", E},
    {"*a", "", "E13", E},
    {"a|*b", "", "E13", E},
    {"a\\", "", "E5", E},
    {"^^b", "^bc", "0-2", B},
    {"\\(^^a\\)", "^a", "0-2 0-2", B},
    {"^*^", "*^", "0-2", B},
    {"(a*)b\\1", "aabaa", "0-5 0-2", E},
    {"^(.)(.).?\\2\\1$", "abcba", "0-5 0-1 1-2", E},
    {"(a)\\2", "", "E6", E},
    {"\\(a\\)\\2", "", "E6", B},
    {"\\(a", "", "E8", B},
};

static void
write_result(char *to, size_t size, const regex_t *regex, const regmatch_t *m)
{
	*to = '\0';
	for (size_t i = 0; i <= regex->re_nsub; i++) {
		size_t used = strlen(to);
		const char *space = i > 0 ? " " : "";

		if (m[i].rm_so < 0)
			snprintf(to + used, size - used, "%s--", space);
		else
			snprintf(to + used, size - used, "%s%d-%d", space,
			    (int)m[i].rm_so, (int)m[i].rm_eo);
	}
}

static void
check(const struct row *row)
{
	char result[256] = "no";
	regmatch_t matches[10];
	regex_t regex;
	int error = regcomp(&regex, row->pattern, row->flags);

	if (error != 0) {
		snprintf(result, sizeof(result), "E%d", error);
	} else {
		error = regexec(&regex, row->text, 10, matches, 0);
		if (error == 0)
			write_result(result, sizeof(result), &regex, matches);
		regfree(&regex);
	}
	is_str(result, row->result, row->pattern);
}

static void
test_more(void)
{
	regmatch_t match = {2, 5};
	char text[64];
	regex_t regex;
	char big[4096];

	regcomp(&regex, "^a", REG_EXTENDED);
	is_int(regexec(&regex, "a", 0, NULL, REG_NOTBOL), REG_NOMATCH,
	    "REG_NOTBOL");
	is_int(regexec(&regex, "a", 0, NULL, 0), 0, "without offsets");
	regfree(&regex);
	regcomp(&regex, "b+", REG_EXTENDED);
	is_int(regexec(&regex, "bbabbbb", 1, &match, REG_STARTEND), 0,
	    "a part of the text");
	is_int(match.rm_so, 3, "from its start");
	is_int(match.rm_eo, 5, "to its end");
	regfree(&regex);
	is_int((int)regerror(REG_EPAREN, NULL, text, sizeof(text)), 17,
	    "a text for an error");
	memset(big, 'a', sizeof(big) - 1);
	big[sizeof(big) - 1] = '\0';
	regcomp(&regex, "(a*)*b", REG_EXTENDED);
	is_int(regexec(&regex, big, 0, NULL, 0), REG_NOMATCH,
	    "no explosion of time");
	regfree(&regex);
}

static bool
host_regex(const char *pattern, const char *text, struct host_match *match)
{
	long regex[32];
	bool found;

	if (host_regcomp(regex, pattern, 1) != 0)
		return false;
	found = host_regexec(regex, text, 1, match, 0) == 0;
	host_regfree(regex);
	return found;
}

static unsigned seed = 1;

static unsigned
pick(unsigned count)
{
	seed = seed * 1103515245 + 12345;
	return (seed >> 16) % count;
}

static void
make_pattern(char *to)
{
	static const char *const parts[] = {"a", "b", "c", ".", "[ab]", "[^a]",
	    "a*", "b+", "c?", "(a)", "(a|b)", "(ab|a)", "(b|bc)", "a{1,2}",
	    "(a|b)*", "|", "x"};
	unsigned count = 1 + pick(5);

	*to = '\0';
	while (count-- > 0)
		strcat(to, parts[pick(sizeof(parts) / sizeof(parts[0]))]);
}

/* Where a match is, whatever its groups. */
static void
test_random(void)
{
	char pattern[128];
	char text[16];
	int wrong = 0;

	for (int i = 0; i < 20000; i++) {
		regmatch_t match = {-1, -1};
		regex_t regex;
		struct host_match host = {-1, -1};
		bool found;
		unsigned size = pick(10);

		make_pattern(pattern);
		for (unsigned k = 0; k < size; k++)
			text[k] = (char)('a' + pick(3));
		text[size] = '\0';
		if (regcomp(&regex, pattern, REG_EXTENDED) != 0)
			continue;
		found = regexec(&regex, text, 1, &match, 0) == 0;
		regfree(&regex);
		if (host_regex(pattern, text, &host) != found ||
		    (found &&
			(host.so != match.rm_so || host.eo != match.rm_eo))) {
			if (wrong++ < 5)
				printf("# /%s/ in %s: %ld-%ld, host %d-%d\n",
				    pattern, text, (long)match.rm_so,
				    (long)match.rm_eo, host.so, host.eo);
		}
	}
	is_int(wrong, 0, "20000 random expressions as on the host");
}

int
main(void)
{
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		check(&rows[i]);
	test_more();
	test_random();
	return test_done();
}
