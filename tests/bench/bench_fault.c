/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Faults in different orders, of pages that are not there yet (zero-filled) and
 * of pages that are, only not in this map (lazy); and what many other entries
 * of the map make of it.
 */
#include <mach/mach_port_user.h>
#include <mach/task_user.h>
#include <mach/vm_map_user.h>

#include <libmach/mach.h>

#include "bench.h"

#define PAGES  1000
#define STRIDE 617 /* has no divisor in common with PAGES */

enum order { SEQUENTIAL, REVERSE, RANDOM };

static vm_address_t region;

static void
touch_in(vm_address_t address, enum order order)
{
	for (size_t i = 0; i < PAGES; i++) {
		size_t page = i;

		if (order == REVERSE)
			page = PAGES - 1 - i;
		else if (order == RANDOM)
			page = i * STRIDE % PAGES;
		*(volatile char *)(address + page * PAGE) = 1;
	}
}

static void
zero_fill(enum order order)
{
	vm_address_t address;

	bench_pause();
	address = bench_allocate(PAGES * PAGE);
	bench_resume();
	touch_in(address, order);
	bench_pause();
	bench_free(address, PAGES * PAGE);
	bench_resume();
}

static void
zero_fill_reverse(void)
{
	zero_fill(REVERSE);
}

static void
zero_fill_random(void)
{
	zero_fill(RANDOM);
}

static bool
make_region(void)
{
	region = bench_allocate(PAGES * PAGE);
	bench_touch(region, PAGES * PAGE);
	return true;
}

static void
free_region(void)
{
	bench_free(region, PAGES * PAGE);
}

/* The same pages at another place. */
static void
lazy(enum order order)
{
	vm_address_t address = 0;
	vm_prot_t now, most;

	bench_pause();
	if (vm_remap(mach_task_self(), &address, PAGES * PAGE, 0, TRUE,
		mach_task_self(), region, FALSE, &now, &most,
		VM_INHERIT_SHARE) != KERN_SUCCESS)
		bench_fail("not mapped again");
	bench_resume();
	touch_in(address, order);
	bench_pause();
	bench_free(address, PAGES * PAGE);
	bench_resume();
}

static void
lazy_sequential(void)
{
	lazy(SEQUENTIAL);
}

static void
lazy_reverse(void)
{
	lazy(REVERSE);
}

static void
lazy_random(void)
{
	lazy(RANDOM);
}

/* Every other page is read-only: so many entries. */
static void
make_entries(size_t count)
{
	region = bench_allocate(PAGES * PAGE);
	for (size_t i = 1; i < count; i += 2)
		(void)syscall_vm_protect(mach_task_self(), region + i * PAGE,
		    PAGE, FALSE, VM_PROT_READ);
}

static bool
make_10(void)
{
	make_entries(10);
	return true;
}

static bool
make_100(void)
{
	make_entries(100);
	return true;
}

static bool
make_1000(void)
{
	make_entries(1000);
	return true;
}

static void
page_life(void)
{
	vm_address_t address = bench_allocate(PAGE);

	bench_touch(address, PAGE);
	bench_free(address, PAGE);
}

static void
child_life(void)
{
	mach_port_t task;

	if (task_create(mach_task_self(), TRUE, &task) != KERN_SUCCESS)
		bench_fail("no task");
	(void)task_terminate(task);
	(void)mach_port_deallocate(mach_task_self(), task);
}

const struct bench_row bench_fault_rows[] = {
    {"fault, zero-filled, in reverse", 5, 0, zero_fill_reverse, NULL, NULL,
	PAGES},
    {"fault, zero-filled, in no order", 5, 0, zero_fill_random, NULL, NULL,
	PAGES},
    {"fault, lazy", 5, 0, lazy_sequential, make_region, free_region, PAGES},
    {"fault, lazy, in reverse", 5, 0, lazy_reverse, make_region, free_region,
	PAGES},
    {"fault, lazy, in no order", 5, 0, lazy_random, make_region, free_region,
	PAGES},
    {"memory, 10 more entries", 500, 0, page_life, make_10, free_region, 0},
    {"memory, 100 more entries", 500, 0, page_life, make_100, free_region, 0},
    {"memory, 1000 more entries", 500, 0, page_life, make_1000, free_region, 0},
    {"task_create, 100 more entries", 50, 0, child_life, make_100, free_region,
	0},
    {"task_create, 1000 more entries", 20, 0, child_life, make_1000,
	free_region, 0},
    {NULL, 0, 0, NULL, NULL, NULL, 0},
};
