/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Typed messages without a kernel, for tests of stubs: mach_msg hands a request
 * to a server in the same process and its reply back, as a kernel would change
 * both on the way, and keeps a copy of each with all padding zeroed. Arguments
 * are made from a seed; what either side sees of them is summed up in a digest.
 * driver.pl makes the functions that call and implement an interface's
 * routines. No C library is needed, so this runs as 32-bit code anywhere.
 */
#ifndef MIG_TEST_TYPED_MACH_H
#define MIG_TEST_TYPED_MACH_H

#include <mach/message.h>
#include <mach/mig_errors.h>

#include <stddef.h>
#include <stdint.h>

#define MEMORY_SIZE 65536U /* what out-of-line arguments point to */
#define MESSAGE_MAX 65536U

typedef boolean_t (*demux_t)(mach_msg_header_t *, mach_msg_header_t *);

/* One call: what is done with it, and what came of it. */
struct call {
	demux_t demux;
	uint32_t seed;
	uint32_t client; /* digest of what the caller got */
	uint32_t server; /* digest of what the implementation got */
	uint32_t calls;  /* of the implementation */
	uint32_t deallocated;
	uint32_t destroyed;
	uint32_t options;
	uint32_t timeout;
	uint32_t request_size;
	uint32_t reply_size;
	unsigned char request[MESSAGE_MAX];
	unsigned char reply[MESSAGE_MAX];
	unsigned char sent[MESSAGE_MAX]; /* as the server received it */
};

extern struct call *current;
extern unsigned char memory[MEMORY_SIZE];

void random_start(uint32_t seed);
uint32_t random_next(void);
uint32_t random_below(uint32_t limit);
uint32_t pick_count(uint32_t most);
uint32_t pick_disposition(void);
kern_return_t pick_code(void);

void fill(void *data, uint32_t size);
void fill_string(char *data, uint32_t room);
void mix(uint32_t *digest, const void *data, uint64_t size);
void mix_string(uint32_t *digest, const char *data, uint32_t room);
void mix_memory(uint32_t *digest, uintptr_t address, uint64_t size);

/* Give a server a damaged copy of the request it received last. */
void damage(const struct call *of, demux_t demux, uint32_t seed);

/* What the test says. */
void say(const char *text);
void say_number(uint64_t number);
void test_exit(int status) __attribute__((noreturn));

/* The interface's part, by driver.pl. */
extern const uint32_t routine_count;
extern const char *const routine_names[];
extern const uint32_t tool_count; /* how many tools made stubs */
kern_return_t call_routine(uint32_t routine, uint32_t tool);
demux_t server_of(uint32_t tool);

#endif
