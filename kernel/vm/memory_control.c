/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What pagers say: the routines of memory_object_control.defs. The stub holds
 * a reference to the object, so waits in here find it; pages are looked up
 * again after each. On success data and reply rights are consumed.
 */
#include <ipc/ipc_kobject.h>
#include <kern/thread.h>
#include <memory_object_control_server.h>
#include <memory_object_user.h>
#include <vm/pmap.h>
#include <vm/vm_map_copy.h>
#include <vm/vm_pageout.h>
#include <vm/vm_pager.h>

IPC_KOBJECT_SUBSYSTEM(memory_object_control);

/* Page numbers of a range; false: not whole pages or out of bounds. */
static bool
page_range(vm_offset_t offset, vm_size_t size, uint64_t *first, uint64_t *end)
{
	if (((offset | size) & VM_PAGE_MASK) != 0 || offset + size < offset)
		return false;
	*first = offset >> VM_PAGE_SHIFT;
	*end = (offset + size) >> VM_PAGE_SHIFT;
	return true;
}

kern_return_t
memory_object_get_attributes(struct vm_object *object, boolean_t *object_ready,
    boolean_t *may_cache, natural_t *copy_strategy)
{
	if (object == NULL)
		return KERN_INVALID_ARGUMENT;
	*object_ready = object->pager->ready;
	*may_cache = object->pager->may_cache;
	*copy_strategy = object->pager->copy_strategy;
	return KERN_SUCCESS;
}

static kern_return_t
set_attributes(
    struct vm_object *object, boolean_t may_cache, natural_t copy_strategy)
{
	if (object == NULL || (copy_strategy != MEMORY_OBJECT_COPY_NONE &&
				  copy_strategy != MEMORY_OBJECT_COPY_DELAY))
		return KERN_INVALID_ARGUMENT;
	object->pager->may_cache = may_cache;
	object->pager->copy_strategy = copy_strategy;
	return KERN_SUCCESS;
}

kern_return_t
memory_object_change_attributes(struct vm_object *object, boolean_t may_cache,
    natural_t copy_strategy, mach_port_t reply_to)
{
	kern_return_t kr = set_attributes(object, may_cache, copy_strategy);

	if (kr == KERN_SUCCESS && MACH_PORT_VALID(reply_to))
		memory_object_change_completed(
		    reply_to, may_cache, copy_strategy);
	return kr;
}

kern_return_t
memory_object_ready(
    struct vm_object *object, boolean_t may_cache, natural_t copy_strategy)
{
	kern_return_t kr = set_attributes(object, may_cache, copy_strategy);

	if (kr == KERN_SUCCESS) {
		object->pager->ready = true;
		wait_wake_all(&object->wait, WAIT_AWAKENED);
	}
	return kr;
}

kern_return_t
memory_object_set_length(struct vm_object *object, vm_size_t length)
{
	if (object == NULL)
		return KERN_INVALID_ARGUMENT;
	object->pager->readable = length;
	if (length <= VM_MAX_ADDRESS && object->size < length)
		object->size = VM_ROUND_PAGE(length);
	return KERN_SUCCESS;
}

/*
 * One page of supplied data, moved out of the copy where that is possible.
 * May wait for memory. NULL with KERN_SUCCESS never happens.
 */
static kern_return_t
supplied_page(struct vm_map_copy *copy, vm_offset_t at, struct vm_page **result)
{
	struct vm_page *page = vm_map_copy_steal(copy, at);
	kern_return_t kr = KERN_SUCCESS;

	if (page == NULL) {
		do {
			page = vm_page_alloc();
		} while (page == NULL && vm_pageout_wait());
		if (page == NULL)
			return KERN_RESOURCE_SHORTAGE;
		kr = vm_map_copy_read_at(
		    copy, at, vm_page_data(page), VM_PAGE_SIZE);
	}
	if (kr != KERN_SUCCESS)
		vm_page_free(page);
	else
		*result = page;
	return kr;
}

static kern_return_t
supply_page(struct vm_object *object, uint64_t index, struct vm_page *page,
    vm_prot_t lock_value, bool precious)
{
	if (vm_object_page(object, index) != NULL) {
		vm_page_free(page);
		return KERN_MEMORY_PRESENT;
	}
	page->dirty = false;
	page->precious = precious;
	page->page_lock = lock_value & VM_PROT_ALL;
	page->unlock_asked = false;
	page->synced = false;
	if (!vm_pager_place(object, page, index)) {
		vm_page_free(page);
		return KERN_RESOURCE_SHORTAGE;
	}
	vm_counters.pageins++;
	return KERN_SUCCESS;
}

