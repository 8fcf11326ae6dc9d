/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Life of memory objects and their pages.
 */
#include <kern/panic.h>
#include <kern/slab.h>
#include <kern/thread.h>
#include <vm/pmap.h>
#include <vm/vm_object.h>
#include <vm/vm_pageout.h>
#include <vm/vm_pager.h>

#define FREE_BATCH 256 /* pages freed between two looks at preemption */

static struct slab_cache object_cache;

void
vm_object_init(void)
{
	slab_cache_init(
	    &object_cache, "vm object", sizeof(struct vm_object), 8);
}

struct vm_object *
vm_object_create(vm_size_t size)
{
	struct vm_object *object = slab_alloc(&object_cache);

	if (object == NULL)
		return NULL;
	*object = (struct vm_object){.references = 1, .size = size};
	wait_queue_init(&object->wait);
	return object;
}

struct vm_object *
vm_object_create_physical(paddr_t pa, vm_size_t size, vm_cache_t cache)
{
	struct vm_object *object = vm_object_create(size);

	if (object != NULL) {
		object->physical = true;
		object->physical_base = pa;
		object->cache = cache;
	}
	return object;
}

inline bool
vm_object_insert(struct vm_object *object, struct vm_page *page, uint64_t index)
{
	if (!radix_insert(&object->pages, index, page))
		return false;
	page->object = object;
	page->index = index;
	object->resident++;
	if (object->pager != NULL && page->wire_count == 0)
		vm_page_activate(page);
	return true;
}

struct vm_page *
vm_object_page_alloc(struct vm_object *object, uint64_t index, bool zero)
{
	struct vm_page *page = zero ? vm_page_alloc_zero() : vm_page_alloc();

	if (page == NULL)
		return NULL;
	if (vm_object_insert(object, page, index))
		return page;
	vm_page_free(page);
	return NULL;
}

inline void
vm_object_remove(struct vm_page *page)
{
	struct vm_object *object = page->object;

	radix_remove(&object->pages, page->index);
	object->resident--;
	page->object = NULL;
	if (page->on_queue != VM_PAGE_QUEUE_NONE)
		vm_page_unqueue(page);
}

/* Free a page that stays in its object's tree as a dangling pointer. */
static inline void
page_destroy(struct vm_page *page)
{
	pmap_page_remove(page);
	if (page->on_queue != VM_PAGE_QUEUE_NONE)
		vm_page_unqueue(page);
	if (page->wire_count != 0) {
		page->wire_count = 0;
		vm_counters.wired--;
	}
	page->object = NULL;
	vm_page_free(page);
}

void
vm_object_page_free(struct vm_page *page)
{
	vm_object_remove(page);
	page_destroy(page);
}

void
vm_object_free_range(struct vm_object *object, uint64_t first, uint64_t end)
{
	uint64_t index = first;
	void *item;

	while (object->resident > 0 &&
	       (item = radix_next(&object->pages, &index)) != NULL &&
	       index < end) {
		if (vm_item_is_page(item))
			vm_object_page_free(item);
		index++;
	}
}

/*
 * The pages of an object nobody can find, in batches, and only then the tree,
 * so that what the page-out thread takes meanwhile is found in it.
 */
static void
destroy_pages(struct vm_object *object)
{
	uint64_t index = 0;
	unsigned freed = 0;
	void *item;

	/* The count goes down by what the page-out thread takes only. */
	while (freed < object->resident &&
	       (item = radix_next(&object->pages, &index)) != NULL) {
		index++;
		if (!vm_item_is_page(item))
			continue;
		page_destroy(item);
		if (++freed % FREE_BATCH == 0)
			preempt_point();
	}
	radix_clear(&object->pages);
}

static void
object_destroy(struct vm_object *object)
{
	if (object->pages.height > 0)
		destroy_pages(object);
	else if (vm_item_is_page(object->pages.root))
		page_destroy(object->pages.root); /* the only one */
	assert(object->copy == NULL && list_empty(&object->wait.threads));
	slab_free(&object_cache, object);
}

/*
 * Destroying an object releases its shadow: a loop, since chains may be long.
 */
void
vm_object_release(struct vm_object *object)
{
	struct vm_object *shadow;

	while (object != NULL && --object->references == 0) {
		if (object->pager != NULL && vm_pager_idle(object))
			return;
		shadow = object->shadow;
		object->shadow = NULL;
		if (shadow != NULL && shadow->copy == object)
			shadow->copy = NULL;
		object_destroy(object);
		object = shadow;
	}
}
