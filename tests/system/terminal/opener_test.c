/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Who may only write to a terminal's file cannot read from the terminal, also
 * not by going on in another way than libc does.
 */
#include <errno.h>
#include <fcntl.h>
#include <libtest/test.h>
#include <servers/fs_user.h>
#include <servers/io_types.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "process.h"

#define SOMEBODY 1000

static kern_return_t
go_on(mach_port_t opener, int flags)
{
	char rest[IO_PATH_MAX];
	mach_port_t file;
	int retry;

	return dir_lookup(opener, "", flags, 0, &retry, rest, &file);
}

/* Where devfs sends somebody who wants to open the console so. */
static mach_port_t
opener_of(int flags)
{
	char rest[IO_PATH_MAX];
	mach_port_t dev = MACH_PORT_NULL;
	mach_port_t opener = MACH_PORT_NULL;
	int retry = FS_RETRY_NONE;

	if (dir_lookup(__process.root, "dev", FS_LOOKUP_PATH, 0, &retry, rest,
		&dev) == KERN_SUCCESS &&
	    retry == FS_RETRY_PORT)
		(void)dir_lookup(
		    dev, "console", flags, 0, &retry, rest, &opener);
	return opener;
}

/* As somebody else; the number of the first that was wrong. */
static int
try_as_somebody(void)
{
	mach_port_t opener;

	if (setgid(SOMEBODY) != 0 || setuid(SOMEBODY) != 0)
		return 1;
	if (open("/dev/console", O_RDONLY) != -1 || errno != EACCES)
		return 2;
	if (open("/dev/console", O_RDWR) != -1 || errno != EACCES)
		return 3;
	if (open("/dev/console", O_WRONLY) < 0)
		return 4;
	opener = opener_of(O_WRONLY);
	if (opener == MACH_PORT_NULL)
		return 5;
	if (go_on(opener, O_RDONLY) != SERVER_ERROR(EACCES))
		return 6;
	if (go_on(opener, O_RDWR) != SERVER_ERROR(EACCES))
		return 7;
	return go_on(opener, O_WRONLY) == KERN_SUCCESS ? 0 : 8;
}

int
main(void)
{
	mach_port_t opener = opener_of(O_RDWR);
	int status;
	pid_t child;

	ok(opener != MACH_PORT_NULL, "the superuser is sent on");
	is_int(go_on(opener, O_RDONLY), KERN_SUCCESS, "and may do less");
	child = fork();
	if (child == 0)
		_exit(try_as_somebody());
	is_int(waitpid(child, &status, 0), child, "somebody else");
	is_int(status, 0, "may write, and nothing but write");
	return test_done();
}
