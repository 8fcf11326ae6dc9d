/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Port name spaces, one a task. References: one for the task, one for each
 * operation that may wait while it uses the space.
 */
#ifndef IPC_IPC_SPACE_H
#define IPC_IPC_SPACE_H

#include <ipc/ipc_entry.h>

struct ipc_leaf;
struct ipc_quota;
struct task;

struct ipc_space {
	uint32_t references;
	struct task *task; /* whose it is; NULL: nobody's any more */
	bool active;
	uint32_t names;      /* entries in use */
	uint32_t leaf_count; /* length of `leaves` */
	uint32_t leaf_used;  /* leaves there are, and may be */
	uint32_t leaf_max;
	struct ipc_quota *quota; /* for messages sent */
	uint32_t leaf_hint;      /* no free slot in `leaves` before this one */
	struct ipc_leaf **leaves;
	struct ipc_entry *free; /* doubly linked */
	struct ipc_leaf *fresh; /* its slots from fresh_slot on: never used */
	uint32_t fresh_slot;    /* and not on the list of the free */
	struct ipc_leaf *inline_leaves[IPC_ROOT_INLINE];
};

/* The kernel's: has no names; receive rights the kernel holds say this. */
extern struct ipc_space ipc_space_kernel;

static inline void
ipc_space_reference(struct ipc_space *space)
{
	space->references++;
}

extern void ipc_space_release(struct ipc_space *space);

/* The same, in line while it is not the last. */
static inline void
ipc_space_put(struct ipc_space *space)
{
	if (space->references > 1)
		space->references--;
	else
		ipc_space_release(space);
}

/* The slot of an index, in use or not; NULL if there is no leaf for it. */
static inline struct ipc_entry *
ipc_entry_slot(struct ipc_space *space, uint32_t index)
{
	uint32_t leaf = index >> IPC_LEAF_SHIFT;
	uint32_t slot = index % IPC_LEAF_SLOTS;

	if (leaf >= space->leaf_count || space->leaves[leaf] == NULL ||
	    slot == 0)
		return NULL;
	return &space->leaves[leaf]->slots[slot].entry;
}

/* The entry of a name in use; NULL. */
static inline struct ipc_entry *
ipc_entry_lookup(struct ipc_space *space, mach_port_name_t name)
{
	struct ipc_entry *entry = ipc_entry_slot(space, MACH_PORT_INDEX(name));

	if (entry == NULL || ipc_entry_type(entry) == MACH_PORT_TYPE_NONE ||
	    (entry->bits & IPC_ENTRY_GEN_MASK) != MACH_PORT_GEN(name))
		return NULL;
	return entry;
}

/* The entry of a name that has one of the rights `types`; NULL. */
static inline __attribute__((always_inline)) struct ipc_entry *
ipc_entry_with(
    struct ipc_space *space, mach_port_name_t name, mach_port_type_t types)
{
	uint32_t index = MACH_PORT_INDEX(name);
	uint32_t leaf = index >> IPC_LEAF_SHIFT;
	struct ipc_entry *entry;

	if (leaf >= space->leaf_count || space->leaves[leaf] == NULL)
		return NULL;
	entry = &space->leaves[leaf]->slots[index % IPC_LEAF_SLOTS].entry;
	if ((uint8_t)entry->bits != (uint8_t)name || (entry->bits & types) == 0)
		return NULL;
	return entry;
}

/* Take a free entry into use. */
static inline void
ipc_entry_take(struct ipc_space *space, struct ipc_entry *entry)
{
	if (entry->free_prev != NULL)
		entry->free_prev->free_next = entry->free_next;
	else
		space->free = entry->free_next;
	if (entry->free_next != NULL)
		entry->free_next->free_prev = entry->free_prev;
	entry->hash_next = NULL;
	entry->request = NULL;
	space->names++;
}

static inline void
ipc_entry_push_free(struct ipc_space *space, struct ipc_entry *entry)
{
	entry->free_prev = NULL;
	entry->free_next = space->free;
	if (space->free != NULL)
		space->free->free_prev = entry;
	space->free = entry;
}

/* Give the name up: no right, request or hash link may be left in it. */
static inline void
ipc_entry_free(struct ipc_space *space, struct ipc_entry *entry)
{
	entry->object = NULL;
	entry->urefs = 0;
	entry->bits = (entry->bits + 1) & IPC_ENTRY_GEN_MASK;
	space->names--;
	ipc_entry_push_free(space, entry);
}

/*
 * Keep an entry in use, whose name ends, to have one at hand. Its next right is
 * put into it as into one that ipc_entry_take() took.
 */
static inline void
ipc_entry_keep(struct ipc_space *space, struct ipc_entry *entry)
{
	entry->bits =
	    ((entry->bits + 1) & IPC_ENTRY_GEN_MASK) | IPC_ENTRY_RESERVED;
	entry->urefs = 1;
	space->names--;
}

/* A reserved entry becomes free after all. */
static inline void
ipc_entry_unreserve(struct ipc_space *space, struct ipc_entry *entry)
{
	entry->object = NULL;
	entry->urefs = 0;
	entry->bits &= IPC_ENTRY_GEN_MASK;
	ipc_entry_push_free(space, entry);
}

/* Reserve an entry that is there; NULL: none is. */
extern struct ipc_entry *ipc_entry_reserve(struct ipc_space *space);

/* Who does something with each name lets others run after so many. */
#define IPC_SPACE_BATCH 32U

/* The next entry in use at or after *index, which moves on; NULL at the end. */
extern struct ipc_entry *ipc_space_next(
    struct ipc_space *space, uint32_t *index);

/* Some of the names, another few each turn; checked kernels. */
extern void ipc_space_check(struct ipc_space *space, unsigned turn);

extern void ipc_space_init(void);

#endif
