/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Who gets the processor: policies, priorities, quanta, hints of thread_switch,
 * and that a server which a better thread waits for is not kept waiting by one
 * in between. This thread has a fixed priority better than all it measures.
 */
#include <mach/mach_host_user.h>
#include <mach/thread_act_user.h>
#include <mach/traps.h>

#include <libmach/thread.h>
#include <sys/wait.h>
#include <unistd.h>

#include "space.h"

#define MILLISECOND 1000000UL
#define MINE        8
#define BETTER      12
#define USUAL       16
#define SHORT       5 /* ms, a quantum */

struct spinner {
	struct mach_thread *thread;
	mach_port_t port;
	volatile unsigned long turns;
	volatile bool stop;
};

static mach_port_t me;
static unsigned long turns_in_ms;

static uint64_t
now(void)
{
	return clock_get_ns(SYSTEM_CLOCK);
}

static void
turn(unsigned long turns)
{
	for (volatile unsigned long i = 0; i < turns; i++)
		continue;
}

static void
spin(void *argument)
{
	struct spinner *spinner = argument;

	while (!spinner->stop) {
		turn(100);
		spinner->turns++;
	}
}

/* It runs as soon as this thread does not. */
static void
start(struct spinner *spinner, int policy, int priority, int quantum)
{
	*spinner = (struct spinner){.stop = false};
	is_int(mach_thread_create(
		   &spinner->thread, spin, spinner, MACH_THREAD_STACK),
	    KERN_SUCCESS, "a thread");
	spinner->port = mach_thread_port(spinner->thread);
	is_int(thread_policy(spinner->port, policy, quantum), KERN_SUCCESS,
	    "its policy");
	is_int(thread_priority(spinner->port, priority, FALSE), KERN_SUCCESS,
	    "its priority");
}

static void
stop(struct spinner *spinner)
{
	spinner->stop = true;
	mach_thread_join(spinner->thread);
}

static void
pass(unsigned ms)
{
	(void)clock_sleep(ms * MILLISECOND);
}

static thread_sched_info_data_t
sched_of(mach_port_t thread)
{
	thread_sched_info_data_t info = {0};
	mach_msg_type_number_t count = THREAD_SCHED_INFO_COUNT;

	(void)thread_info(
	    thread, THREAD_SCHED_INFO, (thread_info_t)&info, &count);
	return info;
}

static void
idle(void *argument)
{
	while (!*(volatile bool *)argument)
		pass(1);
}

static void
test_arguments(void)
{
	struct mach_thread *handle;
	volatile bool end = false;
	mach_port_t thread;

	(void)mach_thread_create(
	    &handle, idle, (void *)(uintptr_t)&end, MACH_THREAD_STACK);
	thread = mach_thread_port(handle);
	is_int(thread_priority(thread, -1, FALSE), KERN_INVALID_ARGUMENT,
	    "no priority");
	is_int(thread_priority(thread, 31, FALSE), KERN_INVALID_ARGUMENT,
	    "the idle thread's");
	is_int(thread_priority(self, 20, FALSE), KERN_INVALID_ARGUMENT,
	    "no thread");
	is_int(thread_priority(thread, 0, FALSE), KERN_FAILURE, "too good");
	is_int(thread_priority(thread, 20, TRUE), KERN_SUCCESS, "20 at best");
	is_int(sched_of(thread).max_priority, 20, "at best");
	is_int(sched_of(thread).base_priority, 20, "and now");
	is_int(thread_priority(thread, 19, FALSE), KERN_FAILURE, "not 19");
	is_int(thread_priority(thread, 30, FALSE), KERN_SUCCESS, "30");
	is_int(thread_priority(thread, 20, FALSE), KERN_SUCCESS, "back");
	is_int(thread_policy(thread, 3, 0), KERN_INVALID_POLICY, "no policy");
	is_int(thread_policy(thread, POLICY_RR, -1), KERN_INVALID_ARGUMENT,
	    "no time");
	is_int(thread_policy(self, POLICY_RR, 0), KERN_INVALID_ARGUMENT,
	    "no thread");
	is_int(thread_policy(thread, POLICY_FIFO, 0), KERN_SUCCESS, "FIFO");
	is_int(sched_of(thread).policy, POLICY_FIFO, "it is");
	is_int(sched_of(thread).cur_priority, 20, "as its base");
	is_int(thread_max_priority(thread, self, 10), KERN_INVALID_ARGUMENT,
	    "no set");
	end = true;
	mach_thread_join(handle);
}

