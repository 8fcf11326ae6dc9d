/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Input and output that sees every error: whole reads and writes, lines,
 * numbers from arguments.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "util.h"

int
write_all(int fd, const void *data, size_t size)
{
	const char *p = data;

	while (size > 0) {
		ssize_t n = write(fd, p, size);

		if (n < 0) {
			if (errno == EINTR)
				continue;
			return -1;
		}
		p += n;
		size -= (size_t)n;
	}
	return 0;
}

char *
read_all(int fd, size_t *size)
{
	size_t capacity = 4096;
	size_t length = 0;
	char *text = xmalloc(capacity);

	for (;;) {
		ssize_t n = read(fd, text + length, capacity - length - 1);

		if (n < 0) {
			if (errno == EINTR)
				continue;
			free(text);
			return NULL;
		}
		if (n == 0)
			break;
		length += (size_t)n;
		if (capacity - length < 2) {
			capacity *= 2;
			text = xrealloc(text, capacity);
		}
	}
	text[length] = '\0';
	*size = length;
	return text;
}

int
copy_fd(int in, int out)
{
	static char buffer[65536];

	for (;;) {
		ssize_t n = read(in, buffer, sizeof(buffer));

		if (n == 0)
			return 0;
		if (n < 0) {
			if (errno == EINTR)
				continue;
			return -1;
		}
		if (write_all(out, buffer, (size_t)n) != 0)
			return -2;
	}
}

bool
line_read(struct line *line, FILE *file)
{
	int c;

	line->length = 0;
	line->newline = false;
	while ((c = getc(file)) != EOF) {
		if (line->capacity - line->length < 2) {
			line->capacity =
			    line->capacity != 0 ? line->capacity * 2 : 128;
			line->text = xrealloc(line->text, line->capacity);
		}
		if (c == '\n') {
			line->newline = true;
			break;
		}
		line->text[line->length++] = (char)c;
	}
	if (line->length == 0 && !line->newline)
		return false;
	line->text[line->length] = '\0';
	return true;
}

FILE *
input_open(const char *path)
{
	FILE *file;

	if (path == NULL || strcmp(path, "-") == 0)
		return stdin;
	file = fopen(path, "r");
	if (file == NULL)
		warn_errno(path);
	return file;
}

void
input_close(FILE *file, const char *path)
{
	if (ferror(file)) {
		warn_errno(path != NULL ? path : "-");
		clearerr(file);
	}
	if (file != stdin)
		fclose(file);
}

bool
number_parse(const char *s, long long min, long long max, long long *to)
{
	char *end;
	long long value;

	errno = 0;
	value = strtoll(s, &end, 10);
	if (end == s || *end != '\0' || errno != 0)
		return false;
	if (value < min || value > max)
		return false;
	*to = value;
	return true;
}

long long
number_arg(const char *s, long long min, long long max)
{
	long long value;

	if (!number_parse(s, min, max, &value))
		die("%s: invalid number", s);
	return value;
}

int
screen_columns(void)
{
	const char *columns = getenv("COLUMNS");
	long long value;

	if (columns != NULL && number_parse(columns, 8, 1000, &value))
		return (int)value;
	return 80;
}

bool
answer_is_yes(void)
{
	int answer = getchar();
	int letter = answer;

	while (letter != '\n' && letter != EOF)
		letter = getchar();
	return answer == 'y' || answer == 'Y';
}
