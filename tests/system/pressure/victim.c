/* SPDX-License-Identifier: BSD-2-Clause */
/* The server that is ended, found by its task's name, and used when it is back.
 */
#include <mach/host_user.h>
#include <mach/task_user.h>
#include <mach/traps.h>

#include <errno.h>
#include <fcntl.h>
#include <libmach/mach.h>
#include <machr/system.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "press.h"

#define KEPT                                                             \
	"/var/pressure/kept" /* what is written to the disk all the time \
			      */

static mach_port_t host;
static mach_port_t ended = MACH_PORT_NULL;
static int kept = -1;

static const struct victim {
	const char *name;
	int (*check)(void);
} * victim;

static int
check_disk(void)
{
	static unsigned count;
	char text[16] = {0};

	for (unsigned left = ++count, at = 10; at > 0; left /= 10)
		text[--at] = (char)('0' + left % 10);
	text[10] = '\n';
	return pwrite(kept, text, 11, 0) == 11 && fsync(kept) == 0 ? 0 : errno;
}

/* A full table is an answer, too. */
static int
check_pipe(void)
{
	char byte = 0;
	int ends[2];
	bool good;

	if (pipe(ends) != 0)
		return errno == ENFILE ? 0 : errno;
	good = write(ends[1], "x", 1) == 1 && read(ends[0], &byte, 1) == 1 &&
	       byte == 'x';
	(void)close(ends[0]);
	(void)close(ends[1]);
	return good ? 0 : EIO;
}

static int
check_terminal(void)
{
	struct termios attributes;
	int fd = open("/dev/console", O_RDWR | O_NOCTTY);
	int error = fd < 0 || tcgetattr(fd, &attributes) != 0 ? errno : 0;

	if (fd >= 0)
		(void)close(fd);
	return error;
}

static const struct victim victims[] = {
    {"virtio_blk", check_disk},
    {"pipe", check_pipe},
    {"tty", check_terminal},
};

/* A right to the task with that name, or MACH_PORT_NULL. */
static mach_port_t
find_task(const char *wanted)
{
	mach_msg_type_number_t count = 0;
	mach_port_t found = MACH_PORT_NULL;
	mach_port_t *tasks = NULL;
	char name[64];

	if (host_tasks(host, &tasks, &count) != KERN_SUCCESS)
		return MACH_PORT_NULL;
	for (unsigned i = 0; i < count; i++) {
		if (found == MACH_PORT_NULL && tasks[i] != ended &&
		    MACH_PORT_VALID(tasks[i]) &&
		    task_get_name(tasks[i], name) == KERN_SUCCESS &&
		    strcmp(name, wanted) == 0)
			found = tasks[i];
		else if (MACH_PORT_VALID(tasks[i]))
			(void)syscall_mach_port_deallocate(
			    mach_task_self(), tasks[i]);
	}
	mig_deallocate((vm_address_t)tasks, count * sizeof(*tasks));
	return found;
}

bool
belong_to(bool system)
{
	static task_limits_t before;
	task_limits_t limits;

	if ((host == MACH_PORT_NULL && machr_host(&host) != 0) ||
	    task_get_limits(mach_task_self(), &limits) != KERN_SUCCESS)
		return false;
	if (system)
		before = limits;
	limits.threads = system ? (natural_t)-1 : before.threads;
	return task_set_limits(mach_task_self(), limits, host) == KERN_SUCCESS;
}

bool
victim_find(const char *name)
{
	for (unsigned i = 0; i < sizeof(victims) / sizeof(victims[0]); i++)
		if (strcmp(name, victims[i].name) == 0)
			victim = &victims[i];
	if (victim == NULL)
		return false;
	kept = open(KEPT, O_RDWR | O_CREAT, 0600);
	ended = find_task(name);
	/* What has been done once needs no memory the second time. */
	return kept >= 0 && ended != MACH_PORT_NULL && victim->check() == 0;
}

bool
victim_end(void)
{
	return task_terminate(ended) == KERN_SUCCESS;
}

int
victim_check(void)
{
	mach_port_t task = find_task(victim->name);

	if (task == MACH_PORT_NULL)
		return ESRCH;
	(void)syscall_mach_port_deallocate(mach_task_self(), task);
	return victim->check();
}
