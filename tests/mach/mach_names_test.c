/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Names and rights of a task: mach_port_allocate, _type, _get_refs, _mod_refs,
 * _deallocate, _destroy, _rename and _insert_right of a send right; what they
 * do and what wrong names, rights and values give.
 */
#include <mach/mach_port_user.h>
#include <mach/task_user.h>

#include <libmach/mach.h>
#include <libtest/test.h>

#define RECEIVE   MACH_PORT_RIGHT_RECEIVE
#define SEND      MACH_PORT_RIGHT_SEND
#define SEND_ONCE MACH_PORT_RIGHT_SEND_ONCE
#define SET       MACH_PORT_RIGHT_PORT_SET
#define DEAD      MACH_PORT_RIGHT_DEAD_NAME

/* No name of any task: its index is beyond what a table holds here. */
#define NOBODY ((mach_port_t)0xfffff700U)

static mach_port_t self;

static mach_port_t
allocate(mach_port_right_t right)
{
	mach_port_t name = MACH_PORT_NULL;

	is_int(mach_port_allocate(self, right, &name), KERN_SUCCESS,
	    "allocate a right");
	return name;
}

static mach_port_type_t
type_of(mach_port_t name)
{
	mach_port_type_t type = 0;

	return mach_port_type(self, name, &type) == KERN_SUCCESS ? type : 0;
}

static mach_port_urefs_t
refs_of(mach_port_t name, mach_port_right_t right)
{
	mach_port_urefs_t refs = ~0U;

	(void)mach_port_get_refs(self, name, right, &refs);
	return refs;
}

static void
test_allocate(void)
{
	static const mach_port_right_t rights[] = {RECEIVE, SET, DEAD};
	mach_port_t name;

	for (unsigned i = 0; i < sizeof(rights) / sizeof(rights[0]); i++) {
		name = allocate(rights[i]);
		is_int(type_of(name), MACH_PORT_TYPE(rights[i]), "its type");
		is_int(refs_of(name, rights[i]), 1, "one reference");
		is_int(refs_of(name, SEND), 0, "none of another right");
		is_int(mach_port_destroy(self, name), KERN_SUCCESS, "destroy");
		is_int(type_of(name), 0, "the name is gone");
	}
	is_int(mach_port_allocate(self, SEND, &name), KERN_INVALID_VALUE,
	    "a send right cannot be allocated");
	is_int(mach_port_allocate(self, SEND_ONCE, &name), KERN_INVALID_VALUE,
	    "nor a send-once right");
	is_int(mach_port_allocate(self, 5, &name), KERN_INVALID_VALUE,
	    "nor a right that does not exist");
}

static void
test_no_name(void)
{
	mach_port_type_t type;
	mach_port_urefs_t refs;

	is_int(mach_port_type(self, NOBODY, &type), KERN_INVALID_NAME,
	    "type of no name");
	is_int(mach_port_get_refs(self, NOBODY, SEND, &refs), KERN_INVALID_NAME,
	    "references of no name");
	is_int(mach_port_mod_refs(self, NOBODY, SEND, 1), KERN_INVALID_NAME,
	    "modify no name");
	is_int(mach_port_deallocate(self, NOBODY), KERN_INVALID_NAME,
	    "deallocate no name");
	is_int(mach_port_destroy(self, NOBODY), KERN_INVALID_NAME,
	    "destroy no name");
}

