/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Kernel objects' ports, and calls of them. A message to such a port is never
 * queued: the sender's thread runs the routine and carries the reply.
 */
#include <mach/mig_stub.h>

#include <ipc/ipc_kmsg.h>
#include <ipc/ipc_port.h>
#include <ipc/ipc_right.h>
#include <ipc/ipc_space.h>
#include <ipc/kobject_call.h>
#include <kern/panic.h>

typedef void (*no_senders_fn)(struct ipc_port *port, void *object);
static no_senders_fn no_senders[IKOT_COUNT];

/* The linker collects what IPC_KOBJECT_SUBSYSTEM() makes. */
extern const struct ipc_kobject_server __start_kobject_servers[]
    __attribute__((weak));
extern const struct ipc_kobject_server __stop_kobject_servers[]
    __attribute__((weak));

struct ipc_port *
ipc_kobject_alloc(enum ipc_kobject_type type, void *object)
{
	struct ipc_port *port =
	    ipc_port_create(&ipc_space_kernel, MACH_PORT_NULL);

	if (port != NULL) {
		port->kotype = type;
		port->kobject = object;
	}
	return port;
}

void
ipc_kobject_destroy(struct ipc_port *port)
{
	if (port != NULL && port->object.active)
		ipc_port_destroy(port);
}

void *
ipc_kobject_get(const struct ipc_port *port, enum ipc_kobject_type type)
{
	return port != NULL && port->kotype == type ? port->kobject : NULL;
}

void
ipc_kobject_on_no_senders(enum ipc_kobject_type type, no_senders_fn function)
{
	no_senders[type] = function;
}

void
ipc_kobject_end_later(void (*function)(void))
{
	static struct ipc_reaped later = IPC_REAPED(later, NULL);

	later.function = function;
	ipc_reap_other(&later);
}

/* The routine may destroy the port: the reference keeps it for the caller. */
void
ipc_kobject_no_senders(struct ipc_port *port)
{
	no_senders_fn function = no_senders[port->kotype];

	if (function == NULL)
		return;
	ipc_port_reference(port);
	function(port, port->kobject);
	ipc_port_release(port);
}

/* Where a number was found the last time; each is good for 64 numbers. */
#define KNOWN 32
static const struct mig_subsystem *known[KNOWN];

static bool
has_routine(const struct mig_subsystem *subsystem, mach_msg_id_t id)
{
	return id >= subsystem->first && id < subsystem->end;
}

static const struct mig_subsystem *
find_subsystem(mach_msg_id_t id)
{
	const struct mig_subsystem **last = &known[(uint32_t)id / 64 % KNOWN];
	const struct ipc_kobject_server *server;

	if (*last != NULL && has_routine(*last, id))
		return *last;
	for (server = __start_kobject_servers; server < __stop_kobject_servers;
	     server++) {
		if (has_routine(server->subsystem, id)) {
			*last = server->subsystem;
			return *last;
		}
	}
	return NULL;
}

/* Did the routine take what the request carried? */
static bool
took_request(const struct ipc_kmsg *reply)
{
	const mig_reply_error_t *error = (const void *)&reply->header;

	return (reply->header.msgh_bits & MACH_MSGH_BITS_COMPLEX) ||
	       error->RetCode == KERN_SUCCESS || error->RetCode == MIG_NO_REPLY;
}

bool
ipc_kobject_wants_no_reply(const mach_msg_header_t *reply)
{
	const mig_reply_error_t *error = (const void *)reply;

	return !(reply->msgh_bits & MACH_MSGH_BITS_COMPLEX) &&
	       error->RetCode == MIG_NO_REPLY;
}

mach_msg_size_t
ipc_kobject_find(mach_msg_id_t id, mig_routine_t *stub)
{
	const struct mig_subsystem *subsystem = find_subsystem(id);
	const struct mig_routine_info *routine;

	*stub = NULL;
	if (subsystem == NULL)
		return sizeof(mig_reply_error_t);
	routine = &subsystem->routines[id - subsystem->first];
	*stub = routine->stub;
	return routine->max_reply > sizeof(mig_reply_error_t)
		   ? routine->max_reply
		   : sizeof(mig_reply_error_t);
}

void
ipc_kobject_run(
    mig_routine_t stub, mach_msg_header_t *request, mach_msg_header_t *reply)
{
	mig_start_reply(request, reply, request->msgh_local_port,
	    MACH_MSGH_BITS_LOCAL(request->msgh_bits));
	if (stub != NULL)
		stub(request, reply);
	else
		mig_fail(reply, MIG_BAD_ID);
}

struct ipc_kmsg *
ipc_kobject_reply(struct ipc_kmsg *reply)
{
	ipc_copyin_from_kernel(&reply->header);
	if (ipc_kobject_wants_no_reply(&reply->header) ||
	    !MACH_PORT_VALID(reply->header.msgh_remote_port)) {
		ipc_kmsg_destroy(reply);
		return NULL;
	}
	return reply;
}

struct ipc_kmsg *
ipc_kobject_call(struct ipc_kmsg *request)
{
	mach_msg_header_t *header = &request->header;
	mig_routine_t stub;
	mach_msg_size_t room = ipc_kobject_find(header->msgh_id, &stub);
	struct ipc_kmsg *reply = ipc_kmsg_alloc(room);

	if (header->msgh_bits & MACH_MSGH_BITS_COMPLEX)
		ipc_body_arrived((mach_msg_base_t *)header);
	if (reply == NULL) {
		ipc_kmsg_destroy(request);
		return NULL;
	}
	ipc_kobject_run(stub, header, &reply->header);
	assert(reply->header.msgh_size <= room);
	/* The reply right has moved; rights in the body may have. */
	header->msgh_local_port = MACH_PORT_NULL;
	if (took_request(reply))
		header->msgh_bits &= ~MACH_MSGH_BITS_COMPLEX;
	ipc_right_release(
	    header->msgh_remote_port, MACH_MSGH_BITS_REMOTE(header->msgh_bits));
	header->msgh_remote_port = MACH_PORT_NULL;
	ipc_kmsg_destroy(request);
	return ipc_kobject_reply(reply);
}
