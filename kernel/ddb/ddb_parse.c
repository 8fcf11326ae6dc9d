/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Words, numbers, formats.
 */
#include <ddb/ddb.h>
#include <kern/string.h>

void
ddb_split(char *line, struct ddb_args *args)
{
	char *slash;

	*args = (struct ddb_args){0};
	while (args->count < DDB_WORDS) {
		while (*line == ' ')
			*line++ = '\0';
		if (*line == '\0')
			break;
		args->word[args->count++] = line;
		while (*line != '\0' && *line != ' ')
			line++;
	}
	*line = '\0';
	if (args->count == 0)
		return;
	slash = strchr(args->word[0], '/');
	if (slash != NULL) {
		*slash = '\0';
		args->format = slash + 1;
	}
}

static unsigned
digit_value(char c)
{
	if (c >= '0' && c <= '9')
		return (unsigned)(c - '0');
	if (c >= 'a' && c <= 'f')
		return (unsigned)(c - 'a') + 10;
	return 16;
}

bool
ddb_number(const char *text, unsigned base, uint64_t *value)
{
	uint64_t n = 0;

	if (base == 16 && text[0] == '0' && text[1] == 'x')
		text += 2;
	if (*text == '\0')
		return false;
	for (; *text != '\0'; text++) {
		unsigned digit = digit_value(*text);

		if (digit >= base || n > (UINT64_MAX - digit) / base)
			return false;
		n = n * base + digit;
	}
	*value = n;
	return true;
}

bool
ddb_parse_format(const char *text, struct ddb_format *format)
{
	static const char sizes[] = "bhwg";
	unsigned count = 0;
	const char *size;

	*format = (struct ddb_format){.count = 4, .letter = 'x', .size = 8};
	if (text == NULL)
		return true;
	for (; *text >= '0' && *text <= '9' && count < 10000; text++)
		count = count * 10 + (unsigned)(*text - '0');
	if (count > 0)
		format->count = count;
	for (; *text != '\0'; text++) {
		if (strchr("xducs", *text) != NULL) {
			format->letter = *text;
			if (*text == 'c' || *text == 's')
				format->size = 1;
			continue;
		}
		size = strchr(sizes, *text);
		if (size == NULL)
			return false;
		format->size = 1U << (size - sizes);
	}
	return true;
}

unsigned
ddb_match(const char *name, const struct ddb_args *args)
{
	unsigned words = 0;

	while (words < args->count) {
		size_t length = strlen(args->word[words]);

		if (strncmp(name, args->word[words], length) != 0)
			return 0;
		words++;
		name = strchr(name, ' ');
		if (name == NULL)
			return words;
		name++;
	}
	return 0;
}

bool
ddb_script_next(const char **script, char *line, size_t size)
{
	const char *s = *script;
	size_t n = 0;

	while (*s == ' ' || *s == ';')
		s++;
	for (; *s != '\0' && *s != ';'; s++)
		if (n + 1 < size)
			line[n++] = *s;
	line[n] = '\0';
	*script = s;
	return n > 0;
}
