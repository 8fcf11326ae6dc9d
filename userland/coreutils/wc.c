/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * usage: wc [-clmw] [FILE...]
 * help: count lines, words and bytes
 */
#include <ctype.h>
#include <fcntl.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/util.h"

UTILITY("wc [-clmw] [FILE...]", "count lines, words and bytes");

enum { LINES, WORDS, CHARACTERS, BYTES, COUNTS };

struct counts {
	unsigned long long of[COUNTS];
};

static bool shown[COUNTS];
static int width; /* of a column; one alone needs none */
static bool wide; /* a character may have several bytes: it is UTF-8 */

static void
print_counts(const struct counts *counts, const char *name)
{
	const char *separator = "";

	for (int i = 0; i < COUNTS; i++) {
		if (!shown[i])
			continue;
		printf("%s%*llu", separator, width, counts->of[i]);
		separator = " ";
	}
	if (name != NULL)
		printf(" %s", name);
	putchar('\n');
}

static int
count_fd(int fd, struct counts *counts)
{
	static unsigned char buffer[65536];
	bool in_word = false;
	ssize_t n;

	while ((n = read(fd, buffer, sizeof(buffer))) > 0) {
		ssize_t i;

		counts->of[BYTES] += (unsigned long long)n;
		for (i = 0; i < n; i++) {
			bool space = isspace(buffer[i]) != 0;

			counts->of[LINES] += buffer[i] == '\n';
			counts->of[WORDS] += !space && !in_word;
			counts->of[CHARACTERS] +=
			    !wide || (buffer[i] & 0xc0) != 0x80;
			in_word = !space;
		}
	}
	return n < 0 ? -1 : 0;
}

static void
count_file(const char *path, struct counts *total)
{
	struct counts counts = {.of = {0}};
	int fd = STDIN_FILENO;

	if (path != NULL && strcmp(path, "-") != 0)
		fd = open(path, O_RDONLY);
	if (fd < 0 || count_fd(fd, &counts) != 0) {
		warn_errno(path != NULL ? path : "-");
		if (fd < 0)
			return;
	}
	print_counts(&counts, path);
	for (int i = 0; i < COUNTS; i++)
		total->of[i] += counts.of[i];
	if (fd != STDIN_FILENO)
		close(fd);
}

int
main(int argc, char **argv)
{
	struct counts total = {.of = {0}};
	static const char letters[] = "lwmc";
	int columns = 0;
	int files;
	int option;
	int i;

	util_init(argc, argv);
	wide = setlocale(LC_CTYPE, "") != NULL && MB_CUR_MAX > 1;
	while ((option = getopt(argc, argv, letters)) != -1) {
		if (option == '?')
			util_usage_exit();
		shown[strchr(letters, option) - letters] = true;
	}
	for (i = 0; i < COUNTS; i++)
		columns += shown[i];
	if (columns == 0)
		shown[LINES] = shown[WORDS] = shown[BYTES] = true;
	width = columns == 1 ? 0 : 7;
	files = argc - optind;
	if (files == 0)
		count_file(NULL, &total);
	for (i = optind; i < argc; i++)
		count_file(argv[i], &total);
	if (files > 1)
		print_counts(&total, "total");
	return util_exit(util_status);
}
