/* SPDX-License-Identifier: BSD-2-Clause */
/* XSI message queues. */
#ifndef SYS_MSG_H
#define SYS_MSG_H

#include <sys/ipc.h>

typedef __pid_t pid_t;
typedef __size_type size_t;
typedef __ssize_t ssize_t;
typedef __time_t time_t;
typedef unsigned long msgqnum_t;
typedef unsigned long msglen_t;

#define MSG_NOERROR 010000

struct msqid_ds {
	struct ipc_perm msg_perm;
	msgqnum_t msg_qnum;
	msglen_t msg_qbytes;
	pid_t msg_lspid;
	pid_t msg_lrpid;
	time_t msg_stime;
	time_t msg_rtime;
	time_t msg_ctime;
};

__BEGIN_DECLS
int msgctl(int, int, struct msqid_ds *);
int msgget(key_t, int);
ssize_t msgrcv(int, void *, size_t, long, int);
int msgsnd(int, const void *, size_t, int);
__END_DECLS

#endif
