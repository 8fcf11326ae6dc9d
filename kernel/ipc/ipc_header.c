/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The two rights of a message's header: destination and reply.
 */
#include <ipc/ipc_kmsg.h>
#include <ipc/ipc_port.h>
#include <ipc/ipc_right.h>
#include <ipc/ipc_space.h>
#include <kern/panic.h>

/* What is asked of the two names; the entries are found by check(). */
struct header_rights {
	mach_msg_type_name_t dest_type;
	mach_msg_type_name_t reply_type;
	struct ipc_entry *dest;
	struct ipc_entry *reply; /* NULL: no name to translate */
};

static mach_msg_return_t
check(const mach_msg_header_t *header, struct ipc_space *space,
    struct header_rights *rights)
{
	if ((header->msgh_bits & ~MACH_MSGH_BITS_USER) ||
	    !MACH_MSG_TYPE_PORT_ANY_SEND(rights->dest_type) ||
	    (rights->reply_type == MACH_MSG_TYPE_PORT_NONE
		    ? header->msgh_local_port != MACH_PORT_NULL
		    : !MACH_MSG_TYPE_PORT_ANY_SEND(rights->reply_type)))
		return MACH_SEND_INVALID_HEADER;
	rights->dest = ipc_right_lookup(space, header->msgh_remote_port);
	if (rights->dest == NULL || rights->dest->object == NULL ||
	    !ipc_right_copyin_check(rights->dest, rights->dest_type))
		return MACH_SEND_INVALID_DEST;
	rights->reply = NULL;
	if (!MACH_PORT_VALID(header->msgh_local_port))
		return MACH_MSG_SUCCESS;
	rights->reply = ipc_right_lookup(space, header->msgh_local_port);
	if (rights->reply == NULL ||
	    !ipc_right_copyin_check(rights->reply, rights->reply_type))
		return MACH_SEND_INVALID_REPLY;
	/* One name moved twice must have two references. */
	if (rights->reply == rights->dest &&
	    rights->reply_type == rights->dest_type &&
	    (rights->dest_type == MACH_MSG_TYPE_MOVE_SEND_ONCE ||
		(rights->dest_type == MACH_MSG_TYPE_MOVE_SEND &&
		    rights->dest->urefs < 2)))
		return MACH_SEND_INVALID_REPLY;
	return MACH_MSG_SUCCESS;
}

/*
 * With one name for both, a copy must be taken before the last reference
 * moves: whoever is not moved goes first.
 */
static void
take(mach_msg_header_t *header, struct ipc_space *space,
    const struct header_rights *rights)
{
	bool reply_first = rights->reply != NULL &&
			   rights->reply_type != MACH_MSG_TYPE_MOVE_SEND;

	if (reply_first)
		header->msgh_local_port =
		    ipc_right_copyin(space, rights->reply, rights->reply_type);
	header->msgh_remote_port =
	    ipc_right_copyin(space, rights->dest, rights->dest_type);
	if (rights->reply != NULL && !reply_first)
		header->msgh_local_port =
		    ipc_right_copyin(space, rights->reply, rights->reply_type);
}

mach_msg_return_t
ipc_kmsg_copyin_header(struct ipc_kmsg *kmsg, struct ipc_space *space)
{
	mach_msg_header_t *header = &kmsg->header;
	struct header_rights rights = {
	    .dest_type = MACH_MSGH_BITS_REMOTE(header->msgh_bits),
	    .reply_type = MACH_MSGH_BITS_LOCAL(header->msgh_bits),
	};
	mach_msg_return_t mr = check(header, space, &rights);

	if (mr != MACH_MSG_SUCCESS)
		return mr;
	take(header, space, &rights);
	header->msgh_bits = (header->msgh_bits & MACH_MSGH_BITS_COMPLEX) |
			    MACH_MSGH_BITS(ipc_right_type(rights.dest_type),
				ipc_right_type(rights.reply_type));
	return MACH_MSG_SUCCESS;
}

/*
 * The right the message was sent with is used up: a send right is released, a
 * send-once right has done its duty. Returns the receiver's name.
 */
static mach_port_name_t
use_up(mach_port_t handle, mach_msg_type_name_t type,
    const struct ipc_space *space)
{
	struct ipc_port *port = ipc_port_from_handle(handle);
	mach_port_name_t name;

	if (port == NULL)
		return handle;
	name = port->receiver == space ? port->receiver_name
	       : !port->object.active  ? MACH_PORT_DEAD
				       : MACH_PORT_NULL;
	if (type == MACH_MSG_TYPE_PORT_SEND) {
		ipc_port_release_send(port);
		return name;
	}
	assert(port->sorights > 0);
	port->sorights--;
	ipc_port_check_free(port);
	return name;
}

