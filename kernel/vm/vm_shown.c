/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Pages that the kernel writes and programs may look at: each has a port that
 * vm_map() takes for a memory object. No pager is behind it; the page is there
 * as long as the kernel is.
 */
#include <kern/string.h>
#include <vm/vm_map.h>
#include <vm/vm_shown.h>

void *
vm_shown_create(struct ipc_port **port)
{
	struct vm_object *object = vm_object_create(VM_PAGE_SIZE);
	struct vm_page *page =
	    object != NULL ? vm_object_page_alloc(object, 0, true) : NULL;

	*port =
	    page != NULL ? ipc_kobject_alloc(IKOT_MEMORY_SHOWN, object) : NULL;
	if (*port == NULL) {
		vm_object_release(object);
		return NULL;
	}
	object->shared = true;
	object->many = true;
	page->dirty = true;
	page->wire_count = 1;
	vm_counters.wired++;
	return vm_page_data(page);
}

kern_return_t
vm_shown_enter(
    struct vm_object *object, struct vm_map_request *request, bool copy)
{
	if (request->offset + request->size > object->size)
		return KERN_INVALID_ARGUMENT;
	if (!copy && (request->max_prot & ~VM_PROT_READ) != 0)
		return KERN_PROTECTION_FAILURE;
	vm_object_reference(object);
	request->object = object;
	return KERN_SUCCESS;
}
