/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * posix_spawn(): the file actions are carried out on a copy of the table of
 * descriptors, here; the process server makes the child from the result,
 * without copying this process.
 */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <sched.h>
#include <servers/process_sched.h>
#include <servers/process_user.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "exec.h"
#include "lookup.h"
#include "process.h"
#include "signal_state.h"
#include "spawn_actions.h"
#include "thread.h"
#include "vm.h"

/* What file actions make of the table. */
struct spawn {
	struct descriptor table[PROC_FD_MAX];
	mach_port_t opened[PROC_FD_MAX]; /* rights to give back */
	int opened_count;
};

struct spawn_call {
	const posix_spawnattr_t *attributes;
	int policy; /* if it is to be scheduled in a way of its own */
	int child;
};

/* A name of one of the child's descriptors, as they are by now. */
static int
copy_own(struct spawn *spawn, int own, const struct __spawn_action *action)
{
	struct descriptor copy = spawn->table[own];

	if (copy.port == MACH_PORT_NULL)
		return ENOENT;
	if (!__descriptor_serves(copy.flags, action->flags))
		return EACCES;
	copy.flags &= ~O_CLOEXEC;
	copy.flags |= action->flags & O_CLOEXEC;
	spawn->table[action->fd] = copy;
	return 0;
}

static int
do_open(struct spawn *spawn, const struct __spawn_action *action)
{
	mach_port_t port;
	mode_t mode = action->mode & ~__process.umask & 07777;
	int own;

	if (spawn->opened_count == PROC_FD_MAX)
		return EMFILE;
	if (__lookup_open(AT_FDCWD, action->path, action->flags & ~O_CLOEXEC,
		mode, &port, &own) != 0)
		return errno;
	if (own >= 0)
		return copy_own(spawn, own, action);
	spawn->opened[spawn->opened_count++] = port;
	spawn->table[action->fd] =
	    (struct descriptor){.port = port, .flags = action->flags};
	return 0;
}

static int
do_action(struct spawn *spawn, const struct __spawn_action *action)
{
	struct descriptor *target = &spawn->table[action->fd];

	switch (action->kind) {
	case SPAWN_CLOSE:
		target->port = MACH_PORT_NULL;
		return 0;
	case SPAWN_DUP2:
		if (spawn->table[action->source].port == MACH_PORT_NULL)
			return EBADF;
		*target = spawn->table[action->source];
		target->flags &= ~O_CLOEXEC;
		return 0;
	case SPAWN_OPEN:
		return do_open(spawn, action);
	}
	return EINVAL;
}

static int
do_actions(struct spawn *spawn, const posix_spawn_file_actions_t *actions)
{
	const struct __spawn_action *action;
	int error = 0;

	memcpy(spawn->table, __descriptors, sizeof(spawn->table));
	for (action = actions->__first; action != NULL && error == 0;
	     action = action->next)
		error = do_action(spawn, action);
	return error;
}

static int
server_flags(const posix_spawnattr_t *attributes)
{
	int flags = 0;

	if (attributes->__flags & POSIX_SPAWN_SETPGROUP)
		flags |= PROC_SPAWN_SETPGROUP;
	if (attributes->__flags & POSIX_SPAWN_SETSIGDEF)
		flags |= PROC_SPAWN_SETSIGDEF;
	return flags;
}

/* The child's: as asked for, else that of the calling thread. */
static uint64_t
blocked_signals(const posix_spawnattr_t *attributes)
{
	return attributes->__flags & POSIX_SPAWN_SETSIGMASK
		   ? attributes->__mask
		   : __signal_thread()->blocked;
}

static int
ask(struct exec_image *image, void *argument)
{
	struct spawn_call *call = argument;
	const posix_spawnattr_t *attributes = call->attributes;
	bool small = image->given == image->small;
	kern_return_t code;

	code = proc_spawn(__process.proc, image->file, image->path,
	    image->given, small ? (mach_msg_type_number_t)image->given_size : 0,
	    small ? 0 : (vm_offset_t)image->given,
	    small ? 0 : (mach_msg_type_number_t)image->given_size,
	    (uint32_t)image->arguments_size, (uint32_t)image->environment_size,
	    image->ports, __exec_few_ports(image), image->ports,
	    __exec_more_ports(image), __process.umask, server_flags(attributes),
	    attributes->__pgroup, blocked_signals(attributes),
	    attributes->__default, &call->child);
	return code == KERN_SUCCESS ? 0 : __error_number(code);
}

