/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Arithmetic of rights: what each disposition takes and leaves, user
 * references, names, sets, and the routines of mach_port.defs on them.
 */
#include "ipc_host.h"

#define SPACE   (current_task()->space)

#define SEND    MACH_PORT_TYPE_SEND
#define RECEIVE MACH_PORT_TYPE_RECEIVE
#define DEAD    MACH_PORT_TYPE_DEAD_NAME

static mach_port_t handle;

static kern_return_t
take(mach_port_name_t name, mach_msg_type_name_t disposition)
{
	return ipc_right_copyin_name(SPACE, name, disposition, &handle);
}

static kern_return_t
put(mach_msg_type_name_t type, mach_port_name_t *name)
{
	return ipc_right_copyout(SPACE, handle, type, name);
}

static void
test_dispositions(void)
{
	mach_port_name_t port = host_port();
	mach_port_name_t once;
	mach_port_name_t name;

	is_int(host_type(port), RECEIVE, "a port is a receive right");
	is_int(take(port, MACH_MSG_TYPE_COPY_SEND), KERN_INVALID_RIGHT,
	    "no send right to copy");
	is_int(take(port, MACH_MSG_TYPE_MOVE_SEND), KERN_INVALID_RIGHT,
	    "nor to move");
	is_int(take(port, MACH_MSG_TYPE_MAKE_SEND), KERN_SUCCESS, "make-send");
	is_int(put(MACH_MSG_TYPE_PORT_SEND, &name), KERN_SUCCESS, "put back");
	is_int(name, port, "send and receive share a name");
	is_int(host_type(port), SEND | RECEIVE, "and its type says both");
	(void)take(port, MACH_MSG_TYPE_COPY_SEND);
	(void)put(MACH_MSG_TYPE_PORT_SEND, &name);
	is_int(host_refs(port, MACH_PORT_RIGHT_SEND), 2, "copied: two refs");
	is_int(take(port, MACH_MSG_TYPE_MOVE_SEND), KERN_SUCCESS, "move-send");
	is_int(host_refs(port, MACH_PORT_RIGHT_SEND), 1, "moved: one less");
	ipc_right_release(handle, MACH_MSG_TYPE_PORT_SEND);
	is_int(take(port, MACH_MSG_TYPE_MOVE_SEND), KERN_SUCCESS, "the last");
	is_int(host_type(port), RECEIVE, "the receive right stays");
	ipc_right_release(handle, MACH_MSG_TYPE_PORT_SEND);

	is_int(take(port, MACH_MSG_TYPE_MAKE_SEND_ONCE), KERN_SUCCESS,
	    "make-send-once");
	(void)put(MACH_MSG_TYPE_PORT_SEND_ONCE, &once);
	ok(once != port, "a send-once right has a name of its own");
	is_int(host_type(once), MACH_PORT_TYPE_SEND_ONCE, "of its type");
	is_int(take(once, MACH_MSG_TYPE_MOVE_SEND), KERN_INVALID_RIGHT,
	    "it is no send right");
	is_int(take(once, MACH_MSG_TYPE_MOVE_SEND_ONCE), KERN_SUCCESS,
	    "move-send-once");
	is_int(host_type(once), 0, "takes the name away");
	ipc_right_release(handle, MACH_MSG_TYPE_PORT_SEND_ONCE);
	is_int(host_receive(port), 71, "unused: a send-once notification");
	is_int(mach_port_destroy(SPACE, port), KERN_SUCCESS, "destroy");
	is_int(mach_port_destroy(SPACE, port), KERN_INVALID_NAME, "is gone");
}

static void
test_move_receive(void)
{
	mach_port_name_t port = host_port();
	mach_port_name_t send = host_give_send(port, current_task());
	mach_port_name_t name;

	is_int(send, port, "one name");
	is_int(take(port, MACH_MSG_TYPE_MOVE_RECEIVE), KERN_SUCCESS,
	    "move-receive");
	is_int(host_type(port), SEND, "the send right stays");
	is_int(put(MACH_MSG_TYPE_PORT_RECEIVE, &name), KERN_SUCCESS, "back");
	is_int(name, port, "joins its send right");
	(void)take(port, MACH_MSG_TYPE_MOVE_RECEIVE);
	ipc_right_release(handle, MACH_MSG_TYPE_PORT_RECEIVE);
	is_int(host_type(port), DEAD, "its death makes a dead name");
	is_int(take(port, MACH_MSG_TYPE_COPY_SEND), KERN_SUCCESS,
	    "a dead name can be copied");
	is_int(handle, MACH_PORT_DEAD, "as the dead right");
	is_int(take(port, MACH_MSG_TYPE_MAKE_SEND), KERN_INVALID_RIGHT,
	    "nothing can be made of it");
	is_int(take(port, MACH_MSG_TYPE_MOVE_SEND), KERN_SUCCESS, "or moved");
	is_int(host_type(port), 0, "which takes its last reference");
}

