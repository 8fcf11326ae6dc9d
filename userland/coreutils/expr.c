/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * usage: expr EXPRESSION
 * help: calculate and compare
 *
 * One function for each level of precedence, from `|` down to a word or a
 * parenthesis. A value is a text; where a number is asked for it has to be one.
 */
#include <regex.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "lib/util.h"

UTILITY("expr EXPRESSION", "calculate and compare");

#define LEVELS     6
#define DEPTH_MOST 200

static char **word; /* the next; NULL at the end */
static int depth;

static const char *const operators[LEVELS][7] = {
    {"|"},
    {"&"},
    {"=", "!=", "<", "<=", ">", ">="},
    {"+", "-"},
    {"*", "/", "%"},
    {":"},
};

static _Noreturn void
bad(const char *reason)
{
	warn_text("%s", reason);
	exit(2);
}

static bool
is_integer(const char *text, long long *value)
{
	if (text[0] == '-' && text[1] == '-')
		return false;
	return number_parse(text, INT64_MIN, INT64_MAX, value);
}

static bool
is_false(const char *text)
{
	long long value;

	return *text == '\0' || (is_integer(text, &value) && value == 0);
}

static char *
from_number(long long value)
{
	char text[32];

	snprintf(text, sizeof(text), "%lld", value);
	return xstrdup(text);
}

static char *
calculate(const char *left, char op, const char *right)
{
	long long a;
	long long b;
	long long result = 0;
	bool over = false;

	if (!is_integer(left, &a) || !is_integer(right, &b))
		bad("not a number");
	switch (op) {
	case '+':
		over = __builtin_add_overflow(a, b, &result);
		break;
	case '-':
		over = __builtin_sub_overflow(a, b, &result);
		break;
	case '*':
		over = __builtin_mul_overflow(a, b, &result);
		break;
	default:
		if (b == 0)
			bad("division by zero");
		if (b == -1)
			over = op == '/' &&
			       __builtin_sub_overflow(0LL, a, &result);
		else
			result = op == '/' ? a / b : a % b;
		break;
	}
	if (over)
		bad("the number is too big");
	return from_number(result);
}

static char *
compare(const char *left, const char *op, const char *right)
{
	bool equal = op[1] == '=';
	long long a;
	long long b;
	int order;

	if (is_integer(left, &a) && is_integer(right, &b))
		order = a < b ? -1 : a > b;
	else
		order = strcoll(left, right);
	switch (op[0]) {
	case '=':
		return from_number(order == 0);
	case '!':
		return from_number(order != 0);
	case '<':
		return from_number(order < 0 || (equal && order == 0));
	default:
		return from_number(order > 0 || (equal && order == 0));
	}
}

/* What the pattern's first group matched, or how long its match is. */
static char *
match(const char *text, const char *pattern)
{
	regmatch_t at[2];
	regex_t compiled;
	bool group;
	bool found;

	if (regcomp(&compiled, pattern, 0) != 0)
		bad("the pattern is not a regular expression");
	group = compiled.re_nsub > 0;
	found = regexec(&compiled, text, 2, at, 0) == 0 && at[0].rm_so == 0;
	regfree(&compiled);
	if (!group)
		return from_number(found ? at[0].rm_eo : 0);
	if (!found || at[1].rm_so < 0)
		return xstrdup("");
	return strndup(text + at[1].rm_so, (size_t)(at[1].rm_eo - at[1].rm_so));
}

static char *expression(int level);

static char *
primary(void)
{
	char *value;

	if (*word == NULL)
		bad("an operand is missing");
	if (strcmp(*word, "(") != 0)
		return xstrdup(*word++);
	word++;
	if (++depth > DEPTH_MOST)
		bad("too many parentheses");
	value = expression(0);
	depth--;
	if (*word == NULL || strcmp(*word, ")") != 0)
		bad("a parenthesis is missing");
	word++;
	return value;
}

static char *
apply(int level, const char *left, const char *op, const char *right)
{
	switch (level) {
	case 0:
		if (!is_false(left))
			return xstrdup(left);
		return xstrdup(is_false(right) ? "0" : right);
	case 1:
		return xstrdup(is_false(left) || is_false(right) ? "0" : left);
	case 2:
		return compare(left, op, right);
	case 5:
		return match(left, right);
	default:
		return calculate(left, *op, right);
	}
}

/* The operator of the level that comes next, or NULL. */
static const char *
next_operator(int level)
{
	const char *const *p;

	if (*word == NULL)
		return NULL;
	for (p = operators[level]; *p != NULL; p++)
		if (strcmp(*word, *p) == 0)
			return *p;
	return NULL;
}

static char *
expression(int level)
{
	const char *op;
	char *left;

	if (level == LEVELS)
		return primary();
	left = expression(level + 1);
	while ((op = next_operator(level)) != NULL) {
		char *right;
		char *value;

		word++;
		right = expression(level + 1);
		value = apply(level, left, op, right);
		free(left);
		free(right);
		left = value;
	}
	return left;
}

int
main(int argc, char **argv)
{
	char *value;
	int status;

	util_init(argc, argv);
	word = argv + 1;
	if (argc > 1 && strcmp(argv[1], "--") == 0)
		word++;
	if (*word == NULL)
		util_usage_exit();
	value = expression(0);
	if (*word != NULL)
		bad("an operator is missing");
	puts(value);
	status = is_false(value);
	free(value);
	return util_exit(status);
}
