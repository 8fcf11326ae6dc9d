/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Deadlines, soonest first. The processor's timer is armed for the first of
 * them or for the end of the running thread's quantum, whichever comes first;
 * timer_armed remembers for when, so that switching threads need not touch the
 * timer while it is set early enough: coming too early is harmless.
 */
#include <arch/timer.h>

#include <kern/sched.h>
#include <kern/timeout.h>

static struct list timeout_queue = LIST_INITIALIZER(timeout_queue);
static uint64_t timer_armed = UINT64_MAX;

/* See to it that the timer fires at `deadline` or before. */
void
timer_need(uint64_t deadline)
{
	if (deadline < timer_armed) {
		timer_armed = deadline;
		timer_set_deadline(deadline);
	}
}

void
timeout_init(struct timeout *timeout, void (*function)(void *), void *argument)
{
	list_init(&timeout->link);
	timeout->function = function;
	timeout->argument = argument;
}

void
timeout_set(struct timeout *timeout, uint64_t deadline)
{
	struct list *where = &timeout_queue;

	timeout_cancel(timeout);
	timeout->deadline = deadline;
	list_for_each (node, &timeout_queue) {
		if (list_entry(node, struct timeout, link)->deadline >
		    deadline) {
			where = node;
			break;
		}
	}
	list_insert_before(where, &timeout->link);
	timer_need(deadline);
}

void
timeout_cancel(struct timeout *timeout)
{
	list_remove(&timeout->link);
}

const struct list *
timeout_list(void)
{
	return &timeout_queue;
}

void
timer_interrupt(void)
{
	uint64_t now = clock_uptime_ns();
	struct list *first;

	timer_armed = UINT64_MAX;
	while ((first = list_first(&timeout_queue)) != NULL) {
		struct timeout *timeout =
		    list_entry(first, struct timeout, link);

		if (timeout->deadline > now) {
			timer_need(timeout->deadline);
			break;
		}
		list_remove(first);
		timeout->function(timeout->argument);
	}
	sched_quantum_check(now);
}
