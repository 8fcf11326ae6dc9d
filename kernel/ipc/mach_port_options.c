/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Ports made and ended with all that belongs to them in one call, and their
 * guards: a receive right with a guard is not given up by accident, only by who
 * knows the number. Guard and context are one word; a port has either.
 */
#include <ipc/ipc_mqueue.h>
#include <ipc/ipc_port.h>
#include <ipc/ipc_right.h>
#include <ipc/ipc_space.h>
#include <ipc/mach_port.h>
#include <ipc/mach_port_find.h>

kern_return_t
mach_port_get_context(
    struct ipc_space *space, mach_port_name_t name, uint64_t *context)
{
	struct ipc_port *port;
	kern_return_t kr = mach_port_find_receive(space, name, &port);

	if (kr == KERN_SUCCESS)
		*context = port->guarded ? 0 : port->context;
	return kr;
}

kern_return_t
mach_port_set_context(
    struct ipc_space *space, mach_port_name_t name, uint64_t context)
{
	struct ipc_port *port;
	kern_return_t kr = mach_port_find_receive(space, name, &port);

	if (kr != KERN_SUCCESS)
		return kr;
	if (port->guarded)
		return KERN_INVALID_ARGUMENT;
	port->context = context;
	return KERN_SUCCESS;
}

static void
set_guard(struct ipc_port *port, uint64_t guard, bool strict)
{
	port->context = guard;
	port->guarded = true;
	port->strict = strict;
}

kern_return_t
mach_port_guard(struct ipc_space *space, mach_port_name_t name, uint64_t guard,
    boolean_t strict)
{
	struct ipc_port *port;
	kern_return_t kr = mach_port_find_receive(space, name, &port);

	if (kr != KERN_SUCCESS)
		return kr;
	if (port->guarded || port->context != 0)
		return KERN_INVALID_ARGUMENT;
	set_guard(port, guard, strict);
	return KERN_SUCCESS;
}

kern_return_t
mach_port_unguard(
    struct ipc_space *space, mach_port_name_t name, uint64_t guard)
{
	struct ipc_port *port;
	kern_return_t kr = mach_port_find_receive(space, name, &port);

	if (kr != KERN_SUCCESS)
		return kr;
	if (!port->guarded || port->context != guard)
		return KERN_INVALID_ARGUMENT;
	set_guard(port, 0, false);
	port->guarded = false;
	return KERN_SUCCESS;
}

/* A send right made of the receive right, under the same name. */
static void
insert_send_right(struct ipc_entry *entry, struct ipc_port *port)
{
	entry->bits |= MACH_PORT_TYPE_SEND;
	entry->urefs = 1;
	(void)ipc_port_make_send(port);
}

kern_return_t
mach_port_construct(struct ipc_space *space, mach_port_options_t options,
    uint64_t context, mach_port_name_t *name)
{
	struct ipc_entry *entry;
	struct ipc_port *port;
	kern_return_t kr;

	if ((options.flags & ~MPO_ALL) != 0 ||
	    ((options.flags & MPO_STRICT) != 0 &&
		(options.flags & MPO_CONTEXT_AS_GUARD) == 0))
		return KERN_INVALID_VALUE;
	if ((options.flags & MPO_QLIMIT) != 0 &&
	    !mach_port_qlimit_ok(options.qlimit))
		return KERN_INVALID_VALUE;
	kr = mach_port_allocate(space, MACH_PORT_RIGHT_RECEIVE, name);
	if (kr != KERN_SUCCESS)
		return kr;
	entry = ipc_right_lookup(space, *name);
	port = ipc_object_port(entry->object);
	if (options.flags & MPO_QLIMIT)
		port->qlimit = options.qlimit;
	if (options.flags & MPO_INSERT_SEND_RIGHT)
		insert_send_right(entry, port);
	if (options.flags & MPO_CONTEXT_AS_GUARD)
		set_guard(port, context, options.flags & MPO_STRICT);
	else
		port->context = context;
	return KERN_SUCCESS;
}

kern_return_t
mach_port_destruct(struct ipc_space *space, mach_port_name_t name,
    mach_port_delta_t srdelta, uint64_t guard)
{
	struct ipc_entry *entry;
	struct ipc_port *port;
	kern_return_t kr = mach_port_find(space, name, &entry);

	if (kr != KERN_SUCCESS)
		return kr;
	if (!(entry->bits & MACH_PORT_TYPE_RECEIVE))
		return KERN_INVALID_RIGHT;
	port = ipc_object_port(entry->object);
	if (port->guarded && port->context != guard)
		return KERN_INVALID_ARGUMENT;
	if (srdelta != 0)
		kr = ipc_right_delta(
		    space, entry, MACH_PORT_RIGHT_SEND, srdelta);
	if (kr != KERN_SUCCESS)
		return kr;
	port->guarded = false;
	return ipc_right_delta(space, entry, MACH_PORT_RIGHT_RECEIVE, -1);
}
