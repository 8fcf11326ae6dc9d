/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Tests of page tables that move with what they map: between maps, past
 * neighbours, through copy-on-write, into nothing, with every allocation
 * failing in its turn.
 */
#include <kern/slab.h>
#include <libtest/test.h>
#include <stdio.h>
#include <vm/pmap.h>
#include <vm/vm_map.h>
#include <vm/vm_map_copy.h>

#include "../../arch/host/host_mmu.h"
#include "vm_host.h"

#define P    VM_PAGE_SIZE
#define MEGA (1UL << 20)
#define LEAF PMAP_LEAF_SIZE

static vm_address_t
allocate_at(struct vm_map *map, vm_address_t address, vm_size_t size)
{
	if (vm_map_allocate(map, &address, size, address == 0,
		VM_PROT_DEFAULT) != KERN_SUCCESS)
		return 0;
	return address;
}

/* A number in each page; false: no memory. */
static bool
fill(struct vm_map *map, vm_address_t start, vm_size_t size)
{
	for (vm_size_t at = 0; at < size; at += P)
		if (vm_host_store(map, start + at, (int)(at / P % 251)) !=
		    KERN_SUCCESS)
			return false;
	return true;
}

/* Memory with that in it. */
static vm_address_t
filled(struct vm_map *map, vm_address_t address, vm_size_t size)
{
	vm_address_t start = allocate_at(map, address, size);

	(void)fill(map, start, size);
	return start;
}

static bool
is_filled(struct vm_map *map, vm_address_t start, vm_size_t size)
{
	for (vm_size_t at = 0; at < size; at += P)
		if (vm_host_load(map, start + at) != (int)(at / P % 251))
			return false;
	return true;
}

/* Move to `to`; 0: it failed. */
static vm_address_t
move(struct vm_map *from, vm_address_t start, vm_size_t size, struct vm_map *to)
{
	struct vm_map_copy *copy;
	vm_address_t address;

	if (vm_map_copyin(from, start, size, true, &copy) != KERN_SUCCESS)
		return 0;
	if (vm_map_copyout(to, &address, copy) == KERN_SUCCESS)
		return address;
	vm_map_copy_discard(copy);
	return 0;
}

/* How many faults it takes to find what was filled; -1: it is not there. */
static long
faults_to_read(struct vm_map *map, vm_address_t start, vm_size_t size)
{
	uint64_t before = vm_counters.faults;

	return is_filled(map, start, size) ? (long)(vm_counters.faults - before)
					   : -1;
}

/* Two empty maps, for each test. */
static struct vm_map *from, *to;

static void
test_move(void)
{
	vm_address_t a = allocate_at(from, 0, MEGA + P), b, c;
	unsigned flushes;

	is_int(a % LEAF, 0, "a MiB has a table of its own");
	fill(from, a, MEGA + P);
	pmap_activate(from->pmap);
	flushes = host_mmu.asid_flushes;
	b = move(from, a, MEGA + P, to);
	ok(b != 0 && b % LEAF == 0, "it moves to one");
	is_int(host_mmu.asid_flushes - flushes, 1, "the sender is flushed");
	is_int(from->pmap->resident, 0, "which has nothing mapped");
	is_int(vm_host_load(from, a), -KERN_INVALID_ADDRESS, "nor has memory");
	is_int(to->pmap->resident, MEGA / P + 1, "the receiver has all");
	is_int(faults_to_read(to, b, MEGA + P), 0,
	    "and needs no fault to read it");
	is_int(vm_host_store(to, b, 7), KERN_SUCCESS, "it can write");
	vm_map_remove(to, b, P);
	is_int(to->pmap->resident, MEGA / P, "a page can go");
	is_int(vm_host_load(to, b), -KERN_INVALID_ADDRESS, "and is gone");
	c = move(to, b + P, MEGA, from);
	is_int(c % LEAF, P, "the rest moves to the same place in one");
	vm_map_remove(from, c, MEGA);
	pmap_activate(to->pmap);
	c = allocate_at(to, 0, MEGA);
	fill(to, c, MEGA);
	vm_map_remove(to, c, MEGA);
	a = filled(from, 0, MEGA);
	flushes = host_mmu.page_flushes;
	b = move(from, a, MEGA, to);
	ok(b == c && faults_to_read(to, b, MEGA) == 0 &&
		host_mmu.page_flushes > flushes,
	    "in place of an empty table, which is flushed");
}

