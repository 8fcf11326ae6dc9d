/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Tests of maps, faults, copy-on-write and out-of-line copies, with simulated
 * accesses through the page tables; then the same with every allocation
 * failing in its turn.
 */
#include <kern/slab.h>
#include <kern/task.h>
#include <kern/thread.h>
#include <libtest/test.h>
#include <stdlib.h>
#include <string.h>
#include <vm/pmap.h>
#include <vm/vm_map.h>
#include <vm/vm_map_copy.h>

#include "vm_host.h"

#define P VM_PAGE_SIZE

static vm_address_t
allocate(struct vm_map *map, vm_size_t size)
{
	vm_address_t address = 0;

	if (vm_map_allocate(map, &address, size, true, VM_PROT_DEFAULT) !=
	    KERN_SUCCESS)
		return 0;
	return address;
}

static unsigned
entries(struct vm_map *map)
{
	unsigned count = 0;

	list_for_each (link, &map->entries)
		count++;
	return count;
}

static void
test_allocate(void)
{
	struct vm_host_usage before = vm_host_usage();
	struct vm_map *map = vm_map_create();
	vm_address_t a = allocate(map, 10 * P), b = 0x10000000, c = b;

	ok(a != 0 && vm_host_load(map, a + 5) == 0, "zero-filled memory");
	is_int(vm_host_store(map, a + 3 * P + 7, 42), KERN_SUCCESS, "store");
	is_int(vm_host_load(map, a + 3 * P + 7), 42, "load");
	is_int(vm_map_allocate(map, &b, P, false, VM_PROT_DEFAULT),
	    KERN_SUCCESS, "at a place");
	is_int(vm_map_allocate(map, &c, P, false, VM_PROT_DEFAULT),
	    KERN_NO_SPACE, "the place is taken");
	is_int(vm_host_load(map, b + P), -KERN_INVALID_ADDRESS, "behind it");
	is_int(vm_map_remove(map, a + 2 * P, 3 * P), KERN_SUCCESS, "a hole");
	is_int(vm_host_load(map, a + 3 * P), -KERN_INVALID_ADDRESS,
	    "the hole is one");
	is_int(vm_host_load(map, a + 5 * P), 0, "around it is memory");
	is_int(entries(map), 3, "entries were clipped");
	is_int(vm_map_virtual_size(map), 8 * P, "sizes are counted");
	is_int(allocate(map, 3 * P), a + 2 * P, "the hole is used again");
	is_int(vm_host_load(map, a + 3 * P + 7), 0, "and is zero");
	c = VM_MAX_ADDRESS - P;
	is_int(vm_map_allocate(map, &c, 2 * P, false, VM_PROT_DEFAULT),
	    KERN_INVALID_ADDRESS, "beyond user space");
	is_int(vm_map_allocate(map, &c, ~0UL, true, VM_PROT_DEFAULT),
	    KERN_INVALID_ARGUMENT, "an absurd size");
	is_int(vm_map_remove(map, ~0UL - P, P), KERN_INVALID_ADDRESS,
	    "a range that wraps");
	vm_map_destroy(map);
	ok(vm_host_same(before), "nothing leaked");
}

/* Every other page, so that no two entries are one. */
static void
test_entry_limit(void)
{
	struct vm_map *map = vm_map_create();
	vm_address_t at = 0x10000000;
	unsigned count = 0;
	kern_return_t kr;

	for (;; count++, at += 2 * P) {
		kr = vm_map_allocate(map, &at, P, false, VM_PROT_DEFAULT);
		if (kr != KERN_SUCCESS)
			break;
	}
	is_int(kr, KERN_NO_SPACE, "no more entries");
	is_int(count, VM_MAP_ENTRIES_MAX, "after so many");
	is_int(vm_map_remove(map, at - 2 * P, P), KERN_SUCCESS, "one less");
	is_int(vm_map_allocate(map, &at, P, false, VM_PROT_DEFAULT),
	    KERN_SUCCESS, "then one more");
	vm_map_destroy(map);
}

