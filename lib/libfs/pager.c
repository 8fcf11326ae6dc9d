/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Regular files as memory objects. A node has up to two: one whose pages may be
 * written, for those who opened the file so, and one whose pages are locked
 * against it, since who holds the object's port may map it as he likes. The
 * kernel keeps pages of both when nobody maps them any more.
 *
 * How they are kept in step with the file: pager_cache.c. Who only reads need
 * not map the locked one: memory_object_read() copies from its pages, as far as
 * fs_pager_tell() has allowed.
 *
 * An object lives while the kernel or somebody else has a send right to it. Its
 * messages are the kernel's: those of others than user 0 are refused.
 */
#include "pager.h"

#include <mach/mach_port_user.h>
#include <mach/memory_object.h>
#include <mach/memory_object_control_user.h>
#include <mach/memory_object_server.h>

#include <errno.h>
#include <libmach/mach.h>
#include <libports/ports.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define REQUEST_MAX (1U << 20)

static unsigned writable_count; /* objects with pages that may be dirty */

bool
fs_pager_active(void)
{
	return writable_count > 0;
}

static void
set_control(struct fs_pager_object *object, mach_port_t control)
{
	if (object->writable && object->control != MACH_PORT_NULL)
		writable_count--;
	fs_drop_right(object->control);
	object->control = control;
	if (object->writable && control != MACH_PORT_NULL) {
		writable_count++;
		fs_note_change();
	}
}

static void
object_release(void *context)
{
	struct fs_pager_object *object = context;
	struct fs_pager *pager = object->pager;

	set_control(object, MACH_PORT_NULL);
	object->port = MACH_PORT_NULL;
	fs_pager_tell(pager);
	if (pager->locked.port != MACH_PORT_NULL ||
	    pager->written.port != MACH_PORT_NULL)
		return;
	pager->node->pager = NULL;
	fs_node_put(pager->node);
	free(pager);
	fs_user_gone();
}

static const struct ports_class object_class = {"pager", object_release};

static struct fs_pager_object *
object_of(mach_port_t port)
{
	return ports_lookup(port, &object_class);
}

static struct fs_pager *
pager_of(struct fs_node *node)
{
	struct fs_pager *pager = node->pager;

	if (pager != NULL)
		return pager;
	pager = calloc(1, sizeof(*pager));
	if (pager == NULL)
		return NULL;
	pager->node = node;
	pager->locked.pager = pager;
	pager->written.pager = pager;
	pager->written.writable = true;
	return pager;
}

int
fs_pager_object(struct fs_node *node, bool writable, mach_port_t *right)
{
	struct fs_pager *pager = pager_of(node);
	struct fs_pager_object *object;

	if (pager == NULL)
		return ENOMEM;
	object = writable ? &pager->written : &pager->locked;
	if (object->port == MACH_PORT_NULL &&
	    ports_create(&object_class, object, &object->port) !=
		KERN_SUCCESS) {
		object->port = MACH_PORT_NULL;
		if (node->pager == NULL)
			free(pager);
		return ENOMEM;
	}
	if (node->pager == NULL) {
		fs_node_reference(node);
		node->pager = pager;
		fs_user_came();
	}
	*right = ports_right(object->port);
	return *right != MACH_PORT_NULL ? 0 : ENOMEM;
}

kern_return_t
memory_object_init(mach_port_t port, mach_port_t control, mach_port_t name,
    vm_size_t page_size)
{
	struct fs_pager_object *object = object_of(port);

	if (object == NULL || page_size != VM_PAGE_SIZE)
		return KERN_INVALID_ARGUMENT;
	fs_drop_right(name);
	set_control(object, control);
	if (!object->writable)
		object->pager->length = 0;
	fs_pager_tell(object->pager);
	return memory_object_ready(control, object->pager->node->stat.nlink > 0,
	    MEMORY_OBJECT_COPY_DELAY);
}

/* No page is left; the port lives on while somebody can map it again. */
kern_return_t
memory_object_terminate(mach_port_t port)
{
	struct fs_pager_object *object = object_of(port);

	if (object == NULL)
		return KERN_INVALID_ARGUMENT;
	set_control(object, MACH_PORT_NULL);
	fs_pager_tell(object->pager);
	return KERN_SUCCESS;
}

/* Read a part of the file into fresh memory, zeros behind its end. */
static int
read_pages(struct fs_node *node, vm_offset_t offset, vm_size_t size,
    vm_address_t *memory)
{
	vm_size_t done = 0;
	int error = 0;

	*memory = 0;
	if (syscall_vm_allocate(mach_task_self(), memory, size, TRUE) !=
	    KERN_SUCCESS)
		return ENOMEM;
	while (done < size && offset + done < node->stat.size) {
		char *to = (char *)(uintptr_t)(*memory + done);
		size_t got = 0;

		error = node->fs->ops->read(
		    node, offset + done, to, size - done, &got);
		if (error != 0 || got == 0)
			break;
		done += got;
	}
	if (error != 0)
		(void)syscall_vm_deallocate(mach_task_self(), *memory, size);
	return error;
}

