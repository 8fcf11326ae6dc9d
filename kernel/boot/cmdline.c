/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Options on the kernel's command line: words separated by blanks, each a flag
 * or name=value. A value in double quotes may contain blanks. The last one of
 * a name counts.
 */
#include <boot/bootinfo.h>
#include <kern/string.h>

/* The end of the word at `s`; quoted blanks do not end it. */
static const char *
word_end(const char *s)
{
	bool quoted = false;

	for (; *s != '\0' && (quoted || *s != ' '); s++)
		if (*s == '"')
			quoted = !quoted;
	return s;
}

/* The last word that is `name` followed by `separator`; after both, or NULL. */
static const char *
find(const char *name, char separator, const char **end)
{
	const char *s = bootinfo.cmdline;
	const char *found = NULL;
	size_t length = strlen(name);

	while (*s != '\0') {
		const char *stop = word_end(s);
		size_t size = (size_t)(stop - s);

		if (size >= length && strncmp(s, name, length) == 0 &&
		    (separator == '\0' ? size == length
				       : s[length] == separator)) {
			found = s + length + (separator != '\0');
			*end = stop;
		}
		s = stop;
		while (*s == ' ')
			s++;
	}
	return found;
}

/*
 * The value of "name=value", cut to `size`. False, and nothing stored, when
 * the option is not there.
 */
bool
boot_option(const char *name, char *value, size_t size)
{
	const char *end = NULL;
	const char *s = find(name, '=', &end);
	size_t n = 0;

	if (s == NULL || size == 0)
		return false;
	for (; s < end && n + 1 < size; s++)
		if (*s != '"')
			value[n++] = *s;
	value[n] = '\0';
	return true;
}

/* Is the word `name` on the command line? */
bool
boot_flag(const char *name)
{
	const char *end = NULL;

	return find(name, '\0', &end) != NULL;
}
