/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * history and fc: the lines typed, shown, edited and run again. The line that
 * calls fc is the newest; what it runs takes its place.
 */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "builtin.h"

#define LIST_DEFAULT 16

struct fc {
	bool list, numbers, reverse, again;
	const char *editor;
	const char *old; /* text to be replaced, with its length, or NULL */
	size_t old_length;
	const char *new;
	int first, last; /* lines, as history_get counts */
};

int
builtin_history(int argc, char **argv)
{
	int count = history_count();
	long long show = count;
	int i;

	if (argc > 1 && !number_parse(argv[1], 0, INT_MAX, &show))
		return builtin_fail(argv[0], "%s: bad number", argv[1]);
	if (show > count)
		show = count;
	for (i = (int)show; i > 0; i--)
		printf("%5d  %s\n", history_number(i), history_get(i));
	return 0;
}

/* The newest line but one that begins so; 0: there is none. */
static int
find_prefix(const char *prefix)
{
	const char *line;

	for (int back = 2; (line = history_get(back)) != NULL; back++)
		if (strncmp(line, prefix, strlen(prefix)) == 0)
			return back;
	return 0;
}

/* The line an operand means: a number, one from the end, a beginning; or 0. */
static int
find_line(const char *operand)
{
	int oldest = history_count();
	long long number;

	if (!number_parse(operand, -INT_MAX, INT_MAX, &number))
		return find_prefix(operand);
	if (number <= 0)
		number = 1 - number;
	else
		number = history_number(1) - number + 1;
	if (number < 2)
		number = 2;
	return number > oldest ? oldest : (int)number;
}

static bool
take_option(struct fc *fc, const char *word, int *at, char **argv)
{
	for (word++; *word != '\0'; word++) {
		switch (*word) {
		case 'l':
			fc->list = true;
			break;
		case 'n':
			fc->numbers = false;
			break;
		case 'r':
			fc->reverse = true;
			break;
		case 's':
			fc->again = true;
			break;
		case 'e':
			fc->editor = word[1] != '\0' ? word + 1 : argv[++*at];
			return fc->editor != NULL;
		default:
			return false;
		}
	}
	return true;
}

/* -1 is an operand, -l an option. */
static bool
is_option(const char *word)
{
	return word != NULL && word[0] == '-' && word[1] != '\0' &&
	       !(word[1] >= '0' && word[1] <= '9');
}

/* What lines are meant; returns the status of a mistake, or 0. */
static int
choose(struct fc *fc, const char *name, char **operands)
{
	const char *equals =
	    *operands != NULL && fc->again ? strchr(*operands, '=') : NULL;

	if (equals != NULL) {
		fc->old = *operands++;
		fc->old_length = (size_t)(equals - fc->old);
		fc->new = equals + 1;
	}
	fc->first = fc->list ? LIST_DEFAULT + 1 : 2;
	fc->last = 2;
	if (*operands != NULL) {
		fc->first = find_line(*operands++);
		if (!fc->list)
			fc->last = fc->first;
	}
	if (*operands != NULL && !fc->again)
		fc->last = find_line(*operands++);
	if (fc->first > history_count())
		fc->first = history_count();
	if (*operands != NULL)
		return builtin_fail(name, "too many arguments");
	if (fc->first < 2 || fc->last < 2)
		return builtin_fail(name, "no such line");
	return 0;
}

static void
list(const struct fc *fc)
{
	int step = fc->first < fc->last ? 1 : -1;
	int back = fc->first;
	int end = fc->last;

	if (fc->reverse) {
		back = fc->last;
		end = fc->first;
		step = -step;
	}
	for (;; back += step) {
		if (fc->numbers)
			printf("%d", history_number(back));
		printf("\t%s\n", history_get(back));
		if (back == end)
			return;
	}
}

/* Run it, shown and kept as if it had been typed instead of fc. */
static int
run(const char *text)
{
	fprintf(stderr, "%s\n", text);
	history_replace(text);
	return exec_string(text, 0);
}

static int
run_again(const struct fc *fc)
{
	const char *line = history_get(fc->first);
	struct strbuf sb;
	const char *found = NULL;

	strbuf_init(&sb, sh.tmp);
	if (fc->old != NULL && fc->old_length > 0)
		for (found = line; *found != '\0'; found++)
			if (strncmp(found, fc->old, fc->old_length) == 0)
				break;
	if (found != NULL && *found != '\0') {
		strbuf_append(&sb, line, (size_t)(found - line));
		strbuf_string(&sb, fc->new);
		line = found + fc->old_length;
	}
	strbuf_string(&sb, line);
	return run(strbuf_text(&sb));
}

/* The chosen lines into an open file. */
static bool
write_lines(const struct fc *fc, int fd)
{
	int step = fc->first < fc->last ? 1 : -1;
	bool good = true;

	for (int back = fc->first; good; back += step) {
		good = dprintf(fd, "%s\n", history_get(back)) > 0;
		if (back == fc->last)
			break;
	}
	return close(fd) == 0 && good;
}

/* A whole file, without the newlines it ends with; in sh.tmp, or NULL. */
static char *
read_text(const char *path)
{
	FILE *file = fopen(path, "r");
	struct strbuf sb;
	char *text;
	size_t length;
	int c;

	if (file == NULL)
		return NULL;
	strbuf_init(&sb, sh.tmp);
	while ((c = getc(file)) != EOF)
		if (c != '\0')
			strbuf_add(&sb, (char)c);
	fclose(file);
	text = strbuf_text(&sb);
	length = strlen(text);
	while (length > 0 && text[length - 1] == '\n')
		text[--length] = '\0';
	return text;
}

static const char *
editor_of(const struct fc *fc)
{
	const char *editor = fc->editor;

	if (editor == NULL)
		editor = var_get("FCEDIT");
	if (editor == NULL || *editor == '\0')
		editor = var_get("EDITOR");
	return editor != NULL && *editor != '\0' ? editor : "ed";
}

static int
edit(const char *name, const struct fc *fc)
{
	char path[] = "/tmp/fc.XXXXXX";
	int fd = mkstemp(path);
	struct strbuf sb;
	char *text = NULL;
	int status;

	if (fd < 0 || !write_lines(fc, fd)) {
		status = builtin_fail(name, "%s: %s", path, strerror(errno));
		if (fd >= 0)
			unlink(path);
		return status;
	}
	strbuf_init(&sb, sh.tmp);
	strbuf_string(&sb, editor_of(fc));
	strbuf_add(&sb, ' ');
	strbuf_string(&sb, path);
	status = exec_string(strbuf_text(&sb), 0);
	if (status == 0)
		text = read_text(path);
	unlink(path);
	if (status != 0)
		return status;
	return text != NULL && *text != '\0' ? run(text) : 0;
}

int
builtin_fc(int argc, char **argv)
{
	struct fc fc = {.numbers = true};
	int at = 1;
	int error;

	for (; at < argc && is_option(argv[at]); at++) {
		if (strcmp(argv[at], "--") == 0) {
			at++;
			break;
		}
		if (!take_option(&fc, argv[at], &at, argv))
			return builtin_fail(argv[0], "bad option %s", argv[at]);
	}
	if (fc.editor != NULL && strcmp(fc.editor, "-") == 0)
		fc.again = true;
	error = choose(&fc, argv[0], argv + at);
	if (error != 0)
		return error;
	if (fc.list) {
		list(&fc);
		return 0;
	}
	return fc.again ? run_again(&fc) : edit(argv[0], &fc);
}
