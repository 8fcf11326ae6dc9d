/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Memory read, written and copied by message: vm_read, vm_read_overwrite,
 * vm_write, vm_copy; and what is told of it: vm_region, mach_vm_region_info.
 */
#include <mach/mach_debug_user.h>

#include "body.h"

#define SIZE (3 * PAGE)

static char *source, *target;
static vm_address_t read_only, nothing;
static mach_port_t host; /* no task */

static void
fill(void)
{
	for (vm_size_t i = 0; i < SIZE; i++)
		source[i] = (char)(i * 13 + i / PAGE);
	memset(target, 0x55, SIZE);
}

static bool
is_copied(vm_size_t offset, vm_size_t size)
{
	return memcmp(source + offset, target + offset, size) == 0 &&
	       (offset + size == SIZE || target[offset + size] == 0x55) &&
	       (offset == 0 || target[offset - 1] == 0x55);
}

static kern_return_t
read_over(vm_address_t address, vm_size_t size, vm_address_t to)
{
	vm_size_t got = 0;
	kern_return_t kr = vm_read_overwrite(self, address, size, to, &got);

	if (kr == KERN_SUCCESS)
		is_int(got, size, "so much");
	return kr;
}

static const struct {
	vm_size_t offset, size;
} ranges[] = {{0, SIZE}, {0, PAGE}, {PAGE, PAGE}, {100, 50}, {PAGE - 1, 2},
    {8, 2 * PAGE}, {0, 0}};

#define RANGES (sizeof(ranges) / sizeof(*ranges))

static void
test_overwrite(void)
{
	vm_size_t memory = space_memory();
	vm_size_t got;

	for (unsigned i = 0; i < RANGES; i++) {
		vm_size_t offset = ranges[i].offset;

		fill();
		is_int(read_over((vm_address_t)source + offset, ranges[i].size,
			   (vm_address_t)target + offset),
		    KERN_SUCCESS, "vm_read_overwrite");
		ok(is_copied(offset, ranges[i].size), "all and no more");
	}
	is_int(read_over(nothing, PAGE, (vm_address_t)target),
	    KERN_INVALID_ADDRESS, "from nowhere");
	is_int(read_over((vm_address_t)source, PAGE, nothing),
	    KERN_INVALID_ADDRESS, "to nowhere");
	is_int(read_over((vm_address_t)source, PAGE, read_only),
	    KERN_PROTECTION_FAILURE, "not to be written to");
	is_int(vm_read_overwrite(host, (vm_address_t)source, PAGE,
		   (vm_address_t)target, &got),
	    KERN_INVALID_ARGUMENT, "no task");
	is_int(space_memory(), memory, "no memory is left");
}

static void
test_read(void)
{
	vm_size_t memory = space_memory();
	mach_msg_type_number_t count;
	pointer_t data;

	fill();
	is_int(vm_read(self, (vm_address_t)source + 8, PAGE, &data, &count),
	    KERN_SUCCESS, "vm_read");
	is_int(count, PAGE, "so much");
	ok(memcmp((char *)data, source + 8, PAGE) == 0, "as it is");
	(void)vm_deallocate(self, data, count);
	is_int(vm_read(self, nothing, PAGE, &data, &count),
	    KERN_INVALID_ADDRESS, "from nowhere");
	is_int(vm_read(host, (vm_address_t)source, PAGE, &data, &count),
	    KERN_INVALID_ARGUMENT, "no task");
	is_int(vm_read(self, (vm_address_t)source, 1UL << 32, &data, &count),
	    KERN_INVALID_ARGUMENT, "more than a message's count says");
	is_int(space_memory(), memory, "no memory is left");
}

