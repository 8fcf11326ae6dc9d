/* SPDX-License-Identifier: BSD-2-Clause */
/* Sending signals. */
#include <errno.h>
#include <servers/process_user.h>
#include <signal.h>
#include <unistd.h>

#include "process.h"

int
kill(pid_t pid, int signal)
{
	if (signal < 0 || signal >= NSIG) {
		errno = EINVAL;
		return -1;
	}
	return __result(proc_kill(__process.proc, pid, signal));
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
