/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A server whose stubs take messages in two parts, behind the interface of one
 * that takes them whole: requests are taken apart and replies put together as
 * the kernel of such stubs does it, in buffers of exactly their size. NAME is
 * the subsystem, TABLE its table.
 */
#include <mach/mach_types.h>
#include <mach/mig.h>
#include <mach/mig_errors.h>

#include <stdlib.h>
#include <string.h>

#define PASTE2(a, b) a##b
#define PASTE(a, b)  PASTE2(a, b)

boolean_t PASTE(NAME, _server)(
    mach_msg_header_t *request, mach_msg_header_t *reply);
boolean_t PASTE(NAME, _parts_server)(mach_msg_header_t *request,
    void *request_data, mach_msg_max_trailer_t *trailer,
    mach_msg_header_t *reply, void *reply_data);

extern const struct {
	mig_kern_server_routine_t kserver;
	mach_msg_id_t start;
	mach_msg_id_t end;
	unsigned maxsize;
	vm_address_t reserved;
	struct kern_routine_descriptor kroutine[256];
} TABLE;

/* The bytes of header and descriptors, at most all there is. */
static mach_msg_size_t
head_size(const mach_msg_header_t *message)
{
	const mach_msg_base_t *base = (const void *)message;
	mach_msg_size_t size = sizeof(*base);
	mach_msg_size_t i;

	if ((message->msgh_bits & MACH_MSGH_BITS_COMPLEX) == 0)
		return sizeof(*message);
	for (i = 0;
	     i < base->body.msgh_descriptor_count &&
	     size + sizeof(mach_msg_port_descriptor_t) <= message->msgh_size;
	     i++) {
		const mach_msg_descriptor_t *d =
		    (const void *)((const char *)message + size);

		size += d->type.type == MACH_MSG_PORT_DESCRIPTOR
			    ? sizeof(d->port)
			    : sizeof(d->out_of_line);
	}
	return size < message->msgh_size ? size : message->msgh_size;
}

static void *
copy(const void *from, mach_msg_size_t size)
{
	void *to = malloc(size);

	return memcpy(to, from, size);
}

/* The reply's header's part with room for an error, as the kernel makes it. */
static mach_msg_header_t *
start_reply(mach_msg_id_t id, void **data)
{
	mach_msg_size_t size = sizeof(mig_reply_error_t);
	mach_msg_size_t rest = sizeof(mig_reply_error_t);

	if (id >= TABLE.start && id < TABLE.end) {
		const struct kern_routine_descriptor *row =
		    &TABLE.kroutine[id - TABLE.start];

		rest = row->max_reply_msg;
		if (row->reply_descr_count > 0)
			size =
			    (mach_msg_size_t)(sizeof(mach_msg_base_t) +
					      row->reply_descr_count *
						  sizeof(
						      mach_msg_descriptor_t));
	}
	*data = calloc(1, rest + 1);
	return calloc(1, size);
}

boolean_t
PASTE(NAME, _server)(mach_msg_header_t *request, mach_msg_header_t *reply)
{
	mach_msg_size_t head = head_size(request);
	mach_msg_size_t rest = request->msgh_size - head;
	mach_msg_header_t *in = copy(request, head);
	void *in_data = copy((char *)request + head, rest);
	void *trailer = (char *)request + ((request->msgh_size + 3U) & ~3U);
	void *out_data;
	mach_msg_header_t *out = start_reply(request->msgh_id, &out_data);
	boolean_t known =
	    PASTE(NAME, _parts_server)(in, in_data, trailer, out, out_data);

	memcpy(request, in, head);
	if ((out->msgh_bits & MACH_MSGH_BITS_COMPLEX) == 0 &&
	    ((mig_reply_error_t *)(void *)out)->RetCode != KERN_SUCCESS) {
		memcpy(reply, out, sizeof(mig_reply_error_t));
	} else {
		head = head_size(out);
		memcpy(reply, out, head);
		memcpy((char *)reply + head, out_data, out->msgh_size - head);
	}
	free(in);
	free(in_data);
	free(out);
	free(out_data);
	return known;
}
