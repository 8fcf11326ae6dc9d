/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Descriptors: ports, memory and arrays of ports, their errors, and each
 * allocation on the way failing in turn.
 */
#include "../../arch/host/user.h"
#include "ipc_host.h"

#define SPACE (current_task()->space)
#define POLL  (MACH_RCV_MSG | MACH_RCV_TIMEOUT)

#pragma pack(push, 4)
struct message {
	mach_msg_header_t header;
	mach_msg_body_t body;
	mach_msg_port_descriptor_t right;
	mach_msg_ool_descriptor_t memory;
	mach_msg_ool_ports_descriptor_t ports;
	uint32_t tail;
};
#pragma pack(pop)

static struct message *message;
static mach_port_name_t service, extra, first, second;
static char *text;
static mach_port_name_t *array;

/* Receive over a list: memory of the task's own for both. */
static bool over;
static char *own_text;
static mach_port_name_t *own_array;

/* Ports `first` and `second` with send rights, memory and an array of both. */
static void
set_up(void)
{
	service = host_port();
	extra = host_port();
	first = host_port();
	second = host_port();
	(void)host_give_send(first, current_task());
	(void)host_give_send(second, current_task());
	text = host_user_alloc(10000);
	strcpy(text + 5000, "far out");
	array = host_user_alloc(4096);
	own_text = host_user_alloc(10000);
	own_array = host_user_alloc(4096);
	array[0] = first;
	array[1] = MACH_PORT_NULL;
	array[2] = second;
}

static void
fill(void)
{
	*message = (struct message){
	    .header = {.msgh_bits = MACH_MSGH_BITS_COMPLEX |
				    MACH_MSGH_BITS(MACH_MSG_TYPE_MAKE_SEND,
					MACH_MSG_TYPE_MAKE_SEND_ONCE),
		.msgh_remote_port = service,
		.msgh_local_port = extra,
		.msgh_id = 1},
	    .body = {3},
	    .right = {.name = first,
		.disposition = MACH_MSG_TYPE_COPY_SEND,
		.type = MACH_MSG_PORT_DESCRIPTOR},
	    .memory = {.address = (uintptr_t)text,
		.size = 10000,
		.copy = MACH_MSG_VIRTUAL_COPY,
		.type = MACH_MSG_OOL_DESCRIPTOR},
	    .ports = {.address = (uintptr_t)array,
		.count = 3,
		.disposition = MACH_MSG_TYPE_COPY_SEND,
		.type = MACH_MSG_OOL_PORTS_DESCRIPTOR},
	    .tail = 0x7a11,
	};
}

static mach_msg_return_t
send(void)
{
	return host_msg(
	    message, MACH_SEND_MSG, sizeof(*message), 0, MACH_PORT_NULL, 0);
}

static mach_msg_return_t
receive(void)
{
	memset(message, 0, sizeof(*message));
	if (!over)
		return host_msg(message, POLL, 0, 4096, service, 0);
	message->memory =
	    (mach_msg_ool_descriptor_t){.address = (uintptr_t)own_text,
		.size = 10000,
		.copy = MACH_MSG_OVERWRITE,
		.type = MACH_MSG_OOL_DESCRIPTOR};
	message->ports =
	    (mach_msg_ool_ports_descriptor_t){.address = (uintptr_t)own_array,
		.count = 3,
		.copy = MACH_MSG_OVERWRITE,
		.type = MACH_MSG_OOL_PORTS_DESCRIPTOR};
	return host_msg(message, POLL | MACH_RCV_OVERWRITE,
	    offsetof(struct message, tail), 4096, service, 0);
}

static void
free_received(void)
{
	if (message->memory.size != 0 &&
	    message->memory.copy != MACH_MSG_OVERWRITE)
		host_user_free(message->memory.address, message->memory.size);
	if (message->ports.count != 0 &&
	    message->ports.copy != MACH_MSG_OVERWRITE)
		host_user_free(
		    message->ports.address, message->ports.count * 4);
}

static void
tear_down(void)
{
	host_user_free((uintptr_t)text, 10000);
	host_user_free((uintptr_t)array, 4096);
	host_user_free((uintptr_t)own_text, 10000);
	host_user_free((uintptr_t)own_array, 4096);
}

