/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The tables of who handles exceptions: set, get and swap of tasks and threads,
 * and each wrong argument; the one port of the interface before there were
 * tables; what a child inherits.
 */
#include <mach/host_priv_user.h>
#include <mach/thread_act_user.h>

#include "priv.h"

#define UNKNOWN (EXC_MASK(31) | EXC_MASK_SYSCALL)

struct rows {
	mach_msg_type_number_t count;
	exception_mask_t masks[EXC_TYPES_COUNT];
	mach_port_t ports[EXC_TYPES_COUNT];
	exception_behavior_t behaviors[EXC_TYPES_COUNT];
	thread_state_flavor_t flavors[EXC_TYPES_COUNT];
};

/* The routines of a kind of object. */
static const struct kind {
	const char *name;
	kern_return_t (*set)(mach_port_t, exception_mask_t, mach_port_t,
	    exception_behavior_t, thread_state_flavor_t);
	kern_return_t (*get)(mach_port_t, exception_mask_t, exception_mask_t *,
	    mach_msg_type_number_t *, mach_port_t *, exception_behavior_t *,
	    thread_state_flavor_t *);
	kern_return_t (*swap)(mach_port_t, exception_mask_t, mach_port_t,
	    exception_behavior_t, thread_state_flavor_t, exception_mask_t *,
	    mach_msg_type_number_t *, mach_port_t *, exception_behavior_t *,
	    thread_state_flavor_t *);
	kern_return_t (*get_special)(mach_port_t, int, mach_port_t *);
	kern_return_t (*set_special)(mach_port_t, int, mach_port_t);
	kern_return_t (*end)(mach_port_t);
} kinds[] = {
    {"task", task_set_exception_ports, task_get_exception_ports,
	task_swap_exception_ports, task_get_special_port, task_set_special_port,
	task_terminate},
    {"thread", thread_set_exception_ports, thread_get_exception_ports,
	thread_swap_exception_ports, thread_get_special_port,
	thread_set_special_port, thread_terminate},
    {"host", host_set_exception_ports, host_get_exception_ports,
	host_swap_exception_ports, NULL, NULL, NULL},
};

static const struct kind *kind;
static mach_port_t object;
static mach_port_t a;
static mach_port_t b;
static struct rows rows;

static kern_return_t
get(exception_mask_t mask)
{
	rows = (struct rows){.count = EXC_TYPES_COUNT};
	return kind->get(object, mask, rows.masks, &rows.count, rows.ports,
	    rows.behaviors, rows.flavors);
}

static kern_return_t
swap(exception_mask_t mask, mach_port_t port, int behavior, int flavor)
{
	rows = (struct rows){.count = EXC_TYPES_COUNT};
	return kind->swap(object, mask, port, behavior, flavor, rows.masks,
	    &rows.count, rows.ports, rows.behaviors, rows.flavors);
}

static void
check_row(unsigned i, exception_mask_t mask, mach_port_t port, int behavior,
    int flavor)
{
	is_int(rows.masks[i], mask, "types");
	is_int(rows.ports[i], port, "port");
	is_int(rows.behaviors[i], behavior, "behaviour");
	is_int(rows.flavors[i], flavor, "flavour");
	if (rows.ports[i] != MACH_PORT_NULL)
		(void)mach_port_deallocate(self, rows.ports[i]);
}

static void
test_rows(void)
{
	const exception_mask_t errors = EXC_MASK_BAD_ACCESS |
					EXC_MASK_BAD_INSTRUCTION |
					EXC_MASK_ARITHMETIC;

	is_int(kind->set(
		   object, EXC_MASK_ALL, MACH_PORT_NULL, EXCEPTION_DEFAULT, 0),
	    KERN_SUCCESS, "nobody");
	is_int(get(EXC_MASK_ALL), KERN_SUCCESS, "get all");
	is_int(rows.count, 1, "all alike");
	check_row(0, EXC_MASK_ALL, MACH_PORT_NULL, EXCEPTION_DEFAULT, 0);
	is_int(kind->set(object, errors, a, EXCEPTION_DEFAULT, 0), KERN_SUCCESS,
	    "one for errors");
	is_int(kind->set(object, EXC_MASK_BREAKPOINT | EXC_MASK_ARITHMETIC, b,
		   EXCEPTION_STATE_IDENTITY, THREAD_STATE_FLOAT),
	    KERN_SUCCESS, "another one for some");
	is_int(get(EXC_MASK_ALL & ~EXC_MASK_SOFTWARE), KERN_SUCCESS,
	    "get nearly all");
	is_int(rows.count, 3, "three kinds");
	check_row(0, EXC_MASK_BAD_ACCESS | EXC_MASK_BAD_INSTRUCTION, a,
	    EXCEPTION_DEFAULT, 0);
	check_row(1, EXC_MASK_BREAKPOINT | EXC_MASK_ARITHMETIC, b,
	    EXCEPTION_STATE_IDENTITY, THREAD_STATE_FLOAT);
	check_row(2,
	    EXC_MASK_EMULATION | EXC_MASK_SYSCALL | EXC_MASK_MACH_SYSCALL,
	    MACH_PORT_NULL, EXCEPTION_DEFAULT, 0);
	is_int(get(0), KERN_SUCCESS, "get none");
	is_int(rows.count, 0, "no row");
	is_int(swap(errors, b, EXCEPTION_STATE, THREAD_STATE_GENERAL),
	    KERN_SUCCESS, "swap");
	is_int(rows.count, 2, "two kinds before");
	check_row(0, EXC_MASK_BAD_ACCESS | EXC_MASK_BAD_INSTRUCTION, a,
	    EXCEPTION_DEFAULT, 0);
	check_row(1, EXC_MASK_ARITHMETIC, b, EXCEPTION_STATE_IDENTITY,
	    THREAD_STATE_FLOAT);
	is_int(get(errors), KERN_SUCCESS, "get");
	is_int(rows.count, 1, "one after");
	check_row(0, errors, b, EXCEPTION_STATE, THREAD_STATE_GENERAL);
}

