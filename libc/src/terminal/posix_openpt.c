/* SPDX-License-Identifier: BSD-2-Clause */
/* Pseudo terminals: the calls on masters. */
#include <mach/mig_errors.h>

#include <errno.h>
#include <fcntl.h>
#include <servers/pty_user.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "descriptor.h"
#include "process.h"

#define NAME_MAX_SIZE 24

int
posix_openpt(int flags)
{
	return open("/dev/ptmx", flags);
}

/* What knows no pseudo terminals, or is a slave, is not a master. */
static int
master_result(kern_return_t code, int not_master)
{
	if (code == MIG_BAD_ID || code == SERVER_ERROR(ENOTTY) ||
	    code == SERVER_ERROR(EOPNOTSUPP))
		code = SERVER_ERROR(not_master);
	return __result(code);
}

static int
master_number(int fd, int *number, int not_master)
{
	mach_port_t port = __descriptor_port(fd);

	if (port == MACH_PORT_NULL)
		return -1;
	return master_result(pty_number(port, number), not_master);
}

/* The slave has had its owner and mode since it was made. */
int
grantpt(int fd)
{
	int number;

	return master_number(fd, &number, EINVAL);
}

int
unlockpt(int fd)
{
	mach_port_t port = __descriptor_port(fd);

	if (port == MACH_PORT_NULL)
		return -1;
	return master_result(pty_unlock(port), EINVAL);
}

int
ptsname_r(int fd, char *to, size_t size)
{
	int saved = errno;
	int number;
	int error;

	if (master_number(fd, &number, ENOTTY) != 0) {
		error = errno;
		errno = saved;
		return error;
	}
	return (size_t)snprintf(to, size, "/dev/pts/%d", number) < size
		   ? 0
		   : ERANGE;
}

char *
ptsname(int fd)
{
	static char name[NAME_MAX_SIZE];
	int error = ptsname_r(fd, name, sizeof(name));

	if (error == 0)
		return name;
	errno = error;
	return NULL;
}
