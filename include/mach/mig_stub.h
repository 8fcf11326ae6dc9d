/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The parts all generated stubs have in common, and the table of a server.
 * Only code made by mig and what dispatches to it includes this.
 */
#ifndef MACH_MIG_STUB_H
#define MACH_MIG_STUB_H

#include <mach/mig_errors.h>
#include <mach/mig_support.h>
#include <mach/notify.h>

/* The room of a C object in a message. */
#define MIG_RAW(type) ((mach_msg_size_t)((sizeof(type) + 3) & ~3U))

/* One routine of a server; stub is NULL where the id is skipped. */
struct mig_routine_info {
	mig_routine_t stub;
	mach_msg_size_t max_request;
	mach_msg_size_t max_reply;
};

/* A server: ids first <= id < end, at routines[id - first]. */
struct mig_subsystem {
	mach_msg_id_t first;
	mach_msg_id_t end;
	mach_msg_size_t max_request;
	mach_msg_size_t max_reply; /* error replies included */
	const struct mig_routine_info *routines;
};

/* The stub for an id, or NULL. */
static inline mig_routine_t
mig_find(const struct mig_subsystem *subsystem, mach_msg_id_t id)
{
	if (id < subsystem->first || id >= subsystem->end)
		return (void *)0;
	return subsystem->routines[id - subsystem->first].stub;
}

/*
 * Start the reply to a request from `reply_port`; the stub does the rest.
 */
static inline void
mig_start_reply(const mach_msg_header_t *request, mach_msg_header_t *reply,
    mach_port_t reply_port, mach_msg_type_name_t disposition)
{
	reply->msgh_bits = MACH_MSGH_BITS(disposition, 0);
	reply->msgh_size = sizeof(mig_reply_error_t);
	reply->msgh_remote_port = reply_port;
	reply->msgh_local_port = MACH_PORT_NULL;
	reply->msgh_reserved = 0;
	/* Any id may come. */
	reply->msgh_id = (mach_msg_id_t)((natural_t)request->msgh_id + 100);
}

/* Make the reply one that carries only a return code. */
static inline void
mig_fail(mach_msg_header_t *reply, kern_return_t code)
{
	mig_reply_error_t *error = (void *)reply;

	error->Head.msgh_size = sizeof(*error);
	error->NDR = NDR_record;
	error->RetCode = code;
}

/*
 * The same when the implementation had success, but its answer cannot be sent.
 * The rights and memory of the request are its own now: who destroys the
 * request must not find them there.
 */
static inline void
mig_fail_late(
    mach_msg_header_t *request, mach_msg_header_t *reply, kern_return_t code)
{
	request->msgh_bits &= ~MACH_MSGH_BITS_COMPLEX;
	mig_fail(reply, code);
}

/*
 * Is the request's header right: complex exactly if it has descriptors, as
 * many as it must, and within its sizes?
 */
static inline kern_return_t
mig_check_request(const mach_msg_header_t *request, mach_msg_size_t descriptors,
    mach_msg_size_t min, mach_msg_size_t max)
{
	const mach_msg_base_t *base = (const void *)request;
	int complex = (request->msgh_bits & MACH_MSGH_BITS_COMPLEX) != 0;

	if (complex != (descriptors > 0) || request->msgh_size < min ||
	    request->msgh_size > max ||
	    (complex && base->body.msgh_descriptor_count != descriptors))
		return MIG_BAD_ARGUMENTS;
	return KERN_SUCCESS;
}

/* Throw a received reply away. */
static inline kern_return_t
mig_refuse(mach_msg_header_t *reply, kern_return_t code)
{
	mach_msg_destroy(reply);
	return code;
}

/*
 * Is the reply one to the request of this id, and right as far as its header
 * goes? Returns the server's code if it reports an error; destroys what it
 * refuses.
 */
