/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the host tells: host_info, host_statistics, its version and command
 * line, and what the kernel uses for itself (mach_debug.defs).
 */
#include <mach/host_user.h>
#include <mach/mach_debug_user.h>
#include <mach/mach_host_user.h>

#include "priv.h"
#include "worker.h"

#define MILLISECOND 1000000UL

static mach_port_t host, priv;

typedef kern_return_t ask_t(
    mach_port_t, int, integer_t *, mach_msg_type_number_t *);

/*
 * A flavour with just enough room, with more, and with one word too little,
 * and of a port that is no host.
 */
static void
test_flavor(ask_t *ask, int flavor, void *info, size_t words, const char *what)
{
	integer_t room[HOST_INFO_MAX];
	mach_msg_type_number_t count = (mach_msg_type_number_t)words;

	is_int(ask(host, flavor, info, &count), KERN_SUCCESS, what);
	is_int(count, words, "so many words");
	count = HOST_INFO_MAX;
	is_int(ask(priv, flavor, room, &count), KERN_SUCCESS, "by either port");
	is_int(count, words, "no more than there is");
	count = (mach_msg_type_number_t)words - 1;
	is_int(ask(host, flavor, room, &count), KERN_INVALID_ARGUMENT,
	    "too little room");
	count = HOST_INFO_MAX;
	is_int(ask(self, flavor, room, &count), KERN_INVALID_HOST, "no host");
}

static void
test_no_flavor(ask_t *ask, int flavor)
{
	integer_t room[HOST_INFO_MAX];
	mach_msg_type_number_t count = HOST_INFO_MAX;

	is_int(ask(host, flavor, room, &count), KERN_INVALID_ARGUMENT,
	    "no such flavour");
}

static void
test_info(void)
{
	host_basic_info_data_t basic;
	host_sched_info_data_t sched;
	host_load_info_data_t load;
	integer_t slot = -1;

	test_flavor(
	    host_info, HOST_BASIC_INFO, &basic, HOST_BASIC_INFO_COUNT, "basic");
	ok(basic.avail_cpus >= 1 && basic.avail_cpus <= basic.max_cpus,
	    "processors");
	ok(basic.memory_size >= 8UL << 20, "memory");
	test_flavor(host_info, HOST_PROCESSOR_SLOTS, &slot, 1, "slots");
	is_int(slot, 0, "the first");
	test_flavor(
	    host_info, HOST_SCHED_INFO, &sched, HOST_SCHED_INFO_COUNT, "sched");
	ok(sched.min_timeout > 0 && sched.min_quantum > 0, "times");
	test_flavor(
	    host_info, HOST_LOAD_INFO, &load, HOST_LOAD_INFO_COUNT, "load");
	ok(load.avenrun[0] >= 0 && load.mach_factor[0] >= 0, "averages");
	test_no_flavor(host_info, 0);
	test_no_flavor(host_info, 5);
	test_no_flavor(host_info, -1);
}

static void
spin(uint64_t time)
{
	uint64_t end = clock_get_ns(SYSTEM_CLOCK) + time;

	while (clock_get_ns(SYSTEM_CLOCK) < end)
		continue;
}

/* Without a word: what a test prints takes time, too. */
static host_cpu_load_info_data_t
cpu_load(void)
{
	host_cpu_load_info_data_t load = {0};
	mach_msg_type_number_t count = HOST_CPU_LOAD_INFO_COUNT;

	(void)host_statistics(
	    host, HOST_CPU_LOAD_INFO, (integer_t *)&load, &count);
	return load;
}

/*
 * Time is either idle or not, and all of it: so much holds of any interval,
 * however slow the machine is that ours runs on, or what else runs on ours.
 * How much of it is idle while this thread sleeps does not: so it sleeps until
 * that has come to 10 ms, of 10 s at most.
 */
static void
test_cpu_load(void)
{
	uint64_t start[2], end[2]; /* just before a reading, and just after */
	host_cpu_load_info_data_t before, after;
	natural_t idle, busy;
	unsigned rounds = 0;

	start[0] = clock_get_ns(SYSTEM_CLOCK);
	before = cpu_load();
	start[1] = clock_get_ns(SYSTEM_CLOCK);
	do {
		(void)clock_sleep(20 * MILLISECOND);
		end[0] = clock_get_ns(SYSTEM_CLOCK);
		after = cpu_load();
		end[1] = clock_get_ns(SYSTEM_CLOCK);
		idle = after.cpu_ticks[CPU_STATE_IDLE] -
		       before.cpu_ticks[CPU_STATE_IDLE];
	} while (idle < 10 && ++rounds < 500);
	busy =
	    after.cpu_ticks[CPU_STATE_USER] - before.cpu_ticks[CPU_STATE_USER];
	ok(idle >= 10, "idle while all sleep");
	ok(idle + busy + 2 >= (end[0] - start[1]) / MILLISECOND,
	    "all time is one of the two");
	ok(idle + busy <= (end[1] - start[0]) / MILLISECOND + 2, "once");
	/* Its page is there after that: nobody waits for one. */
	spin(MILLISECOND);
	before = cpu_load();
	spin(30 * MILLISECOND);
	after = cpu_load();
	ok(after.cpu_ticks[CPU_STATE_USER] >=
		before.cpu_ticks[CPU_STATE_USER] + 29,
	    "busy while one works");
	ok(after.cpu_ticks[CPU_STATE_IDLE] <=
		before.cpu_ticks[CPU_STATE_IDLE] + 1,
	    "not idle for a moment");
}