static bool
has_schedule(const posix_spawnattr_t *attributes)
{
	return (attributes->__flags &
		   (POSIX_SPAWN_SETSCHEDULER | POSIX_SPAWN_SETSCHEDPARAM)) != 0;
}

/* Before there is a child: may it be scheduled so? */
static int
check_schedule(struct spawn_call *call)
{
	const posix_spawnattr_t *attributes = call->attributes;

	if (!has_schedule(attributes))
		return 0;
	call->policy = (attributes->__flags & POSIX_SPAWN_SETSCHEDULER) != 0
			   ? attributes->__policy
			   : thread_self()->attributes.__policy;
	return __thread_may_schedule(
	    call->policy, attributes->__param.sched_priority);
}

static void
schedule(const struct spawn_call *call)
{
	int old;

	if (has_schedule(call->attributes))
		(void)proc_set_scheduler(__process.proc, call->child,
		    call->policy, call->attributes->__param.sched_priority,
		    &old);
}

/* With the table as the actions leave it. */
static int
act_and_run(struct exec_request *request,
    const posix_spawn_file_actions_t *actions, struct spawn_call *call)
{
	size_t size = (sizeof(struct spawn) + VM_PAGE - 1) & ~(VM_PAGE - 1);
	struct spawn *spawn = __vm_pages(size);
	int error;

	if (spawn == NULL)
		return ENOMEM;
	request->table = spawn->table;
	request->descriptors = PROC_FD_MAX;
	error = do_actions(spawn, actions);
	if (error == 0)
		error = __exec_run(request, ask, call);
	while (spawn->opened_count > 0)
		__port_release(spawn->opened[--spawn->opened_count]);
	__vm_release(spawn, size);
	return error;
}

int
posix_spawn(pid_t *restrict pid, const char *restrict path,
    const posix_spawn_file_actions_t *actions,
    const posix_spawnattr_t *restrict attributes, char *const arguments[],
    char *const environment[])
{
	static const posix_spawnattr_t none;
	struct exec_request request = {path, MACH_PORT_NULL, arguments,
	    environment, __descriptors, __descriptors_end};
	struct spawn_call call = {
	    .attributes = attributes != NULL ? attributes : &none};
	int saved = errno;
	int error = check_schedule(&call);

	if (error == 0)
		error = actions != NULL && actions->__first != NULL
			    ? act_and_run(&request, actions, &call)
			    : __exec_run(&request, ask, &call);
	if (error == 0)
		schedule(&call);
	if (error == 0 && pid != NULL)
		*pid = call.child;
	errno = saved;
	return error;
}

int
posix_spawnp(pid_t *restrict pid, const char *restrict name,
    const posix_spawn_file_actions_t *actions,
    const posix_spawnattr_t *restrict attributes, char *const arguments[],
    char *const environment[])
{
	const char *path = getenv("PATH");
	char program[PATH_MAX];
	bool denied = false;
	int error = ENOENT;

	if (strchr(name, '/') != NULL)
		return posix_spawn(
		    pid, name, actions, attributes, arguments, environment);
	if (path == NULL)
		path = "/bin:/usr/bin";
	for (; path != NULL; path = strchr(path, ':')) {
		size_t length;

		path += *path == ':';
		length = strcspn(path, ":");
		if (length + strlen(name) + 2 > sizeof(program))
			continue;
		memcpy(program, path, length);
		if (length > 0)
			program[length++] = '/';
		memcpy(program + length, name, strlen(name) + 1);
		error = posix_spawn(
		    pid, program, actions, attributes, arguments, environment);
		if (error == EACCES)
			denied = true;
		else if (error != ENOENT && error != ENOTDIR)
			return error;
	}
	return denied ? EACCES : error;
}
