/* SPDX-License-Identifier: BSD-2-Clause */
/* Pseudo terminals: there are none yet. */
#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include "descriptor.h"

int
posix_openpt(int flags)
{
	(void)flags;
	errno = ENXIO;
	return -1;
}

static int
not_a_master(int fd)
{
	if (__descriptor_port(fd) != MACH_PORT_NULL)
		errno = ENOTTY;
	return -1;
}

int
grantpt(int fd)
{
	return not_a_master(fd);
}

int
unlockpt(int fd)
{
	return not_a_master(fd);
}

char *
ptsname(int fd)
{
	not_a_master(fd);
	return NULL;
}
