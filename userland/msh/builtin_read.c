/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * read and getopts. read takes one byte at a time, for what follows the
 * line belongs to the next reader; from a file that can seek it reads ahead
 * and goes back.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "builtin.h"

/* The line read; marks[i] is 'q' where a backslash quoted the byte. */
struct read_line {
	struct strbuf text;
	struct strbuf marks;
};

enum { READ_ERROR = -2, READ_END = -1 };

static int
read_byte(void)
{
	char c;
	ssize_t n;

	do {
		n = read(STDIN_FILENO, &c, 1);
	} while (n < 0 && errno == EINTR && !trap_pending);
	if (n < 0)
		return READ_ERROR;
	return n == 0 ? READ_END : (unsigned char)c;
}

/* Returns 0 for a whole line, 1 at the end of the input. */
static int
read_line(struct read_line *line, bool raw)
{
	for (;;) {
		int c = read_byte();
		char mark = 'p';

		if (c == '\\' && !raw) {
			c = read_byte();
			if (c == '\n')
				continue;
			mark = 'q';
		}
		if (c < 0)
			return 1;
		if (c == '\n' && mark == 'p')
			return 0;
		if (c == '\0')
			continue;
		strbuf_add(&line->text, c);
		strbuf_add(&line->marks, mark);
	}
}

struct splitter {
	const char *text;
	const char *marks;
	const char *ifs;
	size_t at;
	size_t end;
};

static bool
is_separator(const struct splitter *s, size_t i)
{
	return s->marks[i] == 'p' && strchr(s->ifs, s->text[i]) != NULL;
}

static bool
is_blank(const struct splitter *s, size_t i)
{
	return is_separator(s, i) && strchr(" \t\n", s->text[i]) != NULL;
}

/* Past blanks, one other separator, and blanks again. */
static size_t
skip_separator(const struct splitter *s, size_t i)
{
	while (i < s->end && is_blank(s, i))
		i++;
	if (i < s->end && is_separator(s, i)) {
		i++;
		while (i < s->end && is_blank(s, i))
			i++;
	}
	return i;
}

/* The end of the last field: what is left but for what separates. */
static size_t
last_end(const struct splitter *s)
{
	size_t field = s->at;
	size_t end = s->end;

	while (field < s->end && !is_separator(s, field))
		field++;
	if (skip_separator(s, field) >= s->end)
		return field;
	while (end > s->at && is_blank(s, end - 1))
		end--;
	return end;
}

static char *
next_field(struct splitter *s, bool last)
{
	size_t start = s->at;
	size_t end = start;

	if (last) {
		end = last_end(s);
		s->at = s->end;
	} else {
		while (end < s->end && !is_separator(s, end))
			end++;
		s->at = skip_separator(s, end);
	}
	return arena_copy(sh.tmp, s->text + start, end - start);
}

static void
assign_fields(struct read_line *line, char **names, int count)
{
	struct splitter s = {
	    .text = strbuf_text(&line->text),
	    .marks = strbuf_text(&line->marks),
	    .ifs = var_get("IFS"),
	    .end = line->text.length,
	};
	int i;

	if (s.ifs == NULL)
		s.ifs = " \t\n";
	while (s.at < s.end && is_blank(&s, s.at))
		s.at++;
	for (i = 0; i < count; i++)
		var_set(names[i], next_field(&s, i == count - 1), 0);
}

int
builtin_read(int argc, char **argv)
{
	struct read_line line;
	const char *prompt = NULL;
	bool raw = false;
	int status;
	int i;

	for (i = 1; i < argc && argv[i][0] == '-' && argv[i][1] != '\0'; i++) {
		if (strcmp(argv[i], "--") == 0) {
			i++;
			break;
		}
		if (strcmp(argv[i], "-r") == 0)
			raw = true;
		else if (strcmp(argv[i], "-p") == 0 && i + 1 < argc)
			prompt = argv[++i];
		else
			return builtin_fail(argv[0], "%s: bad option", argv[i]);
	}
	if (i >= argc)
		return builtin_fail(argv[0], "variable name missing");
	for (status = i; status < argc; status++)
		if (!name_valid(argv[status]))
			return builtin_fail(
			    argv[0], "%s: bad variable name", argv[status]);
	if (prompt != NULL && isatty(STDIN_FILENO))
		fputs(prompt, stderr);
	strbuf_init(&line.text, sh.tmp);
	strbuf_init(&line.marks, sh.tmp);
	status = read_line(&line, raw);
	assign_fields(&line, argv + i, argc - i);
	return status;
}

