/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Scheduling. The kernel has time sharing, which is SCHED_OTHER, and fixed
 * priorities, taken in turn or kept, which are SCHED_RR and SCHED_FIFO. The
 * calling thread is set here, and the process server is told; other processes
 * it sets, and says so in the signal page.
 */
#include <mach/mach_host_user.h>
#include <mach/task_user.h>
#include <mach/thread_act_user.h>

#include <errno.h>
#include <libmach/mach.h>
#include <sched.h>
#include <servers/process_sched.h>
#include <servers/process_user.h>
#include <string.h>
#include <unistd.h>

#include "lend.h"
#include "process.h"

#define QUANTUM_NS   10000000L
#define KERNEL_OTHER 16

static int
fail(int error)
{
	errno = error;
	return -1;
}

/* Of threads that share time: as nice as the process is. */
static int
shared_priority(void)
{
	task_basic_info_data_t info;
	mach_msg_type_number_t count = TASK_BASIC_INFO_COUNT;

	return task_info(mach_task_self(), TASK_BASIC_INFO,
		   (integer_t *)(void *)&info, &count) == KERN_SUCCESS
		   ? info.base_priority
		   : KERNEL_OTHER;
}

static int
kernel_priority(int policy, int priority)
{
	return policy == SCHED_OTHER ? shared_priority()
				     : proc_kernel_priority(priority);
}

int
__thread_may_schedule(int policy, int priority)
{
	if (!proc_sched_is_valid(policy, priority))
		return EINVAL;
	/* Others could be kept from running at all. */
	return policy != SCHED_OTHER && geteuid() != 0 ? EPERM : 0;
}

static kern_return_t
run_as(struct pthread *thread, int policy, int priority)
{
	mach_port_t port = __thread_port(thread);
	kern_return_t code = thread_policy(port, proc_kernel_policy(policy), 0);

	if (code == KERN_SUCCESS)
		code = thread_priority(
		    port, kernel_priority(policy, priority), FALSE);
	return code;
}

/* If the kernel does not want that of a user's thread, it is not lent. */
void
__thread_run_as(struct pthread *thread)
{
	if (thread->lent != 0)
		(void)run_as(thread, SCHED_FIFO, thread->lent);
	else
		(void)run_as(thread, thread->attributes.__policy,
		    thread->attributes.__priority);
}

int
__thread_schedule(struct pthread *thread, int policy, int priority)
{
	int error = __thread_may_schedule(policy, priority);

	if (error != 0)
		return error;
	if (thread->lent <= priority &&
	    run_as(thread, policy, priority) != KERN_SUCCESS)
		return EINVAL;
	thread->attributes.__policy = policy;
	thread->attributes.__priority = priority;
	__lend_renew(thread);
	return 0;
}

/* Has another process set this one's threads meanwhile? */
void
__sched_sync(void)
{
	static uint32_t seen;
	const struct proc_sched *sched = &__process.signals->sched;
	uint32_t changes = __atomic_load_n(&sched->changes, __ATOMIC_ACQUIRE);

	if (changes == __atomic_load_n(&seen, __ATOMIC_RELAXED))
		return;
	__lock(&__threads.lock);
	for (struct pthread *at = __threads.list; at != NULL; at = at->next) {
		at->attributes.__policy = sched->policy;
		at->attributes.__priority = sched->priority;
	}
	__atomic_store_n(&seen, changes, __ATOMIC_RELAXED);
	__unlock(&__threads.lock);
}

int
pthread_setschedparam(
    pthread_t name, int policy, const struct sched_param *parameters)
{
	struct pthread *thread;
	int error = ESRCH;

	__sched_sync();
	__lock(&__threads.lock);
	thread = __thread_find(name);
	if (thread != NULL)
		error = __thread_schedule(
		    thread, policy, parameters->sched_priority);
	__unlock(&__threads.lock);
	return error;
}

int
pthread_getschedparam(pthread_t name, int *restrict policy,
    struct sched_param *restrict parameters)
{
	struct pthread *thread;

	__sched_sync();
	__lock(&__threads.lock);
	thread = __thread_find(name);
	if (thread != NULL) {
		*policy = thread->attributes.__policy;
		parameters->sched_priority = thread->attributes.__priority;
	}
	__unlock(&__threads.lock);
	return thread != NULL ? 0 : ESRCH;
}

