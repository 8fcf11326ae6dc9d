/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The arguments of mach_msg(), as arch/<name>/msg_call.S leaves them: good if
 * the trap was interrupted, but for the size of what had been sent already;
 * registers, of which the narrow ones have anything above.
 */
#ifndef LIBMACH_MSG_CALL_H
#define LIBMACH_MSG_CALL_H

#include <mach/message.h>

struct mach_msg_call {
	uint64_t msg;
	uint64_t option;
	uint64_t send_size;
	uint64_t rcv_size;
	uint64_t rcv_name;
	uint64_t timeout;
	uint64_t notify;
};

/* The trap has failed with `code`: the call's result. */
extern mach_msg_return_t mach_msg_again(
    const struct mach_msg_call *call, mach_msg_return_t code);

#endif