/* Where in a cluster like -abc getopts is; 0 before its first letter. */
static int cluster_at;
static bool own_change;

void
getopts_reset(void)
{
	if (!own_change)
		cluster_at = 0;
}

static void
set_index(long index)
{
	char text[24];

	snprintf(text, sizeof(text), "%ld", index);
	own_change = true;
	var_set("OPTIND", text, 0);
	own_change = false;
}

/* The argument of option `c`, at `rest` or in the next word. */
static int
option_argument(char **args, int count, long *index, char c, bool quiet)
{
	const char *word = args[*index - 1];
	const char *rest = word + cluster_at;

	cluster_at = 0;
	(*index)++;
	if (*rest != '\0') {
		var_set("OPTARG", rest, 0);
		return c;
	}
	if (*index <= count) {
		var_set("OPTARG", args[*index - 1], 0);
		(*index)++;
		return c;
	}
	if (quiet) {
		char text[] = {c, '\0'};

		var_set("OPTARG", text, 0);
		return ':';
	}
	shell_warn("option -%c needs an argument", c);
	var_unset("OPTARG");
	return '?';
}

/* An unknown letter. */
static int
option_unknown(char c, bool quiet)
{
	char text[] = {c, '\0'};

	if (quiet) {
		var_set("OPTARG", text, 0);
	} else {
		shell_warn("bad option -%c", c);
		var_unset("OPTARG");
	}
	return '?';
}

static int
next_option(const char *letters, char **args, int count, long *index)
{
	bool quiet = *letters == ':';
	const char *word = args[*index - 1];
	const char *known;
	char c;
	int result;

	if (cluster_at == 0)
		cluster_at = 1;
	c = word[cluster_at++];
	known = c != ':' ? strchr(letters, c) : NULL;
	if (known != NULL && known[1] == ':')
		return option_argument(args, count, index, c, quiet);
	if (known == NULL) {
		result = option_unknown(c, quiet);
	} else {
		var_unset("OPTARG");
		result = (unsigned char)c;
	}
	if (word[cluster_at] == '\0') {
		cluster_at = 0;
		(*index)++;
	}
	return result;
}

int
builtin_getopts(int argc, char **argv)
{
	char **args = argc > 3 ? argv + 3 : sh.argv;
	int count = argc > 3 ? argc - 3 : sh.argc;
	const char *text = var_get("OPTIND");
	long index = text != NULL ? strtol(text, NULL, 10) : 1;
	char found[2] = "?";
	const char *word;

	if (argc < 3)
		return builtin_fail(argv[0], "usage: getopts OPTIONS NAME");
	if (!name_valid(argv[2]))
		return builtin_fail(argv[0], "%s: bad variable name", argv[2]);
	if (index < 1) {
		index = 1;
		cluster_at = 0;
	}
	word = index <= count ? args[index - 1] : NULL;
	if (word != NULL && cluster_at > (int)strlen(word))
		cluster_at = 0;
	if (word == NULL || word[0] != '-' || word[1] == '\0' ||
	    strcmp(word, "--") == 0) {
		if (word != NULL && strcmp(word, "--") == 0)
			index++;
		cluster_at = 0;
		set_index(index);
		var_unset("OPTARG");
		var_set(argv[2], "?", 0);
		return 1;
	}
	found[0] = (char)next_option(argv[1], args, count, &index);
	set_index(index);
	var_set(argv[2], found, 0);
	return 0;
}
