/* SPDX-License-Identifier: BSD-2-Clause */
/* The stat() family. */
#include <errno.h>
#include <fcntl.h>
#include <servers/io_user.h>
#include <sys/stat.h>

#include "descriptor.h"
#include "lookup.h"
#include "process.h"

#define SECOND 1000000000UL

static struct timespec
to_timespec(uint64_t nanoseconds)
{
	return (struct timespec){
	    .tv_sec = (time_t)(nanoseconds / SECOND),
	    .tv_nsec = (long)(nanoseconds % SECOND),
	};
}

static void
to_stat(const struct io_stat *from, struct stat *status)
{
	*status = (struct stat){
	    .st_dev = from->dev,
	    .st_ino = from->ino,
	    .st_mode = (mode_t)from->mode,
	    .st_nlink = (nlink_t)from->nlink,
	    .st_uid = (uid_t)from->uid,
	    .st_gid = (gid_t)from->gid,
	    .st_rdev = from->rdev,
	    .st_size = (off_t)from->size,
	    .st_blksize = (blksize_t)from->blksize,
	    .st_blocks = (blkcnt_t)from->blocks,
	    .st_atim = to_timespec(from->atime),
	    .st_mtim = to_timespec(from->mtime),
	    .st_ctim = to_timespec(from->ctime),
	};
}

static int
stat_port(mach_port_t port, struct stat *status)
{
	struct io_stat from;

	if (__result(io_stat(port, &from)) != 0)
		return -1;
	to_stat(&from, status);
	return 0;
}

int
fstat(int fd, struct stat *status)
{
	mach_port_t port = __descriptor_port(fd);

	return port != MACH_PORT_NULL ? stat_port(port, status) : -1;
}

int
fstatat(
    int at, const char *restrict path, struct stat *restrict status, int flags)
{
	struct io_stat from;
	mach_port_t port;

	if (*path == '\0' && (flags & AT_EMPTY_PATH)) {
		port = __directory_port(at);
		return port != MACH_PORT_NULL ? stat_port(port, status) : -1;
	}
	if (__lookup_stat(at, path, !(flags & AT_SYMLINK_NOFOLLOW), &from) != 0)
		return -1;
	to_stat(&from, status);
	return 0;
}

int
stat(const char *restrict path, struct stat *restrict status)
{
	return fstatat(AT_FDCWD, path, status, 0);
}

int
lstat(const char *restrict path, struct stat *restrict status)
{
	return fstatat(AT_FDCWD, path, status, AT_SYMLINK_NOFOLLOW);
}
