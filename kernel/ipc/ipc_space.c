/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Spaces: made with a task, destroyed name by name, copied for fork.
 */
#include <ipc/ipc_kmsg.h>
#include <ipc/ipc_port.h>
#include <ipc/ipc_quota.h>
#include <ipc/ipc_right.h>
#include <ipc/ipc_space.h>
#include <kern/panic.h>
#include <kern/slab.h>
#include <kern/thread.h>

struct ipc_space ipc_space_kernel = {.references = 1, .active = true};

static struct slab_cache space_cache;

void
ipc_space_init(void)
{
	slab_cache_init(
	    &space_cache, "ipc_space", sizeof(struct ipc_space), 64);
}

kern_return_t
ipc_space_create(struct ipc_space **result)
{
	struct ipc_space *space = slab_alloc_zero(&space_cache);

	if (space == NULL)
		return KERN_RESOURCE_SHORTAGE;
	space->references = 1;
	space->active = true;
	space->leaves = space->inline_leaves;
	space->leaf_count = IPC_ROOT_INLINE;
	space->leaf_max = IPC_LEAF_MAX;
	space->quota = ipc_quota_create();
	if (space->quota == NULL) {
		slab_free(&space_cache, space);
		return KERN_RESOURCE_SHORTAGE;
	}
	*result = space;
	return KERN_SUCCESS;
}

void
ipc_space_release(struct ipc_space *space)
{
	assert(space->references > 0);
	if (--space->references > 0)
		return;
	assert(!space->active && space->names == 0);
	ipc_entry_release_leaves(space);
	ipc_quota_release(space->quota);
	slab_free(&space_cache, space);
}

struct ipc_entry *
ipc_space_next(struct ipc_space *space, uint32_t *index)
{
	while (*index >> IPC_LEAF_SHIFT < space->leaf_count) {
		struct ipc_leaf *leaf = space->leaves[*index >> IPC_LEAF_SHIFT];
		uint32_t slot = *index % IPC_LEAF_SLOTS;
		uint32_t end = IPC_LEAF_SLOTS;

		if (leaf == NULL) {
			*index += IPC_LEAF_SLOTS - slot;
			continue;
		}
		slot += slot == 0;
		if (leaf == space->fresh)
			end = space->fresh_slot;
		while (slot < end && ipc_entry_type(&leaf->slots[slot].entry) ==
					 MACH_PORT_TYPE_NONE)
			slot++;
		*index &= ~(IPC_LEAF_SLOTS - 1);
		if (slot < end) {
			*index += slot + 1;
			return &leaf->slots[slot].entry;
		}
		*index += IPC_LEAF_SLOTS;
	}
	return NULL;
}

/*
 * No name is added once the space is inactive; names may go while this waits,
 * which the walk by index does not mind.
 */
void
ipc_space_destroy(struct ipc_space *space)
{
	struct ipc_entry *entry;
	uint32_t index = 0;
	unsigned done = 0;

	assert(space->active);
	space->active = false;
	while ((entry = ipc_space_next(space, &index)) != NULL) {
		ipc_right_destroy(space, entry);
		if (++done % IPC_SPACE_BATCH == 0) {
			ipc_reap();
			preempt_point();
		}
	}
	ipc_reap();
	ipc_space_release(space);
}

/* One name of `from` to `to`, if it is a live send right. */
static kern_return_t
inherit(struct ipc_space *to, struct ipc_entry *entry)
{
	mach_port_name_t name = ipc_entry_name(entry);
	struct ipc_entry *copy;
	struct ipc_port *port;
	kern_return_t kr;

	entry = ipc_right_lookup(ipc_entry_space(entry), name);
	if (!(ipc_entry_type(entry) & MACH_PORT_TYPE_SEND))
		return KERN_SUCCESS;
	kr = ipc_entry_alloc_name(to, name, &copy);
	if (kr != KERN_SUCCESS)
		return kr;
	port = ipc_object_port(entry->object);
	copy->object = &ipc_port_copy_send(port)->object;
	copy->bits |= MACH_PORT_TYPE_SEND;
	copy->urefs = entry->urefs;
	ipc_hash_insert(copy);
	return KERN_SUCCESS;
}

kern_return_t
ipc_space_inherit(struct ipc_space *from, struct ipc_space *to)
{
	struct ipc_entry *entry;
	uint32_t index = 0;

	while ((entry = ipc_space_next(from, &index)) != NULL) {
		kern_return_t kr = inherit(to, entry);

		if (kr != KERN_SUCCESS)
			return kr;
	}
	return KERN_SUCCESS;
}
