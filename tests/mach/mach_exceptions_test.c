/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What becomes of an exception: which ports are asked, in which order, by which
 * routine, and where the thread goes on after each kind of answer.
 */
#include <mach/host_priv_user.h>
#include <mach/vm_map_user.h>

#include <libmach/thread_state.h>
#include <servers/bootstrap_user.h>

#include "handler.h"

#define PAGE ((vm_size_t)4096)

static mach_port_t first;  /* the thread's handler */
static mach_port_t second; /* the task's */
static mach_port_t third;  /* the host's */
static mach_port_t priv;
static volatile char *spot;
static volatile long result;
static struct victim victim;

/* Reading `spot` is an exception until it is mended. */
static void
forbid(void)
{
	(void)vm_protect(self, (vm_address_t)spot, PAGE, FALSE, VM_PROT_NONE);
}

static void
mend(void)
{
	(void)vm_protect(self, (vm_address_t)spot, PAGE, FALSE,
	    VM_PROT_READ | VM_PROT_WRITE);
}

static void
touch(void)
{
	(void)*spot;
}

static void
trap_of_others(void)
{
	result = raise_trap(1234);
}

static void
trap_in_gap(void)
{
	result = raise_trap(-58);
}

static void
trap_beyond(void)
{
	result = raise_trap(-9999);
}

/* A victim with a handler of its own. */
static void
start_victim(void (*raise)(void), int behavior, int flavor)
{
	victim_start(&victim, raise);
	is_int(on_thread(victim.port, first, behavior, flavor), KERN_SUCCESS,
	    "its handler");
	victim.go = true;
}

static void
was_asked(mach_port_t port, enum routine routine, exception_type_t type)
{
	is_int(asked.port, port, "of whom");
	is_int(asked.routine, routine, "by which routine");
	is_int(asked.type, type, "type");
	is_int(asked.thread,
	    routine == RAISE_STATE ? MACH_PORT_NULL : victim.port, "thread");
	is_int(
	    asked.task, routine == RAISE_STATE ? MACH_PORT_NULL : self, "task");
}

static void
test_order(void)
{
	forbid();
	start_victim(touch, EXCEPTION_DEFAULT, 0);
	handle(first, not_mine, "the thread's handler is asked first");
	was_asked(first, RAISE, EXC_BAD_ACCESS);
	is_int(asked.code, KERN_PROTECTION_FAILURE, "why");
	is_int(asked.subcode, (vm_address_t)spot, "where");
	mend();
	handle(second, dealt_with, "then the task's");
	was_asked(second, RAISE, EXC_BAD_ACCESS);
	victim_ends(&victim, "it goes on");

	forbid();
	start_victim(touch, EXCEPTION_DEFAULT, 0);
	handle(first, dealt_with, "dealt with, but not mended");
	mend();
	handle(first, dealt_with, "raised again");
	victim_ends(&victim, "it goes on");
	ok(!handler_serve(second, 0), "the task's handler is not asked");

	forbid();
	victim_start(&victim, touch);
	victim.go = true;
	mend();
	if (handler_serve(second, 100))
		was_asked(second, RAISE, EXC_BAD_ACCESS);
	victim_ends(&victim, "no handler of its own");
}

struct type {
	void (*raise)(void);
	exception_type_t type;
	int64_t code; /* -1: the machine's own */
	uint64_t skip;
	const char *name;
};

/* Each type by each behaviour, the thread going on after it. */
static void
test_types(void)
{
	static const struct type types[] = {
	    {raise_break, EXC_BREAKPOINT, EXC_CODE_TRAP, RAISE_BREAK_SKIP,
		"breakpoint"},
	    {raise_illegal, EXC_BAD_INSTRUCTION, -1, RAISE_ILLEGAL_SKIP,
		"illegal"},
	    {trap_of_others, EXC_SYSCALL, 1234, 0, "a trap of others"},
	    {trap_in_gap, EXC_MACH_SYSCALL, -58, 0, "a trap Mach has not"},
	    {trap_beyond, EXC_MACH_SYSCALL, -9999, 0, "nor has this one"},
	    {raise_divide, EXC_ARITHMETIC, EXC_CODE_DIVIDE, RAISE_DIVIDE_SKIP,
		"a division by zero"},
	};
	/* The last is not an exception everywhere. */
	unsigned count =
	    sizeof(types) / sizeof(types[0]) - (RAISE_DIVIDES ? 0 : 1);

	for (unsigned i = 0; i < 2 * count; i++) {
		const struct type *type = &types[i / 2];
		int behavior =
		    i % 2 == 0 ? EXCEPTION_STATE : EXCEPTION_STATE_IDENTITY;

		result = 0;
		start_victim(type->raise, behavior, THREAD_STATE_GENERAL);
		handle(first, (struct answer){.skip = type->skip, .result = 77},
		    type->name);
		was_asked(first, (enum routine)behavior, type->type);
		if (type->code != -1)
			is_int(asked.code, type->code, "code");
		is_int(asked.flavor, THREAD_STATE_GENERAL, "flavour");
		is_int(asked.count, THREAD_STATE_GENERAL_COUNT, "words");
		victim_ends(&victim, "it goes on");
		if (type->type >= EXC_SYSCALL)
			is_int(result, 77, "with the state it was given");
	}
}

