/* SPDX-License-Identifier: BSD-2-Clause */
/* The limit of a file's size as it was asked for before getrlimit(). */
#include <errno.h>
#include <limits.h>
#include <stdarg.h>
#include <sys/resource.h>
#include <ulimit.h>

#define BLOCK 512

/* A limit in blocks: as many as a long holds stand for no limit. */
static long
blocks(rlim_t bytes)
{
	return bytes / BLOCK > LONG_MAX ? LONG_MAX : (long)(bytes / BLOCK);
}

static int
set(struct rlimit *limit, long count)
{
	rlim_t bytes = (rlim_t)count * BLOCK;

	if (count < 0) {
		errno = EINVAL;
		return -1;
	}
	if ((rlim_t)count > RLIM_INFINITY / BLOCK)
		bytes = RLIM_INFINITY;
	/* Who may not raise the hard limit gets EPERM. */
	limit->rlim_cur = bytes;
	limit->rlim_max = bytes;
	return setrlimit(RLIMIT_FSIZE, limit);
}

long
ulimit(int command, ...)
{
	struct rlimit limit;
	va_list arguments;
	int result;

	if (getrlimit(RLIMIT_FSIZE, &limit) != 0)
		return -1;
	if (command == UL_GETFSIZE)
		return blocks(limit.rlim_cur);
	if (command != UL_SETFSIZE) {
		errno = EINVAL;
		return -1;
	}
	va_start(arguments, command);
	result = set(&limit, va_arg(arguments, long));
	va_end(arguments);
	return result == 0 ? blocks(limit.rlim_cur) : -1;
}
