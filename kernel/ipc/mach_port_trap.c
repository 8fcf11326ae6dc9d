/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Traps for the hottest mach_port routines. The task is named as in a message
 * to its port: by a send right in the caller's space.
 */
#include <mach/notify.h>

#include <arch/copy.h>

#include <ipc/ipc_kmsg.h>
#include <ipc/ipc_kobject.h>
#include <ipc/ipc_no_senders.h>
#include <ipc/ipc_port.h>
#include <ipc/ipc_right.h>
#include <ipc/ipc_space.h>
#include <ipc/mach_port.h>
#include <kern/task.h>
#include <kern/thread.h>
#include <kern/traps.h>

/* The space of the task a name stands for; NULL if it is none. */
static inline __attribute__((always_inline)) struct ipc_space *
space_of(mach_port_name_t name)
{
	const struct ipc_entry *entry =
	    ipc_entry_with(current_task()->space, name, MACH_PORT_TYPE_SEND);
	const struct ipc_port *port;

	if (entry == NULL)
		return NULL;
	port = ipc_object_port(entry->object);
	if (port->kotype != IKOT_TASK) /* as it is, too, of a dead one */
		return NULL;
	return ((const struct task *)port->kobject)->space;
}

/* mach_port_allocate() of a receive right. */
static kern_return_t
allocate_port(struct ipc_space *space, mach_port_name_t *name)
{
	struct ipc_entry *entry;
	struct ipc_port *port;

	if (space == NULL || !space->active || space->free == NULL)
		return mach_port_allocate(space, MACH_PORT_RIGHT_RECEIVE, name);
	entry = space->free;
	*name = ipc_entry_name(entry);
	port = ipc_port_create(space, *name);
	if (port == NULL)
		return KERN_RESOURCE_SHORTAGE;
	ipc_entry_take(space, entry);
	entry->object = &port->object;
	entry->bits |= MACH_PORT_TYPE_RECEIVE;
	return KERN_SUCCESS;
}

/* The end of a port that nothing hangs on; false: it is not one. */
static bool
end_alone(struct ipc_space *space, mach_port_name_t name)
{
	struct ipc_entry *entry;
	struct ipc_port *port;

	if (space == NULL)
		return false;
	entry = ipc_entry_with(space, name, MACH_PORT_TYPE_RECEIVE);
	if (entry == NULL)
		return false;
	port = ipc_object_port(entry->object);
	if (port->guarded || entry->request != NULL || !ipc_port_end(port))
		return false;
	ipc_entry_free(space, entry);
	return true;
}

uint64_t
trap_mach_reply_port(void)
{
	mach_port_name_t name;

	return allocate_port(current_task()->space, &name) == KERN_SUCCESS
		   ? name
		   : MACH_PORT_NULL;
}

/* A name that cannot be told to the caller is taken back. */
static uint64_t
tell_name(struct ipc_space *space, mach_port_name_t name, uint64_t result)
{
	kern_return_t kr = KERN_SUCCESS;

	ipc_space_reference(space);
	if (!copyout(&name, result, sizeof(name))) {
		(void)mach_port_destroy(space, name);
		kr = KERN_INVALID_ADDRESS;
	}
	ipc_space_put(space);
	return (uint64_t)kr;
}

uint64_t
trap_syscall_mach_port_allocate(uint64_t task, uint64_t right, uint64_t result)
{
	struct ipc_space *space = space_of((mach_port_name_t)task);
	mach_port_name_t name;
	kern_return_t kr;

	if ((mach_port_right_t)right == MACH_PORT_RIGHT_RECEIVE)
		kr = allocate_port(space, &name);
	else
		kr = mach_port_allocate(space, (mach_port_right_t)right, &name);
	return kr == KERN_SUCCESS ? tell_name(space, name, result)
				  : (uint64_t)kr;
}

/* The entry of a receive right, or NULL. */
static struct ipc_entry *
receive_entry(struct ipc_space *space, mach_port_name_t name)
{
	if (space == NULL || !space->active)
		return NULL;
	return ipc_entry_with(space, name, MACH_PORT_TYPE_RECEIVE);
}

/* The port whose receive right a name is, or NULL. */
static struct ipc_port *
port_of(struct ipc_space *space, mach_port_name_t name)
{
	const struct ipc_entry *entry = receive_entry(space, name);

	return entry != NULL ? ipc_object_port(entry->object) : NULL;
}

/* The port shall be told itself when it has no senders. */
static kern_return_t
tell_itself(struct ipc_space *space, mach_port_name_t name,
    struct ipc_port *port, mach_port_mscount_t sync)
{
	mach_port_t notify = ipc_port_to_handle(ipc_port_make_send_once(port));
	mach_port_t previous = MACH_PORT_NULL;
	kern_return_t kr = mach_port_request_notification(
	    space, name, MACH_NOTIFY_NO_SENDERS, sync, notify, &previous);

