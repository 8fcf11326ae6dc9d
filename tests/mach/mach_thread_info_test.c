/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What is told about tasks and threads, in each flavour; their names; threads
 * that are depressed and threads that are wired.
 */
#include <mach/host_priv_user.h>
#include <mach/mach_host_user.h>
#include <mach/thread_act_user.h>
#include <mach/vm_map_user.h>

#include <libmach/thread.h>
#include <servers/bootstrap_user.h>

#include "space.h"

#define PAGES       8UL
#define PAGE        4096UL
#define MILLISECOND 1000000UL

static mach_port_t host;
static volatile bool about;
static volatile bool over;
static volatile bool leave;
static mach_msg_timeout_t depress_ms;

/* task_info() or thread_info(), with room for so many words. */
static kern_return_t
info_of(kern_return_t (*get)(
	    mach_port_t, int, integer_t *, mach_msg_type_number_t *),
    mach_port_t port, int flavor, void *info, size_t words)
{
	mach_msg_type_number_t count = (mach_msg_type_number_t)words;
	kern_return_t kr = get(port, flavor, info, &count);

	if (kr == KERN_SUCCESS)
		is_int(count <= words, true, "no more than asked for");
	return kr;
}

static task_events_info_data_t
events(void)
{
	task_events_info_data_t info = {0};

	is_int(info_of(task_info, self, TASK_EVENTS_INFO, &info,
		   TASK_EVENTS_INFO_COUNT),
	    KERN_SUCCESS, "events");
	return info;
}

static void
test_events(void)
{
	task_events_info_data_t before;
	task_events_info_data_t after;
	mach_port_t child = MACH_PORT_NULL;
	vm_address_t memory = 0;

	(void)vm_allocate(self, &memory, PAGES * PAGE, TRUE);
	before = events();
	for (unsigned i = 0; i < PAGES; i++)
		((volatile char *)memory)[i * PAGE] = 1;
	after = events();
	ok(after.zero_fills - before.zero_fills >= (int)PAGES,
	    "a zero-fill each page");
	ok(after.faults - before.faults >= (int)PAGES, "a fault each");
	is_int(after.pageins, before.pageins, "no pager is asked");
	is_int(task_create(self, TRUE, &child), KERN_SUCCESS, "a copy");
	before = events();
	for (unsigned i = 0; i < PAGES; i++)
		((volatile char *)memory)[i * PAGE] = 2;
	after = events();
	ok(after.cow_faults - before.cow_faults >= (int)PAGES,
	    "a copy each page");
	(void)task_terminate(child);
	(void)mach_port_deallocate(self, child);
	(void)vm_deallocate(self, memory, PAGES * PAGE);
}

static int64_t
nanoseconds(const time_value_t *time)
{
	return time->seconds * 1000000000 + time->nanoseconds;
}

static void
spin(uint64_t ns)
{
	mach_port_type_t type;

	for (uint64_t i = 0; i < ns / 1000; i++)
		(void)mach_port_type(self, self, &type);
}

static void
test_times(void)
{
	task_thread_times_info_data_t before = {0};
	task_thread_times_info_data_t after = {0};

	is_int(info_of(task_info, self, TASK_THREAD_TIMES_INFO, &before,
		   TASK_THREAD_TIMES_INFO_COUNT),
	    KERN_SUCCESS, "times");
	spin(20 * MILLISECOND);
	(void)clock_sleep(MILLISECOND);
	is_int(info_of(task_info, self, TASK_THREAD_TIMES_INFO, &after,
		   TASK_THREAD_TIMES_INFO_COUNT),
	    KERN_SUCCESS, "times");
	ok(nanoseconds(&after.user_time) > nanoseconds(&before.user_time),
	    "time passes");
}

