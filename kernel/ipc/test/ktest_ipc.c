/* SPDX-License-Identifier: BSD-2-Clause */
/* Names in a task's own space. */
#include <ipc/ipc_space.h>
#include <ipc/mach_port.h>
#include <kern/ktest.h>
#include <kern/task.h>
#include <kern/thread.h>
#include <vm/vm_page.h>

#define NAMES 2000

KTEST(names)
{
	static mach_port_name_t names[NAMES];
	struct ipc_space *space = current_task()->space;
	uint32_t before = (uint32_t)space->names;
	bool good = true, distinct = true;

	for (unsigned i = 0; i < NAMES; i++)
		good = mach_port_allocate(space, MACH_PORT_RIGHT_RECEIVE,
			   &names[i]) == KERN_SUCCESS &&
		       good;
	ktest_ok(good, "two thousand ports");
	for (unsigned i = 1; i < NAMES; i++)
		distinct = distinct && names[i] != names[i - 1];
	ktest_ok(distinct, "with names of their own");
	ktest_ok(space->names == before + NAMES, "are counted");
	for (unsigned i = 0; i < NAMES; i++)
		good =
		    mach_port_destroy(space, names[i]) == KERN_SUCCESS && good;
	ktest_ok(good, "destroyed");
	ktest_ok(mach_port_destroy(space, names[0]) == KERN_INVALID_NAME,
	    "a name is not good twice");
	ktest_ok(space->names == before, "none is left");
}
