/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Processors, sets of processors, assignments, limits of sets, and what the
 * host tells of itself.
 */
#include <mach/host_user.h>
#include <mach/mach_host_user.h>
#include <mach/thread_act_user.h>
#include <mach/vm_map_user.h>

#include "priv.h"
#include "worker.h"

static mach_port_t host, priv, set, name, processor;

/* Give back a list of rights; was `wanted` among them? */
static bool
among(mach_port_array_t list, mach_msg_type_number_t count, mach_port_t wanted)
{
	bool found = false;

	for (unsigned i = 0; i < count; i++) {
		found |= list[i] == wanted;
		(void)mach_port_deallocate(self, list[i]);
	}
	(void)vm_deallocate(
	    self, (vm_address_t)(uintptr_t)list, count * sizeof(list[0]));
	return found;
}

static void
test_processor(void)
{
	mach_port_array_t list = NULL;
	mach_msg_type_number_t count = 0;
	processor_basic_info_data_t info = {0};
	mach_port_t right;

	is_int(host_processors(host, &list, &count), KERN_INVALID_HOST,
	    "privileged");
	is_int(host_processors(priv, &list, &count), KERN_SUCCESS, "all");
	is_int(count, 1, "are one");
	processor = list[0];
	(void)vm_deallocate(self, (vm_address_t)(uintptr_t)list, sizeof(*list));
	count = PROCESSOR_BASIC_INFO_COUNT;
	is_int(processor_info(processor, PROCESSOR_BASIC_INFO, &right,
		   (integer_t *)&info, &count),
	    KERN_SUCCESS, "about it");
	is_int(right, host, "its host");
	(void)mach_port_deallocate(self, right);
	ok(info.running && info.is_master && info.slot_num == 0, "the first");
	is_int(processor_info(processor, 7, &right, (integer_t *)&info, &count),
	    KERN_INVALID_ARGUMENT, "no flavour");
	count--;
	is_int(processor_info(processor, PROCESSOR_BASIC_INFO, &right,
		   (integer_t *)&info, &count),
	    KERN_INVALID_ARGUMENT, "no room");
	is_int(processor_start(processor), KERN_FAILURE, "it runs");
	is_int(processor_exit(processor), KERN_FAILURE, "it is the last");
	is_int(processor_control(processor, (integer_t *)&info, 1),
	    KERN_FAILURE, "nothing to control");
	is_int(processor_start(self), KERN_INVALID_ARGUMENT, "no processor");
	is_int(processor_assign(processor, set, FALSE), KERN_SUCCESS,
	    "where it is");
	is_int(processor_get_assignment(processor, &right), KERN_SUCCESS,
	    "where it is");
	is_int(right, name, "in the default set");
	(void)mach_port_deallocate(self, right);
}

static void
test_default_set(void)
{
	mach_port_array_t list = NULL;
	mach_msg_type_number_t count = 0;

	is_int(processor_set_default(host, &name), KERN_SUCCESS, "its name");
	is_int(processor_set_default(self, &set), KERN_INVALID_HOST, "no host");
	is_int(host_processor_set_priv(host, name, &set), KERN_INVALID_HOST,
	    "privileged");
	is_int(host_processor_set_priv(priv, self, &set), KERN_INVALID_ARGUMENT,
	    "no set");
	is_int(host_processor_set_priv(priv, name, &set), KERN_SUCCESS,
	    "its control");
	is_int(processor_set_destroy(set), KERN_FAILURE, "it is needed");
	is_int(processor_set_destroy(name), KERN_INVALID_ARGUMENT, "a name");
	is_int(host_processor_sets(host, &list, &count), KERN_SUCCESS, "sets");
	ok(among(list, count, name), "it is among them");
	is_int(processor_set_tasks(set, &list, &count), KERN_SUCCESS, "tasks");
	ok(among(list, count, self), "this is among them");
	is_int(
	    processor_set_threads(set, &list, &count), KERN_SUCCESS, "threads");
	ok(among(list, count, mach_thread_self()), "this is among them");
	is_int(processor_set_tasks(name, &list, &count), KERN_INVALID_ARGUMENT,
	    "by name they are not told");
	is_int(processor_set_threads(name, &list, &count),
	    KERN_INVALID_ARGUMENT, "nor these");
}

