/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A memory object of this program's own, whose pager is a thread of it: what a
 * page costs that is asked of it, with the pager's part.
 */
#include <mach/mach_port_user.h>
#include <mach/memory_object.h>
#include <mach/memory_object_control_user.h>
#include <mach/memory_object_server.h>
#include <mach/mig_errors.h>
#include <mach/vm_map_user.h>

#include <libmach/mach.h>

#include "bench.h"

#define PAGES 64

/* What is done about a page that is wanted. */
static enum { UNAVAILABLE, SUPPLY, SUPPLY_LOCKED } answer;

static mach_port_t object;
static mach_port_t control;
static vm_address_t place;

static kern_return_t
gone(mach_port_t right)
{
	(void)syscall_mach_port_deallocate(mach_task_self(), right);
	return KERN_SUCCESS;
}

kern_return_t
memory_object_init(
    mach_port_t port, mach_port_t right, mach_port_t name, vm_size_t page_size)
{
	(void)port;
	(void)page_size;
	control = right;
	(void)memory_object_ready(control, FALSE, MEMORY_OBJECT_COPY_NONE);
	return gone(name);
}

kern_return_t
memory_object_terminate(mach_port_t port)
{
	(void)port;
	return KERN_SUCCESS;
}

kern_return_t
memory_object_data_request(mach_port_t port, mach_port_t right,
    vm_offset_t offset, vm_size_t length, vm_prot_t access)
{
	vm_address_t memory;

	(void)port;
	(void)access;
	if (answer == UNAVAILABLE) {
		(void)memory_object_data_unavailable(right, offset, length);
		return gone(right);
	}
	memory = bench_allocate(length);
	bench_touch(memory, length);
	(void)memory_object_data_supply(right, offset, memory,
	    (mach_msg_type_number_t)length,
	    answer == SUPPLY_LOCKED ? VM_PROT_WRITE : VM_PROT_NONE, FALSE,
	    MACH_PORT_NULL);
	return gone(right);
}

kern_return_t
memory_object_data_unlock(mach_port_t port, mach_port_t right,
    vm_offset_t offset, vm_size_t length, vm_prot_t access)
{
	(void)port;
	(void)access;
	(void)memory_object_lock_request(right, offset, length,
	    MEMORY_OBJECT_RETURN_NONE, FALSE, VM_PROT_NONE, MACH_PORT_NULL);
	return gone(right);
}

kern_return_t
/* NOLINTNEXTLINE(readability-function-size): the interface has so many */
memory_object_data_return(mach_port_t port, mach_port_t right,
    vm_offset_t offset, vm_offset_t data, mach_msg_type_number_t size,
    boolean_t dirty, boolean_t kernel_copy)
{
	(void)port;
	(void)offset;
	(void)dirty;
	(void)kernel_copy;
	bench_free(data, size);
	return gone(right);
}

kern_return_t
memory_object_lock_completed(
    mach_port_t port, mach_port_t right, vm_offset_t offset, vm_size_t length)
{
	(void)port;
	(void)offset;
	(void)length;
	return gone(right);
}

kern_return_t
memory_object_supply_completed(mach_port_t port, mach_port_t right,
    vm_offset_t offset, vm_size_t length, kern_return_t result,
    vm_offset_t error_offset)
{
	(void)port;
	(void)offset;
	(void)length;
	(void)result;
	(void)error_offset;
	return gone(right);
}

kern_return_t
memory_object_change_completed(
    mach_port_t port, boolean_t may_cache, natural_t copy_strategy)
{
	(void)port;
	(void)may_cache;
	(void)copy_strategy;
	return KERN_SUCCESS;
}

static void
serve(mach_port_t port)
{
	static union {
		mach_msg_header_t header;
		char
		    room[memory_object_MAX_REQUEST + MACH_MSG_TRAILER_MAX_SIZE];
	} request;
	static mig_reply_error_t reply;

	while (mach_msg(&request.header, MACH_RCV_MSG, 0, sizeof(request), port,
		   0, MACH_PORT_NULL) == MACH_MSG_SUCCESS)
		(void)memory_object_server(&request.header, &reply.Head);
}

static void
map(void)
{
	place = 0;
	if (vm_map(mach_task_self(), &place, PAGES * PAGE, 0, TRUE, object, 0,
		FALSE, VM_PROT_READ | VM_PROT_WRITE,
		VM_PROT_READ | VM_PROT_WRITE, VM_INHERIT_NONE) != KERN_SUCCESS)
		bench_fail("not mapped");
}

static void
end_object(void)
{
	bench_free(place, PAGES * PAGE);
	(void)gone(control);
	control = MACH_PORT_NULL;
	bench_server_end();
}

static void
start_object(void)
{
	object = bench_server_thread(serve);
	map();
	*(volatile char *)(place + (PAGES - 1) * PAGE) = 1;
}

/* Each page but the last, which has been there since the start. */
static void
ask_for_pages(void)
{
	bench_pause();
	start_object();
	bench_resume();
	for (size_t i = 0; i < PAGES - 1; i++)
		(void)*(volatile char *)(place + i * PAGE);
	bench_pause();
	end_object();
	bench_resume();
}

static void
supply(void)
{
	answer = SUPPLY;
	ask_for_pages();
}

static void
unavailable(void)
{
	answer = UNAVAILABLE;
	ask_for_pages();
}

static void
unlock(void)
{
	answer = SUPPLY_LOCKED;
	bench_pause();
	start_object();
	for (size_t i = 0; i < PAGES - 1; i++)
		(void)*(volatile char *)(place + i * PAGE);
	bench_resume();
	bench_touch(place, (PAGES - 1) * PAGE);
	bench_pause();
	end_object();
	bench_resume();
}

static void
give_back(void)
{
	answer = SUPPLY;
	bench_pause();
	start_object();
	bench_touch(place, PAGES * PAGE);
	bench_resume();
	(void)vm_msync(
	    mach_task_self(), place, PAGES * PAGE, VM_SYNC_SYNCHRONOUS);
	bench_pause();
	end_object();
	bench_resume();
}

/* The object is made known, used by its first page, and given up. */
static void
init_destroy(void)
{
	bench_pause();
	answer = UNAVAILABLE;
	object = bench_server_thread(serve);
	bench_resume();
	map();
	(void)*(volatile char *)place;
	(void)memory_object_destroy(control, KERN_FAILURE);
	bench_pause();
	end_object();
	bench_resume();
}

const struct bench_row bench_pager_rows[] = {
    {"pager: map, init, a page, destroy", 20, 0, init_destroy, NULL, NULL, 0},
    {"pager: data_request, supply", 5, 0, supply, NULL, NULL, PAGES - 1},
    {"pager: data_request, unavailable", 5, 0, unavailable, NULL, NULL,
	PAGES - 1},
    {"pager: data_unlock, a page", 5, 0, unlock, NULL, NULL, PAGES - 1},
    {"pager: msync, data_return, a page", 5, 0, give_back, NULL, NULL, PAGES},
    {NULL, 0, 0, NULL, NULL, NULL, 0},
};
