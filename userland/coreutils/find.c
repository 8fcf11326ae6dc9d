/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * usage: find [-H | -L] [PATH...] [EXPRESSION]
 * help: walk directories; EXPRESSION as POSIX has it, -maxdepth, -delete
 *
 * The expression becomes a tree of terms that is evaluated for each file. Of
 * POSIX: -name -path -type -size -perm -user -group -nouser -nogroup -links
 * -newer -atime -ctime -mtime -depth -xdev -prune -print -exec -ok; of others:
 * -amin -cmin -mmin -inum -empty -true -false -print0 -delete -mindepth
 * -maxdepth.
 */
#include <errno.h>
#include <grp.h>
#include <limits.h>
#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "lib/mode.h"
#include "lib/pattern.h"
#include "lib/tree.h"
#include "lib/util.h"

UTILITY("find [-H | -L] [PATH...] [EXPRESSION]",
    "walk directories; EXPRESSION as POSIX has it, -maxdepth, -delete");

enum kind {
	KIND_AND,
	KIND_OR,
	KIND_NOT,
	KIND_NAME,
	KIND_PATH,
	KIND_TYPE,
	KIND_SIZE,
	KIND_PERM,
	KIND_USER,
	KIND_GROUP,
	KIND_NOUSER,
	KIND_NOGROUP,
	KIND_LINKS,
	KIND_INODE,
	KIND_NEWER,
	KIND_ATIME,
	KIND_CTIME,
	KIND_MTIME,
	KIND_EMPTY,
	KIND_TRUE,
	KIND_FALSE,
	KIND_PRUNE,
	KIND_PRINT,
	KIND_PRINT0,
	KIND_DELETE,
	KIND_EXEC,
	KIND_DEPTH,
	KIND_XDEV,
	KIND_MINDEPTH,
	KIND_MAXDEPTH,
};

struct term {
	enum kind kind;
	struct term *left;
	struct term *right;
	const char *text;
	char **command; /* EXEC, up to its NULL */
	bool ask;       /* -ok */
	bool many;      /* -exec ... +: paths are gathered in `batch` */
	char **batch;
	size_t batched;
	size_t batch_size; /* of what the paths take as arguments */
	long long number;
	char sign; /* of the number, '+', '-' or '='; PERM: '-', '/', '=' */
	long long unit; /* seconds or bytes that the number counts */
	struct timespec time;
};

/* A directory that is being walked, and the one that it was found in. */
struct above {
	const struct above *above;
	dev_t device;
	ino_t inode;
};

#define BATCH_SIZE 65536 /* of one -exec ... + at most, well below ARG_MAX */

static char **arg; /* the next of the expression */
static bool has_action;
static bool pruned;
static bool depth_first;
static bool one_device;
static bool follow_all;      /* -L */
static bool follow_operands; /* -H */
static int min_depth;
static int max_depth = INT_MAX;
static time_t start;
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

/* [+|-]NUMBER */
static void
parse_number(struct term *term, const char *name)
{
	const char *text = operand(name);

	term->sign = *text == '+' || *text == '-' ? *text++ : '=';
	term->number = number_arg(text, 0, LLONG_MAX);
}

/* -size N[ckMG]: blocks of 512 bytes without a letter. */
static void
parse_size(struct term *term)
{
	static const char units[] = "ckMG";
	char *text = operand("-size");
	size_t length = strlen(text);
	const char *unit = length > 0 ? strchr(units, text[length - 1]) : NULL;

	term->unit = 512;
	if (unit != NULL) {
		term->unit = 1LL << (unit - units) * 10;
		text[length - 1] = '\0';
	}
	arg--;
	parse_number(term, "-size");
}

/* -perm [-|/]MODE, in octal or as of chmod, starting from none. */
static void
parse_perm(struct term *term)
{
	const char *text = operand("-perm");
	mode_t mode;

	term->sign = *text == '-' || *text == '/' ? *text++ : '=';
	if (!mode_parse(text, 0, &mode))
		die("%s: invalid mode", text);
	term->number = mode & 07777;
}

static void
parse_owner(struct term *term, const char *name)
{
	const char *text = operand(name);

	if (term->kind == KIND_USER) {
		const struct passwd *user = getpwnam(text);

		term->number = user != NULL ? (long long)user->pw_uid : -1;
	} else {
		const struct group *group = getgrnam(text);

		term->number = group != NULL ? (long long)group->gr_gid : -1;
	}
	if (term->number < 0 && !number_parse(text, 0, UINT_MAX, &term->number))
		die("%s: unknown", text);
}

