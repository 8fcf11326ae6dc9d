/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * usage: machinfo [-h]
 * help: show what kernel and machine this is
 */
#include <mach/host_user.h>

#include <libmach/mach.h>
#include <sys/utsname.h>
#include <time.h>
#include <unistd.h>

#include "lib/util.h"

UTILITY("machinfo [-h]", "show what kernel and machine this is");

static void
check(kern_return_t kr, const char *what)
{
	if (kr != KERN_SUCCESS)
		die("%s: %s", what, mach_error_string(kr));
}

static void
print_kernel(mach_port_t host)
{
	kernel_version_t version;
	struct utsname names;

	check(host_kernel_version(host, version), "kernel version");
	printf("%-12s %s\n", "kernel", version);
	if (uname(&names) != 0)
		die_errno("uname");
	printf("%-12s %s, %s\n", "host", names.nodename, names.machine);
	printf("%-12s %s %s\n", "system", names.sysname, names.release);
}

static void
print_machine(mach_port_t host)
{
	host_basic_info_data_t info;
	mach_msg_type_number_t count = HOST_BASIC_INFO_COUNT;
	vm_statistics_data_t memory;
	vm_size_t page;

	check(host_info(
		  host, HOST_BASIC_INFO, (integer_t *)(void *)&info, &count),
	    "host information");
	check(host_page_size(host, &page), "page size");
	check(vm_statistics(host, &memory), "memory");
	printf("%-12s %d, %d in use\n", "processors", info.max_cpus,
	    info.avail_cpus);
	printf("%-12s %llu KiB, %llu KiB free\n", "memory",
	    (unsigned long long)info.memory_size / 1024,
	    (unsigned long long)(memory.free_count * page) / 1024);
	printf("%-12s %llu bytes\n", "page", (unsigned long long)page);
}

static void
print_time(mach_port_t host)
{
	int64_t now;
	int64_t up;
	time_t seconds;
	struct tm parts;
	char text[64];

	check(host_get_time(host, &now, &up), "time");
	seconds = (time_t)(now / 1000000000);
	if (gmtime_r(&seconds, &parts) == NULL ||
	    strftime(text, sizeof(text), "%Y-%m-%d %H:%M:%S UTC", &parts) == 0)
		die("time: out of range");
	printf("%-12s %s\n", "time", text);
	printf("%-12s %lld.%03lld s\n", "up", (long long)(up / 1000000000),
	    (long long)(up / 1000000 % 1000));
}

static void
print_trace(mach_port_t host)
{
	uint64_t counts[KTRACE_KINDS];
	boolean_t on;
	natural_t size;

	check(host_ktrace_counts(host, &on, &size, counts), "kernel trace");
	if (on && size > 0)
		printf("%-12s on, last %u events\n", "ktrace", size);
	else
		printf("%-12s %s\n", "ktrace", on ? "counts" : "off");
}

int
main(int argc, char **argv)
{
	mach_port_t host = mach_host_self();

	util_init(argc, argv);
	switch (getopt(argc, argv, "h")) {
	case -1:
		break;
	case 'h':
		util_help_exit();
	default:
		util_usage_exit();
	}
	if (optind < argc)
		util_usage_exit();
	print_kernel(host);
	print_machine(host);
	print_time(host);
	print_trace(host);
	return util_exit(0);
}
