/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * mach_make_memory_entry(): memory shared by a port that stands for it, with
 * no more rights than that has, for as long as anybody has it.
 */
#include <mach/kernel_object.h>
#include <mach/mach_port_user.h>
#include <mach/task_user.h>
#include <mach/vm_map_user.h>

#include "body.h"

#define LARGE ((vm_size_t)16 << 20)

static mach_port_t entry;

static kern_return_t
make(vm_address_t address, vm_size_t *size, vm_prot_t permission)
{
	entry = MACH_PORT_NULL;
	return mach_make_memory_entry(
	    self, size, address, permission, &entry, MACH_PORT_NULL);
}

static kern_return_t
map(vm_address_t *address, vm_size_t size, vm_offset_t offset, vm_prot_t prot)
{
	*address = 0;
	return vm_map(self, address, size, 0, TRUE, entry, offset, FALSE, prot,
	    prot, VM_INHERIT_SHARE);
}

/* What debuggers and portstat call the object behind a right. */
static const char *
kind_of(mach_port_t name)
{
	static const char *const names[] = {
	    MACH_KERNEL_OBJECTS(MACH_KERNEL_OBJECT_NAME)};
	natural_t kind = 0;
	natural_t object;

	(void)mach_port_kernel_object(self, name, &kind, &object);
	return kind < sizeof(names) / sizeof(names[0]) ? names[kind] : "";
}

static void
test_kind(void)
{
	vm_address_t memory = get_memory(PAGE);
	vm_size_t size = PAGE;

	is_int(make(memory, &size, VM_PROT_READ), KERN_SUCCESS, "an entry");
	is_str(kind_of(entry), "memory entry", "is called so");
	is_str(kind_of(self), "task", "a task, too");
	(void)mach_port_deallocate(self, entry);
	(void)vm_deallocate(self, memory, PAGE);
}

static void
test_shared(void)
{
	vm_address_t memory = get_memory(4 * PAGE), other;
	vm_size_t size = 2 * PAGE;

	is_int(make(memory + PAGE, &size, VM_PROT_READ | VM_PROT_WRITE),
	    KERN_SUCCESS, "an entry for untouched memory");
	is_int(size, 2 * PAGE, "of all that was asked for");
	is_int(map(&other, 2 * PAGE, 0, VM_PROT_READ | VM_PROT_WRITE),
	    KERN_SUCCESS, "is mapped");
	*(volatile char *)(memory + PAGE) = 'a';
	is_int(*(volatile char *)other, 'a', "and shared");
	*(volatile char *)(other + PAGE) = 'b';
	is_int(*(volatile char *)(memory + 2 * PAGE), 'b', "both ways");
	is_int(map(&other, PAGE, PAGE, VM_PROT_READ), KERN_SUCCESS, "a part");
	is_int(*(volatile char *)other, 'b', "of it");
	is_int(map(&other, 2 * PAGE, PAGE, VM_PROT_READ), KERN_INVALID_ARGUMENT,
	    "not more than there is");
	is_int(map(&other, PAGE, UINT64_MAX & ~(PAGE - 1), VM_PROT_READ),
	    KERN_INVALID_ARGUMENT, "nor what is nowhere");
	(void)vm_deallocate(self, memory, 4 * PAGE);
	is_int(map(&other, 2 * PAGE, 0, VM_PROT_READ), KERN_SUCCESS,
	    "it outlives its first mapping");
	is_int(*(volatile char *)other, 'a', "with what is in it");
	is_int(
	    mach_port_deallocate(self, entry), KERN_SUCCESS, "the port ends");
	is_int(*(volatile char *)(other + PAGE), 'b', "the memory does not");
}

static void
test_touched(void)
{
	vm_address_t memory = get_memory(2 * PAGE), other;
	vm_size_t size = 2 * PAGE;

	*(volatile char *)(memory + PAGE) = 'x';
	is_int(make(memory, &size, VM_PROT_READ), KERN_SUCCESS,
	    "an entry for memory in use, for reading");
	is_int(map(&other, 2 * PAGE, 0, VM_PROT_READ), KERN_SUCCESS, "mapped");
	is_int(*(volatile char *)(other + PAGE), 'x', "with its contents");
	*(volatile char *)(memory + PAGE) = 'y';
	is_int(*(volatile char *)(other + PAGE), 'y', "as they are now");
	is_int(
	    vm_protect(self, other, PAGE, FALSE, VM_PROT_READ | VM_PROT_WRITE),
	    KERN_PROTECTION_FAILURE, "never to be written");
	is_int(map(&other, PAGE, 0, VM_PROT_READ | VM_PROT_WRITE),
	    KERN_PROTECTION_FAILURE, "nor mapped so");
	other = 0;
	is_int(vm_map(self, &other, PAGE, 0, TRUE, entry, 0, TRUE, VM_PROT_READ,
		   VM_PROT_READ, VM_INHERIT_COPY),
	    KERN_INVALID_ARGUMENT, "nor copied");
	(void)mach_port_deallocate(self, entry);
	(void)vm_deallocate(self, memory, 2 * PAGE);
}