static void
test_set_info(mach_port_t of, int processors, int tasks, int threads)
{
	processor_set_basic_info_data_t basic = {0};
	processor_set_sched_info_data_t sched = {0};
	mach_msg_type_number_t count = PROCESSOR_SET_BASIC_INFO_COUNT;
	mach_port_t right;

	is_int(processor_set_info(of, PROCESSOR_SET_BASIC_INFO, &right,
		   (integer_t *)&basic, &count),
	    KERN_SUCCESS, "about a set");
	(void)mach_port_deallocate(self, right);
	is_int(basic.processor_count, processors, "processors");
	ok(basic.task_count >= tasks, "tasks");
	ok(basic.thread_count >= threads, "threads");
	count = PROCESSOR_SET_SCHED_INFO_COUNT;
	is_int(processor_set_info(of, PROCESSOR_SET_SCHED_INFO, &right,
		   (integer_t *)&sched, &count),
	    KERN_SUCCESS, "its scheduling");
	(void)mach_port_deallocate(self, right);
	ok(sched.policies & POLICY_TIMESHARE, "timesharing");
	is_int(processor_set_info(of, 3, &right, (integer_t *)&sched, &count),
	    KERN_INVALID_ARGUMENT, "no flavour");
}

static kern_return_t
count_up(struct worker *worker)
{
	while (worker->id >= 0)
		(*(volatile int *)&worker->id)++;
	return KERN_SUCCESS;
}

static bool
counts(struct worker *worker)
{
	int before = *(volatile int *)&worker->id;

	(void)clock_sleep(50000000);
	return *(volatile int *)&worker->id != before;
}

/* A thread does not run in a set without a processor. */
static void
test_assign(mach_port_t other, mach_port_t other_name)
{
	struct worker worker = {.call = count_up};
	mach_port_t thread, right;

	ok(worker_start(&worker), "a thread");
	thread = mach_thread_port(worker.thread);
	ok(counts(&worker), "runs");
	is_int(thread_assign(thread, other_name), KERN_INVALID_ARGUMENT,
	    "by name");
	is_int(thread_assign(self, other), KERN_INVALID_ARGUMENT, "a task");
	is_int(thread_assign(thread, other), KERN_SUCCESS, "assigned");
	is_int(thread_get_assignment(thread, &right), KERN_SUCCESS, "where");
	is_int(right, other_name, "there");
	(void)mach_port_deallocate(self, right);
	ok(!counts(&worker), "it does not run");
	test_set_info(other_name, 0, 0, 1);
	is_int(thread_max_priority(thread, set, 20), KERN_FAILURE,
	    "another's set");
	is_int(thread_max_priority(thread, other, 20), KERN_SUCCESS, "its own");
	is_int(thread_assign_default(thread), KERN_SUCCESS, "back");
	ok(counts(&worker), "it runs");
	is_int(thread_assign(thread, other), KERN_SUCCESS, "once more");
	is_int(processor_set_destroy(other), KERN_SUCCESS, "the set goes");
	ok(counts(&worker), "it runs");
	*(volatile int *)&worker.id = INT32_MIN;
	(void)worker_end(&worker);
}

static void
test_task_assign(mach_port_t other, mach_port_t other_name)
{
	mach_port_t child, thread, right;

	is_int(task_create(self, FALSE, &child), KERN_SUCCESS, "a task");
	is_int(task_assign(child, other, FALSE), KERN_SUCCESS, "assigned");
	is_int(task_get_assignment(child, &right), KERN_SUCCESS, "where");
	is_int(right, other_name, "there");
	(void)mach_port_deallocate(self, right);
	is_int(thread_create(child, &thread), KERN_SUCCESS, "its thread");
	is_int(thread_get_assignment(thread, &right), KERN_SUCCESS, "where");
	is_int(right, other_name, "there, too");
	(void)mach_port_deallocate(self, right);
	is_int(task_assign_default(child, TRUE), KERN_SUCCESS, "back");
	is_int(thread_get_assignment(thread, &right), KERN_SUCCESS, "where");
	is_int(right, name, "with its threads");
	(void)mach_port_deallocate(self, right);
	is_int(
	    task_assign(child, name, TRUE), KERN_INVALID_ARGUMENT, "by name");
	(void)task_terminate(child);
	(void)mach_port_deallocate(self, thread);
	(void)mach_port_deallocate(self, child);
}

