/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * /dev/pts: the slaves of pseudo terminals by their numbers. Which there are
 * the terminal's server knows, and is asked each time. An inode is a pair's, so
 * one that has gone is never taken for another of its number.
 */
#include <errno.h>
#include <libmach/mach.h>
#include <servers/pty_user.h>
#include <servers/term_types.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "devfs.h"

#define SLAVE_MODE 0620

/* What was changed of a slave, while its inode is this. */
static struct io_stat kept[PTY_MAX];

static unsigned
number_of(uint64_t ino)
{
	return (unsigned)((ino - PTS_FIRST_INO) % PTY_MAX);
}

static uint64_t
id_of(uint64_t ino)
{
	return (ino - PTS_FIRST_INO) / PTY_MAX;
}

/* The first slave from this number on: ENOENT, or no terminal server. */
static int
find(unsigned from, struct io_stat *stat)
{
	mach_port_t server;
	int error = devices_find_terminal(&server);
	kern_return_t code;
	uint32_t uid, gid;
	uint64_t id;
	int number;

	if (error != 0)
		return error;
	code = pty_find(server, (int)from, &number, &id, &uid, &gid);
	if (code != KERN_SUCCESS)
		return SERVER_IS_ERROR(code) ? SERVER_ERRNO(code) : EIO;
	if (number < 0 || (unsigned)number >= PTY_MAX)
		return EIO;
	stat->uid = uid;
	stat->gid = gid;
	stat->ino = PTS_FIRST_INO + id * PTY_MAX + (unsigned)number;
	return 0;
}

int
pts_next(unsigned from, unsigned *number, uint64_t *ino)
{
	struct io_stat stat = {0};
	int error = find(from, &stat);

	if (error != 0)
		return error;
	*number = number_of(stat.ino);
	*ino = stat.ino;
	return 0;
}

int
pts_lookup(const char *name, uint64_t *ino)
{
	char plain[12];
	unsigned number = (unsigned)strtoul(name, NULL, 10) % PTY_MAX;
	unsigned found;
	int error;

	snprintf(plain, sizeof(plain), "%u", number);
	if (strcmp(plain, name) != 0)
		return ENOENT;
	error = pts_next(number, &found, ino);
	return error == 0 && found != number ? ENOENT : error;
}

int
pts_load(struct io_stat *stat)
{
	const struct io_stat *changed = &kept[number_of(stat->ino)];
	uint64_t ino = stat->ino;
	int error;

	if (changed->ino == ino) {
		*stat = *changed;
		return 0;
	}
	error = find(number_of(ino), stat);
	if (error == 0 && stat->ino != ino)
		error = ENOENT;
	stat->ino = ino;
	stat->mode = S_IFCHR | SLAVE_MODE;
	stat->nlink = 1;
	stat->rdev = TERM_RDEV_SLAVE(number_of(ino));
	return error;
}

void
pts_changed(const struct io_stat *stat)
{
	kept[number_of(stat->ino)] = *stat;
}

int
pts_open(uint64_t ino, int flags, struct fs_walk *walk)
{
	return devices_open_terminal(id_of(ino), flags, walk);
}
