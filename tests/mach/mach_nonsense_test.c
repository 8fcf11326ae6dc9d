/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Calls of the kernel with arguments nobody means, on a task and a thread made
 * for it and on the host: numbers at the edges, ports of any kind, memory and
 * arrays of any size. The kernel answers each of them, keeps nothing of the
 * caller's, and works as before. The numbers are the same in every run.
 */
#include <mach/mig_errors.h>
#include <mach/thread_act_user.h>

#include "space.h"

#define ROUNDS    60
#define CALLS     1000
#define WORDS     20U
#define MOST      3U   /* descriptors */
#define TASK_TASK 3400 /* task_create */
#define VM_COPY   3808

/* How a request is built; those that were understood are used again. */
struct shape {
	unsigned words;
	unsigned descriptors;
	unsigned types[MOST];
};
#define IDS 4000
static struct shape shapes[IDS];
static bool understood[IDS];

static mach_port_t victim;
static mach_port_t thread;
static mach_port_t host;
static mach_port_t reply;
static vm_address_t memory;
static unsigned seed = 20240;

static union {
	mach_msg_header_t header;
	mach_msg_base_t base;
	mig_reply_error_t error;
	struct {
		mach_msg_base_t base;
		mach_msg_port_descriptor_t port;
	} made;
	char bytes[8192];
} message;

static unsigned
roll(unsigned sides)
{
	seed = seed * 1103515245U + 12345U;
	return (seed >> 8) % sides;
}

static natural_t
some_word(void)
{
	static const natural_t edges[] = {0, 0, 0, 1, 1, 2, 3, 4, 5, 8, 16, 17,
	    64, 100, 0xfff, 0x1000, 0x1001, 0x10000, 0x7fffffff, 0x80000000U,
	    0xfffff000U, ~0U, 0x2001, 0x101, 0x40000000};

	if (roll(4) == 0)
		return roll(1000);
	return edges[roll(sizeof(edges) / sizeof(edges[0]))];
}

static mach_port_t
some_port(void)
{
	const mach_port_t ports[] = {MACH_PORT_NULL, MACH_PORT_DEAD, victim,
	    thread, host, MACH_PORT_NULL};

	return ports[roll(sizeof(ports) / sizeof(ports[0]))];
}

/* Not vm_copy: it uses as much memory as it is told to, until there is none. */
static mach_msg_id_t
some_id(void)
{
	static const mach_msg_id_t first[] = {
	    200, 400, 2000, 3200, 3200, 3400, 3600, 3800, 3800};

	mach_msg_id_t id = first[roll(sizeof(first) / sizeof(first[0]))] +
			   (mach_msg_id_t)roll(40);

	return id == VM_COPY ? id + 1 : id;
}

/* A descriptor, at `d`; what is behind it. */
static char *
put_descriptor(char *d, unsigned type)
{
	mach_msg_ool_descriptor_t ool = {
	    .address = memory,
	    .type = MACH_MSG_OOL_DESCRIPTOR,
	    .size = roll(3) == 0 ? 0 : roll(9000),
	};
	mach_msg_ool_ports_descriptor_t array = {
	    .address = memory,
	    .disposition = MACH_MSG_TYPE_COPY_SEND,
	    .type = MACH_MSG_OOL_PORTS_DESCRIPTOR,
	    .count = roll(3) == 0 ? 0 : roll(600),
	};
	mach_msg_port_descriptor_t port = {
	    .name = some_port(), .disposition = MACH_MSG_TYPE_COPY_SEND};

	if (type == MACH_MSG_OOL_DESCRIPTOR) {
		memcpy(d, &ool, sizeof(ool));
		return d + sizeof(ool);
	}
	if (type == MACH_MSG_OOL_PORTS_DESCRIPTOR) {
		memcpy(d, &array, sizeof(array));
		return d + sizeof(array);
	}
	memcpy(d, &port, sizeof(port));
	return d + sizeof(port);
}

static struct shape
some_shape(mach_msg_id_t id)
{
	struct shape shape = {
	    .words = roll(WORDS),
	    .descriptors = roll(2) == 0 ? 0 : roll(MOST + 1),
	};

	if (understood[id] && roll(8) != 0)
		return shapes[id];
	for (unsigned i = 0; i < shape.descriptors; i++)
		shape.types[i] = roll(2) == 0 ? 0 : roll(3);
	return shape;
}

