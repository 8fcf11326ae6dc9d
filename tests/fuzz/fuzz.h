/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * One thread that fuzzes. It runs in a task without privileges, whose memory is
 * a copy of the supervisor's, and uses traps only: no thread-local variables,
 * no allocator. All it does follows from its seed. Names stand in pools, which
 * the threads of a task share; many of them are out of date, as they should be.
 */
#ifndef TESTS_FUZZ_FUZZ_H
#define TESTS_FUZZ_FUZZ_H

#include <mach/mach_types.h>
#include <mach/traps.h>

#include <stdbool.h>

#include "calls.h"

#define POOL_SLOTS    6U
#define ARENA_PAGES   64U
#define ARENA_SIZE    (ARENA_PAGES * VM_PAGE_SIZE)
#define MESSAGE_BYTES 4096U

struct pools {
	mach_port_t slot[POOL_COUNT][POOL_SLOTS];
};

union message {
	mach_msg_header_t header;
	mach_msg_base_t base;
	char bytes[MESSAGE_BYTES];
	uint32_t words[MESSAGE_BYTES / 4];
};

struct fuzz {
	uint64_t random;
	struct pools *pools;
	mach_port_t self;
	mach_port_t reply;
	vm_address_t arena;       /* memory to name in calls */
	unsigned wanted;          /* calls to make */
	volatile uint64_t *made;  /* shared with the supervisor */
	volatile uint32_t *last;  /* what is being called, likewise */
	mach_msg_size_t size;     /* of the request being built */
	mach_msg_option_t option; /* more than send and receive */
	bool overflow;            /* it had no room */
	union message *request;
	union message *answer;
};

extern uint64_t call_trap(int64_t number, const uint64_t *arguments);

/* fuzz_value.c */
extern unsigned fuzz_roll(struct fuzz *fuzz, unsigned sides);
extern bool fuzz_one_in(struct fuzz *fuzz, unsigned sides);
extern uint64_t fuzz_value(struct fuzz *fuzz, enum value_kind kind);
extern uint32_t fuzz_edge(struct fuzz *fuzz);
extern vm_address_t fuzz_address(struct fuzz *fuzz);

/* fuzz_pool.c: a name from a pool, or another; to be kept; new ones of all. */
extern mach_port_t fuzz_pick(struct fuzz *fuzz, unsigned pool);
extern void fuzz_keep(struct fuzz *fuzz, unsigned pool, mach_port_t name);
extern void fuzz_renew(struct fuzz *fuzz);
extern mach_port_t fuzz_allocate(struct fuzz *fuzz, mach_port_right_t right);

/* fuzz_message.c */
extern void fuzz_start(struct fuzz *fuzz, mach_port_t to, unsigned disposition,
    mach_msg_id_t id, bool complex);
extern void fuzz_put(struct fuzz *fuzz, const void *bytes, unsigned size);
extern void fuzz_put_port(
    struct fuzz *fuzz, mach_port_t name, unsigned disposition);
extern void fuzz_put_memory(struct fuzz *fuzz, vm_address_t address,
    mach_msg_size_t size, bool deallocate);
extern void fuzz_put_ports(struct fuzz *fuzz, vm_address_t address,
    mach_msg_size_t count, unsigned disposition);
extern void fuzz_mutate(struct fuzz *fuzz);
extern void fuzz_accept(struct fuzz *fuzz, const uint8_t *pools);

/* fuzz_call.c: one call of each sort. */
extern void fuzz_routine(struct fuzz *fuzz);
extern void fuzz_trap(struct fuzz *fuzz);
extern void fuzz_send(struct fuzz *fuzz);
extern void fuzz_receive(struct fuzz *fuzz);

/* A routine by its name: its id; called, with right arguments. */
extern mach_msg_id_t fuzz_id(const char *name);
extern kern_return_t fuzz_do(
    struct fuzz *fuzz, const char *name, mach_port_t to);

/* fuzz_child.c: where a thread starts; it ends its task. */
extern void fuzz_child(struct fuzz *fuzz);

#endif
