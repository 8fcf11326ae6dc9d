/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Getting memory back when it runs short; vm_pageout.c says how.
 */
#ifndef VM_VM_PAGEOUT_H
#define VM_VM_PAGEOUT_H

#include <stdbool.h>
#include <stdint.h>

struct vm_page;

/* Start the thread that works when fewer than vm_phys_low frames are free. */
extern void vm_pageout_init(void);

/*
 * A fault found no page. Reclaims what is clean at once; waits for what is
 * being written out. True: try again (everything may have changed). False:
 * there is nothing to be had. May block.
 */
extern bool vm_pageout_wait(void);

/* A page of an object with a pager is in use: onto the active queue. */
extern void vm_page_activate(struct vm_page *page);
extern void vm_page_deactivate(struct vm_page *page);
extern void vm_page_unqueue(struct vm_page *page);

#endif
