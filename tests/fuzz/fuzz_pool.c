/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The names a child knows. What takes a slot gives up what stood there; tasks
 * are ended too, as nobody else would.
 */
#include <mach/mig_errors.h>

#include "fuzz.h"

#define TASK_CREATE    3400
#define TASK_TERMINATE 3401
#define THREAD_CREATE  3410

mach_port_t
fuzz_allocate(struct fuzz *fuzz, mach_port_right_t right)
{
	mach_port_t name = MACH_PORT_NULL;

	(void)syscall_mach_port_allocate(fuzz->self, right, &name);
	return name;
}

static mach_port_t
nobody(struct fuzz *fuzz)
{
	switch (fuzz_roll(fuzz, 4)) {
	case 0:
		return MACH_PORT_NULL;
	case 1:
		return MACH_PORT_DEAD;
	case 2:
		return MACH_PORT_MAKE(fuzz_roll(fuzz, 300), fuzz_roll(fuzz, 3));
	default:
		return fuzz_edge(fuzz);
	}
}

mach_port_t
fuzz_pick(struct fuzz *fuzz, unsigned pool)
{
	mach_port_t name;

	if (fuzz_one_in(fuzz, 40))
		return nobody(fuzz);
	if (fuzz_one_in(fuzz, 60))
		return fuzz->self;
	if (pool == POOL_ANY || fuzz_one_in(fuzz, 12))
		pool = fuzz_one_in(fuzz, 2) ? fuzz_roll(fuzz, POOL_COUNT)
					    : fuzz_roll(fuzz, POOL_TASK);
	name = fuzz->pools->slot[pool][fuzz_roll(fuzz, POOL_SLOTS)];
	if (name != MACH_PORT_NULL)
		return name;
	return fuzz->pools->slot[POOL_RECEIVE][fuzz_roll(fuzz, POOL_SLOTS)];
}

/* Not by fuzz_do(): the messages of `fuzz` may be in use. */
static void
end_task(struct fuzz *fuzz, mach_port_t task)
{
	struct {
		mach_msg_header_t header;
		char room[sizeof(mig_reply_error_t)];
	} message = {.header = {
			 .msgh_bits = MACH_MSGH_BITS(MACH_MSG_TYPE_COPY_SEND,
			     MACH_MSG_TYPE_MAKE_SEND_ONCE),
			 .msgh_remote_port = task,
			 .msgh_local_port = fuzz->reply,
			 .msgh_id = TASK_TERMINATE,
		     }};

	(void)mach_msg_trap(&message.header,
	    MACH_SEND_MSG | MACH_SEND_TIMEOUT | MACH_RCV_MSG | MACH_RCV_TIMEOUT,
	    sizeof(message.header), sizeof(message), fuzz->reply, 0,
	    MACH_PORT_NULL);
}

void
fuzz_keep(struct fuzz *fuzz, unsigned pool, mach_port_t name)
{
	mach_port_t *slot =
	    &fuzz->pools->slot[pool][fuzz_roll(fuzz, POOL_SLOTS)];
	mach_port_t old = *slot;

	if (!MACH_PORT_VALID(name) || name == fuzz->self)
		return;
	*slot = name;
	if (old == MACH_PORT_NULL || old == name)
		return;
	if (pool == POOL_TASK)
		end_task(fuzz, old);
	if (pool == POOL_RECEIVE || pool == POOL_SET)
		(void)syscall_mach_port_destroy(fuzz->self, old);
	else
		(void)syscall_mach_port_deallocate(fuzz->self, old);
}

/* A receive right; as a rule there are senders. */
static mach_port_t
new_port(struct fuzz *fuzz)
{
	mach_port_t name = fuzz_allocate(fuzz, MACH_PORT_RIGHT_RECEIVE);

	if (!fuzz_one_in(fuzz, 6))
		(void)syscall_mach_port_make_send(fuzz->self, name);
	return name;
}

static mach_port_t
new_dead(struct fuzz *fuzz)
{
	mach_port_t name = new_port(fuzz);

	(void)syscall_mach_port_mod_refs(
	    fuzz->self, name, MACH_PORT_RIGHT_RECEIVE, -1);
	return name;
}

/* A new one for one slot; calls leave what they make in the pools, too. */
void
fuzz_renew(struct fuzz *fuzz)
{
	switch (fuzz_roll(fuzz, 10)) {
	case 0:
		fuzz_keep(fuzz, POOL_SET,
		    fuzz_allocate(fuzz, MACH_PORT_RIGHT_PORT_SET));
		break;
	case 1:
		fuzz_keep(fuzz, POOL_DEAD, new_dead(fuzz));
		break;
	case 2:
		(void)fuzz_do(fuzz, TASK_CREATE, fuzz->self);
		break;
	case 3:
	case 4:
		(void)fuzz_do(fuzz, THREAD_CREATE, fuzz_pick(fuzz, POOL_TASK));
		break;
	case 5:
		fuzz_keep(fuzz, POOL_HOST, mach_host_self());
		break;
	default:
		fuzz_keep(fuzz, POOL_RECEIVE, new_port(fuzz));
		break;
	}
}
