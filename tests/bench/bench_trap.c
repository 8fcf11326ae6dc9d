/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Into the kernel and back, by the shortest ways.
 */
#include <mach/host_user.h>
#include <mach/mach_port_user.h>
#include <mach/thread_act_user.h>

#include <libmach/mach.h>

#include "bench.h"

static mach_port_t self;

static void
null_trap(void)
{
	(void)swtch_pri(0);
}

static void
self_trap(void)
{
	(void)mach_thread_self();
}

static void
clock_trap(void)
{
	(void)clock_get_ns(0);
}

static void
sleep_trap(void)
{
	(void)clock_sleep(0);
}

static void
switch_none(void)
{
	(void)thread_switch(MACH_PORT_NULL, 0, 0);
}

/* Nobody else wants the processor; the depression ends with the next call. */
static void
switch_depress(void)
{
	(void)thread_switch(MACH_PORT_NULL, SWITCH_OPTION_DEPRESS, 1);
	(void)thread_depress_abort(self);
}

static bool
find_self(void)
{
	self = mach_thread_self();
	return true;
}

static void
drop_self(void)
{
	(void)mach_port_deallocate(mach_task_self(), self);
}

/* The same as the traps, as a message to the kernel. */
static void
page_size_call(void)
{
	vm_size_t size;

	(void)host_page_size(mach_host_self(), &size);
}

const struct bench_row bench_trap_rows[] = {
    {"null trap", 10000, 60, null_trap, NULL, NULL, 0},
    {"thread_self trap", 1000, 90, self_trap, NULL, NULL, 0},
    {"clock_get_ns", 1000, 0, clock_trap, NULL, NULL, 0},
    {"clock_sleep(0)", 1000, 0, sleep_trap, NULL, NULL, 0},
    {"thread_switch, none", 1000, 0, switch_none, NULL, NULL, 0},
    {"thread_switch, depress, + abort", 500, 0, switch_depress, find_self,
	drop_self, 0},
    {"kernel call, host_page_size", 1000, 0, page_size_call, NULL, NULL, 0},
    {NULL, 0, 0, NULL, NULL, NULL, 0},
};
