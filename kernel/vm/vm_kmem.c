/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Kernel virtual ranges: a red-black tree of those in use, by address; a new
 * one goes into the first gap above the last one that fits. Every range is
 * followed by an unmapped page, so a stack (which grows down) runs into the
 * page behind the range below it, and a buffer's overrun is a trap.
 */
#include <arch/vm_param.h>

#include <kern/panic.h>
#include <kern/slab.h>
#include <lib/rbtree.h>
#include <vm/pmap.h>
#include <vm/vm_kernel.h>
#include <vm/vm_kmem.h>
#include <vm/vm_page.h>

struct kmem_range {
	struct rb_node node;
	vaddr_t start;
	vaddr_t end; /* with the guard page */
};

static struct rb_tree ranges;
static struct slab_cache range_cache;
static vaddr_t rover; /* where the search begins */

/* The range that ends above `va` and is the lowest such; or NULL. */
static struct kmem_range *
range_above(vaddr_t va)
{
	struct rb_node *node = ranges.root;
	struct kmem_range *found = NULL;

	while (node != NULL) {
		struct kmem_range *range =
		    rb_entry(node, struct kmem_range, node);

		if (range->end > va) {
			found = range;
			node = node->left;
		} else {
			node = node->right;
		}
	}
	return found;
}

/* A gap of `size` in [from, KMEM_END); 0: none. */
static vaddr_t
find_gap(vaddr_t from, size_t size)
{
	struct kmem_range *range = range_above(from);

	while (range != NULL && range->start < from + size) {
		struct rb_node *next = rb_next(&range->node);

		from = range->end;
		range = next != NULL ? rb_entry(next, struct kmem_range, node)
				     : NULL;
	}
	return KMEM_END - from >= size ? from : 0;
}

static void
range_insert(struct kmem_range *range)
{
	struct rb_node **link = &ranges.root, *parent = NULL;

	while (*link != NULL) {
		parent = *link;
		link = range->start <
			       rb_entry(parent, struct kmem_range, node)->start
			   ? &parent->left
			   : &parent->right;
	}
	rb_insert(&ranges, &range->node, parent, link);
}

/* `size` bytes of addresses and a guard page; 0: none or no memory. */
static vaddr_t
range_alloc(size_t size)
{
	size_t whole = size + VM_PAGE_SIZE;
	struct kmem_range *range;
	vaddr_t start;

	if (size == 0 || size > (KMEM_END - KMEM_BASE) / 2)
		return 0;
	start = find_gap(rover, whole);
	if (start == 0)
		start = find_gap(KMEM_BASE + VM_PAGE_SIZE, whole);
	if (start == 0)
		return 0;
	range = slab_alloc(&range_cache);
	if (range == NULL)
		return 0;
	range->start = start;
	range->end = start + whole;
	range_insert(range);
	rover = range->end;
	return start;
}

static void
range_free(vaddr_t start, size_t size)
{
	struct kmem_range *range = range_above(start);

	if (range == NULL || range->start != start ||
	    range->end != start + size + VM_PAGE_SIZE)
		panic("kernel range %lx + %zx was not allocated",
		    (unsigned long)start, size);
	rb_remove(&ranges, &range->node);
	slab_free(&range_cache, range);
	if (start < rover)
		rover = start;
}

/* Unmap and free the pages of [start, end). */
static void
pages_free(vaddr_t start, vaddr_t end)
{
	for (vaddr_t va = start; va < end; va += VM_PAGE_SIZE) {
		paddr_t pa = pmap_extract(&kernel_pmap, va);

		pmap_remove(&kernel_pmap, va, va + VM_PAGE_SIZE);
		vm_phys_free(pa, 0);
	}
}

void *
vm_kmem_alloc(size_t size)
{
	vaddr_t start, va;

	size = VM_ROUND_PAGE(size);
	start = range_alloc(size);
	if (start == 0)
		return NULL;
	for (va = start; va < start + size; va += VM_PAGE_SIZE) {
		paddr_t pa = vm_phys_alloc(0);

		if (pa == 0)
			break;
		if (pmap_enter(&kernel_pmap, va, pa, VM_PROT_DEFAULT,
			VM_CACHE_NORMAL) != KERN_SUCCESS) {
			vm_phys_free(pa, 0);
			break;
		}
	}
	if (va == start + size)
		return (void *)start;
	pages_free(start, va);
	range_free(start, size);
	return NULL;
}

void
vm_kmem_free(void *memory, size_t size)
{
	vaddr_t start = (vaddr_t)memory;

	size = VM_ROUND_PAGE(size);
	pages_free(start, start + size);
	range_free(start, size);
}

bool
vm_kmem_contains(const void *memory)
{
	return (vaddr_t)memory - KMEM_BASE < KMEM_END - KMEM_BASE;
}

static unsigned stacks;

void *
vm_kmem_stack_alloc(void)
{
	void *stack = vm_kmem_alloc(KERNEL_STACK_SIZE);

	stacks += stack != NULL;
	return stack;
}

unsigned
vm_kmem_stacks(void)
{
	return stacks;
}

void
vm_kmem_stack_free(void *stack)
{
	stacks--;
	vm_kmem_free(stack, KERNEL_STACK_SIZE);
}

void *
vm_kmem_map_device(paddr_t pa, size_t size)
{
	paddr_t first = VM_TRUNC_PAGE(pa);
	size_t whole = VM_ROUND_PAGE(pa + size) - first;
	vaddr_t start = range_alloc(whole);

	if (start == 0)
		return NULL;
	for (size_t at = 0; at < whole; at += VM_PAGE_SIZE)
		if (pmap_enter(&kernel_pmap, start + at, first + at,
			VM_PROT_DEFAULT, VM_CACHE_DEVICE) != KERN_SUCCESS) {
			pmap_remove(&kernel_pmap, start, start + at);
			range_free(start, whole);
			return NULL;
		}
	return (void *)(start + (pa - first));
}

void
vm_kmem_init(void)
{
	slab_cache_init(
	    &range_cache, "kmem range", sizeof(struct kmem_range), 8);
	rover = KMEM_BASE + VM_PAGE_SIZE;
}
