/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Diagnostics: `file:line:column: error: what`, then the source line and a
 * caret. A position is a pointer into the preprocessed text; its file and line
 * come from the line markers before it. The preprocessor squeezes white space
 * and comments, so the column is found by matching the original line.
 */
#include <ctype.h>
#include <limits.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "mig.h"

static const char *source;
static size_t source_length;
static const char *source_name; /* until the first line marker */
static int errors;
static bool quiet;
static bool as_json;
static bool warnings_are_errors;
static bool unsaid; /* the last warning, so that its notes are not either */

struct place {
	const char *file;
	long line;
	const char *start; /* of the preprocessed line */
	const char *end;
};

void
diag_source(const char *text, size_t length, const char *file)
{
	source = text;
	source_length = length;
	source_name = file;
}

/* Places are in this text now. */
void
diag_again(const struct source *from)
{
	diag_source(from->text, from->length, from->file);
}

int
diag_errors(void)
{
	return errors;
}

void
diag_json(void)
{
	as_json = true;
}

/* The last line after errors. */
void
diag_summary(void)
{
	if (!as_json)
		fprintf(stderr, "mig: %d error%s, no output written\n", errors,
		    errors == 1 ? "" : "s");
}

void
diag_quiet(void)
{
	quiet = true;
}

bool
diag_is_quiet(void)
{
	return quiet;
}

void
diag_warnings_are_errors(void)
{
	warnings_are_errors = true;
}

/*
 * If `line` is a marker (`# 12 "file"`), set the place the next line has.
 */
static bool
read_marker(const char *line, const char *end, struct place *place)
{
	const char *quote;
	const char *close;
	long number;
	char *after;

	if (*line != '#')
		return false;
	line++;
	while (line < end && (*line == ' ' || *line == '\t'))
		line++;
	if (line == end || !isdigit((unsigned char)*line))
		return false; /* another directive: a line of the file */
	number = strtol(line, &after, 10);
	/* Not so large that counting on from it could overflow. */
	place->line = (number < INT_MAX ? number : INT_MAX) - 1;
	quote = memchr(after, '"', (size_t)(end - after));
	if (quote == NULL)
		return true;
	close = memchr(quote + 1, '"', (size_t)(end - quote - 1));
	if (close != NULL)
		place->file = mem_text(quote + 1, (size_t)(close - quote - 1));
	return true;
}

/* Where in the user's files `at` is. */
static struct place
locate(const char *at)
{
	const char *stop = source + source_length;
	struct place place = {source_name, 0, source, source};
	const char *line = source;

	while (line < stop) {
		const char *end = memchr(line, '\n', (size_t)(stop - line));

		if (end == NULL)
			end = stop;
		if (!read_marker(line, end, &place)) {
			place.start = line;
			place.end = end;
			place.line++;
			if (at <= end)
				break;
		}
		line = end < stop ? end + 1 : stop;
	}
	if (place.line < 1)
		place.line = 1;
	return place;
}

/* The text of one line of a file, or NULL. */
static char *
read_line(const char *file, long number)
{
	FILE *f = file != NULL ? fopen(file, "r") : NULL;
	char *line = NULL;
	char *copy = NULL;
	size_t room = 0;

	if (f == NULL)
		return NULL;
	while (number > 0) {
		ssize_t got = getline(&line, &room, f);

		if (got < 0)
			break;
		if (--number == 0)
			copy = mem_text(line, strcspn(line, "\n"));
	}
	free(line);
	fclose(f);
	return copy;
}

/* Step over white space and comments of an original line. */
static const char *
skip_blank(const char *p)
{
	for (;;) {
		const char *close;

		while (*p == ' ' || *p == '\t')
			p++;
		if (p[0] != '/' || p[1] != '*')
			return p;
		close = strstr(p + 2, "*/");
		if (close == NULL)
			return p;
		p = close + 2;
	}
}

static bool
is_name(char c)
{
	return isalnum((unsigned char)c) || c == '_';
}

/*
 * Where the word at `at` stands in a line that macros make different: found if
 * it stands there once; else `fallback`.
 */