kern_return_t
/* NOLINTNEXTLINE(readability-function-size): the interface has so many */
memory_object_data_supply(struct vm_object *object, vm_offset_t offset,
    vm_offset_t data, mach_msg_type_number_t size, vm_prot_t lock_value,
    boolean_t precious, mach_port_t reply_to)
{
	struct vm_map_copy *copy = (struct vm_map_copy *)data;
	kern_return_t kr = KERN_SUCCESS;
	vm_offset_t at, error_at = 0;
	uint64_t first, end;

	if (object == NULL || !page_range(offset, size, &first, &end))
		return KERN_INVALID_ARGUMENT;
	for (at = 0; at < size; at += VM_PAGE_SIZE) {
		uint64_t index = first + (at >> VM_PAGE_SHIFT);
		struct vm_page *page;
		kern_return_t now = supplied_page(copy, at, &page);

		if (now == KERN_SUCCESS)
			now = supply_page(
			    object, index, page, lock_value, precious);
		if (now != KERN_SUCCESS && now != KERN_MEMORY_PRESENT)
			vm_pager_fail_range(object, index, index + 1);
		if (now != KERN_SUCCESS && kr == KERN_SUCCESS) {
			kr = now;
			error_at = offset + at;
		}
	}
	wait_wake_all(&object->wait, WAIT_AWAKENED);
	vm_map_copy_discard(copy);
	if (MACH_PORT_VALID(reply_to))
		memory_object_supply_completed(reply_to,
		    ipc_port_to_handle(object->pager->control), offset, size,
		    kr, error_at);
	return KERN_SUCCESS;
}

kern_return_t
memory_object_data_error(struct vm_object *object, vm_offset_t offset,
    vm_size_t size, kern_return_t error_value)
{
	uint64_t first, end;

	(void)error_value;
	if (object == NULL || !page_range(offset, size, &first, &end))
		return KERN_INVALID_ARGUMENT;
	vm_pager_fail_range(object, first, end);
	return KERN_SUCCESS;
}

/* A zeroed page at an absent index. May wait for memory. */
static kern_return_t
zero_page(struct vm_object *object, uint64_t index)
{
	struct vm_page *page;

	do {
		page = vm_page_alloc_zero();
	} while (page == NULL && vm_pageout_wait());
	if (page == NULL)
		return KERN_RESOURCE_SHORTAGE;
	if (radix_lookup(&object->pages, index) != VM_ITEM_ABSENT ||
	    !vm_pager_place(object, page, index))
		vm_page_free(page);
	return KERN_SUCCESS;
}

kern_return_t
memory_object_data_unavailable(
    struct vm_object *object, vm_offset_t offset, vm_size_t size)
{
	uint64_t index, end;

	if (object == NULL || !page_range(offset, size, &index, &end))
		return KERN_INVALID_ARGUMENT;
	while (radix_next(&object->pages, &index) != NULL && index < end) {
		if (radix_lookup(&object->pages, index) == VM_ITEM_ABSENT &&
		    zero_page(object, index) != KERN_SUCCESS)
			vm_pager_fail_range(object, index, index + 1);
		index++;
	}
	wait_wake_all(&object->wait, WAIT_AWAKENED);
	return KERN_SUCCESS;
}

/* A lock value on every page of a range. */
static void
lock_pages(
    struct vm_object *object, uint64_t index, uint64_t end, vm_prot_t lock)
{
	void *item;

	while ((item = radix_next(&object->pages, &index)) != NULL &&
	       index < end) {
		struct vm_page *page = item;

		index++;
		if (!vm_item_is_page(item))
			continue;
		page->page_lock = lock & VM_PROT_ALL;
		page->unlock_asked = false;
		pmap_page_protect(page, VM_PROT_ALL & ~lock);
	}
	wait_wake_all(&object->wait, WAIT_AWAKENED);
}

kern_return_t
/* NOLINTNEXTLINE(readability-function-size): the interface has so many */
memory_object_lock_request(struct vm_object *object, vm_offset_t offset,
    vm_size_t size, natural_t should_return, boolean_t should_flush,
    vm_prot_t lock_value, mach_port_t reply_to)
{
	uint64_t first, end;

	if (object == NULL || !page_range(offset, size, &first, &end) ||
	    should_return > MEMORY_OBJECT_RETURN_ALL)
		return KERN_INVALID_ARGUMENT;
	if ((lock_value & VM_PROT_NO_CHANGE) == 0)
		lock_pages(object, first, end, lock_value);
	if (should_return != MEMORY_OBJECT_RETURN_NONE || should_flush)
		vm_pager_clean(object, first, end, should_return, should_flush);
	if (MACH_PORT_VALID(reply_to))
		memory_object_lock_completed(reply_to,
		    ipc_port_to_handle(object->pager->control), offset, size);
	return KERN_SUCCESS;
}

kern_return_t
memory_object_destroy(struct vm_object *object, kern_return_t reason)
{
	(void)reason;
	if (object == NULL)
		return KERN_INVALID_ARGUMENT;
	object->pager->failed = true;
	vm_pager_fail_range(object, 0, UINT64_MAX);
	return KERN_SUCCESS;
}
