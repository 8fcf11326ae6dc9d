/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The calls of the map, beside those that bench_memory.c has.
 */
#include <mach/mach_port_user.h>
#include <mach/vm_map_user.h>

#include <libmach/mach.h>

#include "bench.h"

static vm_address_t region;
static mach_port_t entry;
static mach_port_t host;

static bool
make_region(void)
{
	region = bench_allocate(MEGA);
	bench_touch(region, MEGA);
	host = bench_host();
	return true;
}

static void
free_region(void)
{
	(void)mach_port_deallocate(mach_task_self(), host);
	bench_free(region, MEGA);
}

static bool
make_entry(void)
{
	vm_size_t size = MEGA;

	(void)make_region();
	return mach_make_memory_entry(mach_task_self(), &size, region,
		   VM_PROT_READ | VM_PROT_WRITE, &entry,
		   MACH_PORT_NULL) == KERN_SUCCESS;
}

static void
free_entry(void)
{
	(void)mach_port_deallocate(mach_task_self(), entry);
	free_region();
}

static void
expect(kern_return_t kr)
{
	if (kr != KERN_SUCCESS)
		bench_fail("a call of the map failed");
}

static void
map(void)
{
	vm_address_t address = 0;

	expect(vm_map(mach_task_self(), &address, MEGA, 0, TRUE, entry, 0,
	    FALSE, VM_PROT_READ, VM_PROT_READ, VM_INHERIT_SHARE));
	bench_free(address, MEGA);
}

static void
remap(void)
{
	vm_address_t address = 0;
	vm_prot_t now, most;

	expect(vm_remap(mach_task_self(), &address, MEGA, 0, TRUE,
	    mach_task_self(), region, FALSE, &now, &most, VM_INHERIT_SHARE));
	bench_free(address, MEGA);
}

static void
read_bytes(vm_size_t wanted)
{
	vm_offset_t data = 0;
	mach_msg_type_number_t size = 0;

	expect(vm_read(mach_task_self(), region, wanted, &data, &size));
	bench_free(data, size);
}

static void
read_word(void)
{
	read_bytes(4);
}

static void
read_pages(void)
{
	read_bytes(4 * PAGE);
}

static void
read_over(void)
{
	vm_size_t size;

	expect(vm_read_overwrite(
	    mach_task_self(), region, PAGE, region + PAGE, &size));
}

static void
write_word(void)
{
	expect(vm_write(mach_task_self(), region, region + PAGE, 4));
}

static void
write_page(void)
{
	expect(vm_write(mach_task_self(), region, region + MEGA / 2,
	    (mach_msg_type_number_t)PAGE));
}

static void
write_pages(void)
{
	expect(vm_write(mach_task_self(), region, region + MEGA / 2,
	    (mach_msg_type_number_t)(4 * PAGE)));
}

static void
inherit(void)
{
	expect(vm_inherit(mach_task_self(), region, PAGE, VM_INHERIT_NONE));
	expect(vm_inherit(mach_task_self(), region, PAGE, VM_INHERIT_COPY));
}

static void
synchronize(void)
{
	expect(vm_msync(mach_task_self(), region, MEGA, VM_SYNC_SYNCHRONOUS));
}

static void
wire(void)
{
	expect(vm_wire(host, mach_task_self(), region, MEGA, VM_PROT_READ));
	expect(vm_wire(host, mach_task_self(), region, MEGA, VM_PROT_NONE));
}

const struct bench_row bench_vm_rows[] = {
    {"vm_map + deallocate, 1 MiB", 500, 0, map, make_entry, free_entry, 0},
    {"vm_remap + deallocate, 1 MiB", 500, 0, remap, make_region, free_region,
	0},
    {"vm_read, 4 bytes", 500, 0, read_word, make_region, free_region, 0},
    {"vm_read, 4 pages", 500, 0, read_pages, make_region, free_region, 0},
    {"vm_read_overwrite, a page", 500, 0, read_over, make_region, free_region,
	0},
    {"vm_write, 4 bytes", 500, 0, write_word, make_region, free_region, 0},
    {"vm_write, a page", 500, 0, write_page, make_region, free_region, 0},
    {"vm_write, 4 pages", 500, 0, write_pages, make_region, free_region, 0},
    {"vm_inherit, twice", 500, 0, inherit, make_region, free_region, 0},
    {"vm_msync, 1 MiB", 100, 0, synchronize, make_region, free_region, 0},
    {"vm_wire, 1 MiB, on and off", 20, 0, wire, make_region, free_region, 0},
    {NULL, 0, 0, NULL, NULL, NULL, 0},
};