static void
test_all(void)
{
	const mach_port_name_t *names;

	set_up();
	fill();
	is_int(send(), MACH_MSG_SUCCESS, "one of each");
	is_int(receive(), MACH_MSG_SUCCESS, "arrives");
	is_int(message->right.name, first, "the right");
	is_int(message->right.disposition, MACH_MSG_TYPE_PORT_SEND,
	    "is a send right now");
	is_int(message->memory.size, 10000, "the memory");
	is_str((char *)message->memory.address + 5000, "far out", "in it");
	names = (const mach_port_name_t *)message->ports.address;
	ok(message->ports.count == 3 && names[0] == first && names[1] == 0 &&
		names[2] == second,
	    "the array");
	is_int(host_refs(first, MACH_PORT_RIGHT_SEND), 3, "came twice");
	is_int(message->tail, 0x7a11, "the rest");
	free_received();

	fill();
	message->memory.deallocate = 1;
	message->ports.deallocate = 1;
	is_int(send(), MACH_MSG_SUCCESS, "memory moved");
	ok(!host_user_valid((uintptr_t)text, 10000) &&
		!host_user_valid((uintptr_t)array, 12),
	    "is gone here");
	is_int(receive(), MACH_MSG_SUCCESS, "and there");
	text = (char *)message->memory.address;
	array = (mach_port_name_t *)message->ports.address;
	is_str(text + 5000, "far out", "with what was in it");

	fill();
	message->memory =
	    (mach_msg_ool_descriptor_t){.type = MACH_MSG_OOL_DESCRIPTOR};
	message->ports.count = 0;
	message->ports.address = 0x123;
	is_int(send(), MACH_MSG_SUCCESS, "empty ones");
	is_int(receive(), MACH_MSG_SUCCESS, "arrive");
	ok(message->memory.address == 0 && message->ports.address == 0,
	    "as nothing");
	tear_down();
}

/* The references of `first` and `second` that are left after an error. */
static void
refused(mach_msg_return_t want, const char *what)
{
	is_int(send(), want, what);
	is_int(receive(), MACH_RCV_TIMED_OUT, "nothing is sent");
	is_int(host_receive(extra), 71, "the reply right went with it");
	ok(host_refs(first, MACH_PORT_RIGHT_SEND) == 1 &&
		host_refs(second, MACH_PORT_RIGHT_SEND) == 1,
	    "copied rights are still here");
}

static void
test_errors(void)
{
	set_up();
	fill();
	message->body.msgh_descriptor_count = 4;
	message->tail = 0;
	refused(MACH_SEND_MSG_TOO_SMALL, "more descriptors than message");
	fill();
	message->body.msgh_descriptor_count = 0xffffffff;
	refused(MACH_SEND_MSG_TOO_SMALL, "very many descriptors");
	fill();
	message->ports.type = 3;
	refused(MACH_SEND_INVALID_TYPE, "unknown type");
	fill();
	message->right.disposition = 99;
	refused(MACH_SEND_INVALID_TYPE, "unknown disposition");
	fill();
	message->right.disposition = MACH_MSG_TYPE_MOVE_SEND_ONCE;
	refused(MACH_SEND_INVALID_RIGHT, "a right not there");
	fill();
	message->right.name = 0x55501;
	refused(MACH_SEND_INVALID_RIGHT, "a name not there");
	fill();
	message->memory.address = 0x4000;
	refused(MACH_SEND_INVALID_MEMORY, "memory not there");
	fill();
	message->memory.copy = MACH_MSG_OVERWRITE;
	refused(MACH_SEND_INVALID_TYPE, "a copy option of receivers");
	fill();
	message->ports.address = 0x4000;
	refused(MACH_SEND_INVALID_MEMORY, "an array not there");
	fill();
	message->ports.count = 0xffffffff;
	refused(MACH_SEND_NO_BUFFER, "an array too long");
	fill();
	message->ports.disposition = 0;
	refused(MACH_SEND_INVALID_TYPE, "an array of nothing");
	fill();
	array[2] = 0x55501;
	refused(MACH_SEND_INVALID_RIGHT, "the last name of an array");
	array[2] = second;
	fill();
	message->header.msgh_bits |= MACH_MSGH_BITS_COMPLEX;
	is_int(host_msg(message, MACH_SEND_MSG, 24, 0, 0, 0),
	    MACH_SEND_MSG_TOO_SMALL, "complex without a body");
	(void)host_receive(extra);
	tear_down();
}

