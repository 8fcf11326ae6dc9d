/* SPDX-License-Identifier: BSD-2-Clause */
/* XSI interprocess communication: what the three kinds have in common. */
#ifndef INTERNAL_SYSVIPC_H
#define INTERNAL_SYSVIPC_H

#include <servers/sysvipc_types.h>
#include <sys/ipc.h>

/* The server, null if there is none: the calls say ENOSYS then. */
mach_port_t __sysvipc(void);
int __sysvipc_result(kern_return_t code);

/* An id, or -1. */
int __sysvipc_get(enum sysv_kind kind, key_t key, uint64_t size, int flags);

/* IPC_STAT, the first part of IPC_SET, IPC_RMID. */
int __sysvipc_info(enum sysv_kind kind, int id, sysv_info_t *info);
int __sysvipc_set(
    enum sysv_kind kind, int id, const struct ipc_perm *perm, uint64_t size);
int __sysvipc_remove(enum sysv_kind kind, int id);
void __sysvipc_perm(struct ipc_perm *perm, const sysv_info_t *info);

#endif
