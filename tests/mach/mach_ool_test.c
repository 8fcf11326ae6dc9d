/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Memory and arrays of ports that a message carries out of line: of all sizes
 * and places, copied and moved, and what is no memory. Each case counts the
 * names and the memory of the task before and after.
 */
#include "body.h"

static char text[96];

static vm_size_t
pages(vm_address_t address, vm_size_t size)
{
	return ((address + size + PAGE - 1) & ~(PAGE - 1)) -
	       (address & ~(PAGE - 1));
}

static char
pattern(vm_size_t i)
{
	return (char)(i * 7 + i / PAGE + 3);
}

static bool
is_pattern(const char *bytes, vm_size_t size)
{
	for (vm_size_t i = 0; i < size; i++)
		if (bytes[i] != pattern(i))
			return false;
	return true;
}

static const char *
describe(vm_size_t size, vm_size_t offset, boolean_t gone, const char *what)
{
	(void)snprintf(text, sizeof(text), "%lu bytes at %lu%s: %s",
	    (unsigned long)size, (unsigned long)offset, gone ? ", moved" : "",
	    what);
	return text;
}

/* One size at one offset into a page; 64 bytes around it are its own. */
static void
test_one_memory(vm_size_t size, vm_size_t offset, boolean_t gone, unsigned copy)
{
	vm_size_t before = space_memory();
	vm_size_t room = pages(offset, size + 64);
	vm_address_t region = get_memory(room);
	vm_size_t taken = gone && size != 0 ? pages(offset, size) : 0;
	char *bytes = (char *)region + offset;
	char *got;

	for (vm_size_t i = 0; i < size; i++)
		bytes[i] = pattern(i);
	is_int(sent_memory(region + offset, size, gone, copy), MACH_MSG_SUCCESS,
	    describe(size, offset, gone, "sent"));
	is_int(space_memory(), before + room - taken,
	    describe(size, offset, gone, "what the sender has"));
	if (!gone)
		memset(bytes, 0x66, size);
	is_int(received(), MACH_MSG_SUCCESS, "received");
	got = (char *)message.first.out_of_line.address;
	is_int(message.first.out_of_line.size, size, "its size");
	is_int(message.first.out_of_line.type, MACH_MSG_OOL_DESCRIPTOR, "type");
	ok((got == NULL) == (size == 0), "an address if there is memory");
	ok(is_pattern(got, size),
	    describe(size, offset, gone, "as it was when it was sent"));
	is_int(space_memory(),
	    before + room - taken + pages((vm_address_t)got, size),
	    describe(size, offset, gone, "what the receiver has"));
	if (size != 0) {
		memset(got, 0x77, size);
		ok(gone || bytes[size - 1] == 0x66, "a copy of its own");
		(void)vm_deallocate(self, (vm_address_t)got, size);
	}
	(void)vm_deallocate(self, region, room);
	is_int(space_memory(), before,
	    describe(size, offset, gone, "nothing is left"));
}

static void
test_memory(void)
{
	static const vm_size_t sizes[] = {
	    0, 1, PAGE - 1, PAGE, PAGE + 1, 256 * PAGE, 515 * PAGE};

	for (unsigned i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++)
		for (unsigned j = 0; j < 8; j++)
			test_one_memory(sizes[i], j & 1 ? 13 : 0, (j >> 1) & 1,
			    j & 4 ? MACH_MSG_VIRTUAL_COPY
				  : MACH_MSG_PHYSICAL_COPY);
}

static void
test_bad_memory(void)
{
	vm_size_t before = space_memory();
	vm_address_t region = get_memory(2 * PAGE);

	(void)vm_deallocate(self, region + PAGE, PAGE);
	is_int(sent_memory(region + PAGE, 1, FALSE, 0),
	    MACH_SEND_INVALID_MEMORY, "memory that is not there");
	is_int(sent_memory(region, PAGE + 1, FALSE, 0),
	    MACH_SEND_INVALID_MEMORY, "or ends too soon");
	is_int(sent_memory(region, PAGE + 1, TRUE, 0), MACH_SEND_INVALID_MEMORY,
	    "nor to be moved");
	is_int(sent_memory(~(vm_address_t)0 - 100, 1000, FALSE, 0),
	    MACH_SEND_INVALID_MEMORY, "or goes round the end");
	is_int(sent_memory(~(vm_address_t)0, 0, FALSE, 0), MACH_MSG_SUCCESS,
	    "no memory is nowhere");
	is_int(received(), MACH_MSG_SUCCESS, "and arrives");
	(void)vm_protect(self, region, PAGE, FALSE, VM_PROT_NONE);
	is_int(sent_memory(region, 1, FALSE, 0), MACH_SEND_INVALID_MEMORY,
	    "memory not to be read");
	is_int(sent_array(region, 1, FALSE, MACH_MSG_TYPE_COPY_SEND),
	    MACH_SEND_INVALID_MEMORY, "nor an array in it");
	is_int(sent_array(region + PAGE, 1, FALSE, MACH_MSG_TYPE_COPY_SEND),
	    MACH_SEND_INVALID_MEMORY, "nor one that is not there");
	is_int(sent_memory(region, 1, FALSE, MACH_MSG_ALLOCATE),
	    MACH_SEND_INVALID_TYPE, "no way to copy");
	is_int(sent_memory(region, 1, FALSE, MACH_MSG_OVERWRITE),
	    MACH_SEND_INVALID_TYPE, "nor this");
	is_int(space_memory(), before + PAGE, "the page is still there");
	(void)vm_deallocate(self, region, PAGE);
}

