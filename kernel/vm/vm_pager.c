/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Objects whose pages come from a server: the kernel's side of the external
 * pager protocol, life and requests (answers: memory_control.c).
 *
 * Life of an object with a pager: made at the first mapping, memory_object_init
 * sent; nothing is asked before memory_object_ready. When nobody maps it, it
 * is kept with its pages (may_cache), and found again by its port; or it is
 * returned and terminated. A page that was asked for is a marker in the
 * object; whoever needs it waits on the object and looks again at the page.
 *
 * The pager is trusted with its own object only. A dead one, and one that is
 * silent for vm_pager_timeout, costs those who wait KERN_MEMORY_ERROR.
 * Messages to it are queued whatever its queue limit is; nothing blocks.
 */
#include <mach/mig_errors.h>

#include <arch/timer.h>

#include <ipc/ipc_kobject.h>
#include <kern/panic.h>
#include <kern/slab.h>
#include <memory_object_user.h>
#include <vm/vm_convert.h>
#include <vm/vm_pageout.h>
#include <vm/vm_pager.h>

#define CLUSTER      16U /* pages asked for at once */
#define CLUSTER_READ 64U /* the same by who reads in order */

uint64_t vm_pager_timeout = 30000000000ULL;

static struct slab_cache pager_cache;
static struct rb_tree pagers;       /* by port address */
static struct vm_pager *last_found; /* one of them, or NULL */
static struct list cached = LIST_INITIALIZER(cached);

void
vm_pager_init(void)
{
	slab_cache_init(&pager_cache, "vm pager", sizeof(struct vm_pager), 8);
}

struct vm_object *
convert_port_to_memory_object(mach_port_t handle)
{
	struct vm_object *object =
	    ipc_kobject_get(ipc_port_from_handle(handle), IKOT_MEMORY_CONTROL);

	if (object == NULL || object->pager == NULL)
		return NULL;
	list_remove(&object->pager->cached_link);
	vm_object_reference(object);
	return object;
}

static mach_port_t
memory_object(const struct vm_object *object)
{
	return ipc_port_to_handle(object->pager->port);
}

static mach_port_t
control(const struct vm_object *object)
{
	return ipc_port_to_handle(object->pager->control);
}

/* Where a port stands in the tree, or would. */
static struct rb_node **
find(const struct ipc_port *port, struct rb_node **parent)
{
	struct rb_node **link = &pagers.root;

	*parent = NULL;
	while (*link != NULL) {
		const struct ipc_port *other =
		    rb_entry(*link, struct vm_pager, node)->port;

		if (other == port)
			break;
		*parent = *link;
		link = (uintptr_t)port < (uintptr_t)other ? &(*link)->left
							  : &(*link)->right;
	}
	return link;
}

/* A pager with its kernel ports, not introduced yet. */
static struct vm_pager *
pager_create(struct vm_object *object, struct ipc_port *port)
{
	struct vm_pager *pager = slab_alloc_zero(&pager_cache);

	if (pager == NULL)
		return NULL;
	list_init(&pager->cached_link);
	pager->object = object;
	pager->port = port;
	pager->control = ipc_kobject_alloc(IKOT_MEMORY_CONTROL, object);
	pager->name = ipc_kobject_alloc(IKOT_MEMORY_NAME, object);
	if (pager->control != NULL && pager->name != NULL)
		return pager;
	ipc_kobject_destroy(pager->control);
	ipc_kobject_destroy(pager->name);
	slab_free(&pager_cache, pager);
	return NULL;
}

static struct vm_object *
object_create(struct ipc_port *port, vm_size_t size)
{
	struct vm_object *object = vm_object_create(size);
	struct rb_node **link, *parent;

	if (object == NULL)
		return NULL;
	object->pager = pager_create(object, port);
	if (object->pager == NULL) {
		vm_object_release(object);
		return NULL;
	}
	object->many = true;
	link = find(port, &parent);
	rb_insert(&pagers, &object->pager->node, parent, link);
	if (memory_object_init(memory_object(object), control(object),
		ipc_port_to_handle(object->pager->name),
		VM_PAGE_SIZE) != KERN_SUCCESS)
		object->pager->failed = true;
	return object;
}

/*
 * The send right to the port is taken over on success (dropped when the object
 * holds one already).
 */
struct vm_object *
vm_pager_enter(struct ipc_port *port, vm_size_t size)
{
	struct rb_node *parent, *node;
	struct vm_object *object;

	if (last_found == NULL || last_found->port != port) {
		node = *find(port, &parent);
		if (node == NULL)
			return object_create(port, size);
		last_found = rb_entry(node, struct vm_pager, node);
	}
	object = last_found->object;
	list_remove(&object->pager->cached_link);
	vm_object_reference(object);
	if (object->size < size)
		object->size = size;
	ipc_port_release_send(port);
	return object;
}

struct vm_object *
vm_pager_last(const struct ipc_port *port)
{
	return last_found != NULL && last_found->port == port
		   ? last_found->object
		   : NULL;
}

