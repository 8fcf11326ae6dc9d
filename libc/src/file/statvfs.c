/* SPDX-License-Identifier: BSD-2-Clause */
/* File system information. */
#include <fcntl.h>
#include <servers/fs_user.h>
#include <sys/statvfs.h>

#include "descriptor.h"
#include "lookup.h"
#include "process.h"

static int
statvfs_port(mach_port_t port, struct statvfs *to)
{
	struct fs_statfs from;

	if (__result(fs_statfs(port, &from)) != 0)
		return -1;
	*to = (struct statvfs){
	    .f_bsize = from.bsize,
	    .f_frsize = from.bsize,
	    .f_blocks = from.blocks,
	    .f_bfree = from.bfree,
	    .f_bavail = from.bavail,
	    .f_files = from.files,
	    .f_ffree = from.ffree,
	    .f_favail = from.ffree,
	    .f_fsid = from.fsid,
	    .f_flag = from.flags & FS_READONLY ? ST_RDONLY : 0,
	    .f_namemax = from.namemax,
	};
	return 0;
}

int
fstatvfs(int fd, struct statvfs *to)
{
	mach_port_t port = __descriptor_port(fd);

	return port != MACH_PORT_NULL ? statvfs_port(port, to) : -1;
}

int
statvfs(const char *restrict path, struct statvfs *restrict to)
{
	mach_port_t port;
	int result;

	if (__lookup_handle(AT_FDCWD, path, true, &port) != 0)
		return -1;
	result = statvfs_port(port, to);
	__port_release(port);
	return result;
}
