/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Completion: names of files that go on from what is typed, and in the
 * place of a command those of builtins and of PATH.
 */
#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "msh.h"

struct names {
	char **items;
	int count;
	int capacity;
};

static void
names_add(struct names *names, char *item)
{
	if (names->count == names->capacity) {
		names->capacity =
		    names->capacity != 0 ? names->capacity * 2 : 16;
		names->items = xrealloc(names->items,
		    (size_t)names->capacity * sizeof(*names->items));
	}
	names->items[names->count++] = item;
}

static int
compare(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* "dir/name", with a slash at the end when that is a directory. */
static char *
full_name(const char *dir, const char *name)
{
	size_t length = strlen(dir);
	size_t size = strlen(name);
	char *full = xmalloc(length + size + 2);
	struct stat st;

	memcpy(full, dir, length);
	memcpy(full + length, name, size + 1);
	if (stat(full, &st) == 0 && S_ISDIR(st.st_mode))
		memcpy(full + length + size, "/", 2);
	return full;
}

/* Names in `dir` ("" or ending in a slash) that start with `stem`. */
static void
add_files(struct names *names, const char *dir, const char *stem, bool plain)
{
	DIR *d = opendir(*dir != '\0' ? dir : ".");
	size_t length = strlen(stem);
	struct dirent *entry;

	if (d == NULL)
		return;
	while ((entry = readdir(d)) != NULL) {
		const char *name = entry->d_name;

		if (strncmp(name, stem, length) != 0 ||
		    (name[0] == '.' && stem[0] != '.') ||
		    strcmp(name, ".") == 0 || strcmp(name, "..") == 0)
			continue;
		names_add(names, plain ? xstrdup(name) : full_name(dir, name));
	}
	closedir(d);
}

static void
add_commands(struct names *names, const char *stem)
{
	const char *path = var_get("PATH");
	const struct builtin *builtin;

	for (builtin = builtin_table; builtin->name != NULL; builtin++)
		if (strncmp(builtin->name, stem, strlen(stem)) == 0)
			names_add(names, xstrdup(builtin->name));
	while (path != NULL && *path != '\0') {
		size_t length = strcspn(path, ":");
		char *dir = xmalloc(length + 1);

		memcpy(dir, path, length);
		dir[length] = '\0';
		add_files(names, dir, stem, true);
		free(dir);
		path += length;
		path += *path == ':';
	}
}

/* Sort, and drop what is there twice. */
static void
names_finish(struct names *names)
{
	int kept = 0;
	int i;

	if (names->count == 0)
		return;
	qsort(
	    names->items, (size_t)names->count, sizeof(*names->items), compare);
	for (i = 0; i < names->count; i++)
		if (kept > 0 &&
		    strcmp(names->items[kept - 1], names->items[i]) == 0)
			free(names->items[i]);
		else
			names->items[kept++] = names->items[i];
	names->count = kept;
}

char **
complete_names(const char *stem, bool command, int *count)
{
	struct names names = {.items = NULL};
	const char *slash = strrchr(stem, '/');

	if (slash == NULL && command) {
		add_commands(&names, stem);
	} else if (slash == NULL) {
		add_files(&names, "", stem, false);
	} else {
		size_t length = (size_t)(slash - stem) + 1;
		char *dir = xmalloc(length + 1);

		memcpy(dir, stem, length);
		dir[length] = '\0';
		add_files(&names, dir, slash + 1, false);
		free(dir);
	}
	names_finish(&names);
	*count = names.count;
	return names.items;
}
