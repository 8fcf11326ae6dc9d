/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Reclaiming memory. Pages of objects with a pager stand on the active or the
 * inactive queue (temporary memory has no pager to go to and stays). A page
 * that becomes inactive is unmapped; if it is mapped again when its turn comes
 * it was used, and is activated. Else, clean, it is freed; dirty, it is sent to
 * its pager, whose own buffer it is then.
 *
 * The last of them are never taken: what runs would lose the page it waits for
 * before it runs, for ever. Who finds no page then is told that there is none.
 *
 * A fault that finds no page reclaims clean ones itself and else waits for the
 * thread, in short naps, while there is hope, but never for ever.
 */
#include <arch/timer.h>

#include <kern/sched.h>
#include <kern/thread.h>
#include <vm/pmap.h>
#include <vm/vm_kernel.h>
#include <vm/vm_pageout.h>
#include <vm/vm_pager.h>

#define NAP_NS     20000000ULL
#define NAPS       100 /* a fault waits at most so often */
#define BATCH      32U
#define WRITE_MAX  32U /* dirty pages sent in one go, then a nap */
#define SCAN_LIMIT 256U
#define KEEP_MOST  1024U

static struct list active = LIST_INITIALIZER(active);
static struct list inactive = LIST_INITIALIZER(inactive);
static struct wait_queue thread_queue;
static struct wait_queue nap_queue;
static struct thread *pageout_thread;

void
vm_page_unqueue(struct vm_page *page)
{
	if (page->on_queue == VM_PAGE_QUEUE_ACTIVE)
		vm_counters.active--;
	else
		vm_counters.inactive--;
	list_remove(&page->queue);
	page->on_queue = VM_PAGE_QUEUE_NONE;
}

void
vm_page_activate(struct vm_page *page)
{
	if (page->on_queue != VM_PAGE_QUEUE_NONE)
		vm_page_unqueue(page);
	list_append(&active, &page->queue);
	page->on_queue = VM_PAGE_QUEUE_ACTIVE;
	vm_counters.active++;
}

void
vm_page_deactivate(struct vm_page *page)
{
	if (page->on_queue != VM_PAGE_QUEUE_NONE)
		vm_page_unqueue(page);
	pmap_page_remove(page);
	list_append(&inactive, &page->queue);
	page->on_queue = VM_PAGE_QUEUE_INACTIVE;
	vm_counters.inactive++;
}

/* Keep a third of the queued pages inactive. */
static void
refill_inactive(void)
{
	for (unsigned i = 0; i < BATCH; i++) {
		struct list *link = list_first(&active);

		if (link == NULL ||
		    vm_counters.inactive > vm_counters.active / 2)
			return;
		vm_page_deactivate(list_entry(link, struct vm_page, queue));
	}
}

/* Are there more pages than what runs needs at least? */
static bool
enough(void)
{
	uint64_t keep = vm_phys_total_count / 64;

	return vm_counters.active + vm_counters.inactive >
	       (keep < KEEP_MOST ? keep : KEEP_MOST);
}

/* The oldest inactive page that was not used again; NULL: none. */
static struct vm_page *
oldest_page(void)
{
	if (!enough())
		return NULL;
	for (unsigned i = 0; i < SCAN_LIMIT; i++) {
		struct list *link;
		struct vm_page *page;

		refill_inactive();
		link = list_first(&inactive);
		if (link == NULL)
			return NULL;
		page = list_entry(link, struct vm_page, queue);
		if (page->pv.slot == NULL)
			return page;
		vm_counters.reactivations++;
		vm_page_activate(page);
	}
	return NULL;
}

/* Free up to `want` clean pages; dirty ones go to the end. How many. */
static unsigned
reclaim_clean(unsigned want)
{
	unsigned freed = 0;

	for (unsigned i = 0; i < SCAN_LIMIT && freed < want; i++) {
		struct vm_page *page = oldest_page();

		if (page == NULL)
			break;
		if (vm_pager_wants(page)) {
			vm_page_deactivate(page);
			continue;
		}
		vm_object_page_free(page);
		freed++;
	}
	return freed;
}

/* Send dirty pages to their pagers. How many. */
static unsigned
write_dirty(void)
{
	unsigned sent = 0;

	for (unsigned i = 0; i < SCAN_LIMIT && sent < WRITE_MAX; i++) {
		struct vm_page *page = oldest_page();

		if (page == NULL)
			break;
		if (page->object->pager == NULL || /* being destroyed */
		    page->object->pager->failed || !vm_pager_wants(page)) {
			vm_object_page_free(page);
		} else {
			if (!vm_pager_return(
				page->object, page->index, 1, false))
				break;
			sent++;
		}
	}
	return sent;
}

static void
nap(void)
{
	thread_wait(&nap_queue, WAIT_INTERRUPTIBLE, clock_uptime_ns() + NAP_NS);
	thread_block(NULL);
}

/*
 * What is written out is free only when its pager has dealt with it: so after
 * each round a nap, not another round.
 */
static void
pageout(void)
{
	for (;;) {
		pmap_free_spares();
		while (vm_phys_free_count < vm_phys_low) {
			if (reclaim_clean(BATCH) > 0)
				continue;
			if (write_dirty() == 0 && !vm_pager_shrink())
				break;
			nap();
		}
		thread_wait(&thread_queue, WAIT_UNINTERRUPTIBLE, WAIT_FOREVER);
		thread_block(NULL);
	}
}

static void
wake(void)
{
	wait_wake_all(&thread_queue, WAIT_AWAKENED);
}

bool
vm_pageout_wait(void)
{
	if (reclaim_clean(BATCH) > 0)
		return true;
	if (current_thread() == pageout_thread)
		return false;
	for (unsigned i = 0; i < NAPS; i++) {
		if (vm_phys_free_count > vm_page_reserve())
			return true;
		if (!enough())
			return false;
		wake();
		nap();
	}
	return false;
}

void
vm_pageout_init(void)
{
	wait_queue_init(&thread_queue);
	wait_queue_init(&nap_queue);
	vm_phys_on_low = wake;
}

/* After the scheduler can make threads. */
void
vm_start_threads(void)
{
	pageout_thread =
	    kernel_thread_create("page-out", PRIORITY_KERNEL, pageout);
	vm_phys_privileged = pageout_thread;
	sched_enqueue(pageout_thread);
}
