/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * mach_port routines that change a space: validate, then one call of
 * the part that knows how.
 */
#include <mach/notify.h>

#include <ipc/ipc_kmsg.h>
#include <ipc/ipc_mqueue.h>
#include <ipc/ipc_notify.h>
#include <ipc/ipc_port.h>
#include <ipc/ipc_pset.h>
#include <ipc/ipc_right.h>
#include <ipc/ipc_space.h>
#include <ipc/mach_port.h>
#include <ipc/mach_port_find.h>

kern_return_t
mach_port_rename(struct ipc_space *space, mach_port_name_t old_name,
    mach_port_name_t new_name)
{
	struct ipc_entry *entry;
	struct ipc_entry *new;
	kern_return_t kr = mach_port_find(space, old_name, &entry);

	if (kr != KERN_SUCCESS)
		return kr;
	kr = ipc_entry_alloc_name(space, new_name, &new);
	if (kr == KERN_SUCCESS)
		ipc_right_rename(space, entry, new);
	return kr;
}

/* Fill a fresh entry with what mach_port_allocate makes. */
static kern_return_t
fill(struct ipc_space *space, struct ipc_entry *entry, mach_port_right_t right)
{
	struct ipc_object *object = NULL;

	if (right == MACH_PORT_RIGHT_RECEIVE) {
		struct ipc_port *port =
		    ipc_port_create(space, ipc_entry_name(entry));

		object = port != NULL ? &port->object : NULL;
	} else if (right == MACH_PORT_RIGHT_PORT_SET) {
		struct ipc_pset *pset = ipc_pset_create(ipc_entry_name(entry));

		object = pset != NULL ? &pset->object : NULL;
	} else {
		entry->urefs = 1;
	}
	if (object == NULL && right != MACH_PORT_RIGHT_DEAD_NAME) {
		ipc_entry_free(space, entry);
		return KERN_RESOURCE_SHORTAGE;
	}
	entry->object = object;
	entry->bits |= MACH_PORT_TYPE(right);
	return KERN_SUCCESS;
}

static bool
can_allocate(mach_port_right_t right)
{
	return right == MACH_PORT_RIGHT_RECEIVE ||
	       right == MACH_PORT_RIGHT_PORT_SET ||
	       right == MACH_PORT_RIGHT_DEAD_NAME;
}

kern_return_t
mach_port_allocate_name(
    struct ipc_space *space, mach_port_right_t right, mach_port_name_t name)
{
	struct ipc_entry *entry;
	kern_return_t kr;

	if (space == NULL)
		return KERN_INVALID_TASK;
	if (!can_allocate(right))
		return KERN_INVALID_VALUE;
	kr = ipc_entry_alloc_name(space, name, &entry);
	return kr == KERN_SUCCESS ? fill(space, entry, right) : kr;
}

kern_return_t
mach_port_allocate(
    struct ipc_space *space, mach_port_right_t right, mach_port_name_t *name)
{
	struct ipc_entry *entry;
	kern_return_t kr;

	if (space == NULL)
		return KERN_INVALID_TASK;
	if (!can_allocate(right))
		return KERN_INVALID_VALUE;
	kr = ipc_entry_alloc(space, &entry);
	if (kr == KERN_SUCCESS)
		kr = fill(space, entry, right);
	if (kr == KERN_SUCCESS)
		*name = ipc_entry_name(entry);
	return kr;
}

kern_return_t
mach_port_destroy(struct ipc_space *space, mach_port_name_t name)
{
	struct ipc_entry *entry;
	kern_return_t kr = mach_port_find(space, name, &entry);

	if (kr != KERN_SUCCESS)
		return kr;
	if (ipc_right_guarded(entry))
		return KERN_INVALID_RIGHT;
	ipc_right_destroy(space, entry);
	return KERN_SUCCESS;
}

kern_return_t
mach_port_deallocate(struct ipc_space *space, mach_port_name_t name)
{
	struct ipc_entry *entry;
	kern_return_t kr = mach_port_find(space, name, &entry);

	return kr == KERN_SUCCESS ? ipc_right_dealloc(space, entry) : kr;
}

kern_return_t
mach_port_mod_refs(struct ipc_space *space, mach_port_name_t name,
    mach_port_right_t right, mach_port_delta_t delta)
{
	struct ipc_entry *entry;
	kern_return_t kr = mach_port_find(space, name, &entry);

	return kr == KERN_SUCCESS ? ipc_right_delta(space, entry, right, delta)
				  : kr;
}

