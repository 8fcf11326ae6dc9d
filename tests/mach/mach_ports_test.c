/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What later Machs added to ports: membership of several sets, attributes, the
 * context that messages bring, guards, construction in one call, and what can
 * be asked of a space: mach_port_insert_member, _extract_member,
 * _get_attributes, _set_attributes, _get_context, _set_context, _construct,
 * _destruct, _guard, _unguard, _space_info, _kernel_object, _get_srights,
 * _dnrequest_info, _peek, _space_basic_info, _allocate_qos, _allocate_full.
 */
#include <mach/mach_port_user.h>
#include <mach/vm_map_user.h>

#include <libmach/mach.h>
#include <libtest/test.h>

#define RECEIVE MACH_PORT_RIGHT_RECEIVE
#define SET     MACH_PORT_RIGHT_PORT_SET
#define NOBODY  ((mach_port_t)0xfffff700U)
#define GUARD   0x1122334455667788ULL

static mach_port_t self;
static mach_port_t port;
static mach_port_t sets[2];

static mach_msg_return_t
send_to(mach_port_t to)
{
	mach_msg_header_t message = {
	    .msgh_bits = MACH_MSGH_BITS(MACH_MSG_TYPE_MAKE_SEND, 0),
	    .msgh_remote_port = to};

	return mach_msg(&message, MACH_SEND_MSG | MACH_SEND_TIMEOUT,
	    sizeof(message), 0, MACH_PORT_NULL, 0, MACH_PORT_NULL);
}

/* Receive what is there; the context of its port is in *context. */
static mach_msg_return_t
receive_from(mach_port_t from, uint64_t *context)
{
	struct {
		mach_msg_header_t header;
		mach_msg_max_trailer_t trailer;
	} message = {0};
	mach_msg_return_t code = mach_msg(&message.header,
	    MACH_RCV_MSG | MACH_RCV_TIMEOUT |
		MACH_RCV_TRAILER_ELEMENTS(MACH_RCV_TRAILER_CTX),
	    0, sizeof(message), from, 0, MACH_PORT_NULL);

	*context = message.trailer.msgh_context;
	return code;
}

static void
test_sets(void)
{
	uint64_t context;

	is_int(mach_port_insert_member(self, port, sets[0]), KERN_SUCCESS,
	    "into a set");
	is_int(mach_port_insert_member(self, port, sets[0]),
	    KERN_ALREADY_IN_SET, "once");
	is_int(mach_port_insert_member(self, port, sets[1]), KERN_SUCCESS,
	    "and into another");
	is_int(mach_port_insert_member(self, port, NOBODY), KERN_INVALID_NAME,
	    "into no name");
	is_int(mach_port_insert_member(self, port, port), KERN_INVALID_RIGHT,
	    "into what is no set");
	is_int(send_to(port), MACH_MSG_SUCCESS, "a message");
	is_int(send_to(port), MACH_MSG_SUCCESS, "a second");
	is_int(receive_from(port, &context), MACH_RCV_IN_SET,
	    "not from the member");
	is_int(receive_from(sets[0], &context), MACH_MSG_SUCCESS,
	    "the first from one set");
	is_int(receive_from(sets[1], &context), MACH_MSG_SUCCESS,
	    "the second from the other");
	is_int(receive_from(sets[0], &context), MACH_RCV_TIMED_OUT,
	    "then there is none");
	is_int(send_to(port), MACH_MSG_SUCCESS, "a third");
	is_int(mach_port_extract_member(self, port, sets[0]), KERN_SUCCESS,
	    "out of one");
	is_int(mach_port_extract_member(self, port, sets[0]), KERN_NOT_IN_SET,
	    "once");
	is_int(receive_from(sets[0], &context), MACH_RCV_TIMED_OUT,
	    "which has its messages no more");
	is_int(
	    receive_from(sets[1], &context), MACH_MSG_SUCCESS, "the other has");
	is_int(mach_port_insert_member(self, port, sets[0]), KERN_SUCCESS,
	    "in again");
	is_int(mach_port_move_member(self, port, MACH_PORT_NULL), KERN_SUCCESS,
	    "moved out of all");
	is_int(mach_port_extract_member(self, port, sets[1]), KERN_NOT_IN_SET,
	    "it is in none");
}

