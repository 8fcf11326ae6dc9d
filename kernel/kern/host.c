/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The host: its ports, what it tells about itself, the end.
 */
#include <arch/cpu.h>

#include <boot/bootinfo.h>
#include <host_server.h>
#include <ipc/ipc_kobject.h>
#include <kern/calendar.h>
#include <kern/convert.h>
#include <kern/cpu.h>
#include <kern/debugger.h>
#include <kern/host.h>
#include <kern/load.h>
#include <kern/panic.h>
#include <kern/printf.h>
#include <kern/sched.h>
#include <kern/slab.h>
#include <kern/string.h>
#include <kern/task_ports.h>
#include <kern/thread_init.h>
#include <mach_host_server.h>
#include <vm/vm_kernel.h>

IPC_KOBJECT_SUBSYSTEM(host);

struct host the_host;

void
host_init(void)
{
	the_host.port = ipc_kobject_alloc(IKOT_HOST, &the_host);
	the_host.priv_port = ipc_kobject_alloc(IKOT_HOST_PRIV, &the_host);
	the_host.device_master_port =
	    ipc_kobject_alloc(IKOT_DEVICE_MASTER, &the_host);
	if (the_host.port == NULL || the_host.priv_port == NULL ||
	    the_host.device_master_port == NULL)
		panic("no memory for the host ports");
	calendar_init();
}

/* What a flavour tells, and how much that is; 0: there is no such flavour. */
static size_t
info_of(int flavor, void *info)
{
	static const integer_t slots[] = {0};
	static const host_sched_info_data_t sched = {
	    .min_timeout = 1, .min_quantum = SCHED_QUANTUM_NS / 1000000};
	host_basic_info_data_t *basic = info;
	vm_statistics_data_t vm;

	switch (flavor) {
	case HOST_BASIC_INFO:
		vm_statistics_get(&vm);
		*basic = (host_basic_info_data_t){
		    .max_cpus = 1,
		    .avail_cpus = 1,
		    .memory_size = vm.total_count * VM_PAGE_SIZE,
		};
		return sizeof(*basic);
	case HOST_PROCESSOR_SLOTS:
		memcpy(info, slots, sizeof(slots));
		return sizeof(slots);
	case HOST_SCHED_INFO:
		memcpy(info, &sched, sizeof(sched));
		return sizeof(sched);
	case HOST_LOAD_INFO:
		load_get(info);
		return sizeof(host_load_info_data_t);
	default:
		return 0;
	}
}

kern_return_t
host_info(struct host *self, int flavor, integer_t *info,
    mach_msg_type_number_t *count)
{
	union {
		host_basic_info_data_t basic;
		host_load_info_data_t load;
	} data;
	size_t size;

	if (self == NULL)
		return KERN_INVALID_HOST;
	size = info_of(flavor, &data);
	if (size == 0 || *count < size / sizeof(*info))
		return KERN_INVALID_ARGUMENT;
	memcpy(info, &data, size);
	*count = (mach_msg_type_number_t)(size / sizeof(*info));
	return KERN_SUCCESS;
}

static void
cpu_load(host_cpu_load_info_data_t *info)
{
	uint64_t up = clock_uptime_ns();
	uint64_t idle = thread_run_time(cpu_self()->idle);

	memset(info, 0, sizeof(*info));
	info->cpu_ticks[CPU_STATE_IDLE] = (natural_t)(idle / NSEC_PER_MSEC);
	info->cpu_ticks[CPU_STATE_USER] =
	    (natural_t)((up - idle) / NSEC_PER_MSEC);
}

kern_return_t
host_statistics(struct host *self, int flavor, integer_t *info,
    mach_msg_type_number_t *count)
{
	union {
		vm_statistics_data_t vm;
		host_cpu_load_info_data_t cpu;
	} data;
	mach_msg_type_number_t words = HOST_VM_INFO_COUNT;

	if (self == NULL)
		return KERN_INVALID_HOST;
	switch (flavor) {
	case HOST_LOAD_STATISTICS:
		return host_info(self, HOST_LOAD_INFO, info, count);
	case HOST_VM_INFO:
		vm_statistics_get(&data.vm);
		break;
	case HOST_CPU_LOAD_INFO:
		cpu_load(&data.cpu);
		words = HOST_CPU_LOAD_INFO_COUNT;
		break;
	default:
		return KERN_INVALID_ARGUMENT;
	}
	if (*count < words)
		return KERN_INVALID_ARGUMENT;
	memcpy(info, &data, words * sizeof(*info));
	*count = words;
	return KERN_SUCCESS;
}

kern_return_t
host_get_boot_info(struct host *self, char *boot_info)
{
	if (self == NULL)
		return KERN_INVALID_HOST;
	strlcpy(boot_info, bootinfo.cmdline, sizeof(kernel_boot_info_t));
	return KERN_SUCCESS;
}

kern_return_t
host_kernel_version(struct host *self, char *version)
{
	if (self == NULL)
		return KERN_INVALID_HOST;
	strlcpy(version, KERNEL_VERSION, sizeof(kernel_version_t));
	return KERN_SUCCESS;
}

kern_return_t
host_page_size(struct host *self, vm_size_t *page_size)
{
	if (self == NULL)
		return KERN_INVALID_HOST;
	*page_size = VM_PAGE_SIZE;
	return KERN_SUCCESS;
}

kern_return_t
vm_statistics(struct host *self, vm_statistics_data_t *statistics)
{
	if (self == NULL)
		return KERN_INVALID_HOST;
	vm_statistics_get(statistics);
	return KERN_SUCCESS;
}

kern_return_t
host_reboot(struct host *self, int options)
{
	if (self == NULL)
		return KERN_INVALID_HOST;
	switch (options) {
	case HOST_REBOOT_RESTART:
		printf("kernel: restarting\n");
		machine_reboot();
	case HOST_REBOOT_POWEROFF:
		printf("kernel: power off\n");
		machine_poweroff();
	case HOST_REBOOT_HALT:
		printf("kernel: halted; the power can be switched off\n");
		cpu_halt();
	case HOST_REBOOT_DEBUGGER:
		if (debugger_enter == NULL)
			return KERN_NOT_SUPPORTED;
		debugger_enter("asked for", NULL);
		return KERN_SUCCESS;
	default:
		return KERN_INVALID_ARGUMENT;
	}
}

kern_return_t
host_tasks(
    struct host *self, mach_port_array_t *list, mach_msg_type_number_t *count)
{
	unsigned size = task_count();
	unsigned n = 0;
	mach_port_t *array;

	if (self == NULL)
		return KERN_INVALID_HOST;
	array = kalloc_zero(size * sizeof(*array));
	if (array == NULL)
		return KERN_RESOURCE_SHORTAGE;
	for (struct task *task = task_next(NULL); task != NULL;
	     task = task_next(task))
		array[n++] =
		    ipc_port_to_handle(ipc_port_make_send(task->self_port));
	*list = array;
	*count = size;
	return KERN_SUCCESS;
}
