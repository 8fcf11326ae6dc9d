/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The errors of mach_msg that come at once, and what becomes of the rights
 * and of the message. Those of waits are in mach_waits_test.c, of dispositions
 * in mach_rights_test.c, of bodies in mach_descriptors_test.c.
 */
#include "body.h"

#define QUEUE_MAX 16384U /* messages of send-once rights */
#define BITS      MACH_MSGH_BITS
#define MAKE      MACH_MSG_TYPE_MAKE_SEND
#define COPY      MACH_MSG_TYPE_COPY_SEND
#define MOVE      MACH_MSG_TYPE_MOVE_SEND
#define ONCE      MACH_MSG_TYPE_MAKE_SEND_ONCE
#define MOVE_ONCE MACH_MSG_TYPE_MOVE_SEND_ONCE
#define SIZE      sizeof(mach_msg_header_t)

static char large[MACH_MSG_SIZE_MAX + 4];

static mach_msg_return_t
sent_header(mach_msg_bits_t bits, mach_port_t remote, mach_port_t local)
{
	message.header = (mach_msg_header_t){.msgh_bits = bits,
	    .msgh_remote_port = remote,
	    .msgh_local_port = local};
	return space_send(&message.header, SIZE);
}

static void
test_sizes(void)
{
	mach_msg_header_t *header = (void *)large;
	vm_address_t page = 0;

	(void)vm_allocate(self, &page, PAGE, TRUE);
	*header = (mach_msg_header_t){
	    .msgh_bits = BITS(MAKE, 0), .msgh_remote_port = queue};
	is_int(space_send(header, 0), MACH_SEND_MSG_TOO_SMALL, "nothing");
	is_int(space_send(header, SIZE - 4), MACH_SEND_MSG_TOO_SMALL,
	    "less than a header");
	is_int(space_send(header, SIZE + 2), MACH_SEND_MSG_TOO_SMALL,
	    "not of whole words");
	is_int(space_send(header, MACH_MSG_SIZE_MAX + 4), MACH_SEND_NO_BUFFER,
	    "more than there may be");
	is_int(space_send(header, ~3U), MACH_SEND_NO_BUFFER, "or far more");
	is_int(space_send(header, MACH_MSG_SIZE_MAX), MACH_MSG_SUCCESS,
	    "as much as there may be");
	is_int(space_receive(header, sizeof(large), queue), MACH_MSG_SUCCESS,
	    "it comes back");
	is_int(header->msgh_size, MACH_MSG_SIZE_MAX, "with its size");
	header = (mach_msg_header_t *)(page + PAGE - SIZE);
	*header = (mach_msg_header_t){
	    .msgh_bits = BITS(MAKE, 0), .msgh_remote_port = queue};
	is_int(space_send(header, SIZE), MACH_MSG_SUCCESS, "at a page's end");
	is_int(
	    space_receive(header, SIZE, queue), MACH_MSG_SUCCESS, "received");
	header->msgh_bits = BITS(MAKE, 0);
	header->msgh_remote_port = queue;
	(void)vm_deallocate(self, page, PAGE);
	is_int(space_send(header, SIZE), MACH_SEND_INVALID_DATA, "not there");
	is_int(space_send((void *)(~(uintptr_t)0 - 15), 64),
	    MACH_SEND_INVALID_DATA, "round the end of addresses");
	is_int(space_status(queue).mps_srights, FALSE, "no right was made");
}

static void
test_bits(void)
{
	mach_msg_return_t wrong = MACH_SEND_INVALID_HEADER;

	is_int(sent_header(BITS(MAKE, 0) | MACH_MSGH_BITS_CIRCULAR, queue, 0),
	    wrong, "a bit of the kernel's");
	is_int(sent_header(BITS(MAKE, 0) | 0x00010000U, queue, 0), wrong,
	    "a bit of nobody's");
	is_int(sent_header(0, queue, 0), wrong, "no disposition");
	is_int(sent_header(BITS(15, 0), queue, 0), wrong, "not one");
	is_int(sent_header(BITS(22, 0), queue, 0), wrong, "nor this");
	is_int(sent_header(BITS(MAKE, 15), queue, queue), wrong,
	    "a reply port of no disposition");
	is_int(sent_header(BITS(MAKE, 0), queue, queue), wrong, "or of none");
	is_int(sent_header(BITS(MAKE, 0), queue, MACH_PORT_DEAD), wrong,
	    "though it be dead");
	is_int(sent_header(BITS(COPY, 0), MACH_PORT_NULL, 0),
	    MACH_SEND_INVALID_DEST, "to the null port");
	is_int(sent_header(BITS(COPY, 0), MACH_PORT_DEAD, 0),
	    MACH_SEND_INVALID_DEST, "to the dead port");
	is_int(sent_header(BITS(COPY, 0), NOBODY, 0), MACH_SEND_INVALID_DEST,
	    "to nobody");
	is_int(sent_header(BITS(MAKE, COPY), queue, NOBODY),
	    MACH_SEND_INVALID_REPLY, "with nobody to reply to");
	is_int(space_status(queue).mps_srights, FALSE, "no right was made");
}

