/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The files that are about one process. What the process server knows comes
 * from there; the strings and the map are looked up in the task, whose control
 * port this server may have, as it is user 0's.
 */
#include <mach/mach_port_user.h>
#include <mach/task_user.h>
#include <mach/traps.h>
#include <mach/vm_map_user.h>

#include <errno.h>
#include <libmach/mach.h>
#include <machr/system.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include "procfs.h"

#define TICK_NS       10000000ULL /* of _SC_CLK_TCK */
#define PAGE          4096ULL
#define STRINGS_MAX   (1U << 20)

#define PROCESSES_MAX 1024

static void
drop_right(mach_port_t right)
{
	(void)syscall_mach_port_deallocate(mach_task_self(), right);
}

int
process_find(uint64_t pid, struct proc_details *details)
{
	return pid <= INT32_MAX && machr_process_details((int)pid, details) == 0
		   ? 0
		   : ENOENT;
}

static struct machr_process list[PROCESSES_MAX];
static int list_count;

void
process_list_get(void)
{
	list_count = machr_process_list(list, PROCESSES_MAX);
	if (list_count > PROCESSES_MAX)
		list_count = PROCESSES_MAX;
}

uint64_t
process_list_down(uint64_t most)
{
	uint64_t found = 0;

	for (int i = 0; i < list_count; i++) {
		uint64_t pid = (uint64_t)list[i].pid;

		if (pid <= most && pid > found)
			found = pid;
	}
	return found;
}

static unsigned
count_threads(const struct proc_details *process)
{
	mach_msg_type_number_t count = 0;
	mach_port_array_t threads = NULL;
	mach_port_t task;

	if (machr_task((pid_t)process->pid, &task) != 0)
		return 0;
	if (task_threads(task, &threads, &count) == KERN_SUCCESS) {
		for (unsigned i = 0; i < count; i++)
			drop_right(threads[i]);
		(void)syscall_vm_deallocate(mach_task_self(),
		    (vm_address_t)threads, count * sizeof(*threads));
	}
	drop_right(task);
	return count;
}

uint32_t
process_owner(const struct proc_details *details)
{
	bool whole =
	    details->euid == details->uid && details->suid == details->uid &&
	    details->egid == details->gid && details->sgid == details->gid;

	return whole ? (uint32_t)details->uid : 0;
}

/* Copy memory of the task's; what is not there, or is too much, is nothing. */
static int
copy_strings(struct text *text, const struct proc_details *process, uint64_t at,
    uint64_t size)
{
	mach_port_t task;
	char *strings;
	int error;

	if (size == 0 || size > STRINGS_MAX)
		return 0;
	if (machr_task((pid_t)process->pid, &task) != 0)
		return 0;
	strings = malloc(size);
	error = strings != NULL ? memory_read(process, task, at, strings, size)
				: ENOMEM;
	if (error == 0)
		text_bytes(text, strings, size);
	free(strings);
	drop_right(task);
	return error == EFAULT ? 0 : error;
}

static int
make_cmdline(struct text *text, const struct proc_details *process)
{
	return copy_strings(text, process, process->args, process->args_size);
}

static int
make_environ(struct text *text, const struct proc_details *process)
{
	return copy_strings(text, process, process->envs, process->envs_size);
}

static int
make_comm(struct text *text, const struct proc_details *process)
{
	text_print(text, "%.31s\n", process->name);
	return 0;
}

static int
make_maps(struct text *text, const struct proc_details *process)
{
	vm_address_t at = 0;
	mach_port_t task;

	if (machr_task((pid_t)process->pid, &task) != 0)
		return 0;
	for (;;) {
		mach_port_t object = MACH_PORT_NULL;
		vm_prot_t now, most;
		vm_inherit_t inherit;
		vm_offset_t offset;
		boolean_t shared;
		vm_size_t size;
		vm_address_t end;

		if (vm_region(task, &at, &size, &now, &most, &inherit, &shared,
			&object, &offset) != KERN_SUCCESS)
			break;
		if (MACH_PORT_VALID(object))
			drop_right(object);
		end = at + size;
		text_print(text, "%08llx-%08llx %c%c%c%c %08llx 00:00 0\n",
		    (unsigned long long)at, (unsigned long long)end,
		    now & VM_PROT_READ ? 'r' : '-',
		    now & VM_PROT_WRITE ? 'w' : '-',
		    now & VM_PROT_EXECUTE ? 'x' : '-', shared ? 's' : 'p',
		    (unsigned long long)offset);
		at = end;
	}
	drop_right(task);
	return 0;
}

