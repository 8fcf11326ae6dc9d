/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * usage: paste [-s] [-d LIST] [FILE...]
 * help: join lines of files side by side; -s: each file's lines to one
 *
 * LIST is of the characters that stand between, one after the other: \n, \t,
 * \\ and \0, which is none.
 */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/util.h"

UTILITY("paste [-s] [-d LIST] [FILE...]",
    "join lines of files side by side; -s: each file's lines to one");

/* A character of several bytes is one of the list. */
#define CHARACTER_MAX 5

struct source {
	FILE *file;
};

static char (*delimiters)[CHARACTER_MAX];
static size_t delimiter_count;

static size_t
character_length(const char *s)
{
	size_t length = 1;

	while ((unsigned char)*s >= 0xc0 && length < CHARACTER_MAX - 1 &&
	       ((unsigned char)s[length] & 0xc0) == 0x80)
		length++;
	return length;
}

static void
parse_list(const char *list)
{
	delimiters = xmalloc((strlen(list) + 1) * sizeof(*delimiters));
	while (*list != '\0') {
		char *to = delimiters[delimiter_count++];
		size_t length = character_length(list);

		memset(to, 0, sizeof(*delimiters));
		if (*list != '\\' || list[1] == '\0') {
			memcpy(to, list, length);
			list += length;
			continue;
		}
		if (list[1] == 'n')
			*to = '\n';
		else if (list[1] == 't')
			*to = '\t';
		else if (list[1] != '0')
			*to = list[1];
		list += 2;
	}
	if (delimiter_count == 0)
		delimiters[delimiter_count++][0] = '\0';
}

static void
put_delimiter(size_t number)
{
	fputs(delimiters[number % delimiter_count], stdout);
}

static void
one_by_one(char **paths, size_t count)
{
	struct line line = {.text = NULL};

	for (size_t i = 0; i < count; i++) {
		FILE *file = input_open(paths[i]);
		size_t lines = 0;

		if (file == NULL)
			continue;
		while (line_read(&line, file)) {
			if (lines++ > 0)
				put_delimiter(lines - 2);
			fputs(line.text, stdout);
		}
		putchar('\n');
		input_close(file, paths[i]);
	}
	free(line.text);
}

/*
 * A line of each file. What stands in front of a file's is held back until
 * it is known that some file has one. False: none has.
 */
static bool
paste_line(struct source *sources, size_t count, struct line *line)
{
	bool any = false;
	size_t held = 0;

	for (size_t i = 0; i < count; i++) {
		if (line_read(line, sources[i].file)) {
			for (; held < i; held++)
				put_delimiter(held);
			fputs(line->text, stdout);
			any = true;
		}
	}
	for (; any && held + 1 < count; held++)
		put_delimiter(held);
	if (any)
		putchar('\n');
	return any;
}

static void
side_by_side(char **paths, size_t count)
{
	struct source *sources = xmalloc(count * sizeof(*sources));
	struct line line = {.text = NULL};

	for (size_t i = 0; i < count; i++) {
		sources[i].file = input_open(paths[i]);
		if (sources[i].file == NULL)
			exit(util_exit(1));
	}
	while (paste_line(sources, count, &line))
		continue;
	for (size_t i = 0; i < count; i++)
		if (sources[i].file != stdin)
			input_close(sources[i].file, paths[i]);
	free(line.text);
	free(sources);
}

int
main(int argc, char **argv)
{
	static char standard[] = "-";
	char *only_standard[] = {standard};
	bool serial = false;
	const char *list = "\\t";
	int option;

	util_init(argc, argv);
	while ((option = getopt(argc, argv, "d:s")) != -1) {
		if (option == 'd')
			list = optarg;
		else if (option == 's')
			serial = true;
		else
			util_usage_exit();
	}
	parse_list(list);
	(serial ? one_by_one : side_by_side)(
	    optind < argc ? argv + optind : only_standard,
	    optind < argc ? (size_t)(argc - optind) : 1);
	free(delimiters);
	return util_exit(util_status);
}
