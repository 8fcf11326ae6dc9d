/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The limits a process holds itself to. That none is set, as is usual, takes
 * one comparison to find out; they are in the signal page (setrlimit).
 */
#ifndef INTERNAL_LIMIT_H
#define INTERNAL_LIMIT_H

#include <mach/mach_types.h>

#include <stdbool.h>
#include <stddef.h>
#include <sys/resource.h>

#include "process.h"

static inline uint64_t
__limit(int which)
{
	return ~__process.signals->limit[which].soft;
}

/* One more than the highest descriptor that may be made. */
int __limit_descriptors(void);

/* RLIMIT_AS and RLIMIT_DATA: may the task have so much more? ENOMEM. */
bool __limit_memory_slow(size_t more);

static inline bool
__limit_memory(size_t more)
{
	return (__limit(RLIMIT_AS) & __limit(RLIMIT_DATA)) == RLIM_INFINITY ||
	       __limit_memory_slow(more);
}

/*
 * RLIMIT_FSIZE: may [offset, offset + *size) of an open file be written? *size
 * is cut down; where nothing is left SIGXFSZ is sent, and EFBIG the error.
 */
bool __limit_file_slow(mach_port_t file, int64_t offset, size_t *size);

static inline bool
__limit_file(mach_port_t file, int64_t offset, size_t *size)
{
	return __limit(RLIMIT_FSIZE) == RLIM_INFINITY ||
	       __limit_file_slow(file, offset, size);
}

#endif
