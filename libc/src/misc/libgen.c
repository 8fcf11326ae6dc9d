/* SPDX-License-Identifier: BSD-2-Clause */
/* basename() and dirname(); both may change what they are given. */
#include <libgen.h>
#include <string.h>

static char dot[] = ".";
static char slash[] = "/";

/* Cut slashes at the end; the length left, at least 1. */
static size_t
cut_slashes(const char *path, size_t length)
{
	while (length > 1 && path[length - 1] == '/')
		length--;
	return length;
}

char *
basename(char *path)
{
	size_t length;

	if (path == NULL || *path == '\0')
		return dot;
	length = cut_slashes(path, strlen(path));
	path[length] = '\0';
	if (length == 1 && *path == '/')
		return slash;
	while (length > 0 && path[length - 1] != '/')
		length--;
	return path + length;
}

char *
dirname(char *path)
{
	size_t length;

	if (path == NULL || *path == '\0')
		return dot;
	length = cut_slashes(path, strlen(path));
	while (length > 0 && path[length - 1] != '/')
		length--;
	if (length == 0)
		return dot;
	path[cut_slashes(path, length)] = '\0';
	return path;
}
