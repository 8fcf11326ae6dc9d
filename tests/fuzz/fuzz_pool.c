/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The names a child knows. What takes a slot gives up what stood there; tasks
 * are ended too, as nobody else would. Threads get a state in which they do no
 * harm when something resumes them; one that has none would end the task.
 */
#include <mach/mig_errors.h>
#include <mach/mig_support.h>

#include <libmach/thread_state.h>

#include "fuzz.h"

#define IDLE_NS 20000000U

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

/* A request to the kernel; not by fuzz_do(): `fuzz` may be using its messages.
 */
static void
ask(struct fuzz *fuzz, mach_port_t to, mach_msg_id_t id,
    mach_msg_header_t *message, mach_msg_size_t size)
{
	*message = (mach_msg_header_t){
	    .msgh_bits = MACH_MSGH_BITS(
		MACH_MSG_TYPE_COPY_SEND, MACH_MSG_TYPE_MAKE_SEND_ONCE),
	    .msgh_remote_port = to,
	    .msgh_local_port = fuzz->reply,
	    .msgh_id = id,
	};
	(void)mach_msg_trap(message,
	    MACH_SEND_MSG | MACH_SEND_TIMEOUT | MACH_RCV_MSG | MACH_RCV_TIMEOUT,
	    size, sizeof(mig_reply_error_t), fuzz->reply, 0, MACH_PORT_NULL);
}

static void
end_task(struct fuzz *fuzz, mach_port_t task)
{
	mig_reply_error_t message;

	ask(fuzz, task, fuzz_id("task_terminate"), &message.Head,
	    sizeof(mach_msg_header_t));
}

/* All idle threads share a stack: what they write there is the same. */
static void
idle(void)
{
	for (;;)
		(void)clock_sleep(IDLE_NS);
}

static void
calm(struct fuzz *fuzz, mach_port_t thread)
{
	static char stack[512] __attribute__((aligned(16)));
	struct {
		mach_msg_header_t header;
		NDR_record_t ndr;
		int flavor;
		mach_msg_type_number_t count;
		struct thread_general_state state;
	} __attribute__((packed, aligned(8))) message = {
	    .ndr = NDR_record,
	    .flavor = THREAD_STATE_GENERAL,
	    .count = THREAD_STATE_GENERAL_COUNT,
	};
	struct thread_general_state state;

	mach_thread_state(
	    &state, (uintptr_t)idle, (uintptr_t)stack + sizeof(stack), 0, 0);
	message.state = state;
	ask(fuzz, thread, fuzz_id("thread_set_state"), &message.header,
	    sizeof(message));
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
	if (pool == POOL_THREAD)
		calm(fuzz, name);
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
		(void)fuzz_do(fuzz, "task_create", fuzz->self);
		break;
	case 3:
	case 4:
		(void)fuzz_do(
		    fuzz, "thread_create", fuzz_pick(fuzz, POOL_TASK));
		break;
	case 5:
		fuzz_keep(fuzz, POOL_HOST, mach_host_self());
		break;
	default:
		fuzz_keep(fuzz, POOL_RECEIVE, new_port(fuzz));
		break;
	}
}
