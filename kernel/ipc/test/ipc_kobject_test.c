/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Kernel objects' ports: dispatch, who owns what a request carried, death,
 * no-senders; and the kernel as a client: sends and RPCs of its own; the traps
 * for mach_port routines.
 */
#include <mach/mig_stub.h>

#include <kern/traps.h>

#include "../../arch/host/user.h"
#include "ipc_host.h"

#define SPACE (current_task()->space)
#define BASE  9000

/* The calls the object understands. */
enum {
	CALL_ADD = BASE, /* adds two words */
	CALL_FAIL,       /* fails; does not take its right */
	CALL_TAKE,       /* takes the right, no reply */
	CALL_GIVE,       /* replies with a send right to its port */
	CALL_SKIPPED,
	CALL_FILL, /* sends to the reply port first */
	CALL_KILL, /* destroys its port and the reply port */
	CALL_END,
};

#pragma pack(push, 4)
struct call {
	mach_msg_header_t header;
	NDR_record_t ndr;
	uint32_t a, b;
};

struct sum {
	mig_reply_error_t error;
	uint32_t sum;
};

struct right {
	mach_msg_header_t header;
	mach_msg_body_t body;
	mach_msg_port_descriptor_t right;
};
#pragma pack(pop)

static int object;
static struct ipc_port *port;
static mach_port_t taken;

static void
call_add(mach_msg_header_t *request, mach_msg_header_t *reply)
{
	const struct call *call = (void *)request;
	struct sum *sum = (void *)reply;

	mig_fail(reply, KERN_SUCCESS);
	sum->sum = call->a + call->b;
	reply->msgh_size = sizeof(*sum);
}

static void
call_fail(mach_msg_header_t *request, mach_msg_header_t *reply)
{
	(void)request;
	mig_fail(reply, KERN_FAILURE);
}

static void
call_take(mach_msg_header_t *request, mach_msg_header_t *reply)
{
	taken = ((struct right *)request)->right.name;
	mig_fail(reply, MIG_NO_REPLY);
}

static void
call_give(mach_msg_header_t *request, mach_msg_header_t *reply)
{
	struct right *give = (void *)reply;

	(void)request;
	reply->msgh_bits |= MACH_MSGH_BITS_COMPLEX;
	reply->msgh_size = sizeof(*give);
	give->body.msgh_descriptor_count = 1;
	give->right =
	    (mach_msg_port_descriptor_t){.name = ipc_port_to_handle(port),
		.disposition = MACH_MSG_TYPE_MAKE_SEND,
		.type = MACH_MSG_PORT_DESCRIPTOR};
}

static mach_port_name_t name, reply;

static void
call_fill(mach_msg_header_t *request, mach_msg_header_t *message)
{
	(void)request;
	(void)host_send(reply, MACH_MSG_TYPE_MAKE_SEND, 5);
	mig_fail(message, KERN_SUCCESS);
}

static void
call_kill(mach_msg_header_t *request, mach_msg_header_t *message)
{
	(void)request;
	(void)mach_port_destroy(SPACE, reply);
	ipc_kobject_destroy(port);
	mig_fail(message, KERN_SUCCESS);
}

static const struct mig_routine_info routines[] = {
    {call_add, 40, 40},
    {call_fail, 36, 36},
    {call_take, 40, 36},
    {call_give, 24, 40},
    {NULL, 0, 0},
    {call_fill, 24, 36},
    {call_kill, 24, 36},
};

static const struct mig_subsystem test_subsystem = {
    .first = BASE,
    .end = CALL_END,
    .max_request = 40,
    .max_reply = 40,
    .routines = routines,
};
IPC_KOBJECT_SUBSYSTEM(test);

/* With it a call goes the general way. */
static mach_msg_option_t general;

static void
set_up(void)
{
	port = ipc_kobject_alloc(IKOT_DEVICE, &object);
	name = ipc_port_copyout_send(ipc_port_make_send(port), SPACE);
	reply = host_port();
}

