/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What there is to know about a thread, and to say of it: information, name,
 * wiring.
 */
#include <host_priv_server.h>
#include <kern/convert.h>
#include <kern/sched.h>
#include <kern/string.h>
#include <kern/task.h>
#include <thread_act_server.h>

/* thread_basic_info.cpu_usage of one that has the whole processor. */
#define USAGE_ALL 1000

static int
run_state(const struct thread *thread)
{
	switch (thread->state) {
	case THREAD_RUNNABLE:
		return TH_STATE_RUNNING;
	case THREAD_WAITING:
		return thread->wait_flags & WAIT_INTERRUPTIBLE
			   ? TH_STATE_WAITING
			   : TH_STATE_UNINTERRUPTIBLE;
	case THREAD_STOPPED:
		return TH_STATE_STOPPED;
	case THREAD_DEAD:
		break;
	}
	return TH_STATE_HALTED;
}

static void
basic_info(const struct thread *thread, struct thread_basic_info *info)
{
	uint64_t time = thread_run_time(thread);
	uint64_t usage = sched_recent_usage(thread) / 1000000U;

	*info = (struct thread_basic_info){
	    .user_time.seconds = (int64_t)(time / 1000000000U),
	    .user_time.nanoseconds = (int64_t)(time % 1000000000U),
	    .cpu_usage = usage < USAGE_ALL ? (integer_t)usage : USAGE_ALL,
	    .base_priority = thread->base_priority,
	    .cur_priority = thread->priority,
	    .policy = thread->policy,
	    .suspend_count = thread->suspend_count,
	    .run_state = run_state(thread),
	};
}

static void
sched_info(const struct thread *thread, struct thread_sched_info *info)
{
	*info = (struct thread_sched_info){
	    .policy = thread->policy,
	    .quantum = (integer_t)(thread->quantum / 1000000U),
	    .base_priority = thread->base_priority,
	    .max_priority = thread->max_priority,
	    .cur_priority = thread->priority,
	    .depressed = thread->depressed,
	    .depress_priority = thread->depressed ? thread->base_priority : -1,
	};
}

kern_return_t
thread_info(struct thread *thread, int flavor, integer_t *info,
    mach_msg_type_number_t *count)
{
	struct thread_basic_info basic;
	struct thread_sched_info sched;

	if (thread == NULL)
		return KERN_INVALID_ARGUMENT;
	if (flavor == THREAD_BASIC_INFO && *count >= THREAD_BASIC_INFO_COUNT) {
		basic_info(thread, &basic);
		memcpy(info, &basic, sizeof(basic));
		*count = THREAD_BASIC_INFO_COUNT;
		return KERN_SUCCESS;
	}
	if (flavor == THREAD_SCHED_INFO && *count >= THREAD_SCHED_INFO_COUNT) {
		sched_info(thread, &sched);
		memcpy(info, &sched, sizeof(sched));
		*count = THREAD_SCHED_INFO_COUNT;
		return KERN_SUCCESS;
	}
	return KERN_INVALID_ARGUMENT;
}

kern_return_t
thread_set_name(struct thread *thread, const char *name)
{
	if (thread == NULL)
		return KERN_INVALID_ARGUMENT;
	strlcpy(thread->name, name, sizeof(thread->name));
	return KERN_SUCCESS;
}

kern_return_t
thread_get_name(struct thread *thread, char *name)
{
	if (thread == NULL)
		return KERN_INVALID_ARGUMENT;
	strlcpy(name, thread->name, sizeof(thread->name));
	return KERN_SUCCESS;
}

kern_return_t
thread_wire(struct host *host, struct thread *thread, boolean_t wired)
{
	if (host == NULL)
		return KERN_INVALID_HOST;
	if (thread == NULL || thread->state == THREAD_DEAD)
		return KERN_INVALID_ARGUMENT;
	thread->wired = wired != 0;
	return KERN_SUCCESS;
}
