/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Patterns, arithmetic, and the parser through its printer. The shell is an
 * interactive one here, so that its errors come back; then a run of damaged
 * scripts through the parser, which must only ever say no.
 */
#include <stdlib.h>
#include <unistd.h>

#include "libtest/test.h"
#include "msh.h"

#undef main

static jmp_buf top;

/* What `text` parses to, in one line; "error" when it does not. */
static const char *
parsed(const char *text)
{
	struct strbuf sb;
	struct node *node;

	strbuf_init(&sb, sh.tmp);
	if (setjmp(top) != 0) {
		input_unwind(NULL);
		return "error";
	}
	input_push_string(text, 1, true);
	while (parse_next(&node)) {
		if (node == NULL)
			continue;
		if (sb.length > 0)
			strbuf_string(&sb, " / ");
		ast_print(node, &sb);
	}
	input_pop();
	return strbuf_text(&sb);
}

static void
test_parser(void)
{
	static const struct {
		const char *text;
		const char *tree;
	} cases[] = {
	    {"", ""},
	    {"a b;c&&d||e", "a b; c && d || e"},
	    {"a|b|c&d", "a | b | c & d"},
	    {"! a | b", "! a | b"},
	    {"a\nb", "a / b"},
	    {"x=1 y= a>f 2>&1 <<-E\n\tbody\nE\n", "x=1 y= a >f 2>&1 <<..."},
	    {"if a;then b;elif c;then d;else e;fi>f",
		"if a; then b; else if c; then d; else e; fi; fi >f"},
	    {"while a\ndo b\ndone", "while a; do b; done"},
	    {"until a;do b&done", "until a; do b & done"},
	    {"for i in 1 \"2 3\"\ndo a;done", "for i in 1 '2 3'; do a; done"},
	    {"for i\ndo a;done", "for i; do a; done"},
	    {"case x in a|b)c;;(d)esac", "case x in (a|b) c;; (d) ;; esac"},
	    {"f(){ a;}", "f() { a; }"},
	    {"(a;b)|{ c;}", "(a; b) | { c; }"},
	    {"echo $(a|b) `c` $((1+x)) ${x:-y} ${#z} ${p##*/}",
		"echo $(a | b) $(c) $((1+x)) ${x:-y} ${#z} ${p##*/}"},
	    {"echo \"a$b\"'c'\\d", "echo 'a'\"${b}\"'cd'"},
	    {"a # comment", "a"},
	    {"a\\\nb", "ab"},
	    {"if", "error"},
	    {"a)", "error"},
	    {"(a", "error"},
	    {"a |", "error"},
	    {"a &&", "error"},
	    {"'a", "error"},
	    {"\"a", "error"},
	    {"`a", "error"},
	    {"$(a", "error"},
	    {"${a", "error"},
	    {"${a!}", "error"},
	    {"for 1 in a; do b; done", "error"},
	    {"case x in a b) c;; esac", "error"},
	    {"if a; then fi", "error"},
	    {"{ }", "error"},
	    {"f() a", "error"},
	    {"a < ", "error"},
	    {";", "error"},
	    {"a;;b", "error"},
	};
	size_t i;

	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		is_str(parsed(cases[i].text), cases[i].tree, cases[i].tree);
}

