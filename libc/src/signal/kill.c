/* SPDX-License-Identifier: BSD-2-Clause */
/* Sending signals. */
#include <errno.h>
#include <pthread.h>
#include <servers/process_user.h>
#include <signal.h>
#include <unistd.h>

#include "process.h"
#include "signal_state.h"
#include "thread.h"

int
kill(pid_t pid, int signal)
{
	if (signal < 0 || signal >= NSIG) {
		errno = EINVAL;
		return -1;
	}
	if (pid == getpid() && __signal_self(signal))
		return 0;
	return __result(proc_kill(__process.proc, pid, signal));
}

int
__signal_queue(pid_t pid, int signal, int code, union sigval value)
{
	return __result(proc_queue_signal(__process.proc, pid, signal, code,
	    (uint64_t)(uintptr_t)value.sival_ptr));
}

int
sigqueue(pid_t pid, int signal, union sigval value)
{
	return __signal_queue(pid, signal, SI_QUEUE, value);
}

int
killpg(pid_t group, int signal)
{
	if (group <= 1) {
		errno = EINVAL;
		return -1;
	}
	return kill(-group, signal);
}

int
raise(int signal)
{
	int error;

	if (signal < 0 || signal >= NSIG) {
		errno = EINVAL;
		return -1;
	}
	if (!__threaded && __signal_self(signal))
		return 0;
	error = pthread_kill(pthread_self(), signal);
	if (error == 0)
		return 0;
	errno = error;
	return -1;
}
