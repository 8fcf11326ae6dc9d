/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Priorities that threads have for the sake of others: of who holds a mutex
 * with a ceiling (PTHREAD_PRIO_PROTECT), and of who is waited for by a thread
 * that comes before it (PTHREAD_PRIO_INHERIT). Each takes __threads.lock.
 */
#ifndef INTERNAL_LEND_H
#define INTERNAL_LEND_H

#include "thread.h"

/* The calling thread waits for a mutex that lends; it does not any more. */
void __lend_wait(pthread_mutex_t *mutex);
void __lend_waited(void);

/* It has such a mutex now. EINVAL: it comes before the ceiling. */
int __lend_taken(pthread_mutex_t *mutex);

/* It has none any more of those flags and that ceiling; was it waited for? */
void __lend_given_up(unsigned flags, int ceiling, bool waited);

/* It holds one whose ceiling changes. */
void __lend_ceiling(int from, int to);

/* With the lock held: what the thread runs as follows from something else. */
void __lend_renew(struct pthread *thread);

#endif