/* An array of `count` references to one send right, with nulls and deads. */
static void
test_one_array(unsigned count, unsigned offset, boolean_t gone)
{
	vm_size_t before = space_memory();
	int names = space_names();
	vm_size_t size = count * sizeof(mach_port_t);
	vm_size_t room = pages(offset, size + 1);
	vm_address_t region = get_memory(room);
	mach_port_t name = space_port_with_send();
	unsigned rights = 0;
	unsigned wrong = 0;

	for (unsigned i = 0; i < count; i++) {
		mach_port_t port = i % 8 == 3   ? MACH_PORT_NULL
				   : i % 8 == 5 ? MACH_PORT_DEAD
						: name;

		rights += port == name;
		memcpy((char *)region + offset + i * sizeof(port), &port,
		    sizeof(port));
	}
	is_int(
	    sent_array(region + offset, count, gone, MACH_MSG_TYPE_COPY_SEND),
	    MACH_MSG_SUCCESS, describe(count, offset, gone, "ports sent"));
	is_int(received(), MACH_MSG_SUCCESS, "received");
	is_int(message.first.ool_ports.count, count, "as many");
	is_int(message.first.ool_ports.disposition, MACH_MSG_TYPE_PORT_SEND,
	    "as what");
	is_int(space_refs(name, SEND), 1 + rights, "a reference each");
	for (unsigned i = 0; i < count; i++) {
		mach_port_t want = i % 8 == 3   ? MACH_PORT_NULL
				   : i % 8 == 5 ? MACH_PORT_DEAD
						: name;
		const mach_port_t *array =
		    (const mach_port_t *)message.first.ool_ports.address;

		wrong += array[i] != want;
	}
	is_int(wrong, 0, "each the right one");
	if (count != 0)
		(void)vm_deallocate(
		    self, message.first.ool_ports.address, size);
	is_int(space_memory(),
	    before + (gone && count != 0 ? room - pages(offset, size) : room),
	    describe(count, offset, gone, "what the sender has"));
	(void)vm_deallocate(self, region, room);
	(void)mach_port_destroy(self, name);
	is_int(space_memory(), before, "no memory is left");
	is_int(space_names(), names, "no name is left");
}

static void
test_arrays(void)
{
	static const unsigned counts[] = {0, 1, 4, 1023, 1024, 1025, ARRAY_MAX};

	for (unsigned i = 0; i < sizeof(counts) / sizeof(counts[0]); i++)
		for (unsigned j = 0; j < 4; j++)
			test_one_array(counts[i], j & 1 ? 5 : 0, j >> 1);
}

/* The third is no right: what is before it is gone, what follows is not. */
static void
test_bad_array(void)
{
	mach_port_t name = space_port_with_send();
	mach_port_t after = space_port_with_send();
	mach_port_t array[] = {name, MACH_PORT_NULL, NOBODY, after};
	int names;

	(void)mach_port_mod_refs(self, name, SEND, 1);
	names = space_names();
	is_int(
	    sent_array((vm_address_t)array, 4, FALSE, MACH_MSG_TYPE_MOVE_SEND),
	    MACH_SEND_INVALID_RIGHT, "an array with what is no right");
	is_int(space_refs(name, SEND), 1, "the one before it is gone");
	is_int(space_refs(after, SEND), 1, "the one after it is not");
	is_int(sent_array((vm_address_t)array, ARRAY_MAX + 1, FALSE,
		   MACH_MSG_TYPE_MOVE_SEND),
	    MACH_SEND_NO_BUFFER, "too large an array");
	is_int(sent_array(
		   (vm_address_t)array, ~0U, FALSE, MACH_MSG_TYPE_MOVE_SEND),
	    MACH_SEND_NO_BUFFER, "or very much so");
	is_int(sent_array(0, 0, FALSE, 15), MACH_SEND_INVALID_TYPE,
	    "one of no disposition");
	is_int(sent_array(0, 0, FALSE, 22), MACH_SEND_INVALID_TYPE, "nor this");
	is_int(space_names(), names, "no name went or came");
	is_int(space_status(queue).mps_srights, FALSE,
	    "no right to the destination is left");
	(void)mach_port_destroy(self, name);
	(void)mach_port_destroy(self, after);
}

int
main(void)
{
	int names;

	self = mach_task_self();
	queue = space_allocate(RECEIVE);
	ok(queue != MACH_PORT_NULL, "a port");
	names = space_names();
	test_memory();
	test_bad_memory();
	test_arrays();
	test_bad_array();
	is_int(space_names(), names, "no name is left");
	is_int(space_status(queue).mps_srights, FALSE, "no right is left");
	(void)mach_port_destroy(self, queue);
	return test_done();
}
