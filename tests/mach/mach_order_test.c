/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The order of effects of mach_msg: of a message with several things wrong the
 * first is told, in this order whatever else is wrong, and what came before it
 * has happened, what comes behind has not. A receive follows a send that was
 * one, and no other.
 */
#include "body.h"

/* What may be wrong, first things first. */
enum wrong {
	NOTIFY, /* nobody to be told */
	LENGTH, /* less than a header */
	BITS,   /* of nobody's */
	DEST,
	REPLY,
	TYPE,   /* of the last descriptor */
	RIGHT,  /* of the first */
	MEMORY, /* of the second */
	FULL,   /* the queue */
	SOURCE, /* no right to receive */
	WRONG_COUNT,
};

static const mach_msg_return_t codes[WRONG_COUNT] = {
    [NOTIFY] = MACH_SEND_INVALID_NOTIFY,
    [LENGTH] = MACH_SEND_MSG_TOO_SMALL,
    [BITS] = MACH_SEND_INVALID_HEADER,
    [DEST] = MACH_SEND_INVALID_DEST,
    [REPLY] = MACH_SEND_INVALID_REPLY,
    [TYPE] = MACH_SEND_INVALID_TYPE,
    [RIGHT] = MACH_SEND_INVALID_RIGHT,
    [MEMORY] = MACH_SEND_INVALID_MEMORY,
    [FULL] = MACH_SEND_TIMED_OUT,
    [SOURCE] = MACH_RCV_INVALID_NAME,
};

struct call {
	mach_msg_header_t header;
	mach_msg_body_t body;
	mach_msg_port_descriptor_t port;
	mach_msg_ool_descriptor_t memory;
	mach_msg_port_descriptor_t last;
};

static mach_port_t answer; /* where replies go */
static mach_port_t source; /* where a message waits */
static mach_port_t moved;  /* a right in the header, and two in the body */
static vm_address_t data;
static struct call call;

static bool
is_wrong(unsigned set, enum wrong what)
{
	return (set & 1U << what) != 0;
}

static void
make_call(unsigned set)
{
	call = (struct call){
	    .header = {.msgh_bits = MACH_MSGH_BITS_COMPLEX |
				    MACH_MSGH_BITS(MAKE_SEND, MAKE_SEND_ONCE),
		.msgh_remote_port = is_wrong(set, DEST) ? NOBODY : queue,
		.msgh_local_port = is_wrong(set, REPLY) ? NOBODY : answer},
	    .body = {3},
	    .port = {.name = is_wrong(set, RIGHT) ? NOBODY : moved,
		.disposition = MOVE_SEND},
	    .memory = {.address = is_wrong(set, MEMORY) ? 8 : data,
		.size = PAGE,
		.copy = MACH_MSG_VIRTUAL_COPY,
		.type = MACH_MSG_OOL_DESCRIPTOR},
	    .last = {.name = moved,
		.disposition = MOVE_SEND,
		.type = is_wrong(set, TYPE) ? 99 : MACH_MSG_PORT_DESCRIPTOR},
	};
	if (is_wrong(set, BITS))
		call.header.msgh_bits |= 0x00010000U;
}

static mach_msg_return_t
made_call(unsigned set)
{
	union {
		struct call call;
		struct message room;
	} buffer = {.call = call};
	mach_msg_return_t code = mach_msg(&buffer.call.header,
	    MACH_SEND_MSG | MACH_SEND_TIMEOUT | MACH_RCV_MSG |
		MACH_RCV_TIMEOUT |
		(is_wrong(set, NOTIFY) ? MACH_SEND_NOTIFY : 0),
	    is_wrong(set, LENGTH) ? 20 : sizeof(call), sizeof(buffer),
	    is_wrong(set, SOURCE) ? NOBODY : source, 0,
	    is_wrong(set, NOTIFY) ? NOBODY : MACH_PORT_NULL);

	if (code == MACH_SEND_TIMED_OUT) {
		/* It is given back, rights as moves, and memory. */
		(void)mach_port_deallocate(
		    self, buffer.call.header.msgh_remote_port);
		(void)mach_port_deallocate(
		    self, buffer.call.header.msgh_local_port);
		(void)vm_deallocate(
		    self, (vm_address_t)buffer.call.memory.address, PAGE);
	}
	return code;
}