/* Pages of the file, as many as are to be had in one piece. */
static vm_size_t
supply_part(const struct fs_pager_object *object, mach_port_t control,
    vm_offset_t offset, vm_size_t size, vm_prot_t lock)
{
	struct fs_node *node = object->pager->node;
	vm_address_t memory = 0;
	int error = ENOTSUP;

	if (node->fs->ops->read_memory != NULL)
		error =
		    node->fs->ops->read_memory(node, offset, &size, &memory);
	if (error != 0)
		error = read_pages(node, offset, size, &memory);
	if (error != 0)
		(void)memory_object_data_error(
		    control, offset, size, KERN_MEMORY_ERROR);
	else if (memory_object_data_supply(control, offset, memory,
		     (mach_msg_type_number_t)size, lock, FALSE,
		     MACH_PORT_NULL) != KERN_SUCCESS)
		(void)syscall_vm_deallocate(mach_task_self(), memory, size);
	return size;
}

static void
supply(const struct fs_pager_object *object, mach_port_t control,
    vm_offset_t offset, vm_size_t length, vm_prot_t lock)
{
	struct fs_node *node = object->pager->node;
	vm_size_t end = VM_ROUND_PAGE(node->stat.size);
	vm_size_t size = length;

	if (offset >= end)
		size = 0;
	else if (size > end - offset)
		size = end - offset;
	if (size > 0 && object->writable && node->fs->ops->reserve != NULL)
		size = node->fs->ops->reserve(node, offset, size);
	if (size < length)
		(void)memory_object_data_error(
		    control, offset + size, length - size, KERN_MEMORY_ERROR);
	for (vm_size_t done = 0; done < size;)
		done += supply_part(
		    object, control, offset + done, size - done, lock);
}

/* Before pages are given: the lock they have, so that both objects agree. */
static vm_prot_t
settle(const struct fs_pager_object *object, vm_offset_t offset,
    vm_size_t length, vm_prot_t access)
{
	struct fs_pager *pager = object->pager;

	if (!object->writable) {
		fs_pager_share(pager, offset, length);
		return VM_PROT_WRITE;
	}
	if (pager->locked.control == MACH_PORT_NULL)
		return VM_PROT_NONE;
	if ((access & VM_PROT_WRITE) == 0)
		return VM_PROT_WRITE;
	fs_pager_claim(pager, offset, length);
	return VM_PROT_NONE;
}

kern_return_t
memory_object_data_request(mach_port_t port, mach_port_t control,
    vm_offset_t offset, vm_size_t length, vm_prot_t access)
{
	const struct fs_pager_object *object = object_of(port);

	vm_prot_t lock;

	if (object == NULL || ((offset | length) & VM_PAGE_MASK) != 0 ||
	    length > REQUEST_MAX || offset + length < offset)
		return KERN_INVALID_ARGUMENT;
	lock = settle(object, offset, length, access);
	supply(object, control, offset, length, lock);
	fs_drop_right(control);
	return KERN_SUCCESS;
}

/*
 * A store to pages that others read. Or to pages of a file that was not opened
 * for writing: there is no right to give; what comes is an error in the end.
 */
kern_return_t
memory_object_data_unlock(mach_port_t port, mach_port_t control,
    vm_offset_t offset, vm_size_t length, vm_prot_t access)
{
	const struct fs_pager_object *object = object_of(port);

	if (object == NULL)
		return KERN_INVALID_ARGUMENT;
	if (object->writable && (access & VM_PROT_WRITE) != 0) {
		fs_pager_claim(object->pager, offset, length);
		(void)memory_object_lock_request(control, offset, length,
		    MEMORY_OBJECT_RETURN_NONE, FALSE, VM_PROT_NONE,
		    MACH_PORT_NULL);
	}
	fs_drop_right(control);
	return KERN_SUCCESS;
}

/* Pages as mappings have changed them; what is behind the end is not data. */
static void
write_pages(
    struct fs_node *node, vm_offset_t offset, const char *data, vm_size_t size)
{
	size_t put;

	if (node->fs->read_only || offset >= node->stat.size)
		return;
	if (size > node->stat.size - offset)
		size = node->stat.size - offset;
	(void)node->fs->ops->write(node, offset, data, size, &put);
	fs_touch(node);
	fs_pager_after(node, offset, size);
}

kern_return_t
/* NOLINTNEXTLINE(readability-function-size): the interface has so many */
memory_object_data_return(mach_port_t port, mach_port_t control,
    vm_offset_t offset, vm_offset_t data, mach_msg_type_number_t size,
    boolean_t dirty, boolean_t kernel_copy)
{
	const struct fs_pager_object *object = object_of(port);

	(void)kernel_copy;
	if (object == NULL)
		return KERN_INVALID_ARGUMENT;
	if (dirty && object->writable)
		write_pages(object->pager->node, offset,
		    (const char *)(uintptr_t)data, size);
	(void)syscall_vm_deallocate(mach_task_self(), data, size);
	fs_drop_right(control);
	return KERN_SUCCESS;
}