static size_t
find_word(const char *original, const char *at, size_t fallback)
{
	size_t length = 0;
	const char *found = NULL;
	const char *p;

	while (is_name(at[length]))
		length++;
	for (p = original; length > 0 && *p != '\0'; p++) {
		if (strncmp(p, at, length) != 0 || is_name(p[length]) ||
		    (p > original && is_name(p[-1])))
			continue;
		if (found != NULL)
			return fallback;
		found = p;
	}
	return found != NULL ? (size_t)(found - original) : fallback;
}

/*
 * The column (from 0) in the original line of what is `offset` bytes into the
 * preprocessed one.
 */
static size_t
original_column(const char *original, const char *line, size_t offset)
{
	const char *from = original;
	const char *at = line + offset;

	for (;;) {
		while (line < at && (*line == ' ' || *line == '\t'))
			line++;
		from = skip_blank(from);
		if (line >= at)
			return (size_t)(from - original);
		/* A line may hold NULs; the original ends at its first. */
		if (*from == '\0' || *from != *line)
			return find_word(original, at, offset);
		from++;
		line++;
	}
}

/* --diagnostics=json: an object on a line of its own, for editors. */
static void
report_json(const char *kind, const struct place *place, size_t column,
    const char *text)
{
	fputs("{\"severity\": ", stderr);
	json_text(stderr, kind);
	if (place != NULL) {
		fputs(", \"file\": ", stderr);
		json_text(stderr, place->file);
		fprintf(stderr, ", \"line\": %ld, \"column\": %zu", place->line,
		    column + 1);
	}
	fputs(", \"message\": ", stderr);
	json_text(stderr, text);
	fputs("}\n", stderr);
}

/* The line and a caret under its column. */
static void
show_line(const char *text, size_t column)
{
	size_t i;

	fprintf(stderr, "    %s\n    ", text);
	for (i = 0; i < column && text[i] != '\0'; i++)
		fputc(text[i] == '\t' ? '\t' : ' ', stderr);
	fputs("^\n", stderr);
}

static void __attribute__((format(printf, 3, 0)))
report(const char *at, const char *kind, const char *format, va_list args)
{
	struct place place;
	char text[1024];
	char *original;
	size_t column;

	vsnprintf(text, sizeof(text), format, args);
	if (at == NULL || source == NULL) {
		if (as_json)
			report_json(kind, NULL, 0, text);
		else
			fprintf(stderr, "mig: %s: %s\n", kind, text);
		return;
	}
	place = locate(at);
	column = at > place.start ? (size_t)(at - place.start) : 0;
	if (at > place.end)
		column = (size_t)(place.end - place.start);
	original = read_line(place.file, place.line);
	if (original != NULL)
		column = original_column(original, place.start, column);
	else
		original =
		    mem_text(place.start, (size_t)(place.end - place.start));
	if (as_json) {
		report_json(kind, &place, column, text);
		return;
	}
	fprintf(stderr, "%s:%ld:%zu: %s: %s\n", place.file, place.line,
	    column + 1, kind, text);
	show_line(original, column);
}

void
error_at(const char *at, const char *format, ...)
{
	va_list args;

	errors++;
	unsaid = false;
	va_start(args, format);
	report(at, "error", format, args);
	va_end(args);
}

void
warn_at(const char *at, const char *format, ...)
{
	va_list args;

	unsaid = quiet;
	if (quiet)
		return;
	if (warnings_are_errors)
		errors++;
	va_start(args, format);
	report(at, warnings_are_errors ? "error" : "warning", format, args);
	va_end(args);
}

void
note_at(const char *at, const char *format, ...)
{
	va_list args;

	if (at == NULL || unsaid)
		return;
	va_start(args, format);
	report(at, "note", format, args);
	va_end(args);
}

void
fatal(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	report(NULL, "error", format, args);
	va_end(args);
	exit(1);
}

/* Call `visit` for each file the line markers name, with repetitions. */
void
diag_each_file(void (*visit)(const char *file, void *context), void *ctx)
{
	const char *stop = source + source_length;
	const char *line = source;

	while (line < stop) {
		const char *end = memchr(line, '\n', (size_t)(stop - line));
		struct place place = {NULL, 0, source, source};

		if (end == NULL)
			end = stop;
		if (read_marker(line, end, &place) && place.file != NULL)
			visit(place.file, ctx);
		line = end < stop ? end + 1 : stop;
	}
}
