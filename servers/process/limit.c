/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Resource limits. They are kept here, inherited, and shown in the signal page,
 * for most are libc's to hold to: it knows the files, descriptors and memory of
 * its process. Who has no libc is held by the kernel's limits of the task.
 *
 * Processor time is ours: once a second the processes that have such a limit
 * are looked at. SIGXCPU for each second from the soft one on, SIGKILL at the
 * hard one.
 */
#include <mach/traps.h>

#include <errno.h>
#include <servers/process_server.h>
#include <string.h>
#include <sys/resource.h>

#include "process.h"

#define CLOCK_BOOT 0
#define NS_PER_S   1000000000U

_Static_assert(RLIMIT_AS + 1 == PROC_LIMITS, "each limit has a place");

/* When the times are looked at next; UINT64_MAX: nobody has a limit. */
static uint64_t next = UINT64_MAX;

static bool
is_timed(const struct process *process)
{
	const struct proc_limit *limit = &process->limit[RLIMIT_CPU];

	return process->state != PROCESS_ZOMBIE &&
	       (limit->soft != PROC_UNLIMITED || limit->hard != PROC_UNLIMITED);
}

static void
start_clock(const struct process *process)
{
	if (is_timed(process) && next == UINT64_MAX)
		next = clock_get_ns(CLOCK_BOOT) + NS_PER_S;
}

void
limit_init(struct process *process)
{
	for (unsigned i = 0; i < PROC_LIMITS; i++)
		process->limit[i] =
		    (struct proc_limit){PROC_UNLIMITED, PROC_UNLIMITED};
	process->limit[RLIMIT_NOFILE] =
	    (struct proc_limit){PROC_FD_MAX, PROC_FD_MAX};
}

void
limit_inherit(struct process *process, const struct process *parent)
{
	memcpy(process->limit, parent->limit, sizeof(process->limit));
	start_clock(process);
}

void
limit_show(const struct process *process, struct signal_page *page)
{
	for (unsigned i = 0; i < PROC_LIMITS; i++)
		page->limit[i] = (struct proc_limit){
		    ~process->limit[i].soft, ~process->limit[i].hard};
}

kern_return_t
S_proc_get_limits(proc_t proc, int pid, proc_limits_t *limits)
{
	const struct process *process = table_find(pid);

	if (process_of(proc) == NULL || process == NULL)
		return SERVER_ERROR(ESRCH);
	memcpy(limits->limit, process->limit, sizeof(limits->limit));
	return KERN_SUCCESS;
}

kern_return_t
S_proc_set_limit(proc_t proc, int which, uint64_t soft, uint64_t hard)
{
	struct process *process = process_of(proc);
	struct proc_limit *limit;

	if (process == NULL)
		return SERVER_ERROR(ESRCH);
	if (which < 0 || which >= PROC_LIMITS || soft > hard)
		return SERVER_ERROR(EINVAL);
	limit = &process->limit[which];
	if ((hard > limit->hard && process->euid != 0) ||
	    (which == RLIMIT_NOFILE && hard > PROC_FD_MAX))
		return SERVER_ERROR(EPERM);
	*limit = (struct proc_limit){soft, hard};
	if (process->page != NULL)
		limit_show(process, process->page);
	start_clock(process);
	return KERN_SUCCESS;
}

/* May free the process. */
static void
look_at(struct process *process)
{
	static const struct signal_info info = {.code = SI_TIMER};
	const struct proc_limit *limit = &process->limit[RLIMIT_CPU];
	uint64_t seconds = usage_cpu_time(process->task) / NS_PER_S;

	if (seconds >= limit->hard)
		signal_send(process, SIGKILL, &info);
	else if (seconds >= limit->soft)
		signal_send(process, SIGXCPU, &info);
}

static void
look_at_all(uint64_t now)
{
	struct process *following;

	next = UINT64_MAX;
	for (struct process *p = table_first(); p != NULL; p = following) {
		pid_t pid = p->pid;

		if (is_timed(p)) {
			next = now + NS_PER_S;
			look_at(p);
		}
		following = table_after(pid);
	}
}

mach_msg_timeout_t
limit_poll(void)
{
	uint64_t now;

	if (next == UINT64_MAX)
		return 0;
	now = clock_get_ns(CLOCK_BOOT);
	if (next <= now)
		look_at_all(now);
	return timer_ms(now, next);
}
