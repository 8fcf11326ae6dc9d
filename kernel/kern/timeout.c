/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Deadlines, a tree of them: however many are set, one more takes as long as
 * looking for its place. The processor's timer is armed for the first of
 * them or for the end of the running thread's quantum, whichever comes first;
 * timer_armed remembers for when, so that switching threads need not touch the
 * timer while it is set early enough: coming too early is harmless.
 */
#include <arch/timer.h>

#include <kern/sched.h>
#include <kern/timeout.h>

static struct rb_tree timeouts;
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

static struct timeout *
of_node(struct rb_node *node)
{
	return node != NULL ? rb_entry(node, struct timeout, node) : NULL;
}

void
timeout_init(struct timeout *timeout, void (*function)(void *), void *argument)
{
	timeout->set = false;
	timeout->function = function;
	timeout->argument = argument;
}

/* Those of one deadline in the order they were set. */
void
timeout_set(struct timeout *timeout, uint64_t deadline)
{
	struct rb_node **link = &timeouts.root;
	struct rb_node *parent = NULL;

	timeout_cancel(timeout);
	timeout->deadline = deadline;
	while (*link != NULL) {
		parent = *link;
		link = of_node(parent)->deadline > deadline ? &parent->left
							    : &parent->right;
	}
	rb_insert(&timeouts, &timeout->node, parent, link);
	timeout->set = true;
	timer_need(deadline);
}

void
timeout_cancel(struct timeout *timeout)
{
	if (!timeout->set)
		return;
	rb_remove(&timeouts, &timeout->node);
	timeout->set = false;
}

const struct timeout *
timeout_next(const struct timeout *last)
{
	return of_node(
	    last != NULL ? rb_next(&last->node) : rb_first(&timeouts));
}

void
timer_interrupt(void)
{
	uint64_t now = clock_uptime_ns();
	struct timeout *timeout;

	timer_armed = UINT64_MAX;
	while ((timeout = of_node(rb_first(&timeouts))) != NULL) {
		if (timeout->deadline > now) {
			timer_need(timeout->deadline);
			break;
		}
		timeout_cancel(timeout);
		timeout->function(timeout->argument);
	}
	sched_quantum_check(now);
}
