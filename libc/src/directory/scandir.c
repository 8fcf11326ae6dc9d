/* SPDX-License-Identifier: BSD-2-Clause */
/* scandir(): a whole directory, chosen and sorted. */
#include <dirent.h>
#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

int
alphasort(const struct dirent **left, const struct dirent **right)
{
	return strcoll((*left)->d_name, (*right)->d_name);
}

static bool
append(struct dirent ***list, size_t *count, const struct dirent *entry)
{
	struct dirent **grown;
	struct dirent *copy = malloc(entry->d_reclen);

	if (copy == NULL)
		return false;
	memcpy(copy, entry, entry->d_reclen);
	grown = reallocarray(*list, *count + 1, sizeof(void *));
	if (grown == NULL) {
		free(copy);
		return false;
	}
	*list = grown;
	grown[(*count)++] = copy;
	return true;
}

/* The cookie points to the caller's function. */
static int
compare_entries(const void *left, const void *right, void *cookie)
{
	int (*const *compare)(const struct dirent **, const struct dirent **) =
	    cookie;
	const struct dirent *entries[2];

	memcpy(&entries[0], left, sizeof(void *));
	memcpy(&entries[1], right, sizeof(void *));
	return (*compare)(&entries[0], &entries[1]);
}

int
scandir(const char *path, struct dirent ***result,
    int (*choose)(const struct dirent *),
    int (*compare)(const struct dirent **, const struct dirent **))
{
	DIR *directory = opendir(path);
	struct dirent **list = NULL;
	const struct dirent *entry;
	size_t count = 0;
	int error;

	if (directory == NULL)
		return -1;
	errno = 0;
	while ((entry = readdir(directory)) != NULL) {
		if (choose != NULL && choose(entry) == 0)
			continue;
		if (!append(&list, &count, entry))
			break;
		errno = 0;
	}
	error = errno;
	closedir(directory);
	if (error != 0) {
		while (count > 0)
			free(list[--count]);
		free(list);
		errno = error;
		return -1;
	}
	if (compare != NULL)
		qsort_r(list, count, sizeof(void *), compare_entries, &compare);
	*result = list;
	return (int)count;
}
