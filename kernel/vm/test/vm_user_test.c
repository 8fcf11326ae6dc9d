/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Tests of the routines of vm_map.defs as the stubs call them, with the edges
 * of the address space as addresses and sizes.
 */
#include <ipc/ipc_kobject.h>
#include <kern/thread.h>
#include <libtest/test.h>
#include <vm/vm_map.h>
#include <vm/vm_map_copy.h>
#include <vm_map_server.h>

#include "vm_host.h"

#define P VM_PAGE_SIZE

const struct mig_subsystem vm_map_subsystem;

static struct host some_host;
static struct host *const privileged = &some_host;

static void
test_region(void)
{
	struct vm_map *map = vm_map_create();
	vm_address_t a = 0x100000, at = 0;
	vm_size_t size;
	vm_prot_t prot, max_prot;
	vm_inherit_t inheritance;
	boolean_t shared;
	mach_port_t name;
	vm_offset_t offset;

	vm_allocate(map, &a, 3 * P, false);
	vm_protect(map, a, 3 * P, false, VM_PROT_READ);
	vm_inherit(map, a, 3 * P, VM_INHERIT_NONE);
	is_int(vm_region(map, &at, &size, &prot, &max_prot, &inheritance,
		   &shared, &name, &offset),
	    KERN_SUCCESS, "the first region");
	ok(at == a && size == 3 * P, "where it is");
	ok(prot == VM_PROT_READ && max_prot == VM_PROT_ALL &&
		inheritance == VM_INHERIT_NONE && !shared,
	    "what it is");
	at = a + 3 * P;
	is_int(vm_region(map, &at, &size, &prot, &max_prot, &inheritance,
		   &shared, &name, &offset),
	    KERN_NO_SPACE, "none behind it");
	vm_map_destroy(map);
}

static void
test_data(void)
{
	struct vm_map *map = vm_map_create(), *other = vm_map_create();
	vm_address_t a = 0, b = 0;
	mach_msg_type_number_t count;
	vm_offset_t data;

	vm_allocate(map, &a, 8 * P, true);
	vm_allocate(other, &b, 8 * P, true);
	vm_host_store(map, a + 10, 33);
	is_int(vm_read(map, a + 10, 5 * P, &data, &count), KERN_SUCCESS,
	    "vm_read");
	is_int(count, 5 * P, "its size");
	is_int(vm_write(other, b + 20, data, count), KERN_SUCCESS, "vm_write");
	is_int(vm_host_load(other, b + 20), 33, "the contents");
	vm_host_store(map, a + 3 * P, 44);
	is_int(vm_copy(map, a, 4 * P, a + 4 * P), KERN_SUCCESS, "vm_copy");
	is_int(vm_host_load(map, a + 7 * P), 44, "the contents");
	is_int(vm_copy(map, a, 4 * P, a + 6 * P), KERN_INVALID_ADDRESS,
	    "not beyond the end");
	is_int(vm_wire(NULL, map, a, P, VM_PROT_READ), KERN_INVALID_HOST,
	    "wiring is a privilege");
	is_int(vm_wire(privileged, map, a, P, VM_PROT_READ), KERN_SUCCESS,
	    "vm_wire");
	is_int(vm_msync(map, a, 8 * P, VM_SYNC_SYNCHRONOUS), KERN_SUCCESS,
	    "vm_msync of temporary memory");
	is_int(vm_msync(map, a, 9 * P, VM_SYNC_SYNCHRONOUS),
	    KERN_INVALID_ADDRESS, "of what is not there");
	vm_map_destroy(map);
	vm_map_destroy(other);
}

