/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Rights into and out of a name space.
 */
#include <ipc/ipc_port.h>
#include <ipc/ipc_right.h>
#include <ipc/ipc_space.h>
#include <kern/panic.h>

/* Types that share one name for a port. */
#define TYPE_SEND_RECEIVE (MACH_PORT_TYPE_SEND | MACH_PORT_TYPE_RECEIVE)

static struct ipc_port *
port_of(const struct ipc_entry *entry)
{
	return ipc_object_port(entry->object);
}

void
ipc_right_make_dead(struct ipc_entry *entry)
{
	mach_port_type_t type = ipc_entry_type(entry);
	struct ipc_port *port = port_of(entry);

	assert(!(type & MACH_PORT_TYPE_RECEIVE));
	if (type & MACH_PORT_TYPE_SEND) {
		ipc_hash_remove(entry);
		port->srights--;
	} else {
		port->sorights--;
		entry->urefs = 1;
	}
	entry->object = NULL;
	/* Who asked for its acceptance is yet to be told of this name. */
	entry->bits =
	    (entry->bits & (IPC_ENTRY_GEN_MASK | IPC_ENTRY_MAREQUEST)) |
	    MACH_PORT_TYPE_DEAD_NAME;
	ipc_port_check_free(port);
}

struct ipc_entry *
ipc_right_lookup(struct ipc_space *space, mach_port_name_t name)
{
	struct ipc_entry *entry = ipc_entry_lookup(space, name);

	if (entry != NULL &&
	    (ipc_entry_type(entry) & MACH_PORT_TYPE_SEND_RIGHTS) &&
	    !entry->object->active)
		ipc_right_died(entry);
	return entry;
}

struct ipc_port *
ipc_right_send_port(struct ipc_space *space, mach_port_name_t name)
{
	const struct ipc_entry *entry = ipc_right_lookup(space, name);

	return entry != NULL && (entry->bits & MACH_PORT_TYPE_SEND) != 0
		   ? ipc_object_port(entry->object)
		   : NULL;
}

void
ipc_right_end_name(struct ipc_space *space, struct ipc_entry *entry)
{
	if (entry->request != NULL)
		ipc_right_request_end(entry);
	ipc_entry_free(space, entry);
}

void
ipc_right_clear_send(struct ipc_space *space, struct ipc_entry *entry)
{
	if (entry->bits & MACH_PORT_TYPE_RECEIVE) {
		entry->bits &= ~MACH_PORT_TYPE_SEND;
		entry->urefs = 0;
		return;
	}
	ipc_hash_remove(entry);
	ipc_right_end_name(space, entry);
}

void
ipc_right_clear_receive(struct ipc_space *space, struct ipc_entry *entry)
{
	if (entry->bits & MACH_PORT_TYPE_SEND) {
		entry->bits &= ~MACH_PORT_TYPE_RECEIVE;
		ipc_hash_insert(entry);
		return;
	}
	ipc_right_end_name(space, entry);
}

bool
ipc_right_copyin_check(
    const struct ipc_entry *entry, mach_msg_type_name_t disposition)
{
	mach_port_type_t type = ipc_entry_type(entry);

	switch (disposition) {
	case MACH_MSG_TYPE_MAKE_SEND:
	case MACH_MSG_TYPE_MAKE_SEND_ONCE:
		return type & MACH_PORT_TYPE_RECEIVE;
	case MACH_MSG_TYPE_MOVE_RECEIVE:
		return (type & MACH_PORT_TYPE_RECEIVE) &&
		       !ipc_object_port(entry->object)->strict;
	case MACH_MSG_TYPE_COPY_SEND:
	case MACH_MSG_TYPE_MOVE_SEND:
		return type & (MACH_PORT_TYPE_SEND | MACH_PORT_TYPE_DEAD_NAME);
	case MACH_MSG_TYPE_MOVE_SEND_ONCE:
		return type &
		       (MACH_PORT_TYPE_SEND_ONCE | MACH_PORT_TYPE_DEAD_NAME);
	default:
		return false;
	}
}

/* A user reference of a send right, as a right of its own. */
static void
take_send(struct ipc_space *space, struct ipc_entry *entry)
{
	if (entry->urefs > 1) {
		entry->urefs--;
		(void)ipc_port_copy_send(port_of(entry));
		return;
	}
	ipc_right_clear_send(space, entry);
}

