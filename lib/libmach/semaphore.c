/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Semaphores by trap, or by message where the port is not the kernel's own.
 */
#include <mach/sync_user.h>
#include <mach/traps.h>

#include <libmach/mach.h>

extern __typeof__(semaphore_signal) semaphore_signal_rpc;
extern __typeof__(semaphore_signal_all) semaphore_signal_all_rpc;
extern __typeof__(semaphore_signal_thread) semaphore_signal_thread_rpc;
extern __typeof__(semaphore_wait) semaphore_wait_rpc;
extern __typeof__(semaphore_wait_signal) semaphore_wait_signal_rpc;
extern __typeof__(semaphore_timedwait) semaphore_timedwait_rpc;
extern __typeof__(semaphore_timedwait_signal) semaphore_timedwait_signal_rpc;

kern_return_t
semaphore_signal(semaphore_t semaphore)
{
	kern_return_t kr = semaphore_signal_trap(semaphore);

	return kr == KERN_INVALID_ARGUMENT ? semaphore_signal_rpc(semaphore)
					   : kr;
}

kern_return_t
semaphore_signal_all(semaphore_t semaphore)
{
	kern_return_t kr = semaphore_signal_all_trap(semaphore);

	return kr == KERN_INVALID_ARGUMENT ? semaphore_signal_all_rpc(semaphore)
					   : kr;
}

kern_return_t
semaphore_signal_thread(semaphore_t semaphore, thread_t thread)
{
	kern_return_t kr = semaphore_signal_thread_trap(semaphore, thread);

	return kr == KERN_INVALID_ARGUMENT
		   ? semaphore_signal_thread_rpc(semaphore, thread)
		   : kr;
}

kern_return_t
semaphore_wait(semaphore_t semaphore)
{
	kern_return_t kr = semaphore_wait_trap(semaphore);

	return kr == KERN_INVALID_ARGUMENT ? semaphore_wait_rpc(semaphore) : kr;
}

kern_return_t
semaphore_wait_signal(semaphore_t wait, semaphore_t signal)
{
	kern_return_t kr = semaphore_wait_signal_trap(wait, signal);

	return kr == KERN_INVALID_ARGUMENT
		   ? semaphore_wait_signal_rpc(wait, signal)
		   : kr;
}

kern_return_t
semaphore_timedwait(semaphore_t semaphore, mach_timespec_t time)
{
	kern_return_t kr =
	    semaphore_timedwait_trap(semaphore, time.tv_sec, time.tv_nsec);

	return kr == KERN_INVALID_ARGUMENT
		   ? semaphore_timedwait_rpc(semaphore, time)
		   : kr;
}

kern_return_t
semaphore_timedwait_signal(
    semaphore_t wait, semaphore_t signal, mach_timespec_t time)
{
	kern_return_t kr = semaphore_timedwait_signal_trap(
	    wait, signal, time.tv_sec, time.tv_nsec);

	return kr == KERN_INVALID_ARGUMENT
		   ? semaphore_timedwait_signal_rpc(wait, signal, time)
		   : kr;
}