/* A call with `size` bytes at host_buffer; its reply is there. */
static mach_msg_return_t
call(mach_msg_id_t id, mach_msg_size_t size, mach_msg_bits_t complex)
{
	mach_msg_header_t *header = host_buffer;

	header->msgh_bits = complex | MACH_MSGH_BITS(MACH_MSG_TYPE_COPY_SEND,
					  MACH_MSG_TYPE_MAKE_SEND_ONCE);
	header->msgh_remote_port = name;
	header->msgh_local_port = reply;
	header->msgh_id = id;
	return host_msg(header, MACH_SEND_MSG | MACH_RCV_MSG | general, size,
	    4096, reply, 0);
}

static kern_return_t
result(void)
{
	return ((mig_reply_error_t *)host_buffer)->RetCode;
}

static void
test_calls(void)
{
	struct call *add = host_buffer;
	struct sum *sum = host_buffer;
	struct right *right = host_buffer;
	mach_port_name_t own = host_port();

	set_up();
	ok(ipc_kobject_get(port, IKOT_DEVICE) == &object, "the object");
	ok(ipc_kobject_get(port, IKOT_TASK) == NULL, "of that type only");
	add->a = 20;
	add->b = 22;
	is_int(call(CALL_ADD, sizeof(*add), 0), MACH_MSG_SUCCESS, "a call");
	ok(sum->error.RetCode == 0 && sum->sum == 42 &&
		sum->error.Head.msgh_id == CALL_ADD + 100,
	    "its reply");
	is_int(call(CALL_SKIPPED, 24, 0), MACH_MSG_SUCCESS, "a skipped id");
	is_int(result(), MIG_BAD_ID, "is not there");
	is_int(call(CALL_END, 24, 0), MACH_MSG_SUCCESS, "an unknown id");
	is_int(result(), MIG_BAD_ID, "is not there");
	is_int(call(-1, 24, 0), MACH_MSG_SUCCESS, "a negative one");
	is_int(result(), MIG_BAD_ID, "neither");

	(void)host_give_send(own, current_task());
	right->body.msgh_descriptor_count = 1;
	right->right = (mach_msg_port_descriptor_t){.name = own,
	    .disposition = MACH_MSG_TYPE_MOVE_SEND,
	    .type = MACH_MSG_PORT_DESCRIPTOR};
	(void)host_request(own, 70, 0, reply);
	is_int(call(CALL_FAIL, sizeof(*right), MACH_MSGH_BITS_COMPLEX),
	    MACH_MSG_SUCCESS, "a call that fails");
	is_int(result(), KERN_FAILURE, "says so");
	is_int(host_receive(reply), 70, "its right is released: no senders");

	(void)host_give_send(own, current_task());
	right->body.msgh_descriptor_count = 1;
	right->right = (mach_msg_port_descriptor_t){.name = own,
	    .disposition = MACH_MSG_TYPE_MOVE_SEND,
	    .type = MACH_MSG_PORT_DESCRIPTOR};
	is_int(call(CALL_TAKE, sizeof(*right), MACH_MSGH_BITS_COMPLEX),
	    MACH_MSG_SUCCESS, "a call without a reply");
	is_int(((mach_msg_header_t *)host_buffer)->msgh_id, 71,
	    "the reply right is dropped");
	ok(MACH_PORT_VALID(taken), "the object has the right it took");
	ipc_port_release_send(ipc_port_from_handle(taken));

	is_int(call(CALL_GIVE, 24, 0), MACH_MSG_SUCCESS, "a right in a reply");
	is_int(right->right.name, name, "is known here");
	is_int(host_refs(name, MACH_PORT_RIGHT_SEND), 2, "once more");

	is_int(call(CALL_FILL, 24, 0), MACH_MSG_SUCCESS, "not the first there");
	is_int(((mach_msg_header_t *)host_buffer)->msgh_id, 5, "the first");
	is_int(host_receive(reply), CALL_FILL + 100, "then the reply");
	is_int(call(CALL_KILL, 24, 0), MACH_RCV_INVALID_NAME,
	    "a call that ends both ports");
	reply = host_port();
	is_int(call(CALL_ADD, 40, 0), MACH_SEND_INVALID_DEST, "it is gone");
	is_int(host_type(name), MACH_PORT_TYPE_DEAD_NAME, "a dead name");
}