mach_port_t
ipc_right_copyin(struct ipc_space *space, struct ipc_entry *entry,
    mach_msg_type_name_t disposition)
{
	struct ipc_port *port = port_of(entry);

	if (entry->object == NULL) {
		if (disposition != MACH_MSG_TYPE_COPY_SEND)
			(void)ipc_right_dealloc(space, entry);
		return MACH_PORT_DEAD;
	}
	switch (disposition) {
	case MACH_MSG_TYPE_MAKE_SEND:
		(void)ipc_port_make_send(port);
		break;
	case MACH_MSG_TYPE_MAKE_SEND_ONCE:
		(void)ipc_port_make_send_once(port);
		break;
	case MACH_MSG_TYPE_COPY_SEND:
		(void)ipc_port_copy_send(port);
		break;
	case MACH_MSG_TYPE_MOVE_SEND:
		take_send(space, entry);
		break;
	case MACH_MSG_TYPE_MOVE_SEND_ONCE:
		ipc_right_end_name(space, entry);
		break;
	default:
		assert(disposition == MACH_MSG_TYPE_MOVE_RECEIVE);
		ipc_right_clear_receive(space, entry);
		ipc_port_clear_receiver(port);
	}
	return ipc_port_to_handle(port);
}

kern_return_t
ipc_right_copyin_name(struct ipc_space *space, mach_port_name_t name,
    mach_msg_type_name_t disposition, mach_port_t *handle)
{
	struct ipc_entry *entry = ipc_right_lookup(space, name);

	if (entry == NULL)
		return KERN_INVALID_NAME;
	if (!ipc_right_copyin_check(entry, disposition))
		return KERN_INVALID_RIGHT;
	*handle = ipc_right_copyin(space, entry, disposition);
	return KERN_SUCCESS;
}

/* The entry by which the space knows the port already, or NULL. */
static struct ipc_entry *
find_name(struct ipc_space *space, const struct ipc_port *port,
    mach_msg_type_name_t type)
{
	if (type == MACH_MSG_TYPE_PORT_SEND_ONCE)
		return NULL;
	if (port->receiver == space)
		return ipc_entry_lookup(space, port->receiver_name);
	return ipc_hash_lookup(space, port);
}

/* A right into an entry that has none yet, or one to the same port. */
static kern_return_t
place(struct ipc_space *space, struct ipc_entry *entry, struct ipc_port *port,
    mach_msg_type_name_t type)
{
	mach_port_type_t had = ipc_entry_type(entry);

	if ((had & MACH_PORT_TYPE_SEND) && type == MACH_MSG_TYPE_PORT_SEND) {
		if (entry->urefs == MACH_PORT_UREFS_MAX)
			return KERN_UREFS_OVERFLOW;
		entry->urefs++;
		port->srights--;
		return KERN_SUCCESS;
	}
	entry->object = &port->object;
	if (type == MACH_MSG_TYPE_PORT_SEND) {
		entry->bits |= MACH_PORT_TYPE_SEND;
		entry->urefs = 1;
		if (!(had & MACH_PORT_TYPE_RECEIVE))
			ipc_hash_insert(entry);
	} else if (type == MACH_MSG_TYPE_PORT_SEND_ONCE) {
		entry->bits |= MACH_PORT_TYPE_SEND_ONCE;
		entry->urefs = 1;
	} else {
		if (had & MACH_PORT_TYPE_SEND)
			ipc_hash_remove(entry);
		entry->bits |= MACH_PORT_TYPE_RECEIVE;
		port->receiver = space;
		port->receiver_name = ipc_entry_name(entry);
		port->destination = NULL;
	}
	return KERN_SUCCESS;
}

kern_return_t
ipc_right_copyout(struct ipc_space *space, mach_port_t handle,
    mach_msg_type_name_t type, mach_port_name_t *name)
{
	struct ipc_port *port = ipc_port_from_handle(handle);
	struct ipc_entry *entry;
	kern_return_t kr;

	if (port == NULL || !port->object.active) {
		*name =
		    handle == MACH_PORT_NULL ? MACH_PORT_NULL : MACH_PORT_DEAD;
		ipc_right_release(handle, type);
		return KERN_SUCCESS;
	}
	entry = find_name(space, port, type);
	if (entry == NULL) {
		kr = ipc_entry_alloc(space, &entry);
		if (kr != KERN_SUCCESS)
			return kr;
	}
	kr = place(space, entry, port, type);
	if (kr == KERN_UREFS_OVERFLOW) {
		/* It stays at the most there may be. */
		port->srights--;
		kr = KERN_SUCCESS;
	}
	if (kr == KERN_SUCCESS)
		*name = ipc_entry_name(entry);
	return kr;
}

