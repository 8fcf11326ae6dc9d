/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Page faults. A fault looks the address up, finds the page along the shadow
 * chain, makes what is missing (a zeroed page, a private copy) and maps it. It
 * keeps nothing across a wait: whoever has waited starts again from the
 * address, so there is nothing to re-validate.
 *
 *   check    the entry allows the access; a first write makes its shadow
 *   find     from the first object down: page, marker, pager, or the end
 *   own      a page found below is copied up for a write; a page somebody
 *            holds a delayed copy of is pushed into that first
 *   enter    with write permission only when this was a write, or when
 *            writing needs no more bookkeeping
 */
#include <mach/kern_return.h>

#include <arch/timer.h>

#include <kern/string.h>
#include <kern/task_events.h>
#include <kern/thread.h>
#include <vm/pmap.h>
#include <vm/vm_map.h>
#include <vm/vm_pageout.h>
#include <vm/vm_pager.h>

/* Resident neighbours of a page with a pager mapped along, each way. */
#define AROUND 16U

/* Pages behind one that follows a mapped one: somebody reads in order. */
#define AHEAD 15U

struct fault {
	struct vm_map *map;
	vm_address_t va;
	vm_prot_t access;
	uint64_t since; /* first wait for a pager, 0: none yet */

	/* Set by check(). */
	struct vm_map_entry *entry;
	struct vm_object *first;
	uint64_t first_index;

	/* Set by find(), changed by own(). */
	struct vm_page *page;
	vm_prot_t prot;
	bool made; /* the page is new: no sense in looking around */
};

/* No page to be had: VM_FAULT_AGAIN when waiting has helped. Blocks. */
static kern_return_t
shortage(void)
{
	return vm_pageout_wait() ? VM_FAULT_AGAIN : KERN_RESOURCE_SHORTAGE;
}

/* Is the entry's object this entry's alone, so that no copy is needed? */
static bool
sole_owner(const struct vm_object *object)
{
	return object->references == 1 && object->pager == NULL &&
	       !object->shared && object->copy == NULL &&
	       (object->shadow == NULL || object->shadow->copy != object);
}

static kern_return_t
make_writable(struct vm_map_entry *entry)
{
	if (sole_owner(entry->object)) {
		entry->object->many = false;
	} else if (!vm_object_shadow(&entry->object, &entry->offset,
		       entry->end - entry->start)) {
		return KERN_RESOURCE_SHORTAGE;
	}
	entry->needs_copy = false;
	return KERN_SUCCESS;
}

/* An object for an entry that has none yet. False: no memory. */
static bool
touch(struct vm_map_entry *entry)
{
	entry->object = vm_object_create(entry->end - entry->start);
	entry->offset = 0;
	entry->needs_copy = false;
	return entry->object != NULL;
}

static kern_return_t
check(struct fault *fault)
{
	struct vm_map_entry *entry = vm_map_lookup(fault->map, fault->va);

	if (entry == NULL)
		return KERN_INVALID_ADDRESS;
	if ((fault->access & ~entry->prot) != 0 || entry->prot == 0)
		return KERN_PROTECTION_FAILURE;
	if (entry->object == NULL) {
		if (!touch(entry))
			return KERN_RESOURCE_SHORTAGE;
	} else if (entry->needs_copy && (fault->access & VM_PROT_WRITE) != 0 &&
		   make_writable(entry) != KERN_SUCCESS) {
		return KERN_RESOURCE_SHORTAGE;
	}
	fault->entry = entry;
	fault->first = entry->object;
	fault->first_index =
	    (entry->offset + (fault->va - entry->start)) >> VM_PAGE_SHIFT;
	return KERN_SUCCESS;
}

/*
 * Wait for something to change in an object. VM_FAULT_AGAIN, KERN_ABORTED, or
 * KERN_MEMORY_ERROR when its pager is dead or silent.
 */
static kern_return_t
wait_for(struct vm_object *object, uint64_t index, uint64_t *since)
{
	uint64_t now = clock_uptime_ns();
	enum wait_result result;
	kern_return_t kr = VM_FAULT_AGAIN;

	if (*since == 0)
		*since = now;
	vm_object_reference(object);
	thread_wait(&object->wait,
	    current_thread()->user_fault ? WAIT_INTERRUPTIBLE
					 : WAIT_INTERRUPTIBLE | WAIT_UNSAFE,
	    now + VM_PAGER_POLL);
	result = thread_block(NULL);
	if (result == WAIT_INTERRUPTED)
		kr = KERN_ABORTED;
	else if (result == WAIT_TIMED_OUT && object->pager != NULL &&
		 !vm_pager_alive(object, index, *since))
		kr = KERN_MEMORY_ERROR;
	vm_object_release(object);
	return kr;
}

/* A page nobody has written to yet. */
static inline kern_return_t
zero_fill(struct fault *fault)
{
	struct vm_page *page =
	    vm_object_page_alloc(fault->first, fault->first_index, true);

	if (page == NULL)
		return shortage();
	page->dirty = true;
	fault->page = page;
	fault->made = true;
	task_event(TASK_EVENT_ZERO_FILL);
	return KERN_SUCCESS;
}