static void
test_general_calls(void)
{
	general = MACH_RCV_TIMEOUT;
	test_calls();
	general = 0;
}

/* What is asked for of the reply, and where it is to go. */
static void
test_call_receive(void)
{
	mach_msg_header_t *header = host_buffer;
	const mach_msg_max_trailer_t *trailer;
	mach_msg_option_t option =
	    MACH_SEND_MSG | MACH_RCV_MSG |
	    MACH_RCV_TRAILER_ELEMENTS(MACH_RCV_TRAILER_SENDER);

	set_up();
	*header = (mach_msg_header_t){
	    .msgh_bits = MACH_MSGH_BITS(
		MACH_MSG_TYPE_COPY_SEND, MACH_MSG_TYPE_MAKE_SEND_ONCE),
	    .msgh_remote_port = name,
	    .msgh_local_port = reply,
	    .msgh_id = CALL_FAIL};
	is_int(host_msg(header, option, 24, 56, reply, 0), MACH_MSG_SUCCESS,
	    "just enough room");
	trailer = (void *)((char *)header + header->msgh_size);
	ok(trailer->msgh_sender.val[0] == 0 && trailer->msgh_trailer_size == 20,
	    "the kernel is the sender");
	header->msgh_bits = MACH_MSGH_BITS(
	    MACH_MSG_TYPE_COPY_SEND, MACH_MSG_TYPE_MAKE_SEND_ONCE);
	header->msgh_remote_port = name;
	header->msgh_local_port = reply;
	header->msgh_id = CALL_FAIL;
	is_int(host_msg(header, option, 24, 52, reply, 0), MACH_RCV_TOO_LARGE,
	    "too little");
	ipc_kobject_destroy(port);
}

static struct ipc_port *orphan;

static void
no_senders(struct ipc_port *which, void *what)
{
	if (what == &object)
		orphan = which;
	ipc_kobject_destroy(which);
}

static void
test_no_senders(void)
{
	set_up();
	ipc_kobject_on_no_senders(IKOT_DEVICE, no_senders);
	(void)mach_port_deallocate(SPACE, name);
	ok(orphan == port, "told, and may destroy it");
	ipc_kobject_on_no_senders(IKOT_DEVICE, NULL);
}

static mach_msg_return_t rpc_result;
static struct sum rpc_sum;
static struct ipc_port *server_port;

static void
kernel_client(void *argument)
{
	union {
		struct call call;
		struct sum sum;
	} message = {.call = {.a = 3, .b = 4}};

	(void)argument;
	message.call.header = (mach_msg_header_t){
	    .msgh_bits = MACH_MSGH_BITS(
		MACH_MSG_TYPE_COPY_SEND, MACH_MSG_TYPE_MAKE_SEND_ONCE),
	    .msgh_remote_port = ipc_port_to_handle(server_port),
	    .msgh_id = 77};
	rpc_result = mach_msg_rpc_from_kernel(
	    &message.call.header, sizeof(message.call), sizeof(message));
	rpc_sum = message.sum;
}

