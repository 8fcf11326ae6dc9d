/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * MACH_RCV_OVERWRITE: data and arrays of ports received into memory that a list
 * in the receive buffer names; what the list leaves out, and what is wrong with
 * it. Each case counts the names and the memory of the task before and after.
 */
#include "body.h"
#include "waiter.h"

#define SIZE (3 * PAGE)

/* A message with a port, memory and an array of two ports; and a list. */
struct three {
	mach_msg_header_t header;
	mach_msg_body_t body;
	mach_msg_port_descriptor_t port;
	mach_msg_ool_descriptor_t data;
	mach_msg_ool_ports_descriptor_t ports;
	char room[128];
};

#define THREE_SIZE ((mach_msg_size_t)offsetof(struct three, room))

static struct three three;
static mach_port_t carried, names[2];
static mach_port_t into_ports[4];
static char *source, *target;

static mach_msg_return_t
send_three(vm_size_t size)
{
	start(&three.header, 3);
	three.port = (mach_msg_port_descriptor_t){
	    .name = carried,
	    .disposition = COPY_SEND,
	    .type = MACH_MSG_PORT_DESCRIPTOR,
	};
	three.data = (mach_msg_ool_descriptor_t){
	    .address = (vm_address_t)source,
	    .copy = MACH_MSG_VIRTUAL_COPY,
	    .type = MACH_MSG_OOL_DESCRIPTOR,
	    .size = (mach_msg_size_t)size,
	};
	names[0] = carried;
	names[1] = MACH_PORT_NULL;
	three.ports = (mach_msg_ool_ports_descriptor_t){
	    .address = (vm_address_t)names,
	    .copy = MACH_MSG_VIRTUAL_COPY,
	    .disposition = COPY_SEND,
	    .type = MACH_MSG_OOL_PORTS_DESCRIPTOR,
	    .count = 2,
	};
	return space_send(&three.header, THREE_SIZE);
}

/* A list that wants data at `target` and the names in into_ports. */
static void
list_three(vm_size_t size)
{
	memset(&three, 0, sizeof(three));
	three.body.msgh_descriptor_count = 3;
	three.port.type = MACH_MSG_PORT_DESCRIPTOR;
	three.data = (mach_msg_ool_descriptor_t){
	    .address = (vm_address_t)target,
	    .copy = MACH_MSG_OVERWRITE,
	    .type = MACH_MSG_OOL_DESCRIPTOR,
	    .size = (mach_msg_size_t)size,
	};
	three.ports = (mach_msg_ool_ports_descriptor_t){
	    .address = (vm_address_t)into_ports,
	    .copy = MACH_MSG_OVERWRITE,
	    .type = MACH_MSG_OOL_PORTS_DESCRIPTOR,
	    .count = 4,
	};
}

static mach_msg_return_t
receive_over(mach_msg_size_t list_size)
{
	return mach_msg(&three.header,
	    MACH_RCV_MSG | MACH_RCV_TIMEOUT | MACH_RCV_OVERWRITE, list_size,
	    sizeof(three), queue, 0, MACH_PORT_NULL);
}

static void
fill(vm_size_t size, char seed)
{
	for (vm_size_t i = 0; i < size; i++)
		source[i] = (char)(seed + (char)(i * 7));
	memset(target, 0x55, SIZE);
	memset(into_ports, 0x55, sizeof(into_ports));
}

static bool
is_there(vm_size_t size)
{
	for (vm_size_t i = 0; i < size; i++)
		if (target[i] != source[i])
			return false;
	return size == SIZE || target[size] == 0x55;
}

/* The rights of the message that came. */
static void
drop_rights(void)
{
	for (unsigned i = 0; i < 2; i++)
		(void)mach_port_deallocate(self, carried);
}

