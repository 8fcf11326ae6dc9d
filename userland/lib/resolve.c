/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Where paths lead.
 */
#include "resolve.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "util.h"

#define LINKS_MAX 40

/* The path that a symbolic link stands for, seen from the link's folder. */
static char *
link_target(const char *path)
{
	char target[PATH_MAX];
	ssize_t length = readlink(path, target, sizeof(target) - 1);
	const char *slash = strrchr(path, '/');
	char *folder;
	char *joined;

	if (length < 0)
		return NULL;
	target[length] = '\0';
	if (*target == '/' || slash == NULL)
		return xstrdup(target);
	folder = xstrdup(path);
	folder[slash + 1 - path] = '\0';
	joined = xpath(folder, target);
	free(folder);
	return joined;
}

static void
cut_slashes(char *path)
{
	size_t length = strlen(path);

	while (length > 1 && path[length - 1] == '/')
		path[--length] = '\0';
}

/* The parent's path with the last component, which does not exist. */
static char *
resolve_parent(const char *path)
{
	char *copy = xstrdup(path);
	char *slash;
	char *parent;
	char *joined = NULL;

	slash = strrchr(copy, '/');
	if (slash != NULL)
		*slash = '\0';
	parent = realpath(slash == NULL   ? "."
			  : slash == copy ? "/"
					  : copy,
	    NULL);
	if (parent != NULL)
		joined = xpath(parent, slash != NULL ? slash + 1 : copy);
	free(parent);
	free(copy);
	return joined;
}

char *
resolve(const char *path, bool exists)
{
	char *found = realpath(path, NULL);
	char *at;

	if (found != NULL || exists || errno != ENOENT || *path == '\0')
		return found;
	/* A link that leads nowhere stands for the name it has. */
	at = xstrdup(path);
	cut_slashes(at);
	for (int links = 0; links < LINKS_MAX; links++) {
		char *target = link_target(at);

		if (target == NULL) {
			found = resolve_parent(at);
			free(at);
			return found;
		}
		free(at);
		at = target;
		cut_slashes(at);
	}
	free(at);
	errno = ELOOP;
	return NULL;
}
