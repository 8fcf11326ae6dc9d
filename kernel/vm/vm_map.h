/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Address maps: entries by address, in a red-black tree and a list, each a
 * range of one object. The calls for the rest of the kernel are in
 * vm_kernel.h; this is for vm/.
 *
 * A map is referenced by its task until vm_map_destroy() and by whoever works
 * on it across a wait; the last vm_map_release() frees it. A destroyed map is
 * empty and takes no more entries.
 *
 * An entry pointer is good until the next thing that may block.
 */
#ifndef VM_VM_MAP_H
#define VM_VM_MAP_H

#include <lib/rbtree.h>
#include <vm/vm_kernel.h>
#include <vm/vm_object.h>

struct pmap;

#define VM_WIRED_NOT 0
#define VM_WIRED     1
#define VM_WIRED_NOW 2 /* vm_map_wire() is at it, and may be waiting */

struct vm_map_entry {
	struct rb_node node;
	struct list link; /* by address */
	vm_address_t start;
	vm_address_t end;
	struct vm_object *object; /* NULL: zeros nobody has touched */
	vm_offset_t offset;       /* of start in the object */
	uint8_t wired;            /* VM_WIRED_* */
	uint8_t prot;
	uint8_t max_prot;
	uint8_t inheritance;
	bool needs_copy; /* shadow the object before the first write */
};

/* KERN_NO_SPACE: who maps one thing again and again takes the kernel's memory.
 */
#define VM_MAP_ENTRIES_MAX 65536U

struct vm_map {
	struct rb_tree tree;
	struct list entries;
	struct vm_map_entry *hint; /* found last, or NULL */
	vm_address_t free_hint;    /* there is no gap below worth a look */
	struct pmap *pmap;
	vm_size_t size; /* of all entries */
	unsigned entry_count;
	unsigned references;
	bool dead;
};

/* What a new entry is to be, for vm_map_insert(). */
struct vm_map_request {
	vm_address_t address; /* a hint or, without `anywhere`, the place */
	vm_size_t size;       /* whole pages */
	vm_address_t mask;
	bool anywhere;
	struct vm_object *object; /* reference taken over on success */
	vm_offset_t offset;
	bool needs_copy;
	vm_prot_t prot;
	vm_prot_t max_prot;
	vm_inherit_t inheritance;
};

extern void vm_map_init(void);

static inline void
vm_map_reference(struct vm_map *map)
{
	map->references++;
}

/* The entry that contains `address`; NULL: none. */
extern struct vm_map_entry *vm_map_lookup(
    struct vm_map *map, vm_address_t address);

/* The first entry that ends above `address`; NULL: none. */
extern struct vm_map_entry *vm_map_first(
    struct vm_map *map, vm_address_t address);
extern struct vm_map_entry *vm_map_next(
    const struct vm_map *map, const struct vm_map_entry *entry);

/*
 * Round [address, address + size) to pages. False where it wraps or leaves
 * user space.
 */
extern bool vm_map_range(vm_address_t address, vm_size_t size,
    vm_address_t *start, vm_address_t *end);

/* Is every page of the range in an entry whose max_prot allows `prot`? */
extern kern_return_t vm_map_check(
    struct vm_map *map, vm_address_t start, vm_address_t end, vm_prot_t prot);

/* Memory of this size that may be anywhere has page tables of its own. */
#define VM_MAP_BIG (1UL << 20)

/* A place for a new entry. */
struct vm_map_gap {
	vm_address_t start;
	struct vm_map_entry *after; /* the next entry; NULL: there is none */
};

/*
 * Where whole pages are to go: at gap->start, or where there is room, at or
 * above that if there is any. KERN_NO_SPACE, KERN_INVALID_ADDRESS,
 * KERN_INVALID_ARGUMENT for a mask that is none.
 */
extern kern_return_t vm_map_find_place(struct vm_map *map,
    struct vm_map_gap *gap, vm_size_t size, vm_address_t mask, bool anywhere);

/*
 * Room in whole page tables (PMAP_LEAF_SIZE), `skew` bytes behind the start of
 * the first. False: none.
 */
extern bool vm_map_find_big(struct vm_map *map, struct vm_map_gap *gap,
    vm_size_t size, vm_offset_t skew);

/*
 * Insert an entry as requested; request->address says where it is then.
 * KERN_NO_SPACE (also for a place that is taken), KERN_INVALID_ADDRESS,
 * KERN_RESOURCE_SHORTAGE: the object's reference stays the caller's.
 */
extern kern_return_t vm_map_insert(
    struct vm_map *map, struct vm_map_request *request);

extern struct vm_map_entry *vm_map_entry_alloc(void);
extern void vm_map_entry_free(struct vm_map_entry *entry);
extern void vm_map_entry_link(struct vm_map *map, struct vm_map_entry *entry);
/* The same for who knows the entry that follows. */
extern void vm_map_entry_link_before(
    struct vm_map *map, struct vm_map_entry *entry, struct vm_map_entry *after);
extern void vm_map_entry_unlink(struct vm_map *map, struct vm_map_entry *entry);

/*
 * Split entries so that one begins (ends) at `address` if any contains it.
 * False: no memory, nothing changed.
 */
extern bool vm_map_clip(struct vm_map *map, vm_address_t address);

/*
 * Make `copy` (unlinked) an entry with the present contents of [start, end) of
 * `entry`, with a reference of its own. KERN_RESOURCE_SHORTAGE,
 * KERN_INVALID_ADDRESS for memory that is not ours to copy.
 */
extern kern_return_t vm_map_entry_copy(struct vm_map *map,
    struct vm_map_entry *entry, vm_address_t start, vm_address_t end,
    struct vm_map_entry *copy);

/* Give an entry its own object to share: after it the object is `shared`. */
extern bool vm_map_entry_share(struct vm_map_entry *entry);

/* Remove one entry with what it maps. May block. */
extern void vm_map_entry_delete(struct vm_map *map, struct vm_map_entry *entry);

/* vm_map_attr.c */
extern kern_return_t vm_map_inherit(struct vm_map *map, vm_address_t address,
    vm_size_t size, vm_inherit_t inheritance);
/* Fault in and keep for `access`, or with VM_PROT_NONE let go. May block. */
extern kern_return_t vm_map_wire(
    struct vm_map *map, vm_address_t address, vm_size_t size, vm_prot_t access);
extern void vm_map_entry_unwire(struct vm_map_entry *entry);

/* vm_map_access.c: bytes of any map, through faults. May block. */
extern kern_return_t vm_map_read(
    struct vm_map *map, vm_address_t address, void *data, vm_size_t size);
extern kern_return_t vm_map_write(
    struct vm_map *map, vm_address_t address, const void *data, vm_size_t size);

/*
 * vm_fault.c: the page that an access would reach, without mapping it; good
 * until the next wait. May block; errors as vm_fault() (vm_kernel.h), and
 * KERN_INVALID_ADDRESS for physical mappings.
 */
extern kern_return_t vm_fault_page(struct vm_map *map, vm_address_t address,
    vm_prot_t access, struct vm_page **page);

#endif
