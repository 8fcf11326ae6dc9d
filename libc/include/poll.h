/* SPDX-License-Identifier: BSD-2-Clause */
/* Waiting for several descriptors, by list. */
#ifndef POLL_H
#define POLL_H

#include <bits/timespec.h>
#include <bits/types.h>

typedef unsigned long nfds_t;
struct pollfd {
	int fd;
	short events;
	short revents;
};

#define POLLIN     0x001
#define POLLPRI    0x002
#define POLLOUT    0x004
#define POLLERR    0x008
#define POLLHUP    0x010
#define POLLNVAL   0x020
#define POLLRDNORM 0x040
#define POLLRDBAND 0x080
#define POLLWRNORM 0x100
#define POLLWRBAND 0x200

__BEGIN_DECLS
int poll(struct pollfd[], nfds_t, int);
#if __MACHR_VISIBLE
int ppoll(struct pollfd[], nfds_t, const struct timespec *, const __sigset_t *);
#endif
__END_DECLS

#endif
