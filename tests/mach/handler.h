/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A handler of exceptions and threads that raise them, for the tests of these.
 * The test is the handler: it receives one request at a time and answers it as
 * `answer` says, or keeps the reply right for later.
 */
#ifndef TESTS_MACH_HANDLER_H
#define TESTS_MACH_HANDLER_H

#include <mach/exc_server.h>
#include <mach/thread_act_user.h>

#include <libmach/thread.h>
#include <raise.h>

#include "space.h"

#define MILLISECOND 1000000UL
#define PATIENCE    5000 /* ms */

enum routine { RAISE = 1, RAISE_STATE, RAISE_STATE_IDENTITY };

/* The last request. */
static struct asked {
	enum routine routine;
	mach_port_t port;
	mach_port_t thread;
	mach_port_t task;
	exception_type_t type;
	int64_t code;
	int64_t subcode;
	int flavor;
	mach_msg_type_number_t count;
	uint64_t pc;
	mach_port_t reply; /* if it has not been answered */
} asked;

/* What the next answers are. */
static struct answer {
	kern_return_t code; /* MIG_NO_REPLY: none */
	uint64_t skip;      /* added to the program counter */
	uint64_t result;    /* of a trap, unless 0 */
	bool step;          /* one instruction */
	int flavor;         /* instead of the same, unless 0 */
} answer;

static const struct answer dealt_with;
static const struct answer not_mine = {.code = KERN_FAILURE};
static const struct answer none = {.code = MIG_NO_REPLY};

/* The rights of a request go: names are for comparison. */
static kern_return_t
ask(enum routine routine, mach_port_t thread, mach_port_t task,
    const struct asked *what)
{
	mach_port_t port = asked.port;
	uint64_t pc = asked.pc;

	asked = *what;
	asked.pc = pc;
	asked.routine = routine;
	asked.port = port;
	asked.thread = thread;
	asked.task = task;
	if (thread != MACH_PORT_NULL)
		(void)mach_port_deallocate(self, thread);
	if (task != MACH_PORT_NULL)
		(void)mach_port_deallocate(self, task);
	return answer.code;
}

kern_return_t
catch_exception_raise(mach_port_t port, mach_port_t thread, mach_port_t task,
    exception_type_t type, int64_t code, int64_t subcode)
{
	const struct asked what = {
	    .type = type, .code = code, .subcode = subcode};

	(void)port;
	return ask(RAISE, thread, task, &what);
}

static void
change_state(natural_t *words)
{
	struct thread_general_state state;

	memcpy(&state, words, sizeof(state));
	asked.pc = THREAD_STATE_PC(&state);
	THREAD_STATE_PC(&state) += answer.skip;
	if (answer.step)
		RAISE_STEP_ON(&state);
	else
		RAISE_STEP_OFF(&state);
	if (answer.result != 0)
		THREAD_STATE_RESULT(&state) = answer.result;
	memcpy(words, &state, sizeof(state));
}

/* NOLINTBEGIN(readability-function-size): the interface has so many */
kern_return_t
catch_exception_raise_state_identity(mach_port_t port, mach_port_t thread,
    mach_port_t task, exception_type_t type, int64_t code, int64_t subcode,
    int *flavor, const natural_t *old_state, mach_msg_type_number_t old_count,
    natural_t *new_state, mach_msg_type_number_t *new_count)
{
	const struct asked what = {.type = type,
	    .code = code,
	    .subcode = subcode,
	    .flavor = *flavor,
	    .count = old_count};

	(void)port;
	memcpy(new_state, old_state, old_count * sizeof(*old_state));
	*new_count = old_count;
	if (*flavor == THREAD_STATE_GENERAL)
		change_state(new_state);
	if (answer.flavor != 0)
		*flavor = answer.flavor;
	return ask(RAISE_STATE_IDENTITY, thread, task, &what);
}

kern_return_t
catch_exception_raise_state(mach_port_t port, exception_type_t type,
    int64_t code, int64_t subcode, int *flavor, const natural_t *old_state,
    mach_msg_type_number_t old_count, natural_t *new_state,
    mach_msg_type_number_t *new_count)
{
	kern_return_t kr = catch_exception_raise_state_identity(port,
	    MACH_PORT_NULL, MACH_PORT_NULL, type, code, subcode, flavor,
	    old_state, old_count, new_state, new_count);

	asked.routine = RAISE_STATE;
	return kr;
}
/* NOLINTEND(readability-function-size) */

union handler_message {
	mach_msg_header_t header;
	mig_reply_error_t error;
	char room[2400];
};

/* One request on a port, within a time; false: none came. */
static inline bool
handler_serve(mach_port_t port, mach_msg_timeout_t timeout)
{
	static union handler_message request;
	static union handler_message reply;

	asked = (struct asked){.port = port};
	if (mach_msg(&request.header, MACH_RCV_MSG | MACH_RCV_TIMEOUT, 0,
		sizeof(request), port, timeout,
		MACH_PORT_NULL) != MACH_MSG_SUCCESS ||
	    !exc_server(&request.header, &reply.header))
		return false;
	if (reply.error.RetCode == MIG_NO_REPLY) {
		asked.reply = request.header.msgh_remote_port;
		return true;
	}
	return mach_msg(&reply.header, MACH_SEND_MSG, reply.header.msgh_size, 0,
		   MACH_PORT_NULL, 0, MACH_PORT_NULL) == MACH_MSG_SUCCESS;
}

/* One must come, and be answered so. */
static inline void
handle(mach_port_t port, struct answer how, const char *what)
{
	answer = how;
	ok(handler_serve(port, PATIENCE), what);
}

/* A thread of this task that raises when it is told to. */
struct victim {
	struct mach_thread *thread;
	mach_port_t port;
	void (*raise)(void);
	volatile bool go;
	volatile bool done;
};

static inline void
victim_run(void *argument)
{
	struct victim *victim = argument;

	while (!victim->go)
		(void)clock_sleep(MILLISECOND);
	victim->raise();
	victim->done = true;
}

static inline void
victim_start(struct victim *victim, void (*raise)(void))
{
	*victim = (struct victim){.raise = raise};
	is_int(mach_thread_create(
		   &victim->thread, victim_run, victim, MACH_THREAD_STACK),
	    KERN_SUCCESS, "a thread");
	victim->port = mach_thread_port(victim->thread);
}

/* It has gone on, and ends. */
static inline void
victim_ends(struct victim *victim, const char *what)
{
	for (int i = 0; i < PATIENCE && !victim->done; i++)
		(void)clock_sleep(MILLISECOND);
	if (ok(victim->done, what))
		mach_thread_join(victim->thread);
}

static inline kern_return_t
on_thread(mach_port_t thread, mach_port_t port, int behavior, int flavor)
{
	return thread_set_exception_ports(
	    thread, EXC_MASK_ALL, port, behavior, flavor);
}

static inline kern_return_t
on_task(mach_port_t task, mach_port_t port, int behavior, int flavor)
{
	return task_set_exception_ports(
	    task, EXC_MASK_ALL, port, behavior, flavor);
}

#endif