kern_return_t
mach_port_set_qlimit(
    struct ipc_space *space, mach_port_name_t name, mach_port_msgcount_t qlimit)
{
	struct ipc_port *port;
	kern_return_t kr = mach_port_find_receive(space, name, &port);

	if (kr != KERN_SUCCESS)
		return kr;
	if (!mach_port_qlimit_ok(qlimit))
		return KERN_INVALID_VALUE;
	port->qlimit = qlimit;
	ipc_mqueue_admit(port);
	return KERN_SUCCESS;
}

kern_return_t
mach_port_set_mscount(
    struct ipc_space *space, mach_port_name_t name, mach_port_mscount_t mscount)
{
	struct ipc_port *port;
	kern_return_t kr = mach_port_find_receive(space, name, &port);

	if (kr == KERN_SUCCESS)
		port->mscount = mscount;
	return kr;
}

kern_return_t
mach_port_set_seqno(
    struct ipc_space *space, mach_port_name_t name, mach_port_seqno_t seqno)
{
	struct ipc_port *port;
	kern_return_t kr = mach_port_find_receive(space, name, &port);

	if (kr == KERN_SUCCESS)
		port->seqno = seqno;
	return kr;
}

/* Both names of a membership. */
static kern_return_t
find_member(struct ipc_space *space, mach_port_name_t name,
    mach_port_name_t set_name, struct ipc_port **port, struct ipc_pset **pset)
{
	kern_return_t kr = mach_port_find_receive(space, name, port);

	return kr == KERN_SUCCESS ? mach_port_find_set(space, set_name, pset)
				  : kr;
}

/* Out of every set. */
static kern_return_t
leave_sets(struct ipc_space *space, mach_port_name_t name)
{
	struct ipc_port *port;
	kern_return_t kr = mach_port_find_receive(space, name, &port);

	if (kr != KERN_SUCCESS)
		return kr;
	if (ipc_pset_of(port) == NULL)
		return KERN_NOT_IN_SET;
	ipc_pset_leave(port);
	return KERN_SUCCESS;
}

kern_return_t
mach_port_move_member(
    struct ipc_space *space, mach_port_name_t member, mach_port_name_t after)
{
	struct ipc_port *port;
	struct ipc_pset *set;
	kern_return_t kr;

	if (after == MACH_PORT_NULL)
		return leave_sets(space, member);
	kr = find_member(space, member, after, &port, &set);
	return kr == KERN_SUCCESS ? ipc_pset_move(set, port) : kr;
}

kern_return_t
mach_port_insert_member(
    struct ipc_space *space, mach_port_name_t name, mach_port_name_t pset)
{
	struct ipc_port *port;
	struct ipc_pset *set;
	kern_return_t kr = find_member(space, name, pset, &port, &set);

	return kr == KERN_SUCCESS ? ipc_pset_add(set, port) : kr;
}

kern_return_t
mach_port_extract_member(
    struct ipc_space *space, mach_port_name_t name, mach_port_name_t pset)
{
	struct ipc_port *port;
	struct ipc_pset *set;
	kern_return_t kr = find_member(space, name, pset, &port, &set);

	if (kr != KERN_SUCCESS)
		return kr;
	return ipc_pset_remove(set, port) ? KERN_SUCCESS : KERN_NOT_IN_SET;
}

/*
 * The name's dead-name request. A name dead already is told at once if `sync`
 * asks for that.
 */
static kern_return_t
request_dead_name(struct ipc_entry *entry, mach_port_mscount_t sync,
    struct ipc_kmsg *request, struct ipc_kmsg **previous)
{
	if (entry->bits & MACH_PORT_TYPE_PORT_SET)
		return KERN_INVALID_RIGHT;
	if (!(entry->bits & MACH_PORT_TYPE_DEAD_NAME))
		return ipc_right_request(
		    entry, IPC_REQUEST_DEAD_NAME, request, previous);
	if (sync == 0 || request == NULL)
		return KERN_INVALID_ARGUMENT;
	if (entry->urefs == MACH_PORT_UREFS_MAX)
		return KERN_UREFS_OVERFLOW;
	entry->urefs++;
	ipc_notify_dead_name(request, ipc_entry_name(entry));
	*previous = NULL;
	return KERN_SUCCESS;
}

/*
 * To be told when a message can be sent without a wait: at once, if `sync` asks
 * for that and there is room, else when a queue that was full has some.
 */
