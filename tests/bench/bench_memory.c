/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Memory: what addresses cost, and the first touch of a page.
 */
#include <mach/vm_map_user.h>

#include <libmach/mach.h>

#include "bench.h"

static vm_address_t region;

static void
memory_page(void)
{
	vm_address_t address = bench_allocate(PAGE);

	bench_touch(address, PAGE);
	bench_free(address, PAGE);
}

static void
memory_untouched(void)
{
	bench_free(bench_allocate(MEGA), MEGA);
}

static void
memory_mega(void)
{
	vm_address_t address = bench_allocate(MEGA);

	bench_touch(address, MEGA);
	bench_free(address, MEGA);
}

#define MANY_PAGES 1000

/* The faults alone. */
static void
zero_fill(void)
{
	vm_address_t address;

	bench_pause();
	address = bench_allocate(MANY_PAGES * PAGE);
	bench_resume();
	bench_touch(address, MANY_PAGES * PAGE);
	bench_pause();
	bench_free(address, MANY_PAGES * PAGE);
	bench_resume();
}

static bool
touched_region(void)
{
	region = bench_allocate(MEGA);
	bench_touch(region, MEGA);
	return true;
}

static void
free_region(void)
{
	bench_free(region, MEGA);
}

/* Pages that are there, taken from the page table. */
static void
soft_fault(void)
{
	bench_pause();
	(void)syscall_vm_protect(
	    mach_task_self(), region, MEGA, FALSE, VM_PROT_READ);
	(void)syscall_vm_protect(mach_task_self(), region, MEGA, FALSE,
	    VM_PROT_READ | VM_PROT_WRITE);
	bench_resume();
	bench_touch(region, MEGA);
}

static vm_address_t
copy_of_region(void)
{
	vm_address_t address = 0;
	vm_prot_t now, most;

	if (vm_remap(mach_task_self(), &address, MEGA, 0, TRUE,
		mach_task_self(), region, TRUE, &now, &most,
		VM_INHERIT_COPY) != KERN_SUCCESS)
		bench_fail("no copy");
	return address;
}

static void
copy_on_write(void)
{
	vm_address_t copy;

	bench_pause();
	copy = copy_of_region();
	bench_resume();
	bench_touch(copy, MEGA);
	bench_pause();
	bench_free(copy, MEGA);
	bench_resume();
}

static void
protect_page(void)
{
	(void)syscall_vm_protect(
	    mach_task_self(), region, PAGE, FALSE, VM_PROT_READ);
	(void)syscall_vm_protect(mach_task_self(), region, PAGE, FALSE,
	    VM_PROT_READ | VM_PROT_WRITE);
}

static void
read_page(void)
{
	vm_offset_t data = 0;
	mach_msg_type_number_t size = 0;

	if (vm_read(mach_task_self(), region, PAGE, &data, &size) !=
	    KERN_SUCCESS)
		bench_fail("no page read");
	bench_free(data, size);
}

static void
copy_pages(void)
{
	(void)vm_copy(mach_task_self(), region, MEGA / 2, region + MEGA / 2);
}

static void
region_info(void)
{
	vm_address_t at = region;
	vm_size_t size;
	vm_prot_t now, most;
	vm_inherit_t inheritance;
	boolean_t shared;
	mach_port_t object;
	vm_offset_t offset;

	(void)vm_region(mach_task_self(), &at, &size, &now, &most, &inheritance,
	    &shared, &object, &offset);
}

const struct bench_row bench_memory_rows[] = {
    {"memory: allocate, touch, free", 1000, 1900, memory_page, NULL, NULL, 0},
    {"memory: 1 MiB, untouched", 1000, 0, memory_untouched, NULL, NULL, 0},
    {"memory: 1 MiB, touched", 20, 0, memory_mega, NULL, NULL, 0},
    {"fault, zero-filled, a page", 10, 1100, zero_fill, NULL, NULL, MANY_PAGES},
    {"fault, after vm_protect", 20, 400, soft_fault, touched_region,
	free_region, MEGA / PAGE},
    {"fault, copy on write, a page", 10, 1500, copy_on_write, touched_region,
	free_region, MEGA / PAGE},
    {"vm_protect, twice", 1000, 0, protect_page, touched_region, free_region,
	0},
    {"vm_read, a page", 500, 0, read_page, touched_region, free_region, 0},
    {"vm_copy, 512 KiB", 100, 0, copy_pages, touched_region, free_region, 0},
    {"vm_region", 500, 0, region_info, touched_region, free_region, 0},
    {NULL, 0, 0, NULL, NULL, NULL, 0},
};
