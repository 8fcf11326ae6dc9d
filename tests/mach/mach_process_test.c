/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What a server of processes does in few calls: task_create_process with each
 * option and error, and the traps that put rights and bytes into a task.
 */
#include <mach/vm_map_user.h>

#include <string.h>

#include "priv.h"

#define THERE ((vm_address_t)0x400000U)
#define PAGE  4096UL
#define NAME  ELSEWHERE

static mach_port_t priv;
static mach_port_t port;   /* with one send right */
static mach_port_t lonely; /* with none */

static kern_return_t
create(int options, mach_port_t like, mach_port_name_t name, mach_port_t *task)
{
	const security_token_t token = {{7, 8}};
	mach_port_t process = options & TASK_PROCESS_INHERIT ? lonely : port;

	return task_create_process(
	    self, options, like, process, name, token, "seven", priv, task);
}

static mach_port_t
exception_port(mach_port_t task)
{
	mach_port_t found = MACH_PORT_NULL;

	(void)task_get_special_port(task, TASK_EXCEPTION_PORT, &found);
	(void)mach_port_deallocate(self, found);
	return found;
}

static mach_port_type_t
type_in(mach_port_t task, mach_port_name_t name)
{
	mach_port_type_t type = 0;

	return mach_port_type(task, name, &type) == KERN_SUCCESS ? type : 0;
}

static kern_return_t
read_there(mach_port_t task, vm_address_t from, char *to, vm_size_t size)
{
	mach_msg_type_number_t count = 0;
	vm_offset_t data = 0;
	kern_return_t kr = vm_read(task, from, size, &data, &count);

	if (kr == KERN_SUCCESS) {
		memcpy(to, (const char *)data, count);
		(void)syscall_vm_deallocate(self, data, count);
	}
	return kr;
}

static void
end(mach_port_t task)
{
	(void)task_terminate(task);
	(void)mach_port_deallocate(self, task);
}

static void
test_new(void)
{
	mach_port_t task = MACH_PORT_NULL, like = MACH_PORT_NULL;
	task_limits_t limits = {0};
	kernel_debug_name_t name;

	is_int(create(0, MACH_PORT_NULL, NAME, &task), KERN_SUCCESS, "a task");
	is_int(exception_port(task), port, "its exceptions come here");
	is_int(type_in(task, NAME), MACH_PORT_TYPE_SEND, "it has the right");
	is_int(type_in(task, port), 0, "and no other");
	is_int(task_get_name(task, name), KERN_SUCCESS, "its name");
	is_str(name, "seven", "as given");
	is_int(space_status(port).mps_srights, 1, "one is counted once");
	(void)task_get_limits(task, &limits);
	limits.threads = 3;
	(void)task_create(self, FALSE, &like);
	(void)task_set_limits(like, limits, MACH_PORT_NULL);
	end(task);
	is_int(create(TASK_PROCESS_TRACE, like, NAME, &task), KERN_SUCCESS,
	    "one like another");
	(void)task_get_limits(task, &limits);
	is_int(limits.threads, 3, "has its limits");
	end(task);
	end(like);
}

static void
test_inherit(void)
{
	static char word[8] = "before";
	char found[8] = "";
	mach_port_t inherited = space_port_with_send();
	mach_port_t replaced = space_port_with_send();
	mach_port_t task = MACH_PORT_NULL;

	is_int(create(TASK_PROCESS_INHERIT, MACH_PORT_NULL, replaced, &task),
	    KERN_SUCCESS, "a task like this");
	is_int(type_in(task, inherited), MACH_PORT_TYPE_SEND, "with rights");
	is_int(space_extract(task, replaced, COPY_SEND), lonely, "but for one");
	(void)mach_port_mod_refs(self, lonely, SEND, -1);
	is_str(word, "before", "a word, which is mapped");
	is_int(syscall_vm_write(self, (vm_address_t)word, "after", 6),
	    KERN_SUCCESS, "a word here is another");
	is_str(word, "after", "at once");
	is_int(read_there(task, (vm_address_t)word, found, sizeof(word)),
	    KERN_SUCCESS, "with memory");
	is_str(found, "before", "as it was");
	end(task);
	(void)mach_port_destroy(self, inherited);
	(void)mach_port_destroy(self, replaced);
}