static void
test_rpc(void)
{
	mach_port_name_t service = host_port();
	mach_port_name_t client = host_port();
	struct sum *sum = host_buffer;
	struct host_thread *thread;

	(void)host_give_send(service, current_task());
	(void)ipc_port_copyin_send(SPACE, service, &server_port);
	rpc_result = -1;
	thread = host_spawn(current_task(), kernel_client, NULL);
	host_run();
	is_int(host_receive(service), 77, "the kernel's request");
	client = sum->error.Head.msgh_remote_port;
	is_int(host_type(client), MACH_PORT_TYPE_SEND_ONCE, "and reply right");
	*sum = (struct sum){
	    .error = {.Head = {.msgh_bits = MACH_MSG_TYPE_MOVE_SEND_ONCE,
			  .msgh_remote_port = client,
			  .msgh_id = 177}},
	    .sum = 7};
	is_int(host_msg(sum, MACH_SEND_MSG, sizeof(*sum), 0, 0, 0),
	    MACH_MSG_SUCCESS, "a reply");
	host_run();
	is_int(rpc_result, MACH_MSG_SUCCESS, "reaches it");
	ok(rpc_sum.sum == 7 && rpc_sum.error.Head.msgh_remote_port == 0,
	    "whole");
	host_join(thread);

	thread = host_spawn(current_task(), kernel_client, NULL);
	host_run();
	host_abort(thread);
	is_int(rpc_result, MACH_RCV_INTERRUPTED, "interrupted");
	host_join(thread);
	is_int(host_receive(service), 77, "its request stands");
	is_int(sum->error.Head.msgh_remote_port, MACH_PORT_DEAD,
	    "but nobody wants the reply");

	thread = host_spawn(current_task(), kernel_client, NULL);
	host_run();
	(void)mach_port_mod_refs(SPACE, service, MACH_PORT_RIGHT_RECEIVE, -1);
	ipc_reap();
	host_run();
	is_int(rpc_result, MACH_MSG_SUCCESS, "the server dies");
	is_int(rpc_sum.error.Head.msgh_id, 71, "and that is the answer");
	host_join(thread);
	ipc_port_release_send(server_port);
}

static void
test_send_from_kernel(void)
{
	mach_port_name_t service = host_port();
	mach_msg_header_t header;
	mach_port_t handle;
	mach_msg_type_name_t type;

	(void)mach_port_extract_right(
	    SPACE, service, MACH_MSG_TYPE_MAKE_SEND, &handle, &type);
	for (int i = 0; i < 9; i++) {
		header =
		    (mach_msg_header_t){.msgh_bits = MACH_MSG_TYPE_COPY_SEND,
			.msgh_remote_port = handle,
			.msgh_id = i};
		is_int(mach_msg_send_from_kernel(&header, sizeof(header)),
		    MACH_MSG_SUCCESS, "the kernel does not wait");
	}
	for (int i = 0; i < 9; i++)
		is_int(host_receive(service), i, "for any queue");
	header = (mach_msg_header_t){
	    .msgh_bits = MACH_MSG_TYPE_MOVE_SEND, .msgh_remote_port = handle};
	host_fail_allocation(1);
	is_int(mach_msg_send_from_kernel(&header, sizeof(header)),
	    MACH_SEND_NO_BUFFER, "no memory: its right is released");
	host_fail_allocation(0);
}

/* The port of a server's object, from its making to its end. */
static void
test_object(mach_port_name_t me)
{
	mach_port_name_t *out = host_buffer;
	mach_port_name_t set;
	mach_port_name_t made;
	uint32_t names;

	(void)mach_port_allocate(SPACE, MACH_PORT_RIGHT_PORT_SET, &set);
	names = SPACE->names;
	is_int(trap_syscall_mach_port_construct(me, me, (uintptr_t)out),
	    KERN_INVALID_RIGHT, "construct in what is no set");
	is_int(trap_syscall_mach_port_construct(me, set, 0x40),
	    KERN_INVALID_ADDRESS, "nowhere to say it");
	is_int(SPACE->names, names, "nothing is left");
	is_int(trap_syscall_mach_port_construct(me, set, (uintptr_t)out),
	    KERN_SUCCESS, "construct");
	made = *out;
	is_int(trap_syscall_mach_port_make_send(me, set), KERN_INVALID_RIGHT,
	    "a set has no senders");
	is_int(trap_syscall_mach_port_make_send(me, made), KERN_SUCCESS,
	    "a sender");
	is_int(host_type(made), MACH_PORT_TYPE_RECEIVE | MACH_PORT_TYPE_SEND,
	    "under its name");
	is_int(trap_syscall_mach_port_destruct(me, made, 1), KERN_FAILURE,
	    "not while it is there");
	while (host_receive(set) == MACH_NOTIFY_SEND_ONCE)
		continue;
	(void)mach_port_deallocate(SPACE, made);
	is_int(host_receive(set), MACH_NOTIFY_NO_SENDERS, "it is told");
	(void)trap_syscall_mach_port_make_send(me, made);
	(void)mach_port_deallocate(SPACE, made);
	is_int(trap_syscall_mach_port_destruct(me, made, 1), KERN_FAILURE,
	    "not if there was another since");
	is_int(host_receive(set), MACH_NOTIFY_NO_SENDERS, "told again");
	is_int(trap_syscall_mach_port_destruct(me, made, 2), KERN_SUCCESS,
	    "then it goes");
	is_int(trap_syscall_mach_port_destruct(me, made, 2), KERN_INVALID_RIGHT,
	    "once");
	is_int(SPACE->names, names, "nothing is left");
	(void)mach_port_destroy(SPACE, set);
}