/* A reply port that is null or dead is one for each disposition but one. */
static void
test_no_reply(void)
{
	static const mach_port_t none[] = {MACH_PORT_NULL, MACH_PORT_DEAD};

	for (unsigned i = MOVE; i <= ONCE; i++)
		for (unsigned j = 0; j < 2; j++) {
			is_int(sent_header(BITS(MAKE, i), queue, none[j]),
			    MACH_MSG_SUCCESS, "no reply");
			is_int(received(), MACH_MSG_SUCCESS, "received");
			is_int(message.header.msgh_remote_port, none[j],
			    "is none");
		}
}

/* One name as destination and reply port. */
static void
test_one_name(void)
{
	mach_port_t port = space_port_with_send();
	mach_port_t once = space_extract(self, port, ONCE);
	mach_port_t keep = queue;

	is_int(sent_header(BITS(MOVE, MOVE), port, port),
	    MACH_SEND_INVALID_REPLY, "one reference moved twice");
	is_int(space_refs(port, SEND), 1, "it is still there");
	is_int(sent_header(BITS(MOVE_ONCE, MOVE_ONCE), once, once),
	    MACH_SEND_INVALID_REPLY, "a send-once right twice");
	is_int(space_type(once), MACH_PORT_TYPE_SEND_ONCE, "still there");
	is_int(sent_header(BITS(MOVE, COPY), port, port), MACH_MSG_SUCCESS,
	    "moved and copied");
	is_int(space_refs(port, SEND), 0, "it is gone");
	queue = port;
	is_int(received(), MACH_MSG_SUCCESS, "received");
	is_int(message.header.msgh_remote_port, port, "the reply port");
	is_int(space_refs(port, SEND), 1, "it is back");
	is_int(sent_header(BITS(COPY, MOVE), port, port), MACH_MSG_SUCCESS,
	    "copied and moved");
	is_int(space_refs(port, SEND), 0, "it is gone");
	is_int(received(), MACH_MSG_SUCCESS, "received");
	is_int(space_refs(port, SEND), 1, "it is back");
	(void)mach_port_mod_refs(self, port, SEND, 1);
	is_int(sent_header(BITS(MOVE, MOVE), port, port), MACH_MSG_SUCCESS,
	    "two references moved");
	is_int(space_refs(port, SEND), 0, "they are gone");
	is_int(received(), MACH_MSG_SUCCESS, "received");
	is_int(space_refs(port, SEND), 1, "one is back");
	(void)mach_port_destroy(self, once);
	is_int(received(), MACH_MSG_SUCCESS, "the send-once right's end");
	(void)mach_port_destroy(self, port);
	queue = keep;
}

static mach_msg_return_t
receive(void *buffer, mach_msg_size_t size, mach_msg_option_t option)
{
	return mach_msg(buffer, MACH_RCV_MSG | MACH_RCV_TIMEOUT | option, 0,
	    size, queue, 0, MACH_PORT_NULL);
}