int
pthread_setschedprio(pthread_t name, int priority)
{
	struct sched_param parameters;
	int policy;
	int error = pthread_getschedparam(name, &policy, &parameters);

	if (error != 0)
		return error;
	parameters.sched_priority = priority;
	return pthread_setschedparam(name, policy, &parameters);
}

int
pthread_getcpuclockid(pthread_t name, clockid_t *clock)
{
	struct pthread *thread;
	mach_port_t port = MACH_PORT_NULL;

	__lock(&__threads.lock);
	thread = __thread_find(name);
	if (thread != NULL && thread->state != THREAD_ENDED)
		port = __thread_port(thread);
	__unlock(&__threads.lock);
	if (port == MACH_PORT_NULL)
		return ESRCH;
	*clock = (clockid_t)(CLOCK_THREAD_BIT | port);
	return 0;
}

/* A hint, which this system does not need but tells again. */
static int concurrency;

int
pthread_getconcurrency(void)
{
	return concurrency;
}

int
pthread_setconcurrency(int level)
{
	if (level < 0)
		return EINVAL;
	concurrency = level;
	return 0;
}

int
sched_get_priority_max(int policy)
{
	if (policy < SCHED_OTHER || policy > SCHED_RR)
		return fail(EINVAL);
	return policy == SCHED_OTHER ? 0 : PROC_PRIORITY_MAX;
}

int
sched_get_priority_min(int policy)
{
	if (policy < SCHED_OTHER || policy > SCHED_RR)
		return fail(EINVAL);
	return policy == SCHED_OTHER ? 0 : PROC_PRIORITY_MIN;
}

static bool
is_own(pid_t pid)
{
	return pid == 0 || pid == getpid();
}

static int
get(pid_t pid, int *policy, int *priority)
{
	if (pid < 0)
		return fail(EINVAL);
	if (!is_own(pid))
		return __result(
		    proc_get_scheduler(__process.proc, pid, policy, priority));
	__sched_sync();
	*policy = thread_self()->attributes.__policy;
	*priority = thread_self()->attributes.__priority;
	return 0;
}

int
sched_getscheduler(pid_t pid)
{
	int policy;
	int priority;

	return get(pid, &policy, &priority) == 0 ? policy : -1;
}

int
sched_getparam(pid_t pid, struct sched_param *parameters)
{
	int policy;

	if (parameters == NULL)
		return fail(EINVAL);
	return get(pid, &policy, &parameters->sched_priority);
}

static int
set_own(int policy, int priority, int *old)
{
	struct pthread *self = thread_self();
	int error;

	__sched_sync();
	*old = self->attributes.__policy;
	__lock(&__threads.lock);
	error = __thread_schedule(self, policy, priority);
	__unlock(&__threads.lock);
	if (error != 0)
		return fail(error);
	/* For others to see, and for programs that take over. */
	(void)proc_set_scheduler(
	    __process.proc, 0, policy, priority, &(int){0});
	return 0;
}

int
sched_setscheduler(pid_t pid, int policy, const struct sched_param *parameters)
{
	int priority;
	int old;

	if (parameters == NULL || pid < 0)
		return fail(EINVAL);
	priority = parameters->sched_priority;
	if (is_own(pid))
		return set_own(policy, priority, &old) == 0 ? old : -1;
	if (__result(proc_set_scheduler(
		__process.proc, pid, policy, priority, &old)) != 0)
		return -1;
	return old;
}

int
sched_setparam(pid_t pid, const struct sched_param *parameters)
{
	int policy = sched_getscheduler(pid);

	if (policy < 0)
		return -1;
	return sched_setscheduler(pid, policy, parameters) < 0 ? -1 : 0;
}

int
sched_rr_get_interval(pid_t pid, struct timespec *to)
{
	int policy;
	int priority;

	if (to == NULL)
		return fail(EINVAL);
	if (get(pid, &policy, &priority) != 0)
		return -1;
	to->tv_sec = 0;
	to->tv_nsec = QUANTUM_NS;
	return 0;
}
