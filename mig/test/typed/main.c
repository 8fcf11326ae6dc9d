/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Calls every routine many times, through the stubs of every tool on either
 * side: all must see the same arguments, and send the same bytes. Then the
 * last tool's server gets each request damaged in many ways.
 */
#include "mach.h"

#ifndef ROUNDS
#define ROUNDS 40
#endif
#ifndef DAMAGES
#define DAMAGES 100
#endif

static struct call first;
static struct call other;
static int failed;

static void
differ(uint32_t routine, uint32_t seed, const char *what)
{
	say("# ");
	say(routine_names[routine]);
	say(", seed ");
	say_number(seed);
	say(": ");
	say(what);
	say("\n");
	failed = 1;
}

static kern_return_t
run(struct call *call, uint32_t routine, uint32_t seed, uint32_t client,
    uint32_t server)
{
	kern_return_t code;

	__builtin_memset(call, 0, offsetof(struct call, request));
	call->demux = server_of(server);
	call->seed = seed;
	current = call;
	random_start(seed);
	code = call_routine(routine, client);
	mix(&call->client, &code, sizeof(code));
	return code;
}

static int
same(const unsigned char *a, const unsigned char *b, uint32_t size)
{
	uint32_t i;

	for (i = 0; i < size; i++)
		if (a[i] != b[i])
			return 0;
	return 1;
}

static void
compare(uint32_t routine, uint32_t seed)
{
	if (first.request_size != other.request_size)
		differ(routine, seed, "requests of another size");
	else if (!same(first.request, other.request, first.request_size))
		differ(routine, seed, "requests of other bytes");
	if (first.reply_size != other.reply_size)
		differ(routine, seed, "replies of another size");
	else if (!same(first.reply, other.reply, first.reply_size))
		differ(routine, seed, "replies of other bytes");
	if (first.server != other.server)
		differ(routine, seed, "servers got something else");
	if (first.client != other.client)
		differ(routine, seed, "clients got something else");
	if (first.options != other.options || first.timeout != other.timeout)
		differ(routine, seed, "other options");
	if (first.deallocated != other.deallocated)
		differ(routine, seed, "other memory released");
	if (first.calls != other.calls)
		differ(routine, seed, "other calls");
}

/* Returns whether the implementation was ever reached. */
static int
test_routine(uint32_t routine)
{
	uint32_t seed;
	uint32_t i;
	int reached = 0;

	for (seed = 1; seed <= ROUNDS && !failed; seed++) {
		uint32_t all = tool_count * tool_count;

		(void)run(&first, routine, seed * 10, 0, 0);
		reached |= first.calls != 0;
		for (i = 1; i < all; i++) {
			(void)run(&other, routine, seed * 10, i / tool_count,
			    i % tool_count);
			compare(routine, seed * 10);
		}
		if (first.calls == 0)
			continue;
		for (i = 0; i < DAMAGES; i++)
			damage(
			    &first, server_of(tool_count - 1), seed * 1000 + i);
	}
	return reached;
}

int main(void);

int
main(void)
{
	uint32_t i;
	uint32_t reached = 0;

	for (i = 0; i < MEMORY_SIZE; i++)
		memory[i] = (unsigned char)(i * 7);
	for (i = 0; i < routine_count; i++)
		reached += (uint32_t)test_routine(i);
	if (reached != routine_count) {
		say("# not all routines were reached\n");
		failed = 1;
	}
	say("# routines ");
	say_number(routine_count);
	say(" calls ");
	say_number((uint64_t)routine_count * ROUNDS * tool_count * tool_count);
	say(" damaged ");
	say_number((uint64_t)routine_count * ROUNDS * DAMAGES);
	say("\n");
	return failed;
}
