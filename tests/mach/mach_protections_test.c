/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Memory with every protection there is, from every other: what may be read and
 * written then, as vm_read and vm_write find it, and that no page stays counted
 * when the memory is gone. Rights that go without VM_PROT_READ are among them.
 */
#include "body.h"

#define PAGES 4U

static vm_size_t
resident(void)
{
	return space_info().resident_size;
}

static bool
readable(vm_address_t at)
{
	vm_offset_t data;
	mach_msg_type_number_t count;

	if (vm_read(self, at, PAGE, &data, &count) != KERN_SUCCESS)
		return false;
	(void)vm_deallocate(self, data, count);
	return true;
}

static bool
writable(vm_address_t at)
{
	static char bytes[4096] __attribute__((aligned(4096)));

	return vm_write(self, at, (vm_offset_t)bytes, PAGE) == KERN_SUCCESS;
}

/* Pages that are there, with one protection, then another. */
static bool
changes(vm_prot_t first, vm_prot_t then)
{
	vm_address_t at = get_memory(PAGES * PAGE);
	bool good;

	memset((void *)at, 1, PAGES * PAGE);
	good = vm_protect(self, at, PAGES * PAGE, FALSE, first) == KERN_SUCCESS;
	(void)readable(at);
	(void)writable(at + PAGE);
	good &= vm_protect(self, at, PAGES * PAGE, FALSE, then) == KERN_SUCCESS;
	good &= readable(at) == ((then & VM_PROT_READ) != 0);
	(void)writable(at);
	(void)vm_deallocate(self, at, PAGES * PAGE);
	return good;
}

static void
test_pairs(void)
{
	for (vm_prot_t first = 0; first <= VM_PROT_ALL; first++) {
		unsigned good = 0;

		for (vm_prot_t then = 0; then <= VM_PROT_ALL; then++)
			good += changes(first, then);
		is_int(good, VM_PROT_ALL + 1, "from one to each other");
	}
}

int
main(void)
{
	vm_size_t before;

	self = mach_task_self();
	test_pairs();
	before = resident();
	test_pairs();
	is_int(resident(), before, "no page is counted that is gone");
	return test_done();
}
