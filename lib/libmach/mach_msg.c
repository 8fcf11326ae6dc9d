/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * mach_msg(): the trap, tried again where a wait was cut short, unless the
 * caller asked to be told.
 *
 * Who is told that no reply came gives up its reply port in the same moment, as
 * the server sees it: its reply either was taken, or fails, and then it has
 * answered nobody. So neither a child's end nor a line typed is lost.
 */
#include <libmach/mach.h>
#include <libmach/tcb.h>

/* Kept in memory over the trap: dearer to try again, cheaper to get through. */
struct call {
	mach_msg_header_t *msg;
	mach_msg_option_t option;
	mach_msg_size_t send_size;
	mach_msg_size_t rcv_size;
	mach_port_t rcv_name;
	mach_msg_timeout_t timeout;
	mach_port_t notify;
};

static mach_msg_return_t
trap(const struct call *call, mach_msg_option_t without)
{
	return mach_msg_trap(call->msg, call->option & ~without,
	    without & MACH_SEND_MSG ? 0 : call->send_size, call->rcv_size,
	    call->rcv_name, call->timeout, call->notify);
}

/* The reply to an RPC, if it has come meanwhile; else nobody waits for it. */
static mach_msg_return_t
give_up(const struct call *call)
{
	struct mach_tcb *tcb = mach_tcb_self();

	if (tcb->reply_port != call->rcv_name ||
	    tcb->reply_port == MACH_PORT_NULL)
		return MACH_RCV_INTERRUPTED;
	if (syscall_mach_port_abandon(mach_task_self(), call->rcv_name) ==
	    KERN_FAILURE)
		return trap(call, MACH_SEND_MSG);
	tcb->reply_port = MACH_PORT_NULL;
	return MACH_RCV_INTERRUPTED;
}

static __attribute__((noinline)) mach_msg_return_t
try_again(const struct call *call, mach_msg_return_t code)
{
	if (!(call->option & MACH_SEND_INTERRUPT))
		while (code == MACH_SEND_INTERRUPTED)
			code = trap(call, MACH_MSG_OPTION_NONE);
	/* The request is sent; only the answer is still to come. */
	if (!(call->option & MACH_RCV_INTERRUPT))
		while (code == MACH_RCV_INTERRUPTED)
			code = trap(call, MACH_SEND_MSG);
	else if (code == MACH_RCV_INTERRUPTED)
		code = give_up(call);
	return code;
}

mach_msg_return_t
/* NOLINTNEXTLINE(readability-function-size): the interface has seven. */
mach_msg(mach_msg_header_t *msg, mach_msg_option_t option,
    mach_msg_size_t send_size, mach_msg_size_t rcv_size, mach_port_t rcv_name,
    mach_msg_timeout_t timeout, mach_port_t notify)
{
	struct call call = {
	    msg, option, send_size, rcv_size, rcv_name, timeout, notify};
	mach_msg_return_t code;

	__asm__ volatile("" : "+m"(call));
	code = mach_msg_trap(
	    msg, option, send_size, rcv_size, rcv_name, timeout, notify);
	if (__builtin_expect(code == MACH_MSG_SUCCESS, 1))
		return code;
	return try_again(&call, code);
}
