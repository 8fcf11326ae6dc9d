/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * glob(): one path component after the other; those without special characters
 * are only joined, those with some are matched against the directory.
 */
#include <dirent.h>
#include <errno.h>
#include <fnmatch.h>
#include <glob.h>
#include <limits.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

struct search {
	glob_t *result;
	int flags;
	int (*complain)(const char *, int);
	char path[PATH_MAX];
};

static bool
is_pattern(const char *text, size_t length, int flags)
{
	size_t i;

	for (i = 0; i < length; i++) {
		if (text[i] == '*' || text[i] == '?' || text[i] == '[')
			return true;
		if (text[i] == '\\' && !(flags & GLOB_NOESCAPE))
			i++;
	}
	return false;
}

static int
append(glob_t *result, int flags, const char *path, bool directory)
{
	size_t head = flags & GLOB_DOOFFS ? result->gl_offs : 0;
	size_t length = strlen(path);
	bool mark = directory && (flags & GLOB_MARK) != 0 && length > 0 &&
		    path[length - 1] != '/';
	char **grown = reallocarray(
	    result->gl_pathv, head + result->gl_pathc + 2, sizeof(*grown));
	char *copy;

	if (grown == NULL)
		return GLOB_NOSPACE;
	if (result->gl_pathv == NULL)
		memset(grown, 0, head * sizeof(*grown));
	result->gl_pathv = grown;
	copy = malloc(length + 2);
	if (copy == NULL)
		return GLOB_NOSPACE;
	memcpy(copy, path, length + 1);
	if (mark)
		memcpy(copy + length, "/", 2);
	grown[head + result->gl_pathc++] = copy;
	grown[head + result->gl_pathc] = NULL;
	return 0;
}

static int expand(struct search *search, size_t length, const char *pattern);

/* Append a component and go on with the rest of the pattern. */
static int
descend(struct search *search, size_t length, const char *name, size_t size,
    const char *rest)
{
	size_t slashes = strspn(rest, "/");

	if (length + size + slashes >= sizeof(search->path))
		return 0;
	memcpy(search->path + length, name, size);
	memcpy(search->path + length + size, rest, slashes);
	length += size + slashes;
	search->path[length] = '\0';
	return expand(search, length, rest + slashes);
}

/* Backslashes that quote go away. */
static int
descend_literal(
    struct search *search, size_t length, const char *name, size_t size)
{
	char plain[NAME_MAX + 1];
	size_t count = 0;
	size_t i;

	for (i = 0; i < size && count < sizeof(plain); i++) {
		if (name[i] == '\\' && !(search->flags & GLOB_NOESCAPE) &&
		    i + 1 < size)
			i++;
		plain[count++] = name[i];
	}
	return descend(search, length, plain, count, name + size);
}

static int
match_entries(struct search *search, DIR *directory, size_t length,
    const char *component, const char *rest)
{
	int flags = search->flags & GLOB_NOESCAPE ? FNM_NOESCAPE : 0;
	const struct dirent *entry;

	if (!(search->flags & GLOB_PERIOD))
		flags |= FNM_PERIOD;
	while ((entry = readdir(directory)) != NULL) {
		int result;

		if (fnmatch(component, entry->d_name, flags) != 0)
			continue;
		result = descend(
		    search, length, entry->d_name, strlen(entry->d_name), rest);
		if (result != 0)
			return result;
	}
	return 0;
}

static int
match_directory(
    struct search *search, size_t length, const char *pattern, size_t size)
{
	char component[PATH_MAX];
	DIR *directory = opendir(length > 0 ? search->path : ".");
	int result;

	if (directory == NULL) {
		if (errno == ENOTDIR || errno == ENOENT)
			return 0;
		if ((search->complain != NULL &&
			search->complain(search->path, errno) != 0) ||
		    (search->flags & GLOB_ERR))
			return GLOB_ABORTED;
		return 0;
	}
	if (size >= sizeof(component))
		size = sizeof(component) - 1;
	memcpy(component, pattern, size);
	component[size] = '\0';
	result =
	    match_entries(search, directory, length, component, pattern + size);
	closedir(directory);
	return result;
}

/* search->path holds `length` characters; `pattern` is what follows. */
static int
expand(struct search *search, size_t length, const char *pattern)
{
	size_t size = strcspn(pattern, "/");
	struct stat status;

	search->path[length] = '\0';
	if (*pattern == '\0') {
		if (lstat(search->path, &status) != 0)
			return 0;
		if (S_ISLNK(status.st_mode) && (search->flags & GLOB_MARK))
			stat(search->path, &status);
		return append(search->result, search->flags, search->path,
		    S_ISDIR(status.st_mode));
	}
	if (is_pattern(pattern, size, search->flags))
		return match_directory(search, length, pattern, size);
	return descend_literal(search, length, pattern, size);
}

static int
compare_paths(const void *left, const void *right)
{
	char *const *a = left;
	char *const *b = right;

	return strcoll(*a, *b);
}

static int
finish(struct search *search, const char *pattern, size_t before)
{
	glob_t *result = search->result;
	size_t head = search->flags & GLOB_DOOFFS ? result->gl_offs : 0;

	if (result->gl_pathc == before) {
		if (search->flags & GLOB_NOCHECK)
			return append(result, search->flags, pattern, false);
		return GLOB_NOMATCH;
	}
	if (!(search->flags & GLOB_NOSORT))
		qsort(result->gl_pathv + head + before,
		    result->gl_pathc - before, sizeof(*result->gl_pathv),
		    compare_paths);
	return 0;
}

int
glob(const char *restrict pattern, int flags,
    int (*complain)(const char *, int), glob_t *restrict result)
{
	struct search search = {
	    .result = result, .flags = flags, .complain = complain};
	size_t before;
	int error;

	if (!(flags & GLOB_APPEND)) {
		result->gl_pathc = 0;
		result->gl_pathv = NULL;
	}
	before = result->gl_pathc;
	error = descend(&search, 0, "", 0, pattern);
	return error != 0 ? error : finish(&search, pattern, before);
}

void
globfree(glob_t *result)
{
	size_t i = 0;

	if (result->gl_pathv == NULL)
		return;
	while (result->gl_pathc > 0) {
		/* Places kept free in front hold no string. */
		if (result->gl_pathv[i] != NULL) {
			free(result->gl_pathv[i]);
			result->gl_pathc--;
		}
		i++;
	}
	free(result->gl_pathv);
	result->gl_pathv = NULL;
}
