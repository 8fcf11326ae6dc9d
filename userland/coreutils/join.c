/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * usage: join [-a N | -v N] [-e TEXT] [-o LIST] [-t CHAR] [-1 F] [-2 F] A B
 * help: join lines of two sorted files that have a field in common
 *
 * The lines of B with the same key are kept while those of A that have it go
 * by. LIST is of 0, the key, and N.FIELD.
 */
#include <ctype.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/util.h"

UTILITY("join [-a N | -v N] [-e TEXT] [-o LIST] [-t CHAR] [-1 F] [-2 F] A B",
    "join lines of two sorted files that have a field in common");

/* A line, cut into its fields. */
struct record {
	char *text;
	char **fields;
	int count;
};

struct input {
	const char *path;
	FILE *file;
	int key; /* from 1 */
	bool unpaired;
	struct record *records; /* those of one key */
	size_t count;
	size_t capacity;
	struct record next;
	bool more; /* `next` is there */
};

/* What is written: a field of a file, or the key with file 0. */
struct column {
	int file;
	int field;
};

#define MAX_COLUMNS 64

static struct input inputs[2] = {{.key = 1}, {.key = 1}};
static struct column columns[MAX_COLUMNS];
static int column_count;
static int separator; /* 0: blanks */
static const char *empty = "";
static bool only_unpaired; /* -v */

static void
add_field(struct record *record, char *field)
{
	if ((record->count & (record->count - 1)) == 0)
		record->fields = xrealloc(record->fields,
		    ((size_t)record->count * 2 + 1) * sizeof(char *));
	record->fields[record->count++] = field;
}

static void
cut_line(struct record *record)
{
	char *p = record->text;

	while (separator != 0) {
		char *end = strchr(p, separator);

		add_field(record, p);
		if (end == NULL)
			return;
		*end = '\0';
		p = end + 1;
	}
	for (;;) {
		while (isblank((unsigned char)*p))
			p++;
		if (*p == '\0')
			return;
		add_field(record, p);
		while (*p != '\0' && !isblank((unsigned char)*p))
			p++;
		if (*p != '\0')
			*p++ = '\0';
	}
}

static void
read_next(struct input *input)
{
	static struct line line;

	input->more = line_read(&line, input->file);
	input->next = (struct record){.text = NULL};
	if (input->more) {
		input->next.text = xstrdup(line.text);
		cut_line(&input->next);
	}
}

static const char *
field_of(const struct record *record, int field)
{
	return field <= record->count ? record->fields[field - 1] : "";
}

static const char *
key_of(const struct input *input, const struct record *record)
{
	return field_of(record, input->key);
}

static void
forget(struct input *input)
{
	size_t i;

	for (i = 0; i < input->count; i++) {
		free(input->records[i].text);
		free(input->records[i].fields);
	}
	input->count = 0;
}

/* All the lines with the next one's key. */
static void
read_group(struct input *input)
{
	forget(input);
	while (input->more &&
	       (input->count == 0 || strcmp(key_of(input, &input->next),
					 key_of(input, input->records)) == 0)) {
		if (input->count == input->capacity) {
			input->capacity = input->capacity * 2 + 4;
			input->records = xrealloc(input->records,
			    input->capacity * sizeof(*input->records));
		}
		input->records[input->count++] = input->next;
		read_next(input);
	}
}

static void
put_field(const char *text, bool first)
{
	if (!first)
		putchar(separator != 0 ? separator : ' ');
	fputs(*text != '\0' ? text : empty, stdout);
}

static void
put_others(const struct input *input, const struct record *record)
{
	for (int i = 1; record != NULL && i <= record->count; i++)
		if (i != input->key)
			put_field(record->fields[i - 1], false);
}

