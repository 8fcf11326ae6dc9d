/* SPDX-License-Identifier: BSD-2-Clause */
/* XSI interprocess communication: what its three kinds share. */
#ifndef SYS_IPC_H
#define SYS_IPC_H

#include <bits/types.h>

typedef __uid_t uid_t;
typedef __gid_t gid_t;
typedef __mode_t mode_t;
typedef __key_t key_t;

#define IPC_CREAT   01000
#define IPC_EXCL    02000
#define IPC_NOWAIT  04000

#define IPC_PRIVATE ((key_t)0)

#define IPC_RMID    0
#define IPC_SET     1
#define IPC_STAT    2

struct ipc_perm {
	uid_t uid;
	gid_t gid;
	uid_t cuid;
	gid_t cgid;
	mode_t mode;
	key_t __key;
};

__BEGIN_DECLS
key_t ftok(const char *, int);
__END_DECLS

#endif