static void
test_task_priority(void)
{
	mach_port_t child, thread;

	is_int(task_create(self, FALSE, &child), KERN_SUCCESS, "a task");
	is_int(thread_create(child, &thread), KERN_SUCCESS, "its thread");
	is_int(task_priority(child, 31, FALSE), KERN_INVALID_ARGUMENT, "none");
	is_int(task_priority(me, 20, FALSE), KERN_INVALID_ARGUMENT, "no task");
	is_int(task_priority(child, 22, FALSE), KERN_SUCCESS, "22 from now");
	is_int(sched_of(thread).base_priority, USUAL, "not what there is");
	is_int(task_priority(child, 24, TRUE), KERN_SUCCESS, "24 for all");
	is_int(sched_of(thread).base_priority, 24, "it is");
	is_int(thread_priority(thread, 25, TRUE), KERN_SUCCESS, "25 at best");
	is_int(task_priority(child, 23, TRUE), KERN_FAILURE, "one may not");
	is_int(sched_of(thread).base_priority, 25, "as before");
	(void)mach_port_deallocate(self, thread);
	is_int(thread_create(child, &thread), KERN_SUCCESS, "a new one");
	is_int(sched_of(thread).base_priority, 23, "has the task's");
	(void)mach_port_deallocate(self, thread);
	is_int(task_terminate(child), KERN_SUCCESS, "it ends");
	(void)mach_port_deallocate(self, child);
}

/*
 * The machine that ours runs on may stop it for a while, which looks here as if
 * whoever was on the processor had used all that time. So what must come about
 * by itself may take long, 10 s at most; what must not happen never does.
 */
static bool
comes(bool (*done)(const struct spinner *, const struct spinner *),
    const struct spinner *a, const struct spinner *b)
{
	for (int i = 0; i < 500; i++) {
		pass(20);
		if (done(a, b))
			return true;
	}
	return false;
}

/* ms */
static int64_t
run_time(const struct spinner *spinner)
{
	thread_basic_info_data_t info = {0};
	mach_msg_type_number_t count = THREAD_BASIC_INFO_COUNT;

	(void)thread_info(spinner->port, THREAD_BASIC_INFO,
	    (thread_info_t)(void *)&info, &count);
	return info.user_time.seconds * 1000L +
	       info.user_time.nanoseconds / 1000000L;
}

/* Both have run, neither much longer than the other. */
static bool
alike(const struct spinner *a, const struct spinner *b)
{
	int64_t first = run_time(a);
	int64_t second = run_time(b);

	return first + second >= 300 && first < second * 2 &&
	       second < first * 2;
}

static bool
first_turns(const struct spinner *a, const struct spinner *b)
{
	(void)b;
	return a->turns > 0;
}

static bool
both_sunk(const struct spinner *a, const struct spinner *b)
{
	return sched_of(a->port).cur_priority > USUAL + 1 &&
	       sched_of(b->port).cur_priority > USUAL + 1;
}

static void
test_shares(void)
{
	struct spinner a, b;

	start(&a, POLICY_TIMESHARE, USUAL, 0);
	start(&b, POLICY_TIMESHARE, USUAL, 0);
	ok(comes(alike, &a, &b), "two threads share");
	ok(sched_of(a.port).cur_priority > USUAL &&
		sched_of(b.port).cur_priority > USUAL,
	    "both have sunk");
	(void)thread_priority(b.port, USUAL + 12, FALSE);
	a.turns = 0;
	b.turns = 0;
	pass(100);
	ok(comes(first_turns, &a, &b), "the better one runs");
	is_int(b.turns, 0, "a worse one gets nothing");
	stop(&a);
	ok(comes(first_turns, &b, &a), "until it is alone");
	stop(&b);
}