static void
test_references(void)
{
	mach_port_t name = allocate(RECEIVE);

	is_int(
	    mach_port_insert_right(self, name, name, MACH_MSG_TYPE_MAKE_SEND),
	    KERN_SUCCESS, "make a send right");
	is_int(type_of(name), MACH_PORT_TYPE_RECEIVE | MACH_PORT_TYPE_SEND,
	    "both rights share the name");
	is_int(mach_port_mod_refs(self, name, SEND, 3), KERN_SUCCESS,
	    "three more");
	is_int(refs_of(name, SEND), 4, "four references");
	is_int(mach_port_mod_refs(self, name, SEND, -5), KERN_INVALID_VALUE,
	    "no fewer than none");
	is_int(mach_port_mod_refs(self, name, SEND, 0x7fffffff),
	    KERN_UREFS_OVERFLOW, "no more than there may be");
	is_int(mach_port_mod_refs(self, name, DEAD, 1), KERN_INVALID_RIGHT,
	    "not of a right it lacks");
	is_int(mach_port_mod_refs(self, name, 5, 1), KERN_INVALID_VALUE,
	    "not of a right that does not exist");
	is_int(refs_of(name, SEND), 4, "errors change nothing");
	is_int(mach_port_deallocate(self, name), KERN_SUCCESS, "one less");
	is_int(refs_of(name, SEND), 3, "three references");
	is_int(mach_port_mod_refs(self, name, RECEIVE, -1), KERN_SUCCESS,
	    "the receive right goes");
	is_int(type_of(name), MACH_PORT_TYPE_DEAD_NAME, "a dead name is left");
	is_int(refs_of(name, DEAD), 3, "with the references of the send right");
	is_int(
	    mach_port_mod_refs(self, name, DEAD, -3), KERN_SUCCESS, "all go");
	is_int(type_of(name), 0, "the name with them");
}

static void
test_deallocate(void)
{
	mach_port_t name = allocate(RECEIVE);
	mach_port_t set = allocate(SET);

	is_int(mach_port_deallocate(self, name), KERN_INVALID_RIGHT,
	    "a receive right is not deallocated");
	is_int(mach_port_deallocate(self, set), KERN_INVALID_RIGHT,
	    "nor a port set");
	(void)mach_port_destroy(self, name);
	(void)mach_port_destroy(self, set);
}

static void
test_rename(void)
{
	mach_port_t name = allocate(RECEIVE);
	mach_port_t other = allocate(RECEIVE);

	is_int(mach_port_rename(self, name, other), KERN_NAME_EXISTS,
	    "a name that is taken");
	is_int(mach_port_allocate_name(self, RECEIVE, other), KERN_NAME_EXISTS,
	    "nor can it be allocated");
	is_int(mach_port_allocate_name(self, SEND, other), KERN_INVALID_VALUE,
	    "a send right has no name of choice");
	(void)mach_port_destroy(self, other);
	is_int(mach_port_rename(self, name, other), KERN_SUCCESS,
	    "a name that was free");
	is_int(type_of(name), 0, "the old name is gone");
	is_int(type_of(other), MACH_PORT_TYPE_RECEIVE, "the new one has it");
	(void)mach_port_destroy(self, other);
}

/* mach_port_names tells each name with its type, task_info how many. */
static void
test_count(void)
{
	task_basic_info_data_t info = {0};
	mach_msg_type_number_t info_count = TASK_BASIC_INFO_COUNT;
	mach_msg_type_number_t count[2] = {0, 0};
	mach_port_t set = allocate(SET);
	mach_port_name_t *names;
	mach_port_type_t *types;
	unsigned right = 0;
	unsigned found = 0;

	is_int(mach_port_names(self, &names, &count[0], &types, &count[1]),
	    KERN_SUCCESS, "all names");
	is_int(count[1], count[0], "as many types");
	for (unsigned i = 0; i < count[0]; i++) {
		right += type_of(names[i]) == types[i];
		found += names[i] == set;
	}
	is_int(right, count[0], "each of its type");
	is_int(found, 1, "a set is one of them");
	(void)task_info(self, TASK_BASIC_INFO, (task_info_t)&info, &info_count);
	is_int(info.port_names, count[0], "task_info counts as many");
	(void)syscall_vm_deallocate(
	    self, (vm_address_t)names, count[0] * sizeof(*names));
	(void)syscall_vm_deallocate(
	    self, (vm_address_t)types, count[1] * sizeof(*types));
	(void)mach_port_destroy(self, set);
}

int
main(void)
{
	self = mach_task_self();
	test_allocate();
	test_no_name();
	test_references();
	test_deallocate();
	test_rename();
	test_count();
	return test_done();
}
