/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * mach_msg_overwrite() over fake_mach.c: a message received into memory the
 * caller has. The kernel puts it there; here what came is copied and freed. The
 * buffer starts with a list of where to put what: a body and descriptors, of
 * which those with MACH_MSG_OVERWRITE have address and size.
 */
#include <mach/mig_support.h>

#define LIST_ON_STACK 512

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

/* The received descriptor at `at` and the next one's place. */
static mach_msg_descriptor_t *
next_descriptor(char **at)
{
	mach_msg_descriptor_t *d = (void *)*at;

	*at += d->type.type == MACH_MSG_PORT_DESCRIPTOR
		   ? sizeof(d->port)
		   : sizeof(d->out_of_line);
	return d;
}

static uint64_t
length(const mach_msg_descriptor_t *d)
{
	if (d->type.type == MACH_MSG_OOL_DESCRIPTOR)
		return d->out_of_line.size;
	return (uint64_t)d->ool_ports.count * sizeof(mach_port_t);
}

static int
is_wanted(const mach_msg_descriptor_t *want)
{
	return want->type.type != MACH_MSG_PORT_DESCRIPTOR &&
	       want->out_of_line.copy == MACH_MSG_OVERWRITE;
}

/* What is wrong with one descriptor; nothing is done if any is. */
static mach_msg_return_t
check(mach_msg_descriptor_t *want, mach_msg_descriptor_t *got)
{
	if (!is_wanted(want))
		return MACH_MSG_SUCCESS;
	if (got->type.type != want->type.type)
		return MACH_RCV_INVALID_TYPE;
	if (length(got) > length(want))
		return MACH_RCV_SCATTER_SMALL;
	return MACH_MSG_SUCCESS;
}

static mach_msg_return_t
put(mach_msg_descriptor_t *want, mach_msg_descriptor_t *got)
{
	uint64_t size = length(got);

	if (!is_wanted(want))
		return MACH_MSG_SUCCESS;
	if (size != 0) {
		__builtin_memcpy((void *)(uintptr_t)want->out_of_line.address,
		    (const void *)(uintptr_t)got->out_of_line.address, size);
		mig_deallocate(got->out_of_line.address, size);
	}
	got->out_of_line.address = want->out_of_line.address;
	got->out_of_line.deallocate = FALSE;
	got->out_of_line.copy = MACH_MSG_OVERWRITE;
	return MACH_MSG_SUCCESS;
}

/* Go through list and message together, up to the end of either. */
static mach_msg_return_t
each(char *list, mach_msg_size_t list_size, mach_msg_header_t *message,
    mach_msg_return_t (*visit)(
	mach_msg_descriptor_t *, mach_msg_descriptor_t *))
{
	mach_msg_base_t *base = (void *)message;
	char *want = list + sizeof(*base);
	char *got = (char *)(base + 1);
	mach_msg_size_t left = base->body.msgh_descriptor_count;
	mach_msg_return_t code = MACH_MSG_SUCCESS;

	if ((message->msgh_bits & MACH_MSGH_BITS_COMPLEX) == 0)
		return code;
	while (left-- > 0 && code == MACH_MSG_SUCCESS &&
	       want + sizeof(mach_msg_port_descriptor_t) <= list + list_size) {
		mach_msg_descriptor_t *d = next_descriptor(&want);

		if (want > list + list_size)
			break;
		code = visit(d, next_descriptor(&got));
	}
	return code;
}

/* Receive over the list, whose copy is `list`, and do what it says. */
static mach_msg_return_t
receive(const struct call *call, char *list)
{
	mach_msg_header_t *msg = call->rcv_msg;
	mach_msg_option_t option = call->option & ~MACH_RCV_OVERWRITE;
	mach_msg_return_t code;

	__builtin_memcpy(list, msg, call->list_size);
	/* One trap for both, if the request has room where the reply goes. */
	if ((option & MACH_SEND_MSG) && call->send_size > call->rcv_size) {
		code =
		    mach_msg(call->msg, option & ~MACH_RCV_MSG, call->send_size,
			0, MACH_PORT_NULL, call->timeout, call->notify);
		if (code != MACH_MSG_SUCCESS)
			return code;
		option &= ~MACH_SEND_MSG;
	} else if (option & MACH_SEND_MSG) {
		__builtin_memcpy(msg, call->msg, call->send_size);
	}
	code = mach_msg(msg, option, call->send_size, call->rcv_size,
	    call->rcv_name, call->timeout, call->notify);
	/* An unsent request is given back where it came from. */
	if ((option & MACH_SEND_MSG) && mach_msg_unsent(code))
		__builtin_memcpy(call->msg, msg, call->send_size);
	if (code != MACH_MSG_SUCCESS)
		return code;
	code = each(list, call->list_size, msg, check);
	if (code == MACH_MSG_SUCCESS)
		return each(list, call->list_size, msg, put);
	mach_msg_destroy(msg);
	return code;
}

static mach_msg_return_t
receive_over(const struct call *call)
{
	char small[LIST_ON_STACK] __attribute__((aligned(8)));
	char *list = small;
	mach_msg_return_t code;

	if (call->list_size > call->rcv_size)
		return MACH_RCV_INVALID_DATA;
	if (call->list_size > sizeof(small))
		list = mig_user_allocate(call->list_size);
	if (list == (void *)0)
		return MACH_RCV_INVALID_DATA;
	code = receive(call, list);
	if (list != small)
		mig_user_deallocate(list, call->list_size);
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

	if (!(option & MACH_RCV_MSG) || rcv_msg == (void *)0)
		return mach_msg(msg, option & ~MACH_RCV_OVERWRITE, send_size,
		    rcv_size, rcv_name, timeout, notify);
	if (!(option & MACH_RCV_OVERWRITE))
		call.list_size = 0;
	return receive_over(&call);
}
