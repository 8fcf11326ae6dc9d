/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Messages with one descriptor to a port of one's own, for the tests of what a
 * message's body may carry.
 */
#ifndef TESTS_MACH_BODY_H
#define TESTS_MACH_BODY_H

#include <mach/vm_map_user.h>

#include "space.h"

#define PAGE      ((vm_size_t)4096)
#define ARRAY_MAX 16384U /* the kernel's limit */

struct message {
	mach_msg_header_t header;
	mach_msg_body_t body;
	mach_msg_descriptor_t first;
	char room[256];
};

static mach_port_t queue;
static struct message message;

static inline vm_address_t
get_memory(vm_size_t size)
{
	vm_address_t address = 0;

	(void)vm_allocate(self, &address, size, TRUE);
	return address;
}

static inline void
start(mach_msg_header_t *header, mach_msg_size_t descriptors)
{
	*header = (mach_msg_header_t){
	    .msgh_bits = MACH_MSGH_BITS_COMPLEX |
			 MACH_MSGH_BITS(MACH_MSG_TYPE_MAKE_SEND, 0),
	    .msgh_remote_port = queue,
	};
	((mach_msg_base_t *)header)->body.msgh_descriptor_count = descriptors;
}

static inline mach_msg_return_t
sent(size_t descriptor_size)
{
	return space_send(&message.header,
	    (mach_msg_size_t)(sizeof(mach_msg_base_t) + descriptor_size));
}

static inline mach_msg_return_t
received(void)
{
	memset(&message, 0x55, sizeof(message));
	return space_receive(&message.header, sizeof(message), queue);
}

static inline mach_msg_return_t
sent_memory(vm_address_t address, vm_size_t size, boolean_t gone, unsigned copy)
{
	start(&message.header, 1);
	message.first.out_of_line = (mach_msg_ool_descriptor_t){
	    .address = address,
	    .deallocate = (uint8_t)gone,
	    .copy = (uint8_t)copy,
	    .type = MACH_MSG_OOL_DESCRIPTOR,
	    .size = (mach_msg_size_t)size,
	};
	return sent(sizeof(message.first.out_of_line));
}

static inline mach_msg_return_t
sent_array(vm_address_t address, unsigned count, boolean_t gone,
    mach_msg_type_name_t disposition)
{
	start(&message.header, 1);
	message.first.ool_ports = (mach_msg_ool_ports_descriptor_t){
	    .address = address,
	    .deallocate = (uint8_t)gone,
	    .copy = MACH_MSG_VIRTUAL_COPY,
	    .disposition = (uint8_t)disposition,
	    .type = MACH_MSG_OOL_PORTS_DESCRIPTOR,
	    .count = count,
	};
	return sent(sizeof(message.first.ool_ports));
}

static inline mach_msg_return_t
sent_port(mach_port_t name, unsigned disposition)
{
	start(&message.header, 1);
	message.first.port = (mach_msg_port_descriptor_t){
	    .name = name, .disposition = (uint8_t)disposition};
	return sent(sizeof(message.first.port));
}

#endif