static void
test_attributes(void)
{
	integer_t info[17];
	mach_msg_type_number_t count = 17;

	is_int(mach_port_get_attributes(
		   self, port, MACH_PORT_LIMITS_INFO, info, &count),
	    KERN_SUCCESS, "the limits");
	is_int(count, 1, "one word");
	is_int(info[0], MACH_PORT_QLIMIT_DEFAULT, "of the queue");
	info[0] = 9;
	is_int(mach_port_set_attributes(
		   self, port, MACH_PORT_LIMITS_INFO, info, 1),
	    KERN_SUCCESS, "another limit");
	count = 17;
	is_int(mach_port_get_attributes(
		   self, port, MACH_PORT_RECEIVE_STATUS, info, &count),
	    KERN_SUCCESS, "the status");
	is_int(count, MACH_PORT_STATUS_WORDS, "all of it");
	is_int(info[3], 9, "has the limit");
	count = 3;
	is_int(mach_port_get_attributes(
		   self, port, MACH_PORT_RECEIVE_STATUS, info, &count),
	    KERN_FAILURE, "not into three words");
	is_int(mach_port_get_attributes(self, port, 77, info, &count),
	    KERN_INVALID_ARGUMENT, "no such flavor");
	is_int(mach_port_set_attributes(
		   self, port, MACH_PORT_RECEIVE_STATUS, info, 10),
	    KERN_INVALID_ARGUMENT, "the status cannot be set");
	info[0] = 0;
	is_int(mach_port_set_attributes(
		   self, port, MACH_PORT_LIMITS_INFO, info, 1),
	    KERN_INVALID_VALUE, "a limit of none");
	is_int(mach_port_set_attributes(
		   self, sets[0], MACH_PORT_LIMITS_INFO, info, 1),
	    KERN_INVALID_RIGHT, "of a set");
}

static void
test_context(void)
{
	uint64_t context = 1;

	is_int(mach_port_get_context(self, port, &context), KERN_SUCCESS,
	    "the context");
	ok(context == 0, "is 0 at first");
	is_int(
	    mach_port_set_context(self, port, GUARD), KERN_SUCCESS, "another");
	is_int(send_to(port), MACH_MSG_SUCCESS, "a message");
	is_int(receive_from(port, &context), MACH_MSG_SUCCESS, "received");
	ok(context == GUARD, "brings it");
	is_int(mach_port_guard(self, port, 1, FALSE), KERN_INVALID_ARGUMENT,
	    "no guard besides it");
	is_int(mach_port_set_context(self, port, 0), KERN_SUCCESS, "gone");
	is_int(mach_port_get_context(self, sets[0], &context),
	    KERN_INVALID_RIGHT, "of a set");
}

static void
test_guard(void)
{
	is_int(
	    mach_port_guard(self, port, GUARD, FALSE), KERN_SUCCESS, "a guard");
	is_int(mach_port_guard(self, port, GUARD, FALSE), KERN_INVALID_ARGUMENT,
	    "one is enough");
	is_int(mach_port_set_context(self, port, 5), KERN_INVALID_ARGUMENT,
	    "no context besides");
	is_int(mach_port_mod_refs(self, port, RECEIVE, -1), KERN_INVALID_RIGHT,
	    "it is not dropped");
	is_int(
	    mach_port_destroy(self, port), KERN_INVALID_RIGHT, "nor destroyed");
	is_int(mach_port_destruct(self, port, 0, GUARD + 1),
	    KERN_INVALID_ARGUMENT, "nor ended with another number");
	is_int(mach_port_unguard(self, port, GUARD + 1), KERN_INVALID_ARGUMENT,
	    "nor unguarded with it");
	is_int(mach_port_unguard(self, port, GUARD), KERN_SUCCESS, "unguarded");
	is_int(mach_port_unguard(self, port, GUARD), KERN_INVALID_ARGUMENT,
	    "once");
}

