/* SPDX-License-Identifier: BSD-2-Clause */
/* realpath(): resolve one component after the other, following links. */
#include <errno.h>
#include <limits.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct walk {
	char done[PATH_MAX]; /* resolved so far; "" stands for the root */
	char rest[PATH_MAX]; /* still to resolve */
	size_t length;
	int links;
};

static void
drop_last(struct walk *walk)
{
	while (walk->length > 0 && walk->done[--walk->length] != '/')
		;
	walk->done[walk->length] = '\0';
}

/* Put the link's text in front of what is left: nothing, or from a slash on. */
static int
follow_link(struct walk *walk)
{
	char text[PATH_MAX];
	ssize_t size = readlink(walk->done, text, sizeof(text) - 1);
	size_t left = strlen(walk->rest);

	if (size < 0)
		return -1;
	if (++walk->links > SYMLOOP_MAX) {
		errno = ELOOP;
		return -1;
	}
	if ((size_t)size + left + 1 > sizeof(walk->rest)) {
		errno = ENAMETOOLONG;
		return -1;
	}
	memmove(walk->rest + size, walk->rest, left + 1);
	memcpy(walk->rest, text, (size_t)size);
	if (text[0] == '/')
		walk->length = 0;
	else
		drop_last(walk);
	walk->done[walk->length] = '\0';
	return 0;
}

/* Append a component and see what it is. */
static int
enter(struct walk *walk, const char *name, size_t length, bool last)
{
	struct stat status;

	if (walk->length + 1 + length + 1 > sizeof(walk->done)) {
		errno = ENAMETOOLONG;
		return -1;
	}
	walk->done[walk->length++] = '/';
	memcpy(walk->done + walk->length, name, length);
	walk->length += length;
	walk->done[walk->length] = '\0';
	if (lstat(walk->done, &status) != 0)
		return -1;
	if (S_ISLNK(status.st_mode))
		return 1;
	if (!last && !S_ISDIR(status.st_mode)) {
		errno = ENOTDIR;
		return -1;
	}
	return 0;
}

static int
step(struct walk *walk)
{
	char name[PATH_MAX];
	size_t slashes = strspn(walk->rest, "/");
	size_t length = strcspn(walk->rest + slashes, "/");
	const char *behind = walk->rest + slashes + length;
	bool last = *behind == '\0';
	int kind;

	memcpy(name, walk->rest + slashes, length);
	memmove(walk->rest, behind, strlen(behind) + 1);
	if (length == 0 || (length == 1 && name[0] == '.'))
		return 0;
	if (length == 2 && name[0] == '.' && name[1] == '.') {
		drop_last(walk);
		return 0;
	}
	kind = enter(walk, name, length, last);
	return kind > 0 ? follow_link(walk) : kind;
}

char *
realpath(const char *restrict path, char *restrict resolved)
{
	struct walk walk = {.length = 0, .links = 0};

	if (path == NULL || *path == '\0') {
		errno = path == NULL ? EINVAL : ENOENT;
		return NULL;
	}
	if (strlcpy(walk.rest, path, sizeof(walk.rest)) >= sizeof(walk.rest)) {
		errno = ENAMETOOLONG;
		return NULL;
	}
	if (*path != '/') {
		if (getcwd(walk.done, sizeof(walk.done)) == NULL)
			return NULL;
		walk.length = strlen(walk.done);
		if (walk.length == 1)
			walk.length = 0;
	}
	while (walk.rest[0] != '\0')
		if (step(&walk) != 0)
			return NULL;
	if (walk.length == 0)
		memcpy(walk.done, "/", 2);
	if (resolved == NULL)
		return strdup(walk.done);
	return memcpy(resolved, walk.done, strlen(walk.done) + 1);
}
