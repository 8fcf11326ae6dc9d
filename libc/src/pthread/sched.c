/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Scheduling. The kernel has time sharing, which is SCHED_OTHER, and fixed
 * priorities, taken in turn or kept, which are SCHED_RR and SCHED_FIFO. A
 * process sets only its own threads.
 */
#include <mach/mach_host_user.h>
#include <mach/task_user.h>
#include <mach/thread_act_user.h>

#include <errno.h>
#include <libmach/mach.h>
#include <sched.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "thread.h"

#define PRIORITY_MIN 1
#define PRIORITY_MAX 32
#define QUANTUM_NS   10000000L

/*
 * The kernel counts downwards, and has fewer levels than POSIX asks for; 13 to
 * 15 are of processes less nice than usual.
 */
#define KERNEL_OTHER  16
#define KERNEL_LOWEST 12
#define KERNEL_LEVELS 7

static int
fail(int error)
{
	errno = error;
	return -1;
}

static bool
is_valid(int policy, int priority)
{
	if (policy == SCHED_OTHER)
		return priority == 0;
	return (policy == SCHED_FIFO || policy == SCHED_RR) &&
	       priority >= PRIORITY_MIN && priority <= PRIORITY_MAX;
}

static int
kernel_policy(int policy)
{
	switch (policy) {
	case SCHED_FIFO:
		return POLICY_FIFO;
	case SCHED_RR:
		return POLICY_RR;
	default:
		return POLICY_TIMESHARE;
	}
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
	return policy == SCHED_OTHER
		   ? shared_priority()
		   : KERNEL_LOWEST - (priority - PRIORITY_MIN) * KERNEL_LEVELS /
					 (PRIORITY_MAX - 1);
}

int
__thread_may_schedule(int policy, int priority)
{
	if (!is_valid(policy, priority))
		return EINVAL;
	/* Others could be kept from running at all. */
	return policy != SCHED_OTHER && geteuid() != 0 ? EPERM : 0;
}

int
__thread_schedule(struct pthread *thread, int policy, int priority)
{
	kern_return_t code;
	int error = __thread_may_schedule(policy, priority);

	if (error != 0)
		return error;
	code = thread_policy(__thread_port(thread), kernel_policy(policy), 0);
	if (code == KERN_SUCCESS)
		code = thread_priority(__thread_port(thread),
		    kernel_priority(policy, priority), FALSE);
	if (code != KERN_SUCCESS)
		return EINVAL;
	thread->attributes.__policy = policy;
	thread->attributes.__priority = priority;
	return 0;
}

int
pthread_setschedparam(
    pthread_t name, int policy, const struct sched_param *parameters)
{
	struct pthread *thread;
	int error = ESRCH;

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

int
pthread_getconcurrency(void)
{
	return 0;
}

/* A hint, which this system does not need. */
int
pthread_setconcurrency(int level)
{
	return level < 0 ? EINVAL : 0;
}

int
sched_get_priority_max(int policy)
{
	if (policy < SCHED_OTHER || policy > SCHED_RR)
		return fail(EINVAL);
	return policy == SCHED_OTHER ? 0 : PRIORITY_MAX;
}

int
sched_get_priority_min(int policy)
{
	if (policy < SCHED_OTHER || policy > SCHED_RR)
		return fail(EINVAL);
	return policy == SCHED_OTHER ? 0 : PRIORITY_MIN;
}

/* Only of this process is anything known here. */
static int
check_process(pid_t pid)
{
	if (pid < 0)
		return fail(EINVAL);
	if (pid == 0 || pid == getpid())
		return 0;
	return kill(pid, 0) == 0 ? fail(EPERM) : -1;
}

int
sched_getscheduler(pid_t pid)
{
	return check_process(pid) == 0 ? thread_self()->attributes.__policy
				       : -1;
}

int
sched_getparam(pid_t pid, struct sched_param *parameters)
{
	if (parameters == NULL)
		return fail(EINVAL);
	if (check_process(pid) != 0)
		return -1;
	parameters->sched_priority = thread_self()->attributes.__priority;
	return 0;
}

int
sched_setscheduler(pid_t pid, int policy, const struct sched_param *parameters)
{
	struct pthread *self = thread_self();
	int old = self->attributes.__policy;
	int error;

	if (parameters == NULL)
		return fail(EINVAL);
	if (check_process(pid) != 0)
		return -1;
	error = __thread_schedule(self, policy, parameters->sched_priority);
	return error == 0 ? old : fail(error);
}

int
sched_setparam(pid_t pid, const struct sched_param *parameters)
{
	int policy = thread_self()->attributes.__policy;

	return sched_setscheduler(pid, policy, parameters) < 0 ? -1 : 0;
}

int
sched_rr_get_interval(pid_t pid, struct timespec *to)
{
	if (to == NULL)
		return fail(EINVAL);
	if (check_process(pid) != 0)
		return -1;
	to->tv_sec = 0;
	to->tv_nsec = QUANTUM_NS;
	return 0;
}