static void
test_remap(void)
{
	struct vm_host_usage before = vm_host_usage();
	struct vm_map *map = vm_map_create(), *other = vm_map_create();
	vm_address_t a = 0, shared = 0, copied = 0, taken;
	vm_prot_t prot, max_prot;

	vm_allocate(map, &a, 4 * P, true);
	vm_host_store(map, a, 1);
	vm_protect(map, a + 2 * P, P, false, VM_PROT_READ);
	is_int(vm_remap(other, &shared, 4 * P, 0, true, map, a, false, &prot,
		   &max_prot, VM_INHERIT_COPY),
	    KERN_SUCCESS, "share memory with another task");
	is_int(prot, VM_PROT_READ, "what all of it allows");
	is_int(vm_remap(other, &copied, 4 * P, 0, true, map, a, true, &prot,
		   &max_prot, VM_INHERIT_COPY),
	    KERN_SUCCESS, "copy it");
	vm_host_store(map, a, 2);
	is_int(vm_host_load(other, shared), 2, "shared");
	is_int(vm_host_load(other, copied), 1, "copied");
	taken = shared + P;
	is_int(vm_remap(other, &taken, P, 0, false, map, a, false, &prot,
		   &max_prot, VM_INHERIT_COPY),
	    KERN_NO_SPACE, "a place that is taken");
	vm_map_destroy(map);
	is_int(vm_host_load(other, shared), 2, "outlives its first task");
	vm_map_destroy(other);
	ok(vm_host_same(before), "nothing leaked");
}

static void
test_map(void)
{
	struct vm_host_usage before = vm_host_usage();
	struct vm_map *map = vm_map_create();
	mach_port_t port = vm_host_port();
	vm_address_t a = 0;

	is_int(vm_map(map, &a, P, 0xffff, true, MACH_PORT_NULL, 0, false,
		   VM_PROT_READ, VM_PROT_READ, VM_INHERIT_SHARE),
	    KERN_SUCCESS, "anonymous memory");
	is_int(a & 0xffff, 0, "aligned by its mask");
	is_int(vm_map(map, &a, P, 0, true, MACH_PORT_DEAD, 0, false,
		   VM_PROT_READ, VM_PROT_READ, VM_INHERIT_SHARE),
	    KERN_INVALID_ARGUMENT, "a dead memory object");
	is_int(vm_map(map, &a, P, 0, true, MACH_PORT_NULL, 0, false,
		   VM_PROT_ALL, VM_PROT_READ, VM_INHERIT_SHARE),
	    KERN_INVALID_ARGUMENT, "more than the maximum");
	is_int(vm_map(map, &a, 2 * P, 0, true, port, 1, false, VM_PROT_READ,
		   VM_PROT_READ, VM_INHERIT_SHARE),
	    KERN_INVALID_ARGUMENT, "an offset inside a page");
	is_int(vm_map(map, &a, 2 * P, 0, true, port, P, true, VM_PROT_READ,
		   VM_PROT_READ, VM_INHERIT_SHARE),
	    KERN_SUCCESS, "a memory object");
	is_int(vm_host_port_rights(port), 1, "the right is the object's");
	vm_host_deliver();
	vm_map_destroy(map);
	is_int(vm_host_port_rights(port), 0, "and dropped with it");
	before.objects++;
	ok(vm_host_same(before), "nothing leaked");
}

/* Addresses and sizes at every edge: an error or success, no harm. */
static void
test_edges(void)
{
	static const uint64_t edge[] = {0, 1, P - 1, P, P + 1, 0x100000,
	    VM_MAX_ADDRESS - P, VM_MAX_ADDRESS, 1ULL << 47, 1ULL << 63,
	    ~0ULL - P, ~0ULL};
	const unsigned count = sizeof(edge) / sizeof(edge[0]);
	struct vm_host_usage before = vm_host_usage();
	struct vm_map *map = vm_map_create();
	int value = MATTR_VAL_ICACHE_FLUSH;
	unsigned tried = 0;

	for (unsigned i = 0; i < count * count; i++) {
		uint64_t address = edge[i / count], size = edge[i % count];
		vm_address_t place = address;
		mach_msg_type_number_t got;
		vm_offset_t data;

		if (size < 1ULL << 40)
			vm_allocate(map, &place, size, false);
		vm_protect(map, address, size, false, VM_PROT_READ);
		vm_inherit(map, address, size, VM_INHERIT_COPY);
		vm_msync(map, address, size, 0);
		if (size < 1ULL << 20)
			vm_machine_attribute(
			    map, address, size, MATTR_CACHE, &value);
		vm_wire(privileged, map, address, size, VM_PROT_READ);
		vm_wire(privileged, map, address, size, VM_PROT_NONE);
		vm_copy(map, address, size, size);
		if (vm_read(map, address, size, &data, &got) == KERN_SUCCESS)
			vm_map_copy_discard((struct vm_map_copy *)data);
		vm_deallocate(map, address, size);
		tried++;
	}
	is_int(tried, count * count, "every edge was tried");
	vm_map_destroy(map);
	ok(vm_host_same(before), "nothing leaked");
}

