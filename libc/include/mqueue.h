/* SPDX-License-Identifier: BSD-2-Clause */
/* Message queues. */
#ifndef MQUEUE_H
#define MQUEUE_H

#include <bits/timespec.h>
#include <bits/types.h>
#include <fcntl.h>
#include <signal.h>

typedef __size_type size_t;
typedef __ssize_t ssize_t;
typedef int mqd_t;

struct mq_attr {
	long mq_flags;
	long mq_maxmsg;
	long mq_msgsize;
	long mq_curmsgs;
};

__BEGIN_DECLS
int mq_close(mqd_t);
int mq_getattr(mqd_t, struct mq_attr *);
int mq_notify(mqd_t, const struct sigevent *);
mqd_t mq_open(const char *, int, ...);
ssize_t mq_receive(mqd_t, char *, size_t, unsigned *);
int mq_send(mqd_t, const char *, size_t, unsigned);
int mq_setattr(mqd_t, const struct mq_attr *__restrict_arg,
    struct mq_attr *__restrict_arg);
ssize_t mq_timedreceive(mqd_t, char *__restrict_arg, size_t,
    unsigned *__restrict_arg, const struct timespec *__restrict_arg);
int mq_timedsend(
    mqd_t, const char *, size_t, unsigned, const struct timespec *);
int mq_unlink(const char *);
__END_DECLS

#endif
