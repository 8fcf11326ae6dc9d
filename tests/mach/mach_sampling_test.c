/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Samples of program counters, of a task and of a thread: at each tick, at page
 * faults; and each wrong argument.
 */
#include <mach/thread_act_user.h>
#include <mach/vm_map_user.h>

#include "space.h"

#define PAGE        4096UL
#define MILLISECOND 1000000UL

/* The routines of a kind of object. */
static const struct kind {
	const char *name;
	kern_return_t (*enable)(mach_port_t, int *, sampled_pc_flavor_t);
	kern_return_t (*disable)(mach_port_t, int *);
	kern_return_t (*get)(mach_port_t, sampled_pc_seqno_t *, sampled_pc_t *,
	    mach_msg_type_number_t *);
} kinds[] = {
    {"task", task_enable_pc_sampling, task_disable_pc_sampling,
	task_get_sampled_pcs},
    {"thread", thread_enable_pc_sampling, thread_disable_pc_sampling,
	thread_get_sampled_pcs},
};

static const struct kind *kind;
static mach_port_t object;
static sampled_pc_t samples[MAX_PC_SAMPLES];
static mach_msg_type_number_t count;
static sampled_pc_seqno_t seqno;

static kern_return_t
get(void)
{
	count = MAX_PC_SAMPLES;
	return kind->get(object, &seqno, samples, &count);
}

static void
spin(uint64_t ns)
{
	uint64_t end;
	volatile unsigned long turns = 0;
	mach_port_type_t type;

	for (end = ns / 2000; end > 0; end--) {
		(void)mach_port_type(self, self, &type);
		for (turns = 0; turns < 100; turns++)
			;
	}
}

static void
test_periodic(void)
{
	sampled_pc_seqno_t before;
	int tick = 0;
	int total = -1;

	is_int(kind->enable(object, &tick, SAMPLED_PC_PERIODIC), KERN_SUCCESS,
	    "enable");
	is_int(tick, 1000, "a tick is a millisecond");
	seqno = 0;
	for (int i = 0; i < 200 && seqno < 10; i++) {
		spin(10 * MILLISECOND);
		seqno = 0;
		(void)get();
	}
	ok(seqno >= 10, "samples come");
	is_int(count, seqno, "all of them");
	for (unsigned i = 0; i < count; i++)
		if (samples[i].sampletype != SAMPLED_PC_PERIODIC ||
		    samples[i].id == 0 || samples[i].pc == 0)
			ok(false, "a sample");
	before = seqno;
	spin(20 * MILLISECOND);
	is_int(get(), KERN_SUCCESS, "get the rest");
	is_int(count, seqno - before, "what was new");
	seqno += 1000000;
	is_int(get(), KERN_INVALID_VALUE, "there were not so many");
	is_int(kind->disable(object, &total), KERN_SUCCESS, "disable");
	ok(total >= (int)before, "how many there were");
	is_int(kind->disable(object, &total), KERN_FAILURE, "disabled");
	seqno = 0;
	is_int(get(), KERN_FAILURE, "no samples");
}

static void
test_faults(void)
{
	vm_address_t memory = 0;
	unsigned zero_fills = 0;
	int tick;
	int total;

	is_int(kind->enable(object, &tick, SAMPLED_PC_PERIODIC), KERN_SUCCESS,
	    "enable");
	is_int(kind->enable(object, &tick, SAMPLED_PC_VM_ZFILL_FAULTS),
	    KERN_SUCCESS, "another flavour");
	(void)vm_allocate(self, &memory, 300 * PAGE, TRUE);
	seqno = 0;
	for (unsigned i = 0; i < 300; i++)
		*(volatile char *)(memory + i * PAGE) = 1;
	is_int(get(), KERN_SUCCESS, "get");
	ok(seqno >= 300, "a sample each page");
	is_int(count, MAX_PC_SAMPLES, "the last of them");
	for (unsigned i = 0; i < count; i++)
		zero_fills +=
		    samples[i].sampletype == SAMPLED_PC_VM_ZFILL_FAULTS;
	ok(zero_fills >= MAX_PC_SAMPLES - 2, "of that flavour");
	is_int(kind->disable(object, &total), KERN_SUCCESS, "disable");
	(void)vm_deallocate(self, memory, 300 * PAGE);
}

static void
test_wrong(void)
{
	mach_port_t host = mach_host_self();
	int number;

	is_int(kind->enable(object, &number, 0), KERN_INVALID_ARGUMENT,
	    "flavour 0");
	is_int(kind->enable(object, &number, 2), KERN_INVALID_ARGUMENT,
	    "flavour 2");
	is_int(kind->enable(host, &number, 1), KERN_INVALID_ARGUMENT,
	    "enable on the host");
	is_int(kind->disable(host, &number), KERN_INVALID_ARGUMENT,
	    "disable on the host");
	object = host;
	is_int(get(), KERN_INVALID_ARGUMENT, "get from the host");
	(void)mach_port_deallocate(self, host);
}

/* One that ends with its samples. */
static void
test_end(void)
{
	mach_port_t thread = MACH_PORT_NULL;
	mach_port_t task = MACH_PORT_NULL;
	int tick;

	(void)task_create(self, FALSE, &task);
	(void)thread_create(task, &thread);
	is_int(task_enable_pc_sampling(task, &tick, SAMPLED_PC_ALL),
	    KERN_SUCCESS, "a task");
	is_int(thread_enable_pc_sampling(thread, &tick, SAMPLED_PC_ALL),
	    KERN_SUCCESS, "a thread");
	is_int(task_terminate(task), KERN_SUCCESS, "both end");
	(void)clock_sleep(5 * MILLISECOND);
	(void)mach_port_deallocate(self, task);
	(void)mach_port_deallocate(self, thread);
}

int
main(void)
{
	mach_port_t thread = mach_thread_self();
	int names;

	self = mach_task_self();
	(void)mach_host_self();
	names = space_names();
	for (unsigned i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		kind = &kinds[i];
		printf("# %s\n", kind->name);
		object = i == 0 ? self : thread;
		test_periodic();
		test_faults();
		test_wrong();
	}
	test_end();
	is_int(space_names(), names, "no name is left");
	return test_done();
}
