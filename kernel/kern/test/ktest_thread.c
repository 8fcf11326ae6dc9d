/* SPDX-License-Identifier: BSD-2-Clause */
/* Threads, waits, priorities, time-outs and the clock. */
#include <arch/timer.h>

#include <kern/ktest.h>
#include <kern/sched.h>
#include <kern/thread.h>
#include <kern/timeout.h>
#include <kern/wait.h>

#define MS 1000000UL

static struct wait_queue queue = {LIST_INITIALIZER(queue.threads)};
static unsigned order[4];
static unsigned order_count;

static void
note(unsigned who)
{
	if (order_count < 4)
		order[order_count++] = who;
}

static void
wake_us(void)
{
	note(2);
	(void)wait_wake_one(&queue);
	thread_terminate_self();
}

KTEST(wait)
{
	enum wait_result result;
	uint64_t start = clock_uptime_ns();

	thread_wait(&queue, WAIT_INTERRUPTIBLE, start + 20 * MS);
	result = thread_block(NULL);
	ktest_ok(result == WAIT_TIMED_OUT, "a wait ends in time");
	ktest_ok(clock_uptime_ns() - start >= 20 * MS, "and not before");
	ktest_ok(wait_queue_first(&queue) == NULL, "nobody is on the queue");
	order_count = 0;
	sched_enqueue(kernel_thread_create("ktest waker", 5, wake_us));
	note(1);
	thread_wait(&queue, WAIT_INTERRUPTIBLE, WAIT_FOREVER);
	result = thread_block(NULL);
	note(3);
	ktest_ok(result == WAIT_AWAKENED, "a wait ends by a wake");
	ktest_ok(
	    order_count == 3 && order[0] == 1 && order[1] == 2 && order[2] == 3,
	    "in this order");
	ktest_ok(wait_wake_one(&queue) == NULL, "a wake of nobody is nothing");
}

static void
run_high(void)
{
	note(1);
	thread_terminate_self();
}

static void
run_middle(void)
{
	note(2);
	thread_terminate_self();
}

static void
run_low(void)
{
	note(3);
	(void)wait_wake_one(&queue);
	thread_terminate_self();
}

KTEST(priority)
{
	order_count = 0;
	sched_enqueue(kernel_thread_create("ktest low", 20, run_low));
	sched_enqueue(kernel_thread_create("ktest high", 2, run_high));
	sched_enqueue(kernel_thread_create("ktest middle", 10, run_middle));
	thread_wait(&queue, WAIT_INTERRUPTIBLE, WAIT_FOREVER);
	(void)thread_block(NULL);
	ktest_ok(
	    order_count == 3 && order[0] == 1 && order[1] == 2 && order[2] == 3,
	    "the better one runs first, whoever came first");
}

static void
rings(void *argument)
{
	note((unsigned)(uintptr_t)argument);
}

KTEST(timeout)
{
	static struct timeout late, early, never;
	uint64_t now = clock_uptime_ns();

	order_count = 0;
	timeout_init(&late, rings, (void *)2);
	timeout_init(&early, rings, (void *)1);
	timeout_init(&never, rings, (void *)3);
	timeout_set(&late, now + 30 * MS);
	timeout_set(&never, now + 20 * MS);
	timeout_set(&early, now + 10 * MS);
	timeout_cancel(&never);
	thread_wait(&queue, WAIT_INTERRUPTIBLE, now + 50 * MS);
	(void)thread_block(NULL);
	ktest_ok(order_count == 2, "two of three rang: one was cancelled");
	ktest_ok(order[0] == 1 && order[1] == 2, "the earlier one first");
}

KTEST(clock)
{
	uint64_t last = clock_uptime_ns();
	bool forward = true;

	for (unsigned i = 0; i < 10000; i++) {
		uint64_t now = clock_uptime_ns();

		forward = forward && now >= last;
		last = now;
	}
	ktest_ok(forward, "it never goes back");
}
