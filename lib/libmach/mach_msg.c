/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * mach_msg(): the trap, tried again where a wait was cut short, unless the
 * caller asked to be told.
 */
#include <libmach/mach.h>

mach_msg_return_t
/* NOLINTNEXTLINE(readability-function-size): the interface has seven. */
mach_msg(mach_msg_header_t *msg, mach_msg_option_t option,
    mach_msg_size_t send_size, mach_msg_size_t rcv_size, mach_port_t rcv_name,
    mach_msg_timeout_t timeout, mach_port_t notify)
{
	mach_msg_return_t code;

	code = mach_msg_trap(
	    msg, option, send_size, rcv_size, rcv_name, timeout, notify);
	if (__builtin_expect(code == MACH_MSG_SUCCESS, 1))
		return code;
	if (!(option & MACH_SEND_INTERRUPT))
		while (code == MACH_SEND_INTERRUPTED)
			code = mach_msg_trap(msg, option, send_size, rcv_size,
			    rcv_name, timeout, notify);
	/* The request is sent; only the answer is still to come. */
	if (!(option & MACH_RCV_INTERRUPT))
		while (code == MACH_RCV_INTERRUPTED)
			code = mach_msg_trap(msg, option & ~MACH_SEND_MSG, 0,
			    rcv_size, rcv_name, timeout, notify);
	return code;
}
