/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Every routine of the kernel on an object of another kind: of a thread on a
 * task, of a task on the host, and so on, in messages of all sizes and with
 * each kind of descriptor. Each is answered, and none does anything.
 */
#include <mach/mig_errors.h>
#include <mach/thread_act_user.h>

#include "space.h"

#define LONGEST 160U

enum kind { HOST, TASK, THREAD, PORTS };

static const struct subsystem {
	const char *name;
	mach_msg_id_t first;
	mach_msg_id_t end;
	enum kind kind; /* of its objects; PORTS: of none of these */
} subsystems[] = {
    {"host", 200, 230, HOST},
    {"host_priv", 400, 420, HOST},
    {"memory_object_control", 2000, 2030, PORTS},
    {"mach_port", 3200, 3260, TASK},
    {"task", 3400, 3450, TASK},
    {"thread_act", 3600, 3640, THREAD},
    {"vm_map", 3800, 3840, TASK},
    {"no subsystem", 5000, 5003, PORTS},
};

union call {
	mach_msg_header_t header;
	mach_msg_base_t base;
	mig_reply_error_t error;
	struct {
		mach_msg_base_t base;
		mach_msg_descriptor_t descriptor;
	} complex;
	char bytes[4096];
};

static const char *const kind_names[] = {"the host", "a task", "a thread"};
static mach_port_t objects[PORTS];
static mach_port_t reply;
static union call message;
static unsigned answers;
static unsigned refused;
static unsigned odd; /* the first id that was not refused */

/* Descriptors of port, memory and array type, empty; 3: none. */
static void
call(mach_port_t object, mach_msg_id_t id, unsigned type, mach_msg_size_t size)
{
	memset(&message, 0, LONGEST);
	message.header = (mach_msg_header_t){
	    .msgh_bits = MACH_MSGH_BITS(
		MACH_MSG_TYPE_COPY_SEND, MACH_MSG_TYPE_MAKE_SEND_ONCE),
	    .msgh_remote_port = object,
	    .msgh_local_port = reply,
	    .msgh_id = id,
	};
	if (type < 3) {
		message.header.msgh_bits |= MACH_MSGH_BITS_COMPLEX;
		message.base.body.msgh_descriptor_count = 1;
		message.complex.descriptor.type.type = (uint8_t)type;
		/* The same byte for a port and for an array. */
		message.complex.descriptor.ool_ports.disposition =
		    type == MACH_MSG_OOL_DESCRIPTOR ? 0
						    : MACH_MSG_TYPE_COPY_SEND;
	} else {
		memcpy(message.bytes + sizeof(mach_msg_header_t), &NDR_record,
		    sizeof(NDR_record));
	}
	if (mach_msg(&message.header,
		MACH_SEND_MSG | MACH_RCV_MSG | MACH_RCV_TIMEOUT, size,
		sizeof(message), reply, 1000,
		MACH_PORT_NULL) != MACH_MSG_SUCCESS)
		return;
	answers++;
	if (!(message.header.msgh_bits & MACH_MSGH_BITS_COMPLEX) &&
	    message.header.msgh_id == id + 100 &&
	    message.error.RetCode != KERN_SUCCESS &&
	    message.error.RetCode != MIG_NO_REPLY)
		refused++;
	else if (odd == 0)
		odd = (unsigned)id;
}

static void
test_subsystem(const struct subsystem *subsystem, enum kind kind)
{
	unsigned calls = 0;
	char text[80];

	answers = refused = odd = 0;
	for (mach_msg_id_t id = subsystem->first; id < subsystem->end; id++)
		for (unsigned type = 0; type < 4; type++)
			for (mach_msg_size_t size =
				 type < 3 ? sizeof(mach_msg_base_t) + 16
					  : sizeof(mach_msg_header_t);
			     size <= LONGEST; size += 4) {
				calls++;
				call(objects[kind], id, type, size);
			}
	(void)snprintf(text, sizeof(text), "%s of %s: each call is answered",
	    subsystem->name, kind_names[kind]);
	is_int(answers, calls, text);
	(void)snprintf(text, sizeof(text), "%s of %s: each is refused",
	    subsystem->name, kind_names[kind]);
	is_int(refused, calls, text);
	is_int(odd, 0, "down to the last");
}

/* By the routines themselves: what they say of an object of another kind. */
static void
test_codes(void)
{
	mach_port_t host = objects[HOST];
	mach_port_t task = objects[TASK];
	task_basic_info_data_t info;
	mach_msg_type_number_t count = TASK_BASIC_INFO_COUNT;
	mach_port_t port;

	is_int(thread_suspend(task), KERN_INVALID_ARGUMENT, "suspend a task");
	is_int(thread_resume(host), KERN_INVALID_ARGUMENT, "resume the host");
	is_int(thread_abort(task), KERN_INVALID_ARGUMENT, "abort a task");
	is_int(thread_terminate(task), KERN_INVALID_ARGUMENT, "as a thread");
	is_int(thread_get_special_port(task, 1, &port), KERN_INVALID_ARGUMENT,
	    "its port");
	is_int(thread_set_special_port(task, 3, MACH_PORT_NULL),
	    KERN_INVALID_ARGUMENT, "its exception port");
	is_int(thread_policy(task, 1, 10), KERN_INVALID_ARGUMENT, "its policy");
	is_int(task_suspend(host), KERN_INVALID_ARGUMENT, "suspend the host");
	is_int(task_resume(host), KERN_INVALID_ARGUMENT, "resume it");
	is_int(task_terminate(host), KERN_INVALID_ARGUMENT, "end it");
	is_int(task_info(host, TASK_BASIC_INFO, (task_info_t)&info, &count),
	    KERN_INVALID_ARGUMENT, "its memory");
	is_int(task_get_special_port(host, 1, &port), KERN_INVALID_ARGUMENT,
	    "its port");
	is_int(thread_create(host, &port), KERN_INVALID_TASK, "its threads");
	is_int(
	    task_create(host, FALSE, &port), KERN_INVALID_TASK, "its children");
}

int
main(void)
{
	vm_size_t memory;
	int names;

	self = mach_task_self();
	reply = space_allocate(RECEIVE);
	objects[HOST] = mach_host_self();
	is_int(
	    task_create(self, FALSE, &objects[TASK]), KERN_SUCCESS, "a task");
	is_int(thread_create(objects[TASK], &objects[THREAD]), KERN_SUCCESS,
	    "a thread of it");
	names = space_names();
	memory = space_memory();
	test_codes();
	for (unsigned i = 0; i < sizeof(subsystems) / sizeof(subsystems[0]);
	     i++)
		for (unsigned kind = HOST; kind < PORTS; kind++)
			if (subsystems[i].kind != (enum kind)kind)
				test_subsystem(&subsystems[i], (enum kind)kind);
	is_int(space_names(), names, "no name is left");
	is_int(space_memory(), memory, "no memory is left");
	is_int(task_terminate(objects[TASK]), KERN_SUCCESS, "the task ends");
	return test_done();
}
