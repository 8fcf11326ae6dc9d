/* SPDX-License-Identifier: BSD-2-Clause */
/* Releasing what a message carries. */
#include <mach/mach_port_user.h>

#include <libmach/mach.h>
#include <stddef.h>

static void
destroy_port(mach_port_t port, mach_msg_type_name_t disposition)
{
	if (!MACH_PORT_VALID(port))
		return;
	switch (disposition) {
	case MACH_MSG_TYPE_MOVE_SEND:
	case MACH_MSG_TYPE_MOVE_SEND_ONCE:
		syscall_mach_port_deallocate(mach_task_self(), port);
		break;
	case MACH_MSG_TYPE_MOVE_RECEIVE:
		mach_port_mod_refs(
		    mach_task_self(), port, MACH_PORT_RIGHT_RECEIVE, -1);
		break;
	default:
		/* Copied or made when it is sent: nothing is held. */
		break;
	}
}

static void
destroy_memory(uint64_t address, uint64_t size)
{
	if (size > 0)
		syscall_vm_deallocate(mach_task_self(), address, size);
}

static void
destroy_ports(const mach_msg_ool_ports_descriptor_t *ports)
{
	const mach_port_t *names = (const mach_port_t *)ports->address;
	mach_msg_size_t i;

	for (i = 0; i < ports->count; i++)
		destroy_port(names[i], ports->disposition);
	if (ports->copy == MACH_MSG_OVERWRITE)
		return;
	if (ports->deallocate || ports->copy == MACH_MSG_VIRTUAL_COPY)
		destroy_memory(ports->address,
		    (uint64_t)ports->count * sizeof(mach_port_t));
}

static size_t
destroy_descriptor(const mach_msg_descriptor_t *descriptor)
{
	switch (descriptor->type.type) {
	case MACH_MSG_PORT_DESCRIPTOR:
		destroy_port(
		    descriptor->port.name, descriptor->port.disposition);
		return sizeof(descriptor->port);
	case MACH_MSG_OOL_DESCRIPTOR:
		/* What was received into memory of the receiver stays. */
		if (descriptor->out_of_line.copy != MACH_MSG_OVERWRITE)
			destroy_memory(descriptor->out_of_line.address,
			    descriptor->out_of_line.size);
		return sizeof(descriptor->out_of_line);
	case MACH_MSG_OOL_PORTS_DESCRIPTOR:
		destroy_ports(&descriptor->ool_ports);
		return sizeof(descriptor->ool_ports);
	default:
		return 0;
	}
}

void
mach_msg_destroy(mach_msg_header_t *msg)
{
	mach_msg_base_t *base = (mach_msg_base_t *)msg;
	const char *at = (const char *)(base + 1);
	mach_msg_size_t left = 0;

	destroy_port(
	    msg->msgh_remote_port, MACH_MSGH_BITS_REMOTE(msg->msgh_bits));
	msg->msgh_remote_port = MACH_PORT_NULL;
	if (msg->msgh_bits & MACH_MSGH_BITS_COMPLEX)
		left = base->body.msgh_descriptor_count;
	for (; left > 0; left--) {
		size_t size = destroy_descriptor(
		    (const mach_msg_descriptor_t *)(const void *)at);

		if (size == 0)
			break;
		at += size;
	}
}