/* A page freed in the middle of an object goes back at once. */
static void
test_partial_free(void)
{
	struct vm_map *map = vm_map_create();
	vm_address_t a = allocate(map, 100 * P);
	uint64_t full;

	for (unsigned i = 0; i < 100; i++)
		vm_host_store(map, a + i * P, 1);
	full = vm_phys_free_count;
	vm_map_remove(map, a + 10 * P, 50 * P);
	ok(vm_phys_free_count >= full + 49, "removed pages are free");
	is_int(vm_host_load(map, a + 60 * P), 1, "the others are not");
	vm_map_destroy(map);
}

static void
test_protect(void)
{
	struct vm_map *map = vm_map_create();
	vm_address_t a = allocate(map, 4 * P);

	vm_host_store(map, a + P, 9);
	is_int(vm_map_protect(map, a + P, P, VM_PROT_READ, false), KERN_SUCCESS,
	    "protect one page");
	is_int(vm_host_store(map, a + P, 1), KERN_PROTECTION_FAILURE,
	    "a store fails");
	is_int(vm_host_load(map, a + P), 9, "a load does not");
	is_int(vm_host_store(map, a + 2 * P, 1), KERN_SUCCESS, "the next page");
	is_int(vm_map_protect(map, a, 4 * P, VM_PROT_READ, true), KERN_SUCCESS,
	    "lower the maximum");
	is_int(vm_map_protect(map, a, P, VM_PROT_DEFAULT, false),
	    KERN_PROTECTION_FAILURE, "it cannot be raised");
	is_int(vm_map_protect(map, a, 9 * P, VM_PROT_READ, false),
	    KERN_INVALID_ADDRESS, "a range with a hole");
	vm_map_destroy(map);
}

static void
test_fork(void)
{
	struct vm_host_usage before = vm_host_usage();
	struct vm_map *parent = vm_map_create(), *child, *grandchild;
	vm_address_t copy = allocate(parent, 3 * P);
	vm_address_t share = 0x20000000, none = 0x30000000;

	vm_map_allocate(parent, &share, 2 * P, false, VM_PROT_DEFAULT);
	vm_map_allocate(parent, &none, P, false, VM_PROT_DEFAULT);
	vm_map_inherit(parent, share, 2 * P, VM_INHERIT_SHARE);
	vm_map_inherit(parent, none, P, VM_INHERIT_NONE);
	vm_host_store(parent, copy, 1);
	vm_host_store(parent, copy + P, 2);
	vm_host_store(parent, share, 3);
	child = vm_map_fork(parent);
	is_int(vm_host_load(child, copy), 1, "the child sees the contents");
	vm_host_store(parent, copy, 11);
	is_int(vm_host_load(child, copy), 1, "not the parent's later store");
	vm_host_store(child, copy + P, 22);
	is_int(vm_host_load(parent, copy + P), 2, "nor the other way");
	vm_host_store(child, copy + 2 * P, 33);
	is_int(vm_host_load(parent, copy + 2 * P), 0, "untouched memory too");
	vm_host_store(child, share, 44);
	is_int(vm_host_load(parent, share), 44, "shared memory is shared");
	vm_host_store(parent, share + P, 55);
	is_int(vm_host_load(child, share + P), 55, "both ways, also untouched");
	is_int(vm_host_load(child, none), -KERN_INVALID_ADDRESS,
	    "what is not inherited is not there");
	grandchild = vm_map_fork(child);
	vm_host_store(child, copy, 111);
	vm_host_store(grandchild, copy + P, 222);
	is_int(vm_host_load(grandchild, copy), 1, "a second generation");
	is_int(vm_host_load(child, copy + P), 22, "keeps apart");
	vm_host_store(grandchild, share, 66);
	is_int(vm_host_load(parent, share), 66, "and shares");
	vm_map_destroy(child);
	is_int(vm_host_load(grandchild, copy + P), 222, "the middle one goes");
	is_int(vm_host_load(parent, copy), 11, "the first stays");
	vm_map_destroy(parent);
	is_int(vm_host_load(grandchild, copy), 1, "the last stays");
	vm_map_destroy(grandchild);
	ok(vm_host_same(before), "nothing leaked");
}

