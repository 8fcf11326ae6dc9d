/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Tests of timeout.c: many deadlines, set, moved and cancelled at random, come
 * in order, once, and not before their time; the timer is armed for the first.
 */
#include <arch/timer.h>

#include <kern/panic.h>
#include <kern/sched.h>
#include <kern/timeout.h>
#include <libtest/test.h>
#include <stdlib.h>

#define COUNT 5000
#define SPAN  1000000

static struct item {
	struct timeout timeout;
	unsigned rings;
	bool early;
} items[COUNT];

static uint64_t now, armed = UINT64_MAX, last_rung;
static unsigned wrong_order;

void
panic(const char *format, ...)
{
	printf("Bail out! panic: %s\n", format);
	abort();
}

uint64_t
clock_uptime_ns(void)
{
	return now;
}

void
timer_set_deadline(uint64_t deadline)
{
	armed = deadline;
}

void
sched_quantum_check(uint64_t time)
{
	(void)time;
}

static void
ring(void *argument)
{
	struct item *item = argument;

	item->rings++;
	item->early = item->timeout.deadline > now;
	if (item->timeout.deadline < last_rung)
		wrong_order++;
	last_rung = item->timeout.deadline;
}

/* The processor's timer, up to a time. */
static void
run_until(uint64_t end)
{
	while (armed <= end) {
		now = armed;
		armed = UINT64_MAX;
		timer_interrupt();
	}
	now = end;
}

static void
test_order(void)
{
	unsigned wrong = 0;

	for (unsigned i = 0; i < COUNT; i++) {
		timeout_init(&items[i].timeout, ring, &items[i]);
		timeout_set(&items[i].timeout, 1 + (uint64_t)rand() % SPAN);
	}
	for (unsigned i = 0; i < COUNT; i += 3)
		timeout_cancel(&items[i].timeout);
	for (unsigned i = 1; i < COUNT; i += 3)
		timeout_set(&items[i].timeout, 1 + (uint64_t)rand() % SPAN);
	run_until(SPAN / 2);
	for (unsigned i = 0; i < COUNT; i++)
		wrong += items[i].rings !=
			 (i % 3 != 0 && items[i].timeout.deadline <= now);
	is_int(wrong, 0, "those that were due have rung, once");
	run_until(SPAN + 1);
	for (unsigned i = 0; i < COUNT; i++)
		wrong += items[i].rings != (i % 3 != 0) || items[i].early ||
			 items[i].timeout.set;
	is_int(wrong, 0, "then the others, and none that was cancelled");
	is_int(wrong_order, 0, "in order");
	ok(timeout_next(NULL) == NULL, "none is left");
	is_int((int)(armed == UINT64_MAX), 1, "nothing is armed");
}

static struct timeout again;

static void
ring_again(void *argument)
{
	unsigned *count = argument;

	if (++*count < 10)
		timeout_set(&again, now + 5);
}

static void
test_again(void)
{
	static const uint64_t deadlines[] = {30, 10, 20, 20};
	uint64_t before = 0;
	unsigned count = 0;
	unsigned seen = 0;

	timeout_init(&again, ring_again, &count);
	timeout_cancel(&again);
	ok(!again.set, "to cancel what is not set is nothing");
	timeout_set(&again, now + 5);
	timeout_set(&again, now + 7);
	run_until(now + 6);
	is_int(count, 0, "set again, it is at the later time");
	run_until(now + 1000);
	is_int(count, 10, "a function may set its own again");
	for (unsigned i = 0; i < 4; i++)
		timeout_set(&items[i].timeout, now + deadlines[i]);
	for (const struct timeout *t = timeout_next(NULL); t != NULL;
	     t = timeout_next(t)) {
		seen += t->deadline >= before;
		before = t->deadline;
	}
	is_int(seen, 4, "all are to be seen, by deadline");
	is_int((long long)(armed - now), 10, "the timer is for the first");
}

int
main(void)
{
	srand(1);
	test_order();
	test_again();
	return test_done();
}
