/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Whom of those who wait at a semaphore or a lock it is given to.
 */
#ifndef MACH_SYNC_POLICY_H
#define MACH_SYNC_POLICY_H

#define SYNC_POLICY_FIFO           0x0 /* who waits longest */
#define SYNC_POLICY_FIXED_PRIORITY 0x1 /* who has the best priority */
#define SYNC_POLICY_LIFO           0x2 /* who came last */
#define SYNC_POLICY_MAX            0x2

/* The most locks that a set may have. */
#define LOCK_SET_MAX 256

#endif
