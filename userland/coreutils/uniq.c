/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * usage: uniq [-cdiu] [-f FIELDS] [-s CHARS] [INPUT [OUTPUT]]
 * help: drop lines that repeat the one before
 */
#include <ctype.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "lib/util.h"

UTILITY("uniq [-cdiu] [-f FIELDS] [-s CHARS] [INPUT [OUTPUT]]",
    "drop lines that repeat the one before");

static bool show_count;
static bool only_repeated;
static bool only_unique;
static bool fold;
static long long skip_fields;
static long long skip_chars;

/* What of the line is compared. */
static const char *
compared(const char *text)
{
	long long i;

	for (i = 0; i < skip_fields && *text != '\0'; i++) {
		while (isblank((unsigned char)*text))
			text++;
		while (*text != '\0' && !isblank((unsigned char)*text))
			text++;
	}
	for (i = 0; i < skip_chars && *text != '\0'; i++)
		text++;
	return text;
}

static bool
same(const char *a, const char *b)
{
	a = compared(a);
	b = compared(b);
	return (fold ? strcasecmp(a, b) : strcmp(a, b)) == 0;
}

static void
show(const char *text, unsigned long long count)
{
	if (count == 0 || (only_repeated && count == 1) ||
	    (only_unique && count > 1))
		return;
	if (show_count)
		printf("%7llu ", count);
	puts(text);
}

static void
uniq(FILE *file)
{
	struct line line = {.text = NULL};
	char *last = NULL;
	unsigned long long count = 0;

	while (line_read(&line, file)) {
		if (last != NULL && same(last, line.text)) {
			count++;
			continue;
		}
		if (last != NULL)
			show(last, count);
		free(last);
		last = xstrdup(line.text);
		count = 1;
	}
	if (last != NULL)
		show(last, count);
	free(last);
	free(line.text);
}

int
main(int argc, char **argv)
{
	const char *path;
	FILE *file;
	int option;

	util_init(argc, argv);
	while ((option = getopt(argc, argv, "cdiuf:s:")) != -1) {
		if (option == 'c')
			show_count = true;
		else if (option == 'd')
			only_repeated = true;
		else if (option == 'u')
			only_unique = true;
		else if (option == 'i')
			fold = true;
		else if (option == 'f')
			skip_fields = number_arg(optarg, 0, LONG_MAX);
		else if (option == 's')
			skip_chars = number_arg(optarg, 0, LONG_MAX);
		else
			util_usage_exit();
	}
	path = optind < argc ? argv[optind] : NULL;
	file = input_open(path);
	if (file == NULL)
		return 1;
	if (optind + 1 < argc && freopen(argv[optind + 1], "w", stdout) == NULL)
		die_errno(argv[optind + 1]);
	uniq(file);
	input_close(file, path);
	return util_exit(util_status);
}
