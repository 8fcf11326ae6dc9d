/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * usage: find [PATH...] [EXPRESSION]
 * help: walk directories: -name -type -size -newer -print -exec ! -o ( )
 */
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "lib/pattern.h"
#include "lib/tree.h"
#include "lib/util.h"

UTILITY("find [PATH...] [EXPRESSION]",
    "walk directories: -name -type -size -newer -print -exec ! -o ( )");

enum kind {
	KIND_AND,
	KIND_OR,
	KIND_NOT,
	KIND_NAME,
	KIND_PATH,
	KIND_TYPE,
	KIND_SIZE,
	KIND_NEWER,
	KIND_EMPTY,
	KIND_TRUE,
	KIND_PRUNE,
	KIND_PRINT,
	KIND_PRINT0,
	KIND_EXEC,
};

struct term {
	enum kind kind;
	struct term *left;
	struct term *right;
	const char *text;
	char **command; /* EXEC, up to its NULL */
	long long number;
	char sign; /* SIZE: '+', '-' or '=' */
	bool bytes;
	struct timespec time;
};

static char **arg; /* the next of the expression */
static bool has_action;
static bool pruned;
static int max_depth = INT_MAX;
static struct term *expression;

static struct term *parse_or(void);

static struct term *
term_new(enum kind kind)
{
	struct term *term = xmalloc(sizeof(*term));

	*term = (struct term){.kind = kind};
	return term;
}

static char *
operand(const char *name)
{
	if (*arg == NULL)
		die("%s: operand missing", name);
	return *arg++;
}

static struct term *
parse_size(void)
{
	struct term *term = term_new(KIND_SIZE);
	char *text = operand("-size");
	size_t length;

	term->sign = *text == '+' || *text == '-' ? *text++ : '=';
	length = strlen(text);
	if (length > 0 && text[length - 1] == 'c') {
		term->bytes = true;
		text[length - 1] = '\0';
	}
	term->number = number_arg(text, 0, LLONG_MAX);
	return term;
}

static struct term *
parse_newer(void)
{
	struct term *term = term_new(KIND_NEWER);
	const char *path = operand("-newer");
	struct stat st;

	if (stat(path, &st) != 0)
		die_errno(path);
	term->time = st.st_mtim;
	return term;
}

static struct term *
parse_exec(void)
{
	struct term *term = term_new(KIND_EXEC);

	term->command = arg;
	while (*arg != NULL && strcmp(*arg, ";") != 0)
		arg++;
	if (*arg == NULL || arg == term->command)
		die("-exec: missing command or ;");
	*arg++ = NULL;
	has_action = true;
	return term;
}

static struct term *
parse_simple(const char *name)
{
	static const struct {
		const char *name;
		enum kind kind;
		bool takes_text;
		bool action;
	} table[] = {
	    {"-name", KIND_NAME, true, false},
	    {"-path", KIND_PATH, true, false},
	    {"-type", KIND_TYPE, true, false},
	    {"-empty", KIND_EMPTY, false, false},
	    {"-true", KIND_TRUE, false, false},
	    {"-prune", KIND_PRUNE, false, false},
	    {"-print", KIND_PRINT, false, true},
	    {"-print0", KIND_PRINT0, false, true},
	};
	struct term *term;
	size_t i;

	for (i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		if (strcmp(name, table[i].name) != 0)
			continue;
		term = term_new(table[i].kind);
		if (table[i].takes_text)
			term->text = operand(name);
		has_action |= table[i].action;
		return term;
	}
	die("%s: unknown expression", name);
}

static struct term *
parse_primary(void)
{
	const char *name = *arg;
	struct term *term;

	if (name == NULL)
		die("expression missing");
	arg++;
	if (strcmp(name, "!") == 0) {
		term = term_new(KIND_NOT);
		term->left = parse_primary();
		return term;
	}
	if (strcmp(name, "(") == 0) {
		term = parse_or();
		if (*arg == NULL || strcmp(*arg, ")") != 0)
			die("missing )");
		arg++;
		return term;
	}
	if (strcmp(name, "-size") == 0)
		return parse_size();
	if (strcmp(name, "-newer") == 0)
		return parse_newer();
	if (strcmp(name, "-exec") == 0)
		return parse_exec();
	if (strcmp(name, "-maxdepth") == 0) {
		max_depth = (int)number_arg(operand(name), 0, INT_MAX);
		return term_new(KIND_TRUE);
	}
	return parse_simple(name);
}

static struct term *
pair(enum kind kind, struct term *left, struct term *right)
{
	struct term *term = term_new(kind);

	term->left = left;
	term->right = right;
	return term;
}

static struct term *
parse_and(void)
{
	struct term *term = parse_primary();

	while (
	    *arg != NULL && strcmp(*arg, "-o") != 0 && strcmp(*arg, ")") != 0) {
		if (strcmp(*arg, "-a") == 0)
			arg++;
		term = pair(KIND_AND, term, parse_primary());
	}
	return term;
}

static struct term *
parse_or(void)
{
	struct term *term = parse_and();

	while (*arg != NULL && strcmp(*arg, "-o") == 0) {
		arg++;
		term = pair(KIND_OR, term, parse_and());
	}
	return term;
}

