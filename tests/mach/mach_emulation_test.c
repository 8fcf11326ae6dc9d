/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Emulation vectors: traps with numbers that are not Mach's, taken to code of
 * the task itself; what is inherited, and each wrong argument.
 */
#include <mach/vm_map_user.h>

#include "handler.h"

#define MAX EMULATION_VECTOR_MAX

/* Adds 1000 to the number. */
__asm__(".text\n" EMULATOR);
extern void emulator(void);

static vm_address_t vector[MAX];
static mach_msg_type_number_t count;
static int start;

static kern_return_t
get(mach_port_t task)
{
	start = -1;
	count = MAX;
	return task_get_emulation_vector(task, &start, vector, &count);
}

static void
test_vector(mach_port_t task)
{
	is_int(get(task), KERN_SUCCESS, "get");
	is_int(count, 0, "no vector");
	is_int(task_set_emulation(task, 0x1000, 10), KERN_SUCCESS, "one");
	is_int(get(task), KERN_SUCCESS, "get");
	is_int(start, 10, "from it");
	is_int(count, 1, "to it");
	is_int(vector[0], 0x1000, "it");
	is_int(task_set_emulation(task, 0x2000, 13), KERN_SUCCESS, "after it");
	is_int(task_set_emulation(task, 0x3000, 8), KERN_SUCCESS, "before it");
	is_int(task_set_emulation(task, 0x4000, 10), KERN_SUCCESS, "itself");
	is_int(get(task), KERN_SUCCESS, "get");
	is_int(start, 8, "from the first");
	is_int(count, 6, "to the last");
	is_int(vector[0], 0x3000, "the first");
	is_int(vector[1], 0, "none");
	is_int(vector[2], 0x4000, "the new one");
	is_int(vector[3], 0, "none");
	is_int(vector[5], 0x2000, "the last");
	vector[0] = 0x5000;
	vector[1] = 0x6000;
	is_int(task_set_emulation_vector(task, 100, vector, 2), KERN_SUCCESS,
	    "a vector");
	is_int(get(task), KERN_SUCCESS, "get");
	is_int(start, 100, "its first");
	is_int(count, 2, "its size");
	is_int(vector[1], 0x6000, "its last");
}

static void
test_wrong(mach_port_t task)
{
	is_int(task_set_emulation(task, 0x1000, -1), KERN_INVALID_ARGUMENT,
	    "a number of Mach's");
	is_int(task_set_emulation(task, ~0UL, 1), KERN_INVALID_ARGUMENT,
	    "no address of a task");
	is_int(task_set_emulation(task, 0x1000, INT32_MAX),
	    KERN_INVALID_ARGUMENT, "too large a number");
	is_int(task_set_emulation(task, 0x1000, 100 + MAX),
	    KERN_RESOURCE_SHORTAGE, "numbers too far apart");
	is_int(task_set_emulation_vector(task, -1, vector, 1),
	    KERN_INVALID_ARGUMENT, "a first number of Mach's");
	is_int(task_set_emulation_vector(task, INT32_MAX, vector, 1),
	    KERN_INVALID_ARGUMENT, "too large a first number");
	vector[0] = ~0UL;
	is_int(task_set_emulation_vector(task, 1, vector, 1),
	    KERN_INVALID_ARGUMENT, "no address of a task");
	is_int(get(task), KERN_SUCCESS, "get");
	is_int(start, 100, "nothing");
	is_int(count, 2, "has changed");
	is_int(task_set_emulation_vector(task, 1, vector, 0), KERN_SUCCESS,
	    "no vector");
	is_int(get(task), KERN_SUCCESS, "get");
	is_int(count, 0, "there is none");
	is_int(get(mach_host_self()), KERN_INVALID_ARGUMENT, "of the host");
	is_int(task_set_emulation(mach_host_self(), 0, 1),
	    KERN_INVALID_ARGUMENT, "of the host");
	is_int(task_set_emulation_vector(mach_host_self(), 1, vector, 1),
	    KERN_INVALID_ARGUMENT, "of the host");
}

static void
test_inherited(mach_port_t task)
{
	mach_port_t child = MACH_PORT_NULL;

	is_int(task_set_emulation(task, 0x1000, 7), KERN_SUCCESS, "one");
	is_int(task_create(task, FALSE, &child), KERN_SUCCESS, "a child");
	is_int(get(child), KERN_SUCCESS, "get");
	is_int(start, 7, "from its parent");
	is_int(vector[0], 0x1000, "the same");
	is_int(task_set_emulation(child, 0x2000, 7), KERN_SUCCESS, "another");
	is_int(get(task), KERN_SUCCESS, "get");
	is_int(vector[0], 0x1000, "the parent's is as it was");
	(void)task_terminate(task);
	is_int(get(child), KERN_SUCCESS, "get after the parent's end");
	is_int(vector[0], 0x2000, "the child's");
	is_int(get(task), MACH_SEND_INVALID_DEST, "the parent has none");
	(void)task_terminate(child);
	(void)mach_port_deallocate(self, task);
	(void)mach_port_deallocate(self, child);
}

static void
trap_once(void)
{
	(void)raise_trap(4);
}

static void
test_traps(void)
{
	mach_port_t handler = space_port_with_send();
	struct victim victim;

	is_int(task_set_emulation(self, (vm_address_t)emulator, 5),
	    KERN_SUCCESS, "this task's own");
	is_int(raise_trap(5), 1005, "a trap");
	is_int(task_set_emulation(self, (vm_address_t)emulator, 0),
	    KERN_SUCCESS, "another number");
	is_int(raise_trap(0), 1000, "another trap");
	is_int(raise_trap(5), 1005, "the first again");
	victim_start(&victim, trap_once);
	is_int(on_thread(victim.port, handler, EXCEPTION_DEFAULT, 0),
	    KERN_SUCCESS, "a handler");
	victim.go = true;
	handle(handler, dealt_with, "a number of none");
	is_int(asked.type, EXC_SYSCALL, "is an exception");
	is_int(asked.code, 4, "with it");
	victim_ends(&victim, "which goes on");
	is_int(task_set_emulation_vector(self, 0, vector, 0), KERN_SUCCESS,
	    "no more");
	(void)mach_port_destroy(self, handler);
}

int
main(void)
{
	mach_port_t task = MACH_PORT_NULL;
	int names;

	self = mach_task_self();
	(void)mach_host_self();
	names = space_names();
	is_int(task_create(self, FALSE, &task), KERN_SUCCESS, "a task");
	test_vector(task);
	test_wrong(task);
	test_inherited(task);
	test_traps();
	is_int(space_names(), names, "no name is left");
	return test_done();
}
