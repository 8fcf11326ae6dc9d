/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The loop of a simple server: one buffer takes the request, the other the
 * reply; sending the reply and receiving the next request is one trap.
 */
#include <mach/mig_stub.h>

#include <libmach/mach.h>
#include <stdbool.h>

/* Space behind a message for the largest trailer. */
#define ROOM MACH_MSG_TRAILER_MAX_SIZE

/*
 * Let demux answer the request. Returns whether there is a reply to send; if
 * the request failed, what it carried is released.
 */
static bool
serve(mach_msg_demux_t demux, mach_msg_header_t *request,
    mach_msg_header_t *reply)
{
	mig_reply_error_t *error = (mig_reply_error_t *)(void *)reply;

	if (!demux(request, reply)) {
		mig_start_reply(request, reply, request->msgh_remote_port,
		    MACH_MSGH_BITS_REMOTE(request->msgh_bits));
		mig_fail(reply, MIG_BAD_ID);
	}
	if (!(reply->msgh_bits & MACH_MSGH_BITS_COMPLEX)) {
		if (error->RetCode == MIG_NO_REPLY)
			return false;
		if (error->RetCode != KERN_SUCCESS) {
			request->msgh_remote_port = MACH_PORT_NULL;
			mach_msg_destroy(request);
		}
	}
	if (reply->msgh_remote_port == MACH_PORT_NULL) {
		mach_msg_destroy(reply);
		return false;
	}
	return true;
}

static mach_msg_return_t
send_reply(mach_msg_header_t *reply)
{
	mach_msg_return_t code =
	    mach_msg(reply, MACH_SEND_MSG | MACH_SEND_TIMEOUT, reply->msgh_size,
		0, MACH_PORT_NULL, 0, MACH_PORT_NULL);

	if (code != MACH_MSG_SUCCESS)
		mach_msg_destroy(reply);
	return code;
}

static mach_msg_return_t
run(mach_msg_demux_t demux, mach_msg_header_t *buffer[2], vm_size_t size,
    mach_port_t port, mach_msg_option_t options)
{
	mach_msg_header_t *request = buffer[0];
	mach_msg_header_t *reply = buffer[1];
	mach_msg_option_t sending = 0;

	for (;;) {
		mach_msg_header_t *message = sending ? reply : request;
		mach_msg_return_t code;

		code = mach_msg(message, MACH_RCV_MSG | sending | options,
		    sending ? message->msgh_size : 0, (mach_msg_size_t)size,
		    port, 0, MACH_PORT_NULL);
		/* A reply nobody takes must not stop the server. */
		if (sending && mach_msg_unsent(code)) {
			mach_msg_destroy(message);
			sending = 0;
			continue;
		}
		if (code == MACH_RCV_TOO_LARGE) {
			sending = 0;
			continue;
		}
		if (code != MACH_MSG_SUCCESS)
			return code;
		/* The request is now where the reply was. */
		if (sending) {
			reply = request;
			request = message;
		}
		sending = serve(demux, request, reply)
			      ? MACH_SEND_MSG | MACH_SEND_TIMEOUT
			      : 0;
	}
}

static bool
get_buffers(mach_msg_header_t *buffer[2], vm_size_t size, vm_address_t *memory)
{
	if (syscall_vm_allocate(mach_task_self(), memory, 2 * size, TRUE) !=
	    KERN_SUCCESS)
		return false;
	buffer[0] = (mach_msg_header_t *)*memory;
	buffer[1] = (mach_msg_header_t *)(*memory + size);
	return true;
}

mach_msg_return_t
mach_msg_server(mach_msg_demux_t demux, mach_msg_size_t max_size,
    mach_port_t port, mach_msg_option_t options)
{
	vm_size_t size = VM_ROUND_PAGE((vm_size_t)max_size + ROOM);
	mach_msg_header_t *buffer[2];
	vm_address_t memory;
	mach_msg_return_t code;

	if (!get_buffers(buffer, size, &memory))
		return KERN_RESOURCE_SHORTAGE;
	code = run(demux, buffer, size, port, options);
	syscall_vm_deallocate(mach_task_self(), memory, 2 * size);
	return code;
}

mach_msg_return_t
mach_msg_server_once(mach_msg_demux_t demux, mach_msg_size_t max_size,
    mach_port_t port, mach_msg_option_t options)
{
	vm_size_t size = VM_ROUND_PAGE((vm_size_t)max_size + ROOM);
	mach_msg_header_t *buffer[2];
	vm_address_t memory;
	mach_msg_return_t code;

	if (!get_buffers(buffer, size, &memory))
		return KERN_RESOURCE_SHORTAGE;
	code = mach_msg(buffer[0], MACH_RCV_MSG | options, 0,
	    (mach_msg_size_t)size, port, 0, MACH_PORT_NULL);
	if (code == MACH_MSG_SUCCESS && serve(demux, buffer[0], buffer[1]))
		code = send_reply(buffer[1]);
	syscall_vm_deallocate(mach_task_self(), memory, 2 * size);
	return code;
}
