/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Tests of vm_phys.c: all of memory can be had and given back, blocks do not
 * overlap, neighbours join again, the reserves hold.
 */
#include <boot/bootinfo.h>
#include <kern/task.h>
#include <kern/thread.h>
#include <libtest/test.h>
#include <stdlib.h>
#include <string.h>
#include <vm/vm_kernel.h>
#include <vm/vm_page.h>

#include "vm_host.h"

#define MEMORY (16UL << 20)

static unsigned wakes;

static void
count_wake(void)
{
	wakes++;
}

static void
test_everything(void)
{
	static paddr_t got[MEMORY / VM_PAGE_SIZE];
	uint64_t before = vm_phys_free_count;
	unsigned count = 0;
	bool clean = true;

	while ((got[count] = vm_phys_alloc(0)) != 0) {
		memset(phys_to_virt(got[count]), 0xee, VM_PAGE_SIZE);
		count++;
	}
	is_int(vm_phys_free_count, vm_phys_kernel_reserve,
	    "single pages: all but the reserve");
	is_int(count, before - vm_phys_kernel_reserve, "as many as counted");
	vm_phys_privileged = current_thread();
	while ((got[count] = vm_phys_alloc(0)) != 0)
		count++;
	is_int(vm_phys_free_count, 0, "the privileged thread gets the rest");
	is_int(count, before, "every page once");
	for (unsigned i = 0; i < count; i++)
		clean = clean && got[i] >= 0x100000;
	ok(clean, "inside memory");
	vm_phys_privileged = NULL;
	for (unsigned i = 0; i < count; i++)
		vm_phys_free(got[i], 0);
	is_int(vm_phys_free_count, before, "all given back");
	got[0] = vm_phys_alloc(10);
	ok(got[0] != 0 && got[0] % (4UL << 20) == 0,
	    "4 MiB in one piece afterwards: joined and aligned");
	vm_phys_free(got[0], 10);
}

/* Random orders; each block is filled with its number and checked. */
static void
test_random(void)
{
	enum { LIVE = 200, ROUNDS = 20000 };
	static struct {
		paddr_t pa;
		unsigned order;
	} live[LIVE];
	uint64_t before = vm_phys_free_count;
	bool intact = true;

	srand(1);
	for (int i = 0; i < ROUNDS; i++) {
		unsigned at = (unsigned)rand() % LIVE;

		if (live[at].pa != 0) {
			unsigned char *p = phys_to_virt(live[at].pa);
			size_t size = VM_PAGE_SIZE << live[at].order;

			intact = intact && p[0] == at && p[size - 1] == at;
			vm_phys_free(live[at].pa, live[at].order);
			live[at].pa = 0;
			continue;
		}
		live[at].order = (unsigned)rand() % 6;
		live[at].pa = vm_phys_alloc(live[at].order);
		if (live[at].pa != 0)
			memset(phys_to_virt(live[at].pa), (int)at,
			    VM_PAGE_SIZE << live[at].order);
	}
	ok(intact, "no block was handed out twice");
	for (unsigned at = 0; at < LIVE; at++)
		if (live[at].pa != 0)
			vm_phys_free(live[at].pa, live[at].order);
	is_int(vm_phys_free_count, before, "all given back");
}

static void
test_pages(void)
{
	struct vm_page *page = vm_page_alloc_zero(), *run;
	paddr_t raw = vm_phys_alloc(0);
	unsigned char sum = 0;

	ok(page != NULL, "a page");
	for (unsigned i = 0; i < VM_PAGE_SIZE; i++)
		sum |= ((unsigned char *)vm_page_data(page))[i];
	is_int(sum, 0, "it is zeroed");
	ok(vm_phys_page(vm_page_pa(page)) == page, "found by its address");
	ok(vm_phys_page(raw) == NULL, "kernel memory is no object's page");
	ok(vm_phys_page(0x40) == NULL, "nor is what lies outside memory");
	vm_phys_free(raw, 0);
	vm_page_free(page);
	run = vm_page_alloc_run(3);
	ok(run != NULL &&
		vm_phys_page(vm_page_pa(run) + 7 * VM_PAGE_SIZE) == run + 7,
	    "a run has its pages in order");
	for (unsigned i = 0; run != NULL && i < 8; i++)
		vm_page_free(run + i);
}

static void
test_reserve(void)
{
	static struct vm_page *got[MEMORY / VM_PAGE_SIZE];
	static struct task task = {.limited = true};
	unsigned count = 0;

	vm_phys_on_low = count_wake;
	current_thread()->task = &task;
	while ((got[count] = vm_page_alloc()) != NULL)
		count++;
	is_int(vm_phys_free_count, vm_phys_limited_reserve,
	    "a limited task stops where servers go on");
	ok(vm_page_alloc_run(2) == NULL, "with runs too");
	current_thread()->task = NULL;
	while ((got[count] = vm_page_alloc()) != NULL)
		count++;
	is_int(vm_phys_free_count, vm_phys_user_reserve,
	    "users stop at their reserve");
	ok(wakes > 0, "and the page-out thread was woken before");
	ok(vm_phys_alloc(0) != 0, "the kernel goes on");
	while (count > 0)
		vm_page_free(got[--count]);
}

static void
test_ranges(void)
{
	paddr_t middle = 0x100000 + MEMORY / 2;

	/* A hole in the middle, as if a module lay there, then freed. */
	bootinfo.memory_count = 3;
	bootinfo.memory[0].end = middle;
	bootinfo.memory[1] = (struct boot_memory){
	    middle, middle + 5 * VM_PAGE_SIZE, BOOT_MEMORY_MODULE};
	bootinfo.memory[2] = (struct boot_memory){middle + 5 * VM_PAGE_SIZE,
	    0x100000 + MEMORY - VM_PAGE_SIZE, BOOT_MEMORY_USABLE};
	vm_phys_free_count = 0;
	vm_page_init();
	for (unsigned i = 0; i < 5; i++)
		vm_phys_free(middle + i * VM_PAGE_SIZE, 0);
	is_int(vm_phys_free_count, vm_phys_total_count + 5,
	    "a module's pages join the free ones");
}

int
main(void)
{
	vm_host_memory(MEMORY);
	ok(vm_phys_total_count > 3900, "16 MiB give most of 4096 pages");
	test_everything();
	test_random();
	test_pages();
	test_reserve();
	test_ranges();
	return test_done();
}
