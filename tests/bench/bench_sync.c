/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Semaphores and lock sets: alone, and between two threads that wait in the
 * order they came or in that of their priorities.
 */
#include <mach/mach_port_user.h>
#include <mach/sync_user.h>

#include <libmach/mach.h>
#include <libmach/thread.h>

#include "bench.h"

static mach_port_t ping, pong, locks;
static struct mach_thread *thread;
static volatile bool ending;

static bool
make(int policy)
{
	return semaphore_create(mach_task_self(), &ping, policy, 0) ==
		   KERN_SUCCESS &&
	       semaphore_create(mach_task_self(), &pong, policy, 0) ==
		   KERN_SUCCESS &&
	       lock_set_create(mach_task_self(), &locks, 1, policy) ==
		   KERN_SUCCESS;
}

static void
finish(void)
{
	(void)semaphore_destroy(mach_task_self(), ping);
	(void)semaphore_destroy(mach_task_self(), pong);
	(void)lock_set_destroy(mach_task_self(), locks);
	(void)mach_port_destroy(mach_task_self(), ping);
	(void)mach_port_destroy(mach_task_self(), pong);
	(void)mach_port_destroy(mach_task_self(), locks);
}

static bool
make_fifo(void)
{
	return make(SYNC_POLICY_FIFO);
}

static void
answer(void *unused)
{
	(void)unused;
	while (semaphore_wait_trap(ping) == KERN_SUCCESS && !ending)
		(void)semaphore_signal_trap(pong);
}

static bool
make_two(int policy)
{
	ending = false;
	return make(policy) && mach_thread_create(&thread, answer, NULL,
				   MACH_THREAD_STACK) == KERN_SUCCESS;
}

static bool
make_two_fifo(void)
{
	return make_two(SYNC_POLICY_FIFO);
}

static bool
make_two_fixed(void)
{
	return make_two(SYNC_POLICY_FIXED_PRIORITY);
}

static void
finish_two(void)
{
	ending = true;
	(void)semaphore_signal_trap(ping);
	mach_thread_join(thread);
	finish();
}

static void
signal_wait(void)
{
	(void)semaphore_signal_trap(ping);
	(void)semaphore_wait_trap(ping);
}

static void
ping_pong(void)
{
	(void)semaphore_signal_trap(ping);
	(void)semaphore_wait_trap(pong);
}

static void
ping_pong_at_once(void)
{
	(void)semaphore_wait_signal_trap(pong, ping);
}

static void
acquire_release(void)
{
	(void)lock_acquire(locks, 0);
	(void)lock_release(locks, 0);
}

static void
create_destroy(void)
{
	mach_port_t semaphore;

	(void)semaphore_create(mach_task_self(), &semaphore, 0, 0);
	(void)semaphore_destroy(mach_task_self(), semaphore);
	(void)mach_port_deallocate(mach_task_self(), semaphore);
}

const struct bench_row bench_sync_rows[] = {
    {"semaphore create + destroy", 500, 0, create_destroy, NULL, NULL, 0},
    {"semaphore signal + wait", 1000, 0, signal_wait, make_fifo, finish, 0},
    {"semaphores, two threads, FIFO", 1000, 0, ping_pong, make_two_fifo,
	finish_two, 0},
    {"semaphores, two threads, FIXED", 1000, 0, ping_pong, make_two_fixed,
	finish_two, 0},
    {"semaphores, wait_signal", 1000, 0, ping_pong_at_once, make_two_fifo,
	finish_two, 0},
    {"lock_acquire + release, FIFO", 1000, 0, acquire_release, make_fifo,
	finish, 0},
    {NULL, 0, 0, NULL, NULL, NULL, 0},
};