static void
test_urefs(void)
{
	mach_port_name_t port = host_port();

	(void)host_give_send(port, current_task());
	is_int(mach_port_mod_refs(SPACE, port, MACH_PORT_RIGHT_SEND, INT32_MAX),
	    KERN_UREFS_OVERFLOW, "user references do not overflow");
	is_int(mach_port_mod_refs(
		   SPACE, port, MACH_PORT_RIGHT_SEND, INT32_MAX - 1),
	    KERN_SUCCESS, "the greatest count");
	is_int(host_refs(port, MACH_PORT_RIGHT_SEND), MACH_PORT_UREFS_MAX,
	    "is there");
	(void)take(port, MACH_MSG_TYPE_COPY_SEND);
	mach_port_name_t name;
	is_int(put(MACH_MSG_TYPE_PORT_SEND, &name), KERN_SUCCESS,
	    "one more comes");
	is_int(name, port, "under its name");
	is_int(host_refs(port, MACH_PORT_RIGHT_SEND), MACH_PORT_UREFS_MAX,
	    "and is not counted");
	is_int(mach_port_mod_refs(SPACE, port, MACH_PORT_RIGHT_SEND, INT32_MIN),
	    KERN_INVALID_VALUE, "nor below zero");
	is_int(
	    mach_port_mod_refs(SPACE, port, MACH_PORT_RIGHT_SEND, -INT32_MAX),
	    KERN_SUCCESS, "down to none");
	is_int(host_type(port), RECEIVE, "the send right is gone");
	is_int(mach_port_mod_refs(SPACE, port, MACH_PORT_RIGHT_RECEIVE, 1),
	    KERN_INVALID_VALUE, "there is one receive right");
	is_int(mach_port_mod_refs(SPACE, port, 5, -1), KERN_INVALID_VALUE,
	    "no such right");
	is_int(mach_port_mod_refs(SPACE, port, MACH_PORT_RIGHT_PORT_SET, -1),
	    KERN_INVALID_RIGHT, "not a set");
	is_int(mach_port_deallocate(SPACE, port), KERN_INVALID_RIGHT,
	    "deallocate is not for receive rights");
	(void)host_give_send(port, current_task());
	is_int(mach_port_mod_refs(SPACE, port, MACH_PORT_RIGHT_RECEIVE, -1),
	    KERN_SUCCESS, "receive right alone goes");
	is_int(host_type(port), DEAD, "leaving a dead name");
	is_int(mach_port_deallocate(SPACE, port), KERN_SUCCESS, "deallocate");
}

static void
test_names(void)
{
	mach_port_name_t first = host_port();
	mach_port_name_t name = MACH_PORT_MAKE(70000, 9);
	mach_port_name_t stale;
	kern_return_t kr;

	is_int(mach_port_allocate_name(SPACE, MACH_PORT_RIGHT_DEAD_NAME, name),
	    KERN_SUCCESS, "a name of choice");
	is_int(host_type(name), DEAD, "is a dead name");
	is_int(mach_port_allocate_name(SPACE, MACH_PORT_RIGHT_RECEIVE, name),
	    KERN_NAME_EXISTS, "not twice");
	is_int(mach_port_allocate_name(SPACE, MACH_PORT_RIGHT_RECEIVE, 0),
	    KERN_INVALID_VALUE, "null is no name");
	is_int(mach_port_allocate_name(
		   SPACE, MACH_PORT_RIGHT_RECEIVE, 0xfffffeffU),
	    KERN_NO_SPACE, "beyond the table");
	is_int(mach_port_allocate_name(SPACE, MACH_PORT_RIGHT_SEND, name),
	    KERN_INVALID_VALUE, "send rights are not allocated");
	is_int(mach_port_rename(SPACE, first, MACH_PORT_MAKE(70001, 1)),
	    KERN_SUCCESS, "rename");
	is_int(host_type(first), 0, "the old name is free");
	is_int(host_type(MACH_PORT_MAKE(70001, 1)), RECEIVE, "the new one is");
	is_int(mach_port_rename(SPACE, MACH_PORT_MAKE(70001, 1), name),
	    KERN_NAME_EXISTS, "not onto another");
	(void)mach_port_destroy(SPACE, MACH_PORT_MAKE(70001, 1));
	(void)mach_port_destroy(SPACE, name);
	stale = host_port();
	(void)mach_port_destroy(SPACE, stale);
	first = host_port();
	ok(first != stale, "a name is not reused at once");
	is_int(host_type(stale), 0, "the stale one means nothing");
	(void)mach_port_destroy(SPACE, first);

	kr = KERN_SUCCESS;
	for (unsigned i = 0; i < 5000 && kr == KERN_SUCCESS; i++)
		kr = mach_port_allocate(SPACE, MACH_PORT_RIGHT_RECEIVE, &name);
	is_int(kr, KERN_SUCCESS, "five thousand names");
	is_int(SPACE->names, 5000, "are counted");
	is_int(host_type(name), RECEIVE, "the last is found");
}

