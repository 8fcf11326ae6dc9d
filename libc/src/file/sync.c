/* SPDX-License-Identifier: BSD-2-Clause */
/* Bringing data to the medium. */
#include <servers/fs_user.h>
#include <servers/io_user.h>
#include <unistd.h>

#include "descriptor.h"
#include "process.h"

int
fsync(int fd)
{
	mach_port_t port = __descriptor_port(fd);

	return port != MACH_PORT_NULL ? __result(io_sync(port)) : -1;
}

int
fdatasync(int fd)
{
	return fsync(fd);
}

void
sync(void)
{
	if (__process.root != MACH_PORT_NULL)
		fs_sync(__process.root);
}