static void
test_construct(void)
{
	mach_port_options_t options = {
	    .flags = MPO_QLIMIT | MPO_INSERT_SEND_RIGHT | MPO_CONTEXT_AS_GUARD |
		     MPO_STRICT,
	    .qlimit = 33};
	mach_port_status_t status = {0};
	mach_port_t made = MACH_PORT_NULL;
	mach_port_t moved = MACH_PORT_NULL;
	mach_msg_type_name_t type;
	mach_port_rights_t srights = 0;
	mach_port_urefs_t refs = 0;

	is_int(mach_port_construct(self, options, GUARD, &made), KERN_SUCCESS,
	    "a port with all of it");
	is_int(mach_port_get_receive_status(self, made, &status), KERN_SUCCESS,
	    "its status");
	is_int(status.mps_qlimit, 33, "its limit");
	is_int(mach_port_get_refs(self, made, MACH_PORT_RIGHT_SEND, &refs),
	    KERN_SUCCESS, "its send right");
	is_int(refs, 1, "is one");
	is_int(mach_port_get_srights(self, made, &srights), KERN_SUCCESS,
	    "all send rights");
	is_int(srights, 1, "are that one");
	is_int(mach_port_extract_right(
		   self, made, MACH_MSG_TYPE_MOVE_RECEIVE, &moved, &type),
	    KERN_INVALID_RIGHT, "strict: it is not moved");
	is_int(mach_port_destruct(self, made, -2, GUARD), KERN_INVALID_VALUE,
	    "more send rights than there are");
	is_int(mach_port_destruct(self, made, -1, GUARD), KERN_SUCCESS,
	    "ended with all its rights");
	is_int(mach_port_get_refs(self, made, RECEIVE, &refs),
	    KERN_INVALID_NAME, "the name is free");
	options.flags = MPO_STRICT;
	is_int(mach_port_construct(self, options, 0, &made), KERN_INVALID_VALUE,
	    "strict needs a guard");
	options.flags = 0x8000;
	is_int(mach_port_construct(self, options, 0, &made), KERN_INVALID_VALUE,
	    "no such option");
	options = (mach_port_options_t){.flags = MPO_QLIMIT};
	is_int(mach_port_construct(self, options, 0, &made), KERN_INVALID_VALUE,
	    "a limit of none");
}

static const ipc_info_name_t *
find_name(const ipc_info_name_t *table, unsigned count, mach_port_t name)
{
	unsigned i;

	for (i = 0; i < count; i++)
		if (table[i].iin_name == name)
			return &table[i];
	return NULL;
}

static void
test_space(void)
{
	ipc_info_space_t space = {0};
	ipc_info_name_array_t table = NULL;
	const ipc_info_name_t *info;
	mach_msg_type_number_t count = 0;
	natural_t type = 0;
	natural_t object = 0;
	natural_t total = 1;
	natural_t used = 1;

	is_int(send_to(port), MACH_MSG_SUCCESS, "a message");
	is_int(mach_port_space_info(self, &space, &table, &count), KERN_SUCCESS,
	    "the space");
	is_int(count, space.iis_table_used, "lists all its names");
	ok(space.iis_table_size >= count, "of those there is room for");
	info = find_name(table, count, port);
	ok(info != NULL && info->iin_type == MACH_PORT_TYPE_RECEIVE &&
		info->iin_msgcount == 1 && info->iin_kotype == 0,
	    "with the port and its message");
	info = find_name(table, count, self);
	ok(info != NULL && info->iin_kotype != 0 && info->iin_urefs > 0,
	    "and the task, which is the kernel's");
	is_int(mach_port_kernel_object(self, self, &type, &object),
	    KERN_SUCCESS, "what the task is");
	ok(info != NULL && type == info->iin_kotype &&
		object == info->iin_object,
	    "as in the list");
	is_int(mach_port_kernel_object(self, sets[0], &type, &object),
	    KERN_INVALID_RIGHT, "a set is nothing of the kernel's");
	is_int(mach_port_dnrequest_info(self, port, &total, &used),
	    KERN_SUCCESS, "dead-name requests");
	is_int(used, 0, "are none");
	is_int(vm_deallocate(self, (vm_address_t)(uintptr_t)table,
		   count * sizeof(*table)),
	    KERN_SUCCESS, "the list is given back");
}

