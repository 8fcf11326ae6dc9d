/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * usage: hexdump [-C] [FILE...]
 * help: dump bytes in hexadecimal, with -C beside their text
 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/util.h"

UTILITY("hexdump [-C] [FILE...]",
    "dump bytes in hexadecimal, with -C beside their text");

#define ROW 16

static bool canonical;

static void
print_canonical(const unsigned char *row, size_t count)
{
	size_t i;

	for (i = 0; i < ROW; i++) {
		if (i % 8 == 0)
			putchar(' ');
		if (i < count)
			printf(" %02x", row[i]);
		else
			printf("   ");
	}
	printf("  |");
	for (i = 0; i < count; i++)
		putchar(isprint(row[i]) ? row[i] : '.');
	printf("|\n");
}

static void
print_words(const unsigned char *row, size_t count)
{
	size_t i;

	for (i = 0; i < count; i += 2)
		printf(" %02x%02x", i + 1 < count ? row[i + 1] : 0, row[i]);
	putchar('\n');
}

static void
dump(FILE *file, unsigned long long *address)
{
	unsigned char row[ROW];
	unsigned char last[ROW];
	bool have_last = false;
	bool starred = false;
	size_t count;

	while ((count = fread(row, 1, ROW, file)) > 0) {
		if (have_last && count == ROW && memcmp(row, last, ROW) == 0) {
			if (!starred)
				puts("*");
			starred = true;
		} else {
			printf(canonical ? "%08llx" : "%07llx", *address);
			if (canonical)
				print_canonical(row, count);
			else
				print_words(row, count);
			starred = false;
		}
		memcpy(last, row, ROW);
		have_last = true;
		*address += count;
	}
}

int
main(int argc, char **argv)
{
	unsigned long long address = 0;
	int option;
	int i;

	util_init(argc, argv);
	while ((option = getopt(argc, argv, "C")) != -1) {
		if (option != 'C')
			util_usage_exit();
		canonical = true;
	}
	for (i = optind; i < argc || i == optind; i++) {
		const char *path = i < argc ? argv[i] : NULL;
		FILE *file = input_open(path);

		if (file == NULL)
			continue;
		dump(file, &address);
		input_close(file, path);
	}
	if (address > 0)
		printf(canonical ? "%08llx\n" : "%07llx\n", address);
	return util_exit(util_status);
}
