/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Threads and signals. There is one mask and one set of pending signals, those
 * of the first thread, which runs all handlers.
 */
#include <mach/thread_act_user.h>

#include <libmach/mach.h>
#include <signal.h>

#include "signal_state.h"
#include "thread.h"

int
__signal_thread_add(struct pthread *thread)
{
	(void)thread;
	return 0;
}

void
__signal_thread_started(void)
{
}

void
__signal_thread_remove(void)
{
}

void
__signal_thread_drop(struct pthread *thread)
{
	(void)thread;
}

/* Cuts its wait short; it looks for what there is when it comes back. */
int
__signal_thread_send(struct pthread *thread, int signal)
{
	(void)signal;
	if (__thread_port(thread) != MACH_PORT_NULL)
		(void)thread_abort(__thread_port(thread));
	return 0;
}