static void
test_wrong_info(mach_port_t thread)
{
	natural_t words[64];

	is_int(info_of(task_info, self, 0, words, 64), KERN_INVALID_ARGUMENT,
	    "task flavour 0");
	is_int(info_of(task_info, self, 99, words, 64), KERN_INVALID_ARGUMENT,
	    "task flavour 99");
	is_int(info_of(task_info, self, -1, words, 64), KERN_INVALID_ARGUMENT,
	    "task flavour -1");
	is_int(info_of(task_info, self, TASK_BASIC_INFO, words,
		   TASK_BASIC_INFO_COUNT - 1),
	    KERN_INVALID_ARGUMENT, "no room for basic");
	is_int(info_of(task_info, self, TASK_EVENTS_INFO, words,
		   TASK_EVENTS_INFO_COUNT - 1),
	    KERN_INVALID_ARGUMENT, "no room for events");
	is_int(info_of(task_info, self, TASK_THREAD_TIMES_INFO, words,
		   TASK_THREAD_TIMES_INFO_COUNT - 1),
	    KERN_INVALID_ARGUMENT, "no room for times");
	is_int(info_of(task_info, host, TASK_BASIC_INFO, words, 64),
	    KERN_INVALID_ARGUMENT, "no task");
	is_int(info_of(thread_info, thread, 0, words, 64),
	    KERN_INVALID_ARGUMENT, "thread flavour 0");
	is_int(info_of(thread_info, thread, 3, words, 64),
	    KERN_INVALID_ARGUMENT, "thread flavour 3");
	is_int(info_of(thread_info, thread, THREAD_BASIC_INFO, words,
		   THREAD_BASIC_INFO_COUNT - 1),
	    KERN_INVALID_ARGUMENT, "no room for basic");
	is_int(info_of(thread_info, thread, THREAD_SCHED_INFO, words,
		   THREAD_SCHED_INFO_COUNT - 1),
	    KERN_INVALID_ARGUMENT, "no room for scheduling");
	is_int(info_of(thread_info, host, THREAD_BASIC_INFO, words, 64),
	    KERN_INVALID_ARGUMENT, "no thread");
}

static thread_sched_info_data_t
sched_of(mach_port_t thread)
{
	thread_sched_info_data_t info = {0};

	is_int(info_of(thread_info, thread, THREAD_SCHED_INFO, &info,
		   THREAD_SCHED_INFO_COUNT),
	    KERN_SUCCESS, "scheduling");
	return info;
}

static void
test_sched(mach_port_t thread)
{
	thread_sched_info_data_t info;

	is_int(thread_policy(thread, POLICY_FIXEDPRI, 30), KERN_SUCCESS,
	    "fixed, 30 ms");
	is_int(thread_priority(thread, 20, FALSE), KERN_SUCCESS, "20");
	info = sched_of(thread);
	is_int(info.policy, POLICY_FIXEDPRI, "policy");
	is_int(info.base_priority, 20, "base priority");
	is_int(info.cur_priority, 20, "priority");
	is_int(info.depressed, 0, "not depressed");
	is_int(info.depress_priority, -1, "no other priority");
	is_int(info.quantum, 30, "quantum");
}

/* What is told of a thread of each policy, and of no other. */
static void
test_policies(mach_port_t thread)
{
	static const struct {
		int policy, flavor;
		size_t count;
		const char *what;
	} all[] = {
	    {POLICY_TIMESHARE, THREAD_SCHED_TIMESHARE_INFO,
		POLICY_TIMESHARE_INFO_COUNT, "timeshare"},
	    {POLICY_RR, THREAD_SCHED_RR_INFO, POLICY_RR_INFO_COUNT,
		"round robin"},
	    {POLICY_FIFO, THREAD_SCHED_FIFO_INFO, POLICY_FIFO_INFO_COUNT,
		"first in, first out"},
	};
	integer_t info[THREAD_INFO_MAX];

	for (unsigned i = 0; i < 3; i++) {
		is_int(thread_policy(thread, all[i].policy, 20), KERN_SUCCESS,
		    all[i].what);
		for (unsigned j = 0; j < 3; j++)
			is_int(info_of(thread_info, thread, all[j].flavor, info,
				   THREAD_INFO_MAX),
			    i == j ? KERN_SUCCESS : KERN_INVALID_POLICY,
			    all[j].what);
		is_int(info_of(thread_info, thread, all[i].flavor, info,
			   all[i].count),
		    KERN_SUCCESS, "just enough room");
		is_int(info[0], sched_of(thread).max_priority, "at best");
		is_int(info[1], sched_of(thread).base_priority, "base");
		is_int(info[all[i].count - 2], FALSE, "not depressed");
		is_int(info[all[i].count - 1], -1, "nor was");
		is_int(info_of(thread_info, thread, all[i].flavor, info,
			   all[i].count - 1),
		    KERN_INVALID_ARGUMENT, "too little");
	}
	is_int(thread_policy(thread, POLICY_RR, 20), KERN_SUCCESS, "again");
	is_int(info_of(thread_info, thread, THREAD_SCHED_RR_INFO, info,
		   THREAD_INFO_MAX),
	    KERN_SUCCESS, "its quantum");
	is_int(info[2], 20, "is as it was set");
}

static void
test_token(void)
{
	security_token_t token = {{1, 1}};

	is_int(info_of(task_info, self, TASK_SECURITY_TOKEN, &token,
		   TASK_SECURITY_TOKEN_COUNT),
	    KERN_SUCCESS, "who the task is");
	is_int(token.val[0], 0, "root");
	is_int(info_of(task_info, self, TASK_SECURITY_TOKEN, &token, 1),
	    KERN_INVALID_ARGUMENT, "too little room");
}

