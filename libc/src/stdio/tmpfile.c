/* SPDX-License-Identifier: BSD-2-Clause */
/* Temporary files by stream and by name. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tempname.h"

FILE *
tmpfile(void)
{
	char path[] = P_tmpdir "/tmp.XXXXXX";
	int fd = mkstemp(path);
	FILE *file;

	if (fd < 0)
		return NULL;
	unlink(path);
	file = fdopen(fd, "w+");
	if (file == NULL)
		close(fd);
	return file;
}

char *
tmpnam(char *name)
{
	static const char pattern[] = P_tmpdir "/tmp.XXXXXX";
	static char space[L_tmpnam];
	struct stat status;
	int tries;

	if (name == NULL)
		name = space;
	memcpy(name, pattern, sizeof(pattern));
	for (tries = 0; tries < 100; tries++) {
		__temp_name(name + strlen(P_tmpdir "/tmp."));
		if (lstat(name, &status) != 0)
			return name;
	}
	return NULL;
}

char *
tempnam(const char *directory, const char *prefix)
{
	const char *chosen = getenv("TMPDIR");
	struct stat status;
	char *name;

	if (chosen == NULL || access(chosen, W_OK) != 0)
		chosen = directory;
	if (chosen == NULL || access(chosen, W_OK) != 0)
		chosen = P_tmpdir;
	if (asprintf(&name, "%s/%.5sXXXXXX", chosen,
		prefix != NULL ? prefix : "tmp.") < 0)
		return NULL;
	do
		__temp_name(name + strlen(name) - 6);
	while (lstat(name, &status) == 0);
	return name;
}
