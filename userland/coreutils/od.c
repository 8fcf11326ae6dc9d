/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * usage: od [-A BASE] [-t TYPE] [-j SKIP] [-N COUNT] [-bcdox] [FILE...]
 * help: dump bytes; TYPE is a, c, or d, o, u, x with 1, 2, 4 or 8
 */
#include <ctype.h>
#include <inttypes.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/util.h"

UTILITY("od [-A BASE] [-t TYPE] [-j SKIP] [-N COUNT] [-bcdox] [FILE...]",
    "dump bytes; TYPE is a, c, or d, o, u, x with 1, 2, 4 or 8");

#define ROW 16

static char base = 'o';
static char type = 'o';
static int size = 2;
static bool every; /* -v: repeated rows too */

static void
print_address(unsigned long long address)
{
	if (base == 'd')
		printf("%07llu", address);
	else if (base == 'o')
		printf("%07llo", address);
	else if (base == 'x')
		printf("%06llx", address);
}

static void
print_char(unsigned char c)
{
	static const char letters[] = "abtnvfr";
	static const char bytes[] = "\a\b\t\n\v\f\r";
	const char *found = c != 0 ? strchr(bytes, c) : NULL;

	if (found != NULL)
		printf("  \\%c", letters[found - bytes]);
	else if (c == 0)
		printf("  \\0");
	else if (isprint(c))
		printf("   %c", c);
	else
		printf(" %03o", c);
}

static void
print_name(unsigned char c)
{
	static const char names[][4] = {"nul", "soh", "stx", "etx", "eot",
	    "enq", "ack", "bel", "bs", "ht", "nl", "vt", "ff", "cr", "so", "si",
	    "dle", "dc1", "dc2", "dc3", "dc4", "nak", "syn", "etb", "can", "em",
	    "sub", "esc", "fs", "gs", "rs", "us", "sp"};

	c &= 127;
	if (c == 127)
		printf(" del");
	else if (c <= ' ')
		printf(" %3s", names[c]);
	else
		printf("   %c", c);
}

static uint64_t
load(const unsigned char *p)
{
	uint64_t value = 0;
	uint32_t word;
	uint16_t half;

	if (size == 1)
		return *p;
	if (size == 2) {
		memcpy(&half, p, sizeof(half));
		return half;
	}
	if (size == 4) {
		memcpy(&word, p, sizeof(word));
		return word;
	}
	memcpy(&value, p, sizeof(value));
	return value;
}

static int64_t
sign_extend(uint64_t value)
{
	int shift = 64 - 8 * size;

	return (int64_t)(value << shift) >> shift;
}

/* One number, in a column as wide as the widest of its kind. */
static void
print_number(const unsigned char *p)
{
	static const int octal[] = {0, 3, 6, 0, 11, 0, 0, 0, 22};
	static const int decimal[] = {0, 4, 6, 0, 11, 0, 0, 0, 20};
	static const int plain[] = {0, 3, 5, 0, 10, 0, 0, 0, 20};
	uint64_t value = load(p);

	if (type == 'o')
		printf(" %0*" PRIo64, octal[size], value);
	else if (type == 'x')
		printf(" %0*" PRIx64, 2 * size, value);
	else if (type == 'u')
		printf(" %*" PRIu64, plain[size], value);
	else
		printf(" %*" PRId64, decimal[size], sign_extend(value));
}

static void
print_row(const unsigned char *row, int count)
{
	int i;

	for (i = 0; i < count; i += size) {
		if (type == 'c')
			print_char(row[i]);
		else if (type == 'a')
			print_name(row[i]);
		else
			print_number(row + i);
	}
	putchar('\n');
}

/* The next byte of all the files; EOF at the end of the last. */
static int
next_byte(char ***paths)
{
	static FILE *file;
	int c;

	for (;;) {
		if (file == NULL) {
			if (**paths == NULL)
				return EOF;
			file = input_open(*(*paths)++);
			if (file == NULL)
				continue;
		}
		c = getc(file);
		if (c != EOF)
			return c;
		input_close(file, (*paths)[-1]);
		file = NULL;
	}
}

static void
dump(char **paths, long long skip, long long limit)
{
	unsigned char row[ROW];
	unsigned char last[ROW];
	unsigned long long address = (unsigned long long)skip;
	bool starred = false;
	bool have_last = false;
	int c = 0;

	while (skip-- > 0)
		if (next_byte(&paths) == EOF)
			die("the input is shorter than that");
	while (c != EOF) {
		int count = 0;

		memset(row, 0, sizeof(row));
		while (count < ROW && limit > 0 &&
		       (c = next_byte(&paths)) != EOF) {
			row[count++] = (unsigned char)c;
			limit--;
		}
		if (count == 0)
			break;
		if (!every && have_last && count == ROW &&
		    memcmp(row, last, ROW) == 0) {
			if (!starred)
				puts("*");
			starred = true;
		} else {
			print_address(address);
			print_row(row, count);
			starred = false;
		}
		memcpy(last, row, ROW);
		have_last = true;
		address += (unsigned long long)count;
		if (limit <= 0)
			break;
	}
	if (base != 'n') {
		print_address(address);
		putchar('\n');
	}
}

static void
set_type(const char *text)
{
	type = *text;
	if (type == 'a' || type == 'c') {
		size = 1;
		return;
	}
	if (type == '\0' || strchr("doux", type) == NULL)
		die("%s: bad type", text);
	size = 4;
	if (text[1] != '\0')
		size = (int)number_arg(text + 1, 1, 8);
	if (size != 1 && size != 2 && size != 4 && size != 8)
		die("%s: bad size", text);
}

int
main(int argc, char **argv)
{
	static char standard[] = "-";
	char *only[] = {standard, NULL};
	long long skip = 0;
	long long limit = LLONG_MAX;
	int option;

	util_init(argc, argv);
	while ((option = getopt(argc, argv, "A:t:j:N:bcdoxv")) != -1) {
		if (option == 'A')
			base = *optarg;
		else if (option == 't')
			set_type(optarg);
		else if (option == 'j')
			skip = number_arg(optarg, 0, LLONG_MAX);
		else if (option == 'N')
			limit = number_arg(optarg, 0, LLONG_MAX);
		else if (option == 'b')
			set_type("o1");
		else if (option == 'c')
			set_type("c");
		else if (option == 'd')
			set_type("u2");
		else if (option == 'o')
			set_type("o2");
		else if (option == 'x')
			set_type("x2");
		else if (option == 'v')
			every = true;
		else
			util_usage_exit();
	}
	if (strchr("doxn", base) == NULL || base == '\0')
		die("-A takes d, o, x or n");
	dump(optind < argc ? argv + optind : only, skip, limit);
	return util_exit(util_status);
}
