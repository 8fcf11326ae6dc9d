/* SPDX-License-Identifier: BSD-2-Clause */
/* The __flags of what several processes may share, and of mutexes. */
#ifndef INTERNAL_PTHREAD_FLAGS_H
#define INTERNAL_PTHREAD_FLAGS_H

#include <errno.h>
#include <pthread.h>

#define FLAG_SHARED  1U
#define FLAG_ROBUST  2U
#define FLAG_INHERIT 4U
#define FLAG_PROTECT 8U

/* A mutex: its __lock. */
#define MUTEX_FREE   0U
#define MUTEX_HELD   1U
#define MUTEX_WAITED 2U /* perhaps */

static inline int
set_shared(unsigned *flags, int shared)
{
	if (shared != PTHREAD_PROCESS_PRIVATE &&
	    shared != PTHREAD_PROCESS_SHARED)
		return EINVAL;
	*flags &= ~FLAG_SHARED;
	if (shared == PTHREAD_PROCESS_SHARED)
		*flags |= FLAG_SHARED;
	return 0;
}

static inline int
get_shared(unsigned flags)
{
	return (flags & FLAG_SHARED) != 0 ? PTHREAD_PROCESS_SHARED
					  : PTHREAD_PROCESS_PRIVATE;
}

#endif
