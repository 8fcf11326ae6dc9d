/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Copy-on-write: shadows, asymmetric copies, and keeping chains short. A
 * shadow is collapsed into the object before it when nobody else has it, and
 * bypassed when the object before it has every page. Nothing here blocks but
 * the release at the end of a bypass.
 */
#include <kern/panic.h>
#include <kern/string.h>
#include <vm/pmap.h>
#include <vm/vm_object.h>

bool
vm_object_shadow(struct vm_object **object, vm_offset_t *offset, vm_size_t size)
{
	struct vm_object *front = vm_object_create(size);

	if (front == NULL)
		return false;
	vm_object_collapse(*object);
	front->shadow = *object;
	front->shadow_offset = *offset;
	*object = front;
	*offset = 0;
	return true;
}

/* Every page of the object: writing faults from now on. */
static void
write_protect(struct vm_object *object)
{
	uint64_t index = 0;
	void *item;

	while ((item = radix_next(&object->pages, &index)) != NULL) {
		if (vm_item_is_page(item))
			pmap_page_protect(item, VM_PROT_READ | VM_PROT_EXECUTE);
		index++;
	}
}

struct vm_object *
vm_object_copy_delayed(struct vm_object *object)
{
	struct vm_object *old = object->copy, *copy;

	if (old != NULL && old->resident == 0) {
		vm_object_reference(old); /* nothing changed since */
		return old;
	}
	copy = vm_object_create(object->size);
	if (copy == NULL)
		return NULL;
	copy->many = true;
	copy->shadow = object;
	if (old != NULL) {
		/* The older copy sees through the newer one. */
		old->shadow = copy;
		vm_object_reference(copy);
	} else {
		vm_object_reference(object);
	}
	object->copy = copy;
	write_protect(object);
	return copy;
}

bool
vm_object_push(struct vm_page *page)
{
	struct vm_object *copy = page->object->copy;
	struct vm_page *old;

	if (vm_object_page(copy, page->index) != NULL)
		return true;
	old = vm_object_page_alloc(copy, page->index, false);
	if (old == NULL)
		return false;
	memcpy(vm_page_data(old), vm_page_data(page), VM_PAGE_SIZE);
	old->dirty = true;
	pmap_page_remove(page); /* readers of the copy find the old one */
	return true;
}

struct vm_page *
vm_object_visible_page(const struct vm_object *object, uint64_t index)
{
	while (object != NULL) {
		struct vm_page *page = vm_object_page(object, index);

		if (page != NULL)
			return page;
		index += object->shadow_offset >> VM_PAGE_SHIFT;
		object = object->shadow;
	}
	return NULL;
}

struct vm_object *
vm_object_copy_slow(
    struct vm_object *object, vm_offset_t offset, vm_size_t size)
{
	struct vm_object *copy = vm_object_create(size);

	for (uint64_t i = 0; copy != NULL && i < size >> VM_PAGE_SHIFT; i++) {
		struct vm_page *from = vm_object_visible_page(
		    object, (offset >> VM_PAGE_SHIFT) + i);
		struct vm_page *to;

		if (from == NULL)
			continue;
		to = vm_object_page_alloc(copy, i, false);
		if (to == NULL) {
			vm_object_release(copy);
			return NULL;
		}
		memcpy(vm_page_data(to), vm_page_data(from), VM_PAGE_SIZE);
		to->dirty = true;
	}
	return copy;
}

/*
 * Move what `object` lacks from its only-owned shadow. False: no memory; what
 * was moved stays moved, the chain shows the same contents.
 */
static bool
absorb_pages(struct vm_object *object, struct vm_object *shadow)
{
	uint64_t first = object->shadow_offset >> VM_PAGE_SHIFT;
	uint64_t count = object->size >> VM_PAGE_SHIFT;
	uint64_t index = 0;
	struct vm_page *page;

	while (shadow->resident > 0 &&
	       (page = radix_next(&shadow->pages, &index)) != NULL) {
		uint64_t to = index - first;

		if (index < first || to >= count ||
		    vm_object_page(object, to) != NULL) {
			vm_object_page_free(page);
		} else {
			if (!radix_insert(&object->pages, to, page))
				return false;
			vm_object_remove(page);
			page->object = object;
			page->index = to;
			object->resident++;
		}
		index++;
	}
	return true;
}

static bool
can_absorb(const struct vm_object *object, const struct vm_object *shadow)
{
	if (shadow->references != 1 || object->pager != NULL)
		return false;
	return shadow->copy == NULL || shadow->copy == object;
}

static bool
can_bypass(const struct vm_object *object, const struct vm_object *shadow)
{
	return object->pager == NULL && shadow->copy != object &&
	       object->resident >= object->size >> VM_PAGE_SHIFT;
}

void
vm_object_collapse(struct vm_object *object)
{
	struct vm_object *shadow;

	while ((shadow = object->shadow) != NULL) {
		if (shadow->pager != NULL || shadow->physical)
			return;
		if (shadow->shadow != NULL && shadow->shadow->copy == shadow)
			return; /* pages are still pushed into it */
		if (can_absorb(object, shadow)) {
			if (!absorb_pages(object, shadow))
				return;
			shadow->copy = NULL;
			object->shadow = shadow->shadow;
			object->shadow_offset += shadow->shadow_offset;
			shadow->shadow = NULL;
			vm_object_release(shadow);
		} else if (can_bypass(object, shadow)) {
			object->shadow = shadow->shadow;
			object->shadow_offset += shadow->shadow_offset;
			if (object->shadow != NULL)
				vm_object_reference(object->shadow);
			vm_object_release(shadow);
		} else {
			return;
		}
	}
}