static void
test_statistics(void)
{
	host_load_info_data_t load;
	host_cpu_load_info_data_t times;
	vm_statistics_data_t vm, same;

	test_flavor(host_statistics, HOST_LOAD_STATISTICS, &load,
	    HOST_LOAD_INFO_COUNT, "load");
	test_flavor(
	    host_statistics, HOST_VM_INFO, &vm, HOST_VM_INFO_COUNT, "memory");
	is_int(vm_statistics(host, &same), KERN_SUCCESS, "vm_statistics");
	is_int(vm.total_count, same.total_count, "tells the same");
	ok(vm.free_count < vm.total_count, "some is in use");
	is_int(vm_statistics(self, &same), KERN_INVALID_HOST, "no host");
	test_flavor(host_statistics, HOST_CPU_LOAD_INFO, &times,
	    HOST_CPU_LOAD_INFO_COUNT, "time");
	test_no_flavor(host_statistics, 0);
	test_no_flavor(host_statistics, 4);
	test_cpu_load();
}

static void
test_words(void)
{
	kernel_version_t version;
	kernel_boot_info_t line;
	vm_size_t page;

	is_int(host_kernel_version(host, version), KERN_SUCCESS, "version");
	ok(version[0] != '\0', "it has one");
	is_int(
	    host_kernel_version(self, version), KERN_INVALID_HOST, "no host");
	is_int(host_page_size(host, &page), KERN_SUCCESS, "page size");
	is_int(page, 4096, "as it is");
	is_int(host_page_size(self, &page), KERN_INVALID_HOST, "no host");
	memset(line, 1, sizeof(line));
	is_int(host_get_boot_info(priv, line), KERN_SUCCESS, "command line");
	ok(memchr(line, '\0', sizeof(line)) != NULL, "it ends");
	is_int(host_get_boot_info(host, line), KERN_INVALID_HOST,
	    "not for everybody");
	is_int(host_reboot(host, 0), KERN_INVALID_HOST, "nor the end");
	is_int(host_reboot(priv, 0x7fffffff), KERN_INVALID_ARGUMENT, "no way");
}

static void
test_stacks(void)
{
	mach_port_t set = MACH_PORT_NULL;
	vm_size_t reserved, space, resident, deepest;
	vm_offset_t which;
	natural_t total, of_set;

	is_int(host_stack_usage(host, &reserved, &total, &space, &resident,
		   &deepest, &which),
	    KERN_SUCCESS, "stacks");
	ok(total > 0 && space >= total * 4096UL && resident <= space,
	    "there are some");
	is_int(host_stack_usage(self, &reserved, &total, &space, &resident,
		   &deepest, &which),
	    KERN_INVALID_HOST, "no host");
	is_int(processor_set_default(host, &set), KERN_SUCCESS, "the set");
	is_int(processor_set_stack_usage(
		   set, &of_set, &space, &resident, &deepest, &which),
	    KERN_SUCCESS, "its threads' stacks");
	ok(of_set >= 1 && of_set <= total, "this thread's among them");
	is_int(processor_set_stack_usage(
		   host, &of_set, &space, &resident, &deepest, &which),
	    KERN_INVALID_ARGUMENT, "no set");
	(void)mach_port_deallocate(self, set);
}

/* Objects of the cache of ports, or -1. */
static long
slabs(const char *name)
{
	static slab_info_t info[SLAB_INFO_MAX];
	mach_msg_type_number_t count = SLAB_INFO_MAX;

	if (host_slab_info(host, info, &count) != KERN_SUCCESS)
		return -1;
	for (unsigned i = 0; i < count; i++)
		if (strcmp(info[i].si_name, name) == 0 &&
		    info[i].si_in_use <=
			(uint64_t)info[i].si_slabs * info[i].si_per_slab &&
		    info[i].si_size * (uint64_t)info[i].si_per_slab <=
			info[i].si_slab_pages * 4096UL)
			return (long)info[i].si_in_use;
	return -1;
}

static void
test_slabs(void)
{
	slab_info_t info[SLAB_INFO_MAX];
	mach_msg_type_number_t count = SLAB_INFO_MAX;
	long before = slabs("ipc_port");
	mach_port_t ports[10];

	ok(before > 0, "ports are counted");
	for (unsigned i = 0; i < 10; i++)
		ports[i] = space_allocate(RECEIVE);
	ok(slabs("ipc_port") >= before + 10, "ten more");
	for (unsigned i = 0; i < 10; i++)
		(void)mach_port_destroy(self, ports[i]);
	is_int(
	    host_slab_info(self, info, &count), KERN_INVALID_HOST, "no host");
}

int
main(void)
{
	int names;

	self = mach_task_self();
	host = mach_host_self();
	names = space_names();
	priv = priv_host();
	ok(priv != MACH_PORT_NULL, "the privileged port");
	test_info();
	test_statistics();
	test_words();
	test_stacks();
	test_slabs();
	(void)mach_port_deallocate(self, priv);
	is_int(space_names(), names, "no name is left");
	return test_done();
}