static void
test_errors(void)
{
	const security_token_t token = {{0, 0}};
	mach_port_t task = MACH_PORT_NULL;
	int names = space_names();

	is_int(create(8, MACH_PORT_NULL, NAME, &task), KERN_INVALID_ARGUMENT,
	    "no such option");
	is_int(create(0, MACH_PORT_NULL, MACH_PORT_NULL, &task),
	    KERN_INVALID_VALUE, "null is no name");
	is_int(create(TASK_PROCESS_INHERIT, MACH_PORT_NULL, NOBODY, &task),
	    KERN_INVALID_NAME, "nothing to replace");
	is_int(task_create_process(
		   self, 0, MACH_PORT_NULL, port, NAME, token, "", self, &task),
	    KERN_INVALID_HOST, "not everybody may");
	is_int(task_create_process(
		   priv, 0, MACH_PORT_NULL, port, NAME, token, "", priv, &task),
	    KERN_INVALID_TASK, "the host is no task");
	is_int(task_create_process(self, 0, MACH_PORT_NULL, MACH_PORT_NULL,
		   NAME, token, "", priv, &task),
	    KERN_INVALID_ARGUMENT, "null is no port");
	is_int(space_names(), names, "nothing is left of them");
	is_int(space_status(port).mps_srights, 1, "nor there");
}

static void
test_insert(void)
{
	mach_port_t task = MACH_PORT_NULL;
	mach_port_t right = space_port_with_send();
	mach_port_t dead = space_allocate(DEAD);

	(void)task_create(self, FALSE, &task);
	is_int(syscall_mach_port_insert_right(task, NAME, right, COPY_SEND),
	    KERN_SUCCESS, "a right by trap");
	is_int(type_in(task, NAME), MACH_PORT_TYPE_SEND, "is there");
	is_int(space_refs(right, SEND), 1, "and here");
	is_int(syscall_mach_port_insert_right(task, NAME, right, MOVE_SEND),
	    KERN_SUCCESS, "moved");
	is_int(space_type(right), MACH_PORT_TYPE_RECEIVE, "is not here");
	is_int(syscall_mach_port_insert_right(
		   task, NAME + 0x100, right, MAKE_SEND),
	    KERN_RIGHT_EXISTS, "not under two names");
	is_int(space_status(right).mps_srights, 1, "what failed is gone");
	is_int(syscall_mach_port_insert_right(task, NAME, dead, COPY_SEND),
	    KERN_INVALID_CAPABILITY, "a dead name is no right");
	is_int(syscall_mach_port_insert_right(task, NAME, NOBODY, COPY_SEND),
	    KERN_INVALID_NAME, "nor is nobody");
	is_int(syscall_mach_port_insert_right(task, NAME, right, COPY_SEND),
	    KERN_INVALID_RIGHT, "nor what is not there");
	is_int(syscall_mach_port_insert_right(task, NAME, right, 15),
	    KERN_INVALID_VALUE, "in no way");
	is_int(syscall_mach_port_insert_right(priv, NAME, right, MAKE_SEND),
	    KERN_INVALID_TASK, "into no task");
	is_int(syscall_mach_port_insert_right(
		   task, NAME, right, MACH_MSG_TYPE_MOVE_RECEIVE),
	    KERN_SUCCESS, "a receive right");
	is_int(space_type(right), 0, "is not here");
	end(task);
	(void)mach_port_destroy(self, dead);
}

static void
test_write(void)
{
	static char bytes[2 * PAGE], found[2 * PAGE];
	vm_address_t at = THERE;
	mach_port_t task = MACH_PORT_NULL;

	memset(bytes, 'x', sizeof(bytes));
	(void)task_create(self, FALSE, &task);
	(void)syscall_vm_allocate(task, &at, 3 * PAGE, FALSE);
	is_int(syscall_vm_write(task, at + 5, bytes, sizeof(bytes)),
	    KERN_SUCCESS, "bytes across pages");
	is_int(read_there(task, at + 5, found, sizeof(found)), KERN_SUCCESS,
	    "are");
	ok(memcmp(bytes, found, sizeof(bytes)) == 0, "there");
	is_int(syscall_vm_write(task, at, bytes, 0), KERN_SUCCESS, "none");
	is_int(syscall_vm_write(task, at + 3 * PAGE, bytes, 1),
	    KERN_INVALID_ADDRESS, "not where nothing is");
	is_int(syscall_vm_write(task, at, (void *)16, 1), KERN_INVALID_ADDRESS,
	    "not from nothing");
	is_int(syscall_vm_write(task, at, bytes, 1UL << 30),
	    KERN_INVALID_ARGUMENT, "not so many");
	is_int(syscall_vm_write(priv, at, bytes, 1), KERN_INVALID_ARGUMENT,
	    "not into the host");
	(void)syscall_vm_protect(task, at, PAGE, FALSE, VM_PROT_READ);
	is_int(syscall_vm_write(task, at, bytes, 1), KERN_PROTECTION_FAILURE,
	    "not where it must not");
	end(task);
}

