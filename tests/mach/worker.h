/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A thread that makes one call of the kernel, for the tests of calls that wait.
 */
#ifndef TESTS_MACH_WORKER_H
#define TESTS_MACH_WORKER_H

#include <mach/thread_act_user.h>
#include <mach/traps.h>

#include <libmach/thread.h>
#include <stdbool.h>

struct worker {
	struct mach_thread *thread;
	kern_return_t (*call)(struct worker *worker);
	mach_port_t port; /* what the call is about, and which of it */
	mach_port_t other;
	int id;
	volatile bool started;
	volatile kern_return_t code;
};

/* Does a thread that has started wait now, or within a second? */
static inline bool
worker_thread_waits(
    const struct mach_thread *thread, const volatile bool *started)
{
	thread_basic_info_data_t info = {0};
	mach_msg_type_number_t count;

	for (unsigned i = 0; i < 1000; i++) {
		count = THREAD_BASIC_INFO_COUNT;
		if (*started &&
		    thread_info(mach_thread_port(thread), THREAD_BASIC_INFO,
			(thread_info_t)&info, &count) == KERN_SUCCESS &&
		    info.run_state == TH_STATE_WAITING)
			return true;
		(void)clock_sleep(1000000);
	}
	return false;
}

static inline void
worker_run(void *argument)
{
	struct worker *worker = argument;

	worker->started = true;
	worker->code = worker->call(worker);
}

/* Start the call; it need not wait. */
static inline bool
worker_start(struct worker *worker)
{
	worker->code = -1;
	worker->started = false;
	return mach_thread_create(&worker->thread, worker_run, worker,
		   MACH_THREAD_STACK) == KERN_SUCCESS;
}

/* Start it; true when it waits. */
static inline bool
worker_waits(struct worker *worker)
{
	return worker_start(worker) &&
	       worker_thread_waits(worker->thread, &worker->started);
}

/* What it came to. */
static inline kern_return_t
worker_end(const struct worker *worker)
{
	mach_thread_join(worker->thread);
	return worker->code;
}

#endif
