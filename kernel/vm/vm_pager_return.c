/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Pages on their way back to the pager: they travel in an object of their own
 * as out-of-line memory. Pages that leave move; pages that stay are copied, so
 * that neither side waits for the other.
 *
 * What is needed is allocated before anything changes, and the message itself
 * may use the last reserve: a dirty page is never dropped for want of memory.
 */
#include <ipc/ipc_kobject.h>
#include <kern/panic.h>
#include <kern/string.h>
#include <kern/thread.h>
#include <memory_object_user.h>
#include <vm/pmap.h>
#include <vm/vm_map_copy.h>
#include <vm/vm_pager.h>

/* A page the caller has seen. */
static struct vm_page *
page_at(const struct vm_object *object, uint64_t index)
{
	struct vm_page *page = vm_object_page(object, index);

	assert(page != NULL);
	return page;
}

/* Pages of `carrier` for copies, all or none. */
static bool
fill_copies(struct vm_object *carrier, struct vm_object *object, uint64_t index,
    unsigned count)
{
	for (unsigned i = 0; i < count; i++) {
		struct vm_page *from = page_at(object, index + i);
		struct vm_page *to = vm_object_page_alloc(carrier, i, false);

		if (to == NULL)
			return false;
		to->dirty = true;
		pmap_page_protect(from, VM_PROT_READ | VM_PROT_EXECUTE);
		memcpy(vm_page_data(to), vm_page_data(from), VM_PAGE_SIZE);
	}
	for (unsigned i = 0; i < count; i++) {
		struct vm_page *page = page_at(object, index + i);

		page->dirty = false;
		page->precious = false;
	}
	return true;
}

/* The pages themselves, from the last to the first; false: put back. */
static bool
fill_pages(struct vm_object *carrier, struct vm_object *object, uint64_t index,
    unsigned count)
{
	/* Room for the highest index makes room for the others. */
	for (unsigned i = count; i-- > 0;) {
		struct vm_page *page = page_at(object, index + i);

		if (!radix_insert(&carrier->pages, i, page))
			return false; /* only for the first: nothing moved */
		pmap_page_remove(page);
		vm_object_remove(page);
		page->object = carrier;
		page->index = i;
		page->dirty = true;
		page->precious = false;
		page->page_lock = 0;
		if (page->wire_count != 0) {
			page->wire_count = 0;
			vm_counters.wired--;
		}
		carrier->resident++;
	}
	return true;
}

static bool
send(struct vm_object *object, uint64_t index, unsigned count, bool keep,
    bool dirty)
{
	vm_size_t size = (vm_size_t)count << VM_PAGE_SHIFT;
	struct vm_object *carrier = vm_object_create(size);
	struct vm_map_copy *copy;

	if (carrier == NULL)
		return false;
	copy = vm_map_copy_object(carrier, size);
	if (copy == NULL) {
		vm_object_release(carrier);
		return false;
	}
	if (!(keep ? fill_copies(carrier, object, index, count)
		   : fill_pages(carrier, object, index, count))) {
		vm_map_copy_discard(copy);
		return false;
	}
	vm_counters.pageouts += count;
	memory_object_data_return(ipc_port_to_handle(object->pager->port),
	    ipc_port_to_handle(object->pager->control), index << VM_PAGE_SHIFT,
	    (vm_offset_t)copy, (mach_msg_type_number_t)size, dirty, keep);
	return true;
}

bool
vm_pager_return(
    struct vm_object *object, uint64_t index, unsigned count, bool keep)
{
	struct thread *privileged = vm_phys_privileged;
	bool dirty = page_at(object, index)->dirty, done;

	vm_phys_privileged = current_thread();
	done = send(object, index, count, keep, dirty);
	vm_phys_privileged = privileged;
	return done;
}

static bool
must_return(const struct vm_page *page, memory_object_return_t should_return)
{
	switch (should_return) {
	case MEMORY_OBJECT_RETURN_DIRTY:
		return vm_pager_wants(page);
	case MEMORY_OBJECT_RETURN_ALL:
		return true;
	default:
		return false;
	}
}

/*
 * How many pages from `index` on go back in one message; 0: not this one.
 * Wired pages, which cannot leave, and others do not go together.
 */
static unsigned
return_run(struct vm_object *object, uint64_t index, uint64_t end,
    memory_object_return_t should_return, bool *wired)
{
	unsigned count = 0;

	while (count < VM_PAGER_RETURN_MAX && index + count < end) {
		struct vm_page *page = vm_object_page(object, index + count);

		if (page == NULL || !must_return(page, should_return))
			break;
		if (count == 0)
			*wired = page->wire_count != 0;
		else if (*wired != (page->wire_count != 0))
			break;
		count++;
	}
	return count;
}

/* Throw what stands at an index out of the cache. */
static void
flush_item(struct vm_object *object, uint64_t index, void *item)
{
	struct vm_page *page = item;

	if (item == VM_ITEM_ERROR)
		radix_remove(&object->pages, index);
	else if (vm_item_is_page(item) && page->wire_count == 0)
		vm_object_page_free(page);
}

/*
 * Return and flush what is asked; pages that cannot be copied for want of
 * memory are moved instead. May block between pages.
 */
void
vm_pager_clean(struct vm_object *object, uint64_t index, uint64_t end,
    memory_object_return_t should_return, bool flush)
{
	void *item;

	while ((item = radix_next(&object->pages, &index)) != NULL &&
	       index < end) {
		bool wired = false;
		unsigned run =
		    return_run(object, index, end, should_return, &wired);
		bool keep = !flush || wired;

		if (run > 0) {
			if (!vm_pager_return(object, index, run, keep) &&
			    keep && !wired)
				vm_pager_return(object, index, run, false);
			index += run;
		} else {
			if (flush)
				flush_item(object, index, item);
			index++;
		}
		preempt_point();
	}
}
