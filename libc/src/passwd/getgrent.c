/* SPDX-License-Identifier: BSD-2-Clause */
/* The group data base, /etc/group. */
#include <errno.h>
#include <grp.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "database.h"

#define PATH        "/etc/group"
#define MEMBERS_MAX 255

static FILE *stream;
static char *own_line;
static size_t own_capacity;
static struct group own_entry;
static char *own_members[MEMBERS_MAX + 1];

bool
__group_parse(char *line, struct group *entry, char **members, size_t room)
{
	char *list;
	size_t count = 0;

	line[strcspn(line, "\n")] = '\0';
	entry->gr_name = __field_next(&line);
	entry->gr_passwd = __field_next(&line);
	if (!__field_number(__field_next(&line), &entry->gr_gid))
		return false;
	list = __field_next(&line);
	if (list == NULL || *entry->gr_name == '\0')
		return false;
	while (*list != '\0' && count + 1 < room) {
		char *end = list + strcspn(list, ",");

		members[count++] = list;
		list = end;
		if (*end != '\0') {
			*end = '\0';
			list = end + 1;
		}
	}
	if (room > 0)
		members[count] = NULL;
	entry->gr_mem = members;
	return true;
}

static bool
next_entry(FILE *file, char **line, size_t *capacity, struct group *entry,
    char **members)
{
	while (getline(line, capacity, file) >= 0)
		if (__group_parse(*line, entry, members, MEMBERS_MAX + 1))
			return true;
	return false;
}

static bool
find(const char *name, gid_t gid, char **line, struct group *entry,
    char **members)
{
	size_t capacity = 0;
	FILE *file = fopen(PATH, "re");
	bool found = false;

	*line = NULL;
	if (file == NULL)
		return false;
	while (!found && next_entry(file, line, &capacity, entry, members))
		found = name != NULL ? strcmp(entry->gr_name, name) == 0
				     : entry->gr_gid == gid;
	fclose(file);
	return found;
}

/* The pointers come first in the caller's space, then the strings. */
static int
copy_out(const struct group *from, struct group *to, char *space, size_t size)
{
	size_t skip = (0 - (uintptr_t)space) % sizeof(char *);
	const char *strings[3 + MEMBERS_MAX] = {from->gr_name, from->gr_passwd};
	char *copies[3 + MEMBERS_MAX];
	size_t count = 0;
	size_t i;

	while (from->gr_mem[count] != NULL) {
		strings[2 + count] = from->gr_mem[count];
		count++;
	}
	if (size < skip + (count + 1) * sizeof(char *))
		return ERANGE;
	to->gr_gid = from->gr_gid;
	to->gr_mem = (char **)(void *)(space + skip);
	space += skip + (count + 1) * sizeof(char *);
	size -= skip + (count + 1) * sizeof(char *);
	for (i = 0; i < count + 2; i++) {
		size_t length = strlen(strings[i]) + 1;

		if (length > size)
			return ERANGE;
		copies[i] = memcpy(space, strings[i], length);
		space += length;
		size -= length;
	}
	to->gr_name = copies[0];
	to->gr_passwd = copies[1];
	memcpy(to->gr_mem, copies + 2, count * sizeof(char *));
	to->gr_mem[count] = NULL;
	return 0;
}

static int
find_r(const char *name, struct group *entry, char *space, size_t size,
    struct group **result)
{
	struct group found;
	char *members[MEMBERS_MAX + 1];
	gid_t gid = entry->gr_gid;
	char *line;
	int error = 0;
	int saved = errno;

	*result = NULL;
	errno = 0;
	if (find(name, gid, &line, &found, members)) {
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
getgrnam_r(const char *name, struct group *entry, char *space, size_t size,
    struct group **result)
{
	return find_r(name, entry, space, size, result);
}

int
getgrgid_r(gid_t gid, struct group *entry, char *space, size_t size,
    struct group **result)
{
	entry->gr_gid = gid;
	return find_r(NULL, entry, space, size, result);
}

static struct group *
find_static(const char *name, gid_t gid)
{
	char *line;

	if (!find(name, gid, &line, &own_entry, own_members)) {
		free(line);
		return NULL;
	}
	free(own_line);
	own_line = line;
	own_capacity = 0;
	return &own_entry;
}

struct group *
getgrnam(const char *name)
{
	return find_static(name, 0);
}

struct group *
getgrgid(gid_t gid)
{
	return find_static(NULL, gid);
}

void
setgrent(void)
{
	if (stream != NULL)
		rewind(stream);
}

void
endgrent(void)
{
	if (stream != NULL)
		fclose(stream);
	stream = NULL;
}

struct group *
getgrent(void)
{
	if (stream == NULL)
		stream = fopen(PATH, "re");
	if (stream == NULL)
		return NULL;
	if (own_capacity == 0) {
		free(own_line);
		own_line = NULL;
	}
	return next_entry(
		   stream, &own_line, &own_capacity, &own_entry, own_members)
		   ? &own_entry
		   : NULL;
}
