/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * exec, spawn and the first process: a new task (image.c) becomes a process's.
 * Until the new task is whole, nothing has happened, and an error is a reply.
 */
#include <mach/mach_port_user.h>
#include <mach/task_user.h>
#include <mach/traps.h>

#include <errno.h>
#include <fcntl.h>
#include <libports/ports.h>
#include <servers/fs_user.h>
#include <servers/process_server.h>
#include <stdio.h>
#include <string.h>

#include "process.h"

/* Handlers are gone with the program; what was ignored stays ignored. */
static void
take_signals(
    struct signal_page *to, const struct signal_page *from, uint64_t blocked)
{
	to->thread[0].blocked = blocked;
	for (int i = 1; i < SIGNAL_COUNT; i++)
		if (from->action[i].handler == 1)
			to->action[i].handler = 1; /* it is a page of zeros */
}

/* The process's task is the new one, and the program's file it keeps. */
static void
take_image(struct process *process, struct image_request *request,
    const struct image_result *image)
{
	process->task = image->task;
	process->thread = image->thread;
	process->program = image->program;
	if (!image->found)
		request->file = MACH_PORT_NULL;
	process->page = image->page;
	process->page_there = image->page_there;
	process->strings = image->strings;
	process->euid = process->suid = image->euid;
	process->egid = process->sgid = image->egid;
	ids_show(process);
	strlcpy(process->name, image->name, sizeof(process->name));
	(void)ports_watch(process->task);
}

/* The image begins, as what it is going to be. */
static int
start_image(const struct process *process, struct image_result *image)
{
	int error;

	ids_show_image(process, image);
	pending_show_image(process, image->page);
	scheduler_show(process, image->page);
	error = image_start(image);
	if (error == 0)
		scheduler_set_thread(process, image->thread);
	else
		image_drop(image);
	return error;
}

/* Descriptors, arguments and environment, as they came. */
struct given {
	const char *small;
	size_t small_size;
	vm_offset_t large;
	size_t large_size;
	size_t args_size;
	size_t envs_size;
	const mach_port_t *few; /* rights, or out of line: */
	size_t few_count;
	const mach_port_t *more;
	size_t more_count;
};

/* The parts, of which the descriptors are the rest. False: there is no rest. */
static bool
take_apart(const struct given *given, struct image_request *request)
{
	bool large = given->large_size > 0;
	const char *at = large ? (const char *)given->large : given->small;
	size_t size = large ? given->large_size : given->small_size;

	if (given->args_size > size ||
	    given->envs_size > size - given->args_size)
		return false;
	request->args_size = given->args_size;
	request->envs_size = given->envs_size;
	request->fds_size = size - given->args_size - given->envs_size;
	request->fds = (const void *)at;
	request->args = at + request->fds_size;
	request->envs = request->args + given->args_size;
	request->ports = given->more_count > 0 ? given->more : given->few;
	request->port_count =
	    given->more_count > 0 ? given->more_count : given->few_count;
	return true;
}

/* Out-of-line data and rights of a request that succeeded are ours to free. */
static void
free_ports(const mach_port_t *ports, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (MACH_PORT_VALID(ports[i]))
			(void)syscall_mach_port_deallocate(
			    mach_task_self(), ports[i]);
	}
}

static void
free_request(const struct given *given, const struct image_request *request)
{
	free_ports(given->few, given->few_count);
	free_ports(given->more, given->more_count);
	if (given->more_count > 0)
		(void)syscall_vm_deallocate(mach_task_self(),
		    (vm_address_t)given->more,
		    given->more_count * sizeof(mach_port_t));
	if (given->large != 0)
		(void)syscall_vm_deallocate(
		    mach_task_self(), given->large, given->large_size);
	if (request->file != MACH_PORT_NULL)
		(void)syscall_mach_port_deallocate(
		    mach_task_self(), request->file);
}

kern_return_t
/* NOLINTNEXTLINE(readability-function-size): the interface has so many */
S_proc_exec(proc_t proc, mach_port_t file, const char *path, const char *small,
    mach_msg_type_number_t small_size, vm_offset_t large,
    mach_msg_type_number_t large_size, uint32_t args_size, uint32_t envs_size,
    const mach_port_t *few, mach_msg_type_number_t few_count,
    mach_port_array_t ports, mach_msg_type_number_t port_count, uint32_t umask,
    uint64_t blocked)
{
	struct process *process = process_of(proc);
	const struct given given = {small, small_size, large, large_size,
	    args_size, envs_size, few, few_count, ports, port_count};
	struct image_request request = {
	    .file = file,
	    .path = path,
	    .umask = umask,
	};
	struct image_result image;
	struct signal_page *old_page;
	int error;

	if (process == NULL)
		return SERVER_ERROR(ESRCH);
	if (!take_apart(&given, &request))
		return SERVER_ERROR(EINVAL);
	error = image_make(process, &request, &image);
	if (error == 0) {
		take_signals(image.page, process->page, blocked);
		error = start_image(process, &image);
	}
	if (error != 0)
		return SERVER_ERROR(error);
	pending_become_first(process);
	posix_timer_forget(process);
	sigwait_forget(process);
	old_page = process->page;
	process->page = NULL;
	process_release_task(process, true);
	image_release_page(old_page);
	wait_forget(process);
	process->has_execed = true;
	take_image(process, &request, &image);
	free_request(&given, &request);
	(void)syscall_mach_port_deallocate(
	    mach_task_self(), ports_take_reply());
	deliver_later(process);
	return MIG_NO_REPLY;
}