static void
test_into(vm_size_t size, const char *what)
{
	vm_size_t memory = space_memory();
	int had = space_names();

	fill(size, (char)size);
	is_int(send_three(size), MACH_MSG_SUCCESS, "sent");
	list_three(SIZE);
	is_int(receive_over(THREE_SIZE), MACH_MSG_SUCCESS, what);
	ok(is_there(size), "the data is where it was wanted, and no more");
	is_int(three.data.size, size, "its size");
	is_int(three.data.copy, MACH_MSG_OVERWRITE, "it was put there");
	is_int(three.data.deallocate, FALSE, "it is not to be freed");
	ok(three.data.address == (vm_address_t)target, "its address");
	is_int(three.ports.count, 2, "two ports");
	is_int(three.ports.copy, MACH_MSG_OVERWRITE, "put there");
	ok(three.ports.address == (vm_address_t)into_ports, "their address");
	is_int(into_ports[0], carried, "the first");
	is_int(into_ports[1], MACH_PORT_NULL, "the second");
	is_int(into_ports[2], 0x55555555, "there is no third");
	is_int(three.port.name, carried, "the port beside them");
	drop_rights();
	is_int(space_memory(), memory, "no memory was taken");
	is_int(space_names(), had, "no name is left");
}

/* A list that ends early, or wants new memory: as without one. */
static void
test_partly(void)
{
	static const struct {
		mach_msg_size_t size;
		const char *what;
	} lists[] = {
	    {0, "no list"},
	    {sizeof(mach_msg_header_t), "nothing but a header"},
	    {sizeof(mach_msg_base_t), "a list of nothing"},
	    {offsetof(struct three, data), "of a port"},
	    {offsetof(struct three, data) + 12, "that ends in a descriptor"},
	    {offsetof(struct three, ports), "without the array"},
	};

	for (unsigned i = 0; i < sizeof(lists) / sizeof(*lists); i++) {
		vm_size_t memory = space_memory();
		bool wanted = lists[i].size == offsetof(struct three, ports);

		fill(SIZE, (char)i);
		is_int(send_three(SIZE), MACH_MSG_SUCCESS, "sent");
		list_three(SIZE);
		is_int(receive_over(lists[i].size), MACH_MSG_SUCCESS,
		    lists[i].what);
		ok((three.data.address == (vm_address_t)target) == wanted,
		    "the data where the list says");
		ok(three.ports.address != (vm_address_t)into_ports,
		    "the array in new memory");
		is_int(
		    three.ports.copy, MACH_MSG_VIRTUAL_COPY, "as it was sent");
		drop_rights();
		if (!wanted)
			(void)vm_deallocate(self, three.data.address, SIZE);
		(void)vm_deallocate(
		    self, three.ports.address, 2 * sizeof(mach_port_t));
		is_int(space_memory(), memory, "no memory is left");
	}
	fill(SIZE, 1);
	is_int(send_three(SIZE), MACH_MSG_SUCCESS, "sent");
	list_three(SIZE);
	three.data.copy = MACH_MSG_ALLOCATE;
	is_int(receive_over(THREE_SIZE), MACH_MSG_SUCCESS, "MACH_MSG_ALLOCATE");
	ok(three.data.address != (vm_address_t)target, "is new memory");
	is_int(into_ports[0], carried, "the array where it was wanted");
	(void)vm_deallocate(self, three.data.address, SIZE);
	drop_rights();
}

/* The message is destroyed, with everything in it. */
static void
refused(mach_msg_size_t list_size, mach_msg_return_t code, const char *what)
{
	is_int(receive_over(list_size), code, what);
	is_int(target[0], 0x55, "nothing was written");
	is_int(into_ports[0], 0x55555555, "nor here");
	is_int(space_status(queue).mps_msgcount, 0, "the message is gone");
}

