/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Physical memory. Every frame between the lowest and the highest usable one
 * has a struct vm_page, which is valid only while the frame is a page of an
 * object; free frames do not touch theirs, of kernel memory only page tables do
 * (pmap.c), so nothing has to be initialised at boot but a byte a frame
 * (vm_phys.c).
 *
 * Life of a page: vm_page_alloc() (in no object), inserted
 * into one object (vm_object_insert), moved between objects, freed with
 * vm_page_free() when it is in none and nothing maps it.
 */
#ifndef VM_VM_PAGE_H
#define VM_VM_PAGE_H

#include <mach/vm_types.h>

#include <arch/vm_param.h>

#include <kern/list.h>

struct pmap;
struct vm_object;

/*
 * One place where a page is mapped: a slot of a page table, whose own structure
 * knows the rest. The first is in the page itself.
 */
struct pv_entry {
	uint64_t *slot; /* NULL in the page: not mapped */
	struct pv_entry *next;
};

enum vm_page_queue {
	VM_PAGE_QUEUE_NONE,
	VM_PAGE_QUEUE_ACTIVE,
	VM_PAGE_QUEUE_INACTIVE,
};

struct vm_page {
	/* active or inactive queue; pages with a pager */
	_Alignas(64) struct list queue;
	union {
		struct vm_object *object;
		struct pmap *pmap; /* of a page table; NULL: on its way */
	};
	union {
		uint64_t index; /* page number in the object */
		vaddr_t base;   /* what a page table's first slot is for */
	};
	struct pv_entry pv;
	union {
		uint16_t wire_count;
		uint16_t used; /* slots of a leaf table */
	};
	uint8_t on_queue;  /* enum vm_page_queue */
	uint8_t page_lock; /* accesses the pager forbids */
	bool dirty : 1;
	bool precious : 1; /* the pager wants it back even if clean */
	bool unlock_asked : 1;
	bool synced : 1; /* instruction fetch sees its contents */
};

_Static_assert(sizeof(struct vm_page) == 64, "a page structure is one line");

/* What vm_phys_page() needs; private to it. */
extern struct vm_page *vm_page_array;
extern uint8_t *vm_frame_state;
extern uint64_t vm_frame_first;
extern uint64_t vm_frame_count;

#define VM_FRAME_PAGE 0x80U /* vm_frame_state: the struct vm_page is valid */

static inline paddr_t
vm_page_pa(const struct vm_page *page)
{
	return ((uint64_t)(page - vm_page_array) + vm_frame_first)
	       << VM_PAGE_SHIFT;
}

static inline void *
vm_page_data(const struct vm_page *page)
{
	return phys_to_virt(vm_page_pa(page));
}

/* The page at a physical address; NULL for what is no object's page. */
static inline struct vm_page *
vm_phys_page(paddr_t pa)
{
	uint64_t frame = (pa >> VM_PAGE_SHIFT) - vm_frame_first;

	if (frame >= vm_frame_count || vm_frame_state[frame] != VM_FRAME_PAGE)
		return NULL;
	return &vm_page_array[frame];
}

/* The structure of a usable frame that is no object's page: free for its user.
 */
static inline struct vm_page *
vm_phys_frame(paddr_t pa)
{
	return &vm_page_array[(pa >> VM_PAGE_SHIFT) - vm_frame_first];
}

/* Frames nobody has, in the buddy lists and the processors' caches. */
extern uint64_t vm_phys_free_count;
extern uint64_t vm_phys_total_count;

/*
 * Below these: tasks with inherited limits get nothing; no task does; the
 * kernel gets nothing (but the pager).
 */
extern uint64_t vm_phys_limited_reserve;
extern uint64_t vm_phys_user_reserve;
extern uint64_t vm_phys_kernel_reserve;

/* Fewer free than vm_phys_low: this is called (wakes the page-out thread). */
extern uint64_t vm_phys_low;
extern void (*vm_phys_on_low)(void);

/* The thread that writes pages out may use the last reserve. */
struct thread;
extern struct thread *vm_phys_privileged;

/* How many frames this thread may not take for pages. */
extern uint64_t vm_page_reserve(void);

/*
 * A page for an object, contents undefined. NULL when only the reserve is
 * left. Does not block.
 */
extern struct vm_page *vm_page_alloc(void);
extern struct vm_page *vm_page_alloc_zero(void);

/* 2^order contiguous pages as vm_page_alloc() makes them; the first. */
extern struct vm_page *vm_page_alloc_run(unsigned order);

/* The page is in no object and not mapped. */
extern void vm_page_free(struct vm_page *page);

/* What vm_statistics reports; counted where it happens. */
struct vm_counters {
	uint64_t zero_fills;
	uint64_t reactivations;
	uint64_t pageins;
	uint64_t pageouts;
	uint64_t faults;
	uint64_t cow_faults;
	uint64_t wired;    /* pages with a wire count */
	uint64_t active;   /* on the active queue */
	uint64_t inactive; /* on the inactive queue */
};
extern struct vm_counters vm_counters;

#endif
