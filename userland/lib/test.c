/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * test: up to four arguments are taken by their number, as POSIX says, so
 * that any string may be an operand; more are a grammar of ! -a -o ( ).
 */
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "commands.h"
#include "util.h"

struct expression {
	char **arg;
	int left; /* arguments not used yet */
	const char *error;
	const char *where;
};

static bool parse_or(struct expression *e);

static bool
fail(struct expression *e, const char *what, const char *where)
{
	if (e->error == NULL) {
		e->error = what;
		e->where = where;
	}
	return false;
}

static bool
test_mode(char op, const char *path)
{
	struct stat st;

	if (op == 'L' || op == 'h')
		return lstat(path, &st) == 0 && S_ISLNK(st.st_mode);
	if (stat(path, &st) != 0)
		return false;
	switch (op) {
	case 'b':
		return S_ISBLK(st.st_mode);
	case 'c':
		return S_ISCHR(st.st_mode);
	case 'd':
		return S_ISDIR(st.st_mode);
	case 'f':
		return S_ISREG(st.st_mode);
	case 'p':
		return S_ISFIFO(st.st_mode);
	case 'S':
		return S_ISSOCK(st.st_mode);
	case 'g':
		return (st.st_mode & S_ISGID) != 0;
	case 'u':
		return (st.st_mode & S_ISUID) != 0;
	case 'k':
		return (st.st_mode & S_ISVTX) != 0;
	case 'O':
		return st.st_uid == geteuid();
	case 'G':
		return st.st_gid == getegid();
	case 's':
		return st.st_size > 0;
	default:
		return true;
	}
}

static bool
is_unary(const char *op)
{
	return op[0] == '-' && op[1] != '\0' && op[2] == '\0' &&
	       strchr("bcdefghkLnOGprSstuwxz", op[1]) != NULL;
}

static bool
test_unary(struct expression *e, char op, const char *text)
{
	long long fd;

	switch (op) {
	case 'n':
		return *text != '\0';
	case 'z':
		return *text == '\0';
	case 'r':
		return access(text, R_OK) == 0;
	case 'w':
		return access(text, W_OK) == 0;
	case 'x':
		return access(text, X_OK) == 0;
	case 't':
		if (!number_parse(text, 0, INT_MAX, &fd))
			return fail(e, "not a number", text);
		return isatty((int)fd) != 0;
	default:
		return test_mode(op, text);
	}
}

static long long
integer(struct expression *e, const char *text)
{
	char *end;
	long long value;

	errno = 0;
	value = strtoll(text, &end, 10);
	while (end != text && (*end == ' ' || *end == '\t' || *end == '\n'))
		end++;
	if (end == text || *end != '\0' || errno != 0)
		fail(e, "not a number", text);
	return value;
}

/* -1, 0 or 1: which file was modified later; a missing one is oldest. */
static int
compare_times(const char *left, const char *right)
{
	struct stat a;
	struct stat b;
	bool has_a = stat(left, &a) == 0;
	bool has_b = stat(right, &b) == 0;

	if (!has_a || !has_b)
		return has_a - has_b;
	if (a.st_mtim.tv_sec != b.st_mtim.tv_sec)
		return a.st_mtim.tv_sec < b.st_mtim.tv_sec ? -1 : 1;
	return (a.st_mtim.tv_nsec > b.st_mtim.tv_nsec) -
	       (a.st_mtim.tv_nsec < b.st_mtim.tv_nsec);
}

static bool
same_file(const char *left, const char *right)
{
	struct stat a;
	struct stat b;

	return stat(left, &a) == 0 && stat(right, &b) == 0 &&
	       a.st_dev == b.st_dev && a.st_ino == b.st_ino;
}

enum binary {
	TEST_NONE,
	TEST_EQUAL,
	TEST_DIFFER,
	TEST_BEFORE,
	TEST_AFTER,
	TEST_EQ,
	TEST_NE,
	TEST_GT,
	TEST_GE,
	TEST_LT,
	TEST_LE,
	TEST_NEWER,
	TEST_OLDER,
	TEST_SAME,
};

static enum binary
binary_operator(const char *text)
{
	static const char *const names[] = {
	    [TEST_EQUAL] = "=",
	    [TEST_DIFFER] = "!=",
	    [TEST_BEFORE] = "<",
	    [TEST_AFTER] = ">",
	    [TEST_EQ] = "-eq",
	    [TEST_NE] = "-ne",
	    [TEST_GT] = "-gt",
	    [TEST_GE] = "-ge",
	    [TEST_LT] = "-lt",
	    [TEST_LE] = "-le",
	    [TEST_NEWER] = "-nt",
	    [TEST_OLDER] = "-ot",
	    [TEST_SAME] = "-ef",
	};
	size_t i;

	for (i = TEST_EQUAL; i < sizeof(names) / sizeof(names[0]); i++)
		if (strcmp(names[i], text) == 0)
			return (enum binary)i;
	return TEST_NONE;
}