/* Ten instructions, one at a time; and then without. */
static void
test_steps(void)
{
	uint64_t pc;

	start_victim(
	    raise_break, EXCEPTION_STATE_IDENTITY, THREAD_STATE_GENERAL);
	handle(first, (struct answer){.skip = RAISE_BREAK_SKIP, .step = true},
	    "a breakpoint");
	for (int i = 0; i < 10; i++) {
		pc = asked.pc;
		handle(first, (struct answer){.step = i < 9}, "a step");
		was_asked(first, RAISE_STATE_IDENTITY, EXC_BREAKPOINT);
		is_int(asked.code, EXC_CODE_STEP, "code");
		ok(asked.pc != pc, "to elsewhere");
	}
	victim_ends(&victim, "it goes on");
	ok(!handler_serve(first, 0), "no step more");
}

/* Floating point state goes there and back. */
static void
test_float(void)
{
	forbid();
	start_victim(touch, EXCEPTION_STATE, THREAD_STATE_FLOAT);
	mend();
	if (handler_serve(first, 100)) {
		is_int(asked.flavor, THREAD_STATE_FLOAT, "flavour");
		is_int(asked.count, THREAD_STATE_FLOAT_COUNT, "words");
	}
	victim_ends(&victim, "it goes on");
}

/* A new state that cannot be is no answer. */
static void
test_bad_state(void)
{
	for (int behavior = EXCEPTION_STATE;
	     behavior <= EXCEPTION_STATE_IDENTITY; behavior++) {
		start_victim(trap_of_others, behavior, THREAD_STATE_GENERAL);
		handle(first, (struct answer){.flavor = 99},
		    "an answer of a flavour there is not");
		handle(second, dealt_with, "goes to the task's handler");
		was_asked(second, RAISE, EXC_SYSCALL);
		victim_ends(&victim, "it goes on");
		start_victim(trap_of_others, behavior, THREAD_STATE_GENERAL);
		handle(first, (struct answer){.flavor = THREAD_STATE_FLOAT},
		    "an answer of another flavour's size");
		handle(second, dealt_with, "goes to the task's handler");
		victim_ends(&victim, "it goes on");
	}
}

static void
test_handler_dies(void)
{
	start_victim(trap_of_others, EXCEPTION_DEFAULT, 0);
	handle(first, none, "asked");
	(void)mach_port_deallocate(self, asked.reply);
	handle(second, dealt_with, "who throws the reply right away");
	victim_ends(&victim, "it goes on");

	start_victim(trap_of_others, EXCEPTION_DEFAULT, 0);
	while (space_status(first).mps_msgcount == 0)
		(void)clock_sleep(MILLISECOND);
	(void)mach_port_destroy(self, first);
	handle(second, dealt_with, "who dies with the request unread");
	victim_ends(&victim, "it goes on");

	first = space_port_with_send();
	victim_start(&victim, trap_of_others);
	is_int(on_thread(victim.port, first, EXCEPTION_DEFAULT, 0),
	    KERN_SUCCESS, "a handler");
	(void)mach_port_destroy(self, first);
	victim.go = true;
	handle(second, dealt_with, "who is dead already");
	victim_ends(&victim, "it goes on");
	first = space_port_with_send();
}

