/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Opening named pipes. Who may is decided here; the pipe is the pipe server's,
 * which is sent a handle on the file, always the same while it has one, and a
 * ticket for who opens (pipe.defs). It is asked nothing: who waits for it would
 * keep it from being paged in.
 */
#include <mach/mach_port_user.h>
#include <mach/task_user.h>

#include <errno.h>
#include <libports/ports.h>
#include <servers/bootstrap_user.h>
#include <servers/pipe_user.h>

#include "file.h"

static mach_port_t pipe_server;

static int
find_server(void)
{
	mach_port_t bootstrap;
	kern_return_t kr;

	if (pipe_server != MACH_PORT_NULL)
		return 0;
	kr = task_get_special_port(
	    mach_task_self(), TASK_BOOTSTRAP_PORT, &bootstrap);
	if (kr != KERN_SUCCESS)
		return EOPNOTSUPP;
	kr = bootstrap_look_up(bootstrap, "pipe", &pipe_server);
	fs_drop_right(bootstrap);
	if (kr == KERN_SUCCESS)
		return 0;
	pipe_server = MACH_PORT_NULL;
	return EOPNOTSUPP;
}

/* A right to the handle by which the pipe server knows the node. */
static int
handle_on(struct fs_node *node, mach_port_t *handle)
{
	struct fs_cred cred = fs_sender();
	int error;

	if (node->fifo != MACH_PORT_NULL) {
		*handle = ports_right(node->fifo);
		return *handle != MACH_PORT_NULL ? 0 : ENOMEM;
	}
	error = fs_file_open(node, FS_LOOKUP_PATH, &cred, handle);
	if (error == 0)
		node->fifo = *handle;
	return error;
}

/* One more port: both of its rights, under one name. */
static int
make_port(mach_port_t *port)
{
	if (mach_port_allocate(mach_task_self(), MACH_PORT_RIGHT_RECEIVE,
		port) != KERN_SUCCESS)
		return ENOMEM;
	if (syscall_mach_port_make_send(mach_task_self(), *port) ==
	    KERN_SUCCESS)
		return 0;
	(void)mach_port_mod_refs(
	    mach_task_self(), *port, MACH_PORT_RIGHT_RECEIVE, -1);
	return ENOMEM;
}

/* What could not be sent is gone: the handle's right, the receive right. */
static int
try_server(struct fs_node *node, int flags, mach_port_t *ticket)
{
	mach_port_t handle;
	kern_return_t kr;
	int error = find_server();

	if (error == 0)
		error = handle_on(node, &handle);
	if (error != 0)
		return error;
	error = make_port(ticket);
	if (error != 0) {
		fs_drop_right(handle);
		return error;
	}
	kr = fifo_ticket(pipe_server, handle, *ticket, flags);
	if (kr == KERN_SUCCESS)
		return 0;
	fs_drop_right(*ticket);
	*ticket = MACH_PORT_NULL;
	if (kr != MACH_SEND_INVALID_DEST)
		return ENOMEM;
	fs_drop_right(pipe_server);
	pipe_server = MACH_PORT_NULL;
	return EAGAIN;
}

int
fs_fifo_ticket(struct fs_node *node, int flags, mach_port_t *ticket)
{
	int error = try_server(node, flags, ticket);

	/* That server had died; is there another one? */
	if (error == EAGAIN)
		error = try_server(node, flags, ticket);
	return error == EAGAIN ? EOPNOTSUPP : error;
}