/* Everything the pager must have, sent. False: no memory for it now. */
static bool
return_all(struct vm_object *object)
{
	uint64_t index = 0;
	void *item;

	while ((item = radix_next(&object->pages, &index)) != NULL) {
		if (vm_item_is_page(item) && vm_pager_wants(item) &&
		    !vm_pager_return(object, index, 1, false))
			return false;
		index++;
	}
	return true;
}

bool
vm_pager_idle(struct vm_object *object)
{
	struct vm_pager *pager = object->pager;

	if (!pager->failed && (pager->may_cache || !return_all(object))) {
		list_append(&cached, &pager->cached_link);
		return true;
	}
	if (!pager->failed)
		memory_object_terminate(memory_object(object));
	rb_remove(&pagers, &pager->node);
	if (last_found == pager)
		last_found = NULL;
	ipc_kobject_destroy(pager->control);
	ipc_kobject_destroy(pager->name);
	ipc_port_release_send(pager->port);
	object->pager = NULL;
	slab_free(&pager_cache, pager);
	return false;
}

bool
vm_pager_shrink(void)
{
	struct list *link = list_first(&cached);
	struct vm_pager *pager;

	if (link == NULL)
		return false;
	pager = list_entry(link, struct vm_pager, cached_link);
	list_remove(link);
	pager->may_cache = false;
	pager->object->references = 1;
	vm_object_release(pager->object);
	return true;
}

void
vm_pager_fail_range(struct vm_object *object, uint64_t first, uint64_t end)
{
	uint64_t index = first;
	void *item;

	while ((item = radix_next(&object->pages, &index)) != NULL &&
	       index < end) {
		if (item == VM_ITEM_ABSENT)
			radix_replace(&object->pages, index, VM_ITEM_ERROR);
		index++;
	}
	wait_wake_all(&object->wait, WAIT_AWAKENED);
}

/* The pager is gone: nobody may wait for it any more. */
static void
fail(struct vm_object *object)
{
	object->pager->failed = true;
	vm_pager_fail_range(object, 0, UINT64_MAX);
}

bool
vm_pager_alive(struct vm_object *object, uint64_t index, uint64_t since)
{
	struct vm_pager *pager = object->pager;

	if (pager->failed || ipc_port_dead(pager->port)) {
		fail(object);
		return false;
	}
	if (clock_uptime_ns() - since < vm_pager_timeout)
		return true;
	/* The other pages that were asked for with this one, too. */
	vm_pager_fail_range(object,
	    index < CLUSTER_READ ? 0 : index - CLUSTER_READ + 1,
	    index + CLUSTER_READ);
	return false;
}

/* Mark absent pages from `index` on, as many as it is worth; how many. */
static unsigned
mark_absent(struct vm_object *object, uint64_t index)
{
	unsigned most = object->pager->in_order ? CLUSTER_READ : CLUSTER;
	uint64_t end = object->size >> VM_PAGE_SHIFT;
	unsigned count = 0;

	do {
		if (radix_lookup(&object->pages, index + count) != NULL ||
		    !radix_insert(
			&object->pages, index + count, VM_ITEM_ABSENT))
			break;
		count++;
	} while (count < most && index + count < end);
	object->pager->in_order = false;
	return count;
}

kern_return_t
vm_pager_request(struct vm_object *object, uint64_t index, vm_prot_t access)
{
	struct vm_pager *pager = object->pager;
	unsigned count;

	if (pager->failed)
		return KERN_MEMORY_ERROR;
	if (!pager->ready)
		return KERN_SUCCESS;
	count = mark_absent(object, index);
	if (count == 0)
		return KERN_RESOURCE_SHORTAGE;
	if (memory_object_data_request(memory_object(object), control(object),
		index << VM_PAGE_SHIFT, (vm_size_t)count << VM_PAGE_SHIFT,
		access) == KERN_SUCCESS)
		return KERN_SUCCESS;
	while (count-- > 0)
		radix_remove(&object->pages, index + count);
	if (!ipc_port_dead(pager->port))
		return KERN_RESOURCE_SHORTAGE;
	fail(object);
	return KERN_MEMORY_ERROR;
}

kern_return_t
vm_pager_unlock(struct vm_page *page, vm_prot_t access)
{
	struct vm_object *object = page->object;

	if (object->pager->failed)
		return KERN_MEMORY_ERROR;
	if (page->unlock_asked)
		return KERN_SUCCESS;
	if (memory_object_data_unlock(memory_object(object), control(object),
		page->index << VM_PAGE_SHIFT, VM_PAGE_SIZE,
		access) != KERN_SUCCESS)
		return KERN_MEMORY_ERROR;
	page->unlock_asked = true;
	return KERN_SUCCESS;
}

bool
vm_pager_place(struct vm_object *object, struct vm_page *page, uint64_t index)
{
	if (radix_lookup(&object->pages, index) == NULL)
		return vm_object_insert(object, page, index);
	radix_replace(&object->pages, index, page);
	page->object = object;
	page->index = index;
	object->resident++;
	vm_page_activate(page);
	return true;
}
