/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Reading a memory object without mapping it: a copy, and nothing for its page
 * tables. How far it may be read is the pager's to say, so what is read never
 * goes beyond the end of a file.
 *
 * The object is held by a reference. Nothing is kept of a page across a wait:
 * a copy that would have to wait for the caller's memory fails instead, that
 * memory is had, and the page is looked up again. So nobody sees what has
 * become of a page that left, and a page that is thrown out is not waited for.
 * memory_object_peek() waits for no pager at all.
 */
#include <arch/copy.h>

#include <ipc/ipc_port.h>
#include <ipc/ipc_right.h>
#include <ipc/ipc_space.h>
#include <kern/sched.h>
#include <kern/task.h>
#include <kern/thread.h>
#include <kern/traps.h>
#include <vm/vm_map.h>
#include <vm/vm_pageout.h>
#include <vm/vm_pager.h>

/* The object of a right of this task's, referenced; NULL: none, or memory. */
static struct vm_object *
object_of(uint64_t name)
{
	struct ipc_port *port =
	    ipc_right_send_port(current_task()->space, (mach_port_name_t)name);
	struct vm_object *object;

	if (port == NULL)
		return NULL;
	port = ipc_port_copy_send(port);
	object = vm_pager_enter(port, 0);
	if (object == NULL)
		ipc_port_release_send(port);
	return object;
}

/* Copy from a page; what is missing of the caller's memory is had first. */
static kern_return_t
copy(const struct vm_page *page, size_t within, vm_address_t to, vm_size_t size)
{
	struct thread *self = current_thread();
	struct vm_map *map = self->task->map;
	kern_return_t kr;
	bool copied;

	self->no_fault = true;
	copied = copyout((const char *)vm_page_data(page) + within, to, size);
	self->no_fault = false;
	if (copied)
		return KERN_SUCCESS;
	kr = vm_fault(map, to, VM_PROT_READ | VM_PROT_WRITE);
	if (kr == KERN_SUCCESS)
		kr = vm_fault(map, to + size - 1, VM_PROT_READ | VM_PROT_WRITE);
	return kr == KERN_SUCCESS ? VM_FAULT_AGAIN : kr;
}

/* What one page has of [offset, offset + *size); *size is how much. No since: a
 * page that is not there is not waited for.
 */
static kern_return_t
read_part(struct vm_object *object, vm_offset_t offset, vm_address_t to,
    vm_size_t *size, uint64_t *since)
{
	uint64_t index = offset >> VM_PAGE_SHIFT;
	struct vm_page *page = vm_object_page(object, index);
	size_t within = offset & VM_PAGE_MASK;

	if (page == NULL && since == NULL)
		return KERN_FAILURE;
	if (page == NULL) {
		object->pager->in_order =
		    index > 0 && vm_object_page(object, index - 1) != NULL;
		return vm_fault_page_in(object, index, VM_PROT_READ, since);
	}
	if ((page->page_lock & VM_PROT_READ) != 0)
		return KERN_NO_ACCESS;
	if (*size > VM_PAGE_SIZE - within)
		*size = VM_PAGE_SIZE - within;
	if (page->on_queue == VM_PAGE_QUEUE_INACTIVE)
		vm_page_activate(page);
	if (since != NULL)
		*since = 0;
	return copy(page, within, to, *size);
}

static kern_return_t
read_object(struct vm_object *object, vm_offset_t offset, vm_address_t to,
    vm_size_t size, vm_size_t *done, uint64_t *since)
{
	kern_return_t kr = KERN_SUCCESS;

	while (*done < size) {
		const struct vm_pager *pager = object->pager;
		vm_size_t part = size - *done;

		if (pager->failed) {
			kr = KERN_MEMORY_ERROR;
		} else if (!pager->ready) {
			kr = since != NULL ? vm_fault_page_in(
						 object, 0, VM_PROT_READ, since)
					   : KERN_FAILURE;
		} else if (pager->readable == 0) {
			kr = KERN_NO_ACCESS;
		} else if (offset + *done >= pager->readable) {
			break;
		} else {
			if (part > pager->readable - (offset + *done))
				part = pager->readable - (offset + *done);
			kr = read_part(
			    object, offset + *done, to + *done, &part, since);
			if (kr == KERN_SUCCESS)
				*done += part;
		}
		if (kr != KERN_SUCCESS && kr != VM_FAULT_AGAIN)
			return kr;
		preempt_point();
	}
	return KERN_SUCCESS;
}

/*
 * What is asked for most: of one page, of the object asked for before, both
 * there as the caller's memory is. Nothing waits, so nothing is held. 0: it is
 * not so.
 */
static vm_size_t
read_at_once(uint64_t name, vm_offset_t offset, vm_address_t to, vm_size_t size)
{
	struct thread *self = current_thread();
	const struct ipc_entry *entry = ipc_entry_with(
	    self->task->space, (mach_port_name_t)name, MACH_PORT_TYPE_SEND);
	size_t within = offset & VM_PAGE_MASK;
	const struct vm_object *object;
	const struct vm_page *page;
	bool copied;

	if (entry == NULL || size > VM_PAGE_SIZE - within)
		return 0;
	object = vm_pager_last(ipc_object_port(entry->object));
	if (object == NULL || object->pager->failed || !object->pager->ready ||
	    offset >= object->pager->readable ||
	    size > object->pager->readable - offset)
		return 0;
	page = vm_object_page(object, offset >> VM_PAGE_SHIFT);
	if (page == NULL || (page->page_lock & VM_PROT_READ) != 0 ||
	    page->on_queue == VM_PAGE_QUEUE_INACTIVE)
		return 0;
	self->no_fault = true;
	copied = copyout((const char *)vm_page_data(page) + within, to, size);
	self->no_fault = false;
	return copied ? size : 0;
}

static uint64_t
read_right(uint64_t name, uint64_t offset, uint64_t address, uint64_t size,
    uint64_t *since)
{
	struct vm_object *object;
	vm_size_t done = 0;
	kern_return_t kr;

	if (offset > INT64_MAX || size > INT64_MAX)
		return (uint64_t)-KERN_INVALID_ARGUMENT;
	done = read_at_once(name, offset, address, size);
	if (done > 0)
		return done;
	object = object_of(name);
	if (object == NULL)
		return (uint64_t)-KERN_INVALID_ARGUMENT;
	kr = read_object(object, offset, address, size, &done, since);
	vm_object_release(object);
	return done > 0 ? done : (uint64_t) - (int64_t)kr;
}

uint64_t
trap_memory_object_read(
    uint64_t name, uint64_t offset, uint64_t address, uint64_t size)
{
	uint64_t since = 0;

	return read_right(name, offset, address, size, &since);
}

uint64_t
trap_memory_object_peek(
    uint64_t name, uint64_t offset, uint64_t address, uint64_t size)
{
	return read_right(name, offset, address, size, NULL);
}