static void
test_receive(void)
{
	mach_port_t name = space_port_with_send();
	mach_port_t once = space_extract(self, name, ONCE);
	mach_port_t dead = space_allocate(DEAD);
	const mach_port_t wrong[] = {
	    MACH_PORT_NULL, MACH_PORT_DEAD, NOBODY, once, dead, self};

	for (unsigned i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
		is_int(
		    space_receive(&message.header, sizeof(message), wrong[i]),
		    MACH_RCV_INVALID_NAME, "no right to receive");
	is_int(received(), MACH_RCV_TIMED_OUT, "nothing there");
	is_int(message.header.msgh_id, 0x55555555, "nothing written");
	(void)mach_port_mod_refs(self, name, SEND, 1);
	is_int(sent_port(name, MOVE), MACH_MSG_SUCCESS, "a send right");
	is_int(receive(&message, SIZE, MACH_RCV_LARGE), MACH_RCV_TOO_LARGE,
	    "no room");
	is_int(message.header.msgh_size, 40, "but the size");
	is_int(receive(
		   &message, 40, MACH_RCV_TRAILER_ELEMENTS(1) | MACH_RCV_LARGE),
	    MACH_RCV_TOO_LARGE, "no room for the trailer");
	is_int(receive((void *)8, SIZE, MACH_RCV_LARGE), MACH_RCV_INVALID_DATA,
	    "no place for the size");
	is_int(space_status(queue).mps_msgcount, 1, "it is still there");
	is_int(receive(&message, 40, MACH_RCV_LARGE), MACH_MSG_SUCCESS,
	    "as much room as it needs");
	is_int(space_refs(name, SEND), 2, "it has come");
	is_int(sent_port(name, MOVE), MACH_MSG_SUCCESS, "again");
	is_int(receive(&message, 36, 0), MACH_RCV_TOO_LARGE, "no room");
	is_int(received(), MACH_RCV_TIMED_OUT, "and it is lost");
	is_int(space_refs(name, SEND), 1, "with what was in it");
	is_int(sent_port(name, COPY), MACH_MSG_SUCCESS, "again");
	is_int(receive((void *)8, 40, 0), MACH_RCV_INVALID_DATA, "to nowhere");
	is_int(received(), MACH_RCV_TIMED_OUT, "it is lost");
	is_int(space_refs(name, SEND), 1, "with what was in it");
	is_int(space_status(queue).mps_seqno, 3,
	    "what is lost is counted, what stays is not");
	(void)mach_port_destroy(self, dead);
	(void)mach_port_destroy(self, once);
	(void)mach_port_destroy(self, name);
}

/* Reference counts stand still at the most there may be. */
static void
test_many_references(void)
{
	mach_port_t name = space_port_with_send();

	(void)mach_port_mod_refs(self, name, SEND, MACH_PORT_UREFS_MAX - 1);
	is_int(space_refs(name, SEND), MACH_PORT_UREFS_MAX, "the most");
	is_int(sent_port(name, COPY), MACH_MSG_SUCCESS, "one more");
	is_int(received(), MACH_MSG_SUCCESS, "arrives");
	is_int(message.first.port.name, name, "as what it is");
	is_int(space_refs(name, SEND), MACH_PORT_UREFS_MAX, "uncounted");
	is_int(sent_header(BITS(MAKE, COPY), queue, name), MACH_MSG_SUCCESS,
	    "to reply to");
	is_int(received(), MACH_MSG_SUCCESS, "arrives too");
	is_int(message.header.msgh_remote_port, name, "as what it is");
	is_int(mach_port_insert_right(self, name, name, MAKE),
	    KERN_UREFS_OVERFLOW, "one that is inserted does not");
	(void)mach_port_mod_refs(
	    self, name, SEND, -(mach_port_delta_t)MACH_PORT_UREFS_MAX);
	is_int(space_status(name).mps_srights, FALSE, "none is left");
	(void)mach_port_destroy(self, name);
}

/* Addresses run out: the memory is null and the code says so. */
static void
test_no_addresses(void)
{
	static struct {
		vm_address_t address;
		vm_size_t size;
	} taken[512];
	vm_size_t before = space_memory();
	mach_msg_return_t code;
	unsigned count = 0;

	is_int(sent_memory((vm_address_t)large, 3 * PAGE, FALSE, 0),
	    MACH_MSG_SUCCESS, "memory");
	for (vm_size_t size = (vm_size_t)1 << 46; size >= PAGE; size /= 2)
		while (count < 512 &&
		       syscall_vm_allocate(self, &taken[count].address, size,
			   TRUE) == KERN_SUCCESS)
			taken[count++].size = size;
	code = received();
	for (unsigned i = 0; i < count; i++)
		(void)syscall_vm_deallocate(
		    self, taken[i].address, taken[i].size);
	ok(count > 0 && count < 512, "all addresses are taken");
	is_int(code, MACH_RCV_BODY_ERROR | MACH_MSG_VM_SPACE, "no room in it");
	is_int(message.first.out_of_line.address, 0, "a null address");
	is_int(message.first.out_of_line.size, 0, "of no bytes");
	is_int(space_memory(), before, "no memory is left");
}

/* Send-once rights pass the limit of the queue, but not every limit. */
static void
test_full(void)
{
	mach_port_t port = space_allocate(RECEIVE);
	unsigned count = 0;

	while (count < QUEUE_MAX &&
	       sent_header(BITS(ONCE, 0), port, 0) == MACH_MSG_SUCCESS)
		count++;
	is_int(count, QUEUE_MAX, "so many");
	is_int(sent_header(BITS(ONCE, 0), port, 0), MACH_SEND_NO_BUFFER,
	    "and no more");
	is_int(message.header.msgh_bits, BITS(MOVE_ONCE, 0), "its right");
	is_int(space_type(message.header.msgh_remote_port),
	    MACH_PORT_TYPE_SEND_ONCE, "is the sender's");
	is_int(space_status(port).mps_sorights, QUEUE_MAX + 1, "all of them");
	is_int(mach_port_deallocate(
		   self, space_extract(self, port, MAKE_SEND_ONCE)),
	    KERN_SUCCESS, "one that is given up");
	is_int(space_status(port).mps_msgcount, QUEUE_MAX,
	    "finds no room for its notification");
	is_int(space_status(port).mps_sorights, QUEUE_MAX + 1, "and is gone");
	(void)mach_port_destroy(self, port);
	is_int(space_type(message.header.msgh_remote_port),
	    MACH_PORT_TYPE_DEAD_NAME, "dead with the port");
	(void)mach_port_deallocate(self, message.header.msgh_remote_port);
}

int
main(void)
{
	int names;

	self = mach_task_self();
	queue = space_allocate(RECEIVE);
	ok(queue != MACH_PORT_NULL, "a port");
	names = space_names();
	test_sizes();
	test_bits();
	test_no_reply();
	test_one_name();
	(void)mach_port_set_seqno(self, queue, 0);
	test_receive();
	test_many_references();
	test_no_addresses();
	test_full();
	is_int(space_names(), names, "no name is left");
	is_int(space_status(queue).mps_srights, FALSE, "no right is left");
	(void)mach_port_destroy(self, queue);
	return test_done();
}
