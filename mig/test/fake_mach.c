/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The fake mach_msg and the run-time support of stubs; see fake_mach.h.
 */
#include "fake_mach.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct fake fake;

const NDR_record_t NDR_record = {.int_rep = 1};

mach_port_t
mig_get_reply_port(void)
{
	fake.reply_ports++;
	return FAKE_REPLY;
}

void
mig_put_reply_port(mach_port_t reply_port)
{
	if (reply_port == FAKE_REPLY)
		fake.reply_ports--;
}

void
mig_dealloc_reply_port(mach_port_t reply_port)
{
	if (reply_port == FAKE_REPLY)
		fake.reply_ports--;
	fake.dead_replies++;
}

mach_msg_size_t
mig_strncpy(char *dest, const char *src, mach_msg_size_t len)
{
	mach_msg_size_t i;

	for (i = 0; i + 1 < len && src[i] != '\0'; i++)
		dest[i] = src[i];
	dest[i] = '\0';
	return i + 1;
}

void
mig_allocate(vm_address_t *address, vm_size_t size)
{
	*address = (vm_address_t)(uintptr_t)malloc(size);
	fake.allocations++;
}

void
mig_deallocate(vm_address_t address, vm_size_t size)
{
	(void)size;
	free((void *)(uintptr_t)address);
	fake.allocations--;
}

char *
mig_user_allocate(vm_size_t size)
{
	fake.allocations++;
	return malloc(size);
}

void
mig_user_deallocate(char *data, vm_size_t size)
{
	(void)size;
	free(data);
	fake.allocations--;
}

void
mig_release_right(mach_port_t name, mach_msg_type_name_t disposition)
{
	(void)name;
	if (disposition == MACH_MSG_TYPE_PORT_SEND)
		fake.released++;
}

/* Call `visit` for each descriptor. */
static void
walk(mach_msg_header_t *message, void (*visit)(mach_msg_descriptor_t *))
{
	mach_msg_base_t *base = (void *)message;
	char *at = (char *)(base + 1);
	uint32_t i;

	if ((message->msgh_bits & MACH_MSGH_BITS_COMPLEX) == 0)
		return;
	for (i = 0; i < base->body.msgh_descriptor_count; i++) {
		mach_msg_descriptor_t *d = (void *)at;
		uint8_t type = d->type.type;

		visit(d);
		at += type == MACH_MSG_PORT_DESCRIPTOR
			  ? sizeof(mach_msg_port_descriptor_t)
			  : sizeof(mach_msg_ool_descriptor_t);
	}
}

static uint8_t
carried(uint8_t disposition)
{
	switch (disposition) {
	case MACH_MSG_TYPE_COPY_SEND:
	case MACH_MSG_TYPE_MAKE_SEND:
		return MACH_MSG_TYPE_PORT_SEND;
	case MACH_MSG_TYPE_MAKE_SEND_ONCE:
		return MACH_MSG_TYPE_PORT_SEND_ONCE;
	default:
		return disposition;
	}
}

static uint64_t
copy_memory(uint64_t address, size_t size, uint8_t deallocate)
{
	void *from = (void *)(uintptr_t)address;
	void *to;

	if (size == 0)
		return 0;
	to = malloc(size);
	memcpy(to, from, size);
	fake.allocations++;
	if (deallocate) {
		free(from);
		fake.allocations--;
	}
	return (uint64_t)(uintptr_t)to;
}

static void
carry(mach_msg_descriptor_t *d)
{
	if (d->type.type == MACH_MSG_PORT_DESCRIPTOR) {
		if (d->port.pad1 != 0 || d->port.pad2 != 0)
			fake.inexact++;
		d->port.disposition = carried(d->port.disposition);
	} else if (d->type.type == MACH_MSG_OOL_DESCRIPTOR) {
		if (d->out_of_line.pad1 != 0)
			fake.inexact++;
		d->out_of_line.address = copy_memory(d->out_of_line.address,
		    d->out_of_line.size, d->out_of_line.deallocate);
	} else {
		d->ool_ports.disposition = carried(d->ool_ports.disposition);
		d->ool_ports.address = copy_memory(d->ool_ports.address,
		    (size_t)d->ool_ports.count * sizeof(mach_port_t),
		    d->ool_ports.deallocate);
	}
}

static void
destroy(mach_msg_descriptor_t *d)
{
	if (d->type.type == MACH_MSG_PORT_DESCRIPTOR) {
		fake.destroyed_right = d->port.name;
		return;
	}
	if (d->out_of_line.address == 0 || d->out_of_line.size == 0 ||
	    d->out_of_line.copy == MACH_MSG_OVERWRITE)
		return;
	free((void *)(uintptr_t)d->out_of_line.address);
	fake.allocations--;
}

void
mach_msg_destroy(mach_msg_header_t *msg)
{
	fake.destroyed++;
	if (!fake.keep_rights)
		walk(msg, destroy);
}

static void
hide_address(mach_msg_descriptor_t *d)
{
	if (d->type.type != MACH_MSG_PORT_DESCRIPTOR)
		d->out_of_line.address = 0;
}

/* Write what is sent to a file, if the test is run to compare it. */
static void
trace(const mach_msg_header_t *message, mach_msg_size_t size)
{
	static FILE *f;
	const char *path = getenv("FAKE_TRACE");
	mach_msg_header_t *copy;

	if (path == NULL)
		return;
	if (f == NULL)
		f = fopen(path, "w");
	if (f == NULL)
		abort();
	copy = malloc(size);
	memcpy(copy, message, size);
	walk(copy, hide_address);
	fwrite(copy, 1, size, f);
	free(copy);
}