	if (kr != KERN_SUCCESS)
		previous = notify;
	else
		port->tells_itself = true;
	if (previous != MACH_PORT_NULL)
		ipc_right_release(previous, MACH_MSG_TYPE_PORT_SEND_ONCE);
	return kr;
}

uint64_t
trap_syscall_mach_port_construct(uint64_t task, uint64_t set, uint64_t result)
{
	struct ipc_space *space = space_of((mach_port_name_t)task);
	mach_port_name_t name;
	kern_return_t kr;

	kr = allocate_port(space, &name);
	if (kr != KERN_SUCCESS)
		return (uint64_t)kr;
	kr = mach_port_move_member(space, name, (mach_port_name_t)set);
	if (kr == KERN_SUCCESS)
		kr = tell_itself(space, name, port_of(space, name), 1);
	if (kr == KERN_SUCCESS)
		return tell_name(space, name, result);
	(void)mach_port_destroy(space, name);
	return (uint64_t)kr;
}

/* Have senders been made since it was told that there are none? */
static bool
has_more(const struct ipc_port *port, uint64_t mscount)
{
	return port->srights > 0 ||
	       port->mscount != (mach_port_mscount_t)mscount;
}

static bool
will_tell_itself(const struct ipc_port *port)
{
	return port->tells_itself && port->nsrequest != NULL;
}

/* It shall be told again when those are gone. */
static kern_return_t
tell_again(
    struct ipc_space *space, mach_port_name_t name, struct ipc_port *port)
{
	kern_return_t kr;

	if (will_tell_itself(port))
		return KERN_FAILURE;
	kr = tell_itself(space, name, port, port->mscount);
	ipc_reap();
	return kr == KERN_SUCCESS ? KERN_FAILURE : kr;
}

uint64_t
trap_syscall_mach_port_renew(uint64_t task, uint64_t name, uint64_t mscount)
{
	struct ipc_space *space = space_of((mach_port_name_t)task);
	struct ipc_entry *entry = receive_entry(space, (mach_port_name_t)name);
	kern_return_t kr = KERN_SUCCESS;
	struct ipc_port *port;

	if (entry == NULL)
		return KERN_INVALID_RIGHT;
	port = ipc_object_port(entry->object);
	if (has_more(port, mscount))
		return (uint64_t)tell_again(
		    space, (mach_port_name_t)name, port);
	port->mscount = 0;
	if (!will_tell_itself(port))
		kr = tell_itself(space, (mach_port_name_t)name, port, 1);
	if (kr != KERN_SUCCESS)
		return (uint64_t)kr;
	entry->bits |= MACH_PORT_TYPE_SEND;
	entry->urefs = 1;
	(void)ipc_port_make_send(port);
	return KERN_SUCCESS;
}

uint64_t
trap_syscall_mach_port_destruct(uint64_t task, uint64_t name, uint64_t mscount)
{
	struct ipc_space *space = space_of((mach_port_name_t)task);
	struct ipc_port *port = port_of(space, (mach_port_name_t)name);
	kern_return_t kr;

	if (port == NULL)
		return KERN_INVALID_RIGHT;
	if (has_more(port, mscount))
		return (uint64_t)tell_again(
		    space, (mach_port_name_t)name, port);
	kr = mach_port_mod_refs(
	    space, (mach_port_name_t)name, MACH_PORT_RIGHT_RECEIVE, -1);
	ipc_reap();
	return (uint64_t)kr;
}

uint64_t
trap_syscall_mach_port_abandon(uint64_t task, uint64_t name)
{
	struct ipc_space *space = space_of((mach_port_name_t)task);
	const struct ipc_port *port = port_of(space, (mach_port_name_t)name);
	kern_return_t kr;

	if (port == NULL)
		return KERN_INVALID_RIGHT;
	if (port->msgcount > 0)
		return KERN_FAILURE;
	kr = mach_port_mod_refs(
	    space, (mach_port_name_t)name, MACH_PORT_RIGHT_RECEIVE, -1);
	ipc_reap();
	return (uint64_t)kr;
}

uint64_t
trap_syscall_mach_port_make_send(uint64_t task, uint64_t name)
{
	struct ipc_space *space = space_of((mach_port_name_t)task);
	struct ipc_port *port = port_of(space, (mach_port_name_t)name);
	mach_port_t right;
	kern_return_t kr;

	if (port == NULL)
		return KERN_INVALID_RIGHT;
	right = ipc_port_to_handle(ipc_port_make_send(port));
	kr = mach_port_insert_right(
	    space, (mach_port_name_t)name, right, MACH_MSG_TYPE_PORT_SEND);
	if (kr != KERN_SUCCESS)
		ipc_right_release(right, MACH_MSG_TYPE_PORT_SEND);
	return (uint64_t)kr;
}

