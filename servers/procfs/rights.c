/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The rights a process has to its directories and open files, and what they are
 * called. Where it keeps their names it tells itself (struct proc_places), so
 * they are looked up in its memory, and the rights had from its task: the
 * process need not answer, and pays nothing for it. What it says wrong concerns
 * its own rights only.
 *
 * A file's path is asked of its server. That may be anyone: each question has a
 * time-out, and all together have an end.
 */
#include <mach/mach_port_user.h>
#include <mach/traps.h>

#include <asked_user.h>
#include <errno.h>
#include <libmach/mach.h>
#include <machr/system.h>
#include <servers/term_types.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "procfs.h"

#define CLOCK_BOOT 0
#define LONGEST_NS 200000000ULL
#define ENTRY_MAX  64U /* bytes of a descriptor, in a process's memory */

static void
drop_right(mach_port_t right)
{
	(void)syscall_mach_port_deallocate(mach_task_self(), right);
}

/* One more right to what the process calls so. */
static int
extract(mach_port_t task, mach_port_name_t name, mach_port_t *right)
{
	mach_msg_type_name_t type;

	if (!MACH_PORT_VALID(name) ||
	    mach_port_extract_right(task, name, MACH_MSG_TYPE_COPY_SEND, right,
		&type) != KERN_SUCCESS)
		return ENOENT;
	return 0;
}

static int
directory_right(
    const struct proc_details *process, unsigned which, mach_port_t *right)
{
	mach_port_name_t names[2];
	mach_port_t task;
	int error;

	if (process->places.directories == 0 ||
	    machr_task((pid_t)process->pid, &task) != 0)
		return ENOENT;
	error = memory_read(
	    process, task, process->places.directories, names, sizeof(names));
	if (error == 0)
		error = extract(task, names[which], right);
	drop_right(task);
	return error;
}

int
rights_get(
    const struct proc_details *process, enum place place, mach_port_t *right)
{
	switch (place) {
	case PLACE_ROOT:
		return directory_right(process, 0, right);
	case PLACE_CWD:
		return directory_right(process, 1, right);
	case PLACE_EXE:
		break;
	}
	return machr_process_program((pid_t)process->pid, right) == 0 ? 0
								      : ENOENT;
}

/* Its table, as it says that it is. */
static int
read_table(const struct proc_details *process, mach_port_t task,
    struct proc_descriptor *table, unsigned *count)
{
	static char memory[PROC_FD_MAX * ENTRY_MAX];
	const struct proc_places *places = &process->places;
	int32_t end = 0;
	int error = memory_read(
	    process, task, places->descriptors_end, &end, sizeof(end));

	if (error == 0 && (end < 0 || end > PROC_FD_MAX))
		error = EFAULT;
	if (error == 0)
		error = memory_read(process, task, places->descriptors, memory,
		    (size_t)end * places->descriptor_size);
	if (error != 0)
		return error;
	for (int32_t i = 0; i < end; i++)
		memcpy(&table[i], memory + (size_t)i * places->descriptor_size,
		    sizeof(table[i]));
	*count = (unsigned)end;
	return 0;
}

int
rights_descriptors(const struct proc_details *process,
    struct proc_descriptor table[PROC_FD_MAX], unsigned *count)
{
	uint64_t size = process->places.descriptor_size;
	mach_port_t task;
	int error;

	*count = 0;
	if (size < sizeof(*table) || size > ENTRY_MAX ||
	    machr_task((pid_t)process->pid, &task) != 0)
		return 0;
	error = read_table(process, task, table, count);
	drop_right(task);
	return error;
}

int
rights_descriptor(
    const struct proc_details *process, unsigned fd, mach_port_t *right)
{
	static struct proc_descriptor table[PROC_FD_MAX];
	mach_port_t task;
	unsigned count;
	int error = rights_descriptors(process, table, &count);

	if (error != 0)
		return error;
	if (fd >= count || table[fd].port == MACH_PORT_NULL ||
	    machr_task((pid_t)process->pid, &task) != 0)
		return ENOENT;
	if (right != NULL)
		error = extract(task, table[fd].port, right);
	drop_right(task);
	return error;
}

