/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Looking at a message that waits, without receiving it; and ports made as OSF
 * Mach's mach_port_allocate_full makes them.
 */
#include <ipc/ipc_kmsg.h>
#include <ipc/ipc_port.h>
#include <ipc/ipc_space.h>
#include <ipc/mach_port.h>
#include <ipc/mach_port_find.h>
#include <kern/string.h>

/* The message that will have a sequence number, or NULL. */
static struct ipc_kmsg *
find_message(struct ipc_port *port, mach_port_seqno_t seqno)
{
	mach_port_seqno_t at = port->seqno;

	list_for_each (node, &port->messages)
		if (at++ == seqno)
			return ipc_kmsg_entry(node);
	return NULL;
}

kern_return_t
/* NOLINTNEXTLINE(readability-function-size): the interface has so many */
mach_port_peek(struct ipc_space *space, mach_port_name_t name,
    natural_t trailer_type, mach_port_seqno_t *seqno, mach_msg_size_t *size,
    mach_msg_id_t *id, char *info, mach_msg_type_number_t *count)
{
	mach_msg_size_t extra =
	    ipc_trailer_size((mach_msg_option_t)trailer_type);
	const struct ipc_kmsg *kmsg;
	mach_msg_max_trailer_t trailer;
	struct ipc_port *port;
	kern_return_t kr = mach_port_find_receive(space, name, &port);

	if (kr != KERN_SUCCESS)
		return kr;
	if (extra > *count)
		return KERN_INVALID_VALUE;
	if (*seqno == 0)
		*seqno = port->seqno;
	kmsg = find_message(port, *seqno);
	if (kmsg == NULL)
		return KERN_FAILURE;
	trailer = (mach_msg_max_trailer_t){
	    .msgh_trailer_type = MACH_MSG_TRAILER_FORMAT_0,
	    .msgh_trailer_size = extra,
	    .msgh_seqno = *seqno,
	    .msgh_sender = kmsg->token,
	    .msgh_audit = {{kmsg->token.val[0], kmsg->token.val[1],
		kmsg->groups}},
	    .msgh_context = port->context,
	};
	memcpy(info, &trailer, extra);
	*count = extra;
	*size = kmsg->header.msgh_size;
	*id = kmsg->header.msgh_id;
	return KERN_SUCCESS;
}

kern_return_t
mach_port_space_basic_info(
    struct ipc_space *space, ipc_info_space_basic_t *info)
{
	if (space == NULL || !space->active)
		return KERN_INVALID_TASK;
	*info = (ipc_info_space_basic_t){
	    .iisb_genno_mask = MACH_PORT_GEN(~0U),
	    .iisb_table_size = space->leaf_count * (IPC_LEAF_SLOTS - 1),
	    .iisb_table_next = space->leaf_max * (IPC_LEAF_SLOTS - 1),
	    .iisb_table_inuse = space->names,
	};
	return KERN_SUCCESS;
}

kern_return_t
mach_port_allocate_full(struct ipc_space *space, mach_port_right_t right,
    mach_port_t proto, mach_port_qos_t *qos, mach_port_name_t *name)
{
	if (space == NULL)
		return KERN_INVALID_TASK;
	if (proto != MACH_PORT_NULL || (qos->flags & ~MACH_PORT_QOS_NAME) != 0)
		return KERN_INVALID_VALUE;
	return qos->flags & MACH_PORT_QOS_NAME
		   ? mach_port_allocate_name(space, right, *name)
		   : mach_port_allocate(space, right, name);
}

kern_return_t
mach_port_allocate_qos(struct ipc_space *space, mach_port_right_t right,
    mach_port_qos_t *qos, mach_port_name_t *name)
{
	return qos->flags & MACH_PORT_QOS_NAME
		   ? KERN_INVALID_ARGUMENT
		   : mach_port_allocate_full(
			 space, right, MACH_PORT_NULL, qos, name);
}
