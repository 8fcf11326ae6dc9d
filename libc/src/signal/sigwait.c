/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Taking signals without handlers: for the time of the wait each signal of the
 * set gets a handler that notes it.
 */
#include <mach/traps.h>

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <time.h>

#include "process.h"
#include "signal_state.h"

static siginfo_t noted;

static void
note(int signal, siginfo_t *information, void *context)
{
	(void)signal;
	(void)context;
	noted = *information;
}

/* Exchange the dispositions of a whole set. */
static void
exchange(sigset_t set, struct signal_action saved[], bool install)
{
	struct signal_page *page = __process.signals;
	int i;

	for (i = 1; i < NSIG; i++) {
		if (!(set >> (i - 1) & 1))
			continue;
		if (install) {
			saved[i] = page->action[i];
			page->action[i] = (struct signal_action){
			    .handler = (uint64_t)note,
			    .mask = ~0UL,
			    .flags = SA_SIGINFO,
			};
		} else {
			page->action[i] = saved[i];
		}
	}
}

/* Wait for the count to change, or for the deadline; 0 is none. */
static void
wait_until(uint32_t seen, uint64_t deadline)
{
	while (__atomic_load_n(&__signal_count, __ATOMIC_SEQ_CST) == seen) {
		uint64_t now = deadline != 0 ? clock_get_ns(0) : 0;

		if (deadline != 0 && now >= deadline)
			return;
		ulock_wait(&__signal_count, seen, deadline - now, 0);
	}
}

int
sigtimedwait(const sigset_t *restrict set, siginfo_t *restrict information,
    const struct timespec *restrict timeout)
{
	struct signal_action saved[NSIG];
	uint64_t old = __process.signals->blocked;
	uint64_t deadline = 0;
	uint32_t seen = __signal_count;

	if (timeout != NULL)
		deadline = clock_get_ns(0) +
			   (uint64_t)timeout->tv_sec * 1000000000UL +
			   (uint64_t)timeout->tv_nsec + 1;
	memset(&noted, 0, sizeof(noted));
	exchange(*set, saved, true);
	__signal_set_mask(old & ~*set);
	wait_until(seen, deadline);
	__signal_set_mask(old | *set);
	exchange(*set, saved, false);
	__signal_set_mask(old);
	if (noted.si_signo == 0) {
		errno = __signal_count == seen ? EAGAIN : EINTR;
		return -1;
	}
	if (information != NULL)
		*information = noted;
	return noted.si_signo;
}

int
sigwaitinfo(const sigset_t *restrict set, siginfo_t *restrict information)
{
	return sigtimedwait(set, information, NULL);
}

int
sigwait(const sigset_t *restrict set, int *restrict signal)
{
	int result;

	do
		result = sigtimedwait(set, NULL, NULL);
	while (result < 0 && errno == EINTR);
	if (result < 0)
		return errno;
	*signal = result;
	return 0;
}
