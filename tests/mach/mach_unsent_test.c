/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A message that could not be sent because the queue was full is received by
 * its sender in the buffer it came from (a pseudo-receive): rights are there as
 * moves, memory is at a new address, and the buffer can be sent as it is.
 */
#include "body.h"

#define COUNT 3U

static struct {
	mach_msg_header_t header;
	mach_msg_body_t body;
	mach_msg_port_descriptor_t send;
	mach_msg_port_descriptor_t receive;
	mach_msg_port_descriptor_t null;
	mach_msg_ool_descriptor_t memory;
	mach_msg_ool_ports_descriptor_t array;
	int number;
	char room[64];
} full;
#define FULL_SIZE offsetof(__typeof__(full), room)

static mach_port_t port;  /* has a send right and COUNT references */
static mach_port_t moved; /* a receive right, with a message */
static vm_address_t region;

static mach_port_t *
make_array(void)
{
	vm_address_t array = 0;

	(void)syscall_vm_allocate(self, &array, PAGE, TRUE);
	for (unsigned i = 0; i < COUNT; i++)
		((mach_port_t *)array)[i] = i == 1 ? MACH_PORT_DEAD : port;
	return (mach_port_t *)array;
}

static void
make(mach_port_t reply)
{
	start(&full.header, 5);
	full.header.msgh_bits =
	    MACH_MSGH_BITS_COMPLEX | MACH_MSGH_BITS(MACH_MSG_TYPE_MAKE_SEND,
					 MACH_MSG_TYPE_MAKE_SEND_ONCE);
	full.header.msgh_local_port = reply;
	full.header.msgh_id = 4321;
	full.send = (mach_msg_port_descriptor_t){
	    .name = port, .disposition = MACH_MSG_TYPE_COPY_SEND};
	full.receive = (mach_msg_port_descriptor_t){
	    .name = moved, .disposition = MOVE_RECEIVE};
	full.null = (mach_msg_port_descriptor_t){
	    .disposition = MACH_MSG_TYPE_MAKE_SEND};
	full.memory = (mach_msg_ool_descriptor_t){
	    .address = region,
	    .deallocate = 1,
	    .type = MACH_MSG_OOL_DESCRIPTOR,
	    .size = PAGE + 1,
	};
	full.array = (mach_msg_ool_ports_descriptor_t){
	    .address = (uintptr_t)make_array(),
	    .deallocate = 1,
	    .disposition = MOVE_SEND,
	    .type = MACH_MSG_OOL_PORTS_DESCRIPTOR,
	    .count = COUNT,
	};
	full.number = 5678;
}

/* The body, in whoever's buffer it is now. */
static void
check_body(void)
{
	const mach_port_t *array =
	    (const mach_port_t *)(uintptr_t)full.array.address;
	const char *bytes = (const char *)(uintptr_t)full.memory.address;

	is_int(full.header.msgh_id, 4321, "its id");
	is_int(full.header.msgh_size, FULL_SIZE, "its size");
	is_int(full.number, 5678, "what it says");
	is_int(full.body.msgh_descriptor_count, 5, "all descriptors");
	is_int(full.send.disposition, MOVE_SEND, "a send right");
	is_int(full.send.name, port, "under its name");
	is_int(full.receive.disposition, MOVE_RECEIVE, "a receive right");
	moved = full.receive.name;
	is_int(space_type(moved), MACH_PORT_TYPE_RECEIVE, "by itself");
	is_int(space_status(moved).mps_msgcount, 1, "with its message");
	is_int(full.null.disposition, MOVE_SEND, "a send right that is");
	is_int(full.null.name, MACH_PORT_NULL, "null");
	is_int(full.memory.size, PAGE + 1, "memory");
	is_int(bytes[0], 'a', "from its first byte");
	is_int(bytes[PAGE], 'z', "to its last");
	is_int(full.array.count, COUNT, "an array");
	is_int(full.array.disposition, MOVE_SEND, "of send rights");
	is_int(array[0], port, "the first");
	is_int(array[1], MACH_PORT_DEAD, "the second, dead");
	is_int(array[2], port, "the third");
	is_int(space_refs(port, SEND), COUNT + 1, "references for all");
}