static bool
test_type(const struct stat *st, char type)
{
	switch (type) {
	case 'f':
		return S_ISREG(st->st_mode);
	case 'd':
		return S_ISDIR(st->st_mode);
	case 'l':
		return S_ISLNK(st->st_mode);
	case 'c':
		return S_ISCHR(st->st_mode);
	case 'b':
		return S_ISBLK(st->st_mode);
	case 'p':
		return S_ISFIFO(st->st_mode);
	case 's':
		return S_ISSOCK(st->st_mode);
	default:
		return false;
	}
}

static bool
test_size(const struct term *term, const struct stat *st)
{
	long long size = st->st_size;

	if (!term->bytes)
		size = (size + 511) / 512;
	if (term->sign == '+')
		return size > term->number;
	if (term->sign == '-')
		return size < term->number;
	return size == term->number;
}

static bool
test_empty(const char *path, const struct stat *st)
{
	char **names;
	bool empty;

	if (!S_ISDIR(st->st_mode))
		return S_ISREG(st->st_mode) && st->st_size == 0;
	names = tree_names(path);
	if (names == NULL)
		return false;
	empty = *names == NULL;
	tree_free(names);
	return empty;
}

/* `word` with each {} replaced by `path`. */
static char *
with_path(const char *word, const char *path)
{
	char *result = xstrdup("");
	size_t length = 0;

	while (*word != '\0') {
		bool here = word[0] == '{' && word[1] == '}';
		size_t size = here ? strlen(path) : 1;

		result = xrealloc(result, length + size + 1);
		memcpy(result + length, here ? path : word, size);
		length += size;
		result[length] = '\0';
		word += here ? 2 : 1;
	}
	return result;
}

static bool
run(char **command, const char *path)
{
	size_t count = 0;
	char **argv;
	int status = 1;
	pid_t pid;
	size_t i;

	while (command[count] != NULL)
		count++;
	argv = xmalloc((count + 1) * sizeof(*argv));
	for (i = 0; i < count; i++)
		argv[i] = with_path(command[i], path);
	argv[count] = NULL;
	fflush(stdout);
	pid = fork();
	if (pid < 0)
		die_errno("fork");
	if (pid == 0) {
		execvp(argv[0], argv);
		warn_errno(argv[0]);
		_exit(127);
	}
	while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
		continue;
	for (i = 0; i < count; i++)
		free(argv[i]);
	free(argv);
	return status == 0;
}

static bool
is_newer(const struct timespec *a, const struct timespec *b)
{
	if (a->tv_sec != b->tv_sec)
		return a->tv_sec > b->tv_sec;
	return a->tv_nsec > b->tv_nsec;
}

static bool
name_matches(const char *pattern, const char *path)
{
	const char *base = path_base(path);
	size_t length = strcspn(base, "/");
	char *name = xmalloc(length + 2);
	bool matched;

	if (length == 0)
		length = 1;
	memcpy(name, base, length);
	name[length] = '\0';
	matched = pattern_match(pattern, name);
	free(name);
	return matched;
}

static bool
evaluate(const struct term *term, const char *path, const struct stat *st)
{
	switch (term->kind) {
	case KIND_AND:
		return evaluate(term->left, path, st) &&
		       evaluate(term->right, path, st);
	case KIND_OR:
		return evaluate(term->left, path, st) ||
		       evaluate(term->right, path, st);
	case KIND_NOT:
		return !evaluate(term->left, path, st);
	case KIND_NAME:
		return name_matches(term->text, path);
	case KIND_PATH:
		return pattern_match(term->text, path);
	case KIND_TYPE:
		return test_type(st, *term->text);
	case KIND_SIZE:
		return test_size(term, st);
	case KIND_NEWER:
		return is_newer(&st->st_mtim, &term->time);
	case KIND_EMPTY:
		return test_empty(path, st);
	case KIND_PRUNE:
		pruned = true;
		return true;
	case KIND_PRINT:
		puts(path);
		return true;
	case KIND_PRINT0:
		fwrite(path, 1, strlen(path) + 1, stdout);
		return true;
	case KIND_EXEC:
		return run(term->command, path);
	case KIND_TRUE:
	default:
		return true;
	}
}

static void
walk(const char *path, int depth)
{
	struct stat st;
	char **names;
	char **name;

	if (lstat(path, &st) != 0) {
		warn_errno(path);
		return;
	}
	pruned = false;
	evaluate(expression, path, &st);
	if (!S_ISDIR(st.st_mode) || pruned || depth >= max_depth)
		return;
	names = tree_names(path);
	if (names == NULL) {
		warn_errno(path);
		return;
	}
	for (name = names; *name != NULL; name++) {
		char *inner = xpath(path, *name);

		walk(inner, depth + 1);
		free(inner);
	}
	tree_free(names);
}

int
main(int argc, char **argv)
{
	static char here[] = ".";
	int paths = 1;
	int i;

	util_init(argc, argv);
	while (paths < argc && argv[paths][0] != '-' &&
	       strcmp(argv[paths], "!") != 0 && strcmp(argv[paths], "(") != 0)
		paths++;
	arg = argv + paths;
	expression = *arg != NULL ? parse_or() : term_new(KIND_TRUE);
	if (*arg != NULL)
		die("%s: unexpected", *arg);
	if (!has_action)
		expression = pair(KIND_AND, expression, term_new(KIND_PRINT));
	if (paths == 1)
		walk(here, 0);
	for (i = 1; i < paths; i++)
		walk(argv[i], 0);
	return util_exit(util_status);
}
