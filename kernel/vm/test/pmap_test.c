/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Tests of slab.c, pmap.c and vm_kmem.c together: the fake tables are walked
 * through pmap_extract.
 */
#include <kern/slab.h>
#include <kern/thread.h>
#include <libtest/test.h>
#include <stdlib.h>
#include <string.h>
#include <vm/pmap.h>
#include <vm/vm_kernel.h>
#include <vm/vm_kmem.h>
#include <vm/vm_page.h>

#include "../../arch/host/host_mmu.h"
#include "vm_host.h"

#define BASE 0x400000UL

static vm_prot_t
prot_at(struct pmap *pmap, vaddr_t va)
{
	pte_t *table = pmap->table;

	for (unsigned level = 3; level > 0; level--) {
		pte_t entry = table[PTE_INDEX(va, level)];

		if (!pte_present(entry))
			return VM_PROT_NONE;
		table = phys_to_virt(pte_addr(entry));
	}
	return pte_prot(table[PTE_INDEX(va, 0)]);
}

static void
test_slab(void)
{
	static struct slab_cache cache;
	static void *object[1000];
	bool aligned = true;
	uint64_t before;

	slab_cache_init(&cache, "test", 200, 64);
	before = vm_phys_free_count;
	is_int(cache.size, 256, "sizes are rounded to the alignment");
	for (int i = 0; i < 1000; i++) {
		object[i] = slab_alloc_zero(&cache);
		aligned = aligned && (vaddr_t)object[i] % 64 == 0;
		memset(object[i], i, 200);
	}
	ok(aligned, "objects are aligned");
	for (int i = 0; i < 1000; i++)
		aligned = aligned && ((char *)object[i])[199] == (char)i;
	ok(aligned, "and do not overlap");
	for (int i = 0; i < 1000; i++)
		slab_free(&cache, object[i]);
	is_int(cache.in_use, 0, "all given back");
	is_int(before - vm_phys_free_count, 1UL << cache.slab_order,
	    "one empty slab is kept");
}

static void
test_kalloc(void)
{
	static void *memory[8000];
	uint64_t before;
	bool good = true;

	for (size_t size = 1; size < 8000; size += 7) {
		memory[size] = kalloc(size);
		good = good && memory[size] != NULL &&
		       (size % 64 != 0 || (vaddr_t)memory[size] % 64 == 0);
		if (memory[size] != NULL)
			memset(memory[size], (int)size, size);
	}
	ok(good, "kalloc of any size, multiples of 64 aligned");
	for (size_t size = 1; size < 8000; size += 7) {
		good = good &&
		       *(unsigned char *)memory[size] == (unsigned char)size;
		kfree(memory[size], size);
	}
	ok(good, "contents stay");
	before = vm_phys_free_count;
	memory[0] = kalloc(5 * VM_PAGE_SIZE);
	is_int(before - vm_phys_free_count, 5, "a run has no rounding loss");
	kfree(memory[0], 5 * VM_PAGE_SIZE);
	is_int(vm_phys_free_count, before, "and comes back whole");
	ok(kalloc((size_t)-1) == NULL, "an absurd size fails");
	ok(kalloc(64UL << 20) == NULL, "more than there is fails");
	ok(before - vm_phys_free_count <= 12, "keeping only kernel tables");
}

static void
test_enter(void)
{
	struct pmap *pmap = pmap_create();
	struct vm_page *page = vm_page_alloc(), *other = vm_page_alloc();
	paddr_t pa = vm_page_pa(page);

	is_int(
	    pmap_enter(pmap, BASE, pa, VM_PROT_READ, 0), KERN_SUCCESS, "enter");
	is_int(pmap_extract(pmap, BASE + 5), pa + 5, "extract");
	is_int(prot_at(pmap, BASE), VM_PROT_READ, "read only");
	is_int(pmap_extract(pmap, BASE + VM_PAGE_SIZE), 0, "its neighbour");
	pmap_enter(pmap, BASE, pa, VM_PROT_DEFAULT, 0);
	is_int(prot_at(pmap, BASE), VM_PROT_DEFAULT, "entered again, writable");
	is_int(pmap->resident, 1, "counted once");
	pmap_enter(pmap, BASE + (1UL << 40), pa, VM_PROT_DEFAULT, 0);
	pmap_enter(pmap, BASE + VM_PAGE_SIZE, pa, VM_PROT_DEFAULT, 0);
	pmap_page_protect(page, VM_PROT_READ);
	ok(prot_at(pmap, BASE) == VM_PROT_READ &&
		prot_at(pmap, BASE + (1UL << 40)) == VM_PROT_READ &&
		prot_at(pmap, BASE + VM_PAGE_SIZE) == VM_PROT_READ,
	    "all three mappings of a page lose a right");
	pmap_enter(pmap, BASE, vm_page_pa(other), VM_PROT_DEFAULT, 0);
	ok(page->pv.slot != NULL && other->pv.slot != NULL &&
		pmap_extract(pmap, BASE) == vm_page_pa(other),
	    "one page replaces another");
	pmap_page_remove(page);
	is_int(pmap->resident, 1, "the first page has no mapping left");
	ok(page->pv.slot == NULL, "and knows");
	pmap_protect(pmap, 0, VM_MAX_ADDRESS, VM_PROT_READ);
	is_int(prot_at(pmap, BASE), VM_PROT_READ, "protect a huge range");
	pmap_protect(pmap, 0, VM_MAX_ADDRESS, VM_PROT_EXECUTE);
	ok(pmap->resident == 0 && other->pv.slot == NULL,
	    "a right that is not there leaves no entry");
	pmap_enter(
	    pmap, BASE, vm_page_pa(other), VM_PROT_READ | VM_PROT_EXECUTE, 0);
	is_int(host_mmu.code_syncs, 1, "code is made visible once");
	pmap_enter(
	    pmap, BASE, vm_page_pa(other), VM_PROT_READ | VM_PROT_EXECUTE, 0);
	is_int(host_mmu.code_syncs, 1, "and only once");
	pmap_destroy(pmap);
	ok(other->pv.slot == NULL, "destroy removes what is left");
	vm_page_free(page);
	vm_page_free(other);
}

