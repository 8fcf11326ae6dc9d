/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * thread_abort and thread_abort_safely of threads that are suspended, that run
 * and that have ended, and messages for a thread that is suspended in its wait.
 */
#include <mach/mach_host_user.h>
#include <mach/vm_map_user.h>

#include "waiter.h"

#define MILLISECOND 1000000UL
#define PAGE_BYTES  4096

static mach_port_t port;
static struct waiter waiter;
static volatile bool go_on;
static volatile unsigned long turns;

static int
run_state(mach_port_t thread)
{
	thread_basic_info_data_t info = {0};
	mach_msg_type_number_t count = THREAD_BASIC_INFO_COUNT;

	(void)thread_info(
	    thread, THREAD_BASIC_INFO, (thread_info_t)&info, &count);
	return info.run_state;
}

static mach_msg_return_t
sent(mach_msg_id_t id)
{
	mach_msg_header_t header = {
	    .msgh_bits = MACH_MSGH_BITS(MACH_MSG_TYPE_MAKE_SEND, 0),
	    .msgh_remote_port = port,
	    .msgh_id = id,
	};

	return space_send(&header, sizeof(header));
}

/* It is told when it runs again. */
static void
test_suspended(kern_return_t (*end)(thread_t))
{
	mach_port_t thread;

	ok(waiter_receive(&waiter, port, MACH_RCV_INTERRUPT), "it waits");
	thread = mach_thread_port(waiter.thread);
	is_int(thread_suspend(thread), KERN_SUCCESS, "suspended");
	is_int(end(thread), KERN_SUCCESS, "abort");
	is_int(run_state(thread), TH_STATE_STOPPED, "it has stopped");
	is_int(sent(1), MACH_MSG_SUCCESS, "what it waited for");
	is_int(waiter.code, -1, "it does not run");
	is_int(thread_resume(thread), KERN_SUCCESS, "resumed");
	is_int(waiter_end(&waiter), MACH_RCV_INTERRUPTED, "interrupted");
	is_int(
	    space_receive(&waiter.message.header, sizeof(waiter.message), port),
	    MACH_MSG_SUCCESS, "the message is still there");
	is_int(waiter.message.header.msgh_id, 1, "the one");
}

/* Suspended and resumed, the wait goes on, or what came is there. */
static void
test_not_aborted(void)
{
	mach_port_t thread;

	ok(waiter_receive(&waiter, port, MACH_RCV_INTERRUPT), "it waits");
	thread = mach_thread_port(waiter.thread);
	is_int(thread_suspend(thread), KERN_SUCCESS, "suspended");
	is_int(thread_resume(thread), KERN_SUCCESS, "resumed");
	ok(waiter_waits(&waiter), "it waits on");
	is_int(thread_suspend(thread), KERN_SUCCESS, "suspended");
	is_int(sent(2), MACH_MSG_SUCCESS, "what it waits for");
	(void)clock_sleep(5 * MILLISECOND);
	is_int(waiter.code, -1, "it does not run");
	is_int(thread_resume(thread), KERN_SUCCESS, "resumed");
	is_int(waiter_end(&waiter), MACH_MSG_SUCCESS, "it comes");
	is_int(waiter.message.header.msgh_id, 2, "the one");
}

/* Runs until it is told to go on, and then waits for a while. */
static void
run(void *argument)
{
	(void)argument;
	while (!go_on)
		turns++;
	waiter.code = mach_msg_trap(&waiter.message.header,
	    MACH_RCV_MSG | MACH_RCV_TIMEOUT, 0, sizeof(waiter.message), port,
	    20, MACH_PORT_NULL);
}

