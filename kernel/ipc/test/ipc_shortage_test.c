/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The routines of mach_port.defs without memory: each again and again, with the
 * first allocation failing, the second, until none did. Each time it says so in
 * the way the interface does, the task has the names it had, and nothing leaks.
 */
#include "ipc_host.h"

#define SPACE   (current_task()->space)
#define MEMBERS 3U

/* What a call finds: names that are there, and one that is not. */
struct names {
	mach_port_name_t receive; /* with a send right */
	mach_port_name_t other;
	mach_port_name_t set; /* with MEMBERS members */
	mach_port_name_t free;
};

typedef kern_return_t (*call_t)(const struct names *names);

static kern_return_t
call_allocate(const struct names *names)
{
	mach_port_name_t name;

	(void)names;
	return mach_port_allocate(SPACE, MACH_PORT_RIGHT_RECEIVE, &name);
}

static kern_return_t
call_allocate_set(const struct names *names)
{
	mach_port_name_t name;

	(void)names;
	return mach_port_allocate(SPACE, MACH_PORT_RIGHT_PORT_SET, &name);
}

static kern_return_t
call_allocate_name(const struct names *names)
{
	return mach_port_allocate_name(
	    SPACE, MACH_PORT_RIGHT_RECEIVE, names->free);
}

static kern_return_t
call_rename(const struct names *names)
{
	return mach_port_rename(SPACE, names->receive, names->free);
}

static kern_return_t
call_construct(const struct names *names)
{
	const mach_port_options_t options = {.flags = 0, .qlimit = 1};
	mach_port_name_t name;

	(void)names;
	return mach_port_construct(SPACE, options, 7, &name);
}

static kern_return_t
call_insert_member(const struct names *names)
{
	return mach_port_insert_member(SPACE, names->other, names->set);
}

static kern_return_t
call_move_member(const struct names *names)
{
	return mach_port_move_member(SPACE, names->other, names->set);
}

/* A new name of one's choice for a send-once right. */
static kern_return_t
call_insert_right(const struct names *names)
{
	mach_msg_type_name_t type;
	mach_port_t handle;
	kern_return_t kr;

	(void)mach_port_extract_right(SPACE, names->receive,
	    MACH_MSG_TYPE_MAKE_SEND_ONCE, &handle, &type);
	kr = mach_port_insert_right(SPACE, names->free, handle, type);
	if (kr != KERN_SUCCESS) /* not to be told of it */
		ipc_port_from_handle(handle)->sorights--;
	return kr;
}

static kern_return_t
call_names(const struct names *names)
{
	mach_port_name_array_t list;
	mach_port_type_array_t types;
	mach_msg_type_number_t count, type_count;
	kern_return_t kr =
	    mach_port_names(SPACE, &list, &count, &types, &type_count);

	(void)names;
	if (kr == KERN_SUCCESS) {
		vm_map_copy_discard((struct vm_map_copy *)list);
		vm_map_copy_discard((struct vm_map_copy *)types);
	}
	return kr;
}

static kern_return_t
call_set_status(const struct names *names)
{
	mach_port_name_array_t list;
	mach_msg_type_number_t count;
	kern_return_t kr =
	    mach_port_get_set_status(SPACE, names->set, &list, &count);

	if (kr == KERN_SUCCESS && count > 0)
		vm_map_copy_discard((struct vm_map_copy *)list);
	return kr;
}

static kern_return_t
call_space_info(const struct names *names)
{
	ipc_info_space_t info;
	ipc_info_name_array_t list;
	mach_msg_type_number_t count;
	kern_return_t kr = mach_port_space_info(SPACE, &info, &list, &count);

	(void)names;
	if (kr == KERN_SUCCESS)
		vm_map_copy_discard((struct vm_map_copy *)list);
	return kr;
}