mach_msg_return_t
ipc_kmsg_copyout_header(struct ipc_kmsg *kmsg, struct ipc_space *space)
{
	mach_msg_header_t *header = &kmsg->header;
	mach_msg_bits_t bits = header->msgh_bits;
	mach_msg_type_name_t dest_type = MACH_MSGH_BITS_REMOTE(bits);
	mach_msg_type_name_t reply_type = MACH_MSGH_BITS_LOCAL(bits);
	mach_port_t reply = header->msgh_local_port;
	kern_return_t kr = KERN_SUCCESS;

	header->msgh_reserved = 0;
	if (bits & MACH_MSGH_BITS_COMPLEX)
		ipc_body_arrived((mach_msg_base_t *)header);
	if (reply != MACH_PORT_NULL)
		kr = ipc_right_copyout(
		    space, reply, reply_type, &header->msgh_local_port);
	if (kr != KERN_SUCCESS) {
		if (bits & MACH_MSGH_BITS_COMPLEX)
			ipc_body_clean((mach_msg_base_t *)header);
		ipc_right_release(reply, reply_type);
		bits = 0;
		reply_type = MACH_MSG_TYPE_PORT_NONE;
		header->msgh_local_port = MACH_PORT_NULL;
		header->msgh_size = sizeof(*header);
	}
	reply = header->msgh_local_port;
	header->msgh_local_port =
	    use_up(header->msgh_remote_port, dest_type, space);
	header->msgh_remote_port = reply;
	header->msgh_bits = (bits & MACH_MSGH_BITS_COMPLEX) |
			    MACH_MSGH_BITS(reply_type, dest_type);
	return kr == KERN_SUCCESS
		   ? MACH_MSG_SUCCESS
		   : MACH_RCV_HEADER_ERROR | ipc_copyout_error(kr);
}

void
ipc_kmsg_accept(struct ipc_kmsg *kmsg)
{
	mach_msg_header_t *header = &kmsg->header;
	mach_msg_bits_t bits = header->msgh_bits;
	mach_port_t reply = header->msgh_local_port;

	if (bits & MACH_MSGH_BITS_COMPLEX)
		ipc_body_arrived((mach_msg_base_t *)header);
	(void)use_up(header->msgh_remote_port, MACH_MSGH_BITS_REMOTE(bits),
	    &ipc_space_kernel);
	header->msgh_remote_port = reply;
	header->msgh_local_port = MACH_PORT_NULL;
	header->msgh_bits = (bits & MACH_MSGH_BITS_COMPLEX) |
			    MACH_MSGH_BITS(MACH_MSGH_BITS_LOCAL(bits), 0);
}

/* A right back to where it came from; lost if there is no room for it now. */
static mach_msg_return_t
put_back(struct ipc_space *space, mach_port_t *port, mach_msg_type_name_t type)
{
	mach_port_t handle = *port;
	kern_return_t kr = ipc_right_copyout(space, handle, type, port);

	if (kr == KERN_SUCCESS)
		return MACH_MSG_SUCCESS;
	ipc_right_release(handle, type);
	*port = MACH_PORT_NULL;
	return ipc_copyout_error(kr);
}

mach_msg_return_t
ipc_kmsg_copyout_pseudo(
    struct ipc_kmsg *kmsg, struct ipc_space *space, struct vm_map *map)
{
	mach_msg_header_t *header = &kmsg->header;
	mach_msg_bits_t bits = header->msgh_bits;
	mach_msg_return_t mr = MACH_MSG_SUCCESS;

	if (bits & MACH_MSGH_BITS_COMPLEX)
		mr |= ipc_kmsg_copyout_body(kmsg, space, map);
	mr |= put_back(
	    space, &header->msgh_remote_port, MACH_MSGH_BITS_REMOTE(bits));
	mr |= put_back(
	    space, &header->msgh_local_port, MACH_MSGH_BITS_LOCAL(bits));
	header->msgh_bits &= MACH_MSGH_BITS_USER;
	return mr;
}

void
ipc_kmsg_undo_copyout(
    struct ipc_kmsg *kmsg, struct ipc_space *space, struct vm_map *map)
{
	mach_msg_header_t *header = &kmsg->header;

	if (header->msgh_bits & MACH_MSGH_BITS_COMPLEX)
		ipc_body_undo_copyout((mach_msg_base_t *)header, space, map);
	ipc_right_undo_copyout(space, header->msgh_remote_port,
	    MACH_MSGH_BITS_REMOTE(header->msgh_bits));
}