/* The 52 numbers that programs read; 0 is what there is none of here. */
static int
make_stat(struct text *text, const struct proc_details *process)
{
	text_print(text, "%d (%.31s) %c %d %d %d 0 -1 0 0 0 0 0 ",
	    (int)process->pid, process->name, (char)process->state,
	    (int)process->ppid, (int)process->pgid, (int)process->sid);
	text_print(text, "%llu %llu %llu %llu 20 0 %u 0 %llu %llu %llu ",
	    (unsigned long long)(process->user_ns / TICK_NS),
	    (unsigned long long)(process->system_ns / TICK_NS),
	    (unsigned long long)(process->children_user_ns / TICK_NS),
	    (unsigned long long)(process->children_system_ns / TICK_NS),
	    count_threads(process),
	    (unsigned long long)(process->started / TICK_NS),
	    (unsigned long long)process->vsize,
	    (unsigned long long)(process->rss / PAGE));
	text_print(text, "18446744073709551615 0 0 0 0 0 0 0 0 0 0 0 0 17 0 0 "
			 "0 0 0 0 0 0 0 0 0 0 0 0\n");
	return 0;
}

static int
make_statm(struct text *text, const struct proc_details *process)
{
	text_print(text, "%llu %llu 0 0 0 0 0\n",
	    (unsigned long long)(process->vsize / PAGE),
	    (unsigned long long)(process->rss / PAGE));
	return 0;
}

static const char *
state_name(uint64_t state)
{
	switch (state) {
	case 'T':
		return "stopped";
	case 'Z':
		return "zombie";
	case 'R':
		return "running";
	default:
		return "sleeping";
	}
}

static int
make_status(struct text *text, const struct proc_details *process)
{
	text_print(text,
	    "Name:\t%.31s\nState:\t%c (%s)\nTgid:\t%d\nPid:\t%d\nPPid:\t%d\n",
	    process->name, (char)process->state, state_name(process->state),
	    (int)process->pid, (int)process->pid, (int)process->ppid);
	text_print(text, "Uid:\t%u\t%u\t%u\t%u\nGid:\t%u\t%u\t%u\t%u\n",
	    (unsigned)process->uid, (unsigned)process->euid,
	    (unsigned)process->suid, (unsigned)process->euid,
	    (unsigned)process->gid, (unsigned)process->egid,
	    (unsigned)process->sgid, (unsigned)process->egid);
	text_print(text, "VmSize:\t%8llu kB\nVmRSS:\t%8llu kB\nThreads:\t%u\n",
	    (unsigned long long)(process->vsize / 1024),
	    (unsigned long long)(process->rss / 1024), count_threads(process));
	return 0;
}

/* By RLIMIT_*; those without a name do not exist here. */
static const struct {
	const char *name;
	const char *unit;
} limit_names[PROC_LIMITS] = {
    [RLIMIT_CPU] = {"Max cpu time", "seconds"},
    [RLIMIT_FSIZE] = {"Max file size", "bytes"},
    [RLIMIT_DATA] = {"Max data size", "bytes"},
    [RLIMIT_STACK] = {"Max stack size", "bytes"},
    [RLIMIT_CORE] = {"Max core file size", "bytes"},
    [RLIMIT_NOFILE] = {"Max open files", "files"},
    [RLIMIT_AS] = {"Max address space", "bytes"},
};

static void
print_limit(struct text *text, uint64_t limit)
{
	if (limit == PROC_UNLIMITED)
		text_print(text, " %-20s", "unlimited");
	else
		text_print(text, " %-20llu", (unsigned long long)limit);
}

static int
make_limits(struct text *text, const struct proc_details *process)
{
	struct proc_limits limits;

	if (machr_process_limits((pid_t)process->pid, &limits) != 0)
		return errno;
	text_print(text, "%-25s %-20s %-20s %s\n", "Limit", "Soft Limit",
	    "Hard Limit", "Units");
	for (unsigned i = 0; i < PROC_LIMITS; i++) {
		if (limit_names[i].name == NULL)
			continue;
		text_print(text, "%-25s", limit_names[i].name);
		print_limit(text, limits.limit[i].soft);
		print_limit(text, limits.limit[i].hard);
		text_print(text, " %s\n", limit_names[i].unit);
	}
	return 0;
}

const struct process_file process_files[] = {
    {"cmdline", S_IFREG | 0444, make_cmdline, 0},
    {"comm", S_IFREG | 0444, make_comm, 0},
    {"cwd", S_IFLNK | 0777, NULL, PLACE_CWD},
    {"environ", S_IFREG | 0400, make_environ, 0},
    {"exe", S_IFLNK | 0777, NULL, PLACE_EXE},
    {"fd", S_IFDIR | 0500, NULL, 0},
    {"limits", S_IFREG | 0444, make_limits, 0},
    {"maps", S_IFREG | 0400, make_maps, 0},
    {"root", S_IFLNK | 0777, NULL, PLACE_ROOT},
    {"stat", S_IFREG | 0444, make_stat, 0},
    {"statm", S_IFREG | 0444, make_statm, 0},
    {"status", S_IFREG | 0444, make_status, 0},
};
const unsigned process_file_count =
    sizeof(process_files) / sizeof(process_files[0]);