static void
test_patterns(void)
{
	static const struct {
		const char *pattern;
		const char *text;
		bool match;
	} cases[] = {
	    {"", "", true},
	    {"", "a", false},
	    {"a", "a", true},
	    {"*", "", true},
	    {"*", "anything", true},
	    {"a*c", "abbc", true},
	    {"a*c", "abbd", false},
	    {"*a*b*", "xxaxxbxx", true},
	    {"?", "", false},
	    {"??", "ab", true},
	    {"[abc]", "b", true},
	    {"[!abc]", "b", false},
	    {"[^abc]", "d", true},
	    {"[a-c]x", "bx", true},
	    {"[]a]", "]", true},
	    {"[!]a]", "b", true},
	    {"[a-]", "-", true},
	    {"[[:digit:]]", "5", true},
	    {"[[:digit:][:alpha:]_]", "_", true},
	    {"[[:nosuch:]]", "x", false},
	    {"[a", "[a", true},
	    {"\\*", "*", true},
	    {"\\*", "a", false},
	    {"[\\]]", "]", true},
	    {"a\\", "a\\", true},
	    {"*a*a*a*a*a*a*a*a*b", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", false},
	};
	size_t i;

	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		ok(pattern_match(cases[i].pattern, cases[i].text) ==
			cases[i].match,
		    cases[i].pattern);
	ok(!pattern_has_magic("a\\*b"), "a quoted star is not magic");
	ok(pattern_has_magic("a[b]"), "a bracket pair is");
}

/* The value, or -12345 for an error. */
static intmax_t
value_of(const char *text)
{
	if (setjmp(top) != 0)
		return -12345;
	return arith_eval(text);
}

static void
test_arithmetic(void)
{
	static const struct {
		const char *text;
		long long value;
	} cases[] = {
	    {"", 0},
	    {" 1 + 2 * 3 ", 7},
	    {"(1+2)*3", 9},
	    {"2-3-4", -5},
	    {"1<<2+1", 8},
	    {"7&3|8^1", 11},
	    {"1?2:0?3:4", 2},
	    {"0x10+010+10", 34},
	    {"!0+~0", 0},
	    {"a=3,4", -12345},
	    {"a=b=5", 5},
	    {"a+b", 10},
	    {"a++ + ++a", 12},
	    {"a-=2", 5},
	    {"0&&(c=1)", 0},
	    {"c", 0},
	    {"0&&1/0", 0},
	    {"1/0", -12345},
	    {"1+", -12345},
	    {"(1", -12345},
	    {"1=2", -12345},
	    {"1 2", -12345},
	    {"08", -12345},
	    {"$", -12345},
	    {"9223372036854775807+1", -9223372036854775807LL - 1},
	    {"(-9223372036854775807-1)/-1", -9223372036854775807LL - 1},
	    {"1<<64", 1},
	    {"loop", -12345},
	};
	char deep[1001];
	size_t i;

	var_set("loop", "loop", 0);
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		is_int(value_of(cases[i].text), cases[i].value, cases[i].text);
	memset(deep, '(', 1000);
	deep[1000] = '\0';
	is_int(value_of(deep), -12345, "nesting is bounded");
	memset(deep, '-', 1000);
	is_int(value_of(deep), -12345, "so are signs");
}

/* Damage a script in a few places, then parse it: no crash, no hang. */
static void
test_damaged(void)
{
	static const char good[] =
	    "if a $(b `c`) ; then d \"$e ${f:-\"g ${h#*i}\"}\" <<X\nj $((k))\n"
	    "X\nfi | while l & do m 2>&1 >n ; done ; case o in (p|q) r ;; "
	    "esac ; s() { t ; } ; for u in 'v' \\w ; do x && y || ! z ; done\n";
	static const char splinters[] = "\"'`$(){}<>&|;\n\\#! ax=${((``))";
	unsigned int seed = 1;
	int errors = 0;
	int round;

	for (round = 0; round < 20000; round++) {
		struct arena_mark mark = arena_mark(sh.tmp);
		char text[sizeof(good)];
		int hits;

		memcpy(text, good, sizeof(good));
		for (hits = 0; hits < 1 + round % 6; hits++) {
			seed = seed * 1103515245 + 12345;
			text[(seed >> 8) % (sizeof(good) - 1)] =
			    splinters[(seed >> 20) % (sizeof(splinters) - 1)];
		}
		errors += strcmp(parsed(text), "error") == 0;
		arena_rewind(sh.tmp, mark);
	}
	ok(errors > 10000 && errors < 20000, "some damage is seen, some not");
}

int
main(void)
{
	char deep[20001];

	if (freopen("/dev/null", "w", stderr) == NULL)
		return 2;
	sh.tmp = arena_new();
	sh.name = "test";
	sh.interactive = true;
	sh.top = &top;
	test_parser();
	test_patterns();
	test_arithmetic();
	memset(deep, '(', sizeof(deep) - 1);
	deep[sizeof(deep) - 1] = '\0';
	is_str(parsed(deep), "error", "subshells nested too deep");
	test_damaged();
	arena_release(sh.tmp);
	return test_done();
}