kern_return_t
vm_fault_page_in(
    struct vm_object *object, uint64_t index, vm_prot_t access, uint64_t *since)
{
	void *item = radix_lookup(&object->pages, index);
	kern_return_t kr;

	if (item == VM_ITEM_ERROR) {
		if (*since != 0)
			return KERN_MEMORY_ERROR;
		radix_remove(&object->pages, index);
		item = NULL;
	}
	if (item == NULL) {
		kr = vm_pager_request(object, index, access);
		if (kr != KERN_SUCCESS)
			return kr;
		task_event(TASK_EVENT_PAGEIN);
	}
	return wait_for(object, index, since);
}

/*
 * May the page that was found be used? One that is to be copied is only read,
 * whatever its pager locks.
 */
static kern_return_t
page_usable(struct fault *fault, struct vm_page *page)
{
	vm_prot_t access = fault->access;
	kern_return_t kr;

	if (page->object != fault->first)
		access &= ~VM_PROT_WRITE;
	if ((page->page_lock & access) != 0) {
		kr = vm_pager_unlock(page, access);
		if (kr != KERN_SUCCESS)
			return kr;
		return wait_for(page->object, page->index, &fault->since);
	}
	fault->page = page;
	return KERN_SUCCESS;
}

static kern_return_t
find(struct fault *fault)
{
	struct vm_object *object = fault->first;
	uint64_t index = fault->first_index;

	for (;;) {
		struct vm_page *page = vm_object_page(object, index);

		if (page != NULL)
			return page_usable(fault, page);
		if (object->pager != NULL)
			return vm_fault_page_in(
			    object, index, fault->access, &fault->since);
		if (object->shadow == NULL)
			return zero_fill(fault);
		index += object->shadow_offset >> VM_PAGE_SHIFT;
		object = object->shadow;
	}
}

/* A private copy of a page found below the first object. */
static kern_return_t
copy_up(struct fault *fault)
{
	struct vm_page *page =
	    vm_object_page_alloc(fault->first, fault->first_index, false);

	if (page == NULL)
		return shortage();
	memcpy(vm_page_data(page), vm_page_data(fault->page), VM_PAGE_SIZE);
	page->dirty = true;
	vm_counters.cow_faults++;
	task_event(TASK_EVENT_COW);
	if (fault->first->shared)
		pmap_page_remove(fault->page); /* for those who share first */
	fault->page = page;
	fault->made = true;
	vm_object_collapse(fault->first);
	return KERN_SUCCESS;
}

static kern_return_t
own(struct fault *fault)
{
	bool write = (fault->access & VM_PROT_WRITE) != 0;
	kern_return_t kr = KERN_SUCCESS;

	if (write && fault->page->object != fault->first)
		kr = copy_up(fault);
	if (kr != KERN_SUCCESS)
		return kr;
	fault->prot = fault->entry->prot & ~fault->page->page_lock;
	if (fault->entry->needs_copy)
		fault->prot &= ~VM_PROT_WRITE;
	if (!write) {
		if (fault->page->object != fault->first ||
		    fault->first->copy != NULL || !fault->page->dirty)
			fault->prot &= ~VM_PROT_WRITE;
		return KERN_SUCCESS;
	}
	if (fault->first->copy != NULL && !vm_object_push(fault->page))
		return shortage();
	fault->page->dirty = true;
	return KERN_SUCCESS;
}

/* Everything but the mapping. VM_FAULT_AGAIN is handled here. May block. */
static kern_return_t
resolve(struct fault *fault)
{
	kern_return_t kr;

	do {
		kr = check(fault);
		if (kr == KERN_RESOURCE_SHORTAGE)
			kr = shortage();
		if (kr != KERN_SUCCESS || fault->first->physical)
			continue;
		kr = find(fault);
		if (kr == KERN_SUCCESS)
			kr = own(fault);
	} while (kr == VM_FAULT_AGAIN);
	return kr;
}

/*
 * The same for most faults: on memory that is the entry's alone, without
 * looking further. False: it is other memory, or something is in the way.
 */
static inline bool
resolve_own(struct fault *fault)
{
	struct vm_map_entry *entry = vm_map_lookup(fault->map, fault->va);
	struct vm_object *object;

	if (entry == NULL || (fault->access & ~entry->prot) != 0 ||
	    entry->needs_copy || (entry->object == NULL && !touch(entry)))
		return false;
	object = entry->object;
	if (object->pager != NULL || object->shadow != NULL ||
	    object->copy != NULL || object->physical)
		return false;
	fault->entry = entry;
	fault->first = object;
	fault->first_index =
	    (entry->offset + (fault->va - entry->start)) >> VM_PAGE_SHIFT;
	fault->prot = entry->prot;
	fault->page = vm_object_page(object, fault->first_index);
	if (fault->page == NULL)
		return zero_fill(fault) == KERN_SUCCESS;
	if (!fault->page->dirty)
		return false;
	return true;
}