static void
test_names(mach_port_t thread)
{
	kernel_debug_name_t name;

	is_int(thread_set_name(thread, "a thread"), KERN_SUCCESS, "name it");
	is_int(thread_get_name(thread, name), KERN_SUCCESS, "its name");
	is_str(name, "a thread", "the same");
	is_int(
	    thread_set_name(thread, "0123456789012345678901234567890123456789"),
	    KERN_SUCCESS, "a long name");
	is_int(thread_get_name(thread, name), KERN_SUCCESS, "its name");
	is_str(name, "0123456789012345678901234567890", "is cut");
	is_int(task_get_name(self, name), KERN_SUCCESS, "the task's");
	ok(strstr(name, "mach_thread_info") != NULL, "is the program's");
	is_int(thread_get_name(host, name), KERN_INVALID_ARGUMENT, "no thread");
	is_int(task_get_name(host, name), KERN_INVALID_TASK, "no task");
}

static void
depress(void *argument)
{
	(void)argument;
	about = true;
	(void)thread_switch(MACH_PORT_NULL, SWITCH_OPTION_DEPRESS, depress_ms);
	over = true;
	while (!leave)
		(void)clock_sleep(MILLISECOND);
}

/* A thread that has depressed itself; this one keeps the processor. */
static struct mach_thread *
start_depressed(mach_msg_timeout_t ms)
{
	struct mach_thread *thread = NULL;

	about = false;
	over = false;
	leave = false;
	depress_ms = ms;
	(void)mach_thread_create(&thread, depress, NULL, MACH_THREAD_STACK);
	while (!about)
		spin(1000);
	return thread;
}

static void
test_depressed(void)
{
	struct mach_thread *handle = start_depressed(0);
	mach_port_t thread = mach_thread_port(handle);
	thread_sched_info_data_t info = sched_of(thread);

	is_int(over, false, "it waits for its turn");
	is_int(info.depressed, 1, "depressed");
	is_int(info.cur_priority, 30, "to the lowest priority");
	is_int(info.depress_priority, info.base_priority, "for a while");
	is_int(thread_depress_abort(thread), KERN_SUCCESS, "no longer");
	info = sched_of(thread);
	is_int(info.depressed, 0, "not depressed");
	is_int(info.cur_priority, info.base_priority, "as before");
	is_int(thread_depress_abort(thread), KERN_NOT_DEPRESSED, "nor again");
	leave = true;
	mach_thread_join(handle);

	handle = start_depressed(1);
	thread = mach_thread_port(handle);
	for (int i = 0; i < 1000 && sched_of(thread).depressed; i++)
		spin(100000);
	is_int(sched_of(thread).depressed, 0, "for a millisecond");
	leave = true;
	mach_thread_join(handle);

	handle = start_depressed(0);
	(void)clock_sleep(5 * MILLISECOND);
	is_int(over, true, "it runs when nobody else does");
	leave = true;
	mach_thread_join(handle);
	is_int(thread_depress_abort(host), KERN_INVALID_ARGUMENT, "no thread");
}

static void
test_wired(mach_port_t priv, mach_port_t thread)
{
	is_int(thread_wire(priv, thread, TRUE), KERN_SUCCESS, "wired");
	is_int(thread_wire(priv, thread, TRUE), KERN_SUCCESS, "once more");
	is_int(thread_wire(priv, thread, FALSE), KERN_SUCCESS, "no more");
	is_int(
	    thread_wire(priv, self, TRUE), KERN_INVALID_ARGUMENT, "no thread");
	is_int(thread_wire(host, thread, TRUE), KERN_INVALID_HOST,
	    "not for everybody");
}

int
main(void)
{
	mach_port_t bootstrap = MACH_PORT_NULL;
	mach_port_t master = MACH_PORT_NULL;
	mach_port_t thread = MACH_PORT_NULL;
	mach_port_t priv = MACH_PORT_NULL;
	int names;

	self = mach_task_self();
	host = mach_host_self();
	(void)task_get_special_port(self, TASK_BOOTSTRAP_PORT, &bootstrap);
	is_int(bootstrap_privileged_ports(bootstrap, &priv, &master),
	    KERN_SUCCESS, "the host");
	names = space_names();
	is_int(thread_create(self, &thread), KERN_SUCCESS, "a thread");
	test_events();
	test_times();
	test_wrong_info(thread);
	test_sched(thread);
	test_policies(thread);
	test_token();
	test_names(thread);
	test_depressed();
	test_wired(priv, thread);
	(void)thread_terminate(thread);
	(void)mach_port_deallocate(self, thread);
	is_int(space_names(), names, "no name is left");
	return test_done();
}
