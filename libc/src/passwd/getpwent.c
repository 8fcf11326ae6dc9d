/* SPDX-License-Identifier: BSD-2-Clause */
/* The user data base, /etc/passwd. */
#include <errno.h>
#include <pwd.h>
#include <stdlib.h>
#include <string.h>

#include "database.h"

#define PATH "/etc/passwd"

static FILE *stream;
static char *own_line;
static size_t own_capacity;
static struct passwd own_entry;

bool
__passwd_parse(char *line, struct passwd *entry)
{
	line[strcspn(line, "\n")] = '\0';
	entry->pw_name = __field_next(&line);
	entry->pw_passwd = __field_next(&line);
	if (!__field_number(__field_next(&line), &entry->pw_uid) ||
	    !__field_number(__field_next(&line), &entry->pw_gid))
		return false;
	entry->pw_gecos = __field_next(&line);
	entry->pw_dir = __field_next(&line);
	entry->pw_shell = __field_next(&line);
	return entry->pw_shell != NULL && *entry->pw_name != '\0';
}

/* Skips lines that are not entries. */
static bool
next_entry(FILE *file, char **line, size_t *capacity, struct passwd *entry)
{
	while (getline(line, capacity, file) >= 0)
		if (__passwd_parse(*line, entry))
			return true;
	return false;
}

static bool
find(const char *name, uid_t uid, char **line, struct passwd *entry)
{
	size_t capacity = 0;
	FILE *file = fopen(PATH, "re");
	bool found = false;

	*line = NULL;
	if (file == NULL)
		return false;
	while (!found && next_entry(file, line, &capacity, entry))
		found = name != NULL ? strcmp(entry->pw_name, name) == 0
				     : entry->pw_uid == uid;
	fclose(file);
	return found;
}

static char *
copy_field(char **to, size_t *left, const char *field)
{
	size_t size = strlen(field) + 1;
	char *copy = *to;

	if (size > *left)
		return NULL;
	memcpy(copy, field, size);
	*to += size;
	*left -= size;
	return copy;
}

/* Copy the strings into the caller's space. */
static int
copy_out(const struct passwd *from, struct passwd *to, char *space, size_t size)
{
	*to = *from;
	to->pw_name = copy_field(&space, &size, from->pw_name);
	to->pw_passwd = copy_field(&space, &size, from->pw_passwd);
	to->pw_gecos = copy_field(&space, &size, from->pw_gecos);
	to->pw_dir = copy_field(&space, &size, from->pw_dir);
	to->pw_shell = copy_field(&space, &size, from->pw_shell);
	return to->pw_name == NULL || to->pw_passwd == NULL ||
		       to->pw_gecos == NULL || to->pw_dir == NULL ||
		       to->pw_shell == NULL
		   ? ERANGE
		   : 0;
}

static int
find_r(const char *name, struct passwd *entry, char *space, size_t size,
    struct passwd **result)
{
	struct passwd found;
	uid_t uid = entry->pw_uid;
	char *line;
	int error = 0;
	int saved = errno;

	*result = NULL;
	errno = 0;
	if (find(name, uid, &line, &found)) {
		error = copy_out(&found, entry, space, size);
		if (error == 0)
			*result = entry;
	} else if (errno != 0 && errno != ENOENT) {
		error = errno;
	}
	free(line);
	errno = saved;
	return error;
}

int
getpwnam_r(const char *name, struct passwd *entry, char *space, size_t size,
    struct passwd **result)
{
	return find_r(name, entry, space, size, result);
}

int
getpwuid_r(uid_t uid, struct passwd *entry, char *space, size_t size,
    struct passwd **result)
{
	entry->pw_uid = uid;
	return find_r(NULL, entry, space, size, result);
}

static struct passwd *
find_static(const char *name, uid_t uid)
{
	char *line;

	if (!find(name, uid, &line, &own_entry)) {
		free(line);
		return NULL;
	}
	free(own_line);
	own_line = line;
	own_capacity = 0;
	return &own_entry;
}

struct passwd *
getpwnam(const char *name)
{
	return find_static(name, 0);
}

struct passwd *
getpwuid(uid_t uid)
{
	return find_static(NULL, uid);
}

void
setpwent(void)
{
	if (stream != NULL)
		rewind(stream);
}

void
endpwent(void)
{
	if (stream != NULL)
		fclose(stream);
	stream = NULL;
}

struct passwd *
getpwent(void)
{
	if (stream == NULL)
		stream = fopen(PATH, "re");
	if (stream == NULL)
		return NULL;
	if (own_capacity == 0) {
		free(own_line);
		own_line = NULL;
	}
	return next_entry(stream, &own_line, &own_capacity, &own_entry)
		   ? &own_entry
		   : NULL;
}
