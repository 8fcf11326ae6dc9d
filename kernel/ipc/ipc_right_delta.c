/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * User references of a name, its end, its renaming.
 */
#include <ipc/ipc_kmsg.h>
#include <ipc/ipc_port.h>
#include <ipc/ipc_pset.h>
#include <ipc/ipc_right.h>
#include <ipc/ipc_space.h>
#include <kern/panic.h>

/* The last user reference of the send right goes. */
static void
drop_send(struct ipc_space *space, struct ipc_entry *entry)
{
	struct ipc_port *port = ipc_object_port(entry->object);

	ipc_right_clear_send(space, entry);
	ipc_port_release_send(port);
}

static void
drop_send_once(struct ipc_space *space, struct ipc_entry *entry)
{
	struct ipc_port *port = ipc_object_port(entry->object);

	ipc_right_end_name(space, entry);
	ipc_port_release_send_once(port);
}

/* A send right beside it stays, as one to a dead port. */
static void
drop_receive(struct ipc_space *space, struct ipc_entry *entry)
{
	struct ipc_port *port = ipc_object_port(entry->object);

	ipc_right_clear_receive(space, entry);
	ipc_port_destroy(port);
}

static void
drop_pset(struct ipc_space *space, struct ipc_entry *entry)
{
	struct ipc_pset *pset = ipc_object_pset(entry->object);

	ipc_right_end_name(space, entry);
	ipc_pset_destroy(pset);
}

/* What has user references: a send right or a dead name. */
static kern_return_t
delta_urefs(
    struct ipc_space *space, struct ipc_entry *entry, mach_port_delta_t delta)
{
	int64_t urefs = (int64_t)entry->urefs + delta;

	if (urefs < 0)
		return KERN_INVALID_VALUE;
	if (urefs > MACH_PORT_UREFS_MAX)
		return KERN_UREFS_OVERFLOW;
	if (urefs > 0)
		entry->urefs = (mach_port_urefs_t)urefs;
	else if (entry->object == NULL)
		ipc_right_end_name(space, entry);
	else
		drop_send(space, entry);
	return KERN_SUCCESS;
}

kern_return_t
ipc_right_dealloc(struct ipc_space *space, struct ipc_entry *entry)
{
	if (entry->bits & (MACH_PORT_TYPE_SEND | MACH_PORT_TYPE_DEAD_NAME))
		return delta_urefs(space, entry, -1);
	if (!(entry->bits & MACH_PORT_TYPE_SEND_ONCE))
		return KERN_INVALID_RIGHT;
	drop_send_once(space, entry);
	return KERN_SUCCESS;
}

bool
ipc_right_guarded(const struct ipc_entry *entry)
{
	return (entry->bits & MACH_PORT_TYPE_RECEIVE) != 0 &&
	       ipc_object_port(entry->object)->guarded;
}

kern_return_t
ipc_right_delta(struct ipc_space *space, struct ipc_entry *entry,
    mach_port_right_t right, mach_port_delta_t delta)
{
	if (right >= MACH_PORT_RIGHT_NUMBER)
		return KERN_INVALID_VALUE;
	if (!(entry->bits & MACH_PORT_TYPE(right)))
		return KERN_INVALID_RIGHT;
	if (right == MACH_PORT_RIGHT_SEND || right == MACH_PORT_RIGHT_DEAD_NAME)
		return delta_urefs(space, entry, delta);
	if (delta == 0)
		return KERN_SUCCESS;
	if (delta != -1)
		return KERN_INVALID_VALUE;
	if (right == MACH_PORT_RIGHT_RECEIVE && ipc_right_guarded(entry))
		return KERN_INVALID_RIGHT;
	if (right == MACH_PORT_RIGHT_SEND_ONCE)
		drop_send_once(space, entry);
	else if (right == MACH_PORT_RIGHT_RECEIVE)
		drop_receive(space, entry);
	else
		drop_pset(space, entry);
	return KERN_SUCCESS;
}

void
ipc_right_destroy(struct ipc_space *space, struct ipc_entry *entry)
{
	mach_port_type_t type = ipc_entry_type(entry);

	if (type & MACH_PORT_TYPE_SEND) {
		drop_send(space, entry);
		if (!(type & MACH_PORT_TYPE_RECEIVE))
			return;
	}
	if (type & MACH_PORT_TYPE_RECEIVE)
		drop_receive(space, entry);
	else if (type & MACH_PORT_TYPE_SEND_ONCE)
		drop_send_once(space, entry);
	else if (type & MACH_PORT_TYPE_PORT_SET)
		drop_pset(space, entry);
	else
		ipc_right_end_name(space, entry);
}

mach_port_type_t
ipc_right_info(const struct ipc_entry *entry)
{
	return ipc_entry_type(entry) |
	       (ipc_right_requested(entry, IPC_REQUEST_DEAD_NAME)
		       ? MACH_PORT_TYPE_DNREQUEST
		       : 0) |
	       (entry->bits & IPC_ENTRY_MAREQUEST ? MACH_PORT_TYPE_MAREQUEST
						  : 0);
}

void
ipc_right_rename(
    struct ipc_space *space, struct ipc_entry *entry, struct ipc_entry *new)
{
	mach_port_type_t type = ipc_entry_type(entry);
	bool hashed =
	    (type & MACH_PORT_TYPE_SEND) && !(type & MACH_PORT_TYPE_RECEIVE);

	if (hashed)
		ipc_hash_remove(entry);
	new->object = entry->object;
	new->bits |= type;
	new->urefs = entry->urefs;
	new->request = entry->request;
	if (new->request != NULL) {
		new->request->entry = new;
		new->bits |= IPC_ENTRY_REQUEST;
	}
	entry->request = NULL;
	if (hashed)
		ipc_hash_insert(new);
	if (type & MACH_PORT_TYPE_RECEIVE)
		ipc_object_port(new->object)->receiver_name =
		    ipc_entry_name(new);
	if (type & MACH_PORT_TYPE_PORT_SET)
		ipc_object_pset(new->object)->name = ipc_entry_name(new);
	ipc_entry_free(space, entry);
}

void
ipc_right_undo_copyout(
    struct ipc_space *space, mach_port_name_t name, mach_msg_type_name_t type)
{
	struct ipc_entry *entry = ipc_right_lookup(space, name);

	if (entry == NULL)
		return;
	if (type == MACH_MSG_TYPE_PORT_RECEIVE)
		(void)ipc_right_delta(
		    space, entry, MACH_PORT_RIGHT_RECEIVE, -1);
	else
		(void)ipc_right_dealloc(space, entry);
}