static unsigned
chain(struct vm_map *map, vm_address_t address)
{
	struct vm_object *object = vm_map_lookup(map, address)->object;
	unsigned length = 0;

	for (; object != NULL; object = object->shadow)
		length++;
	return length;
}

/* A shell: forks for ever, both sides write, the child goes. */
static void
test_collapse(void)
{
	struct vm_host_usage before = vm_host_usage();
	struct vm_map *map = vm_map_create(), *child;
	vm_address_t a = allocate(map, 4 * P);
	unsigned longest = 0;

	vm_host_store(map, a, 0);
	vm_host_store(map, a + P, 77);
	for (int i = 0; i < 50; i++) {
		child = vm_map_fork(map);
		vm_host_store(child, a, 99);
		vm_host_store(map, a, i);
		if (chain(map, a) > longest)
			longest = chain(map, a);
		vm_map_destroy(child);
	}
	ok(longest <= 4, "shadow chains stay short");
	is_int(vm_host_load(map, a), 49, "contents survive");
	is_int(vm_host_load(map, a + P), 77, "also what was never written");
	vm_map_destroy(map);
	ok(vm_host_same(before), "nothing leaked");
}

/* Memory that is shared and copied: the copy keeps the moment. */
static void
test_copy_of_shared(void)
{
	struct vm_host_usage before = vm_host_usage();
	struct vm_map *a = vm_map_create(), *b, *to = vm_map_create();
	vm_address_t at = allocate(a, 4 * P), first, second;
	struct vm_map_copy *one, *two;

	vm_map_inherit(a, at, 4 * P, VM_INHERIT_SHARE);
	vm_host_store(a, at, 1);
	b = vm_map_fork(a);
	is_int(vm_map_copyin(a, at, 4 * P, false, &one), KERN_SUCCESS,
	    "copy of shared memory");
	vm_host_store(b, at, 2);
	vm_host_store(b, at + P, 3);
	is_int(vm_host_load(a, at), 2, "sharing goes on");
	is_int(vm_map_copyin(b, at, 4 * P, false, &two), KERN_SUCCESS,
	    "a second copy");
	vm_host_store(a, at, 4);
	vm_host_store(a, at + 2 * P, 5);
	is_int(vm_map_copyout(to, &first, one), KERN_SUCCESS, "out");
	is_int(vm_map_copyout(to, &second, two), KERN_SUCCESS, "out");
	is_int(vm_host_load(to, first), 1, "the first keeps its moment");
	is_int(vm_host_load(to, first + P), 0, "also where nothing was");
	is_int(vm_host_load(to, first + 2 * P), 0, "until much later");
	is_int(vm_host_load(to, second), 2, "the second its own");
	is_int(vm_host_load(to, second + P), 3, "with what came between");
	vm_host_store(to, first, 9);
	is_int(vm_host_load(to, second), 2, "copies are apart");
	is_int(vm_host_load(b, at), 4, "the original goes on");
	vm_map_destroy(to);
	vm_host_store(b, at, 6);
	is_int(vm_host_load(a, at), 6, "when the copies are gone too");
	vm_map_destroy(a);
	vm_map_destroy(b);
	ok(vm_host_same(before), "nothing leaked");
}