static kern_return_t
peek(natural_t elements, mach_port_seqno_t *seqno, mach_msg_size_t *size,
    mach_msg_type_number_t *count, void *trailer)
{
	mach_msg_id_t id = 0;
	kern_return_t kr =
	    mach_port_peek(self, port, MACH_RCV_TRAILER_ELEMENTS(elements),
		seqno, size, &id, trailer, count);

	if (kr == KERN_SUCCESS)
		is_int(id, (mach_msg_id_t)*size, "its id");
	return kr;
}

/* A message whose id is its size. */
static void
send_of(mach_msg_size_t size)
{
	struct {
		mach_msg_header_t header;
		char room[64];
	} message = {
	    .header = {.msgh_bits = MACH_MSGH_BITS(MACH_MSG_TYPE_MAKE_SEND, 0),
		.msgh_remote_port = port,
		.msgh_id = (mach_msg_id_t)size}};

	is_int(mach_msg(&message.header, MACH_SEND_MSG | MACH_SEND_TIMEOUT,
		   size, 0, MACH_PORT_NULL, 0, MACH_PORT_NULL),
	    MACH_MSG_SUCCESS, "sent");
}

static void
test_peek(void)
{
	mach_msg_max_trailer_t trailer = {0};
	mach_port_seqno_t seqno = 0;
	mach_port_seqno_t first;
	mach_msg_size_t size = 0;
	mach_msg_type_number_t count = sizeof(trailer);
	mach_port_status_t status = {0};
	uint64_t context;

	while (receive_from(port, &context) == MACH_MSG_SUCCESS)
		continue;
	is_int(peek(0, &seqno, &size, &count, &trailer), KERN_FAILURE,
	    "there is no message");
	send_of(sizeof(mach_msg_header_t));
	send_of(sizeof(mach_msg_header_t) + 16);
	seqno = 0;
	is_int(mach_port_set_context(self, port, 77), KERN_SUCCESS, "context");
	count = sizeof(trailer);
	is_int(peek(MACH_RCV_TRAILER_CTX, &seqno, &size, &count, &trailer),
	    KERN_SUCCESS, "the first");
	first = seqno;
	is_int(count, MACH_MSG_TRAILER_CONTEXT_SIZE, "with its trailer");
	is_int(trailer.msgh_seqno, first, "its number");
	is_int(trailer.msgh_context, 77, "its context");
	is_int(size, sizeof(mach_msg_header_t), "its size");
	seqno = first + 1;
	count = 0;
	is_int(peek(0, &seqno, &size, &count, &trailer), KERN_SUCCESS,
	    "the second, without a trailer");
	is_int(size, sizeof(mach_msg_header_t) + 16, "its size");
	is_int(count, 0, "nothing else");
	seqno = first + 2;
	is_int(peek(0, &seqno, &size, &count, &trailer), KERN_FAILURE,
	    "there is no third");
	seqno = 0;
	count = MACH_MSG_TRAILER_CONTEXT_SIZE - 1;
	is_int(peek(MACH_RCV_TRAILER_CTX, &seqno, &size, &count, &trailer),
	    KERN_INVALID_VALUE, "too little room");
	is_int(mach_port_peek(self, sets[0], 0, &seqno, &size,
		   (mach_msg_id_t *)&first, (char *)&trailer, &count),
	    KERN_INVALID_RIGHT, "no receive right");
	is_int(receive_from(port, &context), MACH_MSG_SUCCESS,
	    "they are still there");
	is_int(mach_port_get_receive_status(self, port, &status), KERN_SUCCESS,
	    "one is left");
	is_int(status.mps_msgcount, 1, "of two");
	is_int(mach_port_set_context(self, port, 0), KERN_SUCCESS, "none");
}