static void
test_share(void)
{
	vm_address_t here = 0;
	char found[4] = "";
	mach_port_t task = MACH_PORT_NULL;

	(void)task_create(self, FALSE, &task);
	(void)syscall_vm_allocate(self, &here, PAGE, TRUE);
	is_int(syscall_vm_share(task, THERE, here, PAGE), KERN_SUCCESS,
	    "a page shared");
	memcpy((char *)here, "new", 4);
	is_int(read_there(task, THERE, found, sizeof(found)), KERN_SUCCESS,
	    "is read");
	is_str(found, "new", "as it is here");
	is_int(syscall_vm_share(task, THERE, here, PAGE), KERN_NO_SPACE,
	    "not twice");
	is_int(syscall_vm_share(task, THERE + 1, here, PAGE),
	    KERN_INVALID_ADDRESS, "not anywhere");
	is_int(syscall_vm_share(priv, THERE, here, PAGE), KERN_INVALID_ARGUMENT,
	    "not with the host");
	is_int(syscall_vm_deallocate(self, here, PAGE), KERN_SUCCESS,
	    "not here any more");
	is_int(syscall_vm_share(task, THERE + PAGE, here, PAGE),
	    KERN_INVALID_ADDRESS, "is not shared");
	is_int(read_there(task, THERE, found, sizeof(found)), KERN_SUCCESS,
	    "but stays there");
	end(task);
}

/* The object's pager says nothing, so nothing can be read. */
static void
test_object(void)
{
	mach_port_t object = space_port_with_send();
	mach_port_t task = MACH_PORT_NULL;
	vm_address_t at = THERE;

	(void)task_create(self, FALSE, &task);
	is_int(syscall_vm_map_object(task, at, PAGE, object, 0, VM_PROT_READ),
	    KERN_SUCCESS, "a memory object");
	is_int(syscall_vm_allocate(task, &at, PAGE, FALSE), KERN_NO_SPACE,
	    "is there");
	is_int(syscall_vm_protect(task, at, PAGE, FALSE, VM_PROT_WRITE),
	    KERN_PROTECTION_FAILURE, "and will not be written");
	at += PAGE;
	is_int(syscall_vm_map_object(
		   task, at, PAGE, object, PAGE, VM_PROT_READ | VM_PROT_WRITE),
	    KERN_SUCCESS, "a copy may be");
	is_int(syscall_vm_map_object(task, at, PAGE, object, 0, VM_PROT_READ),
	    KERN_NO_SPACE, "one at a place");
	at += PAGE;
	is_int(syscall_vm_map_object(task, at, PAGE, object, 1, VM_PROT_READ),
	    KERN_INVALID_ARGUMENT, "whole pages");
	is_int(syscall_vm_map_object(task, at, PAGE, NOBODY, 0, VM_PROT_READ),
	    KERN_INVALID_CAPABILITY, "not of nobody");
	is_int(syscall_vm_map_object(priv, at, PAGE, object, 0, VM_PROT_READ),
	    KERN_INVALID_ARGUMENT, "not for the host");
	is_int(memory_object_peek(object, 0, (vm_address_t)&at, sizeof(at)),
	    -KERN_FAILURE, "none of it is in memory");
	is_int(memory_object_peek(NOBODY, 0, (vm_address_t)&at, sizeof(at)),
	    -KERN_INVALID_ARGUMENT, "nobody has none");
	end(task);
	(void)mach_port_destroy(self, object);
}

int
main(void)
{
	int names;

	self = mach_task_self();
	priv = priv_host();
	port = space_port_with_send();
	lonely = space_allocate(RECEIVE);
	names = space_names();
	ok(priv != MACH_PORT_NULL, "the privileged port");
	test_new();
	test_inherit();
	test_errors();
	test_insert();
	test_write();
	test_share();
	test_object();
	is_int(space_names(), names, "no name is left");
	return test_done();
}