static bool
test_numbers(
    struct expression *e, enum binary op, const char *left, const char *right)
{
	long long a = integer(e, left);
	long long b = integer(e, right);

	switch ((int)op) {
	case TEST_EQ:
		return a == b;
	case TEST_NE:
		return a != b;
	case TEST_GT:
		return a > b;
	case TEST_GE:
		return a >= b;
	case TEST_LT:
		return a < b;
	default:
		return a <= b;
	}
}

static bool
test_binary(
    struct expression *e, enum binary op, const char *left, const char *right)
{
	switch ((int)op) {
	case TEST_EQUAL:
		return strcmp(left, right) == 0;
	case TEST_DIFFER:
		return strcmp(left, right) != 0;
	case TEST_BEFORE:
		return strcmp(left, right) < 0;
	case TEST_AFTER:
		return strcmp(left, right) > 0;
	case TEST_NEWER:
		return compare_times(left, right) > 0;
	case TEST_OLDER:
		return compare_times(left, right) < 0;
	case TEST_SAME:
		return same_file(left, right);
	default:
		return test_numbers(e, op, left, right);
	}
}

/* The next argument is this word; it is used up. */
static bool
accept(struct expression *e, const char *word)
{
	if (e->left == 0 || strcmp(e->arg[0], word) != 0)
		return false;
	e->arg++;
	e->left--;
	return true;
}

static void
use(struct expression *e, int count)
{
	e->arg += count;
	e->left -= count;
}

static bool
parse_primary(struct expression *e)
{
	char **arg = e->arg;

	if (e->left >= 3 && binary_operator(arg[1]) != TEST_NONE) {
		use(e, 3);
		return test_binary(e, binary_operator(arg[1]), arg[0], arg[2]);
	}
	if (accept(e, "!"))
		return !parse_primary(e);
	if (accept(e, "(")) {
		bool value = parse_or(e);

		if (!accept(e, ")"))
			return fail(e, "missing )", "(");
		return value;
	}
	if (e->left >= 2 && is_unary(arg[0])) {
		use(e, 2);
		return test_unary(e, arg[0][1], arg[1]);
	}
	if (e->left == 0)
		return fail(e, "argument expected", "test");
	use(e, 1);
	return *arg[0] != '\0';
}

static bool
parse_and(struct expression *e)
{
	bool value = parse_primary(e);

	while (accept(e, "-a"))
		value = parse_primary(e) && value;
	return value;
}

static bool
parse_or(struct expression *e)
{
	bool value = parse_and(e);

	while (accept(e, "-o"))
		value = parse_and(e) || value;
	return value;
}

/* One to three arguments, by their number. */
static bool
test_few(struct expression *e, char **arg, int count)
{
	enum binary op;

	switch (count) {
	case 0:
		return false;
	case 1:
		return *arg[0] != '\0';
	case 2:
		if (strcmp(arg[0], "!") == 0)
			return !test_few(e, arg + 1, 1);
		if (is_unary(arg[0]))
			return test_unary(e, arg[0][1], arg[1]);
		return fail(e, "unknown operator", arg[0]);
	default:
		op = binary_operator(arg[1]);
		if (op != TEST_NONE)
			return test_binary(e, op, arg[0], arg[2]);
		if (strcmp(arg[1], "-a") == 0)
			return *arg[0] != '\0' && *arg[2] != '\0';
		if (strcmp(arg[1], "-o") == 0)
			return *arg[0] != '\0' || *arg[2] != '\0';
		if (strcmp(arg[0], "!") == 0)
			return !test_few(e, arg + 1, 2);
		if (strcmp(arg[0], "(") == 0 && strcmp(arg[2], ")") == 0)
			return test_few(e, arg + 1, 1);
		return fail(e, "unknown operator", arg[1]);
	}
}

static bool
test_all(struct expression *e)
{
	bool value;

	if (e->left <= 3)
		return test_few(e, e->arg, e->left);
	if (e->left == 4 && strcmp(e->arg[0], "!") == 0)
		return !test_few(e, e->arg + 1, 3);
	if (e->left == 4 && strcmp(e->arg[0], "(") == 0 &&
	    strcmp(e->arg[3], ")") == 0)
		return test_few(e, e->arg + 1, 2);
	value = parse_or(e);
	if (e->left > 0)
		fail(e, "unexpected argument", e->arg[0]);
	return value;
}

int
test_command(int argc, char **argv)
{
	struct expression e = {.arg = argv + 1, .left = argc - 1};
	bool value;

	if (strcmp(path_base(argv[0]), "[") == 0) {
		if (argc < 2 || strcmp(argv[argc - 1], "]") != 0) {
			fprintf(stderr, "[: missing ]\n");
			return 2;
		}
		e.left--;
	}
	value = test_all(&e);
	if (e.error != NULL) {
		fprintf(stderr, "%s: %s: %s\n", argv[0], e.where, e.error);
		return 2;
	}
	return value ? 0 : 1;
}
