/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * usage: split [-a N] [-b BYTES[k|m] | -l LINES] [FILE [NAME]]
 * help: cut a file into pieces: NAMEaa, NAMEab...; -a: letters behind the name
 */
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/util.h"

UTILITY("split [-a N] [-b BYTES[k|m] | -l LINES] [FILE [NAME]]",
    "cut a file into pieces: NAMEaa, NAMEab...; -a: letters behind the name");

static size_t letters = 2;
static long long lines = 1000;
static long long bytes; /* 0: by lines */
static char *path;      /* of the piece that is written */
static FILE *piece;

/* aa, ab ... az, ba ... */
static void
name_next(void)
{
	size_t end = strlen(path);

	for (size_t i = 1; i <= letters; i++) {
		if (path[end - i] != 'z') {
			path[end - i]++;
			return;
		}
		path[end - i] = 'a';
	}
	die("too many pieces for %zu letters", letters);
}

static void
close_piece(void)
{
	if (piece != NULL && fclose(piece) != 0)
		die_errno(path);
	piece = NULL;
}

static void
open_piece(bool first)
{
	if (!first)
		name_next();
	piece = fopen(path, "w");
	if (piece == NULL)
		die_errno(path);
}

static void
split(FILE *file)
{
	long long size = bytes != 0 ? bytes : lines;
	long long used = 0;
	bool first = true;
	int c;

	while ((c = getc(file)) != EOF) {
		if (piece == NULL) {
			open_piece(first);
			first = false;
			used = 0;
		}
		putc(c, piece);
		used += bytes != 0 || c == '\n';
		if (used == size)
			close_piece();
	}
	close_piece();
}

static long long
size_arg(char *text)
{
	size_t length = strlen(text);
	long long unit = 1;

	if (length > 0 && text[length - 1] == 'k')
		unit = 1024;
	else if (length > 0 && text[length - 1] == 'm')
		unit = 1024LL * 1024;
	if (unit > 1)
		text[length - 1] = '\0';
	return number_arg(text, 1, LLONG_MAX / unit) * unit;
}

int
main(int argc, char **argv)
{
	const char *prefix = "x";
	FILE *file;
	size_t length;
	int option;

	util_init(argc, argv);
	while ((option = getopt(argc, argv, "a:b:l:")) != -1) {
		if (option == 'a')
			letters = (size_t)number_arg(optarg, 1, NAME_MAX);
		else if (option == 'b')
			bytes = size_arg(optarg);
		else if (option == 'l')
			lines = number_arg(optarg, 1, LLONG_MAX);
		else
			util_usage_exit();
	}
	if (argc - optind > 2)
		util_usage_exit();
	if (argc - optind == 2)
		prefix = argv[optind + 1];
	file = input_open(argv[optind]);
	if (file == NULL)
		return util_exit(1);
	length = strlen(prefix);
	path = xmalloc(length + letters + 1);
	memcpy(path, prefix, length);
	memset(path + length, 'a', letters);
	path[length + letters] = '\0';
	split(file);
	input_close(file, argv[optind]);
	free(path);
	return util_exit(util_status);
}