/* Time makes good what use has cost. */
static void
test_decay(void)
{
	struct spinner a, b;
	int sunk;

	start(&a, POLICY_TIMESHARE, USUAL, 0);
	start(&b, POLICY_TIMESHARE, USUAL, 0);
	ok(comes(both_sunk, &a, &b), "both have sunk");
	sunk = sched_of(a.port).cur_priority;
	is_int(thread_suspend(a.port), KERN_SUCCESS, "it rests");
	pass(1200);
	is_int(thread_resume(a.port), KERN_SUCCESS, "it may run");
	ok(sched_of(a.port).cur_priority < sunk, "it has risen");
	ok(sched_of(a.port).cur_priority < sched_of(b.port).cur_priority,
	    "the other has not");
	stop(&a);
	stop(&b);
}

static void
test_fixed(void)
{
	struct spinner a, b;

	start(&a, POLICY_RR, BETTER, SHORT);
	start(&b, POLICY_RR, BETTER, SHORT);
	is_int(sched_of(a.port).quantum, SHORT, "its quantum");
	ok(comes(alike, &a, &b), "two take turns");
	is_int(sched_of(a.port).cur_priority, BETTER, "none has sunk");
	stop(&a);
	stop(&b);
	start(&a, POLICY_FIFO, BETTER, 0);
	start(&b, POLICY_FIFO, BETTER, 0);
	ok(comes(first_turns, &a, &b), "the first runs");
	is_int(b.turns, 0, "and keeps it");
	pass(100);
	is_int(b.turns, 0, "also when a better one was in between");
	stop(&a);
	ok(comes(first_turns, &b, &a), "until it ends");
	stop(&b);
}

/* How late this thread is, at best, while another spins or is in the kernel. */
static void
test_preempts(void)
{
	struct spinner a;
	int64_t best = INT64_MAX;

	start(&a, POLICY_TIMESHARE, USUAL, 0);
	for (int i = 0; i < 1000 && best >= (int64_t)MILLISECOND; i++) {
		uint64_t begin = now();
		int64_t late;

		pass(3);
		late = (int64_t)(now() - begin - 3 * MILLISECOND);
		best = late < best ? late : best;
	}
	printf("# at best %ld ns late\n", (long)best);
	ok(best < (int64_t)MILLISECOND, "no quantum is waited for");
	stop(&a);
}

/* Does the one run that is named, and the other not? */
static void
test_hint(struct spinner *to, struct spinner *other, int option)
{
	kern_return_t kr = KERN_SUCCESS;

	to->turns = 0;
	other->turns = 0;
	/* It may be stopped before it has done a turn. */
	for (int i = 0; i < 500 && kr == KERN_SUCCESS && to->turns == 0; i++)
		kr = thread_switch(to->port, option, 5);
	is_int(kr, KERN_SUCCESS, "a hint");
	ok(to->turns > 0 && other->turns == 0, "is followed");
}

static void
test_switch(void)
{
	struct spinner a, b;
	uint64_t begin;

	start(&a, POLICY_RR, BETTER, 10 * SHORT);
	start(&b, POLICY_RR, BETTER, 10 * SHORT);
	for (int option = SWITCH_OPTION_NONE; option <= SWITCH_OPTION_WAIT;
	     option++) {
		test_hint(&a, &b, option);
		test_hint(&b, &a, option);
	}
	stop(&a);
	stop(&b);
	is_int(thread_switch(MACH_PORT_NULL, 3, 0), KERN_INVALID_ARGUMENT,
	    "no option");
	is_int(thread_switch(NOBODY, SWITCH_OPTION_NONE, 0), KERN_SUCCESS,
	    "a hint to nobody is none");
	begin = now();
	is_int(thread_switch(MACH_PORT_NULL, SWITCH_OPTION_WAIT, 10),
	    KERN_SUCCESS, "wait");
	ok(now() - begin >= 10 * MILLISECOND, "10 ms");
}

/* Answers messages, each after some work, until one has the id 0. */
static void
serve(void *argument)
{
	mach_port_t port = *(mach_port_t *)argument;
	struct {
		mach_msg_header_t header;
		char room[64];
	} message;
	mach_msg_option_t option = MACH_RCV_MSG;

	do {
		if (mach_msg(&message.header, option, sizeof(message.header),
			sizeof(message), port, 0, MACH_PORT_NULL) != 0)
			return;
		turn((unsigned long)message.header.msgh_id * turns_in_ms);
		message.header.msgh_bits =
		    MACH_MSGH_BITS(MACH_MSG_TYPE_MOVE_SEND_ONCE, 0);
		message.header.msgh_local_port = MACH_PORT_NULL;
		option = MACH_SEND_MSG | MACH_RCV_MSG;
	} while (message.header.msgh_id != 0);
	(void)mach_msg(&message.header, MACH_SEND_MSG, sizeof(message.header),
	    0, MACH_PORT_NULL, 0, MACH_PORT_NULL);
}