kern_return_t
vm_fault_page(struct vm_map *map, vm_address_t address, vm_prot_t access,
    struct vm_page **page)
{
	struct fault fault = {
	    .map = map, .va = VM_TRUNC_PAGE(address), .access = access};
	kern_return_t kr = resolve(&fault);

	if (kr != KERN_SUCCESS)
		return kr;
	if (fault.first->physical)
		return KERN_INVALID_ADDRESS;
	/* What it is a copy of may be mapped there. */
	if (fault.made && (access & VM_PROT_WRITE) != 0)
		pmap_remove(map->pmap, fault.va, fault.va + VM_PAGE_SIZE);
	*page = fault.page;
	return KERN_SUCCESS;
}

/*
 * Map resident neighbours for reading: program text and mapped files are used
 * in runs. Without memory for it, without it.
 */
static void
enter_around(const struct fault *fault)
{
	const struct vm_map_entry *entry = fault->entry;
	struct vm_object *object = fault->page->object;
	vm_size_t before = (fault->va - entry->start) >> VM_PAGE_SHIFT;
	vm_size_t count = (entry->end - fault->va) >> VM_PAGE_SHIFT;
	vm_prot_t prot = fault->prot & ~VM_PROT_WRITE;
	struct vm_page *pages[2 * AROUND];
	void *const *run = NULL;
	uint64_t index;

	if (prot == VM_PROT_NONE)
		return;
	before = before < AROUND ? before : AROUND;
	count = before + (count < AROUND ? count : AROUND);
	index = fault->page->index - before;
	for (unsigned i = 0; i < count; i++, index++) {
		struct vm_page *page = NULL;

		if (run == NULL || index % RADIX_SLOTS == 0)
			run = radix_run(&object->pages, index);
		if (run != NULL)
			page = run[index % RADIX_SLOTS];
		if (!vm_item_is_page(page) || (page->page_lock & prot) != 0)
			page = NULL;
		pages[i] = page;
	}
	pmap_enter_pages(fault->map->pmap,
	    fault->va - (before << VM_PAGE_SHIFT), pages, (unsigned)count,
	    prot);
}

/*
 * Temporary memory in order, as out-of-line data are read: map the pages that
 * follow in the first object, with the same rights, up to the first that is
 * mapped or missing.
 */
static void
enter_ahead(const struct fault *fault)
{
	struct pmap *pmap = fault->map->pmap;
	vm_address_t va = fault->va;
	vm_prot_t prot = fault->prot;
	struct vm_page *pages[AHEAD];
	unsigned count = 0;

	if (!pmap_maps(pmap, va - VM_PAGE_SIZE))
		return;
	if (fault->first->copy != NULL)
		prot &= ~VM_PROT_WRITE; /* only this page was pushed */
	if (prot == VM_PROT_NONE)
		return;
	while (count < AHEAD) {
		va += VM_PAGE_SIZE;
		if (va >= fault->entry->end || pmap_maps(pmap, va))
			break;
		pages[count] = vm_object_page(
		    fault->first, fault->first_index + count + 1);
		if (pages[count] == NULL)
			break;
		count++;
	}
	pmap_enter_pages(pmap, fault->va + VM_PAGE_SIZE, pages, count, prot);
}

static kern_return_t
enter_physical(const struct fault *fault)
{
	const struct vm_object *object = fault->first;

	return pmap_enter(fault->map->pmap, fault->va,
	    object->physical_base + (fault->first_index << VM_PAGE_SHIFT),
	    fault->entry->prot, object->cache);
}

static kern_return_t
enter(const struct fault *fault)
{
	struct pmap *pmap = fault->map->pmap;
	uint64_t resident = pmap->resident;
	kern_return_t kr;

	if (fault->first->physical)
		return enter_physical(fault);
	kr = pmap_enter_page(pmap, fault->va, fault->page, fault->prot);
	if (kr != KERN_SUCCESS || fault->made ||
	    fault->page->object != fault->first || pmap->resident == resident)
		return kr; /* no neighbours to a copy, or to a mapped page */
	if (fault->first->pager != NULL)
		enter_around(fault);
	else
		enter_ahead(fault);
	return KERN_SUCCESS;
}

kern_return_t
vm_fault(struct vm_map *map, vm_address_t address, vm_prot_t access)
{
	struct fault fault;
	kern_return_t kr;

	/* The rest is set by those whose it is. */
	fault.map = map;
	fault.va = VM_TRUNC_PAGE(address);
	fault.access = access;
	fault.since = 0;
	fault.made = false;
	vm_counters.faults++;
	task_event(TASK_EVENT_FAULT);
	do {
		kr = resolve_own(&fault) ? KERN_SUCCESS : resolve(&fault);
		if (kr != KERN_SUCCESS)
			return kr;
		kr = enter(&fault);
		if (kr == KERN_RESOURCE_SHORTAGE)
			kr = shortage();
	} while (kr == VM_FAULT_AGAIN);
	return kr;
}