static void
test_insert_extract(void)
{
	mach_port_name_t port = host_port();
	mach_port_name_t other = host_port();
	mach_port_name_t wish = MACH_PORT_MAKE(901, 3);
	mach_msg_type_name_t type;

	is_int(mach_port_extract_right(
		   SPACE, port, MACH_MSG_TYPE_MAKE_SEND, &handle, &type),
	    KERN_SUCCESS, "extract");
	is_int(type, MACH_MSG_TYPE_PORT_SEND, "a send right");
	is_int(mach_port_insert_right(SPACE, wish, handle, type),
	    KERN_RIGHT_EXISTS, "the port has a name here");
	is_int(mach_port_insert_right(SPACE, other, handle, type),
	    KERN_RIGHT_EXISTS, "and so it does under another's");
	is_int(mach_port_insert_right(SPACE, port, handle, type), KERN_SUCCESS,
	    "it goes under its own");
	is_int(host_type(port), SEND | RECEIVE, "to the receive right");
	(void)mach_port_extract_right(
	    SPACE, port, MACH_MSG_TYPE_MAKE_SEND_ONCE, &handle, &type);
	is_int(mach_port_insert_right(SPACE, other, handle, type),
	    KERN_NAME_EXISTS, "no room for a send-once right there");
	is_int(mach_port_insert_right(SPACE, wish, handle, type), KERN_SUCCESS,
	    "but under a name of its own");
	is_int(host_type(wish), MACH_PORT_TYPE_SEND_ONCE, "it is");
	is_int(mach_port_insert_right(
		   SPACE, wish, MACH_PORT_DEAD, MACH_MSG_TYPE_PORT_SEND),
	    KERN_INVALID_CAPABILITY, "dead rights are not inserted");
	is_int(mach_port_extract_right(SPACE, port, 9, &handle, &type),
	    KERN_INVALID_VALUE, "no such disposition");
	is_int(mach_port_extract_right(
		   SPACE, other, MACH_MSG_TYPE_COPY_SEND, &handle, &type),
	    KERN_INVALID_RIGHT, "nothing to copy");
	(void)mach_port_destroy(SPACE, wish);
	(void)mach_port_destroy(SPACE, port);
	(void)mach_port_destroy(SPACE, other);
}

static void
test_status(void)
{
	mach_port_name_t port = host_port();
	mach_port_name_t set;
	mach_port_name_t *members;
	mach_msg_type_number_t count;
	mach_port_status_t status;

	(void)mach_port_allocate(SPACE, MACH_PORT_RIGHT_PORT_SET, &set);
	is_int(mach_port_move_member(SPACE, port, MACH_PORT_NULL),
	    KERN_NOT_IN_SET, "in no set");
	is_int(mach_port_move_member(SPACE, port, port), KERN_INVALID_RIGHT,
	    "a port is no set");
	is_int(mach_port_move_member(SPACE, port, set), KERN_SUCCESS, "in");
	is_int(mach_port_set_qlimit(SPACE, port, 0), KERN_INVALID_VALUE,
	    "a limit of none");
	is_int(mach_port_set_qlimit(SPACE, port, 1025), KERN_INVALID_VALUE,
	    "and one too high");
	is_int(mach_port_set_qlimit(SPACE, port, 7), KERN_SUCCESS, "7");
	is_int(mach_port_set_mscount(SPACE, port, 40), KERN_SUCCESS, "mscount");
	is_int(mach_port_set_seqno(SPACE, port, 50), KERN_SUCCESS, "seqno");
	(void)host_give_send(port, current_task());
	is_int(mach_port_get_receive_status(SPACE, port, &status), KERN_SUCCESS,
	    "status");
	ok(status.mps_pset == set && status.mps_qlimit == 7 &&
		status.mps_mscount == 41 && status.mps_seqno == 50 &&
		status.mps_srights && status.mps_sorights == 0 &&
		status.mps_msgcount == 0 && !status.mps_nsrequest,
	    "says all that");
	is_int(mach_port_get_set_status(SPACE, set, &members, &count),
	    KERN_SUCCESS, "set status");
	is_int(count, 1, "one member");
	vm_map_copy_discard((void *)members);
	(void)mach_port_destroy(SPACE, set);
	(void)mach_port_get_receive_status(SPACE, port, &status);
	is_int(status.mps_pset, 0, "the set is gone, the port is not");
	(void)mach_port_destroy(SPACE, port);
	is_int(
	    mach_port_type(NULL, port, &count), KERN_INVALID_TASK, "no space");
}

