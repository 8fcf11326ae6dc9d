/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The host, its processor set and its clocks.
 */
#include <mach/clock_types.h>
#include <mach/clock_user.h>
#include <mach/host_user.h>
#include <mach/mach_host_user.h>
#include <mach/mach_port_user.h>
#include <mach/task_user.h>

#include <libmach/mach.h>
#include <servers/bootstrap_user.h>

#include "bench.h"

static mach_port_t clock_port, alarm_port, set;

mach_port_t
bench_host(void)
{
	mach_port_t bootstrap, device, host = MACH_PORT_NULL;

	if (task_get_special_port(mach_task_self(), TASK_BOOTSTRAP_PORT,
		&bootstrap) != KERN_SUCCESS ||
	    bootstrap_privileged_ports(bootstrap, &host, &device) !=
		KERN_SUCCESS)
		bench_fail("not root's");
	(void)mach_port_deallocate(mach_task_self(), device);
	(void)mach_port_deallocate(mach_task_self(), bootstrap);
	return host;
}

static bool
make(void)
{
	alarm_port = bench_port();
	return host_get_clock_service(mach_host_self(), SYSTEM_CLOCK,
		   &clock_port) == KERN_SUCCESS &&
	       processor_set_default(mach_host_self(), &set) == KERN_SUCCESS;
}

static void
finish(void)
{
	(void)mach_port_deallocate(mach_task_self(), clock_port);
	(void)mach_port_deallocate(mach_task_self(), set);
	(void)mach_port_destroy(mach_task_self(), alarm_port);
}

static void
basic_info(void)
{
	host_basic_info_data_t info;
	mach_msg_type_number_t count = HOST_BASIC_INFO_COUNT;

	(void)host_info(
	    mach_host_self(), HOST_BASIC_INFO, (host_info_t)&info, &count);
}

static void
memory_statistics(void)
{
	vm_statistics_data_t statistics;

	(void)vm_statistics(mach_host_self(), &statistics);
}

static void
default_set(void)
{
	mach_port_t other;

	(void)processor_set_default(mach_host_self(), &other);
	(void)mach_port_deallocate(mach_task_self(), other);
}

static void
set_info(void)
{
	processor_set_basic_info_data_t info;
	mach_msg_type_number_t count = PROCESSOR_SET_BASIC_INFO_COUNT;
	mach_port_t host = MACH_PORT_NULL;

	(void)processor_set_info(
	    set, PROCESSOR_SET_BASIC_INFO, &host, (integer_t *)&info, &count);
	(void)mach_port_deallocate(mach_task_self(), host);
}

static void
get_time(void)
{
	mach_timespec_t now;

	(void)clock_get_time(clock_port, &now);
}

/* One that is due. */
static void
alarm(void)
{
	struct {
		mach_msg_header_t header;
		char rest[64];
	} message;
	mach_timespec_t past = {0, 0};

	(void)clock_alarm(clock_port, TIME_ABSOLUTE, past, alarm_port);
	if (mach_msg(&message.header, MACH_RCV_MSG, 0, sizeof(message),
		alarm_port, 0, MACH_PORT_NULL) != MACH_MSG_SUCCESS)
		bench_fail("no alarm");
}

const struct bench_row bench_host_rows[] = {
    {"host_info", 1000, 0, basic_info, NULL, NULL, 0},
    {"vm_statistics", 500, 0, memory_statistics, NULL, NULL, 0},
    {"processor_set_default", 500, 0, default_set, NULL, NULL, 0},
    {"processor_set_info", 500, 0, set_info, make, finish, 0},
    {"clock_get_time", 500, 0, get_time, make, finish, 0},
    {"clock_alarm, due", 500, 0, alarm, make, finish, 0},
    {NULL, 0, 0, NULL, NULL, NULL, 0},
};