/* Replies no server of exc.defs would make. */
static void
test_damaged(void)
{
	static const struct {
		mach_msg_id_t id;
		mach_msg_size_t size;
		bool carries;
		const char *name;
	} replies[] = {
	    {2502, sizeof(mig_reply_error_t), false, "another's id"},
	    {2501, sizeof(mach_msg_header_t), false, "no code"},
	    {2501, sizeof(mig_reply_error_t) + 4, false, "too long"},
	    {2501, 2048, false, "much too long"},
	    {2501, sizeof(mig_reply_error_t) + 4, true, "with a right"},
	    {71, sizeof(mach_msg_header_t), false, "a notification"},
	};

	for (unsigned i = 0; i < sizeof(replies) / sizeof(replies[0]); i++) {
		union {
			mach_msg_header_t header;
			mig_reply_error_t error;
			struct {
				mach_msg_base_t base;
				mach_msg_port_descriptor_t port;
			} carrier;
			char room[2048];
		} reply = {0};

		start_victim(trap_of_others, EXCEPTION_DEFAULT, 0);
		handle(first, none, replies[i].name);
		if (replies[i].carries) {
			reply.carrier.base.body.msgh_descriptor_count = 1;
			reply.carrier.port.name = second;
			reply.carrier.port.disposition = MAKE_SEND_ONCE;
		}
		reply.header.msgh_bits =
		    MACH_MSGH_BITS(MACH_MSG_TYPE_MOVE_SEND_ONCE, 0) |
		    (replies[i].carries ? MACH_MSGH_BITS_COMPLEX : 0);
		reply.header.msgh_remote_port = asked.reply;
		reply.header.msgh_id = replies[i].id;
		is_int(space_send(&reply.header, replies[i].size),
		    MACH_MSG_SUCCESS, "sent as a reply");
		if (replies[i].carries)
			is_int(space_receive(&reply.header, sizeof(reply),
				   second) == MACH_MSG_SUCCESS
				   ? reply.header.msgh_id
				   : 0,
			    71, "the right is used up");
		handle(second, dealt_with, "is no answer");
		victim_ends(&victim, "it goes on");
	}
}

static void
test_aborted(void)
{
	mach_port_t reply;

	forbid();
	start_victim(touch, EXCEPTION_DEFAULT, 0);
	handle(first, none, "a handler that thinks");
	reply = asked.reply;
	is_int(thread_abort_safely(victim.port), KERN_FAILURE,
	    "cannot be asked twice without harm");
	is_int(thread_abort(victim.port), KERN_SUCCESS, "aborted");
	is_int(
	    space_type(reply), MACH_PORT_TYPE_DEAD_NAME, "no reply any more");
	(void)mach_port_deallocate(self, reply);
	handle(first, none, "it is raised again");
	reply = asked.reply;
	is_int(thread_suspend(victim.port), KERN_SUCCESS, "suspended");
	is_int(thread_abort(victim.port), KERN_SUCCESS, "aborted");
	(void)mach_port_deallocate(self, reply);
	mend();
	is_int(thread_resume(victim.port), KERN_SUCCESS, "resumed");
	victim_ends(&victim, "it goes on where it was");
	ok(!handler_serve(first, 0) && !handler_serve(second, 0),
	    "nobody is asked");
}

/* In the midst of a send to a handler that has no room. */
static void
test_aborted_send(void)
{
	mach_msg_header_t filler = {
	    .msgh_bits = MACH_MSGH_BITS(MACH_MSG_TYPE_MAKE_SEND, 0),
	    .msgh_remote_port = first,
	};

	(void)mach_port_set_qlimit(self, first, 1);
	(void)space_send(&filler, sizeof(filler));
	forbid();
	start_victim(touch, EXCEPTION_DEFAULT, 0);
	(void)clock_sleep(5 * MILLISECOND);
	is_int(thread_suspend(victim.port), KERN_SUCCESS, "suspended");
	is_int(thread_abort(victim.port), KERN_SUCCESS, "aborted");
	mend();
	is_int(thread_resume(victim.port), KERN_SUCCESS, "resumed");
	victim_ends(&victim, "it goes on where it was");
	(void)mach_port_destroy(self, first);
	first = space_port_with_send();
}

