/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The table of names: lookup, allocation, growth.
 */
#include <ipc/ipc_entry.h>
#include <ipc/ipc_space.h>
#include <kern/panic.h>
#include <kern/slab.h>
#include <kern/string.h>

#define ROOT_SLOT sizeof(void *)

/* Make `leaves` at least `count` long. */
static kern_return_t
grow_root(struct ipc_space *space, uint32_t count)
{
	uint32_t size = space->leaf_count;
	struct ipc_leaf **leaves;

	if (count > IPC_LEAF_MAX)
		return KERN_NO_SPACE;
	if (count <= size)
		return KERN_SUCCESS;
	while (size < count)
		size *= 2;
	leaves = kalloc_zero(size * ROOT_SLOT);
	if (leaves == NULL)
		return KERN_RESOURCE_SHORTAGE;
	memcpy(leaves, space->leaves, space->leaf_count * ROOT_SLOT);
	if (space->leaves != space->inline_leaves)
		kfree(space->leaves, space->leaf_count * ROOT_SLOT);
	space->leaves = leaves;
	space->leaf_count = size;
	return KERN_SUCCESS;
}

struct ipc_entry *
ipc_entry_use_fresh(struct ipc_space *space)
{
	struct ipc_entry *entry;

	if (space->fresh == NULL)
		return NULL;
	entry = &space->fresh->slots[space->fresh_slot++].entry;
	entry->bits = 1;
	ipc_entry_push_free(space, entry);
	if (space->fresh_slot == IPC_LEAF_SLOTS)
		space->fresh = NULL;
	return entry;
}

/*
 * A new leaf. Its slots become free one by one as they are needed, lowest
 * first: most tasks have few names. If another leaf is at that, it has to be
 * done with first.
 */
static kern_return_t
add_leaf(struct ipc_space *space, uint32_t index)
{
	struct ipc_leaf *leaf;
	kern_return_t kr;

	if (space->leaf_used >= space->leaf_max)
		return KERN_NO_SPACE;
	kr = grow_root(space, index + 1);
	if (kr != KERN_SUCCESS)
		return kr;
	leaf = kalloc_zero(sizeof(*leaf));
	if (leaf == NULL)
		return KERN_RESOURCE_SHORTAGE;
	assert(((uintptr_t)leaf & VM_PAGE_MASK) == 0);
	leaf->slots[0].header.space = space;
	leaf->slots[0].header.base = index << IPC_LEAF_SHIFT;
	while (ipc_entry_use_fresh(space) != NULL)
		;
	space->fresh = leaf;
	space->fresh_slot = 1;
	space->leaves[index] = leaf;
	space->leaf_used++;
	return KERN_SUCCESS;
}

/* A free entry, without making room; NULL: there is none. */
static struct ipc_entry *
first_free(struct ipc_space *space)
{
	return space->free != NULL ? space->free : ipc_entry_use_fresh(space);
}

kern_return_t
ipc_entry_alloc(struct ipc_space *space, struct ipc_entry **result)
{
	struct ipc_entry *entry;
	kern_return_t kr;

	if (!space->active)
		return KERN_INVALID_TASK;
	entry = first_free(space);
	if (entry == NULL) {
		while (space->leaf_hint < space->leaf_count &&
		       space->leaves[space->leaf_hint] != NULL)
			space->leaf_hint++;
		kr = add_leaf(space, space->leaf_hint);
		if (kr != KERN_SUCCESS)
			return kr;
		entry = first_free(space);
	}
	assert(entry != NULL);
	ipc_entry_take(space, entry);
	*result = entry;
	return KERN_SUCCESS;
}

kern_return_t
ipc_entry_alloc_name(
    struct ipc_space *space, mach_port_name_t name, struct ipc_entry **result)
{
	uint32_t index = MACH_PORT_INDEX(name);
	struct ipc_entry *entry;
	kern_return_t kr;

	if (!space->active)
		return KERN_INVALID_TASK;
	if (!MACH_PORT_VALID(name) || index % IPC_LEAF_SLOTS == 0)
		return KERN_INVALID_VALUE;
	entry = ipc_entry_slot(space, index);
	if (entry == NULL) {
		kr = add_leaf(space, index >> IPC_LEAF_SHIFT);
		if (kr != KERN_SUCCESS)
			return kr;
		entry = ipc_entry_slot(space, index);
	}
	while (space->fresh != NULL && ipc_entry_leaf(entry) == space->fresh &&
	       space->fresh_slot <= index % IPC_LEAF_SLOTS)
		(void)ipc_entry_use_fresh(space);
	if (entry == NULL || ipc_entry_type(entry) != MACH_PORT_TYPE_NONE)
		return KERN_NAME_EXISTS;
	if ((entry->bits & IPC_ENTRY_RESERVED) != 0)
		space->names++; /* who reserved it finds it gone */
	else
		ipc_entry_take(space, entry);
	entry->bits = MACH_PORT_GEN(name);
	*result = entry;
	return KERN_SUCCESS;
}

struct ipc_entry *
ipc_entry_reserve(struct ipc_space *space)
{
	struct ipc_entry *entry = first_free(space);

	if (entry == NULL)
		return NULL;
	ipc_entry_take(space, entry);
	ipc_entry_keep(space, entry);
	return entry;
}

void
ipc_entry_release_leaves(struct ipc_space *space)
{
	for (uint32_t i = 0; i < space->leaf_count; i++)
		if (space->leaves[i] != NULL)
			kfree(space->leaves[i], sizeof(struct ipc_leaf));
	if (space->leaves != space->inline_leaves)
		kfree(space->leaves, space->leaf_count * ROOT_SLOT);
}
