/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Memory objects: pages by index, in a radix tree, above a shadow object that
 * has what is missing here.
 *
 * Life: a reference for every map entry (or entry in a copy) and for every
 * object that shadows this one; an object with a pager has one more while the
 * pager may find it (vm_pager.c). The last release frees the pages.
 *
 * Copies. Temporary memory is copied symmetrically: both entries get
 * needs_copy and shadow the object at their first write. Memory others see
 * through this object (`shared`, or a pager's) is copied asymmetrically: the
 * copy is an object that shadows this one, and whoever writes here first puts
 * the old page into it (`copy`, the newest; older copies shadow newer ones).
 *
 * In place of a page the tree may hold VM_ITEM_ABSENT (asked of the pager) or
 * VM_ITEM_ERROR (the pager has failed); only objects with a pager do.
 */
#ifndef VM_VM_OBJECT_H
#define VM_VM_OBJECT_H

#include <kern/wait.h>
#include <lib/radix.h>
#include <vm/vm_page.h>

struct vm_pager;

struct vm_object {
	struct radix pages;
	unsigned references;
	unsigned resident; /* pages, without markers */
	vm_size_t size;
	struct vm_object *shadow;
	vm_offset_t shadow_offset;
	struct vm_object *copy; /* without a reference */
	struct vm_pager *pager; /* NULL: temporary memory */
	struct wait_queue wait; /* for busy and absent pages */
	paddr_t physical_base;  /* of a physical object */
	vm_cache_t cache;       /* of a physical object */
	bool physical;          /* not our pages: registers, modules */
	bool shared;            /* several entries write here */
	bool many;              /* references may overlap: keep all pages */
};

#define VM_ITEM_ABSENT ((void *)1)
#define VM_ITEM_ERROR  ((void *)2)

extern void vm_object_init(void);

/* Temporary memory of `size` bytes, one reference. NULL: no memory. */
extern struct vm_object *vm_object_create(vm_size_t size);
extern struct vm_object *vm_object_create_physical(
    paddr_t pa, vm_size_t size, vm_cache_t cache);

static inline void
vm_object_reference(struct vm_object *object)
{
	object->references++;
}

/* May block (a big one is freed in pieces). NULL is allowed. */
extern void vm_object_release(struct vm_object *object);

static inline bool
vm_item_is_page(const void *item)
{
	return (uintptr_t)item > (uintptr_t)VM_ITEM_ERROR;
}

/* The page at an index; NULL for none and for markers. */
static inline struct vm_page *
vm_object_page(const struct vm_object *object, uint64_t index)
{
	void *item = radix_lookup(&object->pages, index);

	return vm_item_is_page(item) ? item : NULL;
}

/* Insert a page; false: no memory. The place is free. */
extern bool vm_object_insert(
    struct vm_object *object, struct vm_page *page, uint64_t index);

/* A page for `index`, inserted, clean, undefined or zeroed. NULL: no memory. */
extern struct vm_page *vm_object_page_alloc(
    struct vm_object *object, uint64_t index, bool zero);

/* Take a page out of its object; mappings and queues are left behind. */
extern void vm_object_remove(struct vm_page *page);

/* Unmap it, take it out, free it. */
extern void vm_object_page_free(struct vm_page *page);

/* Free the pages of [first, end). The object is temporary, without copies. */
extern void vm_object_free_range(
    struct vm_object *object, uint64_t first, uint64_t end);

/*
 * vm_shadow.c. A new object in front of *object at *offset, taking its
 * reference over. False: no memory.
 */
extern bool vm_object_shadow(
    struct vm_object **object, vm_offset_t *offset, vm_size_t size);

/*
 * An object that keeps the present contents of `object`, at the same offsets;
 * referenced for the caller, who must not write to it (needs_copy). NULL: no
 * memory.
 */
extern struct vm_object *vm_object_copy_delayed(struct vm_object *object);

/* Before `page` is written: its old contents into the copy. False: memory. */
extern bool vm_object_push(struct vm_page *page);

/* The resident page seen at an index through the chain; NULL: none. */
extern struct vm_page *vm_object_visible_page(
    const struct vm_object *object, uint64_t index);

/* The pages of a range, copied, resident ones only. NULL: no memory. */
extern struct vm_object *vm_object_copy_slow(
    struct vm_object *object, vm_offset_t offset, vm_size_t size);

/* Take in what the shadow alone has; skip a shadow that shows nothing. */
extern void vm_object_collapse(struct vm_object *object);

#endif
