/* SPDX-License-Identifier: BSD-2-Clause */
/* Sending signals. */
#include <errno.h>
#include <servers/process_user.h>
#include <signal.h>
#include <unistd.h>

#include "process.h"
#include "signal_state.h"

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

/* The process server's interface carries no value yet. */
int
sigqueue(pid_t pid, int signal, union sigval value)
{
	(void)pid;
	(void)signal;
	(void)value;
	errno = ENOSYS;
	return -1;
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
	return kill(getpid(), signal);
}