/* What was asked for before comes back. */
static kern_return_t
tell_previous(mach_port_t previous, uint64_t result)
{
	struct ipc_space *own = current_task()->space;
	mach_port_name_t name = MACH_PORT_NULL;
	kern_return_t kr = KERN_SUCCESS;

	if (previous != MACH_PORT_NULL)
		kr = ipc_right_copyout(
		    own, previous, MACH_MSG_TYPE_PORT_SEND_ONCE, &name);
	if (kr != KERN_SUCCESS) {
		ipc_right_release(previous, MACH_MSG_TYPE_PORT_SEND_ONCE);
		return kr;
	}
	if (copyout(&name, result, sizeof(name)))
		return KERN_SUCCESS;
	if (MACH_PORT_VALID(name))
		(void)mach_port_deallocate(own, name);
	return KERN_INVALID_ADDRESS;
}

uint64_t
trap_syscall_mach_port_request_notification(uint64_t task, uint64_t name,
    uint64_t id, uint64_t sync, uint64_t notify, uint64_t result)
{
	struct ipc_space *space = space_of((mach_port_name_t)task);
	mach_port_t right = MACH_PORT_NULL;
	mach_port_t previous = MACH_PORT_NULL;
	struct ipc_port *port;
	kern_return_t kr;

	if (space == NULL)
		return KERN_INVALID_TASK;
	if ((mach_port_name_t)notify != MACH_PORT_NULL) {
		port = port_of(current_task()->space, (mach_port_name_t)notify);
		if (port == NULL)
			return KERN_INVALID_TASK;
		right = ipc_port_to_handle(ipc_port_make_send_once(port));
	}
	kr = mach_port_request_notification(space, (mach_port_name_t)name,
	    (mach_msg_id_t)id, (mach_port_mscount_t)sync, right, &previous);
	if (kr == KERN_SUCCESS)
		kr = tell_previous(previous, result);
	else
		ipc_right_release(right, MACH_MSG_TYPE_PORT_SEND_ONCE);
	ipc_reap();
	return (uint64_t)kr;
}

uint64_t
trap_syscall_mach_port_insert_right(
    uint64_t task, uint64_t name, uint64_t right, uint64_t disposition)
{
	struct ipc_space *own = current_task()->space;
	struct ipc_space *space = space_of((mach_port_name_t)task);
	mach_msg_type_name_t type = (mach_msg_type_name_t)disposition;
	mach_port_t moved = MACH_PORT_NULL;
	kern_return_t kr;

	if (space == NULL)
		return KERN_INVALID_TASK;
	if (!MACH_MSG_TYPE_PORT_ANY(type))
		return KERN_INVALID_VALUE;
	kr = ipc_right_copyin_name(own, (mach_port_name_t)right, type, &moved);
	if (kr != KERN_SUCCESS)
		return (uint64_t)kr;
	type = ipc_right_type(type);
	kr = mach_port_insert_right(space, (mach_port_name_t)name, moved, type);
	if (kr != KERN_SUCCESS)
		ipc_right_release(moved, type);
	ipc_reap();
	return (uint64_t)kr;
}

/*
 * One of several user references of a send right; the last right there is to a
 * port may end the trap.
 */
static bool
drop_one(struct ipc_space *space, mach_port_name_t name)
{
	struct ipc_entry *entry =
	    ipc_entry_with(space, name, MACH_PORT_TYPE_SEND);

	if (entry == NULL || !entry->object->active)
		return false;
	if (entry->urefs > 1) {
		entry->urefs--;
		return true;
	}
	if ((entry->bits & ~IPC_ENTRY_GEN_MASK) == MACH_PORT_TYPE_SEND)
		ipc_no_senders_short_way(space, entry);
	return false;
}

uint64_t
trap_syscall_mach_port_deallocate(uint64_t task, uint64_t name)
{
	struct ipc_space *space = space_of((mach_port_name_t)task);
	kern_return_t kr;

	if (space != NULL && drop_one(space, (mach_port_name_t)name))
		return KERN_SUCCESS;
	kr = mach_port_deallocate(space, (mach_port_name_t)name);
	ipc_reap();
	return (uint64_t)kr;
}

uint64_t
trap_syscall_mach_port_mod_refs(
    uint64_t task, uint64_t name, uint64_t right, uint64_t delta)
{
	struct ipc_space *space = space_of((mach_port_name_t)task);
	kern_return_t kr;

	if ((mach_port_right_t)right == MACH_PORT_RIGHT_RECEIVE &&
	    (mach_port_delta_t)delta == -1 &&
	    end_alone(space, (mach_port_name_t)name))
		return KERN_SUCCESS;
	kr = mach_port_mod_refs(space, (mach_port_name_t)name,
	    (mach_port_right_t)right, (mach_port_delta_t)delta);
	ipc_reap();
	return (uint64_t)kr;
}

uint64_t
trap_syscall_mach_port_destroy(uint64_t task, uint64_t name)
{
	struct ipc_space *space = space_of((mach_port_name_t)task);
	kern_return_t kr;

	if (end_alone(space, (mach_port_name_t)name))
		return KERN_SUCCESS;
	kr = mach_port_destroy(space, (mach_port_name_t)name);
	ipc_reap();
	return (uint64_t)kr;
}
