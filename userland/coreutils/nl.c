/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * usage: nl [-p] [-b|-f|-h TYPE] [-d CC] [-ilvw N] [-n FORM] [-s TEXT] [FILE]
 * help: number lines; TYPE: a, all, t, not empty ones, n, none, pPATTERN
 *
 * A page has a header, a body and a footer, each behind a line of three, two
 * or one times the delimiter CC.
 */
#include <limits.h>
#include <regex.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/util.h"

UTILITY("nl [-p] [-b|-f|-h TYPE] [-d CC] [-ilvw N] [-n FORM] [-s TEXT] [FILE]",
    "number lines; TYPE: a, all, t, not empty ones, n, none, pPATTERN");

enum { FOOTER = 1, BODY, HEADER, SECTIONS };

static struct {
	char type;
	regex_t pattern;
} sections[SECTIONS] = {
    [FOOTER] = {.type = 'n'},
    [BODY] = {.type = 't'},
    [HEADER] = {.type = 'n'},
};
static char delimiter[3] = "\\:";
static const char *separator = "\t";
static char alignment = 'r'; /* l: to the left, 0: with zeros */
static long long first = 1;
static long long step = 1;
static long long blanks = 1; /* how many empty lines count as one */
static int width = 6;
static bool keep_on; /* -p: over pages */

static void
set_type(int section, const char *type)
{
	if (strchr("atnp", *type) == NULL || *type == '\0' ||
	    (*type != 'p' && type[1] != '\0'))
		die("%s: bad type of numbering", type);
	sections[section].type = *type;
	if (*type == 'p' &&
	    regcomp(&sections[section].pattern, type + 1, REG_NOSUB) != 0)
		die("%s: bad pattern", type + 1);
}

static void
set_format(const char *name)
{
	if (strcmp(name, "ln") == 0)
		alignment = 'l';
	else if (strcmp(name, "rz") == 0)
		alignment = '0';
	else if (strcmp(name, "rn") != 0)
		die("%s: bad format", name);
}

/* The section that begins behind the line; 0: it is a line of text. */
static int
section_behind(const struct line *line)
{
	int times = 0;
	const char *at = line->text;

	while (times < HEADER && strncmp(at, delimiter, 2) == 0) {
		at += 2;
		times++;
	}
	return *at == '\0' ? times : 0;
}

static bool
is_numbered(int section, const struct line *line)
{
	static long long empty;

	switch (sections[section].type) {
	case 'a':
		empty = line->length == 0 ? empty + 1 : 0;
		if (line->length > 0)
			return true;
		if (empty < blanks)
			return false;
		empty = 0;
		return true;
	case 't':
		return line->length > 0;
	case 'p':
		return regexec(&sections[section].pattern, line->text, 0, NULL,
			   0) == 0;
	default:
		return false;
	}
}

static void
put_number(long long value)
{
	if (alignment == 'l')
		printf("%-*lld", width, value);
	else if (alignment == '0')
		printf("%0*lld", width, value);
	else
		printf("%*lld", width, value);
	fputs(separator, stdout);
}

static void
number(FILE *file)
{
	struct line line = {.text = NULL};
	long long next = first;
	int section = BODY;

	while (line_read(&line, file)) {
		int behind = section_behind(&line);

		if (behind != 0) {
			/* Not further on in the same page. */
			if (behind >= section && !keep_on)
				next = first;
			section = behind;
			putchar('\n');
			continue;
		}
		if (is_numbered(section, &line)) {
			put_number(next);
			next += step;
		} else {
			printf("%*s", width + (int)strlen(separator), "");
		}
		puts(line.text);
	}
	free(line.text);
}

static void
set_delimiter(const char *text)
{
	if (*text == '\0' || strlen(text) > 2)
		die("%s: one or two characters delimit", text);
	delimiter[0] = text[0];
	if (text[1] != '\0')
		delimiter[1] = text[1];
}

static void
set_option(int option)
{
	if (option == 'b')
		set_type(BODY, optarg);
	else if (option == 'f')
		set_type(FOOTER, optarg);
	else if (option == 'h')
		set_type(HEADER, optarg);
	else if (option == 'd')
		set_delimiter(optarg);
	else if (option == 'i')
		step = number_arg(optarg, LLONG_MIN / 2, LLONG_MAX / 2);
	else if (option == 'l')
		blanks = number_arg(optarg, 1, LLONG_MAX);
	else if (option == 'n')
		set_format(optarg);
	else if (option == 'p')
		keep_on = true;
	else if (option == 's')
		separator = optarg;
	else if (option == 'v')
		first = number_arg(optarg, LLONG_MIN / 2, LLONG_MAX / 2);
	else if (option == 'w')
		width = (int)number_arg(optarg, 1, 1000);
	else
		util_usage_exit();
}

int
main(int argc, char **argv)
{
	FILE *file;
	int option;

	util_init(argc, argv);
	while ((option = getopt(argc, argv, "b:d:f:h:i:l:n:ps:v:w:")) != -1)
		set_option(option);
	if (argc - optind > 1)
		util_usage_exit();
	file = input_open(argv[optind]);
	if (file != NULL) {
		number(file);
		input_close(file, argv[optind]);
	}
	return util_exit(util_status);
}
