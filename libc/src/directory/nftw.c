/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Walking a file tree. A directory is read whole before its entries are
 * visited, so that one descriptor does for any depth. Links that are followed
 * may lead in circles: a directory is entered once on each way down.
 */
#include <dirent.h>
#include <errno.h>
#include <ftw.h>
#include <limits.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* The directories from the root down to where the walk is. */
struct level {
	const struct level *up;
	dev_t device;
	ino_t inode;
};

struct walk {
	int (*call)(const char *, const struct stat *, int, struct FTW *);
	int (*call_old)(const char *, const struct stat *, int);
	int flags;
	dev_t device;
	size_t size; /* of the path */
	char path[PATH_MAX];
};

static int visit(struct walk *walk, const struct level *up, struct FTW where);

static int
tell(struct walk *walk, const struct stat *status, int kind, struct FTW *where)
{
	if (walk->call != NULL)
		return walk->call(walk->path, status, kind, where);
	/* ftw() knows less kinds. */
	if (kind == FTW_SL || kind == FTW_SLN)
		kind = FTW_NS;
	return walk->call_old != NULL ? walk->call_old(walk->path, status, kind)
				      : 0;
}

/* The names in a directory, in a list; null with errno. */
struct name {
	struct name *next;
	char text[];
};

static void
free_names(struct name *names)
{
	while (names != NULL) {
		struct name *next = names->next;

		free(names);
		names = next;
	}
}

static bool
read_names(const char *path, struct name **names)
{
	DIR *directory = opendir(path);
	const struct dirent *entry;
	struct name **link = names;
	bool complete = true;

	*names = NULL;
	if (directory == NULL)
		return false;
	while ((entry = readdir(directory)) != NULL) {
		size_t size = strlen(entry->d_name) + 1;

		if (strcmp(entry->d_name, ".") == 0 ||
		    strcmp(entry->d_name, "..") == 0)
			continue;
		*link = malloc(sizeof(**link) + size);
		if (*link == NULL) {
			complete = false;
			break;
		}
		memcpy((*link)->text, entry->d_name, size);
		(*link)->next = NULL;
		link = &(*link)->next;
	}
	(void)closedir(directory);
	return complete;
}

static int
visit_names(struct walk *walk, const struct level *here,
    const struct name *names, int level)
{
	size_t size = walk->size;
	size_t slash = size > 0 && walk->path[size - 1] != '/';
	struct FTW where = {.base = (int)(size + slash), .level = level + 1};
	int result = 0;

	for (; result == 0 && names != NULL; names = names->next) {
		size_t more = strlen(names->text);

		if (size + slash + more >= sizeof(walk->path)) {
			errno = ENAMETOOLONG;
			return -1;
		}
		if (slash)
			walk->path[size] = '/';
		memcpy(walk->path + size + slash, names->text, more + 1);
		walk->size = size + slash + more;
		result = visit(walk, here, where);
	}
	walk->size = size;
	walk->path[size] = '\0';
	return result;
}

static int
visit_directory(struct walk *walk, const struct level *up,
    const struct stat *status, struct FTW *where)
{
	struct level here = {up, status->st_dev, status->st_ino};
	struct name *names;
	int result = 0;

	for (; up != NULL; up = up->up)
		if (up->device == here.device && up->inode == here.inode)
			return 0;
	if (!read_names(walk->path, &names)) {
		free_names(names);
		if (errno != EACCES)
			return -1;
		return tell(walk, status, FTW_DNR, where);
	}
	if (!(walk->flags & FTW_DEPTH))
		result = tell(walk, status, FTW_D, where);
	if (result == 0)
		result = visit_names(walk, &here, names, where->level);
	if (result == 0 && (walk->flags & FTW_DEPTH))
		result = tell(walk, status, FTW_DP, where);
	free_names(names);
	return result;
}

static int
visit(struct walk *walk, const struct level *up, struct FTW where)
{
	struct stat status;
	bool follow = !(walk->flags & FTW_PHYS);
	int kind = FTW_F;

	memset(&status, 0, sizeof(status));
	if ((follow ? stat : lstat)(walk->path, &status) != 0) {
		if (errno != EACCES && errno != ENOENT && errno != ELOOP)
			return -1;
		kind = FTW_NS;
		if (follow && lstat(walk->path, &status) == 0 &&
		    S_ISLNK(status.st_mode))
			kind = FTW_SLN;
		else if (up == NULL)
			return -1;
	} else if (S_ISLNK(status.st_mode)) {
		kind = FTW_SL;
	}
	if ((walk->flags & FTW_MOUNT) && up != NULL &&
	    status.st_dev != walk->device)
		return 0;
	if (kind == FTW_F && S_ISDIR(status.st_mode))
		return visit_directory(walk, up, &status, &where);
	return tell(walk, &status, kind, &where);
}

static int
start(struct walk *walk, const char *path)
{
	const char *slash = strrchr(path, '/');
	struct FTW where = {.level = 0};
	struct stat status;

	walk->size = strlen(path);
	if (walk->size >= sizeof(walk->path)) {
		errno = ENAMETOOLONG;
		return -1;
	}
	memcpy(walk->path, path, walk->size + 1);
	if (slash != NULL && slash[1] != '\0')
		where.base = (int)(slash + 1 - path);
	if ((walk->flags & FTW_MOUNT) && stat(path, &status) == 0)
		walk->device = status.st_dev;
	return visit(walk, NULL, where);
}

int
nftw(const char *path,
    int (*call)(const char *, const struct stat *, int, struct FTW *),
    int descriptors, int flags)
{
	struct walk *walk;
	int result;

	(void)descriptors;
	/* Paths stay relative to where the walk has started. */
	if (flags & FTW_CHDIR) {
		errno = ENOTSUP;
		return -1;
	}
	walk = calloc(1, sizeof(*walk));
	if (walk == NULL)
		return -1;
	walk->call = call;
	walk->flags = flags;
	result = start(walk, path);
	free(walk);
	return result;
}

int
ftw(const char *path, int (*call)(const char *, const struct stat *, int),
    int descriptors)
{
	struct walk *walk = calloc(1, sizeof(*walk));
	int result;

	(void)descriptors;
	if (walk == NULL)
		return -1;
	walk->call_old = call;
	result = start(walk, path);
	free(walk);
	return result;
}