static void
test_neighbours(void)
{
	vm_address_t low = 16 * LEAF, a = low + LEAF / 2, b;

	(void)filled(from, a, LEAF);
	b = move(from, a, LEAF, to);
	is_int(b % LEAF, LEAF / 2, "across two tables, at the same place");
	is_int(faults_to_read(to, b, LEAF), 0, "both moved");
	vm_map_remove(to, b, LEAF);
	(void)filled(from, a, LEAF);
	allocate_at(from, low, P);
	vm_host_store(from, low, 99);
	b = move(from, a, LEAF, to);
	ok(faults_to_read(to, b, LEAF) > 0, "one has somebody else's page");
	is_int(vm_host_load(from, low), 99, "which is there still");
	is_int(from->pmap->resident, 1, "alone");
	(void)filled(from, a, LEAF);
	allocate_at(from, low + 2 * LEAF - P, P);
	b = move(from, a, LEAF, to);
	ok(b != 0 && faults_to_read(to, b, LEAF) > 0 &&
		from->pmap->resident == 1,
	    "between neighbours on both sides");
	allocate_at(from, 32 * LEAF, LEAF);
	fill(from, 32 * LEAF, 5 * P);
	b = move(from, 32 * LEAF, LEAF, to);
	ok(is_filled(to, b, 5 * P), "a few pages of many");
}

static void
test_rights(void)
{
	vm_address_t a = allocate_at(from, 0, MEGA), b;

	fill(from, a, MEGA);
	vm_map_protect(from, a, MEGA, VM_PROT_ALL, false);
	vm_host_touch(from, a, VM_PROT_EXECUTE);
	b = move(from, a, MEGA, to);
	is_int(vm_host_touch(to, b, VM_PROT_EXECUTE), KERN_PROTECTION_FAILURE,
	    "what could be executed cannot");
	ok(is_filled(to, b, MEGA), "and is there");
	vm_map_protect(to, b, MEGA, VM_PROT_READ, false);
	is_int(faults_to_read(to, b, MEGA), 0, "it is only read");
	a = move(to, b, MEGA, from);
	is_int(faults_to_read(from, a, MEGA), 0, "it moves as it is");
	is_int(vm_host_store(from, a, 3), KERN_SUCCESS, "and can be written");
}

/* What moves is shared with a child until either writes. */
static void
test_copy_on_write(void)
{
	struct vm_map *child;
	vm_address_t a = allocate_at(from, 0, MEGA), b;
	struct vm_map_copy *copy;

	fill(from, a, MEGA);
	child = vm_map_fork(from);
	ok(is_filled(from, a, MEGA) && is_filled(child, a, MEGA),
	    "two see the same pages");
	vm_map_copyin(from, a, MEGA, true, &copy);
	vm_host_store(child, a + P, 200);
	vm_map_remove(child, a + 2 * P, P);
	vm_map_copyout(to, &b, copy);
	is_int(faults_to_read(to, b, MEGA), 0, "one moves, the other writes");
	vm_host_store(to, b + 3 * P, 201);
	is_int(vm_host_load(child, a + 3 * P), 3, "and the other way round");
	is_int(vm_host_load(child, a + P), 200, "each has its own");
	vm_map_copyin(to, b, MEGA, true, &copy);
	vm_map_copy_discard(copy);
	ok(vm_host_load(child, a + 3 * P) == 3 &&
		vm_host_load(child, a + 4 * P) == 4,
	    "what is discarded in between is still the other's");
	vm_map_destroy(child);
}