static void
check_copy(vm_size_t size, vm_offset_t offset, bool destroy, const char *what)
{
	struct vm_host_usage before = vm_host_usage();
	struct vm_map *from = vm_map_create(), *to = vm_map_create();
	vm_address_t a = allocate(from, size + offset + P) + offset, b = 0;
	struct vm_map_copy *copy;
	bool good = true;

	for (vm_size_t i = 0; i < size; i += 512)
		vm_host_store(from, a + i, (int)(i / 512 % 251));
	vm_host_store(from, a + size - 1, 123);
	is_int(
	    vm_map_copyin(from, a, size, destroy, &copy), KERN_SUCCESS, what);
	is_int(vm_map_copy_size(copy), size, "its size");
	if (!destroy)
		vm_host_store(from, a, 200);
	is_int(vm_map_copyout(to, &b, copy), KERN_SUCCESS, "out");
	for (vm_size_t i = 0; i < size - 1; i += 512)
		good = good && vm_host_load(to, b + i) == (int)(i / 512 % 251);
	good = good && vm_host_load(to, b + size - 1) == 123;
	ok(good, "the contents");
	vm_host_store(to, b, 201);
	if (destroy)
		is_int(vm_host_load(from, a), -KERN_INVALID_ADDRESS,
		    "the source is gone");
	else
		is_int(vm_host_load(from, a), 200, "the source is its own");
	vm_map_destroy(from);
	vm_map_destroy(to);
	ok(vm_host_same(before), "nothing leaked");
}

static void
test_copy(void)
{
	struct vm_map *map = vm_map_create();
	vm_address_t a = allocate(map, 2 * P);
	struct vm_map_copy *copy;

	check_copy(100, 60, false, "a few bytes");
	check_copy(2 * P, 0, false, "two pages");
	check_copy(30 * P, 0, false, "many pages");
	check_copy(30 * P + 17, 99, false, "many bytes, not aligned");
	check_copy(P, 0, true, "a page moved");
	check_copy(300 * P, 0, true, "many pages moved");
	check_copy(5 * P + 5, 5, true, "moved, not aligned");
	is_int(vm_map_copyin(map, a, 100 * P, false, &copy),
	    KERN_INVALID_ADDRESS, "a copy of nothing");
	vm_map_protect(map, a, P, VM_PROT_NONE, false);
	is_int(vm_map_copyin(map, a, P, false, &copy), KERN_PROTECTION_FAILURE,
	    "a copy of what cannot be read");
	is_int(
	    vm_map_copyin(map, a, 0, false, &copy), KERN_SUCCESS, "no bytes");
	ok(copy == NULL, "need no copy");
	vm_map_destroy(map);
}

static void
test_kernel_copy(void)
{
	struct vm_host_usage before = vm_host_usage();
	static char data[5 * P + 3], back[5 * P + 3];
	struct vm_map *map = vm_map_create();
	struct vm_map_copy *copy;
	vm_address_t at;

	for (unsigned i = 0; i < sizeof(data); i++)
		data[i] = (char)(i * 7);
	for (unsigned size = 3; size <= sizeof(data); size += 5 * P) {
		vm_map_copyin_kernel(data, size, &copy);
		is_int(vm_map_copy_read(copy, back, size), KERN_SUCCESS,
		    "read back");
		ok(memcmp(data, back, size) == 0, "the same bytes");
		is_int(vm_map_copy_read(copy, back, size + 1),
		    KERN_INVALID_ARGUMENT, "not more");
		vm_map_copyout(map, &at, copy);
		is_int(vm_map_read(map, at, back, size), KERN_SUCCESS,
		    "out and read");
		ok(memcmp(data, back, size) == 0, "the same bytes");
	}
	vm_map_destroy(map);
	ok(vm_host_same(before), "nothing leaked");
}