/* How many references to what the body moves are left, of two. */
static mach_port_urefs_t
left_by(enum wrong first)
{
	switch (first) {
	case MEMORY:
		return 1;
	case SOURCE:
	case WRONG_COUNT:
		return 0;
	case NOTIFY:
	case LENGTH:
	case BITS:
	case DEST:
	case REPLY:
	case TYPE:
	case RIGHT:
	case FULL:
	default:
		return 2;
	}
}

static bool
drained(mach_port_t name)
{
	bool any = false;

	while (space_receive(&message.header, sizeof(message), name) ==
	       MACH_MSG_SUCCESS) {
		any = true;
		if (message.header.msgh_bits & MACH_MSGH_BITS_COMPLEX)
			(void)vm_deallocate(self,
			    (vm_address_t)((struct call *)(void *)&message)
				->memory.address,
			    PAGE);
		(void)mach_port_deallocate(
		    self, message.header.msgh_remote_port);
	}
	return any;
}

static mach_msg_return_t
sent_simple(mach_port_t name)
{
	mach_msg_header_t header = {
	    .msgh_bits = MACH_MSGH_BITS(MAKE_SEND, 0),
	    .msgh_remote_port = name,
	};

	return space_send(&header, sizeof(header));
}

/* What is wrong first of a set; WRONG_COUNT: nothing. */
static enum wrong
first_of(unsigned set)
{
	unsigned i = 0;

	while (i < WRONG_COUNT && !is_wrong(set, (enum wrong)i))
		i++;
	return (enum wrong)i;
}

static const char *
told(unsigned set, const char *what)
{
	static char text[64];

	snprintf(text, sizeof(text), "of %#x: %s", set, what);
	return text;
}

static void
test_set(unsigned set)
{
	enum wrong first = first_of(set);
	bool was_sent = first == SOURCE || first == WRONG_COUNT;

	(void)mach_port_mod_refs(self, moved, SEND, 1);
	(void)mach_port_set_qlimit(self, queue, 1);
	if (is_wrong(set, FULL))
		(void)sent_simple(queue);
	(void)sent_simple(source);
	make_call(set);
	is_int(made_call(set),
	    first == WRONG_COUNT ? MACH_MSG_SUCCESS : codes[first],
	    told(set, "the first is told"));
	is_int(space_refs(moved, SEND), left_by(first),
	    told(set, "what was taken"));
	is_int(space_status(source).mps_msgcount, first != WRONG_COUNT,
	    told(set, "received only when all is right"));
	is_int(space_status(queue).mps_msgcount,
	    was_sent || is_wrong(set, FULL),
	    told(set, "sent only when the send is right"));
	(void)drained(queue);
	(void)drained(source);
	(void)drained(answer);
	(void)mach_port_mod_refs(
	    self, moved, SEND, 1 - (mach_port_delta_t)space_refs(moved, SEND));
}

int
main(void)
{
	vm_size_t memory;
	int names;

	self = mach_task_self();
	queue = space_allocate(RECEIVE);
	answer = space_allocate(RECEIVE);
	source = space_allocate(RECEIVE);
	moved = space_port_with_send();
	data = get_memory(PAGE);
	test_set(0);
	names = space_names();
	memory = space_memory();
	for (unsigned i = 0; i < WRONG_COUNT; i++)
		for (unsigned j = i; j < WRONG_COUNT; j++)
			test_set(1U << i | 1U << j);
	test_set((1U << WRONG_COUNT) - 1);
	is_int(space_names(), names, "no name is left");
	is_int(space_memory(), memory, "no memory is left");
	return test_done();
}
