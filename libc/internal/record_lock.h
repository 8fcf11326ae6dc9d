/* SPDX-License-Identifier: BSD-2-Clause */
/* Record locks: the process's, which closing any descriptor of the file ends.
 */
#ifndef INTERNAL_RECORD_LOCK_H
#define INTERNAL_RECORD_LOCK_H

#include <mach/mach_types.h>

#include <fcntl.h>
#include <stdbool.h>

/* Among a descriptor's flags at exec: the process may have locks. */
#define DESCRIPTOR_LOCKS 0x08000000

/* F_GETLK, F_SETLK, F_SETLKW. */
int __record_lock(mach_port_t port, int command, struct flock *lock);

/* What the process is known by to those who keep something for it; or -1. */
int __record_lock_owner(mach_port_t *owner);

/* May the process have locks, here or from before exec? */
extern bool __record_locks;

/* A descriptor of the file is about to be closed. */
void __record_unlock(mach_port_t port);

/* The child has none. */
void __record_locks_forked(void);

#endif