static void
test_refused(void)
{
	vm_size_t memory = space_memory();
	int had = space_names();
	mach_port_urefs_t refs = space_refs(carried, SEND);

	fill(SIZE, 2);
	(void)send_three(SIZE);
	list_three(SIZE - 1);
	refused(THREE_SIZE, MACH_RCV_SCATTER_SMALL, "too little room for data");
	(void)send_three(SIZE);
	list_three(SIZE);
	three.ports.count = 1;
	refused(THREE_SIZE, MACH_RCV_SCATTER_SMALL, "for the array");
	(void)send_three(SIZE);
	list_three(SIZE);
	three.data.type = MACH_MSG_OOL_PORTS_DESCRIPTOR;
	refused(THREE_SIZE, MACH_RCV_INVALID_TYPE, "an array for data");
	(void)send_three(SIZE);
	list_three(SIZE);
	three.ports.type = MACH_MSG_OOL_DESCRIPTOR;
	three.ports.count = (mach_msg_size_t)SIZE;
	refused(THREE_SIZE, MACH_RCV_INVALID_TYPE, "data for an array");
	is_int(space_memory(), memory, "no memory is left");
	is_int(space_names(), had, "no name");
	is_int(space_refs(carried, SEND), refs, "no right");
}

/* What cannot be put where it is wanted is lost; the rest arrives. */
static void
test_nowhere(void)
{
	vm_address_t read_only = get_memory(SIZE);
	vm_size_t memory = space_memory();
	int had = space_names();

	(void)vm_protect(self, read_only, SIZE, FALSE, VM_PROT_READ);
	fill(SIZE, 3);
	(void)send_three(SIZE);
	list_three(SIZE);
	three.data.address = read_only;
	is_int(receive_over(THREE_SIZE),
	    MACH_RCV_BODY_ERROR | MACH_MSG_VM_SPACE, "not to be written to");
	is_int(three.data.size, 0, "the data is lost");
	is_int(into_ports[0], carried, "the ports have come");
	drop_rights();
	(void)send_three(SIZE);
	list_three(SIZE);
	three.ports.address = read_only;
	is_int(receive_over(THREE_SIZE),
	    MACH_RCV_BODY_ERROR | MACH_MSG_VM_SPACE, "nor names");
	is_int(three.ports.count, 0, "the array is lost");
	ok(is_there(SIZE), "the data has come");
	(void)mach_port_deallocate(self, carried);
	(void)send_three(SIZE);
	list_three(SIZE);
	three.data.address = 16;
	is_int(receive_over(THREE_SIZE),
	    MACH_RCV_BODY_ERROR | MACH_MSG_VM_SPACE, "no memory there");
	drop_rights();
	is_int(space_memory(), memory, "no memory is left");
	is_int(space_names(), had, "no name");
	(void)vm_deallocate(self, read_only, SIZE);
}

static void
test_options(void)
{
	fill(SIZE, 4);
	(void)send_three(SIZE);
	list_three(SIZE);
	is_int(receive_over(sizeof(three) + 1), MACH_RCV_INVALID_DATA,
	    "a list beyond the buffer");
	is_int(space_status(queue).mps_msgcount, 1, "the message waits");
	is_int(mach_msg(&three.header,
		   MACH_RCV_MSG | MACH_RCV_LARGE | MACH_RCV_OVERWRITE,
		   sizeof(mach_msg_base_t), THREE_SIZE - 4, queue, 0,
		   MACH_PORT_NULL),
	    MACH_RCV_TOO_LARGE, "MACH_RCV_LARGE");
	is_int(three.header.msgh_size, THREE_SIZE, "its size");
	is_int(receive_over(THREE_SIZE), MACH_MSG_SUCCESS, "with more room");
	ok(is_there(SIZE), "and the same list");
	drop_rights();
	is_int(receive_over(THREE_SIZE), MACH_RCV_TIMED_OUT, "nothing comes");
	list_three(SIZE);
	start(&message.header, 0);
	message.header.msgh_bits &= ~MACH_MSGH_BITS_COMPLEX;
	is_int(space_send(&message.header, sizeof(message.header)),
	    MACH_MSG_SUCCESS, "a message without a body");
	is_int(receive_over(THREE_SIZE), MACH_MSG_SUCCESS, "needs no list");
}

