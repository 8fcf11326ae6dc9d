/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * usage: wc [-clmw] [FILE...]
 * help: count lines, words and bytes
 */
#include <ctype.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "lib/util.h"

UTILITY("wc [-clmw] [FILE...]", "count lines, words and bytes");

struct counts {
	unsigned long long lines;
	unsigned long long words;
	unsigned long long bytes;
};

static bool show_lines;
static bool show_words;
static bool show_bytes;

static void
print_counts(const struct counts *counts, const char *name)
{
	const char *separator = "";

	if (show_lines) {
		printf("%7llu", counts->lines);
		separator = " ";
	}
	if (show_words) {
		printf("%s%7llu", separator, counts->words);
		separator = " ";
	}
	if (show_bytes)
		printf("%s%7llu", separator, counts->bytes);
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

		counts->bytes += (unsigned long long)n;
		for (i = 0; i < n; i++) {
			bool space = isspace(buffer[i]) != 0;

			counts->lines += buffer[i] == '\n';
			counts->words += !space && !in_word;
			in_word = !space;
		}
	}
	return n < 0 ? -1 : 0;
}

static void
count_file(const char *path, struct counts *total)
{
	struct counts counts = {.lines = 0};
	int fd = STDIN_FILENO;

	if (path != NULL && strcmp(path, "-") != 0)
		fd = open(path, O_RDONLY);
	if (fd < 0 || count_fd(fd, &counts) != 0) {
		warn_errno(path != NULL ? path : "-");
		if (fd < 0)
			return;
	}
	print_counts(&counts, path);
	total->lines += counts.lines;
	total->words += counts.words;
	total->bytes += counts.bytes;
	if (fd != STDIN_FILENO)
		close(fd);
}

int
main(int argc, char **argv)
{
	struct counts total = {.lines = 0};
	int files;
	int option;
	int i;

	util_init(argc, argv);
	while ((option = getopt(argc, argv, "clmw")) != -1) {
		if (option == 'l')
			show_lines = true;
		else if (option == 'w')
			show_words = true;
		else if (option == 'c' || option == 'm')
			show_bytes = true;
		else
			util_usage_exit();
	}
	if (!show_lines && !show_words && !show_bytes)
		show_lines = show_words = show_bytes = true;
	files = argc - optind;
	if (files == 0)
		count_file(NULL, &total);
	for (i = optind; i < argc; i++)
		count_file(argv[i], &total);
	if (files > 1)
		print_counts(&total, "total");
	return util_exit(util_status);
}
