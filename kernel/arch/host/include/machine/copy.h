/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The copies of host tests, host/copy.c, are plain calls.
 */
#ifndef MACHINE_COPY_H
#define MACHINE_COPY_H

#include <mach/message.h>

#define MACHINE_COPY(function, from, to, size) function(from, to, size)

static inline bool
copyin_message(
    vm_address_t user, struct message_sent *head, void *body, uint32_t rest)
{
	mach_msg_header_t header;

	if (!user_copyin(user, &header, sizeof(header)))
		return false;
	head->bits = header.msgh_bits;
	head->id = (uint32_t)header.msgh_id;
	head->names = header.msgh_remote_port | (uint64_t)header.msgh_local_port
						    << 32;
	return user_copyin(user + sizeof(header), body, rest * 4UL);
}

static inline bool
copyout_message(const struct message_got *head, const void *body,
    vm_address_t user, uint32_t rest)
{
	const mach_msg_header_t header = {
	    .msgh_bits = head->bits,
	    .msgh_size = head->size,
	    .msgh_remote_port = head->remote,
	    .msgh_local_port = head->local,
	    .msgh_id = (mach_msg_id_t)head->id,
	};

	return user_copyout(&header, user, sizeof(header)) &&
	       user_copyout(body, user + sizeof(header), rest * 4UL);
}

#endif
