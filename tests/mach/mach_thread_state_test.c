/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Threads' registers: both flavours, set and got, and each wrong argument.
 */
#include <mach/thread_act_user.h>

#include <libmach/thread_state.h>
#include <raise.h>

#include "space.h"

#define PATTERN     0x4009123456789abcUL
#define MILLISECOND 1000000UL

static volatile uint64_t value;
static volatile bool done;

/* On its own stack, without anything a library needs. */
static void
run(void)
{
	value = raise_first_float();
	done = true;
	for (;;)
		(void)clock_sleep(1000 * MILLISECOND);
}

static kern_return_t
set(mach_port_t thread, int flavor, const void *state, size_t words)
{
	return thread_set_state(
	    thread, flavor, state, (mach_msg_type_number_t)words);
}

static kern_return_t
get(mach_port_t thread, int flavor, void *state, size_t words)
{
	mach_msg_type_number_t count = (mach_msg_type_number_t)words;

	return thread_get_state(thread, flavor, state, &count);
}

static void
test_general(mach_port_t thread, uintptr_t stack)
{
	struct thread_general_state state;
	struct thread_general_state now;

	mach_thread_state(&state, (uintptr_t)run, stack, 0, 0x1234);
	is_int(set(thread, THREAD_STATE_GENERAL, &state,
		   THREAD_STATE_GENERAL_COUNT),
	    KERN_SUCCESS, "set general");
	is_int(
	    get(thread, THREAD_STATE_GENERAL, &now, THREAD_STATE_GENERAL_COUNT),
	    KERN_SUCCESS, "get general");
	is_int(THREAD_STATE_PC(&now), (uintptr_t)run, "program counter");
	is_int(THREAD_STATE_SP(&now), THREAD_STATE_SP(&state), "stack");
	is_int(THREAD_STATE_ARG0(&now), 0x1234, "argument");
	is_int(THREAD_STATE_TLS(&now), 0, "thread-local base");
}

static uint64_t
word(const struct thread_float_state *state)
{
	uint64_t found;

	memcpy(&found, (const char *)state + RAISE_FLOAT_OFFSET, sizeof(found));
	return found;
}

static void
set_word(struct thread_float_state *state, uint64_t new)
{
	memcpy((char *)state + RAISE_FLOAT_OFFSET, &new, sizeof(new));
}

static void
test_float(mach_port_t thread)
{
	struct thread_float_state state;
	struct thread_float_state now;

	is_int(
	    get(thread, THREAD_STATE_FLOAT, &state, THREAD_STATE_FLOAT_COUNT),
	    KERN_SUCCESS, "get float of a thread that never used it");
	is_int(word(&state), 0, "it is zero");
	set_word(&state, PATTERN);
	is_int(
	    set(thread, THREAD_STATE_FLOAT, &state, THREAD_STATE_FLOAT_COUNT),
	    KERN_SUCCESS, "set float");
	is_int(get(thread, THREAD_STATE_FLOAT, &now, THREAD_STATE_FLOAT_COUNT),
	    KERN_SUCCESS, "get float");
	ok(memcmp(&state, &now, sizeof(state)) == 0, "the same");
	is_int(thread_resume(thread), KERN_SUCCESS, "run");
	for (int i = 0; i < 1000 && !done; i++)
		(void)clock_sleep(MILLISECOND);
	is_int(value, PATTERN, "it has what was set");
	set_word(&now, 0);
	is_int(get(thread, THREAD_STATE_FLOAT, &now, THREAD_STATE_FLOAT_COUNT),
	    KERN_SUCCESS, "get float");
	is_int(word(&now), PATTERN, "it has it still");
}

static void
test_wrong(mach_port_t thread)
{
	natural_t words[THREAD_STATE_MAX] = {0};

	is_int(set(thread, THREAD_STATE_FLOAT, words, THREAD_STATE_FLOAT_COUNT),
	    KERN_FAILURE, "a thread that waits");
	is_int(thread_suspend(thread), KERN_SUCCESS, "suspended");
	is_int(thread_abort_safely(thread), KERN_SUCCESS, "its wait ends");
	is_int(get(thread, 0, words, THREAD_STATE_MAX), KERN_INVALID_ARGUMENT,
	    "get flavour 0");
	is_int(get(thread, 99, words, THREAD_STATE_MAX), KERN_INVALID_ARGUMENT,
	    "get flavour 99");
	is_int(get(thread, THREAD_STATE_GENERAL, words,
		   THREAD_STATE_GENERAL_COUNT - 1),
	    KERN_INVALID_ARGUMENT, "no room for general");
	is_int(get(thread, THREAD_STATE_FLOAT, words,
		   THREAD_STATE_FLOAT_COUNT - 1),
	    KERN_INVALID_ARGUMENT, "no room for float");
	is_int(get(thread, THREAD_STATE_FLOAT, words, THREAD_STATE_MAX),
	    KERN_SUCCESS, "room for more");
	is_int(set(thread, 99, words, THREAD_STATE_GENERAL_COUNT),
	    KERN_INVALID_ARGUMENT, "set flavour 99");
	is_int(set(thread, THREAD_STATE_GENERAL, words,
		   THREAD_STATE_GENERAL_COUNT - 1),
	    KERN_INVALID_ARGUMENT, "too little for general");
	is_int(set(thread, THREAD_STATE_GENERAL, words,
		   THREAD_STATE_GENERAL_COUNT + 1),
	    KERN_INVALID_ARGUMENT, "too much for general");
	is_int(set(thread, THREAD_STATE_FLOAT, words,
		   THREAD_STATE_FLOAT_COUNT - 1),
	    KERN_INVALID_ARGUMENT, "too little for float");
	is_int(set(thread, THREAD_STATE_FLOAT, words,
		   THREAD_STATE_FLOAT_COUNT + 1),
	    KERN_INVALID_ARGUMENT, "too much for float");
	is_int(set(mach_host_self(), THREAD_STATE_FLOAT, words,
		   THREAD_STATE_FLOAT_COUNT),
	    KERN_INVALID_ARGUMENT, "no thread");
	is_int(get(mach_host_self(), THREAD_STATE_FLOAT, words,
		   THREAD_STATE_FLOAT_COUNT),
	    KERN_INVALID_ARGUMENT, "no thread");
	is_int(set(mach_thread_self(), THREAD_STATE_FLOAT, words,
		   THREAD_STATE_FLOAT_COUNT),
	    KERN_FAILURE, "a thread that runs");
}

int
main(void)
{
	static char stack[8192] __attribute__((aligned(16)));
	mach_port_t thread = MACH_PORT_NULL;

	self = mach_task_self();
	is_int(thread_create(self, &thread), KERN_SUCCESS, "a thread");
	test_general(thread, (uintptr_t)stack + sizeof(stack));
	test_float(thread);
	test_wrong(thread);
	(void)thread_terminate(thread);
	return test_done();
}