static kern_return_t
call_dead_name(const struct names *names)
{
	mach_port_t previous;
	mach_msg_type_name_t type;
	mach_port_t handle;
	kern_return_t kr;

	(void)mach_port_extract_right(
	    SPACE, names->other, MACH_MSG_TYPE_MAKE_SEND_ONCE, &handle, &type);
	kr = mach_port_request_notification(
	    SPACE, names->receive, 72, 0, handle, &previous);
	if (kr != KERN_SUCCESS)
		ipc_port_from_handle(handle)->sorights--;
	return kr;
}

static kern_return_t
call_inherit(const struct names *names)
{
	struct ipc_space *child;
	kern_return_t kr = ipc_space_create(&child);

	(void)names;
	if (kr != KERN_SUCCESS)
		return kr;
	kr = ipc_space_inherit(SPACE, child);
	ipc_space_destroy(child);
	return kr;
}

static const struct {
	const char *name;
	call_t call;
	bool makes; /* a name */
} calls[] = {
    {"mach_port_allocate", call_allocate, true},
    {"mach_port_allocate of a set", call_allocate_set, true},
    {"mach_port_allocate_name", call_allocate_name, true},
    {"mach_port_rename", call_rename, false},
    {"mach_port_construct", call_construct, true},
    {"mach_port_insert_member", call_insert_member, false},
    {"mach_port_move_member", call_move_member, false},
    {"mach_port_insert_right", call_insert_right, true},
    {"mach_port_names", call_names, false},
    {"mach_port_get_set_status", call_set_status, false},
    {"mach_port_space_info", call_space_info, false},
    {"mach_port_request_notification", call_dead_name, false},
    {"ipc_space_inherit", call_inherit, false},
};

/* The leaves there are have no slot left, so that a new name needs one. */
static void
set_up(struct names *names)
{
	mach_port_name_t name;

	names->set = MACH_PORT_NULL;
	(void)mach_port_allocate(SPACE, MACH_PORT_RIGHT_PORT_SET, &names->set);
	for (unsigned i = 0; i < MEMBERS; i++)
		(void)mach_port_move_member(SPACE, host_port(), names->set);
	names->receive = host_port();
	(void)host_give_send(names->receive, current_task());
	names->other = host_port();
	names->free = MACH_PORT_MAKE(20 * IPC_LEAF_SLOTS + 5, 0);
	do
		(void)mach_port_allocate(
		    SPACE, MACH_PORT_RIGHT_DEAD_NAME, &name);
	while (SPACE->names % (IPC_LEAF_SLOTS - 1) != 0);
}

/* False: it is not as it should be. *failed: it came to n allocations. */
static bool
one_try(size_t which, unsigned n, bool *failed)
{
	struct task *home = current_task();
	size_t before = host_in_use();
	struct task *task = host_task();
	struct names names;
	uint32_t had;
	kern_return_t kr;
	bool good;

	host_enter(task);
	set_up(&names);
	had = SPACE->names;
	host_fail_allocation(n);
	kr = calls[which].call(&names);
	*failed = host_failed();
	host_fail_allocation(0);
	good = *failed ? kr == KERN_RESOURCE_SHORTAGE : kr == KERN_SUCCESS;
	if (kr != KERN_SUCCESS || !calls[which].makes)
		good &= SPACE->names == had;
	if (*failed) /* as before: it can be done now */
		good &= calls[which].call(&names) == KERN_SUCCESS;
	host_enter(home);
	host_task_end(task);
	ipc_reap();
	good &= host_in_use() == before;
	if (!good)
		printf("# %s, allocation %u: %d\n", calls[which].name, n, kr);
	return good;
}

int
main(void)
{
	host_init();
	for (size_t i = 0; i < sizeof(calls) / sizeof(calls[0]); i++) {
		bool failed = true;
		bool good = true;
		unsigned n = 0;

		while (failed && n < 100)
			good &= one_try(i, ++n, &failed);
		ok(good && n > 1, calls[i].name);
	}
	return test_done();
}
