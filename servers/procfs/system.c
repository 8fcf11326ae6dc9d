/* SPDX-License-Identifier: BSD-2-Clause */
/* The files that are about the whole system. */
#include <mach/host_user.h>
#include <mach/mach_host_user.h>
#include <mach/traps.h>

#include <libmach/mach.h>
#include <machr/system.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "procfs.h"

#define NS         1000000000ULL
#define CLOCK_BOOT 0
#define CLOCK_REAL 1
#define TICK_MS    10U /* of _SC_CLK_TCK */
#define MOUNTS_MAX 16384U

static host_cpu_load_info_data_t
cpu_load(void)
{
	host_cpu_load_info_data_t load = {{0}};
	mach_msg_type_number_t count = HOST_CPU_LOAD_INFO_COUNT;

	(void)host_statistics(mach_host_self(), HOST_CPU_LOAD_INFO,
	    (integer_t *)(void *)&load, &count);
	return load;
}

static void
make_cpuinfo(struct text *text)
{
	long count = sysconf(_SC_NPROCESSORS_ONLN);
	struct utsname names;

	if (uname(&names) != 0)
		return;
	for (long i = 0; i < count; i++)
		text_print(text, "processor\t: %ld\nmachine\t\t: %s\n\n", i,
		    names.machine);
}

static void
make_filesystems(struct text *text)
{
	text_print(text, "\text2\nnodev\tdevfs\nnodev\tproc\nnodev\ttmpfs\n");
}

static void
make_loadavg(struct text *text)
{
	host_load_info_data_t load = {{0}, {0}};
	mach_msg_type_number_t count = HOST_LOAD_INFO_COUNT;
	struct machr_process list[1];
	unsigned averages[3];

	(void)host_info(mach_host_self(), HOST_LOAD_INFO,
	    (integer_t *)(void *)&load, &count);
	for (int i = 0; i < 3; i++)
		averages[i] = (unsigned)load.avenrun[i] * 100 / LOAD_SCALE;
	text_print(text, "%u.%02u %u.%02u %u.%02u 1/%d %d\n", averages[0] / 100,
	    averages[0] % 100, averages[1] / 100, averages[1] % 100,
	    averages[2] / 100, averages[2] % 100, machr_process_list(list, 0),
	    (int)getpid());
}

static void
print_memory(
    struct text *text, const char *name, uint64_t pages, uint64_t page_size)
{
	unsigned long long kilobytes = pages * (page_size / 1024);

	text_print(text, "%-15s %8llu kB\n", name, kilobytes);
}

static void
make_meminfo(struct text *text)
{
	vm_statistics_data_t now;
	uint64_t size, available;

	if (vm_statistics(mach_host_self(), &now) != KERN_SUCCESS)
		return;
	size = (uint64_t)now.pagesize;
	available = (uint64_t)now.free_count + (uint64_t)now.inactive_count;
	print_memory(text, "MemTotal:", now.total_count, size);
	print_memory(text, "MemFree:", now.free_count, size);
	print_memory(text, "MemAvailable:", available, size);
	print_memory(text, "Active:", now.active_count, size);
	print_memory(text, "Inactive:", now.inactive_count, size);
	print_memory(text, "Unevictable:", now.wire_count, size);
	print_memory(text, "SwapTotal:", 0, size);
	print_memory(text, "SwapFree:", 0, size);
}

/* "source target type options", and what fstab has besides. */
static void
make_mounts(struct text *text)
{
	char *lines = malloc(MOUNTS_MAX);
	ssize_t size = lines != NULL ? machr_mounts(lines, MOUNTS_MAX) : -1;
	char *state = NULL;
	char *line;

	if (size > 0) {
		lines[(size_t)size < MOUNTS_MAX ? (size_t)size
						: MOUNTS_MAX - 1] = '\0';
		for (line = strtok_r(lines, "\n", &state); line != NULL;
		     line = strtok_r(NULL, "\n", &state))
			text_print(text, "%s 0 0\n", line);
	}
	free(lines);
}

/* The kernel counts what it does itself with the user's time. */
static void
make_stat(struct text *text)
{
	host_cpu_load_info_data_t load = cpu_load();
	const natural_t *ms = load.cpu_ticks;
	uint64_t up = clock_get_ns(CLOCK_BOOT);
	struct machr_process list[1];

	text_print(text, "cpu  %u %u %u %u 0 0 0 0 0 0\n",
	    ms[CPU_STATE_USER] / TICK_MS, ms[CPU_STATE_NICE] / TICK_MS,
	    ms[CPU_STATE_SYSTEM] / TICK_MS, ms[CPU_STATE_IDLE] / TICK_MS);
	text_print(text, "btime %llu\nprocs_running 1\nprocs_total %d\n",
	    (unsigned long long)((clock_get_ns(CLOCK_REAL) - up) / NS),
	    machr_process_list(list, 0));
}

static void
make_uptime(struct text *text)
{
	host_cpu_load_info_data_t load = cpu_load();
	uint64_t up = clock_get_ns(CLOCK_BOOT) / (NS / 100);
	uint64_t idle = load.cpu_ticks[CPU_STATE_IDLE] / 10;

	text_print(text, "%llu.%02llu %llu.%02llu\n",
	    (unsigned long long)(up / 100), (unsigned long long)(up % 100),
	    (unsigned long long)(idle / 100), (unsigned long long)(idle % 100));
}

static void
make_version(struct text *text)
{
	struct utsname names;

	if (uname(&names) == 0)
		text_print(text, "%s version %s %s\n", names.sysname,
		    names.release, names.version);
}

const struct system_file system_files[] = {
    {"cpuinfo", make_cpuinfo},
    {"filesystems", make_filesystems},
    {"loadavg", make_loadavg},
    {"meminfo", make_meminfo},
    {"mounts", make_mounts},
    {"stat", make_stat},
    {"uptime", make_uptime},
    {"version", make_version},
};
const unsigned system_file_count =
    sizeof(system_files) / sizeof(system_files[0]);