/* What a set lets its threads have. */
static void
test_limits(mach_port_t other)
{
	mach_port_t child, thread;

	(void)task_create(self, FALSE, &child);
	is_int(task_assign(child, other, FALSE), KERN_SUCCESS, "a task in it");
	is_int(thread_create(child, &thread), KERN_SUCCESS, "its thread");
	is_int(thread_policy(thread, POLICY_FIFO, 0), KERN_SUCCESS, "fixed");
	is_int(processor_set_policy_disable(other, POLICY_FIFO, TRUE),
	    KERN_SUCCESS, "not any more");
	is_int(thread_policy(thread, POLICY_FIFO, 0), KERN_FAILURE, "not now");
	is_int(processor_set_policy_enable(other, POLICY_FIFO), KERN_SUCCESS,
	    "again");
	is_int(thread_policy(thread, POLICY_FIFO, 0), KERN_SUCCESS, "fixed");
	is_int(processor_set_policy_disable(other, POLICY_TIMESHARE, FALSE),
	    KERN_INVALID_ARGUMENT, "this is for all");
	is_int(processor_set_policy_enable(other, 64), KERN_INVALID_ARGUMENT,
	    "no policy");
	is_int(processor_set_max_priority(other, 25, TRUE), KERN_SUCCESS,
	    "none better than 25");
	is_int(thread_priority(thread, 24, FALSE), KERN_FAILURE, "not 24");
	is_int(thread_priority(thread, 25, FALSE), KERN_SUCCESS, "25");
	is_int(processor_set_max_priority(other, 31, TRUE),
	    KERN_INVALID_ARGUMENT, "no priority");
	(void)task_terminate(child);
	(void)mach_port_deallocate(self, thread);
	(void)mach_port_deallocate(self, child);
}

static void
test_sets(void)
{
	mach_port_t other, other_name;

	is_int(processor_set_create(host, &other, &other_name),
	    KERN_INVALID_HOST, "privileged");
	is_int(processor_set_create(priv, &other, &other_name), KERN_SUCCESS,
	    "a set");
	is_int(processor_assign(processor, other, FALSE), KERN_INVALID_ARGUMENT,
	    "the processor stays");
	test_set_info(other_name, 0, 0, 0);
	test_task_assign(other, other_name);
	test_limits(other);
	test_assign(other, other_name);
	is_int(processor_set_destroy(other), MACH_SEND_INVALID_DEST, "gone");
	(void)mach_port_deallocate(self, other);
	(void)mach_port_deallocate(self, other_name);
}

static void
test_host(void)
{
	integer_t words[HOST_INFO_MAX];
	static const struct {
		int flavor;
		mach_msg_type_number_t count;
	} flavors[] = {{HOST_BASIC_INFO, HOST_BASIC_INFO_COUNT},
	    {HOST_PROCESSOR_SLOTS, 1}, {HOST_SCHED_INFO, HOST_SCHED_INFO_COUNT},
	    {HOST_LOAD_INFO, HOST_LOAD_INFO_COUNT}};
	mach_msg_type_number_t count;

	for (unsigned i = 0; i < sizeof(flavors) / sizeof(flavors[0]); i++) {
		count = HOST_INFO_MAX;
		is_int(host_info(host, flavors[i].flavor, words, &count),
		    KERN_SUCCESS, "about the host");
		is_int(count, flavors[i].count, "so much");
		count = flavors[i].count - 1;
		is_int(host_info(host, flavors[i].flavor, words, &count),
		    KERN_INVALID_ARGUMENT, "no room");
	}
	ok(words[0] >= 0 && words[3] > 0 && words[3] <= LOAD_SCALE, "its load");
	is_int(host_info(host, 9, words, &count), KERN_INVALID_ARGUMENT,
	    "no flavour");
	is_int(host_info(self, HOST_BASIC_INFO, words, &count),
	    KERN_INVALID_HOST, "no host");
}

int
main(void)
{
	int names;

	self = mach_task_self();
	host = mach_host_self();
	(void)mach_thread_self();
	names = space_names();
	priv = priv_host();
	ok(priv != MACH_PORT_NULL, "the privileged port");
	test_default_set();
	test_processor();
	test_set_info(name, 1, 2, 2);
	test_sets();
	test_host();
	(void)mach_port_deallocate(self, processor);
	(void)mach_port_deallocate(self, set);
	(void)mach_port_deallocate(self, name);
	(void)mach_port_deallocate(self, priv);
	is_int(space_names(), names, "no name is left");
	return test_done();
}