static inline kern_return_t
mig_check_reply(mach_msg_header_t *reply, mach_msg_id_t id,
    mach_msg_size_t descriptors, mach_msg_size_t min, mach_msg_size_t max)
{
	const mig_reply_error_t *error = (const void *)reply;
	const mach_msg_base_t *base = (const void *)reply;
	int complex = (reply->msgh_bits & MACH_MSGH_BITS_COMPLEX) != 0;

	if (reply->msgh_id != id)
		return mig_refuse(reply, reply->msgh_id == MACH_NOTIFY_SEND_ONCE
					     ? MIG_SERVER_DIED
					     : MIG_REPLY_MISMATCH);
	if (reply->msgh_remote_port != MACH_PORT_NULL)
		return mig_refuse(reply, MIG_TYPE_ERROR);
	/* A reply made by a simpleroutine has its full size even then. */
	if (!complex && reply->msgh_size >= sizeof(*error) &&
	    reply->msgh_size <= max && error->RetCode != KERN_SUCCESS)
		return error->RetCode;
	if (complex != (descriptors > 0) || reply->msgh_size < min ||
	    reply->msgh_size > max ||
	    (complex && base->body.msgh_descriptor_count != descriptors))
		return mig_refuse(reply, MIG_TYPE_ERROR);
	return KERN_SUCCESS;
}

/* The trailer behind a received message, if it reaches to `size`, or NULL. */
static inline const mach_msg_max_trailer_t *
mig_trailer(const mach_msg_header_t *message, mach_msg_size_t size)
{
	mach_msg_size_t at = (message->msgh_size + 3) & ~3U;
	const mach_msg_max_trailer_t *trailer =
	    (const void *)((const char *)message + at);

	if (trailer->msgh_trailer_type != MACH_MSG_TRAILER_FORMAT_0 ||
	    trailer->msgh_trailer_size < size)
		return (void *)0;
	return trailer;
}

/* A call with this reply port is over: may the next use it? */
static inline void
mig_done_reply_port(mach_port_t reply_port, mach_msg_return_t code)
{
	if (code == MACH_MSG_SUCCESS || code == MACH_SEND_INVALID_DATA ||
	    code == MACH_SEND_INVALID_DEST || code == MACH_SEND_INVALID_HEADER)
		mig_put_reply_port(reply_port);
	else
		mig_dealloc_reply_port(reply_port);
}

/*
 * Send the request and receive the reply to it over the calling thread's
 * reply port, which is in the header.
 */
static inline mach_msg_return_t
mig_rpc(mach_msg_header_t *message, mach_msg_option_t option,
    mach_msg_size_t send_size, mach_msg_size_t rcv_size,
    mach_msg_timeout_t timeout)
{
	mach_port_t reply_port = message->msgh_local_port;
	mach_msg_return_t code;

	code = mach_msg(message, MACH_SEND_MSG | MACH_RCV_MSG | option,
	    send_size, rcv_size, reply_port, timeout, MACH_PORT_NULL);
	mig_done_reply_port(reply_port, code);
	return code;
}

/* Where a reply goes, of which the first `list` bytes say where to put what. */
struct mig_scatter {
	mach_msg_header_t *reply;
	mach_msg_size_t rcv_size;
	mach_msg_size_t list;
};

/* mig_rpc() whose reply comes into other memory. */
static inline mach_msg_return_t
mig_rpc_overwrite(mach_msg_header_t *message, mach_msg_option_t option,
    mach_msg_size_t send_size, mach_msg_timeout_t timeout,
    const struct mig_scatter *scatter)
{
	mach_port_t reply_port = message->msgh_local_port;
	mach_msg_return_t code;

	code = mach_msg_overwrite(message,
	    MACH_SEND_MSG | MACH_RCV_MSG | MACH_RCV_OVERWRITE | option,
	    send_size, scatter->rcv_size, reply_port, timeout, MACH_PORT_NULL,
	    scatter->reply, scatter->list);
	mig_done_reply_port(reply_port, code);
	return code;
}

/* The bytes of `count` elements, as far as a descriptor can say. */
static inline mach_msg_size_t
mig_room(mach_msg_type_number_t count, mach_msg_size_t unit)
{
	mach_msg_type_number_t most = 0xffffffffU / unit;

	return (count < most ? count : most) * unit;
}

/* A buffer on loan for one call. */
struct mig_space {
	char *at; /* NULL: there was no memory */
	vm_size_t size;
};

static inline struct mig_space
mig_space_get(vm_size_t size)
{
	return (struct mig_space){mig_user_allocate(size), size};
}