static kern_return_t
request_send_possible(struct ipc_entry *entry, mach_port_mscount_t sync,
    struct ipc_kmsg *request, struct ipc_kmsg **previous)
{
	struct ipc_port *port = ipc_object_port(entry->object);
	kern_return_t kr;

	if (entry->bits & MACH_PORT_TYPE_DEAD_NAME)
		return request_dead_name(entry, sync, request, previous);
	if (!(entry->bits & MACH_PORT_TYPE_SEND))
		return KERN_INVALID_RIGHT;
	kr = ipc_right_request(
	    entry, IPC_REQUEST_SEND_POSSIBLE, request, previous);
	if (kr == KERN_SUCCESS && request != NULL && sync != 0 &&
	    port->msgcount < port->qlimit)
		ipc_right_send_possible(port);
	return kr;
}

static kern_return_t
request_of_receive(struct ipc_entry *entry, mach_msg_id_t id,
    mach_port_mscount_t sync, struct ipc_kmsg *request,
    struct ipc_kmsg **previous)
{
	struct ipc_port *port = ipc_object_port(entry->object);

	if (!(entry->bits & MACH_PORT_TYPE_RECEIVE))
		return KERN_INVALID_RIGHT;
	if (id == MACH_NOTIFY_NO_SENDERS) {
		*previous = ipc_port_swap_nsrequest(port, request, sync);
		return KERN_SUCCESS;
	}
	if (sync != 0)
		return KERN_INVALID_VALUE;
	*previous = port->pdrequest;
	port->pdrequest = request;
	return KERN_SUCCESS;
}

kern_return_t
mach_port_request_notification(struct ipc_space *space, mach_port_name_t name,
    mach_msg_id_t id, mach_port_mscount_t sync, mach_port_t notify,
    mach_port_t *previous)
{
	struct ipc_kmsg *request = NULL;
	struct ipc_kmsg *old = NULL;
	struct ipc_entry *entry;
	kern_return_t kr = mach_port_find(space, name, &entry);

	if (kr != KERN_SUCCESS)
		return kr;
	if (notify == MACH_PORT_DEAD)
		return KERN_INVALID_CAPABILITY;
	if (id != MACH_NOTIFY_DEAD_NAME && id != MACH_NOTIFY_NO_SENDERS &&
	    id != MACH_NOTIFY_PORT_DESTROYED && id != MACH_NOTIFY_SEND_POSSIBLE)
		return KERN_INVALID_VALUE;
	if (notify != MACH_PORT_NULL) {
		request = ipc_notify_alloc(ipc_port_from_handle(notify));
		if (request == NULL)
			return KERN_RESOURCE_SHORTAGE;
	}
	if (id == MACH_NOTIFY_DEAD_NAME)
		kr = request_dead_name(entry, sync, request, &old);
	else if (id == MACH_NOTIFY_SEND_POSSIBLE)
		kr = request_send_possible(entry, sync, request, &old);
	else
		kr = request_of_receive(entry, id, sync, request, &old);
	if (kr == KERN_SUCCESS)
		*previous = ipc_notify_cancel(old);
	else
		(void)ipc_notify_cancel(request);
	return kr;
}

kern_return_t
mach_port_insert_right(struct ipc_space *space, mach_port_name_t name,
    mach_port_t poly, mach_msg_type_name_t type)
{
	if (space == NULL || !space->active)
		return KERN_INVALID_TASK;
	if (!MACH_PORT_VALID(name) || !MACH_MSG_TYPE_PORT_ANY(type))
		return KERN_INVALID_VALUE;
	return ipc_right_copyout_name(space, poly, type, name);
}

kern_return_t
mach_port_extract_right(struct ipc_space *space, mach_port_name_t name,
    mach_msg_type_name_t disposition, mach_port_t *poly,
    mach_msg_type_name_t *type)
{
	struct ipc_entry *entry;
	kern_return_t kr = mach_port_find(space, name, &entry);

	if (kr != KERN_SUCCESS)
		return kr;
	if (!MACH_MSG_TYPE_PORT_ANY(disposition))
		return KERN_INVALID_VALUE;
	if (entry->object == NULL ||
	    !ipc_right_copyin_check(entry, disposition))
		return KERN_INVALID_RIGHT;
	*poly = ipc_right_copyin(space, entry, disposition);
	*type = ipc_right_type(disposition);
	return KERN_SUCCESS;
}