/* Taken apart on its way, put over other memory, freed. */
static void
test_on_its_way(void)
{
	vm_address_t a = allocate_at(from, 0, MEGA), b;
	struct vm_map_copy *copy;
	struct vm_page *page;
	char byte = 0;

	fill(from, a, MEGA);
	vm_map_copyin(from, a, MEGA, true, &copy);
	page = vm_map_copy_steal(copy, 5 * P);
	ok(page != NULL && *(char *)vm_page_data(page) == 5,
	    "a page leaves its table");
	vm_page_free(page);
	ok(vm_map_copy_read_at(copy, 6 * P, &byte, 1) == KERN_SUCCESS &&
		byte == 6,
	    "others are read");
	vm_map_copyout(from, &a, copy);
	is_int(vm_host_load(from, a + 5 * P), 0, "there is none in its place");
	is_int(from->pmap->resident, MEGA / P, "but this one");
	b = allocate_at(from, 0, 2 * MEGA);
	fill(from, b, 2 * MEGA);
	fill(from, a, MEGA);
	vm_map_copyin(from, a, MEGA, true, &copy);
	is_int(vm_map_copy_overwrite(from, b + MEGA, copy), KERN_SUCCESS,
	    "over memory");
	ok(is_filled(from, b, MEGA) && is_filled(from, b + MEGA, MEGA),
	    "which has the new contents");
	vm_map_copyin(from, b, 2 * MEGA, true, &copy);
	vm_map_copy_discard(copy);
	is_int(from->pmap->resident, 0, "discarded");
}

/* A receiver whose addresses are nearly all taken. */
static void
test_no_room(void)
{
	vm_address_t a = allocate_at(from, 0, MEGA), gap = 64 * LEAF + P;
	vm_address_t b = VM_MIN_ADDRESS;

	fill(from, a, MEGA);
	allocate_at(to, b, gap - b);
	allocate_at(to, gap + MEGA, VM_MAX_ADDRESS - (gap + MEGA));
	b = move(from, a, MEGA, to);
	is_int(b, gap, "into the only gap");
	ok(faults_to_read(to, b, MEGA) > 0, "where a table cannot be");
	(void)filled(from, a, MEGA);
	is_int(move(from, a, MEGA, to), 0, "and there is no other");
}

/* There and back, failing somewhere; true: it did not. */
static bool
round_trip(vm_address_t *a)
{
	vm_address_t b;

	*a = allocate_at(from, 0, 3 * MEGA);
	if (*a == 0 || !fill(from, *a, 3 * MEGA))
		return false;
	b = move(from, *a, 3 * MEGA, to);
	if (b == 0 || !is_filled(to, b, 3 * MEGA))
		return false;
	b = move(to, b + P, 3 * MEGA - 2 * P, from);
	return b != 0 && vm_host_load(from, b) == 1;
}

static void
test_failures(void)
{
	bool done = false, clean = true, intact = true;
	int points = 0;

	for (; !done && points < 2000; points++) {
		struct vm_host_usage before = vm_host_usage();
		struct vm_map_copy *copy;
		vm_address_t a = 0, b;

		from = vm_map_create();
		to = vm_map_create();
		vm_host_fail_in = points;
		done = round_trip(&a) && vm_host_fail_in >= 0;
		vm_host_fail_in = -1;
		b = allocate_at(to, 0, MEGA);
		intact = intact && fill(to, b, MEGA);
		if (vm_map_copyin(to, b, MEGA, true, &copy) == KERN_SUCCESS) {
			vm_host_fail_in = points % 4;
			if (vm_map_copyout(from, &b, copy) != KERN_SUCCESS)
				vm_map_copy_discard(copy);
			else
				intact = intact && is_filled(from, b, MEGA);
			vm_host_fail_in = -1;
		}
		vm_map_destroy(from);
		vm_map_destroy(to);
		clean = clean && vm_host_same(before);
	}
	ok(done && points > 700, "each allocation failed in its turn");
	ok(clean, "nothing leaked in any case");
	ok(intact, "memory kept its contents");
}

static void
run(void (*test)(void))
{
	struct vm_host_usage before = vm_host_usage();

	from = vm_map_create();
	to = vm_map_create();
	test();
	vm_map_destroy(from);
	vm_map_destroy(to);
	ok(vm_host_same(before), "nothing leaked");
}

int
main(void)
{
	vm_host_start(16UL << 20);
	run(test_move);
	run(test_neighbours);
	run(test_rights);
	run(test_copy_on_write);
	run(test_on_its_way);
	run(test_no_room);
	test_failures();
	return test_done();
}