static void
test_overwrite(void)
{
	struct vm_host_usage before = vm_host_usage();
	struct vm_map *map = vm_map_create(), *to = vm_map_create();
	vm_address_t a = allocate(map, 8 * P), b = allocate(to, 8 * P);
	struct vm_map_copy *copy;

	for (unsigned i = 0; i < 8; i++) {
		vm_host_store(map, a + i * P, (int)i + 1);
		vm_host_store(to, b + i * P, 50);
	}
	vm_map_copyin(map, a, 4 * P, false, &copy);
	is_int(vm_map_copy_overwrite(to, b + P, copy), KERN_SUCCESS,
	    "whole pages written over others");
	vm_map_copyin(map, a + 6 * P, 2 * P, false, &copy);
	is_int(vm_map_copy_overwrite(to, b + 5 * P + 8, copy), KERN_SUCCESS,
	    "bytes written over others");
	is_int(vm_host_load(to, b), 50, "before");
	is_int(vm_host_load(to, b + P), 1, "first page");
	is_int(vm_host_load(to, b + 4 * P), 4, "last page");
	is_int(vm_host_load(to, b + 5 * P), 50, "behind");
	is_int(vm_host_load(to, b + 6 * P + 8), 8, "moved bytes");
	vm_host_store(map, a, 99);
	is_int(vm_host_load(to, b + P), 1, "the source is its own");
	vm_map_protect(to, b, P, VM_PROT_READ, false);
	vm_map_copyin(map, a, 4 * P, false, &copy);
	is_int(vm_map_copy_overwrite(to, b, copy), KERN_PROTECTION_FAILURE,
	    "not over what cannot be written");
	vm_map_copy_discard(copy);
	vm_map_destroy(map);
	vm_map_destroy(to);
	ok(vm_host_same(before), "nothing leaked");
}

static void
test_wire(void)
{
	struct vm_host_usage before = vm_host_usage();
	struct vm_map *map = vm_map_create(), *child;
	vm_address_t a = allocate(map, 4 * P);
	uint64_t wired = vm_counters.wired;

	vm_host_store(map, a, 5);
	is_int(
	    vm_map_wire(map, a, 4 * P, VM_PROT_DEFAULT), KERN_SUCCESS, "wire");
	is_int(vm_counters.wired - wired, 4, "four pages are wired");
	is_int(
	    vm_map_wire(map, a, 4 * P, VM_PROT_DEFAULT), KERN_SUCCESS, "again");
	is_int(vm_counters.wired - wired, 4, "counted once");
	child = vm_map_fork(map);
	is_int(vm_map_resident_size(map), 4 * P, "they stay mapped in a fork");
	is_int(vm_host_load(child, a), 5, "the child has a copy");
	vm_host_store(map, a, 6);
	is_int(vm_host_load(child, a), 5, "of its own");
	vm_map_destroy(child);
	vm_map_wire(map, a, P, VM_PROT_NONE);
	is_int(vm_counters.wired - wired, 3, "one let go");
	is_int(vm_map_wire(map, a, 9 * P, VM_PROT_READ), KERN_INVALID_ADDRESS,
	    "a hole cannot be wired");
	vm_map_destroy(map);
	is_int(vm_counters.wired, wired, "all let go");
	ok(vm_host_same(before), "nothing leaked");
}

static void
test_device(void)
{
	struct vm_host_usage before = vm_host_usage();
	struct vm_map *map = vm_map_create();
	vm_address_t at = 0, dma = 0;
	uint64_t wired = vm_counters.wired;
	struct vm_map_copy *copy;
	struct vm_page *page;
	paddr_t pa;

	is_int(vm_map_physical(map, &at, 0xfeb00000, 2 * P, VM_PROT_DEFAULT,
		   VM_CACHE_DEVICE),
	    KERN_SUCCESS, "map registers");
	is_int(vm_host_touch(map, at + P, VM_PROT_WRITE), KERN_SUCCESS,
	    "touch them");
	is_int(pmap_extract(map->pmap, at + P), 0xfeb01000, "the right ones");
	is_int(vm_map_allocate_contiguous(map, &dma, &pa, 5 * P), KERN_SUCCESS,
	    "contiguous memory");
	vm_host_store(map, dma + 4 * P, 7);
	is_int(*(char *)phys_to_virt(pa + 4 * P), 7, "is where it says");
	is_int(vm_map_copyin(map, dma, 5 * P, true, &copy), KERN_SUCCESS,
	    "it leaves as a message's");
	page = vm_map_copy_steal(copy, 4 * P);
	ok(page != NULL && vm_page_pa(page) == pa + 4 * P,
	    "and becomes another object's without a copy");
	is_int(vm_counters.wired, wired + 4, "which is not wired for ever");
	if (page != NULL)
		vm_page_free(page);
	vm_map_copy_discard(copy);
	vm_map_destroy(map);
	ok(vm_host_same(before), "nothing leaked");
}