static void
test_write(void)
{
	vm_size_t memory = space_memory();
	mach_port_t task = MACH_PORT_NULL;
	vm_address_t there = 0;
	vm_size_t got;

	for (unsigned i = 0; i < RANGES; i++) {
		vm_size_t offset = ranges[i].offset;

		fill();
		is_int(vm_write(self, (vm_address_t)target + offset,
			   (pointer_t)source + offset,
			   (mach_msg_type_number_t)ranges[i].size),
		    KERN_SUCCESS, "vm_write");
		ok(is_copied(offset, ranges[i].size), "all and no more");
	}
	is_int(vm_write(self, read_only, (pointer_t)source, PAGE),
	    KERN_PROTECTION_FAILURE, "not to be written to");
	is_int(vm_write(self, nothing, (pointer_t)source, PAGE),
	    KERN_INVALID_ADDRESS, "nowhere");
	is_int(vm_write(host, (vm_address_t)target, (pointer_t)source, PAGE),
	    KERN_INVALID_ARGUMENT, "no task");
	is_int(task_create(self, FALSE, &task), KERN_SUCCESS, "another task");
	is_int(vm_allocate(task, &there, SIZE, TRUE), KERN_SUCCESS, "memory");
	fill();
	is_int(vm_write(task, there, (pointer_t)source,
		   (mach_msg_type_number_t)SIZE),
	    KERN_SUCCESS, "written");
	is_int(vm_read_overwrite(task, there, SIZE, (vm_address_t)target, &got),
	    KERN_SUCCESS, "and read back");
	ok(is_copied(0, SIZE), "the same");
	(void)task_terminate(task);
	(void)mach_port_deallocate(self, task);
	is_int(space_memory(), memory, "no memory is left");
}

static void
test_copy(void)
{
	for (unsigned i = 0; i < RANGES; i++) {
		vm_size_t offset = ranges[i].offset;

		fill();
		is_int(vm_copy(self, (vm_address_t)source + offset,
			   ranges[i].size, (vm_address_t)target + offset),
		    KERN_SUCCESS, "vm_copy");
		ok(is_copied(offset, ranges[i].size), "all and no more");
	}
	source[0]++;
	ok(source[0] != target[0], "a copy of its own");
	is_int(vm_copy(self, nothing, PAGE, (vm_address_t)target),
	    KERN_INVALID_ADDRESS, "from nowhere");
	is_int(vm_copy(self, (vm_address_t)source, PAGE, read_only),
	    KERN_PROTECTION_FAILURE, "not to be written to");
	is_int(vm_copy(host, (vm_address_t)source, PAGE, (vm_address_t)target),
	    KERN_INVALID_ARGUMENT, "no task");
}

static void
test_region(void)
{
	vm_address_t address = get_memory(4 * PAGE);
	vm_region_info_t info;
	mach_port_t object;

	memset((char *)address, 1, PAGE);
	(void)vm_protect(
	    self, address, 4 * PAGE, TRUE, VM_PROT_READ | VM_PROT_WRITE);
	(void)vm_inherit(self, address, 4 * PAGE, VM_INHERIT_NONE);
	is_int(mach_vm_region_info(self, address + PAGE, &info, &object),
	    KERN_SUCCESS, "mach_vm_region_info");
	is_int(object, MACH_PORT_NULL, "no memory object");
	ok(info.vri_start <= address && info.vri_end >= address + 4 * PAGE,
	    "the region around it");
	is_int(
	    info.vri_max_protection, VM_PROT_READ | VM_PROT_WRITE, "at most");
	is_int(info.vri_protection, VM_PROT_READ | VM_PROT_WRITE, "now");
	is_int(info.vri_inheritance, VM_INHERIT_NONE, "inheritance");
	is_int(info.vri_wired, 0, "not wired");
	is_int(info.vri_needs_copy, 0, "not a copy");
	is_int(info.vri_resident, 1, "a page of it is in memory");
	is_int(mach_vm_region_info(self, ~0UL, &info, &object), KERN_NO_SPACE,
	    "nothing above");
	is_int(mach_vm_region_info(host, address, &info, &object),
	    KERN_INVALID_ARGUMENT, "no task");
	(void)vm_deallocate(self, address, 4 * PAGE);
}

int
main(void)
{
	int names;

	self = mach_task_self();
	host = mach_host_self();
	names = space_names();
	source = (char *)get_memory(SIZE);
	target = (char *)get_memory(SIZE);
	read_only = get_memory(PAGE);
	nothing = PAGE;
	(void)vm_protect(self, read_only, PAGE, FALSE, VM_PROT_READ);
	test_overwrite();
	test_read();
	test_write();
	test_copy();
	test_region();
	is_int(space_names(), names, "no name is left");
	return test_done();
}