/* A request of this id; its size. */
static mach_msg_size_t
make(mach_msg_id_t id, mach_port_t object, const struct shape *shape)
{
	char *next = message.bytes + sizeof(message.header);

	message.header = (mach_msg_header_t){
	    .msgh_bits = MACH_MSGH_BITS(
		MACH_MSG_TYPE_COPY_SEND, MACH_MSG_TYPE_MAKE_SEND_ONCE),
	    .msgh_remote_port = object,
	    .msgh_local_port = reply,
	    .msgh_id = id,
	};
	if (shape->descriptors != 0) {
		message.header.msgh_bits |= MACH_MSGH_BITS_COMPLEX;
		message.base.body.msgh_descriptor_count = shape->descriptors;
		next += sizeof(message.base.body);
		for (unsigned i = 0; i < shape->descriptors; i++)
			next = put_descriptor(next, shape->types[i]);
	}
	memcpy(next, &NDR_record, sizeof(NDR_record));
	next += sizeof(NDR_record);
	for (unsigned i = shape->words; i > 0; i--) {
		natural_t word = some_word();

		memcpy(next, &word, sizeof(word));
		next += sizeof(word);
	}
	return (mach_msg_size_t)(next - message.bytes);
}

static bool
make_victims(void)
{
	return task_create(self, FALSE, &victim) == KERN_SUCCESS &&
	       thread_create(victim, &thread) == KERN_SUCCESS;
}

static void
end_victims(void)
{
	(void)task_terminate(victim);
	(void)mach_port_deallocate(self, victim);
	(void)mach_port_deallocate(self, thread);
}

/* One call is answered; what the answer brings is given up. */
static bool
call(void)
{
	const mach_port_t objects[] = {victim, victim, thread, host};
	mach_msg_id_t id = some_id();
	struct shape shape = some_shape(id);
	mach_msg_size_t size = make(
	    id, objects[roll(sizeof(objects) / sizeof(objects[0]))], &shape);
	mach_msg_return_t code = mach_msg(&message.header,
	    MACH_SEND_MSG | MACH_RCV_MSG | MACH_RCV_TIMEOUT, size,
	    sizeof(message), reply, 2000, MACH_PORT_NULL);

	if (code == MACH_SEND_INVALID_DEST) { /* it has been ended */
		end_victims();
		return make_victims();
	}
	if (code != MACH_MSG_SUCCESS) {
		printf("# id %d: %x\n", id, (unsigned)code);
		return false;
	}
	if ((message.header.msgh_bits & MACH_MSGH_BITS_COMPLEX) ||
	    (message.error.RetCode != MIG_BAD_ARGUMENTS &&
		message.error.RetCode != MIG_BAD_ID)) {
		shapes[id] = shape;
		understood[id] = true;
	}
	/* A child of the task's would outlive it. */
	if (id == TASK_TASK && message.error.RetCode == KERN_SUCCESS &&
	    (message.header.msgh_bits & MACH_MSGH_BITS_COMPLEX))
		(void)task_terminate(message.made.port.name);
	mach_msg_destroy(&message.header);
	return true;
}

static void
test_round(void)
{
	unsigned answered = 0;

	ok(make_victims(), "a task and its thread");
	for (unsigned i = 0; i < CALLS; i++)
		answered += call();
	is_int(answered, CALLS, "each call is answered");
	end_victims();
}

int
main(void)
{
	unsigned known = 0;
	vm_size_t used;
	int names;

	self = mach_task_self();
	reply = space_allocate(RECEIVE);
	host = mach_host_self();
	(void)syscall_vm_allocate(self, &memory, 0x4000, TRUE);
	test_round();
	names = space_names();
	used = space_memory();
	for (unsigned i = 1; i < ROUNDS; i++)
		test_round();
	for (unsigned i = 0; i < IDS; i++)
		known += understood[i];
	ok(known > 60, "most routines were called");
	is_int(space_names(), names, "no name is left");
	is_int(space_memory(), used, "no memory is left");
	return test_done();
}