/* Ask for so many ms of work. */
static bool
ask(mach_port_t port, int ms)
{
	mach_port_t reply = space_allocate(RECEIVE);
	struct {
		mach_msg_header_t header;
		char room[64];
	} message = {.header = {
			 .msgh_bits = MACH_MSGH_BITS(MACH_MSG_TYPE_COPY_SEND,
			     MACH_MSG_TYPE_MAKE_SEND_ONCE),
			 .msgh_remote_port = port,
			 .msgh_local_port = reply,
			 .msgh_id = ms,
		     }};

	if (mach_msg(&message.header, MACH_SEND_MSG | MACH_RCV_MSG,
		sizeof(message.header), sizeof(message), reply, 0,
		MACH_PORT_NULL) != MACH_MSG_SUCCESS)
		return false;
	(void)mach_port_destroy(self, reply);
	return true;
}

static void
ask_as_others(void *argument)
{
	(void)ask(*(mach_port_t *)argument, 40);
}

/* One in between this thread and the server, which never ends by itself. */
static bool
get_in_the_way(struct spinner *spinner)
{
	*spinner = (struct spinner){.stop = false};
	if (mach_thread_create(
		&spinner->thread, spin, spinner, MACH_THREAD_STACK) != 0)
		return false;
	spinner->port = mach_thread_port(spinner->thread);
	return thread_policy(spinner->port, POLICY_RR, 0) == KERN_SUCCESS &&
	       thread_priority(spinner->port, BETTER, FALSE) == KERN_SUCCESS;
}

/* In a process of its own: somebody else has asked the server before. */
static int
ask_second(mach_port_t port)
{
	struct mach_thread *other;
	struct spinner between;

	self = mach_task_self();
	me = mach_thread_self();
	if (thread_policy(me, POLICY_RR, 0) != KERN_SUCCESS ||
	    thread_priority(me, MINE, FALSE) != KERN_SUCCESS ||
	    mach_thread_create(
		&other, ask_as_others, &port, MACH_THREAD_STACK) != 0)
		return 1;
	pass(10);
	if (!get_in_the_way(&between) || !ask(port, 20))
		return 1;
	return between.turns == 0 ? 0 : 2;
}

static void
test_inversion(void)
{
	mach_port_t port = space_port_with_send();
	struct mach_thread *server;
	struct spinner between;
	int status = -1;
	pid_t child;

	is_int(mach_thread_create(&server, serve, &port, MACH_THREAD_STACK),
	    KERN_SUCCESS, "a server");
	pass(5);
	ok(get_in_the_way(&between), "one in between");
	ok(ask(port, 40), "asked");
	is_int(between.turns, 0, "nobody gets between");
	stop(&between);

	child = fork();
	if (child == 0)
		_exit(ask_second(port));
	ok(waitpid(child, &status, 0) == child, "another asks");
	is_int(status, 0, "and is not kept by what was asked before");
	(void)ask(port, 0);
	mach_thread_join(server);
	(void)mach_port_destroy(self, port);
}

static void
calibrate(void)
{
	uint64_t begin = now();

	turn(1000000);
	turns_in_ms = 1000000 * MILLISECOND / (now() - begin) + 1;
}

int
main(void)
{
	int names;

	self = mach_task_self();
	me = mach_thread_self();
	names = space_names();
	calibrate();
	is_int(thread_policy(me, POLICY_RR, 0), KERN_SUCCESS, "fixed");
	is_int(thread_priority(me, MINE, FALSE), KERN_SUCCESS, "good");
	test_arguments();
	test_task_priority();
	test_shares();
	test_decay();
	test_fixed();
	test_preempts();
	test_switch();
	test_inversion();
	is_int(space_names(), names, "no name is left");
	return test_done();
}
