/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * memory_object_read(): a memory object's bytes, as far as its pager allows,
 * into memory of any kind. The pager is this program, which has answered
 * before it asks.
 */
#include <mach/memory_object.h>
#include <mach/memory_object_control_user.h>
#include <mach/vm_map_user.h>

#include "body.h"

#define PAGES  3
#define LENGTH (2 * PAGE + 100)

static mach_port_t object;
static mach_port_t control;
static vm_address_t place;

/* Map it, which introduces it to its pager: us. */
static void
start_object(void)
{
	vm_address_t address = 0;

	is_int(mach_port_allocate(self, MACH_PORT_RIGHT_RECEIVE, &object),
	    KERN_SUCCESS, "a port");
	is_int(mach_port_insert_right(
		   self, object, object, MACH_MSG_TYPE_MAKE_SEND),
	    KERN_SUCCESS, "with a right");
	is_int(vm_map(self, &address, PAGES * PAGE, 0, TRUE, object, 0, FALSE,
		   VM_PROT_READ, VM_PROT_READ, VM_INHERIT_NONE),
	    KERN_SUCCESS, "is mapped");
	is_int(mach_msg(&message.header, MACH_RCV_MSG | MACH_RCV_TIMEOUT, 0,
		   sizeof(message), object, 1000, MACH_PORT_NULL),
	    MACH_MSG_SUCCESS, "its pager is told");
	control = message.first.port.name;
}

static void
supply(void)
{
	vm_address_t memory = get_memory(PAGES * PAGE);
	char *bytes = (char *)memory;

	for (size_t i = 0; i < PAGES * PAGE; i++)
		bytes[i] = (char)(i % 251);
	is_int(memory_object_data_supply(control, 0, memory, PAGES * PAGE,
		   VM_PROT_WRITE, FALSE, MACH_PORT_NULL),
	    KERN_SUCCESS, "has pages");
}

static int64_t
get(vm_offset_t offset, vm_size_t size)
{
	return memory_object_read(object, offset, place, size);
}

/* Is what was read at `offset` what is there? */
static bool
is_right(vm_offset_t offset, vm_size_t size)
{
	const char *bytes = (const char *)place;

	for (size_t i = 0; i < size; i++)
		if (bytes[i] != (char)((offset + i) % 251))
			return false;
	return true;
}

static void
test_reading(void)
{
	is_int(get(0, 10), -KERN_NO_ACCESS, "nothing before a length");
	(void)memory_object_set_length(control, LENGTH);
	is_int(get(0, 10), 10, "the first bytes, into untouched memory");
	ok(is_right(0, 10), "are right");
	is_int(get(PAGE - 5, 10), 10, "over a page's end");
	ok(is_right(PAGE - 5, 10), "are right");
	is_int(get(3, 5 * PAGE), LENGTH - 3, "all there is");
	ok(is_right(3, LENGTH - 3), "is right");
	is_int(get(LENGTH - 1, 10), 1, "the last byte");
	is_int(get(LENGTH, 10), 0, "the end");
	is_int(get(LENGTH + PAGE, 10), 0, "behind it");
	is_int(get(INT64_MAX, 1), 0, "far behind it");
	is_int(get(0, 0), 0, "nothing wanted");
	place += PAGE - 3;
	is_int(get(1, 10), 10, "to the end of a page and beyond");
	ok(is_right(1, 10), "is right");
	place -= PAGE - 3;
}

static void
test_errors(void)
{
	vm_address_t gone = get_memory(2 * PAGE);

	is_int(get(UINT64_MAX, 1), -KERN_INVALID_ARGUMENT, "no offset");
	is_int(get(0, UINT64_MAX), -KERN_INVALID_ARGUMENT, "no size");
	is_int(memory_object_read(MACH_PORT_NULL, 0, place, 1),
	    -KERN_INVALID_ARGUMENT, "no object");
	is_int(memory_object_read(queue, 0, place, 1), -KERN_INVALID_ARGUMENT,
	    "no right");
	is_int(memory_object_read(object, 0, 0, 1), -KERN_INVALID_ADDRESS,
	    "no memory");
	is_int(memory_object_read(object, 0, UINT64_MAX - 10, 1),
	    -KERN_INVALID_ADDRESS, "the kernel's");
	(void)vm_protect(self, gone, 2 * PAGE, FALSE, VM_PROT_READ);
	is_int(memory_object_read(object, 0, gone, 1), -KERN_PROTECTION_FAILURE,
	    "memory that is not to be written");
	(void)vm_protect(self, gone, PAGE, FALSE, VM_PROT_READ | VM_PROT_WRITE);
	is_int(memory_object_read(object, 0, gone + 8, 2 * PAGE),
	    -KERN_PROTECTION_FAILURE, "or whose end is not");
	(void)vm_deallocate(self, gone, 2 * PAGE);
	is_int(memory_object_read(object, 0, gone, 1), -KERN_INVALID_ADDRESS,
	    "memory that is gone");
}

static void
test_pager(void)
{
	(void)memory_object_set_length(control, PAGE);
	is_int(get(PAGE - 1, 10), 1, "a shorter one");
	(void)memory_object_set_length(control, 0);
	is_int(get(0, 10), -KERN_NO_ACCESS, "none");
	(void)memory_object_set_length(control, LENGTH);
	(void)memory_object_lock_request(control, 0, PAGE,
	    MEMORY_OBJECT_RETURN_NONE, FALSE, VM_PROT_READ, MACH_PORT_NULL);
	is_int(get(0, 10), -KERN_NO_ACCESS, "a page locked against reading");
	is_int(get(PAGE, 10), 10, "not the next");
	is_int(get(PAGE + 5, PAGES * PAGE), LENGTH - PAGE - 5, "nor the rest");
	(void)memory_object_destroy(control, KERN_FAILURE);
	is_int(get(PAGE, 10), -KERN_MEMORY_ERROR, "given up by its pager");
}

int
main(void)
{
	self = mach_task_self();
	is_int(mach_port_allocate(self, MACH_PORT_RIGHT_RECEIVE, &queue),
	    KERN_SUCCESS, "a port of another kind");
	place = get_memory(8 * PAGE);
	start_object();
	(void)memory_object_set_length(control, 0);
	is_int(memory_object_ready(control, FALSE, MEMORY_OBJECT_COPY_NONE),
	    KERN_SUCCESS, "it is ready");
	supply();
	test_reading();
	test_errors();
	test_pager();
	return test_done();
}