static void
test_running(kern_return_t (*end)(thread_t))
{
	struct mach_thread *handle;
	mach_port_t thread;
	unsigned long before;

	go_on = false;
	turns = 0;
	is_int(mach_thread_create(&handle, run, NULL, MACH_THREAD_STACK),
	    KERN_SUCCESS, "a thread");
	thread = mach_thread_port(handle);
	while (turns == 0)
		(void)clock_sleep(MILLISECOND);
	is_int(end(thread), KERN_SUCCESS, "abort what runs");
	before = turns;
	(void)clock_sleep(20 * MILLISECOND);
	ok(turns != before, "it runs on");
	is_int(thread_suspend(thread), KERN_SUCCESS, "suspended");
	is_int(end(thread), KERN_SUCCESS, "abort what stands");
	before = turns;
	(void)clock_sleep(5 * MILLISECOND);
	is_int(turns, before, "it stands");
	is_int(thread_resume(thread), KERN_SUCCESS, "resumed");
	go_on = true;
	mach_thread_join(handle);
	is_int(waiter.code, MACH_RCV_TIMED_OUT, "its next wait is its own");
}

static void
test_ended(kern_return_t (*end)(thread_t))
{
	mach_port_t thread;

	is_int(thread_create(self, &thread), KERN_SUCCESS, "a new thread");
	is_int(end(thread), KERN_SUCCESS, "is aborted");
	is_int(thread_terminate(thread), KERN_SUCCESS, "and ends");
	for (unsigned i = 0;
	     i < 1000 && space_type(thread) != MACH_PORT_TYPE_DEAD_NAME; i++)
		(void)clock_sleep(MILLISECOND);
	is_int(end(thread), MACH_SEND_INVALID_DEST, "no more");
	(void)mach_port_deallocate(self, thread);
	is_int(end(mach_host_self()), KERN_INVALID_ARGUMENT, "no thread");
}

static vm_address_t unpaged;

static void
touch_unpaged(void *argument)
{
	(void)argument;
	go_on = true;
	(void)*(volatile char *)unpaged;
}

static uint64_t
now(void)
{
	return (uint64_t)clock_get_ns(0);
}

/*
 * A pager that says nothing has a fault look again every tenth of a second.
 * Suspended just when it looks, the thread is waited for until its next wait,
 * not to the fault's end.
 */
static void
test_suspended_in_fault(void)
{
	struct mach_thread *handle;
	mach_port_t thread;
	mach_port_t pager = space_allocate(RECEIVE);
	uint64_t start;

	is_int(
	    mach_port_insert_right(self, pager, pager, MACH_MSG_TYPE_MAKE_SEND),
	    KERN_SUCCESS, "a pager");
	is_int(vm_map(self, &unpaged, PAGE_BYTES, 0, TRUE, pager, 0, FALSE,
		   VM_PROT_READ, VM_PROT_READ, VM_INHERIT_NONE),
	    KERN_SUCCESS, "its memory");
	go_on = false;
	is_int(
	    mach_thread_create(&handle, touch_unpaged, NULL, MACH_THREAD_STACK),
	    KERN_SUCCESS, "a thread");
	thread = mach_thread_port(handle);
	is_int(thread_priority(thread, 25, FALSE), KERN_SUCCESS, "a low one");
	while (!go_on || run_state(thread) != TH_STATE_WAITING)
		(void)clock_sleep(MILLISECOND);
	start = now();
	while (now() - start < 300 * MILLISECOND)
		turns++;
	is_int(thread_suspend(thread), KERN_SUCCESS, "suspended");
	ok(now() - start < 5000 * MILLISECOND, "at once");
	is_int(thread_terminate(thread), KERN_SUCCESS, "its end");
	(void)vm_deallocate(self, unpaged, PAGE_BYTES);
	(void)mach_port_destroy(self, pager);
}

int
main(void)
{
	int names;

	self = mach_task_self();
	port = space_allocate(RECEIVE);
	(void)mach_host_self();
	names = space_names();
	test_suspended(thread_abort);
	test_suspended(thread_abort_safely);
	test_not_aborted();
	test_running(thread_abort);
	test_running(thread_abort_safely);
	test_ended(thread_abort);
	test_ended(thread_abort_safely);
	is_int(space_names(), names, "no name is left");
	test_suspended_in_fault();
	(void)mach_port_destroy(self, port);
	return test_done();
}