/* A task with a copy of this one's memory and a thread that raises. */
static mach_port_t
start_child(mach_port_t *thread)
{
	static char stack[4096] __attribute__((aligned(16)));
	struct thread_general_state state;
	mach_port_t child = MACH_PORT_NULL;

	mach_thread_state(&state, (uintptr_t)raise_illegal,
	    (uintptr_t)stack + sizeof(stack), 0, 0);
	is_int(task_create(self, TRUE, &child), KERN_SUCCESS, "a child");
	is_int(thread_create_running(child, THREAD_STATE_GENERAL,
		   (natural_t *)(void *)&state, THREAD_STATE_GENERAL_COUNT,
		   thread),
	    KERN_SUCCESS, "its thread");
	return child;
}

static void
child_ends(mach_port_t child, mach_port_t thread, const char *what)
{
	for (int i = 0;
	     i < PATIENCE && space_type(thread) != MACH_PORT_TYPE_DEAD_NAME;
	     i++)
		(void)clock_sleep(MILLISECOND);
	is_int(space_type(thread), MACH_PORT_TYPE_DEAD_NAME, what);
	(void)task_terminate(child);
	(void)mach_port_deallocate(self, child);
	(void)mach_port_deallocate(self, thread);
}

static void
test_child(void)
{
	mach_port_t thread;
	mach_port_t child = start_child(&thread);

	handle(second, not_mine, "a child has its parent's handler");
	is_int(asked.task, child, "its task");
	is_int(asked.thread, thread, "its thread");
	child_ends(child, thread, "without another one, it is terminated");
	is_int(space_type(child), 0, "the task too");

	child = start_child(&thread);
	handle(second, none, "a handler that thinks");
	is_int(
	    thread_terminate(thread), KERN_SUCCESS, "and a thread that ends");
	child_ends(child, thread, "it does");
	(void)mach_port_deallocate(self, asked.reply);

	child = start_child(&thread);
	handle(second, none, "a handler that thinks");
	is_int(task_terminate(child), KERN_SUCCESS, "and a task that ends");
	child_ends(child, thread, "it does");
	(void)mach_port_deallocate(self, asked.reply);
}

static void
test_host(void)
{
	mach_port_t host = mach_host_self();
	mach_port_t thread;
	mach_port_t child;

	is_int(host_set_exception_ports(
		   host, EXC_MASK_ALL, third, EXCEPTION_DEFAULT, 0),
	    KERN_INVALID_ARGUMENT, "not for everybody");
	is_int(host_set_exception_ports(
		   priv, EXC_MASK_BAD_INSTRUCTION, third, EXCEPTION_DEFAULT, 0),
	    KERN_SUCCESS, "its handler");
	child = start_child(&thread);
	handle(second, not_mine, "the task's handler is asked first");
	handle(third, not_mine, "then the host's");
	is_int(asked.task, child, "the task");
	child_ends(child, thread, "and then it is terminated");
	is_int(host_set_exception_ports(
		   priv, EXC_MASK_ALL, MACH_PORT_NULL, EXCEPTION_DEFAULT, 0),
	    KERN_SUCCESS, "none any more");
	child = start_child(&thread);
	handle(second, not_mine, "the task's handler is asked");
	child_ends(child, thread, "and then it is terminated");
	(void)mach_port_deallocate(self, host);
}

int
main(void)
{
	vm_address_t page = 0;
	mach_port_t before = MACH_PORT_NULL;
	mach_port_t bootstrap = MACH_PORT_NULL;
	mach_port_t master = MACH_PORT_NULL;
	int names;

	self = mach_task_self();
	(void)vm_allocate(self, &page, PAGE, TRUE);
	spot = (volatile char *)page;
	first = space_port_with_send();
	second = space_port_with_send();
	third = space_port_with_send();
	(void)task_get_special_port(self, TASK_EXCEPTION_PORT, &before);
	is_int(on_task(self, second, EXCEPTION_DEFAULT, 0), KERN_SUCCESS,
	    "the task's handler");
	(void)task_get_special_port(self, TASK_BOOTSTRAP_PORT, &bootstrap);
	is_int(bootstrap_privileged_ports(bootstrap, &priv, &master),
	    KERN_SUCCESS, "the host");
	names = space_names();
	test_order();
	test_types();
	test_steps();
	test_float();
	test_bad_state();
	test_handler_dies();
	test_damaged();
	test_aborted();
	test_aborted_send();
	test_child();
	test_host();
	is_int(space_names(), names, "no name is left");
	is_int(on_task(self, before, EXCEPTION_DEFAULT, 0), KERN_SUCCESS,
	    "as before");
	return test_done();
}
