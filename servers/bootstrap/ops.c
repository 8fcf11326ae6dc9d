/* SPDX-License-Identifier: BSD-2-Clause */
/* The routines of bootstrap.defs. */
#include <mach/mach_port_user.h>
#include <mach/traps.h>

#include <errno.h>
#include <libports/ports.h>
#include <servers/bootstrap_server.h>
#include <string.h>

#include "bootstrap.h"

static bool
is_privileged(void)
{
	return ports_sender().val[0] == 0;
}

kern_return_t
S_bootstrap_register(mach_port_t bootstrap, const char *name, mach_port_t port)
{
	int error;

	(void)bootstrap;
	if (!is_privileged())
		return SERVER_ERROR(EPERM);
	if (name[0] == '\0' || !MACH_PORT_VALID(port))
		return SERVER_ERROR(EINVAL);
	error = names_register(name, port);
	return error != 0 ? SERVER_ERROR(error) : KERN_SUCCESS;
}

kern_return_t
S_bootstrap_look_up(mach_port_t bootstrap, const char *name, mach_port_t *port)
{
	(void)bootstrap;
	*port = names_find(name);
	return *port != MACH_PORT_NULL ? KERN_SUCCESS : SERVER_ERROR(ENOENT);
}

kern_return_t
S_bootstrap_wait(mach_port_t bootstrap, const char *name, mach_port_t *port)
{
	mach_port_t reply;
	int error;

	(void)bootstrap;
	*port = names_find(name);
	if (*port != MACH_PORT_NULL)
		return KERN_SUCCESS;
	reply = ports_take_reply();
	error = names_wait_later(name, reply);
	if (error == 0)
		return MIG_NO_REPLY;
	(void)mach_port_deallocate(mach_task_self(), reply);
	return MIG_NO_REPLY;
}

kern_return_t
S_bootstrap_privileged_ports(
    mach_port_t bootstrap, mach_port_t *host_priv, mach_port_t *device_master)
{
	(void)bootstrap;
	if (!is_privileged())
		return SERVER_ERROR(EPERM);
	*host_priv = boot.host_priv;
	*device_master = boot.device_master;
	(void)mach_port_mod_refs(
	    mach_task_self(), boot.host_priv, MACH_PORT_RIGHT_SEND, 1);
	(void)mach_port_mod_refs(
	    mach_task_self(), boot.device_master, MACH_PORT_RIGHT_SEND, 1);
	return KERN_SUCCESS;
}

kern_return_t
S_bootstrap_command_line(mach_port_t bootstrap, char *line)
{
	(void)bootstrap;
	strlcpy(line, boot.command_line, IO_PATH_MAX);
	return KERN_SUCCESS;
}

kern_return_t
S_bootstrap_serve(mach_port_t bootstrap, const char *server, const char *name,
    mach_port_t *port)
{
	int error;

	(void)bootstrap;
	if (!is_privileged())
		return SERVER_ERROR(EPERM);
	if (name[0] == '\0')
		return SERVER_ERROR(EINVAL);
	error = names_lend(server, name, port);
	return error != 0 ? SERVER_ERROR(error) : KERN_SUCCESS;
}

kern_return_t
S_bootstrap_memory(mach_port_t bootstrap, const char *name, vm_size_t size,
    mach_port_t *memory, rpc_phys_addr_t *physical)
{
	int error;

	(void)bootstrap;
	if (!is_privileged())
		return SERVER_ERROR(EPERM);
	error = memory_get(name, size, memory, physical);
	return error != 0 ? SERVER_ERROR(error) : KERN_SUCCESS;
}
