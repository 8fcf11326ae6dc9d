/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The life of a fuzzing thread, and how it ends: so or so, and mostly before.
 */
#include "fuzz.h"

#define RENEW_EVERY 16U

static void
one_call(struct fuzz *fuzz)
{
	switch (fuzz_roll(fuzz, 16)) {
	case 0:
	case 1:
	case 2:
		fuzz_trap(fuzz);
		break;
	case 3:
	case 4:
	case 5:
		fuzz_send(fuzz);
		break;
	case 6:
	case 7:
		fuzz_receive(fuzz);
		break;
	default:
		fuzz_routine(fuzz);
		break;
	}
}

/* An exception nobody handles ends the task as well. */
static void
end(struct fuzz *fuzz)
{
	static const uint64_t arguments[CALL_ARGUMENTS];

	switch (fuzz_roll(fuzz, 4)) {
	case 0:
		(void)call_trap((int)fuzz_edge(fuzz) | INT32_MIN, arguments);
		break;
	case 1:
		*(volatile char *)(fuzz_value(fuzz, VALUE_LONG) << 12) = 0;
		break;
	default:
		break;
	}
	for (;;) {
		fuzz->self = mach_task_self_trap();
		(void)fuzz_do(fuzz, "task_terminate", fuzz->self);
	}
}

void
fuzz_child(struct fuzz *fuzz)
{
	fuzz->self = mach_task_self_trap();
	fuzz->reply = fuzz_allocate(fuzz, MACH_PORT_RIGHT_RECEIVE);
	for (unsigned i = 0; i < POOL_SLOTS * 6; i++)
		fuzz_renew(fuzz);
	for (unsigned i = 0; i < fuzz->wanted; i++) {
		if (i % RENEW_EVERY == 0)
			fuzz_renew(fuzz);
		one_call(fuzz);
		++*fuzz->made;
	}
	end(fuzz);
}
