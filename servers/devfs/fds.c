/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * /dev/fd, whose files are the descriptors of who opens them, and the three
 * with names. Only he knows what they are: each is a link, and who follows it
 * is told which number is meant (FS_RETRY_DESCRIPTOR). What is read of a link
 * is where /proc shows the same, and so is the list.
 */
#include <errno.h>
#include <servers/process_types.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "devfs.h"

#define SHOWN "/proc/self/fd"

static const char *const names[] = {"stdin", "stdout", "stderr"};

static unsigned
number_of(uint64_t ino)
{
	return (unsigned)(ino - FDS_FIRST_INO);
}

const char *
fds_name(unsigned index)
{
	return index < sizeof(names) / sizeof(names[0]) ? names[index] : NULL;
}

int
fds_lookup_name(const char *name, uint64_t *ino)
{
	for (unsigned i = 0; fds_name(i) != NULL; i++) {
		if (strcmp(name, names[i]) == 0) {
			*ino = FDS_FIRST_INO + i;
			return 0;
		}
	}
	return ENOENT;
}

int
fds_lookup(const char *name, uint64_t *ino)
{
	unsigned long number = strtoul(name, NULL, 10);
	char plain[12];

	if (number >= PROC_FD_MAX)
		return ENOENT;
	snprintf(plain, sizeof(plain), "%lu", number);
	if (strcmp(plain, name) != 0)
		return ENOENT;
	*ino = FDS_FIRST_INO + number;
	return 0;
}

int
fds_load(struct io_stat *stat)
{
	if (number_of(stat->ino) >= PROC_FD_MAX)
		return ENOENT;
	stat->mode = S_IFLNK | 0777;
	stat->nlink = 1;
	return 0;
}

int
fds_readlink(uint64_t ino, char *target, size_t size)
{
	int length = snprintf(target, size, "%s/%u", SHOWN, number_of(ino));

	return length < (int)size ? 0 : ENAMETOOLONG;
}

int
fds_follow(uint64_t ino, struct fs_walk *walk, char *target, size_t size)
{
	int length = snprintf(target, size, "0/%u", number_of(ino));

	walk->retry = FS_RETRY_DESCRIPTOR;
	return length < (int)size ? 0 : ENAMETOOLONG;
}

int
fds_open(struct fs_walk *walk)
{
	walk->retry = FS_RETRY_ROOT;
	memcpy(walk->rest, SHOWN, sizeof(SHOWN));
	return 0;
}