static void
test_listing(void)
{
	mach_port_name_t *names;
	mach_port_type_t *types;
	mach_msg_type_number_t names_count;
	mach_msg_type_number_t types_count;

	is_int(
	    mach_port_names(SPACE, &names, &names_count, &types, &types_count),
	    KERN_SUCCESS, "names");
	ok(names_count == types_count && names_count == 0 && names == NULL,
	    "of an empty space");
	(void)host_port();
	(void)host_port();
	(void)mach_port_names(
	    SPACE, &names, &names_count, &types, &types_count);
	is_int(names_count, 2, "of two ports");
	vm_map_copy_discard((void *)names);
	vm_map_copy_discard((void *)types);
}

#define MEMBERS 200U
static mach_port_name_t members[MEMBERS];

/* While a set of many ends: who has left, and who has not yet, is in none. */
static void
meanwhile(void)
{
	mach_port_name_t last = members[MEMBERS - 1];
	mach_port_status_t status;
	mach_port_name_t other;

	host_preempt = NULL;
	is_int(host_receive(last), MACH_RCV_TIMED_OUT, "it can be received");
	(void)mach_port_get_receive_status(SPACE, last, &status);
	is_int(status.mps_pset, 0, "it says that it is in no set");
	is_int(mach_port_move_member(SPACE, last, MACH_PORT_NULL),
	    KERN_NOT_IN_SET, "it leaves none");
	(void)mach_port_allocate(SPACE, MACH_PORT_RIGHT_PORT_SET, &other);
	is_int(mach_port_insert_member(SPACE, last, other), KERN_SUCCESS,
	    "it joins another");
	is_int(host_receive(last), MACH_RCV_IN_SET, "and is in that one");
	is_int(host_send(members[MEMBERS - 2], MACH_MSG_TYPE_MAKE_SEND, 77),
	    MACH_MSG_SUCCESS, "a message to one that has not left");
	is_int(host_receive(members[MEMBERS - 2]), 77, "arrives");
	(void)mach_port_destroy(SPACE, members[MEMBERS - 3]);
}

static void
test_set_of_many(void)
{
	mach_port_name_t set;
	unsigned none = 0;

	(void)mach_port_allocate(SPACE, MACH_PORT_RIGHT_PORT_SET, &set);
	for (unsigned i = 0; i < MEMBERS; i++) {
		members[i] = host_port();
		(void)mach_port_insert_member(SPACE, members[i], set);
	}
	is_int(mach_port_destroy(SPACE, set), KERN_SUCCESS, "a set of many");
	host_preempt = meanwhile;
	ipc_reap();
	ok(host_preempt == NULL, "ends, and others run meanwhile");
	for (unsigned i = 0; i < MEMBERS; i++)
		none += host_receive(members[i]) == MACH_RCV_TIMED_OUT;
	is_int(none, MEMBERS - 2, "all but two are there, in no set");
}

static void
test_inherit(void)
{
	struct task *child = host_task();
	struct task *parent = current_task();
	mach_port_name_t port = host_port();
	mach_port_name_t mine = host_port();

	(void)host_give_send(port, parent);
	(void)mach_port_mod_refs(SPACE, port, MACH_PORT_RIGHT_SEND, 4);
	is_int(ipc_space_inherit(parent->space, child->space), KERN_SUCCESS,
	    "inherit");
	is_int(ipc_space_inherit(parent->space, child->space), KERN_NAME_EXISTS,
	    "into an empty space only");
	host_enter(child);
	is_int(host_type(port), SEND, "send rights, under the same name");
	is_int(host_refs(port, MACH_PORT_RIGHT_SEND), 5, "and references");
	is_int(host_type(mine), 0, "nothing else");
	host_enter(parent);
	host_task_end(child);
	(void)mach_port_destroy(SPACE, port);
	(void)mach_port_destroy(SPACE, mine);
}

/* Each test in a task of its own, whose end must leave nothing behind. */
static void
run(void (*test)(void), const char *name)
{
	struct task *home = current_task();
	size_t before = host_in_use();
	struct task *task = host_task();

	host_enter(task);
	test();
	host_enter(home);
	host_task_end(task);
	is_int(host_in_use(), before, name);
}

int
main(void)
{
	host_init();
	run(test_dispositions, "dispositions: nothing leaks");
	run(test_move_receive, "move receive: nothing leaks");
	run(test_urefs, "references: nothing leaks");
	run(test_names, "names: nothing leaks");
	run(test_insert_extract, "insert, extract: nothing leaks");
	run(test_status, "status: nothing leaks");
	run(test_listing, "names: nothing leaks");
	run(test_set_of_many, "a set of many: nothing leaks");
	run(test_inherit, "inherit: nothing leaks");
	return test_done();
}
