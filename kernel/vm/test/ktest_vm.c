/* SPDX-License-Identifier: BSD-2-Clause */
/* User memory through the real page tables and the real faults of copies. */
#include <arch/copy.h>

#include <kern/ktest.h>
#include <kern/task.h>
#include <kern/thread.h>
#include <vm/vm_kernel.h>
#include <vm/vm_page.h>

#define PAGES 8U
#define SIZE  (PAGES * VM_PAGE_SIZE)

static vm_address_t
allocate(void)
{
	vm_address_t address = 0;

	if (vm_map_allocate(current_task()->map, &address, SIZE, true,
		VM_PROT_READ | VM_PROT_WRITE) != KERN_SUCCESS)
		return 0;
	return address;
}

KTEST(user_memory)
{
	struct vm_map *map = current_task()->map;
	vm_address_t address = allocate();
	uint64_t value = 1, before = vm_phys_free_count;
	bool zero = true, kept = true;

	ktest_ok(address != 0, "eight pages");
	for (unsigned i = 0; i < PAGES; i++) {
		zero =
		    copyin(address + i * VM_PAGE_SIZE, &value, sizeof(value)) &&
		    value == 0 && zero;
		value = i + 100;
		kept = copyout(
			   &value, address + i * VM_PAGE_SIZE, sizeof(value)) &&
		       kept;
	}
	ktest_ok(zero, "of zeros");
	for (unsigned i = 0; i < PAGES; i++)
		kept =
		    copyin(address + i * VM_PAGE_SIZE, &value, sizeof(value)) &&
		    value == i + 100 && kept;
	ktest_ok(kept, "that keep what is written");
	ktest_ok(before - vm_phys_free_count >= PAGES, "they take memory");
	ktest_ok(vm_map_remove(map, address, SIZE) == KERN_SUCCESS, "removed");
	ktest_ok(!copyin(address, &value, sizeof(value)),
	    "a copy from what is gone fails");
}

KTEST(protection)
{
	struct vm_map *map = current_task()->map;
	vm_address_t address = allocate();
	uint64_t value = 7;

	ktest_ok(copyout(&value, address, sizeof(value)), "written");
	(void)vm_map_protect(map, address, SIZE, VM_PROT_READ, false);
	ktest_ok(!copyout(&value, address, sizeof(value)),
	    "what may only be read is not written");
	ktest_ok(
	    copyin(address, &value, sizeof(value)) && value == 7, "but read");
	(void)vm_map_protect(map, address, SIZE, VM_PROT_NONE, false);
	ktest_ok(!copyin(address, &value, sizeof(value)), "or not even that");
	(void)vm_map_protect(
	    map, address, SIZE, VM_PROT_READ | VM_PROT_WRITE, false);
	ktest_ok(copyout(&value, address, sizeof(value)), "and again");
	(void)vm_map_remove(map, address, SIZE);
}

KTEST(kernel_addresses)
{
	static uint64_t secret = 42;
	uint64_t value = 0;
	vm_address_t address = (vm_address_t)&secret;

	ktest_ok(!copyin(address, &value, sizeof(value)) && value == 0,
	    "a copy from kernel memory fails");
	ktest_ok(!copyout(&value, address, sizeof(value)) && secret == 42,
	    "a copy to it fails");
	ktest_ok(!copyin(0, &value, sizeof(value)), "from address 0");
	ktest_ok(!copyin(UINT64_MAX - 3, &value, sizeof(value)),
	    "and around the end");
}

KTEST(copy_on_write)
{
	struct vm_map *map = current_task()->map;
	vm_address_t address = allocate(), other = 0;
	struct vm_map_copy *copy;
	uint64_t value = 1;

	(void)copyout(&value, address, sizeof(value));
	ktest_ok(
	    vm_map_copyin(map, address, SIZE, false, &copy) == KERN_SUCCESS &&
		vm_map_copyout(map, &other, copy) == KERN_SUCCESS,
	    "a copy");
	value = 2;
	(void)copyout(&value, address, sizeof(value));
	ktest_ok(copyin(other, &value, sizeof(value)) && value == 1,
	    "does not see what is written to the original");
	value = 3;
	(void)copyout(&value, other, sizeof(value));
	ktest_ok(copyin(address, &value, sizeof(value)) && value == 2,
	    "nor the other way");
	(void)vm_map_remove(map, address, SIZE);
	(void)vm_map_remove(map, other, SIZE);
}
