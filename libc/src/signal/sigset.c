/* SPDX-License-Identifier: BSD-2-Clause */
/* Sets of signals: bit n - 1 stands for signal n. */
#include <errno.h>
#include <signal.h>

static int
valid(int signal)
{
	if (signal > 0 && signal < NSIG)
		return 1;
	errno = EINVAL;
	return 0;
}

int
sigemptyset(sigset_t *set)
{
	*set = 0;
	return 0;
}

int
sigfillset(sigset_t *set)
{
	*set = ~0UL;
	return 0;
}

int
sigaddset(sigset_t *set, int signal)
{
	if (!valid(signal))
		return -1;
	*set |= 1UL << (signal - 1);
	return 0;
}

int
sigdelset(sigset_t *set, int signal)
{
	if (!valid(signal))
		return -1;
	*set &= ~(1UL << (signal - 1));
	return 0;
}

int
sigismember(const sigset_t *set, int signal)
{
	if (!valid(signal))
		return -1;
	return (*set >> (signal - 1) & 1) != 0;
}
