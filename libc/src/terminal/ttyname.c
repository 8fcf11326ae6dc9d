/* SPDX-License-Identifier: BSD-2-Clause */
/* Terminals' names: files in /dev or /dev/pts with the same device number. */
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int
find_in(const char *folder, const struct stat *wanted, char *to, size_t size)
{
	DIR *directory = opendir(folder);
	const struct dirent *entry;
	int error = ENODEV;

	if (directory == NULL)
		return errno;
	while (error == ENODEV && (entry = readdir(directory)) != NULL) {
		char path[300];
		struct stat status;

		snprintf(path, sizeof(path), "%s/%s", folder, entry->d_name);
		if (strcmp(path, "/dev/tty") == 0 ||
		    lstat(path, &status) != 0 || !S_ISCHR(status.st_mode) ||
		    status.st_rdev != wanted->st_rdev)
			continue;
		error = strlcpy(to, path, size) < size ? 0 : ERANGE;
	}
	closedir(directory);
	return error;
}

static int
find(const struct stat *wanted, char *to, size_t size)
{
	int error = find_in("/dev", wanted, to, size);

	return error == ENODEV ? find_in("/dev/pts", wanted, to, size) : error;
}

int
ttyname_r(int fd, char *to, size_t size)
{
	struct stat status;
	int saved = errno;
	int error;

	if (!isatty(fd) || fstat(fd, &status) != 0) {
		error = errno;
		errno = saved;
		return error;
	}
	error = find(&status, to, size);
	errno = saved;
	return error;
}

char *
ttyname(int fd)
{
	static char name[64];
	int error = ttyname_r(fd, name, sizeof(name));

	if (error == 0)
		return name;
	errno = error;
	return NULL;
}

char *
ctermid(char *to)
{
	static const char path[] = "/dev/tty";
	static char name[L_ctermid];

	return memcpy(to != NULL ? to : name, path, sizeof(path));
}