static void
test_unsent(mach_port_t reply)
{
	vm_size_t before = space_memory();
	int names = space_names();

	make(reply);
	is_int(space_send(&full.header, FULL_SIZE), MACH_SEND_TIMED_OUT,
	    "it is not sent");
	is_int(full.header.msgh_bits,
	    MACH_MSGH_BITS_COMPLEX | MACH_MSGH_BITS(MOVE_SEND, MOVE_SEND_ONCE),
	    "what it is now");
	is_int(full.header.msgh_remote_port, queue, "to where");
	is_int(space_refs(queue, SEND), 1, "with a right of its own");
	is_int(space_type(full.header.msgh_local_port),
	    MACH_PORT_TYPE_SEND_ONCE, "a reply right");
	check_body();
	is_int(space_names(), names + 1, "a name for the reply right");
	is_int(space_memory(), before + PAGE, "and for the array a page");
}

/* Room is made, and the same buffer sent and received. */
static void
test_sent_again(mach_port_t reply)
{
	mach_port_t once = full.header.msgh_local_port;

	is_int(received(), MACH_MSG_SUCCESS, "room");
	is_int(space_send(&full.header, FULL_SIZE), MACH_MSG_SUCCESS,
	    "the same buffer is sent");
	is_int(space_type(once), 0, "the reply right is gone");
	is_int(space_type(moved), 0, "the receive right is gone");
	is_int(space_refs(port, SEND), 1, "the send rights are gone");
	is_int(space_type(queue), MACH_PORT_TYPE_RECEIVE, "its own too");
	memset(&full, 0x55, sizeof(full));
	is_int(space_receive(&full.header, sizeof(full), queue),
	    MACH_MSG_SUCCESS, "it is received");
	is_int(full.header.msgh_bits,
	    MACH_MSGH_BITS_COMPLEX | MACH_MSGH_BITS(MOVE_SEND_ONCE, MOVE_SEND),
	    "as any other");
	is_int(full.header.msgh_local_port, queue, "from where");
	is_int(space_status(reply).mps_sorights, 1, "with a reply right");
	check_body();
	(void)mach_port_deallocate(self, full.header.msgh_remote_port);
}

/* Simple, with rights that were moves already and a reply port that is dead. */
static void
test_simple(void)
{
	mach_port_t once =
	    space_extract(self, port, MACH_MSG_TYPE_MAKE_SEND_ONCE);
	mach_msg_header_t header = {
	    .msgh_bits =
		MACH_MSGH_BITS(MACH_MSG_TYPE_MAKE_SEND, MOVE_SEND_ONCE),
	    .msgh_remote_port = queue,
	    .msgh_local_port = once,
	};

	is_int(space_send(&header, sizeof(header)), MACH_SEND_TIMED_OUT,
	    "a send-once right to reply to");
	is_int(space_type(header.msgh_local_port), MACH_PORT_TYPE_SEND_ONCE,
	    "is one again");
	is_int(space_status(port).mps_sorights, 1, "the same");
	(void)mach_port_deallocate(self, header.msgh_local_port);
	header.msgh_bits = MACH_MSGH_BITS(MOVE_SEND, MOVE_SEND_ONCE);
	header.msgh_local_port = MACH_PORT_DEAD;
	is_int(space_send(&header, sizeof(header)), MACH_SEND_TIMED_OUT,
	    "a dead reply port");
	is_int(header.msgh_local_port, MACH_PORT_DEAD, "is dead again");
	is_int(space_refs(queue, SEND), 1, "its right is back");
	(void)mach_port_deallocate(self, queue);
}

int
main(void)
{
	mach_port_t reply;
	mach_msg_header_t header;
	int names;

	self = mach_task_self();
	queue = space_allocate(RECEIVE);
	reply = space_allocate(RECEIVE);
	names = space_names();
	moved = space_allocate(RECEIVE);
	port = space_port_with_send();
	(void)mach_port_mod_refs(self, port, SEND, COUNT - 1);
	(void)vm_allocate(self, &region, 2 * PAGE, TRUE);
	((char *)region)[0] = 'a';
	((char *)region)[PAGE] = 'z';
	header = (mach_msg_header_t){
	    .msgh_bits = MACH_MSGH_BITS(MACH_MSG_TYPE_MAKE_SEND, 0),
	    .msgh_remote_port = moved,
	};
	is_int(space_send(&header, sizeof(header)), MACH_MSG_SUCCESS, "one");
	header.msgh_bits = MACH_MSGH_BITS(MACH_MSG_TYPE_MAKE_SEND, 0);
	header.msgh_remote_port = queue;
	(void)mach_port_set_qlimit(self, queue, 1);
	is_int(space_send(&header, sizeof(header)), MACH_MSG_SUCCESS, "full");
	test_simple();
	test_unsent(reply);
	test_sent_again(reply);
	(void)mach_port_destroy(self, moved);
	(void)mach_port_destroy(self, port);
	is_int(space_names(), names, "no name is left");
	(void)mach_port_destroy(self, queue);
	return test_done();
}
