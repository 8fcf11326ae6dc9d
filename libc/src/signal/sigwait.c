/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Taking signals without handlers: the process server has them. For the time of
 * the wait the set is blocked, so that no handler gets one of it.
 */
#include <errno.h>
#include <servers/process_user.h>
#include <signal.h>
#include <string.h>
#include <time.h>

#include "process.h"
#include "signal_state.h"
#include "thread.h"

#define SECOND 1000000000L

static int
timeout_of(const struct timespec *time, uint64_t *timeout)
{
	*timeout = PROC_FOREVER;
	if (time == NULL)
		return 0;
	if (time->tv_nsec < 0 || time->tv_nsec >= SECOND || time->tv_sec < 0)
		return EINVAL;
	if (time->tv_sec < INT64_MAX / SECOND - 1)
		*timeout = (uint64_t)(time->tv_sec * SECOND + time->tv_nsec);
	return 0;
}

static void
restore(void *mask)
{
	__signal_set_mask(*(const uint64_t *)mask);
}

static void
fill(siginfo_t *to, const struct proc_siginfo *from)
{
	memset(to, 0, sizeof(*to));
	to->si_signo = from->signal;
	to->si_code = from->code;
	to->si_pid = from->pid;
	to->si_uid = from->uid;
	to->si_status = (int)from->value;
	to->si_addr = (void *)from->address;
	to->si_value.sival_ptr = (void *)from->value;
}

int
sigtimedwait(const sigset_t *restrict set, siginfo_t *restrict information,
    const struct timespec *restrict timeout)
{
	struct signal_thread *thread = __signal_thread();
	int place = (int)(thread - __process.signals->thread);
	uint64_t old = thread->blocked;
	struct proc_siginfo told = {.signal = 0};
	uint64_t limit;
	kern_return_t code;
	int error = timeout_of(timeout, &limit);

	if (error != 0) {
		errno = error;
		return -1;
	}
	pthread_testcancel();
	__signal_set_mask(old | *set);
	pthread_cleanup_push(restore, &old);
	__cancel_begin();
	code = proc_signal_wait(__process.proc, place, *set, limit, &told);
	__cancel_end();
	pthread_testcancel();
	pthread_cleanup_pop(1);
	if (__result(code) != 0)
		return -1;
	if (information != NULL)
		fill(information, &told);
	return told.signal;
}

int
sigwaitinfo(const sigset_t *restrict set, siginfo_t *restrict information)
{
	return sigtimedwait(set, information, NULL);
}

int
sigwait(const sigset_t *restrict set, int *restrict signal)
{
	int saved = errno;
	int result;

	do
		result = sigtimedwait(set, NULL, NULL);
	while (result < 0 && errno == EINTR);
	if (result < 0)
		return errno;
	errno = saved;
	*signal = result;
	return 0;
}
