/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The names of a space. A name is index << 8 | generation. Entries live in
 * leaves of one page, found through a table of leaf pointers; so an entry never
 * moves, and growing copies pointers only. The first slot of a leaf is
 * its header: no name has an index that is a multiple of IPC_LEAF_SLOTS.
 *
 * An entry pointer is good until its name is given up; nothing may keep one
 * across a wait.
 */
#ifndef IPC_IPC_ENTRY_H
#define IPC_IPC_ENTRY_H

#include <mach/kern_return.h>
#include <mach/port.h>

#include <ipc/ipc_object.h>

struct ipc_port;
struct ipc_request;
struct ipc_space;

#define IPC_LEAF_SLOTS  128U
#define IPC_LEAF_SHIFT  7
#define IPC_LEAF_MAX    32768U /* leaves in a space: 4 million names */
#define IPC_ROOT_INLINE 8U     /* leaf pointers in the space itself */

struct ipc_entry {
	struct ipc_object *object; /* port or set; NULL: dead name or free */
	mach_port_type_t bits;     /* MACH_PORT_TYPE_* | generation */
	mach_port_urefs_t urefs;   /* of a send right or dead name */
	union {
		struct ipc_entry *hash_next; /* same bucket, ipc_hash.c */
		struct ipc_entry *free_next;
	};
	union {
		struct ipc_request *request; /* dead-name notification */
		struct ipc_entry *free_prev;
	};
};

struct ipc_leaf_header {
	struct ipc_space *space;
	mach_port_type_t bits; /* where an entry has them: 0, no right */
	uint32_t base;         /* index of slot 0 */
};

union ipc_leaf_slot {
	struct ipc_leaf_header header;
	struct ipc_entry entry;
};

struct ipc_leaf {
	union ipc_leaf_slot slots[IPC_LEAF_SLOTS];
};

_Static_assert(sizeof(struct ipc_leaf) == VM_PAGE_SIZE,
    "an entry finds its leaf by rounding its address down");

_Static_assert(
    offsetof(struct ipc_leaf_header, bits) == offsetof(struct ipc_entry, bits),
    "looking a header up as an entry finds no right");

#define IPC_ENTRY_TYPE_MASK 0x001f0000U
#define IPC_ENTRY_GEN_MASK  0x000000ffU
#define IPC_ENTRY_MAREQUEST 0x00000100U /* ipc_marequest.c */
#define IPC_ENTRY_REQUEST   0x00000200U /* `request` is not NULL */
#define IPC_ENTRY_RESERVED  0x00000400U /* not free, no name yet; fastpath.c */

static inline mach_port_type_t
ipc_entry_type(const struct ipc_entry *entry)
{
	return entry->bits & IPC_ENTRY_TYPE_MASK;
}

static inline struct ipc_leaf *
ipc_entry_leaf(const struct ipc_entry *entry)
{
	return (struct ipc_leaf *)((uintptr_t)entry & ~VM_PAGE_MASK);
}

static inline struct ipc_space *
ipc_entry_space(const struct ipc_entry *entry)
{
	return ipc_entry_leaf(entry)->slots[0].header.space;
}

static inline mach_port_name_t
ipc_entry_name(const struct ipc_entry *entry)
{
	const struct ipc_leaf *leaf = ipc_entry_leaf(entry);
	uint32_t slot =
	    (uint32_t)((const union ipc_leaf_slot *)entry - leaf->slots);

	return MACH_PORT_MAKE(leaf->slots[0].header.base + slot,
	    entry->bits & IPC_ENTRY_GEN_MASK);
}

/* What an entry says that is reserved for this name. */
static inline mach_port_type_t
ipc_entry_reserved(mach_port_name_t name)
{
	return (name & IPC_ENTRY_GEN_MASK) | IPC_ENTRY_RESERVED;
}

/*
 * A fresh entry, or the one of a given name: type and object are for the caller
 * to fill in. KERN_NO_SPACE: the name space is full. KERN_RESOURCE_SHORTAGE.
 * KERN_NAME_EXISTS: in use, perhaps with another generation.
 */
extern kern_return_t ipc_entry_alloc(
    struct ipc_space *space, struct ipc_entry **entry);
extern kern_return_t ipc_entry_alloc_name(
    struct ipc_space *space, mach_port_name_t name, struct ipc_entry **entry);

/* The next slot never used becomes free; NULL: there is none. */
extern struct ipc_entry *ipc_entry_use_fresh(struct ipc_space *space);

/* The whole table, at the end of the space. */
extern void ipc_entry_release_leaves(struct ipc_space *space);

/*
 * The reverse map, from (space, port) to the entry of a plain send right. The
 * name of a receive right is in the port. ipc_hash.c
 */
extern struct ipc_entry *ipc_hash_lookup(
    const struct ipc_space *space, const struct ipc_port *port);
extern void ipc_hash_insert(struct ipc_entry *entry);
extern void ipc_hash_remove(struct ipc_entry *entry);
extern void ipc_hash_init(void);

#endif
