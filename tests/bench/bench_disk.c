/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What goes to the disk and comes from it. The clock would count the wait for
 * the device, so what all tasks have run is counted instead: all but the
 * interrupts that came while nobody ran.
 */
#include <mach/mach_host_user.h>
#include <mach/mach_port_user.h>
#include <mach/task_user.h>
#include <mach/traps.h>

#include <fcntl.h>
#include <libmach/mach.h>
#include <servers/bootstrap_user.h>
#include <string.h>
#include <unistd.h>

#include "bench.h"

#define FILE_NAME  "/var/machbench.file"
#define OTHER_NAME "/var/machbench.other"
#define FILE_SIZE  (4 * MEGA)
#define OTHER_SIZE (6 * MEGA) /* more than ext2 keeps */
#define BUFFER     65536UL

static mach_port_t tasks; /* the set of all */
static char buffer[BUFFER];

static bool
find_tasks(void)
{
	mach_port_t self = mach_task_self();
	mach_port_t bootstrap, host, device, name;

	if (tasks != MACH_PORT_NULL)
		return true;
	return task_get_special_port(self, TASK_BOOTSTRAP_PORT, &bootstrap) ==
		   KERN_SUCCESS &&
	       bootstrap_privileged_ports(bootstrap, &host, &device) ==
		   KERN_SUCCESS &&
	       processor_set_default(mach_host_self(), &name) == KERN_SUCCESS &&
	       host_processor_set_priv(host, name, &tasks) == KERN_SUCCESS;
}

/* What the threads of a task have run, in nanoseconds. */
static uint64_t
run_by(mach_port_t task)
{
	task_thread_times_info_data_t times;
	mach_msg_type_number_t count = TASK_THREAD_TIMES_INFO_COUNT;

	if (task_info(task, TASK_THREAD_TIMES_INFO, (task_info_t)&times,
		&count) != KERN_SUCCESS)
		return 0;
	return (uint64_t)times.user_time.seconds * 1000000000UL +
	       (uint64_t)times.user_time.nanoseconds;
}

static uint64_t
run_by_all(void)
{
	mach_port_t *list = NULL;
	mach_msg_type_number_t count = 0;
	uint64_t sum = 0;

	if (processor_set_tasks(tasks, &list, &count) != KERN_SUCCESS)
		bench_fail("no list of tasks");
	for (mach_msg_type_number_t i = 0; i < count; i++) {
		sum += run_by(list[i]);
		(void)mach_port_deallocate(mach_task_self(), list[i]);
	}
	(void)syscall_vm_deallocate(
	    mach_task_self(), (vm_address_t)list, count * sizeof(mach_port_t));
	return sum;
}

/* Of something that takes so many MiB, without the counting itself. */
static void
count(void (*function)(void), unsigned size)
{
	uint64_t start = run_by_all();
	uint64_t between = run_by_all();

	function();
	bench_result(
	    (run_by_all() - between - (between - start)) / (size / MEGA));
}

static void
write_file(const char *name, unsigned long size)
{
	int fd = open(name, O_WRONLY | O_CREAT, 0600);

	for (unsigned long done = 0; done < size; done += BUFFER)
		if (write(fd, buffer, BUFFER) != (ssize_t)BUFFER)
			bench_fail("no room on the disk");
	if (fsync(fd) != 0)
		bench_fail("nothing gets to the disk");
	close(fd);
}

static void
write_new(void)
{
	write_file(FILE_NAME, FILE_SIZE);
}

static void
write_and_sync(void)
{
	(void)unlink(FILE_NAME);
	count(write_new, FILE_SIZE);
}

static int file;

static void
read_all(void)
{
	while (read(file, buffer, BUFFER) > 0)
		continue;
}

/*
 * What is written anew the kernel's cache has not, and after as much of another
 * file nor has the file system.
 */
static void
read_uncached(void)
{
	write_file(FILE_NAME, FILE_SIZE);
	write_file(OTHER_NAME, OTHER_SIZE);
	file = open(FILE_NAME, O_RDONLY);
	count(read_all, FILE_SIZE);
	close(file);
}

static void
remove_files(void)
{
	(void)unlink(FILE_NAME);
	(void)unlink(OTHER_NAME);
}

const struct bench_row bench_disk_rows[] = {
    {"read uncached, a MiB", 1, 500000, read_uncached, find_tasks, remove_files,
	0},
    {"write + fsync, a MiB", 1, 1500000, write_and_sync, find_tasks,
	remove_files, 0},
    {NULL, 0, 0, NULL, NULL, NULL, 0},
};
