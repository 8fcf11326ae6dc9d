/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * usage: cut -b LIST | -c LIST | -f LIST [-s] [-d CHAR] [FILE...]
 * help: columns or fields of lines; LIST is N,N-M,-M,N-
 */
#include <ctype.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/util.h"

UTILITY("cut -b LIST | -c LIST | -f LIST [-s] [-d CHAR] [FILE...]",
    "columns or fields of lines; LIST is N,N-M,-M,N-");

struct range {
	long first;
	long last;
};

static struct range *ranges;
static int range_count;
static bool by_field;
static bool only_delimited;
static char delimiter = '\t';

static long
list_number(const char **p, long otherwise)
{
	char *end;
	long value;

	if (!isdigit((unsigned char)**p))
		return otherwise;
	value = strtol(*p, &end, 10);
	*p = end;
	if (value <= 0)
		die("lists count from 1");
	return value;
}

static void
parse_list(const char *text)
{
	const char *p = text;

	for (;;) {
		struct range range;
		bool dash = *p == '-';

		range.first = list_number(&p, 1);
		range.last = range.first;
		if (*p == '-') {
			p++;
			range.last = list_number(&p, LONG_MAX);
			dash = dash && range.last == LONG_MAX;
		}
		if (dash || p == text || (*p != ',' && *p != ' ' && *p != '\0'))
			die("%s: bad list", text);
		ranges = xrealloc(
		    ranges, ((size_t)range_count + 1) * sizeof(*ranges));
		ranges[range_count++] = range;
		if (*p++ == '\0')
			return;
		text = p;
	}
}

static bool
selected(long n)
{
	int i;

	for (i = 0; i < range_count; i++)
		if (ranges[i].first <= n && n <= ranges[i].last)
			return true;
	return false;
}

static void
cut_bytes(const struct line *line)
{
	size_t i;

	for (i = 0; i < line->length; i++)
		if (selected((long)i + 1))
			putchar((unsigned char)line->text[i]);
	putchar('\n');
}

static void
cut_fields(const struct line *line)
{
	const char *p = line->text;
	bool any = false;
	long n = 1;

	if (strchr(p, delimiter) == NULL) {
		if (!only_delimited)
			puts(p);
		return;
	}
	for (;;) {
		const char *end = strchr(p, delimiter);
		size_t length = end != NULL ? (size_t)(end - p) : strlen(p);

		if (selected(n++)) {
			if (any)
				putchar(delimiter);
			fwrite(p, 1, length, stdout);
			any = true;
		}
		if (end == NULL)
			break;
		p = end + 1;
	}
	putchar('\n');
}

int
main(int argc, char **argv)
{
	struct line line = {.text = NULL};
	int option;
	int i;

	util_init(argc, argv);
	while ((option = getopt(argc, argv, "b:c:f:d:ns")) != -1) {
		if (option == 'b' || option == 'c' || option == 'f') {
			parse_list(optarg);
			by_field = option == 'f';
		} else if (option == 'd') {
			delimiter = *optarg;
		} else if (option == 's') {
			only_delimited = true;
		} else if (option != 'n') {
			util_usage_exit();
		}
	}
	if (range_count == 0)
		util_usage_exit();
	for (i = optind; i < argc || i == optind; i++) {
		const char *path = i < argc ? argv[i] : NULL;
		FILE *file = input_open(path);

		if (file == NULL)
			continue;
		while (line_read(&line, file)) {
			if (by_field)
				cut_fields(&line);
			else
				cut_bytes(&line);
		}
		input_close(file, path);
	}
	free(line.text);
	free(ranges);
	return util_exit(util_status);
}
