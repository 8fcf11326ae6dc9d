/* SPDX-License-Identifier: BSD-2-Clause */
/* What a process has used: what the kernel says of its task. */
#include <mach/mach_port_user.h>
#include <mach/task_user.h>

#include <string.h>

#include "process.h"

static uint64_t
nanoseconds(const time_value_t *time)
{
	return (uint64_t)time->seconds * 1000000000U +
	       (uint64_t)time->nanoseconds;
}

bool
usage_basic_info(mach_port_t task, task_basic_info_data_t *info)
{
	mach_msg_type_number_t count = TASK_BASIC_INFO_COUNT;

	return task != MACH_PORT_NULL &&
	       task_info(task, TASK_BASIC_INFO, (integer_t *)(void *)info,
		   &count) == KERN_SUCCESS;
}

uint64_t
usage_total(const task_basic_info_data_t *info)
{
	return nanoseconds(&info->user_time) + nanoseconds(&info->system_time);
}

void
usage_of_task(mach_port_t task, struct proc_usage *usage)
{
	task_basic_info_data_t info;

	memset(usage, 0, sizeof(*usage));
	if (!usage_basic_info(task, &info))
		return;
	usage->user_ns = nanoseconds(&info.user_time);
	usage->system_ns = nanoseconds(&info.system_time);
	usage->max_rss = info.resident_size;
}

uint64_t
usage_cpu_time(mach_port_t task)
{
	task_basic_info_data_t info;

	return usage_basic_info(task, &info) ? usage_total(&info) : 0;
}

void
usage_add(struct proc_usage *to, const struct proc_usage *from)
{
	to->user_ns += from->user_ns;
	to->system_ns += from->system_ns;
	if (from->max_rss > to->max_rss)
		to->max_rss = from->max_rss;
}