kern_return_t
ipc_right_copyout_name(struct ipc_space *space, mach_port_t handle,
    mach_msg_type_name_t type, mach_port_name_t name)
{
	struct ipc_port *port = ipc_port_from_handle(handle);
	struct ipc_entry *known;
	struct ipc_entry *entry;
	kern_return_t kr;

	if (port == NULL || !port->object.active)
		return KERN_INVALID_CAPABILITY;
	known = find_name(space, port, type);
	entry = ipc_right_lookup(space, name);
	if (known != NULL && known != entry)
		return KERN_RIGHT_EXISTS;
	if (entry != NULL && known == NULL)
		return KERN_NAME_EXISTS;
	if (entry == NULL) {
		kr = ipc_entry_alloc_name(space, name, &entry);
		if (kr != KERN_SUCCESS)
			return kr;
	}
	return place(space, entry, port, type);
}

void
ipc_right_release(mach_port_t handle, mach_msg_type_name_t type)
{
	struct ipc_port *port = ipc_port_from_handle(handle);

	if (port == NULL)
		return;
	switch (type) {
	case MACH_MSG_TYPE_PORT_SEND:
		ipc_port_release_send(port);
		break;
	case MACH_MSG_TYPE_PORT_SEND_ONCE:
		ipc_port_release_send_once(port);
		break;
	default:
		assert(type == MACH_MSG_TYPE_PORT_RECEIVE);
		if (port->object.active)
			ipc_port_destroy(port);
	}
}

mach_msg_type_name_t
ipc_right_type(mach_msg_type_name_t disposition)
{
	switch (disposition) {
	case MACH_MSG_TYPE_COPY_SEND:
	case MACH_MSG_TYPE_MAKE_SEND:
		return MACH_MSG_TYPE_PORT_SEND;
	case MACH_MSG_TYPE_MAKE_SEND_ONCE:
		return MACH_MSG_TYPE_PORT_SEND_ONCE;
	default:
		return disposition;
	}
}

mach_port_t
ipc_right_from_kernel(mach_port_t handle, mach_msg_type_name_t disposition)
{
	struct ipc_port *port = ipc_port_from_handle(handle);

	if (port == NULL)
		return handle;
	switch (disposition) {
	case MACH_MSG_TYPE_MAKE_SEND:
		port = ipc_port_make_send(port);
		break;
	case MACH_MSG_TYPE_COPY_SEND:
		port = ipc_port_copy_send(port);
		break;
	case MACH_MSG_TYPE_MAKE_SEND_ONCE:
		port = ipc_port_make_send_once(port);
		break;
	default:
		break;
	}
	return port != NULL ? handle : MACH_PORT_DEAD;
}

mach_port_name_t
ipc_port_copyout_send(struct ipc_port *port, struct ipc_space *space)
{
	mach_port_t handle = ipc_port_to_handle(port);
	mach_port_name_t name;

	if (ipc_right_copyout(space, handle, MACH_MSG_TYPE_PORT_SEND, &name) ==
	    KERN_SUCCESS)
		return name;
	ipc_port_release_send(port);
	return MACH_PORT_DEAD;
}

mach_port_name_t
ipc_port_give_send(struct ipc_port *port, struct ipc_space *space)
{
	struct ipc_entry *entry = ipc_hash_lookup(space, port);

	if (entry == NULL || entry->urefs == MACH_PORT_UREFS_MAX ||
	    !port->object.active)
		return ipc_port_copyout_send(ipc_port_make_send(port), space);
	entry->urefs++;
	port->mscount++;
	return ipc_entry_name(entry);
}

kern_return_t
ipc_port_copyin_send(
    struct ipc_space *space, mach_port_name_t name, struct ipc_port **port)
{
	mach_port_t handle;
	kern_return_t kr;

	kr = ipc_right_copyin_name(
	    space, name, MACH_MSG_TYPE_COPY_SEND, &handle);
	if (kr != KERN_SUCCESS)
		return kr;
	if (handle == MACH_PORT_DEAD)
		return KERN_INVALID_RIGHT;
	*port = ipc_port_from_handle(handle);
	return KERN_SUCCESS;
}