/* A line of what was asked for; without one of the two it is unpaired. */
static void
put_line(const char *key, const struct record *left, const struct record *right)
{
	if (column_count == 0) {
		put_field(key, true);
		put_others(&inputs[0], left);
		put_others(&inputs[1], right);
	}
	for (int i = 0; i < column_count; i++) {
		const struct column *column = &columns[i];
		const struct record *record = column->file == 1 ? left : right;
		const char *text = key;

		if (column->file != 0)
			text = record != NULL ? field_of(record, column->field)
					      : "";
		put_field(text, i == 0);
	}
	putchar('\n');
}

static void
put_unpaired(struct input *input)
{
	for (size_t i = 0; input->unpaired && i < input->count; i++) {
		const struct record *record = &input->records[i];
		const char *key = key_of(input, record);

		if (input == inputs)
			put_line(key, record, NULL);
		else
			put_line(key, NULL, record);
	}
	read_group(input);
}

static void
put_pairs(void)
{
	const struct record *left = inputs[0].records;
	const struct record *right = inputs[1].records;
	const char *key = key_of(&inputs[0], left);

	for (size_t i = 0; !only_unpaired && i < inputs[0].count; i++)
		for (size_t j = 0; j < inputs[1].count; j++)
			put_line(key, &left[i], &right[j]);
	read_group(&inputs[0]);
	read_group(&inputs[1]);
}

static void
join(void)
{
	read_group(&inputs[0]);
	read_group(&inputs[1]);
	while (inputs[0].count > 0 && inputs[1].count > 0) {
		int order = strcmp(key_of(&inputs[0], inputs[0].records),
		    key_of(&inputs[1], inputs[1].records));

		if (order == 0)
			put_pairs();
		else
			put_unpaired(&inputs[order > 0]);
	}
	while (inputs[0].count > 0)
		put_unpaired(&inputs[0]);
	while (inputs[1].count > 0)
		put_unpaired(&inputs[1]);
}

/* 0 or N.FIELD, after each other with commas or blanks between. */
static void
parse_list(char *list)
{
	char *word;

	for (word = strtok(list, ", \t"); word != NULL;
	     word = strtok(NULL, ", \t")) {
		struct column *column = &columns[column_count];
		char *end = word + 1;

		if (column_count == MAX_COLUMNS)
			die("too many fields");
		if (strcmp(word, "0") != 0) {
			if ((*word != '1' && *word != '2') || word[1] != '.')
				die("%s: bad field", word);
			column->file = *word - '0';
			column->field = (int)strtol(word + 2, &end, 10);
		}
		if (*end != '\0' || (column->file != 0 && column->field < 1))
			die("%s: bad field", word);
		column_count++;
	}
}

static void
set_option(int option)
{
	if (option == 'a' || option == 'v') {
		inputs[number_arg(optarg, 1, 2) - 1].unpaired = true;
		only_unpaired |= option == 'v';
	} else if (option == 'e') {
		empty = optarg;
	} else if (option == 'o') {
		parse_list(optarg);
	} else if (option == 't') {
		separator = (unsigned char)*optarg;
	} else if (option == '1' || option == '2') {
		inputs[option - '1'].key = (int)number_arg(optarg, 1, INT_MAX);
	} else {
		util_usage_exit();
	}
}

int
main(int argc, char **argv)
{
	int option;

	util_init(argc, argv);
	while ((option = getopt(argc, argv, "a:e:o:t:v:1:2:")) != -1)
		set_option(option);
	/* More operands of -o may follow as words of their own. */
	while (column_count > 0 && argc - optind > 2)
		parse_list(argv[optind++]);
	if (argc - optind != 2)
		util_usage_exit();
	for (int i = 0; i < 2; i++) {
		inputs[i].path = argv[optind + i];
		inputs[i].file = input_open(inputs[i].path);
		if (inputs[i].file == NULL)
			return util_exit(1);
		read_next(&inputs[i]);
	}
	join();
	for (int i = 0; i < 2; i++) {
		input_close(inputs[i].file, inputs[i].path);
		free(inputs[i].records);
	}
	return util_exit(util_status);
}
