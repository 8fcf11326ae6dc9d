/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Signals that wait to be acted on. Most are a bit of process->pending, for
 * whichever thread does not block them, and need no memory. Those that count
 * one by one, and those for one thread, are in a queue. What is pending is
 * shown in the signal page, and never read back from there.
 */
#include <mach/traps.h>

#include <errno.h>
#include <stdlib.h>

#include "process.h"

#define BIT(signal) (1UL << ((signal)-1))

static bool
is_for(const struct process *process, const struct pending *entry, int slot)
{
	return entry->slot == SLOT_ANY ||
	       (entry->slot == slot &&
		   process->page->thread[slot].serial == entry->serial);
}

/* Tell the process, which looks there when it has unblocked signals. */
static void
show(struct process *process, int slot)
{
	struct signal_page *page = process->page;
	uint64_t any = process->pending;
	uint64_t own = 0;

	if (page == NULL)
		return;
	for (const struct pending *at = process->queue; at != NULL;
	     at = at->next) {
		if (at->slot == SLOT_ANY)
			any |= BIT(at->signal);
		else if (at->slot == slot)
			own |= BIT(at->signal);
	}
	__atomic_store_n(&page->pending, any, __ATOMIC_SEQ_CST);
	if (slot != SLOT_ANY)
		__atomic_store_n(
		    &page->thread[slot].pending, own, __ATOMIC_SEQ_CST);
}

/* Take it out of the queue and free it. */
static void
discard(struct process *process, struct pending **link)
{
	struct pending *entry = *link;
	int slot = entry->slot;

	*link = entry->next;
	process->queued--;
	if (entry->timer != NULL)
		posix_timer_told(entry->timer);
	if (entry->thread != MACH_PORT_NULL)
		(void)syscall_mach_port_deallocate(
		    mach_task_self(), entry->thread);
	free(entry);
	show(process, slot);
}

/* Drop what was sent to threads that have ended. */
static void
drop_stale(struct process *process)
{
	struct pending **link = &process->queue;

	while (*link != NULL) {
		struct pending *at = *link;

		if (at->slot != SLOT_ANY && !is_for(process, at, at->slot))
			discard(process, link);
		else
			link = &at->next;
	}
}

int
pending_add(
    struct process *process, const struct pending *wanted, unsigned limit)
{
	struct pending **link = &process->queue;
	struct pending *entry;

	drop_stale(process);
	if (process->queued >= limit)
		return EAGAIN;
	entry = malloc(sizeof(*entry));
	if (entry == NULL)
		return EAGAIN;
	*entry = *wanted;
	entry->next = NULL;
	if (entry->slot != SLOT_ANY)
		entry->serial = process->page->thread[entry->slot].serial;
	while (*link != NULL)
		link = &(*link)->next;
	*link = entry;
	process->queued++;
	show(process, entry->slot);
	return 0;
}

uint64_t
pending_set(const struct process *process, int slot)
{
	uint64_t set = process->pending;

	for (const struct pending *at = process->queue; at != NULL;
	     at = at->next) {
		if (is_for(process, at, slot))
			set |= BIT(at->signal);
	}
	return set;
}

const struct signal_info *
pending_find(
    const struct process *process, int slot, int signal, struct pending **entry)
{
	*entry = NULL;
	if (process->pending & BIT(signal))
		return &process->info[signal];
	for (struct pending *at = process->queue; at != NULL; at = at->next) {
		if (at->signal == signal && is_for(process, at, slot)) {
			*entry = at;
			return &at->info;
		}
	}
	return NULL;
}

void
pending_take(struct process *process, int signal, struct pending *entry)
{
	struct pending **link = &process->queue;

	if (entry == NULL) {
		process->pending &= ~BIT(signal);
		show(process, SLOT_ANY);
		return;
	}
	while (*link != entry)
		link = &(*link)->next;
	discard(process, link);
}

void
pending_drop(struct process *process, uint64_t signals)
{
	struct pending **link = &process->queue;

	process->pending &= ~signals;
	while (*link != NULL) {
		if (BIT((*link)->signal) & signals)
			discard(process, link);
		else
			link = &(*link)->next;
	}
	show(process, SLOT_ANY);
}

void
pending_forget(struct process *process)
{
	pending_drop(process, ~0UL);
}

void
pending_show_image(const struct process *process, struct signal_page *page)
{
	page->pending = process->pending;
	for (const struct pending *at = process->queue; at != NULL;
	     at = at->next)
		page->pending |= BIT(at->signal);
}

void
pending_become_first(struct process *process)
{
	for (struct pending *at = process->queue; at != NULL; at = at->next)
		at->slot = SLOT_ANY;
}
