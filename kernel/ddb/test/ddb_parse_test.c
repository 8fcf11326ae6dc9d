/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The debugger's lines: words, numbers, formats, names cut short, scripts.
 */
#include <ddb/ddb.h>
#include <libtest/test.h>

static struct ddb_args args;
static char line[DDB_LINE];

static void
split(const char *text)
{
	snprintf(line, sizeof(line), "%s", text);
	ddb_split(line, &args);
}

static void
test_words(void)
{
	split("");
	is_int(args.count, 0, "an empty line has no words");
	split("   ");
	is_int(args.count, 0, "nor have blanks");
	split("  show   task msh ");
	is_int(args.count, 3, "words");
	is_str(args.word[0], "show", "the first");
	is_str(args.word[2], "msh", "the last");
	ok(args.format == NULL, "no format");
	split("x/4xg c0de");
	is_str(args.word[0], "x", "a format is cut off");
	is_str(args.format, "4xg", "and kept");
	split("1 2 3 4 5 6 7 8 9 10");
	is_int(args.count, DDB_WORDS, "no more words than there is room for");
	is_str(args.word[DDB_WORDS - 1], "8", "the last of them is whole");
}

static void
test_numbers(void)
{
	uint64_t n = 7;

	ok(ddb_number("ffffffff80001000", 16, &n), "an address");
	ok(n == 0xffffffff80001000, "its value");
	ok(ddb_number("0x10", 16, &n) && n == 16, "with 0x");
	ok(ddb_number("10", 10, &n) && n == 10, "decimal");
	ok(!ddb_number("0x10", 10, &n), "decimal has no 0x");
	ok(!ddb_number("", 16, &n), "nothing is no number");
	ok(!ddb_number("0x", 16, &n), "nor is 0x");
	ok(!ddb_number("12g", 16, &n), "a digit that is none");
	ok(!ddb_number("1a", 10, &n), "a digit of another base");
	ok(!ddb_number("10000000000000000", 16, &n), "too large");
	ok(ddb_number("18446744073709551615", 10, &n) && n == UINT64_MAX,
	    "the largest");
	ok(!ddb_number("18446744073709551616", 10, &n), "one more");
	ok(n == UINT64_MAX, "a failure changes nothing");
}

static void
test_formats(void)
{
	struct ddb_format f;

	ok(ddb_parse_format(NULL, &f), "none");
	ok(f.count == 4 && f.letter == 'x' && f.size == 8, "means 4xg");
	ok(ddb_parse_format("10dw", &f), "10dw");
	ok(f.count == 10 && f.letter == 'd' && f.size == 4, "its parts");
	ok(ddb_parse_format("c", &f) && f.size == 1, "characters are bytes");
	ok(ddb_parse_format("h", &f) && f.letter == 'x' && f.size == 2,
	    "a size alone");
	ok(!ddb_parse_format("4q", &f), "a letter that is none");
	ok(ddb_parse_format("", &f) && f.count == 4, "an empty one");
}

static void
test_match(void)
{
	split("show task msh");
	is_int(ddb_match("show task", &args), 2, "a name of two words");
	is_int(ddb_match("show tasks", &args), 2, "cut short");
	is_int(ddb_match("show thread", &args), 0, "another second word");
	is_int(ddb_match("show", &args), 1, "a name of one word");
	split("s");
	is_int(ddb_match("show task", &args), 0, "a word is missing");
	split("tracer");
	is_int(ddb_match("trace", &args), 0, "longer is not the same");
}

static void
test_script(void)
{
	const char *script = " ps ;; x/4xg 10;";
	char small[4];

	ok(ddb_script_next(&script, line, sizeof(line)), "a first command");
	is_str(line, "ps ", "is it");
	ok(ddb_script_next(&script, line, sizeof(line)), "a second");
	is_str(line, "x/4xg 10", "is it");
	ok(!ddb_script_next(&script, line, sizeof(line)), "no third");
	script = "longer";
	ok(ddb_script_next(&script, small, sizeof(small)), "one too long");
	is_str(small, "lon", "is cut");
}

int
main(void)
{
	test_words();
	test_numbers();
	test_formats();
	test_match();
	test_script();
	return test_done();
}
