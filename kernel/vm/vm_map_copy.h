/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Memory on its way between maps. The calls for the rest of the kernel are in
 * vm_kernel.h.
 *
 * A copy is either bytes in a kernel buffer (small) or a list of map entries
 * in no map, end to end from 0, whose objects keep the contents (pages). The
 * data begin `offset` bytes into the first page.
 *
 * What was large and is moved has the page tables with it (pmap.h), in which
 * nothing but its entries is mapped, with no more rights than a moved entry
 * has. Wherever the entries get into another map, the tables do so, too, in
 * ranges where nothing else is, or are dropped before.
 */
#ifndef VM_VM_MAP_COPY_H
#define VM_VM_MAP_COPY_H

#include <vm/vm_map.h>

struct vm_map_copy {
	vm_size_t size;
	vm_offset_t offset;
	void *bytes; /* NULL: entries */
	struct list entries;
	struct list leaves;     /* page tables, or none */
	vm_offset_t leaf_start; /* where they begin, as entries count */
};

/* Up to here bytes are copied; more moves or is shared as pages. */
#define VM_COPY_BYTES_MAX (2 * VM_PAGE_SIZE)

extern void vm_map_copy_init(void);

/* Free the tables, if there are any. May block if it may `wait`. */
extern void vm_map_copy_drop_leaves(struct vm_map_copy *copy, bool wait);

/* A copy of `size` bytes of an object from its start; takes its reference. */
extern struct vm_map_copy *vm_map_copy_object(
    struct vm_object *object, vm_size_t size);

/*
 * Take the page at a page-aligned offset out of a copy of pages, if it is the
 * copy's alone: the page is in no object then. NULL: copy its bytes instead.
 */
extern struct vm_page *vm_map_copy_steal(
    struct vm_map_copy *copy, vm_offset_t offset);

/* Bytes at an offset of the copy. May block; errors as vm_fault(). */
extern kern_return_t vm_map_copy_read_at(
    struct vm_map_copy *copy, vm_offset_t offset, void *data, vm_size_t size);

#endif
