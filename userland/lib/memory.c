/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Allocation that exits when memory is out, and path strings.
 */
#include <stdlib.h>
#include <string.h>

#include "util.h"

void *
xmalloc(size_t size)
{
	return xrealloc(NULL, size);
}

void *
xrealloc(void *old, size_t size)
{
	void *new = realloc(old, size != 0 ? size : 1);

	if (new == NULL) {
		fprintf(stderr, "%s: out of memory\n", util_name);
		exit(2);
	}
	return new;
}

char *
xstrdup(const char *s)
{
	size_t size = strlen(s) + 1;

	return memcpy(xmalloc(size), s, size);
}

char *
xpath(const char *dir, const char *name)
{
	size_t length = strlen(dir);
	size_t size = strlen(name) + 1;
	char *path = xmalloc(length + 1 + size);

	memcpy(path, dir, length + 1);
	if (length > 0 && dir[length - 1] != '/')
		path[length++] = '/';
	memcpy(path + length, name, size);
	return path;
}

const char *
path_base(const char *path)
{
	const char *base = path;
	const char *p;

	for (p = path; *p != '\0'; p++)
		if (p[0] == '/' && p[1] != '/' && p[1] != '\0')
			base = p + 1;
	return base;
}