static void
test_errors(void)
{
	vm_address_t memory = get_memory(PAGE);
	vm_size_t size = 0;

	is_int(make(memory, &size, VM_PROT_READ), KERN_INVALID_ARGUMENT,
	    "nothing");
	size = PAGE;
	is_int(
	    make(memory, &size, 0x100), KERN_INVALID_ARGUMENT, "no permission");
	is_int(make(UINT64_MAX - 8 * PAGE, &size, VM_PROT_READ),
	    KERN_INVALID_ARGUMENT, "not the kernel's");
	is_int(mach_make_memory_entry(
		   queue, &size, memory, VM_PROT_READ, &entry, MACH_PORT_NULL),
	    MACH_SEND_INVALID_DEST, "no task");
	is_int(mach_make_memory_entry(
		   self, &size, memory, VM_PROT_READ, &entry, self),
	    KERN_INVALID_ARGUMENT, "no parent");
	(void)vm_protect(self, memory, PAGE, FALSE, VM_PROT_READ);
	is_int(make(memory, &size, VM_PROT_READ | VM_PROT_WRITE),
	    KERN_PROTECTION_FAILURE, "more than we have");
	(void)vm_deallocate(self, memory, PAGE);
	is_int(make(memory, &size, VM_PROT_READ), KERN_INVALID_ADDRESS,
	    "memory that is gone");
}

/* More than is freed at once, and some of it touched before. */
static void
test_large(void)
{
	vm_size_t size = LARGE;
	vm_address_t memory = get_memory(LARGE), other;
	int good = 0;

	((volatile char *)memory)[LARGE - 1] = 1;
	is_int(make(memory, &size, VM_PROT_READ | VM_PROT_WRITE), KERN_SUCCESS,
	    "16 MiB");
	is_int(size, LARGE, "all of it");
	is_int(map(&other, LARGE, 0, VM_PROT_READ | VM_PROT_WRITE),
	    KERN_SUCCESS, "mapped");
	is_int(((volatile char *)other)[LARGE - 1], 1, "it is the same");
	for (vm_address_t at = 0; at < LARGE; at += PAGE)
		((volatile char *)other)[at] = 2;
	is_int(((volatile char *)memory)[LARGE / 2], 2, "page by page");
	(void)mach_port_deallocate(self, entry);
	(void)vm_deallocate(self, memory, LARGE);
	is_int(((volatile char *)other)[LARGE / 2], 2, "it lives");
	(void)vm_deallocate(self, other, LARGE);
	for (int i = 0; i < 30; i++) {
		memory = get_memory(LARGE);
		size = LARGE;
		for (vm_address_t at = 0; at < LARGE; at += PAGE)
			((volatile char *)memory)[at] = 3;
		good += make(memory, &size, VM_PROT_READ) == KERN_SUCCESS;
		(void)vm_deallocate(self, memory, LARGE);
		(void)mach_port_deallocate(self, entry);
	}
	is_int(good, 30, "half a GiB, one after the other");
}

/* The last right may end with a message, or with a task. */
static void
test_ends(void)
{
	vm_address_t memory = get_memory(PAGE), other;
	vm_size_t size = PAGE;
	int names = space_names();
	mach_port_t task;

	for (int i = 0; i < 50; i++) {
		if (make(memory, &size, VM_PROT_READ) != KERN_SUCCESS)
			break;
		(void)task_create(self, FALSE, &task);
		(void)mach_port_insert_right(
		    task, 0x777, entry, MACH_MSG_TYPE_MOVE_SEND);
		(void)task_terminate(task);
		(void)mach_port_deallocate(self, task);
	}
	is_int(space_names(), names, "entries end with tasks");
	is_int(make(memory, &size, VM_PROT_READ), KERN_SUCCESS, "one more");
	is_int(map(&other, PAGE, 0, VM_PROT_READ), KERN_SUCCESS, "mapped");
	(void)mach_port_deallocate(self, entry);
}

int
main(void)
{
	self = mach_task_self();
	test_kind();
	test_shared();
	test_touched();
	test_errors();
	test_large();
	test_ends();
	return test_done();
}
