/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What mach_msg() (arch/) does when its trap has an error: try again where a
 * wait was cut short, unless the caller asked to be told.
 *
 * Who is told that no reply came gives up its reply port in the same moment, as
 * the server sees it: its reply either was taken, or fails, and then it has
 * answered nobody. So neither a child's end nor a line typed is lost.
 */
#include <libmach/mach.h>
#include <libmach/tcb.h>

#include "msg_call.h"

static mach_msg_return_t
trap(const struct mach_msg_call *call, mach_msg_option_t without)
{
	return mach_msg_trap((mach_msg_header_t *)call->msg,
	    (mach_msg_option_t)call->option & ~without,
	    (mach_msg_size_t)call->send_size, (mach_msg_size_t)call->rcv_size,
	    (mach_port_t)call->rcv_name, (mach_msg_timeout_t)call->timeout,
	    (mach_port_t)call->notify);
}

/* The reply to an RPC, if it has come meanwhile; else nobody waits for it. */
static mach_msg_return_t
give_up(const struct mach_msg_call *call)
{
	struct mach_tcb *tcb = mach_tcb_self();
	mach_port_t name = (mach_port_t)call->rcv_name;

	if (tcb->reply_port != name || name == MACH_PORT_NULL)
		return MACH_RCV_INTERRUPTED;
	if (syscall_mach_port_abandon(mach_task_self(), name) == KERN_FAILURE)
		return trap(call, MACH_SEND_MSG);
	tcb->reply_port = MACH_PORT_NULL;
	return MACH_RCV_INTERRUPTED;
}

mach_msg_return_t
mach_msg_again(const struct mach_msg_call *call, mach_msg_return_t code)
{
	mach_msg_option_t option = (mach_msg_option_t)call->option;

	if (!(option & MACH_SEND_INTERRUPT))
		while (code == MACH_SEND_INTERRUPTED)
			code = trap(call, MACH_MSG_OPTION_NONE);
	/* The request is sent; only the answer is still to come. */
	if (!(option & MACH_RCV_INTERRUPT))
		while (code == MACH_RCV_INTERRUPTED)
			code = trap(call, MACH_SEND_MSG);
	else if (code == MACH_RCV_INTERRUPTED)
		code = give_up(call);
	return code;
}
