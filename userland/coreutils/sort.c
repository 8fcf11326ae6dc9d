/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * usage: sort [-bcCdfimnrsu] [-t CHAR] [-k KEY] [-o FILE] [FILE...]
 * help: sort lines; KEY is FIELD[.CHAR][bdfinr][,FIELD[.CHAR]]
 */
#include <ctype.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/util.h"

UTILITY("sort [-bcCdfimnrsu] [-t CHAR] [-k KEY] [-o FILE] [FILE...]",
    "sort lines; KEY is FIELD[.CHAR][bdfinr][,FIELD[.CHAR]]");

struct order {
	bool blanks;     /* -b: leading ones do not count */
	bool dictionary; /* -d: letters, digits and blanks count */
	bool printable;  /* -i: what can be printed counts */
	bool fold;
	bool numeric;
	bool reverse;
};

struct key {
	int field;       /* from 1 */
	int offset;      /* character in it, from 1 */
	int last_field;  /* 0: to the end of the line */
	int last_offset; /* 0: to the end of the field */
	bool ordered;    /* has an order of its own */
	struct order order;
};

#define MAX_KEYS 16

static struct key keys[MAX_KEYS];
static int key_count;
static struct order global;
static int separator; /* 0: blanks */
static bool unique;
static bool stable;

static char **lines;
static size_t line_count;

static bool
set_order(struct order *order, char letter)
{
	switch (letter) {
	case 'b':
		order->blanks = true;
		return true;
	case 'd':
		order->dictionary = true;
		return true;
	case 'f':
		order->fold = true;
		return true;
	case 'i':
		order->printable = true;
		return true;
	case 'n':
		order->numeric = true;
		return true;
	case 'r':
		order->reverse = true;
		return true;
	default:
		return false;
	}
}

/* FIELD[.CHAR][letters] at *p. */
static void
parse_position(const char **p, int *field, int *offset, struct key *key)
{
	char *end;

	*field = (int)strtol(*p, &end, 10);
	*offset = 0;
	if (end == *p || *field < 0)
		die("%s: bad key", *p);
	if (*end == '.')
		*offset = (int)strtol(end + 1, &end, 10);
	while (*end != '\0' && set_order(&key->order, *end)) {
		key->ordered = true;
		end++;
	}
	*p = end;
}

static void
add_key(const char *text)
{
	struct key *key = &keys[key_count];

	if (key_count == MAX_KEYS)
		die("too many keys");
	parse_position(&text, &key->field, &key->offset, key);
	if (key->field == 0)
		die("fields count from 1");
	if (*text == ',') {
		text++;
		parse_position(&text, &key->last_field, &key->last_offset, key);
	}
	if (*text != '\0')
		die("%s: bad key", text);
	key_count++;
}

/* The end of the field at `p`, the blanks before it included. */
static const char *
field_end(const char *p)
{
	if (separator != 0) {
		while (*p != '\0' && (unsigned char)*p != separator)
			p++;
		return p;
	}
	while (isblank((unsigned char)*p))
		p++;
	while (*p != '\0' && !isblank((unsigned char)*p))
		p++;
	return p;
}

static const char *
field_start(const char *p, int field)
{
	while (--field > 0 && *p != '\0') {
		p = field_end(p);
		if (separator != 0 && *p != '\0')
			p++;
	}
	return p;
}

static const char *
skip_blanks(const char *p)
{
	while (isblank((unsigned char)*p))
		p++;
	return p;
}

static const char *
forward(const char *p, int count)
{
	while (count-- > 0 && *p != '\0')
		p++;
	return p;
}

static const char *
key_start(const char *line, const struct key *key, const struct order *order)
{
	const char *p = field_start(line, key->field);

	if (order->blanks || order->numeric)
		p = skip_blanks(p);
	return forward(p, key->offset - 1);
}

static const char *
key_end(const char *line, const struct key *key, const struct order *order)
{
	const char *p;

	if (key->last_field == 0)
		return line + strlen(line);
	p = field_start(line, key->last_field);
	if (key->last_offset == 0)
		return field_end(p);
	if (order->blanks)
		p = skip_blanks(p);
	return forward(p, key->last_offset);
}

/* Digits up to `end`, without leading zeros. */
static size_t
digits(const char **p, const char *end)
{
	const char *q;

	while (*p < end && **p == '0')
		(*p)++;
	for (q = *p; q < end && isdigit((unsigned char)*q); q++)
		continue;
	return (size_t)(q - *p);
}

/* Compare what follows the decimal points. */
static int
compare_fractions(
    const char *a, const char *a_end, const char *b, const char *b_end)
{
	for (;;) {
		int x = a < a_end && isdigit((unsigned char)*a) ? *a++ : 0;
		int y = b < b_end && isdigit((unsigned char)*b) ? *b++ : 0;

		if (x == 0 && y == 0)
			return 0;
		if (x == 0)
			x = '0';
		if (y == 0)
			y = '0';
		if (x != y)
			return x < y ? -1 : 1;
	}
}

/* Numbers of any length, without signs. */
static int
compare_magnitudes(
    const char *a, const char *a_end, const char *b, const char *b_end)
{
	size_t a_length = digits(&a, a_end);
	size_t b_length = digits(&b, b_end);
	int order;

	if (a_length != b_length)
		return a_length < b_length ? -1 : 1;
	order = memcmp(a, b, a_length);
	if (order != 0)
		return order;
	a += a_length;
	b += b_length;
	a = a < a_end && *a == '.' ? a + 1 : a_end;
	b = b < b_end && *b == '.' ? b + 1 : b_end;
	return compare_fractions(a, a_end, b, b_end);
}