static void
test_basic(void)
{
	ipc_info_space_basic_t before = {0};
	ipc_info_space_basic_t after = {0};
	mach_port_t name = MACH_PORT_NULL;

	is_int(mach_port_space_basic_info(self, &before), KERN_SUCCESS,
	    "how big the space is");
	is_int(
	    mach_port_allocate(self, RECEIVE, &name), KERN_SUCCESS, "a name");
	is_int(mach_port_space_basic_info(self, &after), KERN_SUCCESS, "more");
	is_int(after.iisb_table_inuse, before.iisb_table_inuse + 1, "by one");
	ok(after.iisb_table_size >= after.iisb_table_inuse, "there is room");
	ok(after.iisb_table_next >= after.iisb_table_size, "and may be more");
	is_int(mach_port_destroy(self, name), KERN_SUCCESS, "not any more");
	is_int(mach_port_space_basic_info(mach_host_self(), &after),
	    KERN_INVALID_TASK, "no task");
}

static void
test_full(void)
{
	mach_port_qos_t qos = {0, 0};
	mach_port_t name = MACH_PORT_NULL;
	mach_port_t chosen = MACH_PORT_NULL;
	mach_port_type_t type = 0;

	is_int(mach_port_allocate_qos(self, RECEIVE, &qos, &chosen),
	    KERN_SUCCESS, "mach_port_allocate_qos");
	is_int(mach_port_type(self, chosen, &type), KERN_SUCCESS, "a name");
	is_int(type, MACH_PORT_TYPE_RECEIVE, "of a receive right");
	is_int(mach_port_destroy(self, chosen), KERN_SUCCESS, "it goes");
	is_int(mach_port_allocate_full(self, SET, MACH_PORT_NULL, &qos, &name),
	    KERN_SUCCESS, "mach_port_allocate_full");
	is_int(mach_port_destroy(self, name), KERN_SUCCESS, "it goes");
	qos.flags = MACH_PORT_QOS_NAME;
	name = chosen;
	is_int(
	    mach_port_allocate_full(self, RECEIVE, MACH_PORT_NULL, &qos, &name),
	    KERN_SUCCESS, "of a name");
	is_int(name, chosen, "that one");
	is_int(
	    mach_port_allocate_full(self, RECEIVE, MACH_PORT_NULL, &qos, &name),
	    KERN_NAME_EXISTS, "it is taken");
	is_int(mach_port_allocate_qos(self, RECEIVE, &qos, &name),
	    KERN_INVALID_ARGUMENT, "which the other does not do");
	is_int(mach_port_destroy(self, chosen), KERN_SUCCESS, "it goes");
	qos.flags = 0;
	is_int(mach_port_allocate_full(self, RECEIVE, self, &qos, &name),
	    KERN_INVALID_VALUE, "of another port's kind");
	is_int(mach_port_allocate_full(self, 17, MACH_PORT_NULL, &qos, &name),
	    KERN_INVALID_VALUE, "no right");
	is_int(mach_port_allocate_full(
		   mach_host_self(), RECEIVE, MACH_PORT_NULL, &qos, &name),
	    KERN_INVALID_TASK, "no task");
	qos.flags = MACH_PORT_QOS_PREALLOC;
	qos.len = 64;
	is_int(mach_port_allocate_qos(self, RECEIVE, &qos, &name),
	    KERN_INVALID_VALUE, "with a message in reserve");
}

int
main(void)
{
	self = mach_task_self();
	is_int(
	    mach_port_allocate(self, RECEIVE, &port), KERN_SUCCESS, "a port");
	is_int(mach_port_allocate(self, SET, &sets[0]), KERN_SUCCESS, "a set");
	is_int(mach_port_allocate(self, SET, &sets[1]), KERN_SUCCESS, "two");
	test_sets();
	test_attributes();
	test_context();
	test_guard();
	test_construct();
	test_space();
	test_peek();
	test_basic();
	test_full();
	is_int(mach_port_destroy(self, sets[0]), KERN_SUCCESS, "sets go");
	is_int(mach_port_destroy(self, sets[1]), KERN_SUCCESS, "both");
	is_int(mach_port_destroy(self, port), KERN_SUCCESS, "the port goes");
	return test_done();
}
