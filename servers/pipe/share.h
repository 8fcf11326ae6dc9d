/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Memory with rings that is shared with clients, as a memory entry that they
 * map. It goes with the last pipe or socket that uses it; what clients have
 * mapped of it then is theirs.
 */
#ifndef SHARE_H
#define SHARE_H

#include <mach/mach_types.h>

#include "ring.h"

struct share;

/* One user's, with so many empty rings. NULL: no memory, or too many. */
extern struct share *share_create(unsigned rings);
extern struct share *share_use(struct share *share);

/* A user is gone. NULL is allowed. */
extern void share_drop(struct share *share);

extern struct io_ring *share_ring(const struct share *share, unsigned index);

/* A right to the memory, to be moved into a message, or null. */
extern mach_port_t share_right(const struct share *share);

#endif