/* A bit of everything, telling only whether it went through. */
static bool
everything(struct vm_map *map, struct vm_map *child, vm_address_t a)
{
	struct vm_map_copy *copy;
	vm_address_t b;

	if (vm_host_store(map, a, 2) != KERN_SUCCESS ||
	    vm_host_store(child, a + P, 3) != KERN_SUCCESS ||
	    vm_map_protect(map, a + 4 * P, P, VM_PROT_READ, false) !=
		KERN_SUCCESS ||
	    vm_map_wire(child, a + 8 * P, P, VM_PROT_READ) != KERN_SUCCESS)
		return false;
	if (vm_map_copyin(map, a, 6 * P, false, &copy) != KERN_SUCCESS)
		return false;
	if (vm_map_copyout(child, &b, copy) != KERN_SUCCESS) {
		vm_map_copy_discard(copy);
		return false;
	}
	if (vm_host_store(child, b + P, 4) != KERN_SUCCESS)
		return false;
	if (vm_map_copyin(child, b, 3 * P, true, &copy) != KERN_SUCCESS)
		return false;
	if (vm_map_copy_overwrite(map, a + 6 * P, copy) != KERN_SUCCESS) {
		vm_map_copy_discard(copy);
		return false;
	}
	if (vm_map_allocate_contiguous(map, &b, &b, 2 * P) != KERN_SUCCESS)
		return false;
	return vm_map_remove(map, a + P, P) == KERN_SUCCESS;
}

static void
test_failures(void)
{
	bool done = false, clean = true, intact = true;
	int points = 0;

	vm_counters.active = 0;
	while (!done) {
		struct vm_host_usage before = vm_host_usage();
		struct vm_map *map, *child = NULL;
		vm_address_t a;

		vm_host_fail_in = points;
		map = vm_map_create();
		a = map != NULL ? allocate(map, 10 * P) : 0;
		if (a != 0 && vm_host_store(map, a + 2 * P, 1) == KERN_SUCCESS)
			child = vm_map_fork(map);
		if (child != NULL && everything(map, child, a))
			done = vm_host_fail_in >= 0; /* it was not reached */
		vm_host_fail_in = -1;
		if (child != NULL) {
			intact = intact && vm_host_load(map, a + 2 * P) == 1;
			intact = intact && vm_host_load(child, a + 2 * P) == 1;
			vm_map_destroy(child);
		}
		if (map != NULL)
			vm_map_destroy(map);
		if (!vm_host_same(before)) {
			clean = false;
			printf("# leak when allocation %d fails\n", points);
		}
		points++;
		if (points > 500)
			break;
	}
	ok(done && points > 40, "each allocation failed in its turn");
	ok(clean, "nothing leaked in any case");
	ok(intact, "memory kept its contents");
}

/* All of memory taken: an error, and everything comes back. */
static void
test_exhaustion(void)
{
	struct vm_host_usage before = vm_host_usage();
	struct vm_map *map = vm_map_create();
	vm_address_t a = allocate(map, 64UL << 20);
	kern_return_t kr = KERN_SUCCESS;
	uint64_t i = 0;

	while (kr == KERN_SUCCESS)
		kr = vm_host_store(map, a + i++ * P, 1);
	is_int(kr, KERN_RESOURCE_SHORTAGE, "memory is gone");
	ok(vm_phys_free_count > 16, "but for a reserve");
	ok(kalloc(64) != NULL, "from which the kernel lives");
	vm_map_destroy(map);
	before.objects++;
	ok(vm_host_same(before), "all of it comes back");
}

int
main(void)
{
	vm_host_start(16UL << 20);
	test_allocate();
	test_entry_limit();
	test_partial_free();
	test_protect();
	test_fork();
	test_collapse();
	test_copy_of_shared();
	test_copy();
	test_kernel_copy();
	test_overwrite();
	test_wire();
	test_device();
	test_failures();
	test_exhaustion();
	return test_done();
}
