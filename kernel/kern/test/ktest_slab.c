/* SPDX-License-Identifier: BSD-2-Clause */
/* Physical pages and the object caches on the machine's own memory. */
#include <kern/ktest.h>
#include <kern/slab.h>
#include <kern/string.h>
#include <vm/vm_kernel.h>
#include <vm/vm_page.h>

#define OBJECTS 600
#define ORDERS  6

KTEST(pages)
{
	uint64_t before = vm_phys_free_count;
	paddr_t runs[ORDERS];
	bool aligned = true, apart = true;

	for (unsigned order = 0; order < ORDERS; order++) {
		size_t size = VM_PAGE_SIZE << order;

		runs[order] = vm_phys_alloc(order);
		aligned =
		    aligned && runs[order] != 0 && runs[order] % size == 0;
		memset(phys_to_virt(runs[order]), (int)order + 1, size);
	}
	ktest_ok(aligned, "runs are aligned to their size");
	for (unsigned order = 0; order < ORDERS; order++) {
		const char *at = phys_to_virt(runs[order]);
		size_t size = VM_PAGE_SIZE << order;

		apart = apart && at[0] == (char)(order + 1) &&
			at[size - 1] == (char)(order + 1);
	}
	ktest_ok(apart, "and lie apart");
	ktest_ok(vm_phys_free_count == before - ((1U << ORDERS) - 1),
	    "as many frames are gone as were taken");
	for (unsigned order = 0; order < ORDERS; order++)
		vm_phys_free(runs[order], order);
	ktest_ok(vm_phys_free_count == before, "and come back");
}

KTEST(slab)
{
	static struct slab_cache cache;
	static void *objects[OBJECTS];
	uint64_t before;
	bool good = true;

	slab_cache_init(&cache, "ktest", 192, 64);
	slab_free(&cache, slab_alloc(&cache)); /* one empty slab is kept */
	before = vm_phys_free_count;
	for (unsigned i = 0; i < OBJECTS; i++) {
		objects[i] = slab_alloc(&cache);
		good = good && objects[i] != NULL &&
		       (uintptr_t)objects[i] % 64 == 0;
		if (objects[i] != NULL)
			memset(objects[i], (int)(i & 0xff), 192);
	}
	ktest_ok(good, "objects are aligned");
	ktest_ok(cache.in_use == OBJECTS, "and counted");
	for (unsigned i = 0; i < OBJECTS; i++) {
		const unsigned char *at = objects[i];

		good = good && at[0] == (i & 0xff) && at[191] == (i & 0xff);
		slab_free(&cache, objects[i]);
	}
	ktest_ok(good, "keep what is put into them");
	ktest_ok(cache.in_use == 0, "none is left");
	/* It may keep a few empty slabs for the next time. */
	ktest_ok(vm_phys_free_count + 4 >= before, "nor are their pages");
}

KTEST(kalloc)
{
	static const size_t sizes[] = {1, 17, 100, 1000, 4096, 5000, 70000};
	const unsigned kinds = sizeof(sizes) / sizeof(sizes[0]);
	unsigned char *memory[sizeof(sizes) / sizeof(sizes[0])];
	bool zero = true;

	for (unsigned i = 0; i < kinds; i++) {
		memory[i] = kalloc_zero(sizes[i]);
		zero = zero && memory[i] != NULL && memory[i][0] == 0 &&
		       memory[i][sizes[i] - 1] == 0;
	}
	ktest_ok(zero, "memory of any size, cleared");
	for (unsigned i = 0; i < kinds; i++)
		kfree(memory[i], sizes[i]);
	ktest_ok(kalloc((size_t)1 << 50) == NULL, "too much is refused");
}