/* What an answer that is none is as an errno. */
static int
error_of(kern_return_t code)
{
	if (code == KERN_SUCCESS)
		return 0;
	return SERVER_IS_ERROR(code) && SERVER_ERRNO(code) != 0
		   ? SERVER_ERRNO(code)
		   : EIO;
}

/* The path on one file system, and the directory that is mounted on. */
static int
part_of(mach_port_t file, char part[IO_PATH_MAX], mach_port_t *above)
{
	int error = fs_file_path(file, part, IO_PATH_MAX);

	*above = MACH_PORT_NULL;
	if (error == EBADF)
		error = error_of(asked_io_path(file, part, above));
	return error;
}

/* A path put together from its end, where `space` is full. */
struct path {
	char *start;
	size_t room;
};

static int
put_in_front(struct path *path, const char *part)
{
	size_t length = strnlen(part, IO_PATH_MAX);

	while (length > 0 && part[length - 1] == '/')
		length--;
	if (length > path->room)
		return ENAMETOOLONG;
	path->start -= length;
	path->room -= length;
	memcpy(path->start, part, length);
	return 0;
}

/* From the file up to the root, server by server. */
static int
collect(mach_port_t file, struct path *path, uint64_t deadline)
{
	mach_port_t above = file;
	int error = 0;

	for (bool first = true; error == 0 && MACH_PORT_VALID(above);
	     first = false) {
		mach_port_t at = above;
		char part[IO_PATH_MAX];

		error = part_of(at, part, &above);
		if (!first)
			drop_right(at);
		if (error != 0)
			return error;
		error = put_in_front(path, part);
		if (error == 0 && clock_get_ns(CLOCK_BOOT) > deadline)
			error = EIO;
	}
	if (error != 0 && MACH_PORT_VALID(above))
		drop_right(above);
	return error;
}

/* What has no path: its kind, and the number that tells it from others. */
static int
name_kind(mach_port_t file, char *target, size_t size)
{
	struct io_stat stat;
	int error = error_of(asked_io_stat(file, &stat));
	unsigned long long ino = stat.ino;

	if (error != 0)
		return error;
	if (S_ISFIFO(stat.mode))
		snprintf(target, size, "pipe:[%llu]", ino);
	else if (S_ISSOCK(stat.mode))
		snprintf(target, size, "socket:[%llu]", ino);
	else if (S_ISCHR(stat.mode) && stat.rdev == TERM_RDEV_CONSOLE)
		snprintf(target, size, "/dev/console");
	else if (S_ISCHR(stat.mode) && stat.rdev == TERM_RDEV_MASTER)
		snprintf(target, size, "/dev/ptmx");
	else if (S_ISCHR(stat.mode) && stat.rdev >= TERM_RDEV_SLAVE(0))
		snprintf(target, size, "/dev/pts/%llu",
		    (unsigned long long)(stat.rdev - TERM_RDEV_SLAVE(0)));
	else
		snprintf(target, size, "inode:[%llu:%llu]",
		    (unsigned long long)stat.dev, ino);
	return 0;
}

int
rights_name(const struct proc_details *process, mach_port_t file, char *target,
    size_t size)
{
	uint64_t since = clock_get_ns(CLOCK_BOOT);
	struct path path = {target + size - 1, size - 1};
	int error;

	if (size < 2)
		return ENAMETOOLONG;
	if (!patience_left(process))
		return EIO;
	*path.start = '\0';
	error = collect(file, &path, since + LONGEST_NS);
	if (error == 0 && *path.start == '\0')
		*--path.start = '/';
	if (error == 0)
		memmove(target, path.start, strlen(path.start) + 1);
	else if (error != EIO && error != ENAMETOOLONG)
		error = name_kind(file, target, size);
	patience_spend(process, since);
	return error;
}
