/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Links to what a process has: its directories, its program, its open files.
 * Who reads one gets a path. Who follows one and owns the process is given the
 * right itself, so it leads there whatever the names are by now; and for a
 * descriptor of his own, which one it is. User 0 follows others' links by their
 * paths: he would else ask, and wait for, a server that a user has made. Of a
 * program with set-id bits it is the user who started it that could have.
 */
#include <mach/mach_port_user.h>
#include <mach/traps.h>

#include <errno.h>
#include <libmach/mach.h>
#include <stdio.h>
#include <string.h>

#include "procfs.h"

static struct proc_descriptor list[PROC_FD_MAX];
static unsigned list_count;

int
links_lookup(const struct fs_node *dir, const char *name, unsigned *which)
{
	struct proc_details process;
	unsigned fd = 0;
	int error;

	for (const char *at = name; *at != '\0'; at++) {
		if (*at < '0' || *at > '9' || fd >= PROC_FD_MAX ||
		    (fd == 0 && at != name))
			return ENOENT;
		fd = fd * 10 + (unsigned)(*at - '0');
	}
	if (fd >= PROC_FD_MAX)
		return ENOENT;
	*which = FDS_FIRST + fd;
	error = process_of_node(dir, &process);
	return error == 0 ? rights_descriptor(&process, fd, NULL) : error;
}

void
links_list_get(const struct fs_node *dir)
{
	struct proc_details process;

	list_count = 0;
	if (process_of_node(dir, &process) == 0)
		(void)rights_descriptors(&process, list, &list_count);
}

bool
links_list_next(unsigned *fd)
{
	for (; *fd < list_count; (*fd)++)
		if (list[*fd].port != MACH_PORT_NULL)
			return true;
	return false;
}

/* The right that it stands for, for a user who may have it. */
static int
get(const struct fs_node *link, uint32_t uid, struct proc_details *process,
    mach_port_t *right)
{
	unsigned which = which_of(link);
	int error = process_of_node(link, process);

	if (error == 0 && uid != 0 && uid != link->stat.uid)
		error = EACCES;
	if (error != 0)
		return error;
	if (which >= FDS_FIRST)
		return rights_descriptor(process, which - FDS_FIRST, right);
	return rights_get(process, process_files[which - 1].place, right);
}

int
links_read(const struct fs_node *link, uint32_t uid, char *target, size_t size)
{
	struct proc_details process;
	mach_port_t right;
	int error = get(link, uid, &process, &right);

	if (error != 0)
		return error;
	error = rights_name(&process, right, target, size);
	(void)syscall_mach_port_deallocate(mach_task_self(), right);
	return error;
}

/* "PID/FD" for who follows a link to a descriptor, nothing for others. */
static int
put_number(
    const struct fs_node *link, struct fs_walk *walk, char *target, size_t size)
{
	int length = 0;

	*target = '\0';
	if (which_of(link) >= FDS_FIRST) {
		walk->retry = FS_RETRY_DESCRIPTOR;
		length = snprintf(target, size, "%llu/%u",
		    (unsigned long long)pid_of(link),
		    which_of(link) - FDS_FIRST);
	}
	return length < (int)size ? 0 : ENAMETOOLONG;
}

/* A right is kept until the next is wanted: that of a walk is borrowed. */
static int
hand_over(const struct fs_node *link, uint32_t uid, struct fs_walk *walk)
{
	static mach_port_t kept;
	struct proc_details process;
	mach_port_t right;
	int error = get(link, uid, &process, &right);

	if (error != 0)
		return error;
	if (kept != MACH_PORT_NULL)
		(void)syscall_mach_port_deallocate(mach_task_self(), kept);
	kept = right;
	walk->port = right;
	walk->retry = FS_RETRY_PORT;
	return 0;
}

int
links_follow(const struct fs_node *link, uint32_t uid, struct fs_walk *walk,
    char *target, size_t size)
{
	struct proc_details process;
	int error = process_of_node(link, &process);

	if (error == 0 && uid == link->stat.uid && uid == process.uid) {
		error = hand_over(link, uid, walk);
		return error == 0 ? put_number(link, walk, target, size)
				  : error;
	}
	if (error == 0 && uid == link->stat.uid && which_of(link) >= FDS_FIRST)
		return put_number(link, walk, target, size);
	return error == 0 ? links_read(link, uid, target, size) : error;
}