/* Rights that the queue had no room for come back, all of them. */
static void
test_send_back(void)
{
	set_up();
	(void)mach_port_set_qlimit(SPACE, service, 1);
	(void)host_send(service, MACH_MSG_TYPE_MAKE_SEND, 0);
	fill();
	message->right.disposition = MACH_MSG_TYPE_MOVE_SEND;
	message->ports.disposition = MACH_MSG_TYPE_MAKE_SEND_ONCE;
	is_int(host_msg(message, MACH_SEND_MSG | MACH_SEND_TIMEOUT,
		   sizeof(*message), 0, 0, 0),
	    MACH_SEND_TIMED_OUT, "no room");
	is_int(message->header.msgh_remote_port, service, "to where it was");
	is_int(MACH_MSGH_BITS_REMOTE(message->header.msgh_bits),
	    MACH_MSG_TYPE_MOVE_SEND, "as a move, so it can be sent again");
	is_int(host_refs(first, MACH_PORT_RIGHT_SEND), 1, "moved right back");
	is_str((char *)message->memory.address + 5000, "far out", "memory");
	is_int(host_receive(service), 0, "room");
	tear_down();
}

static mach_msg_return_t shortages; /* MACH_MSG_MASK bits there were */

/* Send, receive, end: with the n-th allocation failing. */
static bool
one_try(unsigned n)
{
	struct task *home = current_task();
	size_t before = host_in_use();
	size_t user_before = host_user_in_use();
	mach_msg_return_t mr;
	bool failed;
	struct task *task = host_task();

	host_enter(task);
	set_up();
	(void)host_request(first, 72, 0, second);
	fill();
	host_fail_allocation(n);
	mr = send();
	if (mr == MACH_MSG_SUCCESS) {
		mr = receive();
		if (mr == MACH_MSG_SUCCESS ||
		    (mr & ~MACH_MSG_MASK) == MACH_RCV_BODY_ERROR)
			free_received();
	}
	if ((mr & ~MACH_MSG_MASK) == MACH_RCV_BODY_ERROR)
		shortages |= mr & MACH_MSG_MASK;
	failed = host_failed();
	host_fail_allocation(0);
	tear_down();
	host_enter(home);
	host_task_end(task);
	if (failed)
		ok(mr != MACH_MSG_SUCCESS, "no memory is an error");
	is_int(host_in_use(), before, "and leaks nothing");
	is_int(host_user_in_use(), user_before, "of the user's either");
	return failed;
}

static void
test_no_memory(void)
{
	unsigned n = 1;

	while (one_try(n))
		n++;
	ok(n > 4, "several allocations were made to fail");
}

/* Whatever fails, the list's memory is the task's. */
static void
test_over(void)
{
	over = true;
	set_up();
	fill();
	is_int(send(), MACH_MSG_SUCCESS, "one of each");
	is_int(receive(), MACH_MSG_SUCCESS, "received over a list");
	is_str(own_text + 5000, "far out", "memory where it was wanted");
	is_int(message->memory.copy, MACH_MSG_OVERWRITE, "it says so");
	is_int(own_array[2], second, "and the names");
	own_text[0] = 1;
	fill();
	is_int(send(), MACH_MSG_SUCCESS, "another");
	own_array += 4096 / sizeof(*own_array);
	is_int(receive(), MACH_RCV_BODY_ERROR | MACH_MSG_VM_SPACE,
	    "nowhere to put names");
	own_array -= 4096 / sizeof(*own_array);
	is_int(message->ports.count, 0, "they are lost");
	is_int(own_text[0], 0, "memory is not");
	tear_down();
}

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
	message = host_buffer;
	run(test_all, "descriptors: nothing leaks");
	run(test_errors, "errors: nothing leaks");
	run(test_send_back, "send back: nothing leaks");
	test_no_memory();
	is_int(shortages, MACH_MSG_VM_KERNEL,
	    "among them the kernel's memory for memory");
	run(test_over, "over a list: nothing leaks");
	test_no_memory();
	return test_done();
}
