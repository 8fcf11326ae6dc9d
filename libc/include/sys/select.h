/* SPDX-License-Identifier: BSD-2-Clause */
/* Waiting for several descriptors. */
#ifndef SYS_SELECT_H
#define SYS_SELECT_H

#include <bits/timespec.h>
#include <bits/timeval.h>
#include <bits/types.h>

typedef __time_t time_t;
typedef __suseconds_t suseconds_t;
typedef __sigset_t sigset_t;

#define FD_SETSIZE 1024
typedef struct {
	unsigned long __bits[FD_SETSIZE / 64];
} fd_set;

#define __FD_WORD(fd, set) ((set)->__bits[(fd) / 64])
#define __FD_BIT(fd)       (1UL << ((fd) % 64))
#define FD_SET(fd, set)    ((void)(__FD_WORD(fd, set) |= __FD_BIT(fd)))
#define FD_CLR(fd, set)    ((void)(__FD_WORD(fd, set) &= ~__FD_BIT(fd)))
#define FD_ISSET(fd, set)  ((__FD_WORD(fd, set) & __FD_BIT(fd)) != 0)
#define FD_ZERO(set)       ((void)__builtin_memset((set), 0, sizeof(fd_set)))

__BEGIN_DECLS
int pselect(int, fd_set *__restrict_arg, fd_set *__restrict_arg,
    fd_set *__restrict_arg, const struct timespec *__restrict_arg,
    const sigset_t *__restrict_arg);
int select(int, fd_set *__restrict_arg, fd_set *__restrict_arg,
    fd_set *__restrict_arg, struct timeval *__restrict_arg);
__END_DECLS

#endif