static inline void
mig_space_free(struct mig_space *space)
{
	if (space->at)
		mig_user_deallocate(space->at, space->size);
}

/* Memory an unsent message only lent stays its owner's: forget it. */
static inline void
mig_forget_lent(mach_msg_base_t *base)
{
	char *at = (char *)(base + 1);
	mach_msg_size_t left = base->body.msgh_descriptor_count;

	for (; left > 0; left--) {
		mach_msg_descriptor_t *d = (void *)at;

		at += sizeof(d->port);
		if (d->type.type == MACH_MSG_PORT_DESCRIPTOR)
			continue;
		at += sizeof(d->out_of_line) - sizeof(d->port);
		if (!d->out_of_line.deallocate)
			d->out_of_line.size = 0;
	}
}

/*
 * What became of a message whose sending failed: the kernel took it before it
 * found an error in the body, or gave it back as if received, or left it.
 */
enum mig_unsent { MIG_UNSENT_GONE, MIG_UNSENT_RETURNED, MIG_UNSENT_LEFT };

static inline enum mig_unsent
mig_unsent_state(mach_msg_return_t code)
{
	switch (code & ~MACH_MSG_MASK) {
	case MACH_SEND_TIMED_OUT:
	case MACH_SEND_INTERRUPTED:
		return MIG_UNSENT_RETURNED;
	case MACH_SEND_INVALID_DATA:
	case MACH_SEND_INVALID_DEST:
	case MACH_SEND_INVALID_HEADER:
	case MACH_SEND_INVALID_REPLY:
	case MACH_SEND_INVALID_NOTIFY:
	case MACH_SEND_MSG_TOO_SMALL:
	case MACH_SEND_NO_BUFFER:
		return MIG_UNSENT_LEFT;
	default:
		return MIG_UNSENT_GONE;
	}
}

/*
 * Destroy what a message still holds that could not be sent, after a time-out
 * or after any error of sending.
 */
static inline void
mig_consume_unsent(
    mach_msg_header_t *message, mach_msg_return_t code, boolean_t any)
{
	enum mig_unsent state = mig_unsent_state(code);

	if (state == MIG_UNSENT_GONE ||
	    (!any && (code & ~MACH_MSG_MASK) != MACH_SEND_TIMED_OUT))
		return;
	if (state == MIG_UNSENT_LEFT &&
	    (message->msgh_bits & MACH_MSGH_BITS_COMPLEX) != 0)
		mig_forget_lent((void *)message);
	mach_msg_destroy(message);
	/* The other right of the header. */
	message->msgh_remote_port = message->msgh_local_port;
	message->msgh_bits = MACH_MSGH_BITS_LOCAL(message->msgh_bits);
	mach_msg_destroy(message);
}

/* Zero what follows `size` bytes up to a multiple of 4; returns that. */
static inline mach_msg_size_t
mig_pad(void *data, mach_msg_size_t size)
{
	char *bytes = data;

	for (; size % 4 != 0; size++)
		bytes[size] = 0;
	return size;
}

/* Is one of the first `length` counts more than `limit`? */
static inline int
mig_any_above(const mach_msg_type_number_t *counts,
    mach_msg_type_number_t length, mach_msg_type_number_t limit)
{
	mach_msg_type_number_t i;

	for (i = 0; i < length; i++)
		if (counts[i] > limit)
			return 1;
	return 0;
}

/* Is there a NUL in `room` bytes? */
static inline int
mig_string_ends(const char *string, mach_msg_size_t room)
{
	mach_msg_size_t i;

	for (i = 0; i < room; i++)
		if (string[i] == '\0')
			return 1;
	return 0;
}

/* The length with the NUL, or 0 if there is none in `room` bytes. */
static inline mach_msg_size_t
mig_string_length(const char *string, mach_msg_size_t room)
{
	mach_msg_size_t i;

	for (i = 0; i < room; i++)
		if (string[i] == '\0')
			return i + 1;
	return 0;
}

/* Copy a string; returns its length with the NUL, 0 if it does not fit. */
static inline mach_msg_size_t
mig_put_string(char *to, const char *from, mach_msg_size_t room)
{
	mach_msg_size_t length = mig_strncpy(to, from, room);

	if (length == room && from[room - 1] != '\0')
		return 0;
	return length;
}

#endif
