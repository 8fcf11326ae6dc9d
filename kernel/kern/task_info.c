/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What there is to know about a task: task_info, and what is counted for it.
 */
#include <ipc/ipc_space.h>
#include <kern/pc_sample.h>
#include <kern/sched.h>
#include <kern/string.h>
#include <kern/task.h>
#include <kern/task_events.h>
#include <task_server.h>
#include <vm/vm_kernel.h>

void
task_event(enum task_event event)
{
	static const sampled_pc_flavor_t flavors[TASK_EVENT_COUNT] = {
	    [TASK_EVENT_ZERO_FILL] = SAMPLED_PC_VM_ZFILL_FAULTS,
	    [TASK_EVENT_PAGEIN] = SAMPLED_PC_VM_PAGEIN_FAULTS,
	    [TASK_EVENT_COW] = SAMPLED_PC_VM_COW_FAULTS,
	    [TASK_EVENT_FAULT] = SAMPLED_PC_VM_FAULTS_ANY,
	};
	struct thread *self = current_thread();

	if (self == NULL || self->task == NULL)
		return;
	self->task->events[event]++;
	if (self->samples != NULL || self->task->samples != NULL)
		pc_sample(self, flavors[event]);
}

static uint64_t
live_run_time(const struct task *task)
{
	uint64_t time = 0;

	list_for_each (node, &task->threads)
		time +=
		    thread_run_time(list_entry(node, struct thread, task_link));
	return time;
}

uint64_t
task_run_time(const struct task *task)
{
	return task->dead_time + live_run_time(task);
}

static time_value_t
time_value(uint64_t ns)
{
	return (time_value_t){
	    (int64_t)(ns / 1000000000U), (int64_t)(ns % 1000000000U)};
}

static mach_msg_type_number_t
basic_info(const struct task *task, integer_t *words)
{
	task_basic_info_data_t info = {
	    .suspend_count = task->suspend_count,
	    .base_priority = task->base_priority,
	    .user_time = time_value(task_run_time(task)),
	    .creation_time = time_value(task->creation_time),
	    .thread_count = (integer_t)task->thread_count,
	};

	if (task->map != NULL) {
		info.virtual_size = vm_map_virtual_size(task->map);
		info.resident_size = vm_map_resident_size(task->map);
	}
	if (task->space != NULL)
		info.port_names = (integer_t)task->space->names;
	memcpy(words, &info, sizeof(info));
	return TASK_BASIC_INFO_COUNT;
}

static mach_msg_type_number_t
events_info(const struct task *task, integer_t *words)
{
	const task_events_info_data_t info = {
	    .faults = (integer_t)task->events[TASK_EVENT_FAULT],
	    .zero_fills = (integer_t)task->events[TASK_EVENT_ZERO_FILL],
	    .pageins = (integer_t)task->events[TASK_EVENT_PAGEIN],
	    .cow_faults = (integer_t)task->events[TASK_EVENT_COW],
	};

	memcpy(words, &info, sizeof(info));
	return TASK_EVENTS_INFO_COUNT;
}

static mach_msg_type_number_t
thread_times_info(const struct task *task, integer_t *words)
{
	const task_thread_times_info_data_t info = {
	    .user_time = time_value(live_run_time(task)),
	};

	memcpy(words, &info, sizeof(info));
	return TASK_THREAD_TIMES_INFO_COUNT;
}

static mach_msg_type_number_t
security_token(const struct task *task, integer_t *words)
{
	memcpy(words, &task->token, sizeof(task->token));
	return TASK_SECURITY_TOKEN_COUNT;
}

/* By flavour; how many words each has, and what fills them. */
static const struct {
	mach_msg_type_number_t count;
	mach_msg_type_number_t (*fill)(const struct task *task, integer_t *);
} flavors[] = {
    [TASK_BASIC_INFO] = {TASK_BASIC_INFO_COUNT, basic_info},
    [TASK_EVENTS_INFO] = {TASK_EVENTS_INFO_COUNT, events_info},
    [TASK_THREAD_TIMES_INFO] = {TASK_THREAD_TIMES_INFO_COUNT,
	thread_times_info},
    [TASK_SECURITY_TOKEN] = {TASK_SECURITY_TOKEN_COUNT, security_token},
};

kern_return_t
task_info(struct task *task, int flavor, integer_t *info,
    mach_msg_type_number_t *count)
{
	if (task == NULL || (unsigned)flavor > TASK_SECURITY_TOKEN ||
	    flavors[flavor].fill == NULL || *count < flavors[flavor].count)
		return KERN_INVALID_ARGUMENT;
	*count = flavors[flavor].fill(task, info);
	return KERN_SUCCESS;
}
