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

static mach_msg_type_number_t
basic_info(const struct thread *thread, integer_t *words)
{
	uint64_t time = thread_run_time(thread);
	uint64_t usage = sched_recent_usage(thread) / 1000000U;
	const struct thread_basic_info info = {
	    .user_time.seconds = (int64_t)(time / 1000000000U),
	    .user_time.nanoseconds = (int64_t)(time % 1000000000U),
	    .cpu_usage = usage < USAGE_ALL ? (integer_t)usage : USAGE_ALL,
	    .base_priority = thread->base_priority,
	    .cur_priority = thread->priority,
	    .policy = thread->policy,
	    .suspend_count = thread->suspend_count,
	    .run_state = run_state(thread),
	};

	memcpy(words, &info, sizeof(info));
	return THREAD_BASIC_INFO_COUNT;
}

static integer_t
quantum(const struct thread *thread)
{
	return (integer_t)(thread->quantum / 1000000U);
}

static integer_t
depress_priority(const struct thread *thread)
{
	return thread->depressed ? thread->base_priority : -1;
}

static mach_msg_type_number_t
sched_info(const struct thread *thread, integer_t *words)
{
	const struct thread_sched_info info = {
	    .policy = thread->policy,
	    .quantum = quantum(thread),
	    .base_priority = thread->base_priority,
	    .max_priority = thread->max_priority,
	    .cur_priority = thread->priority,
	    .depressed = thread->depressed,
	    .depress_priority = depress_priority(thread),
	};

	memcpy(words, &info, sizeof(info));
	return THREAD_SCHED_INFO_COUNT;
}

static mach_msg_type_number_t
timeshare_info(const struct thread *thread, integer_t *words)
{
	words[0] = thread->max_priority;
	words[1] = thread->base_priority;
	words[2] = thread->priority;
	words[3] = thread->depressed;
	words[4] = depress_priority(thread);
	return POLICY_TIMESHARE_INFO_COUNT;
}

static mach_msg_type_number_t
rr_info(const struct thread *thread, integer_t *words)
{
	words[0] = thread->max_priority;
	words[1] = thread->base_priority;
	words[2] = quantum(thread);
	words[3] = thread->depressed;
	words[4] = depress_priority(thread);
	return POLICY_RR_INFO_COUNT;
}

static mach_msg_type_number_t
fifo_info(const struct thread *thread, integer_t *words)
{
	words[0] = thread->max_priority;
	words[1] = thread->base_priority;
	words[2] = thread->depressed;
	words[3] = depress_priority(thread);
	return POLICY_FIFO_INFO_COUNT;
}

/* How many words each flavour has, whom it is of, and what fills them. */
static const struct {
	int flavor;
	int policy; /* 0: of any */
	mach_msg_type_number_t count;
	mach_msg_type_number_t (*fill)(const struct thread *, integer_t *);
} flavors[] = {
    {THREAD_BASIC_INFO, 0, THREAD_BASIC_INFO_COUNT, basic_info},
    {THREAD_SCHED_INFO, 0, THREAD_SCHED_INFO_COUNT, sched_info},
    {THREAD_SCHED_TIMESHARE_INFO, POLICY_TIMESHARE, POLICY_TIMESHARE_INFO_COUNT,
	timeshare_info},
    {THREAD_SCHED_RR_INFO, POLICY_RR, POLICY_RR_INFO_COUNT, rr_info},
    {THREAD_SCHED_FIFO_INFO, POLICY_FIFO, POLICY_FIFO_INFO_COUNT, fifo_info},
};

kern_return_t
thread_info(struct thread *thread, int flavor, integer_t *info,
    mach_msg_type_number_t *count)
{
	if (thread == NULL)
		return KERN_INVALID_ARGUMENT;
	for (unsigned i = 0; i < sizeof(flavors) / sizeof(*flavors); i++) {
		if (flavors[i].flavor != flavor || *count < flavors[i].count)
			continue;
		if (flavors[i].policy != 0 &&
		    flavors[i].policy != thread->policy)
			return KERN_INVALID_POLICY;
		*count = flavors[i].fill(thread, info);
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