/* Nothing is changed, and no right is lost. */
static void
test_wrong(void)
{
	static const struct {
		exception_mask_t mask;
		int behavior;
		int flavor;
		kern_return_t code;
		const char *name;
	} calls[] = {
	    {UNKNOWN, EXCEPTION_DEFAULT, 0, KERN_INVALID_ARGUMENT, "types"},
	    {EXC_MASK(0), EXCEPTION_DEFAULT, 0, KERN_INVALID_ARGUMENT,
		"type 0"},
	    {EXC_MASK_ALL, 0, 0, KERN_INVALID_ARGUMENT, "behaviour 0"},
	    {EXC_MASK_ALL, 4, 1, KERN_INVALID_ARGUMENT, "behaviour 4"},
	    {EXC_MASK_ALL, -1, 1, KERN_INVALID_ARGUMENT, "behaviour -1"},
	    {EXC_MASK_ALL, EXCEPTION_STATE, 0, KERN_INVALID_ARGUMENT,
		"flavour 0"},
	    {EXC_MASK_ALL, EXCEPTION_STATE_IDENTITY, 99, KERN_INVALID_ARGUMENT,
		"flavour 99"},
	    {EXC_MASK_ALL, EXCEPTION_DEFAULT, 99, KERN_SUCCESS,
		"a flavour nobody needs"},
	    {0, EXCEPTION_DEFAULT, 0, KERN_SUCCESS, "no types"},
	};
	mach_port_urefs_t refs = space_refs(a, SEND);

	for (unsigned i = 0; i < sizeof(calls) / sizeof(calls[0]); i++) {
		is_int(kind->set(object, calls[i].mask, a, calls[i].behavior,
			   calls[i].flavor),
		    calls[i].code, calls[i].name);
		is_int(
		    swap(calls[i].mask, a, calls[i].behavior, calls[i].flavor),
		    calls[i].code, calls[i].name);
		for (unsigned j = 0;
		     calls[i].code == KERN_SUCCESS && j < rows.count; j++)
			(void)mach_port_deallocate(self, rows.ports[j]);
	}
	is_int(get(UNKNOWN), KERN_INVALID_ARGUMENT, "get unknown types");
	is_int(space_refs(a, SEND), refs, "no right is lost");
}

static void
test_special(void)
{
	mach_port_t port = MACH_PORT_NULL;

	is_int(kind->set_special(object, TASK_EXCEPTION_PORT, a), KERN_SUCCESS,
	    "one port for all");
	is_int(get(EXC_MASK_ALL), KERN_SUCCESS, "get");
	is_int(rows.count, 1, "all alike");
	check_row(0, EXC_MASK_ALL, a, EXCEPTION_DEFAULT, 0);
	is_int(kind->set(object, EXC_MASK_BAD_ACCESS, b, EXCEPTION_DEFAULT, 0),
	    KERN_SUCCESS, "another for accesses");
	is_int(kind->get_special(object, TASK_EXCEPTION_PORT, &port),
	    KERN_SUCCESS, "get the one port");
	is_int(port, b, "is that for accesses");
	(void)mach_port_deallocate(self, port);
	is_int(kind->set_special(object, TASK_EXCEPTION_PORT, MACH_PORT_NULL),
	    KERN_SUCCESS, "none");
	is_int(kind->get_special(object, TASK_EXCEPTION_PORT, &port),
	    KERN_SUCCESS, "get the one port");
	is_int(port, MACH_PORT_NULL, "there is none");
	is_int(kind->get_special(object, 99, &port), KERN_INVALID_ARGUMENT,
	    "get another port");
	is_int(kind->set_special(object, 99, a), KERN_INVALID_ARGUMENT,
	    "set another port");
}