static void
test_asid(void)
{
	struct pmap *a = pmap_create(), *b = pmap_create();
	struct vm_page *page = vm_page_alloc();
	unsigned asid, full = host_mmu.full_flushes;

	pmap_activate(a);
	asid = host_mmu.asid;
	ok(asid != 0 && host_mmu.root == a->root, "loaded, with a tag");
	pmap_activate(b);
	ok(host_mmu.asid != asid, "another has another tag");
	pmap_activate(a);
	is_int(host_mmu.asid, asid, "the tag stays");
	pmap_enter(b, BASE, vm_page_pa(page), VM_PROT_READ, 0);
	pmap_remove(b, BASE, BASE + VM_PAGE_SIZE);
	for (int i = 0; i < 40; i++) {
		pmap_activate(i % 2 == 0 ? b : a);
		pmap_enter(a, BASE, vm_page_pa(page), VM_PROT_READ, 0);
		pmap_remove(a, BASE, BASE + VM_PAGE_SIZE);
	}
	ok(host_mmu.full_flushes > full, "out of tags: everything is flushed");
	ok(host_mmu.asid <= host_asid_max, "tags stay in range");
	vm_page_free(page);
	pmap_destroy(a);
	pmap_destroy(b);
	ok(host_mmu.root != a->root, "a loaded pmap that goes is unloaded");
}

/* Many far-apart mappings come and go: tables do not pile up. */
static void
test_collect(void)
{
	struct pmap *pmap = pmap_create();
	struct vm_page *page = vm_page_alloc();
	uint64_t most = 0;

	for (vaddr_t i = 1; i < 1000; i++) {
		vaddr_t va = i << 30;

		pmap_enter(pmap, va, vm_page_pa(page), VM_PROT_READ, 0);
		pmap_remove(pmap, va, va + VM_PAGE_SIZE);
		if (pmap->tables > most)
			most = pmap->tables;
	}
	ok(most < 100, "empty tables are collected");
	pmap_destroy(pmap);
	vm_page_free(page);
}

/* What a pmap leaves behind is good for the next. */
static void
test_spares(void)
{
	struct vm_page *page = vm_page_alloc();
	uint64_t before;
	bool zero = true;

	pmap_free_spares();
	before = vm_phys_free_count;
	for (int i = 0; i < 2; i++) {
		struct pmap *pmap = pmap_create();

		for (vaddr_t va = BASE; va < BASE << 20; va <<= 4) {
			pmap_enter_page(pmap, va, page, VM_PROT_READ);
			zero = zero && pmap_extract(pmap, va + BASE / 2) == 0;
		}
		is_int(pmap->tables, 10, "as many tables as places need");
		is_int(pmap_spares, 0, "of which none was spare too many");
		pmap_destroy(pmap);
		is_int(pmap_spares, 11, "they are kept");
	}
	ok(zero, "and empty when they are used again");
	ok(before - vm_phys_free_count <= 11, "nothing else is");
	pmap_free_spares();
	is_int(pmap_spares, 0, "until they are not wanted");
	vm_page_free(page);
}

static void
test_kmem(void)
{
	uint64_t before = vm_phys_free_count;
	char *a = vm_kmem_stack_alloc(), *b = vm_kmem_stack_alloc(), *device;

	ok(pmap_extract(&kernel_pmap, (vaddr_t)a) != 0, "a stack is mapped");
	is_int(pmap_extract(&kernel_pmap, (vaddr_t)b - 1), 0,
	    "the page below is not");
	ok(b - a > (long)KERNEL_STACK_SIZE, "stacks are apart");
	vm_kmem_stack_free(a);
	is_int(pmap_extract(&kernel_pmap, (vaddr_t)a), 0, "freed: unmapped");
	ok(vm_kmem_stack_alloc() == a, "the addresses are used again");
	vm_kmem_stack_free(a);
	vm_kmem_stack_free(b);
	device = vm_kmem_map_device(0xfee00020, 0x100);
	is_int(pmap_extract(&kernel_pmap, (vaddr_t)device), 0xfee00020,
	    "device registers keep their offset");
	ok(before - vm_phys_free_count <= 4, "nothing but tables is kept");
}

int
main(void)
{
	vm_host_memory(16UL << 20);
	slab_init();
	vm_kmem_init();
	pmap_init();
	test_slab();
	test_kalloc();
	test_enter();
	test_asid();
	test_collect();
	test_spares();
	test_kmem();
	return test_done();
}
