/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * task_get_limits and task_set_limits: what a task may have of names, threads
 * and queued messages, that the error is its own, and that children inherit.
 */
#include <mach/mach_host_user.h>
#include <mach/mach_port_user.h>
#include <mach/notify.h>
#include <mach/task_user.h>
#include <mach/thread_act_user.h>

#include <libmach/mach.h>
#include <libtest/test.h>

#define RECEIVE  MACH_PORT_RIGHT_RECEIVE
#define LEAF     127U /* names come in so many */
#define REQUESTS 64U

static mach_port_t self;

static task_limits_t
limits_of(mach_port_t task)
{
	task_limits_t limits = {0};

	is_int(task_get_limits(task, &limits), KERN_SUCCESS, "the limits");
	return limits;
}

static int
base_of(mach_port_t thread)
{
	struct thread_basic_info info = {0};
	mach_msg_type_number_t count = THREAD_BASIC_INFO_COUNT;

	(void)thread_info(
	    thread, THREAD_BASIC_INFO, (integer_t *)(void *)&info, &count);
	return info.base_priority;
}

static mach_msg_return_t
send_large(mach_port_t to)
{
	static struct {
		mach_msg_header_t header;
		char data[8000];
	} message;

	message.header = (mach_msg_header_t){
	    .msgh_bits = MACH_MSGH_BITS(MACH_MSG_TYPE_MAKE_SEND, 0),
	    .msgh_remote_port = to};
	return mach_msg(&message.header, MACH_SEND_MSG | MACH_SEND_TIMEOUT,
	    sizeof(message), 0, MACH_PORT_NULL, 0, MACH_PORT_NULL);
}

static void
test_names(mach_port_t child)
{
	task_limits_t limits = limits_of(child);
	mach_port_t name;
	unsigned made = 0;
	kern_return_t kr;

	limits.names = LEAF;
	is_int(task_set_limits(child, limits, MACH_PORT_NULL), KERN_SUCCESS,
	    "a hundred names");
	is_int(limits_of(child).names, LEAF, "are what it may have");
	while (
	    (kr = mach_port_allocate(child, RECEIVE, &name)) == KERN_SUCCESS &&
	    made < 2 * LEAF)
		made++;
	is_int(kr, KERN_NO_SPACE, "there is an end");
	is_int(limits_of(child).names_used, made, "all are counted");
	ok(made <= LEAF, "none beyond the limit");
	is_int(mach_port_destroy(child, name), KERN_SUCCESS, "one goes");
	is_int(mach_port_allocate(child, RECEIVE, &name), KERN_SUCCESS,
	    "there is room for one");
	is_int(mach_port_allocate(self, RECEIVE, &name), KERN_SUCCESS,
	    "others have theirs");
	is_int(mach_port_destroy(self, name), KERN_SUCCESS, "given back");
}

static void
test_threads(mach_port_t child)
{
	task_limits_t limits = limits_of(child);
	mach_port_t threads[3];

	limits.threads = 2;
	is_int(task_set_limits(child, limits, MACH_PORT_NULL), KERN_SUCCESS,
	    "two threads");
	is_int(thread_create(child, &threads[0]), KERN_SUCCESS, "one");
	is_int(thread_create(child, &threads[1]), KERN_SUCCESS, "two");
	is_int(thread_create(child, &threads[2]), KERN_NO_SPACE, "no third");
	is_int(limits_of(child).threads_used, 2, "two are counted");
	is_int(mach_port_deallocate(self, threads[0]), KERN_SUCCESS, "one");
	is_int(mach_port_deallocate(self, threads[1]), KERN_SUCCESS, "two");
}

static void
test_raise(mach_port_t child)
{
	task_limits_t limits = limits_of(child);
	mach_port_t grandchild;

	limits.threads++;
	is_int(task_set_limits(child, limits, MACH_PORT_NULL), KERN_NO_ACCESS,
	    "no more than it has");
	limits.threads = 0;
	is_int(task_set_limits(child, limits, MACH_PORT_NULL),
	    KERN_INVALID_VALUE, "nor none");
	is_int(task_create(child, FALSE, &grandchild), KERN_SUCCESS,
	    "a child of its own");
	is_int(limits_of(grandchild).threads, 2, "inherits");
	is_int(limits_of(grandchild).names, LEAF, "all");
	is_int(task_terminate(grandchild), KERN_SUCCESS, "ends");
	is_int(mach_port_deallocate(self, grandchild), KERN_SUCCESS, "gone");
}