/* Its rights are given up with it. */
static void
test_end(void)
{
	is_int(kind->set(object, EXC_MASK_ALL, a, EXCEPTION_DEFAULT, 0),
	    KERN_SUCCESS, "a handler");
	ok(space_status(a).mps_srights, "has senders");
	(void)mach_port_deallocate(self, a);
	is_int(kind->end(object), KERN_SUCCESS, "the end");
	for (int i = 0; i < 1000 && space_status(a).mps_srights; i++)
		(void)clock_sleep(1000000);
	ok(!space_status(a).mps_srights, "no senders");
	is_int(kind->set(object, EXC_MASK_ALL, b, EXCEPTION_DEFAULT, 0),
	    MACH_SEND_INVALID_DEST, "there is nothing to set it on");
	is_int(get(EXC_MASK_ALL), MACH_SEND_INVALID_DEST, "or get it from");
	(void)mach_port_deallocate(self, object);
	object = mach_host_self();
	is_int(kind->set(object, EXC_MASK_ALL, b, EXCEPTION_DEFAULT, 0),
	    KERN_INVALID_ARGUMENT, "set it on the host");
	is_int(swap(EXC_MASK_ALL, b, EXCEPTION_DEFAULT, 0),
	    KERN_INVALID_ARGUMENT, "swap");
	is_int(get(EXC_MASK_ALL), KERN_INVALID_ARGUMENT, "get");
	(void)mach_port_deallocate(self, object);
	(void)mach_port_insert_right(self, a, a, MAKE_SEND);
}

/* A child begins with its parent's, a thread with none. */
static void
test_inherited(void)
{
	mach_port_t parent = MACH_PORT_NULL;
	mach_port_t child = MACH_PORT_NULL;
	mach_port_t thread = MACH_PORT_NULL;

	is_int(task_create(self, FALSE, &parent), KERN_SUCCESS, "a parent");
	is_int(task_set_exception_ports(parent, EXC_MASK_SYSCALL, a,
		   EXCEPTION_STATE, THREAD_STATE_FLOAT),
	    KERN_SUCCESS, "its handler");
	is_int(task_create(parent, FALSE, &child), KERN_SUCCESS, "a child");
	(void)task_terminate(parent);
	kind = &kinds[0];
	object = child;
	is_int(get(EXC_MASK_SYSCALL), KERN_SUCCESS, "get");
	check_row(0, EXC_MASK_SYSCALL, a, EXCEPTION_STATE, THREAD_STATE_FLOAT);
	is_int(thread_create(child, &thread), KERN_SUCCESS, "its thread");
	kind = &kinds[1];
	object = thread;
	is_int(get(EXC_MASK_SYSCALL), KERN_SUCCESS, "get");
	check_row(0, EXC_MASK_SYSCALL, MACH_PORT_NULL, 0, 0);
	(void)task_terminate(child);
	(void)mach_port_deallocate(self, parent);
	(void)mach_port_deallocate(self, child);
	(void)mach_port_deallocate(self, thread);
}

/* The host's, who are asked last: what there was is put back. */
static void
test_host(void)
{
	struct rows before;

	kind = &kinds[2];
	printf("# %s\n", kind->name);
	object = mach_host_self();
	is_int(get(EXC_MASK_ALL), KERN_INVALID_ARGUMENT, "not for everybody");
	is_int(kind->set(object, EXC_MASK_ALL, a, EXCEPTION_DEFAULT, 0),
	    KERN_INVALID_ARGUMENT, "to set");
	is_int(swap(EXC_MASK_ALL, a, EXCEPTION_DEFAULT, 0),
	    KERN_INVALID_ARGUMENT, "or to swap");
	(void)mach_port_deallocate(self, object);
	object = priv_host();
	if (object == MACH_PORT_NULL)
		return;
	is_int(get(EXC_MASK_ALL), KERN_SUCCESS, "what there is");
	before = rows;
	test_rows();
	test_wrong();
	is_int(kind->set(
		   object, EXC_MASK_ALL, MACH_PORT_NULL, EXCEPTION_DEFAULT, 0),
	    KERN_SUCCESS, "nobody");
	for (unsigned i = 0; i < before.count; i++) {
		is_int(kind->set(object, before.masks[i], before.ports[i],
			   before.behaviors[i], before.flavors[i]),
		    KERN_SUCCESS, "what there was");
		if (before.ports[i] != MACH_PORT_NULL)
			(void)mach_port_deallocate(self, before.ports[i]);
	}
	(void)mach_port_deallocate(self, object);
}

int
main(void)
{
	mach_port_t task = MACH_PORT_NULL;
	mach_port_t host;
	int names;

	self = mach_task_self();
	a = space_port_with_send();
	b = space_port_with_send();
	host = mach_host_self();
	names = space_names();
	for (unsigned i = 0; i < 2; i++) {
		kind = &kinds[i];
		printf("# %s\n", kind->name);
		(void)task_create(self, FALSE, &task);
		object = task;
		if (i == 1)
			(void)thread_create(task, &object);
		test_rows();
		test_wrong();
		test_special();
		test_end();
		if (i == 1) {
			(void)task_terminate(task);
			(void)mach_port_deallocate(self, task);
		}
	}
	test_inherited();
	test_host();
	is_int(space_names(), names, "no name is left");
	(void)mach_port_deallocate(self, host);
	return test_done();
}
