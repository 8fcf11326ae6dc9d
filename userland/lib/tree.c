/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Walks over directories. A directory is read whole before anything is done
 * to what is in it, so that it may be changed, and no more than one is open.
 */
#include "tree.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "util.h"

typedef int visit_function(
    const char *path, const struct stat *st, enum tree_event event);

static int
compare(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

char **
tree_names(const char *path)
{
	DIR *dir = opendir(path);
	size_t capacity = 32;
	size_t count = 0;
	const struct dirent *entry;
	char **names;

	if (dir == NULL)
		return NULL;
	names = xmalloc(capacity * sizeof(*names));
	while ((entry = readdir(dir)) != NULL) {
		if (strcmp(entry->d_name, ".") == 0 ||
		    strcmp(entry->d_name, "..") == 0)
			continue;
		if (count + 1 == capacity) {
			capacity *= 2;
			names = xrealloc(names, capacity * sizeof(*names));
		}
		names[count++] = xstrdup(entry->d_name);
	}
	closedir(dir);
	names[count] = NULL;
	qsort(names, count, sizeof(*names), compare);
	return names;
}

void
tree_free(char **names)
{
	char **name;

	for (name = names; *name != NULL; name++)
		free(*name);
	free(names);
}

static void
walk(const char *path, const struct stat *st, visit_function *visit)
{
	char **names;
	char **name;

	if (!S_ISDIR(st->st_mode)) {
		visit(path, st, TREE_FILE);
		return;
	}
	if (visit(path, st, TREE_ENTER) != TREE_DESCEND)
		return;
	names = tree_names(path);
	if (names == NULL) {
		warn_errno(path);
		return;
	}
	for (name = names; *name != NULL; name++) {
		char *inner = xpath(path, *name);
		struct stat inner_st;

		if (lstat(inner, &inner_st) != 0)
			warn_errno(inner);
		else
			walk(inner, &inner_st, visit);
		free(inner);
	}
	tree_free(names);
	visit(path, st, TREE_FILE);
}

void
tree_walk(const char *path, bool follow, visit_function *visit)
{
	struct stat st;

	if ((follow ? stat(path, &st) : lstat(path, &st)) != 0)
		warn_errno(path);
	else
		walk(path, &st, visit);
}