/* A copy of a sent message as its receiver gets it, with trailer. */
static mach_msg_header_t *
transfer(const mach_msg_header_t *message, mach_msg_size_t size)
{
	mach_msg_size_t room = size + MACH_MSG_TRAILER_MAX_SIZE;
	mach_msg_header_t *copy = malloc(room);
	mach_msg_max_trailer_t *trailer = (void *)((char *)copy + size);

	trace(message, size);
	memcpy(copy, message, size);
	if (copy->msgh_size != size || size % 4 != 0 ||
	    copy->msgh_reserved != 0)
		fake.inexact++;
	copy->msgh_size = size;
	copy->msgh_remote_port = message->msgh_local_port;
	copy->msgh_local_port = message->msgh_remote_port;
	copy->msgh_bits =
	    (message->msgh_bits & MACH_MSGH_BITS_COMPLEX) |
	    MACH_MSGH_BITS((uint32_t)carried((uint8_t)MACH_MSGH_BITS_LOCAL(
			       message->msgh_bits)),
		(uint32_t)carried(
		    (uint8_t)MACH_MSGH_BITS_REMOTE(message->msgh_bits)));
	walk(copy, carry);
	memset(trailer, 0, sizeof(*trailer));
	trailer->msgh_trailer_size = MACH_MSG_TRAILER_MAX_SIZE;
	trailer->msgh_seqno = 77;
	trailer->msgh_sender = (security_token_t){{501, 20}};
	trailer->msgh_audit.val[7] = 88;
	trailer->msgh_context = 0x123456789abcdefULL;
	return copy;
}

/*
 * A request that is not sent: after a time-out the sender has it back as if
 * received by it, else it is as it was.
 */
static void
give_back(mach_msg_header_t *msg, mach_msg_header_t *request)
{
	if (fake.send_error == MACH_SEND_TIMED_OUT) {
		request->msgh_bits =
		    (request->msgh_bits & MACH_MSGH_BITS_COMPLEX) |
		    MACH_MSGH_BITS(MACH_MSGH_BITS_LOCAL(request->msgh_bits),
			MACH_MSGH_BITS_REMOTE(request->msgh_bits));
		request->msgh_remote_port = msg->msgh_remote_port;
		request->msgh_local_port = msg->msgh_local_port;
		memcpy(msg, request, request->msgh_size);
	}
	free(request);
}

/* Serve a request; its reply is in `reply`. */
static void
serve(mach_msg_header_t *request, mach_msg_header_t *reply)
{
	mig_reply_error_t *error = (void *)reply;

	memset(reply, 0xaa, fake.max_reply);
	fake.demux(request, reply);
	fake.code = (reply->msgh_bits & MACH_MSGH_BITS_COMPLEX) != 0
			? KERN_SUCCESS
			: error->RetCode;
	if (fake.code != KERN_SUCCESS && fake.code != MIG_NO_REPLY) {
		fake.refused++;
		mach_msg_destroy(request);
	}
}

mach_msg_return_t
mach_msg(mach_msg_header_t *msg, mach_msg_option_t option,
    mach_msg_size_t send_size, mach_msg_size_t rcv_size, mach_port_t rcv_name,
    mach_msg_timeout_t timeout, mach_port_t notify)
{
	mach_msg_header_t *request =
	    fake.send_error == MACH_MSG_SUCCESS ||
		    fake.send_error == MACH_SEND_TIMED_OUT
		? transfer(msg, send_size)
		: NULL;
	mach_msg_header_t *reply = malloc(fake.max_reply);
	mach_msg_header_t *answer = NULL;
	mach_msg_return_t code = MACH_MSG_SUCCESS;

	(void)notify;
	fake.option = option;
	fake.timeout = timeout;
	fake.request_size = send_size;
	fake.request_bits = msg->msgh_bits;
	fake.rcv_name = rcv_name;
	fake.destroyed_right = MACH_PORT_NULL;
	if (fake.send_error != MACH_MSG_SUCCESS) {
		give_back(msg, request);
		free(reply);
		return fake.send_error;
	}
	if (fake.on_request != NULL)
		request = fake.on_request(request);
	serve(request, reply);
	if ((option & MACH_RCV_MSG) == 0)
		goto out;
	if (fake.code == MIG_NO_REPLY) {
		code = MACH_RCV_TIMED_OUT;
		goto out;
	}
	answer = transfer(reply, reply->msgh_size);
	fake.reply_size = reply->msgh_size;
	if (fake.on_reply != NULL)
		answer = fake.on_reply(answer);
	if (answer->msgh_size + MACH_MSG_TRAILER_MINIMUM_SIZE > rcv_size) {
		mach_msg_destroy(answer);
		code = MACH_RCV_TOO_LARGE;
		goto out;
	}
	memset(msg, 0xbb, rcv_size);
	memcpy(msg, answer,
	    answer->msgh_size + MACH_MSG_TRAILER_MAX_SIZE < rcv_size
		? answer->msgh_size + MACH_MSG_TRAILER_MAX_SIZE
		: rcv_size);
out:
	free(answer);
	free(reply);
	free(request);
	return code;
}