static bool
is_zero(const char *p, const char *end)
{
	while (p < end && (*p == '0' || *p == '.'))
		p++;
	return p == end || !isdigit((unsigned char)*p);
}

static int
compare_numbers(
    const char *a, const char *a_end, const char *b, const char *b_end)
{
	bool a_negative = a < a_end && *a == '-';
	bool b_negative = b < b_end && *b == '-';

	a += a_negative;
	b += b_negative;
	a_negative = a_negative && !is_zero(a, a_end);
	b_negative = b_negative && !is_zero(b, b_end);
	if (a_negative != b_negative)
		return a_negative ? -1 : 1;
	return a_negative ? compare_magnitudes(b, b_end, a, a_end)
			  : compare_magnitudes(a, a_end, b, b_end);
}

/* The next character that counts, or -1 at the end. */
static int
next_character(const char **p, const char *end, const struct order *order)
{
	while (*p < end) {
		int c = (unsigned char)*(*p)++;

		if (order->dictionary && !isalnum(c) && !isblank(c))
			continue;
		if (order->printable && !isprint(c))
			continue;
		return order->fold ? toupper(c) : c;
	}
	return -1;
}

static int
compare_text(const char *a, const char *a_end, const char *b, const char *b_end,
    const struct order *order)
{
	for (;;) {
		int x = next_character(&a, a_end, order);
		int y = next_character(&b, b_end, order);

		if (x != y)
			return x < y ? -1 : 1;
		if (x < 0)
			return 0;
	}
}

static int
compare_key(const char *a, const char *b, const struct key *key)
{
	const struct order *order = key->ordered ? &key->order : &global;
	const char *a_start = key_start(a, key, order);
	const char *b_start = key_start(b, key, order);
	const char *a_end = key_end(a, key, order);
	const char *b_end = key_end(b, key, order);
	int result;

	if (a_end < a_start)
		a_end = a_start;
	if (b_end < b_start)
		b_end = b_start;
	if (order->numeric)
		result = compare_numbers(a_start, a_end, b_start, b_end);
	else
		result = compare_text(a_start, a_end, b_start, b_end, order);
	return order->reverse ? -result : result;
}

static int
compare_keys(const char *a, const char *b)
{
	static const struct key whole = {.field = 1};
	int i;

	if (key_count == 0)
		return compare_key(a, b, &whole);
	for (i = 0; i < key_count; i++) {
		int order = compare_key(a, b, &keys[i]);

		if (order != 0)
			return order;
	}
	return 0;
}

/* Equal keys are told apart by the whole lines, then by their places. */
static int
compare_lines(const void *left, const void *right)
{
	const char *a = *(char *const *)left;
	const char *b = *(char *const *)right;
	int order = compare_keys(a, b);

	if (order == 0 && !stable && !unique) {
		order = strcmp(a, b);
		if (global.reverse)
			order = -order;
	}
	return order;
}

/* Merge sort: stable, and never quadratic. */
static void
merge_sort(char **from, char **buffer, size_t count)
{
	size_t half = count / 2;
	size_t i = 0;
	size_t j = half;
	size_t k;

	if (count < 2)
		return;
	merge_sort(from, buffer, half);
	merge_sort(from + half, buffer, count - half);
	for (k = 0; k < count; k++) {
		bool left = j == count || (i < half && compare_lines(&from[i],
							   &from[j]) <= 0);

		buffer[k] = left ? from[i++] : from[j++];
	}
	memcpy(from, buffer, count * sizeof(*from));
}

static void
read_lines(const char *path)
{
	static size_t capacity;
	FILE *file = input_open(path);
	struct line line = {.text = NULL};

	if (file == NULL)
		exit(2);
	while (line_read(&line, file)) {
		if (line_count == capacity) {
			capacity = capacity != 0 ? capacity * 2 : 256;
			lines = xrealloc(lines, capacity * sizeof(*lines));
		}
		lines[line_count++] = xstrdup(line.text);
	}
	free(line.text);
	input_close(file, path);
}

/* -c, -C: status 1 at the first line out of order. */
static int
check(bool silent)
{
	size_t i;

	for (i = 1; i < line_count; i++) {
		int order = compare_lines(&lines[i - 1], &lines[i]);

		if (order > 0 || (order == 0 && unique)) {
			if (!silent)
				warn_text("disorder: %s", lines[i]);
			return 1;
		}
	}
	return 0;
}

static void
write_lines(const char *output)
{
	size_t i;

	if (output != NULL && freopen(output, "w", stdout) == NULL)
		die_errno(output);
	for (i = 0; i < line_count; i++)
		if (!unique || i == 0 ||
		    compare_keys(lines[i - 1], lines[i]) != 0)
			puts(lines[i]);
}

int
main(int argc, char **argv)
{
	const char *output = NULL;
	int checking = 0;
	char **buffer;
	int option;

	util_init(argc, argv);
	while ((option = getopt(argc, argv, "bcCdfimnrsut:k:o:")) != -1) {
		if (option == 'c' || option == 'C')
			checking = option;
		else if (option == 'm') /* what is sorted can be sorted */
			continue;
		else if (option == 'u')
			unique = true;
		else if (option == 's')
			stable = true;
		else if (option == 't')
			separator = (unsigned char)*optarg;
		else if (option == 'k')
			add_key(optarg);
		else if (option == 'o')
			output = optarg;
		else if (!set_order(&global, (char)option))
			util_usage_exit();
	}
	if (optind >= argc)
		read_lines(NULL);
	for (; optind < argc; optind++)
		read_lines(argv[optind]);
	if (checking != 0)
		return check(checking == 'C');
	buffer = xmalloc(line_count * sizeof(*buffer));
	merge_sort(lines, buffer, line_count);
	write_lines(output);
	free(buffer);
	return util_exit(util_status);
}