struct spawn_options {
	int flags;
	pid_t pgroup;
	uint64_t mask;
	uint64_t defaults;
};

static int
apply_options(struct process *child, struct signal_page *page,
    const struct spawn_options *options)
{
	if (options->flags & PROC_SPAWN_SETSIGDEF)
		for (int i = 1; i < SIGNAL_COUNT; i++)
			if ((options->defaults >> (i - 1) & 1) != 0)
				page->action[i].handler = 0;
	if (options->flags & PROC_SPAWN_SETSID)
		return group_new_session(child);
	if (options->flags & PROC_SPAWN_SETPGROUP)
		return group_set(child, options->pgroup);
	return 0;
}

static int
spawn(struct process *parent, struct image_request *request,
    const struct spawn_options *options, pid_t *pid)
{
	struct image_result image;
	struct process *child;
	int error = table_add(parent, &child);

	if (error != 0)
		return error;
	error = image_make(child, request, &image);
	if (error == 0) {
		take_signals(image.page, parent->page, options->mask);
		error = apply_options(child, image.page, options);
		if (error == 0)
			error = start_image(child, &image);
		else
			image_drop(&image);
	}
	if (error != 0) {
		table_remove(child);
		return error;
	}
	child->has_execed = true;
	take_image(child, request, &image);
	*pid = child->pid;
	return 0;
}

kern_return_t
/* NOLINTNEXTLINE(readability-function-size): the interface has so many */
S_proc_spawn(proc_t proc, mach_port_t file, const char *path, const char *small,
    mach_msg_type_number_t small_size, vm_offset_t large,
    mach_msg_type_number_t large_size, uint32_t args_size, uint32_t envs_size,
    const mach_port_t *few, mach_msg_type_number_t few_count,
    mach_port_array_t ports, mach_msg_type_number_t port_count, uint32_t umask,
    int flags, int pgroup, uint64_t mask, uint64_t defaults, int *pid)
{
	struct process *parent = process_of(proc);
	const struct given given = {small, small_size, large, large_size,
	    args_size, envs_size, few, few_count, ports, port_count};
	struct image_request request = {
	    .file = file,
	    .path = path,
	    .umask = umask,
	};
	const struct spawn_options options = {flags, pgroup, mask, defaults};
	int error;

	if (parent == NULL)
		return SERVER_ERROR(ESRCH);
	if (!take_apart(&given, &request))
		return SERVER_ERROR(EINVAL);
	error = spawn(parent, &request, &options, pid);
	if (error != 0)
		return SERVER_ERROR(error);
	free_request(&given, &request);
	return KERN_SUCCESS;
}

static int
open_init(mach_port_t root, const char *path, mach_port_t *file)
{
	static char rest[IO_PATH_MAX];
	int retry = FS_RETRY_NONE;
	kern_return_t kr;

	kr = dir_lookup(root, path, O_EXEC, 0, &retry, rest, file);
	if (kr != KERN_SUCCESS)
		return SERVER_IS_ERROR(kr) ? SERVER_ERRNO(kr) : EIO;
	return retry == FS_RETRY_NONE ? 0 : ELOOP;
}

static int
start_init(struct image_request *request)
{
	struct image_result image;
	struct process *process;
	int error = table_add(NULL, &process);

	if (error != 0)
		return error;
	error = image_make(process, request, &image);
	if (error == 0)
		error = start_image(process, &image);
	if (error == 0)
		take_image(process, request, &image);
	else
		table_remove(process);
	return error;
}

kern_return_t
S_proc_start_init(mach_port_t server, mach_port_t root, const char *path)
{
	static char args[IO_PATH_MAX];
	static const char envs[] = "PATH=/bin:/sbin";
	const mach_port_t ports[] = {root, root};
	struct image_request request = {
	    .path = path,
	    .args = args,
	    .envs = envs,
	    .envs_size = sizeof(envs),
	    .ports = ports,
	    .port_count = 2,
	    .umask = 022,
	};
	int error;

	(void)server;
	if (ports_sender().val[0] != 0)
		return SERVER_ERROR(EPERM);
	if (table_find(1) != NULL)
		return SERVER_ERROR(EBUSY);
	error = open_init(root, path, &request.file);
	if (error != 0)
		return SERVER_ERROR(error);
	request.args_size = strlcpy(args, path, sizeof(args)) + 1;
	error = start_init(&request);
	if (request.file != MACH_PORT_NULL)
		(void)syscall_mach_port_deallocate(
		    mach_task_self(), request.file);
	if (error != 0)
		return SERVER_ERROR(error);
	root_directory = root;
	return KERN_SUCCESS;
}
