/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * mach_chain_test [count]: a port in a message to a port in a message to a
 * port..., a hundred thousand deep or as deep as it is told: taken apart, ended
 * with its last port, ended with its task.
 */
#include "many.h"

struct message {
	mach_msg_base_t base;
	mach_msg_port_descriptor_t port;
	mach_msg_trailer_t trailer;
};

/* The receive right of `what` goes to `to`, which has no send right. */
static bool
into(mach_port_t to, mach_port_t what)
{
	struct message message = {
	    .base =
		{
		    .header =
			{
			    .msgh_bits = MACH_MSGH_BITS_COMPLEX |
					 MACH_MSGH_BITS(MAKE_SEND, 0),
			    .msgh_remote_port = to,
			},
		    .body.msgh_descriptor_count = 1,
		},
	    .port =
		{
		    .name = what,
		    .disposition = MOVE_RECEIVE,
		    .type = MACH_MSG_PORT_DESCRIPTOR,
		},
	};

	return space_send(&message.base.header,
		   offsetof(struct message, trailer)) == MACH_MSG_SUCCESS;
}

/* The last, in which all others are. */
static mach_port_t
make(unsigned count)
{
	mach_port_t outer = space_allocate(RECEIVE);

	for (unsigned i = 1; i < count; i++) {
		mach_port_t next = space_allocate(RECEIVE);

		many_expect(into(next, outer));
		outer = next;
	}
	return outer;
}

static void
run(unsigned count, uint64_t *times)
{
	struct message message;
	mach_port_t task = MACH_PORT_NULL;
	mach_port_t outer;

	many_start();
	outer = make(count);
	times[0] = many_lap();
	for (unsigned i = 1; i < count; i++) {
		many_expect(space_receive(&message.base.header, sizeof(message),
				outer) == MACH_MSG_SUCCESS);
		(void)mach_port_destroy(self, outer);
		outer = message.port.name;
	}
	(void)mach_port_destroy(self, outer);
	times[1] = many_lap();
	outer = make(count);
	many_start();
	many_expect(mach_port_destroy(self, outer) == KERN_SUCCESS);
	times[2] = many_lap();
	outer = make(count);
	(void)task_create(self, FALSE, &task);
	many_expect(mach_port_insert_right(
			task, ELSEWHERE, outer, MOVE_RECEIVE) == KERN_SUCCESS);
	many_start();
	many_expect(task_terminate(task) == KERN_SUCCESS);
	times[3] = many_lap();
	(void)mach_port_deallocate(self, task);
}

static const struct many_scenario of_chain = {
    {"a chain of ports: made", "... taken apart", "... ended with the last",
	"... ended with its task", NULL},
    run};

int
main(int argc, char **argv)
{
	unsigned count = many_begin(argc, argv);
	uint64_t pages = many_free_pages();
	int before = space_names();

	many_do(&of_chain, count);
	is_int(space_names(), before, "no name is left");
	many_returned(pages, count);
	return test_done();
}