/* What tasks ask of their memory, one after the other; the first error. */
static kern_return_t
all_routines(struct vm_map *map, struct vm_map *other, vm_address_t a)
{
	vm_address_t b = 0, shared = 0, copied = 0;
	mach_msg_type_number_t count;
	vm_prot_t prot, max_prot;
	vm_offset_t data;
	kern_return_t kr;

	if ((kr = vm_protect(map, a + P, P, false, VM_PROT_READ)) ||
	    (kr = vm_inherit(map, a + 2 * P, P, VM_INHERIT_SHARE)) ||
	    (kr = vm_allocate(other, &b, 8 * P, true)) ||
	    (kr = vm_host_store(map, a, 1)) ||
	    (kr = vm_read(map, a, 5 * P, &data, &count)))
		return kr;
	kr = vm_write(other, b + 20, data, count);
	if (kr != KERN_SUCCESS) {
		vm_map_copy_discard((struct vm_map_copy *)data);
		return kr;
	}
	if ((kr = vm_copy(map, a + 2 * P, 2 * P, a + 4 * P)) ||
	    (kr = vm_remap(other, &shared, 4 * P, 0, true, map, a, false, &prot,
		 &max_prot, VM_INHERIT_COPY)) ||
	    (kr = vm_remap(other, &copied, 4 * P, 0, true, map, a, true, &prot,
		 &max_prot, VM_INHERIT_COPY)) ||
	    (kr = vm_host_store(map, a + 3 * P, 2)) ||
	    (kr = vm_wire(privileged, map, a, 2 * P, VM_PROT_READ)) ||
	    (kr = vm_deallocate(map, a + 6 * P, P)))
		return kr;
	return vm_map(map, &b, P, 0, true, MACH_PORT_NULL, 0, false,
	    VM_PROT_READ, VM_PROT_READ, VM_INHERIT_SHARE);
}

/* All of that with the first allocation failing, the second... */
static void
test_shortage(void)
{
	bool clean = true, good = true, done = false;
	int points = 0;

	while (!done && points < 500) {
		struct vm_host_usage before = vm_host_usage();
		struct vm_map *map = vm_map_create(), *other = vm_map_create();
		vm_address_t a = 0;
		kern_return_t kr;

		(void)vm_allocate(map, &a, 8 * P, true);
		vm_host_fail_in = points++;
		kr = all_routines(map, other, a);
		done = vm_host_fail_in >= 0;
		vm_host_fail_in = -1;
		good &=
		    done ? kr == KERN_SUCCESS
			 : kr == KERN_SUCCESS || kr == KERN_RESOURCE_SHORTAGE;
		vm_map_destroy(map);
		vm_map_destroy(other);
		if (!vm_host_same(before)) {
			printf("# allocation %d: %d\n", points, kr);
			clean = false;
		}
	}
	ok(done && points > 20, "each allocation failed in its turn");
	ok(good, "which is said so");
	ok(clean, "and leaves nothing");
}

int
main(void)
{
	vm_host_start(16UL << 20);
	test_region();
	test_data();
	test_remap();
	test_map();
	test_edges();
	test_shortage();
	return test_done();
}