/* Who waits with a list is not given the message the short way. */
static void
test_wait(void)
{
	static struct waiter waiter;
	struct {
		mach_msg_base_t base;
		mach_msg_ool_descriptor_t data;
	} *over = (void *)waiter.message.room;

	fill(SIZE, 5);
	waiter = (struct waiter){.option = MACH_RCV_MSG | MACH_RCV_OVERWRITE,
	    .send_size =
		sizeof(mach_msg_base_t) + sizeof(mach_msg_ool_descriptor_t),
	    .rcv_size = sizeof(waiter.message),
	    .name = queue};
	over->base.body.msgh_descriptor_count = 1;
	over->data = (mach_msg_ool_descriptor_t){
	    .address = (vm_address_t)target,
	    .copy = MACH_MSG_OVERWRITE,
	    .type = MACH_MSG_OOL_DESCRIPTOR,
	    .size = (mach_msg_size_t)SIZE,
	};
	ok(waiter_start(&waiter), "a receiver waits");
	is_int(sent_memory(
		   (vm_address_t)source, SIZE, FALSE, MACH_MSG_VIRTUAL_COPY),
	    MACH_MSG_SUCCESS, "sent");
	is_int(waiter_end(&waiter), MACH_MSG_SUCCESS, "received");
	ok(is_there(SIZE), "where it was wanted");
	is_int(over->data.copy, MACH_MSG_OVERWRITE, "it says so");
}

/* OSF's call: the request from one buffer, the reply over the list in another.
 */
static void
test_call(void)
{
	struct three out;

	fill(SIZE, 6);
	list_three(SIZE);
	start(&message.header, 1);
	message.first.port = (mach_msg_port_descriptor_t){
	    .name = carried, .disposition = COPY_SEND};
	is_int(mach_msg_overwrite(&message.header,
		   MACH_SEND_MSG | MACH_RCV_MSG | MACH_RCV_OVERWRITE |
		       MACH_RCV_TIMEOUT,
		   sizeof(mach_msg_base_t) + sizeof(message.first.port),
		   sizeof(three), queue, 0, MACH_PORT_NULL, &three.header,
		   offsetof(struct three, data)),
	    MACH_MSG_SUCCESS, "sent and received");
	is_int(three.port.name, carried, "in the other buffer");
	(void)mach_port_deallocate(self, carried);
	(void)send_three(SIZE);
	list_three(SIZE);
	is_int(mach_msg_overwrite(NULL,
		   MACH_RCV_MSG | MACH_RCV_OVERWRITE | MACH_RCV_TIMEOUT, 0,
		   sizeof(three), queue, 0, MACH_PORT_NULL, &three.header,
		   THREE_SIZE),
	    MACH_MSG_SUCCESS, "received only");
	ok(is_there(SIZE), "over the list");
	drop_rights();
	(void)send_three(SIZE);
	is_int(mach_msg_overwrite(&message.header,
		   MACH_RCV_MSG | MACH_RCV_OVERWRITE, 0, sizeof(three), queue,
		   0, MACH_PORT_NULL, &three.header, sizeof(three) + 1),
	    MACH_RCV_INVALID_DATA, "a list beyond the buffer");
	is_int(
	    mach_msg_overwrite(NULL, MACH_RCV_MSG | MACH_RCV_TIMEOUT, 0,
		sizeof(out), queue, 0, MACH_PORT_NULL, &out.header, THREE_SIZE),
	    MACH_MSG_SUCCESS, "without the option");
	ok(out.data.address != (vm_address_t)target, "there is no list");
	mach_msg_destroy(&out.header);
}

int
main(void)
{
	self = mach_task_self();
	queue = space_allocate(RECEIVE);
	carried = space_port_with_send();
	source = (char *)get_memory(SIZE);
	target = (char *)get_memory(SIZE + PAGE);
	test_into(SIZE, "whole pages");
	test_into(PAGE + 100, "a page and a part");
	test_into(100, "a few bytes");
	test_into(0, "no bytes");
	target += 8;
	test_into(2 * PAGE, "at any address");
	target -= 8;
	test_partly();
	test_refused();
	test_nowhere();
	test_options();
	test_wait();
	test_call();
	return test_done();
}
