/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * External pagers; vm_pager.c tells their story.
 */
#ifndef VM_VM_PAGER_H
#define VM_VM_PAGER_H

#include <mach/memory_object.h>

#include <lib/rbtree.h>
#include <vm/vm_object.h>

struct ipc_port;

struct vm_pager {
	struct rb_node node; /* by port */
	struct vm_object *object;
	struct ipc_port *port;    /* the memory object: a send right */
	struct ipc_port *control; /* IKOT_MEMORY_CONTROL, of the object */
	struct ipc_port *name;    /* IKOT_MEMORY_NAME */
	struct list cached_link;  /* no references: oldest first */
	bool ready;               /* the pager has said it is */
	bool may_cache;           /* keep the pages when nobody maps it */
	bool failed;              /* destroyed by its pager, or that is dead */
	bool in_order;            /* what is wanted next is read in order */
	memory_object_copy_strategy_t copy_strategy;
	vm_size_t readable; /* bytes memory_object_read may have */
};

extern void vm_pager_init(void);

/*
 * The object of a memory object port, made and introduced to the pager if it
 * is new; grown to `size`. A reference for the caller. NULL: no memory.
 */
extern struct vm_object *vm_pager_enter(struct ipc_port *port, vm_size_t size);

/* The object of that port if it was the last entered, else NULL; no reference.
 */
extern struct vm_object *vm_pager_last(const struct ipc_port *port);

/*
 * The last reference to the object is gone. True: it stays cached. False: the
 * pager has let it go, what was dirty is on its way; destroy it.
 */
extern bool vm_pager_idle(struct vm_object *object);

/*
 * Ask for the page at an index (with neighbours), which is absent; or for more
 * access to one that is there. The caller waits on the object then, until
 * vm_pager_deadline(). KERN_MEMORY_ERROR: the pager is dead.
 */
extern kern_return_t vm_pager_request(
    struct vm_object *object, uint64_t index, vm_prot_t access);
extern kern_return_t vm_pager_unlock(struct vm_page *page, vm_prot_t access);

/*
 * A waiter looks after VM_PAGER_POLL ns whether the pager still lives. False:
 * it does not, or has not answered since `since`: its absent page is an error.
 */
#define VM_PAGER_POLL 250000000ULL
extern bool vm_pager_alive(
    struct vm_object *object, uint64_t index, uint64_t since);

/* Internal result: something was waited for; begin again. */
#define VM_FAULT_AGAIN (-1)

/*
 * vm_fault.c. The object has no page there but a pager: ask for it, and wait
 * for something to change; *since is when the first wait began, 0: not yet.
 * VM_FAULT_AGAIN, KERN_ABORTED, KERN_RESOURCE_SHORTAGE, or KERN_MEMORY_ERROR
 * when the pager is dead or silent, or has said so.
 */
extern kern_return_t vm_fault_page_in(struct vm_object *object, uint64_t index,
    vm_prot_t access, uint64_t *since);

/* How long a pager may take to answer, in ns; settable. */
extern uint64_t vm_pager_timeout;

/*
 * vm_pager_return.c: send the pages of [index, index + count) to the pager.
 * `keep`: send copies and keep the pages, clean; else they leave the object.
 * False: no memory, nothing happened. Never blocks.
 */
#define VM_PAGER_RETURN_MAX 32U
extern bool vm_pager_return(
    struct vm_object *object, uint64_t index, unsigned count, bool keep);

/*
 * Return, and with `flush` throw out, the pages of [index, end) as a lock
 * request says. The object is referenced. May block.
 */
extern void vm_pager_clean(struct vm_object *object, uint64_t index,
    uint64_t end, memory_object_return_t should_return, bool flush);

/* Does the pager want the page back before it is dropped? */
static inline bool
vm_pager_wants(const struct vm_page *page)
{
	return page->dirty || page->precious;
}

/*
 * A page for an index that is absent: what a marker stands for, or nothing.
 * False: no memory.
 */
extern bool vm_pager_place(
    struct vm_object *object, struct vm_page *page, uint64_t index);

/* What is absent in [first, end) becomes an error; waiters are woken. */
extern void vm_pager_fail_range(
    struct vm_object *object, uint64_t first, uint64_t end);

/* Give up a cached object nobody maps, the oldest first. False: none. */
extern bool vm_pager_shrink(void);

#endif