static void
test_give_send(void)
{
	struct ipc_port *self = ipc_kobject_alloc(IKOT_TASK, current_task());
	mach_port_name_t first = ipc_port_give_send(self, SPACE);
	struct ipc_entry *entry = ipc_entry_lookup(SPACE, first);

	is_int(host_refs(first, MACH_PORT_RIGHT_SEND), 1, "a name");
	is_int(ipc_port_give_send(self, SPACE), first, "the same again");
	is_int(host_refs(first, MACH_PORT_RIGHT_SEND), 2, "once more");
	is_int(self->srights, 1, "one right of the port");
	is_int(self->mscount, 2, "made twice");
	entry->urefs = MACH_PORT_UREFS_MAX;
	is_int(ipc_port_give_send(self, SPACE), first, "once too often");
	is_int(entry->urefs, MACH_PORT_UREFS_MAX, "is not counted");
	is_int(self->srights, 1, "nothing is left of it");
	entry->urefs = 1;
	ipc_port_reference(self);
	ipc_kobject_destroy(self);
	is_int(ipc_port_give_send(self, SPACE), MACH_PORT_NULL, "a dead port");
	ipc_port_release(self);
	(void)mach_port_deallocate(SPACE, first);
}

static void
test_traps(void)
{
	struct task *task = current_task();
	struct ipc_port *self = ipc_kobject_alloc(IKOT_TASK, task);
	mach_port_name_t me =
	    ipc_port_copyout_send(ipc_port_make_send(self), SPACE);
	mach_port_name_t *out = host_buffer;
	uint32_t names;

	is_int(trap_syscall_mach_port_allocate(
		   me, MACH_PORT_RIGHT_RECEIVE, (uintptr_t)out),
	    KERN_SUCCESS, "allocate by trap");
	is_int(host_type(*out), MACH_PORT_TYPE_RECEIVE, "a port");
	is_int(trap_syscall_mach_port_allocate(
		   *out, MACH_PORT_RIGHT_RECEIVE, (uintptr_t)out),
	    KERN_INVALID_TASK, "of a task, not any port");
	names = SPACE->names;
	is_int(
	    trap_syscall_mach_port_allocate(me, MACH_PORT_RIGHT_RECEIVE, 0x40),
	    KERN_INVALID_ADDRESS, "nowhere to say it");
	is_int(SPACE->names, names, "nothing is left");
	is_int(trap_syscall_mach_port_deallocate(me, *out), KERN_INVALID_RIGHT,
	    "deallocate by trap");
	is_int(trap_syscall_mach_port_deallocate(*out, me), KERN_INVALID_TASK,
	    "of a task");
	test_object(me);
	ipc_kobject_destroy(self);
	is_int(trap_syscall_mach_port_deallocate(me, *out), KERN_INVALID_TASK,
	    "a task that lives");
}

static void
run(void (*test)(void), const char *what)
{
	struct task *home = current_task();
	size_t before = host_in_use();
	struct task *task = host_task();

	host_enter(task);
	test();
	host_enter(home);
	host_task_end(task);
	is_int(host_in_use(), before, what);
}

int
main(void)
{
	host_init();
	run(test_calls, "calls: nothing leaks");
	run(test_general_calls, "general calls: nothing leaks");
	run(test_call_receive, "replies: nothing leaks");
	run(test_no_senders, "no senders: nothing leaks");
	run(test_rpc, "kernel RPC: nothing leaks");
	run(test_send_from_kernel, "kernel sends: nothing leaks");
	run(test_give_send, "names of kernel ports: nothing leaks");
	run(test_traps, "traps: nothing leaks");
	return test_done();
}