static void
parse_newer(struct term *term)
{
	const char *path = operand("-newer");
	struct stat st;

	if (stat(path, &st) != 0)
		die_errno(path);
	term->time = st.st_mtim;
}

/* The command ends at ";", or at "+" after "{}". */
static void
parse_exec(struct term *term, const char *name)
{
	term->ask = strcmp(name, "-ok") == 0;
	term->command = arg;
	while (*arg != NULL && strcmp(*arg, ";") != 0) {
		if (!term->ask && strcmp(*arg, "+") == 0 &&
		    arg > term->command && strcmp(arg[-1], "{}") == 0) {
			term->many = true;
			break;
		}
		arg++;
	}
	if (*arg == NULL || arg == term->command)
		die("%s: missing command or ;", name);
	arg[term->many ? -1 : 0] = NULL;
	arg++;
}

static const struct primary {
	const char *name;
	enum kind kind;
	bool takes_text;
	bool takes_number;
	bool action;
	long long unit;
} primaries[] = {
    {"-amin", KIND_ATIME, false, true, false, 60},
    {"-atime", KIND_ATIME, false, true, false, 86400},
    {"-cmin", KIND_CTIME, false, true, false, 60},
    {"-ctime", KIND_CTIME, false, true, false, 86400},
    {"-delete", KIND_DELETE, false, false, true, 0},
    {"-depth", KIND_DEPTH, false, false, false, 0},
    {"-empty", KIND_EMPTY, false, false, false, 0},
    {"-exec", KIND_EXEC, false, false, true, 0},
    {"-false", KIND_FALSE, false, false, false, 0},
    {"-group", KIND_GROUP, false, false, false, 0},
    {"-inum", KIND_INODE, false, true, false, 0},
    {"-links", KIND_LINKS, false, true, false, 0},
    {"-maxdepth", KIND_MAXDEPTH, false, true, false, 0},
    {"-mindepth", KIND_MINDEPTH, false, true, false, 0},
    {"-mmin", KIND_MTIME, false, true, false, 60},
    {"-mount", KIND_XDEV, false, false, false, 0},
    {"-mtime", KIND_MTIME, false, true, false, 86400},
    {"-name", KIND_NAME, true, false, false, 0},
    {"-newer", KIND_NEWER, false, false, false, 0},
    {"-nogroup", KIND_NOGROUP, false, false, false, 0},
    {"-nouser", KIND_NOUSER, false, false, false, 0},
    {"-ok", KIND_EXEC, false, false, true, 0},
    {"-path", KIND_PATH, true, false, false, 0},
    {"-perm", KIND_PERM, false, false, false, 0},
    {"-print", KIND_PRINT, false, false, true, 0},
    {"-print0", KIND_PRINT0, false, false, true, 0},
    {"-prune", KIND_PRUNE, false, false, false, 0},
    {"-size", KIND_SIZE, false, false, false, 0},
    {"-true", KIND_TRUE, false, false, false, 0},
    {"-type", KIND_TYPE, true, false, false, 0},
    {"-user", KIND_USER, false, false, false, 0},
    {"-xdev", KIND_XDEV, false, false, false, 0},
};

/* What a primary means for the whole walk; it is true itself. */
static void
apply_option(const struct term *term)
{
	if (term->kind == KIND_DEPTH || term->kind == KIND_DELETE)
		depth_first = true;
	else if (term->kind == KIND_XDEV)
		one_device = true;
	else if (term->kind == KIND_MINDEPTH)
		min_depth = (int)term->number;
	else if (term->kind == KIND_MAXDEPTH)
		max_depth = (int)term->number;
}