static void
test_priority(void)
{
	mach_port_t child, thread, other;
	task_limits_t limits;

	is_int(task_create(self, FALSE, &child), KERN_SUCCESS, "a child");
	is_int(thread_create(child, &thread), KERN_SUCCESS, "its thread");
	is_int(thread_policy(thread, POLICY_FIFO, 0), KERN_SUCCESS, "FIFO");
	is_int(thread_priority(thread, 8, FALSE), KERN_SUCCESS, "and good");
	limits = limits_of(child);
	limits.priority = 20;
	is_int(task_set_limits(child, limits, MACH_PORT_NULL), KERN_SUCCESS,
	    "no better than 20");
	is_int(limits_of(child).priority, 20, "that is said");
	is_int(base_of(thread), 20, "what was better is not");
	is_int(thread_policy(thread, POLICY_FIFO, 0), KERN_FAILURE,
	    "nor does it keep the processor");
	is_int(thread_policy(thread, POLICY_TIMESHARE, 0), KERN_SUCCESS,
	    "it shares time");
	is_int(thread_priority(thread, 19, FALSE), KERN_FAILURE, "19");
	is_int(thread_priority(thread, 21, FALSE), KERN_SUCCESS, "21");
	is_int(task_priority(child, 19, TRUE), KERN_FAILURE, "the task's");
	is_int(thread_create(child, &other), KERN_SUCCESS, "another thread");
	is_int(base_of(other), 20, "has no better one");
	limits.priority = 19;
	is_int(task_set_limits(child, limits, MACH_PORT_NULL), KERN_NO_ACCESS,
	    "the limit gets no better");
	limits.priority = 31;
	is_int(task_set_limits(child, limits, MACH_PORT_NULL),
	    KERN_INVALID_VALUE, "idle is no priority");
	is_int(task_terminate(child), KERN_SUCCESS, "ends");
	(void)mach_port_deallocate(self, thread);
	(void)mach_port_deallocate(self, other);
	(void)mach_port_deallocate(self, child);
}

/* Messages of ours that nobody receives, in a port of our own. */
static void
test_queued(void)
{
	task_limits_t before = limits_of(self);
	task_limits_t limits = before;
	mach_port_t port;
	unsigned sent = 0;
	mach_msg_return_t code;

	is_int(
	    mach_port_allocate(self, RECEIVE, &port), KERN_SUCCESS, "a port");
	is_int(mach_port_set_qlimit(self, port, 100), KERN_SUCCESS,
	    "for many messages");
	limits.queued = before.queued_used + 80;
	is_int(task_set_limits(self, limits, MACH_PORT_NULL), KERN_SUCCESS,
	    "80 KiB of them");
	while ((code = send_large(port)) == MACH_MSG_SUCCESS && sent < 100)
		sent++;
	is_int(code, MACH_SEND_NO_BUFFER, "there is an end");
	ok(sent >= 8 && sent <= 10, "after ten of 8000 bytes");
	ok(limits_of(self).queued_used >= before.queued_used + 62,
	    "they are counted");
	is_int(mach_port_destroy(self, port), KERN_SUCCESS,
	    "the port goes with them");
	is_int(
	    limits_of(self).queued_used, before.queued_used, "nothing is owed");
	is_int(task_set_limits(self, before, MACH_PORT_NULL), KERN_NO_ACCESS,
	    "what was given up does not come back");
}

/* Who asks for a notification pays for it until it is received. */
static void
test_notifications(void)
{
	natural_t before = limits_of(self).queued_used;
	task_limits_t limits = limits_of(self);
	mach_port_t ports[REQUESTS], notify, previous;
	kern_return_t kr = KERN_SUCCESS;
	unsigned made = 0;

	(void)mach_port_allocate(self, RECEIVE, &notify);
	limits.queued = before + REQUESTS / 8; /* each is some 300 bytes */
	(void)task_set_limits(self, limits, MACH_PORT_NULL);
	while (made < REQUESTS && kr == KERN_SUCCESS) {
		(void)mach_port_allocate(self, RECEIVE, &ports[made]);
		kr = mach_port_request_notification(self, ports[made++],
		    MACH_NOTIFY_NO_SENDERS, 1, notify, &previous);
	}
	while (made > 0)
		(void)mach_port_destroy(self, ports[--made]);
	(void)mach_port_destroy(self, notify);
	is_int(kr, KERN_RESOURCE_SHORTAGE, "requests are paid for");
	is_int(limits_of(self).queued_used, before, "until they end");
}

int
main(void)
{
	mach_port_t child;

	self = mach_task_self();
	is_int(limits_of(self).threads, 1024, "of a process: its threads");
	is_int(limits_of(self).queued, 16384, "and KiB of messages");
	is_int(task_create(self, FALSE, &child), KERN_SUCCESS, "a child");
	test_names(child);
	test_threads(child);
	test_raise(child);
	test_priority();
	is_int(task_terminate(child), KERN_SUCCESS, "the child ends");
	is_int(mach_port_deallocate(self, child), KERN_SUCCESS, "gone");
	test_queued();
	test_notifications();
	return test_done();
}
