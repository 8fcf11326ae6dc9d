/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Once only. A routine that is cancelled has not been called; the child of a
 * fork that happened in the middle calls it itself, for the thread that did is
 * not there (the generation tells).
 */
#include "thread.h"

#define NOT_YET 0U
#define DONE    1U
#define BUSY    2U /* + 4 * generation */

static unsigned generation;

static unsigned
busy(void)
{
	return BUSY + 4 * generation;
}

static void
give_up(void *cookie)
{
	pthread_once_t *once = cookie;

	__atomic_store_n(once, NOT_YET, __ATOMIC_RELEASE);
	__wake(once, INT_MAX, false);
}

void
__once_forked(void)
{
	generation++;
}

int
pthread_once(pthread_once_t *once, void (*routine)(void))
{
	unsigned now;

	while ((now = __atomic_load_n(once, __ATOMIC_ACQUIRE)) != DONE) {
		if (now == busy()) {
			(void)__wait_until(
			    once, now, CLOCK_MONOTONIC, NULL, false);
			continue;
		}
		if (!__atomic_compare_exchange_n(once, &now, busy(), false,
			__ATOMIC_ACQUIRE, __ATOMIC_RELAXED))
			continue;
		pthread_cleanup_push(give_up, once);
		routine();
		pthread_cleanup_pop(0);
		__atomic_store_n(once, DONE, __ATOMIC_RELEASE);
		__wake(once, INT_MAX, false);
	}
	return 0;
}
