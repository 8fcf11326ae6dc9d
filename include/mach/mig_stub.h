/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The table of a server, and what its stubs and who dispatches to them have in
 * common. Only code made by mig and what dispatches to it includes this.
 */
#ifndef MACH_MIG_STUB_H
#define MACH_MIG_STUB_H

#include <mach/mig_errors.h>
#include <mach/mig_support.h>
#include <mach/notify.h>

/* The room of an item in a message, and of a C object. */
#define MIG_ROUND(size) (((size) + 3U) & ~3U)
#define MIG_RAW(type)   ((mach_msg_size_t)MIG_ROUND(sizeof(type)))

/* A pointer as a descriptor has it. */
#define MIG_ADDRESS(pointer) ((uintptr_t)(pointer))

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

#endif
