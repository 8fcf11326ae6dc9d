/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Message catalogues, made by gencat: catopen() by path, by NLSPATH and by the
 * language, catgets(), catclose().
 */
#include <errno.h>
#include <libtest/test.h>
#include <locale.h>
#include <nl_types.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define HERE "/tmp/catalogue_test"

static const char *
text(nl_catd catalogue, int set, int number)
{
	return catgets(catalogue, set, number, "none");
}

static bool
is(nl_catd catalogue, int set, int number, const char *wanted)
{
	return strcmp(text(catalogue, set, number), wanted) == 0;
}

static void
test_texts(void)
{
	nl_catd catalogue = catopen(HERE "/one.cat", 0);

	ok(catalogue != (nl_catd)-1, "by its path");
	ok(is(catalogue, NL_SETD, 1, "first"), "a text");
	ok(is(catalogue, NL_SETD, 300, "later"), "another");
	ok(is(catalogue, 7, 1, "of seven"), "of another set");
	errno = 0;
	ok(is(catalogue, 7, 2, "none") && errno == ENOMSG, "one that is not");
	ok(is(catalogue, 8, 1, "none") && is(catalogue, -1, -1, "none"),
	    "in a set that is not");
	is_int(catclose(catalogue), 0, "closed");
}

static bool
opens(const char *path, const char *language, int flags)
{
	nl_catd catalogue;
	bool good;

	(void)setenv("NLSPATH", path, 1);
	(void)setenv("LANG", language, 1);
	catalogue = catopen("one", flags);
	if (catalogue == (nl_catd)-1)
		return false;
	good = is(catalogue, NL_SETD, 1, "first");
	return catclose(catalogue) == 0 && good;
}

static void
test_path(void)
{
	ok(opens(HERE "/%N.cat", "", 0), "by its name");
	ok(opens("/nowhere/%N:" HERE "/%N.%%:" HERE "/%N.cat", "", 0),
	    "in the third place");
	ok(opens(HERE "/%L/%N", "de_CH.UTF-8", 0), "by the language");
	ok(opens(HERE "/%l_%t.%c/%N", "de_CH.UTF-8", 0), "by its parts");
	ok(!opens(HERE "/%L/%N", "de", 0), "of another there is none");
	ok(opens(HERE "/%L/%N", "x", NL_CAT_LOCALE), "by the locale's");
	is_int(chdir(HERE "/de_CH.UTF-8"), 0, "in its directory");
	ok(opens(":/nowhere", "", 0), "an empty place is the name");
	(void)chdir("/");
}

static void
test_errors(void)
{
	(void)system("echo x >" HERE "/bad; head -c 40 " HERE "/one.cat >" HERE
		     "/short; : >" HERE "/empty");
	ok(catopen(HERE "/bad", 0) == (nl_catd)-1 && errno == ENOENT,
	    "not a catalogue");
	ok(catopen(HERE "/short", 0) == (nl_catd)-1, "the half of one");
	ok(catopen(HERE "/empty", 0) == (nl_catd)-1, "nothing");
	ok(catopen(HERE, 0) == (nl_catd)-1, "a directory");
	ok(system(
	       "! echo '32768 x' | gencat " HERE "/one.cat 2>/dev/null && "
	       "! echo '$set 256' | gencat " HERE "/one.cat 2>/dev/null") == 0,
	    "beyond the limits");
	test_texts();
	errno = 0;
	ok(is((nl_catd)-1, 1, 1, "none") && errno == EBADF, "not open");
	errno = 0;
	ok(catclose((nl_catd)-1) == -1 && errno == EBADF, "nor closed");
}

int
main(void)
{
	(void)setlocale(LC_ALL, "C");
	(void)system("rm -rf " HERE);
	(void)mkdir(HERE, 0700);
	(void)mkdir(HERE "/de_CH.UTF-8", 0700);
	is_int(system("printf '1 first\\n300 later\\n$set 7\\n1 of seven\\n' | "
		      "gencat " HERE "/one.cat"),
	    0, "gencat makes one");
	is_int(
	    system("cp " HERE "/one.cat " HERE "/de_CH.UTF-8/one; mkdir " HERE
		   "/C; cp " HERE "/one.cat " HERE "/C/one"),
	    0, "and there it is again");
	test_texts();
	test_path();
	test_errors();
	(void)system("rm -rf " HERE);
	return test_done();
}
