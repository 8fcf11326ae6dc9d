/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * mach_msg_overwrite(): another buffer to receive into, and with a list in it
 * memory that the caller has, which the kernel fills: its trap has one buffer
 * and takes the list's size for a send's.
 */
#include <mach/mig_support.h>

struct call {
	mach_msg_header_t *msg;
	mach_msg_option_t option;
	mach_msg_size_t send_size;
	mach_msg_size_t rcv_size;
	mach_port_t rcv_name;
	mach_msg_timeout_t timeout;
	mach_port_t notify;
	mach_msg_header_t *rcv_msg;
	mach_msg_size_t list_size; /* 0: new memory for everything */
};

/* First the one, then the other. */
static mach_msg_return_t
in_two(const struct call *call)
{
	mach_msg_return_t code;

	code = mach_msg(call->msg,
	    call->option & ~(MACH_RCV_MSG | MACH_RCV_OVERWRITE),
	    call->send_size, 0, MACH_PORT_NULL, call->timeout, call->notify);
	if (code != MACH_MSG_SUCCESS)
		return code;
	return mach_msg(call->rcv_msg, call->option & ~MACH_SEND_MSG,
	    call->list_size, call->rcv_size, call->rcv_name, call->timeout,
	    call->notify);
}

/* The request from where the reply goes: the trap that servers wait for. */
static mach_msg_return_t
in_one(const struct call *call)
{
	mach_msg_return_t code;

	__builtin_memcpy(call->rcv_msg, call->msg, call->send_size);
	code = mach_msg(call->rcv_msg, call->option, call->send_size,
	    call->rcv_size, call->rcv_name, call->timeout, call->notify);
	/* An unsent request is given back where it came from. */
	if (mach_msg_unsent(code))
		__builtin_memcpy(call->msg, call->rcv_msg, call->send_size);
	return code;
}

mach_msg_return_t
/* NOLINTNEXTLINE(readability-function-size): the interface has nine. */
mach_msg_overwrite(mach_msg_header_t *msg, mach_msg_option_t option,
    mach_msg_size_t send_size, mach_msg_size_t rcv_size, mach_port_t rcv_name,
    mach_msg_timeout_t timeout, mach_port_t notify, mach_msg_header_t *rcv_msg,
    mach_msg_size_t list_size)
{
	struct call call = {msg, option, send_size, rcv_size, rcv_name, timeout,
	    notify, rcv_msg, list_size};

	if (!(option & MACH_RCV_OVERWRITE) || list_size == 0) {
		call.option &= ~MACH_RCV_OVERWRITE;
		call.list_size = 0;
	}
	if (!(option & MACH_RCV_MSG) || rcv_msg == (void *)0)
		return mach_msg(msg, call.option & ~MACH_RCV_OVERWRITE,
		    send_size, rcv_size, rcv_name, timeout, notify);
	if (call.list_size > rcv_size)
		return MACH_RCV_INVALID_DATA;
	if (!(option & MACH_SEND_MSG))
		return mach_msg(rcv_msg, call.option, call.list_size, rcv_size,
		    rcv_name, timeout, notify);
	return call.list_size != 0 || send_size > rcv_size ? in_two(&call)
							   : in_one(&call);
}
