/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * usage: csplit [-ks] [-f PREFIX] [-n N] FILE WHERE...
 * help: cut a file in front of lines: N, /PATTERN/[+-N], %PATTERN%; {N}: again
 *
 * The pieces are PREFIX00, PREFIX01... and behind the last cut one more; what
 * %PATTERN% ends is left out. When something is wrong all are removed.
 */
#include <limits.h>
#include <regex.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/util.h"

UTILITY("csplit [-ks] [-f PREFIX] [-n N] FILE WHERE...",
    "cut a file in front of lines: N, /PATTERN/[+-N], %PATTERN%; {N}: again");

/* Where to cut, as one operand says it. */
struct place {
	const char *text;
	char kind;      /* of a pattern: / or %; else 0 */
	long long line; /* from 1, or behind the line that matches */
	regex_t pattern;
};

static const char *prefix = "xx";
static int digits = 2;
static bool keep;
static bool silent;

static struct line *lines;
static long long line_count;
static long long next;         /* the first line not written, from 0 */
static long long current = -1; /* the line that was found last, from 0 */
static long long pieces;

static char *
piece_name(long long number)
{
	size_t size = strlen(prefix) + 24 + (size_t)digits;
	char *name = xmalloc(size);

	(void)snprintf(name, size, "%s%0*lld", prefix, digits, number);
	return name;
}

static _Noreturn void
fail(const char *what, const char *why)
{
	while (!keep && pieces > 0) {
		char *name = piece_name(--pieces);

		unlink(name);
		free(name);
	}
	die("%s: %s", what, why);
}

static void
read_lines(const char *path)
{
	FILE *file = input_open(path);
	struct line line = {.text = NULL};
	size_t room = 0;

	if (file == NULL)
		exit(util_exit(1));
	while (line_read(&line, file)) {
		if ((size_t)line_count == room) {
			room = room * 2 + 64;
			lines = xrealloc(lines, room * sizeof(*lines));
		}
		lines[line_count++] = line;
		line = (struct line){.text = NULL};
	}
	free(line.text);
	input_close(file, path);
}

/* The lines up to `end` are the next piece. */
static void
write_piece(long long end)
{
	char *name = piece_name(pieces);
	FILE *file = fopen(name, "w");
	unsigned long long size = 0;

	if (file == NULL)
		fail(name, "cannot be made");
	pieces++;
	for (; next < end; next++) {
		const struct line *line = &lines[next];

		fwrite(line->text, 1, line->length, file);
		if (line->newline)
			putc('\n', file);
		size += line->length + line->newline;
	}
	if (fclose(file) != 0)
		fail(name, "cannot be written");
	if (!silent)
		printf("%llu\n", size);
	free(name);
}

static void
parse_pattern(struct place *place, const char *text)
{
	char *pattern = xstrdup(text + 1);
	char *from = pattern;
	char *to = pattern;
	char *end;

	while (*from != '\0' && *from != *text) {
		if (*from == '\\' && from[1] == *text)
			from++;
		else if (*from == '\\' && from[1] != '\0')
			*to++ = *from++;
		*to++ = *from++;
	}
	if (*from == '\0')
		fail(text, "the pattern is not ended");
	place->kind = *text;
	place->line = strtoll(from + 1, &end, 10);
	if (*end != '\0' || end[-1] == '+' || end[-1] == '-')
		fail(text, "bad offset");
	*to = '\0';
	if (regcomp(&place->pattern, pattern, REG_NOSUB) != 0)
		fail(text, "bad pattern");
	free(pattern);
}

static void
parse_place(struct place *place, const char *text)
{
	place->text = text;
	place->kind = '\0';
	if (*text == '/' || *text == '%')
		parse_pattern(place, text);
	else if (!number_parse(text, 1, LLONG_MAX, &place->line))
		fail(text, "no place to cut");
}

/* The next line that matches; line_count: there is none. */
static long long
find_match(const struct place *place)
{
	long long at = current + 1;

	while (at < line_count &&
	       regexec(&place->pattern, lines[at].text, 0, NULL, 0) != 0)
		at++;
	return at;
}

/* With -k, what is left is kept, too. */
static _Noreturn void
not_found(const struct place *place)
{
	if (place->kind != '%')
		write_piece(line_count);
	fail(place->text, "not found");
}

/* Is {*} done? */
static bool
is_last(const struct place *place)
{
	return place->kind != '\0'
		   ? find_match(place) == line_count
		   : place->line + strtoll(place->text, NULL, 10) > line_count;
}

/*
 * Cut in front of the place. What was written already cannot be cut, so a
 * place in front of it is none.
 */
static void
cut(struct place *place, bool repeated)
{
	long long end;

	if (place->kind == '\0') {
		if (repeated)
			place->line += strtoll(place->text, NULL, 10);
		end = place->line - 1;
		current = end;
	} else {
		current = find_match(place);
		if (current >= line_count)
			not_found(place);
		end = current + place->line;
		if (place->line > 0)
			current = end;
	}
	if (end < next || end > line_count ||
	    (end == line_count && place->kind == '\0'))
		not_found(place);
	if (place->kind == '%')
		next = end;
	else
		write_piece(end);
}

/* {N}: how often again; {*}: as long as it is found. -1: it is no such word. */
static long long
repetitions(const char *text)
{
	size_t length = text != NULL ? strlen(text) : 0;
	char *end;
	long long times;

	if (length < 3 || *text != '{' || text[length - 1] != '}')
		return -1;
	times = strtoll(text + 1, &end, 10);
	if (strcmp(text, "{*}") == 0)
		return LLONG_MAX;
	if (end != text + length - 1 || times < 0)
		fail(text, "bad number");
	return times;
}

static void
cut_all(char **operands)
{
	while (*operands != NULL) {
		struct place place;
		long long times = repetitions(operands[1]);

		parse_place(&place, *operands);
		cut(&place, false);
		operands += times >= 0 ? 2 : 1;
		for (; times > 0; times--) {
			if (times > LLONG_MAX / 2 && is_last(&place))
				break;
			cut(&place, true);
		}
		if (place.kind != '\0')
			regfree(&place.pattern);
	}
}

int
main(int argc, char **argv)
{
	int option;

	util_init(argc, argv);
	while ((option = getopt(argc, argv, "f:kn:s")) != -1) {
		if (option == 'f')
			prefix = optarg;
		else if (option == 'k')
			keep = true;
		else if (option == 'n')
			digits = (int)number_arg(optarg, 1, 18);
		else if (option == 's')
			silent = true;
		else
			util_usage_exit();
	}
	if (argc - optind < 2)
		util_usage_exit();
	read_lines(argv[optind]);
	cut_all(argv + optind + 1);
	write_piece(line_count);
	for (long long i = 0; i < line_count; i++)
		free(lines[i].text);
	free(lines);
	return util_exit(util_status);
}
