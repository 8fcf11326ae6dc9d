/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Lists of mounted file systems. A line has six fields with blanks between,
 * the last two of which may be missing; blanks, tabs, newlines and backslashes
 * in a field are a backslash and three octal digits.
 */
#include <mntent.h>
#include <stdlib.h>
#include <string.h>

FILE *
setmntent(const char *path, const char *mode)
{
	return fopen(path, mode);
}

int
endmntent(FILE *file)
{
	if (file != NULL)
		fclose(file);
	return 1;
}

static int
is_octal(const char *p)
{
	for (int i = 0; i < 3; i++)
		if (p[i] < '0' || p[i] > '7')
			return 0;
	return 1;
}

static char *
next_field(char **state)
{
	char *field = strtok_r(NULL, " \t\n", state);
	char *to = field;
	const char *from = field;

	if (field == NULL)
		return NULL;
	while (*from != '\0') {
		if (*from == '\\' && is_octal(from + 1)) {
			*to++ = (char)((from[1] - '0') * 64 +
				       (from[2] - '0') * 8 + from[3] - '0');
			from += 4;
		} else {
			*to++ = *from++;
		}
	}
	*to = '\0';
	return field;
}

static int
next_number(char **state)
{
	const char *field = strtok_r(NULL, " \t\n", state);

	return field != NULL ? (int)strtol(field, NULL, 10) : 0;
}

/* Rest of a line that did not fit. */
static void
skip_line(FILE *file)
{
	int c;

	do {
		c = getc(file);
	} while (c != '\n' && c != EOF);
}

struct mntent *
getmntent_r(FILE *file, struct mntent *entry, char *line, int size)
{
	while (fgets(line, size, file) != NULL) {
		char *state = line;

		if (strchr(line, '\n') == NULL)
			skip_line(file);
		if (line[strspn(line, " \t")] == '#')
			continue;
		entry->mnt_fsname = next_field(&state);
		entry->mnt_dir = next_field(&state);
		entry->mnt_type = next_field(&state);
		entry->mnt_opts = next_field(&state);
		if (entry->mnt_opts == NULL)
			continue;
		entry->mnt_freq = next_number(&state);
		entry->mnt_passno = next_number(&state);
		return entry;
	}
	return NULL;
}

struct mntent *
getmntent(FILE *file)
{
	static struct mntent entry;
	static char line[1024];

	return getmntent_r(file, &entry, line, sizeof(line));
}

char *
hasmntopt(const struct mntent *entry, const char *option)
{
	size_t length = strlen(option);
	char *p = entry->mnt_opts;

	while (p != NULL) {
		if (strncmp(p, option, length) == 0 &&
		    strchr("=,", p[length]) != NULL)
			return p;
		p = strchr(p, ',');
		if (p != NULL)
			p++;
	}
	return NULL;
}