static struct term *
parse_simple(const char *name)
{
	const struct primary *primary = primaries;
	const struct primary *end =
	    primaries + sizeof(primaries) / sizeof(primaries[0]);
	struct term *term;

	while (primary < end && strcmp(name, primary->name) != 0)
		primary++;
	if (primary == end)
		die("%s: unknown expression", name);
	term = term_new(primary->kind);
	term->unit = primary->unit;
	if (primary->takes_text)
		term->text = operand(name);
	else if (primary->takes_number)
		parse_number(term, name);
	else if (primary->kind == KIND_SIZE)
		parse_size(term);
	else if (primary->kind == KIND_PERM)
		parse_perm(term);
	else if (primary->kind == KIND_USER || primary->kind == KIND_GROUP)
		parse_owner(term, name);
	else if (primary->kind == KIND_NEWER)
		parse_newer(term);
	else if (primary->kind == KIND_EXEC)
		parse_exec(term, name);
	has_action |= primary->action;
	apply_option(term);
	return term;
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
test_number(const struct term *term, long long value)
{
	if (term->sign == '+')
		return value > term->number;
	if (term->sign == '-')
		return value < term->number;
	return value == term->number;
}

/* How many whole units ago something was. */
static bool
test_age(const struct term *term, const struct timespec *time)
{
	long long age = (long long)start - time->tv_sec;

	return test_number(term, age / term->unit);
}

static bool
test_perm(const struct term *term, const struct stat *st)
{
	long long mode = st->st_mode & 07777;

	if (term->sign == '-')
		return (mode & term->number) == term->number;
	if (term->sign == '/')
		return term->number == 0 || (mode & term->number) != 0;
	return mode == term->number;
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

/* Run argv to its end. */
static bool
run_command(char **argv)
{
	int status = 1;
	pid_t pid;

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
	return status == 0;
}

/* -ok: the first letter of the answer is y. */
static bool
is_wanted(char **argv)
{
	fflush(stdout);
	for (char **word = argv; *word != NULL; word++)
		fprintf(stderr, "%s ", *word);
	fputs("? ", stderr);
	return answer_is_yes();
}

static bool
run(const struct term *term, const char *path)
{
	size_t count = 0;
	char **argv;
	bool result;
	size_t i;

	while (term->command[count] != NULL)
		count++;
	argv = xmalloc((count + 1) * sizeof(*argv));
	for (i = 0; i < count; i++)
		argv[i] = with_path(term->command[i], path);
	argv[count] = NULL;
	result = (!term->ask || is_wanted(argv)) && run_command(argv);
	for (i = 0; i < count; i++)
		free(argv[i]);
	free(argv);
	return result;
}

/* -exec ... +: run it with the paths so far. A failure is find's, too. */
static void
run_batch(struct term *term)
{
	size_t count = 0;
	char **argv;
	size_t i;

	if (term->batched == 0)
		return;
	while (term->command[count] != NULL)
		count++;
	argv = xmalloc((count + term->batched + 1) * sizeof(*argv));
	memcpy(argv, term->command, count * sizeof(*argv));
	memcpy(argv + count, term->batch, term->batched * sizeof(*argv));
	argv[count + term->batched] = NULL;
	if (!run_command(argv))
		util_status = 1;
	free(argv);
	for (i = 0; i < term->batched; i++)
		free(term->batch[i]);
	term->batched = 0;
	term->batch_size = 0;
}

static void
add_to_batch(struct term *term, const char *path)
{
	size_t size = strlen(path) + 1 + sizeof(char *);

	if (term->batch_size + size > BATCH_SIZE)
		run_batch(term);
	if ((term->batched & (term->batched - 1)) == 0)
		term->batch = xrealloc(term->batch,
		    (term->batched * 2 + 1) * sizeof(*term->batch));
	term->batch[term->batched++] = xstrdup(path);
	term->batch_size += size;
}

/* What -exec ... + has left at the end. */
static void
run_batches(struct term *term)
{
	if (term == NULL)
		return;
	run_batches(term->left);
	run_batches(term->right);
	if (term->many) {
		run_batch(term);
		free(term->batch);
	}
}

static bool
delete_file(const char *path, const struct stat *st)
{
	if (strcmp(path, ".") == 0)
		return true;
	if ((S_ISDIR(st->st_mode) ? rmdir(path) : unlink(path)) == 0)
		return true;
	warn_errno(path);
	return false;
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

/* What is asked of the file's status. */
static bool
test_status(const struct term *term, const struct stat *st)
{
	switch ((int)term->kind) {
	case KIND_TYPE:
		return test_type(st, *term->text);
	case KIND_SIZE:
		return test_number(
		    term, (st->st_size + term->unit - 1) / term->unit);
	case KIND_PERM:
		return test_perm(term, st);
	case KIND_USER:
		return (long long)st->st_uid == term->number;
	case KIND_GROUP:
		return (long long)st->st_gid == term->number;
	case KIND_NOUSER:
		return getpwuid(st->st_uid) == NULL;
	case KIND_NOGROUP:
		return getgrgid(st->st_gid) == NULL;
	case KIND_LINKS:
		return test_number(term, (long long)st->st_nlink);
	case KIND_INODE:
		return test_number(term, (long long)st->st_ino);
	case KIND_NEWER:
		return is_newer(&st->st_mtim, &term->time);
	case KIND_ATIME:
		return test_age(term, &st->st_atim);
	case KIND_CTIME:
		return test_age(term, &st->st_ctim);
	case KIND_MTIME:
		return test_age(term, &st->st_mtim);
	default:
		return true;
	}
}

static bool
execute(struct term *term, const char *path)
{
	if (!term->many)
		return run(term, path);
	add_to_batch(term, path);
	return true;
}

static bool
evaluate(struct term *term, const char *path, const struct stat *st)
{
	switch ((int)term->kind) {
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
	case KIND_EMPTY:
		return test_empty(path, st);
	case KIND_FALSE:
		return false;
	case KIND_PRUNE:
		pruned = true;
		return true;
	case KIND_PRINT:
		puts(path);
		return true;
	case KIND_PRINT0:
		fwrite(path, 1, strlen(path) + 1, stdout);
		return true;
	case KIND_DELETE:
		return delete_file(path, st);
	case KIND_EXEC:
		return execute(term, path);
	default:
		return test_status(term, st);
	}
}

static void walk(const char *path, int depth, const struct above *above);

static void
walk_inside(const char *path, int depth, const struct above *here)
{
	char **names = tree_names(path);
	char **name;

	if (names == NULL) {
		warn_errno(path);
		return;
	}
	for (name = names; *name != NULL; name++) {
		char *inner = xpath(path, *name);

		walk(inner, depth + 1, here);
		free(inner);
	}
	tree_free(names);
}

/* A link to nothing is itself. */
static int
get_status(const char *path, bool follow, struct stat *st)
{
	if (follow && stat(path, st) == 0)
		return 0;
	return lstat(path, st);
}

/* With -L a directory may be in itself. */
static bool
is_circle(const char *path, const struct stat *st, const struct above *above)
{
	for (; above != NULL; above = above->above)
		if (above->device == st->st_dev && above->inode == st->st_ino) {
			warn_text("%s: is in itself", path);
			return true;
		}
	return false;
}

static void
walk(const char *path, int depth, const struct above *above)
{
	struct stat st;
	struct above here;
	bool inside;

	if (get_status(path, follow_all || (depth == 0 && follow_operands),
		&st) != 0) {
		warn_errno(path);
		return;
	}
	inside = S_ISDIR(st.st_mode) && depth < max_depth;
	if (inside && follow_all && is_circle(path, &st, above))
		return;
	here = (struct above){above, st.st_dev, st.st_ino};
	if (one_device && above != NULL && above->device != st.st_dev)
		inside = false;
	if (inside && depth_first)
		walk_inside(path, depth, &here);
	pruned = false;
	if (depth >= min_depth)
		evaluate(expression, path, &st);
	if (inside && !depth_first && !pruned)
		walk_inside(path, depth, &here);
}

/* -H and -L, before the paths. How many words. */
static int
parse_options(char **argv)
{
	int count = 1;

	for (; argv[count] != NULL; count++) {
		bool last = strcmp(argv[count], "-H") == 0;

		if (!last && strcmp(argv[count], "-L") != 0)
			break;
		follow_operands = last;
		follow_all = !last;
	}
	return count;
}

int
main(int argc, char **argv)
{
	static char here[] = ".";
	int first;
	int paths;
	int i;

	util_init(argc, argv);
	start = time(NULL);
	first = paths = parse_options(argv);
	while (paths < argc && argv[paths][0] != '-' &&
	       strcmp(argv[paths], "!") != 0 && strcmp(argv[paths], "(") != 0)
		paths++;
	arg = argv + paths;
	expression = *arg != NULL ? parse_or() : term_new(KIND_TRUE);
	if (*arg != NULL)
		die("%s: unexpected", *arg);
	if (!has_action)
		expression = pair(KIND_AND, expression, term_new(KIND_PRINT));
	if (paths == first)
		walk(here, 0, NULL);
	for (i = first; i < paths; i++)
		walk(argv[i], 0, NULL);
	run_batches(expression);
	return util_exit(util_status);
}
