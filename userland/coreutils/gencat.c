/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * usage: gencat CATALOGUE [FILE]...
 * help: add the messages in files to a message catalogue
 *
 * A file's lines: "N text", the message N; "N", no such message any more;
 * "$set N", what follows is of that set; "$delset N", it has none any more;
 * "$quote C", texts may stand between two of these; "$ anything", a comment.
 */
#include <ctype.h>
#include <errno.h>
#include <limits.h>
#include <machr/catalogue.h>
#include <nl_types.h>
#include <stdlib.h>
#include <string.h>

#include "lib/util.h"

UTILITY("gencat CATALOGUE [FILE]...",
    "add the messages in files to a message catalogue");

/* In order of set and number. */
struct message {
	uint32_t set;
	uint32_t number;
	char *text;
};

static struct message *messages;
static size_t message_count;

/* What is read. */
struct source {
	const char *path;
	FILE *file;
	unsigned line; /* number of the one read last */
	struct line buffer;
	uint32_t set;
	char quote; /* or NUL */
};

_Noreturn static void
bad(const struct source *source, const char *what)
{
	die("%s: line %u: %s", source->path, source->line, what);
}

/* Where the message is, or would be. */
static size_t
place(uint32_t set, uint32_t number)
{
	size_t low = 0;
	size_t high = message_count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		const struct message *at = &messages[middle];

		if (at->set < set || (at->set == set && at->number < number))
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* Those from one place up to another go. */
static void
forget(size_t from, size_t to)
{
	for (size_t i = from; i < to; i++)
		free(messages[i].text);
	if (to < message_count)
		memmove(&messages[from], &messages[to],
		    (message_count - to) * sizeof(*messages));
	message_count -= to - from;
}

static void
forget_one(uint32_t set, uint32_t number)
{
	forget(place(set, number), place(set, number + 1));
}

static void
remember(uint32_t set, uint32_t number, const char *text)
{
	size_t at = place(set, number);

	forget_one(set, number);
	if ((message_count & (message_count - 1)) == 0)
		messages = xrealloc(
		    messages, (message_count * 2 + 1) * sizeof(*messages));
	memmove(&messages[at + 1], &messages[at],
	    (message_count - at) * sizeof(*messages));
	messages[at] = (struct message){set, number, xstrdup(text)};
	message_count++;
}

/* A line, with those that it goes on in after a backslash at its end. */
static bool
next_line(struct source *source, struct line *whole)
{
	whole->length = 0;
	for (;;) {
		size_t length, end = 0;

		if (!line_read(&source->buffer, source->file))
			return whole->length > 0;
		source->line++;
		length = source->buffer.length;
		while (end < length &&
		       source->buffer.text[length - 1 - end] == '\\')
			end++;
		length -= end % 2;
		whole->text = xrealloc(whole->text, whole->length + length + 1);
		memcpy(
		    whole->text + whole->length, source->buffer.text, length);
		whole->length += length;
		whole->text[whole->length] = '\0';
		if (end % 2 == 0)
			return true;
	}
}

/* A number, of at most so much, and what is behind it. */
static uint32_t
number(const struct source *source, const char **text, unsigned long most)
{
	unsigned long value;
	char *end;

	if (!isdigit((unsigned char)**text))
		bad(source, "a number is missing");
	errno = 0;
	value = strtoul(*text, &end, 10);
	if (errno != 0 || value == 0 || value > most)
		bad(source, "the number is out of range");
	*text = end;
	return (uint32_t)value;
}

/* Behind a backslash. */
static char
escaped(const char **text)
{
	static const char names[] = "ntvbrf";
	static const char values[] = "\n\t\v\b\r\f";
	const char *name = **text != '\0' ? strchr(names, **text) : NULL;
	int value = 0;

	if (name != NULL) {
		(*text)++;
		return values[name - names];
	}
	if (**text < '0' || **text > '7')
		return *(*text)++;
	for (int i = 0; i < 3 && **text >= '0' && **text <= '7'; i++)
		value = value * 8 + *(*text)++ - '0';
	return (char)value;
}

/* The text as it is meant, in place; it does not become longer. */
static void
unquote(const struct source *source, char *text)
{
	const char *from = text;
	char *to = text;
	bool quoted = source->quote != '\0' && *from == source->quote;

	if (quoted)
		from++;
	while (*from != '\0' && !(quoted && *from == source->quote)) {
		if (*from == '\\' && from[1] != '\0') {
			from++;
			*to++ = escaped(&from);
		} else {
			*to++ = *from++;
		}
	}
	*to = '\0';
	if (to - text > NL_TEXTMAX)
		bad(source, "the text is too long");
}

/* Is the line that directive? Then what is behind it. */
static const char *
directive(const char *line, const char *name)
{
	size_t length = strlen(name);

	if (strncmp(line + 1, name, length) != 0 ||
	    !(line[1 + length] == '\0' ||
		isblank((unsigned char)line[1 + length])))
		return NULL;
	line += 1 + length;
	return line + strspn(line, " \t");
}

static void
obey(struct source *source, const char *line)
{
	const char *rest;

	if ((rest = directive(line, "set")) != NULL) {
		source->set = number(source, &rest, NL_SETMAX);
	} else if ((rest = directive(line, "delset")) != NULL) {
		uint32_t set = number(source, &rest, NL_SETMAX);

		forget(place(set, 0), place(set + 1, 0));
	} else if ((rest = directive(line, "quote")) != NULL) {
		source->quote = *rest;
	} else if (line[1] != '\0' && !isblank((unsigned char)line[1])) {
		bad(source, "there is no such directive");
	}
}

static void
read_message(struct source *source, char *line)
{
	const char *rest = line;
	uint32_t which = number(source, &rest, NL_MSGMAX);

	if (*rest == '\0') {
		forget_one(source->set, which);
		return;
	}
	if (!isblank((unsigned char)*rest))
		bad(source, "a blank is missing behind the number");
	rest++;
	unquote(source, line + (rest - line));
	remember(source->set, which, rest);
}

static void
read_source(const char *path)
{
	struct source source = {
	    .path = path != NULL ? path : "-", .set = NL_SETD};
	struct line line = {0};

	source.file = input_open(path);
	if (source.file == NULL)
		exit(util_exit(1));
	while (next_line(&source, &line)) {
		if (line.text[0] == '$')
			obey(&source, line.text);
		else if (line.text[strspn(line.text, " \t")] != '\0')
			read_message(&source, line.text);
	}
	free(line.text);
	free(source.buffer.text);
	input_close(source.file, path);
}

/* What the catalogue has now, if it is there. */
static void
read_catalogue(const char *path)
{
	FILE *file = fopen(path, "r");
	struct machr_catalogue *catalogue;
	size_t size;

	if (file == NULL && errno == ENOENT)
		return;
	if (file == NULL)
		die_errno(path);
	catalogue = (void *)read_all(fileno(file), &size);
	if (catalogue == NULL)
		die_errno(path);
	(void)fclose(file);
	if (size > 0 && !machr_catalogue_is_valid(catalogue, size))
		die("%s: is no message catalogue", path);
	for (uint32_t i = 0; size > 0 && i < catalogue->count; i++)
		remember(catalogue->lines[i].set, catalogue->lines[i].number,
		    machr_catalogue_texts(catalogue) +
			catalogue->lines[i].text);
	free(catalogue);
}

static void
write_catalogue(FILE *file)
{
	struct machr_catalogue head = {
	    .magic = MACHR_CATALOGUE_MAGIC, .count = (uint32_t)message_count};
	uint32_t at = 0;

	for (size_t i = 0; i < message_count; i++)
		head.texts_size += (uint32_t)strlen(messages[i].text) + 1;
	(void)fwrite(&head, sizeof(head), 1, file);
	for (size_t i = 0; i < message_count; i++) {
		struct machr_catalogue_line line = {
		    messages[i].set, messages[i].number, at};

		(void)fwrite(&line, sizeof(line), 1, file);
		at += (uint32_t)strlen(messages[i].text) + 1;
	}
	for (size_t i = 0; i < message_count; i++)
		(void)fwrite(
		    messages[i].text, strlen(messages[i].text) + 1, 1, file);
}

int
main(int argc, char **argv)
{
	const char *path;
	FILE *file = stdout;

	util_init(argc, argv);
	if (argc > 1 && strcmp(argv[1], "--") == 0)
		argv++;
	path = argv[1];
	if (argc < 2 || path == NULL || (path[0] == '-' && path[1] != '\0'))
		util_usage_exit();
	if (strcmp(path, "-") != 0)
		read_catalogue(path);
	if (argv[2] == NULL)
		read_source(NULL);
	for (argv += 2; *argv != NULL; argv++)
		read_source(*argv);
	if (strcmp(path, "-") != 0)
		file = fopen(path, "w");
	if (file == NULL)
		die_errno(path);
	write_catalogue(file);
	if (file != stdout && fclose(file) != 0)
		die_errno(path);
	return util_exit(0);
}
