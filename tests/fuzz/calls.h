/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What calls the kernel has: every routine of its interfaces, field by field as
 * its request lies in memory, and every trap. mkcalls.pl writes the tables from
 * what mig says and from mach/traps.tbl, so a new routine is fuzzed without a
 * word here. Fields follow each other; those of variable size make that what
 * stands behind them moves.
 */
#ifndef TESTS_FUZZ_CALLS_H
#define TESTS_FUZZ_CALLS_H

#include <mach/message.h>

#include <stdint.h>

/* As `mig --json` has them. */
enum field_kind {
	FIELD_PORT,
	FIELD_MEMORY,
	FIELD_PORTS,
	FIELD_NDR,
	FIELD_COUNT,
	FIELD_CAPACITY,
	FIELD_STRING_OFFSET,
	FIELD_DATA,
	FIELD_VARIABLE,
};

/* What a number means. */
enum value_kind {
	VALUE_WORD,
	VALUE_LONG,
	VALUE_NAME,
	VALUE_TASK,
	VALUE_ADDRESS,
	VALUE_OFFSET,
	VALUE_SIZE,
	VALUE_BOOLEAN,
	VALUE_PROTECTION,
	VALUE_RIGHT,
	VALUE_DISPOSITION,
	VALUE_NOTIFY,
	VALUE_DELTA,
	VALUE_TIMEOUT,
	VALUE_NANOSECONDS,
	VALUE_OPTION,
};

/* Where ports of a kind are kept. */
enum pool {
	POOL_RECEIVE, /* with send rights to them, mostly */
	POOL_SET,
	POOL_ONCE,
	POOL_DEAD,
	POOL_TASK,
	POOL_THREAD,
	POOL_HOST,
	POOL_CONTROL,
	POOL_MEMORY_NAME,
	POOL_SEMAPHORE,
	POOL_LOCK_SET,
	POOL_CLOCK,
	POOL_PROCESSOR,
	POOL_PROCESSOR_SET,
	POOL_ANY, /* what came from somewhere; as a wish: any of all */
	POOL_COUNT,
};

struct call_field {
	uint8_t kind;
	uint8_t value;
	uint8_t pool;
	uint8_t disposition; /* 0: of the sender's choice */
	uint16_t size;       /* at most, of those that vary */
	uint16_t unit;       /* bytes of one of an array */
	uint16_t most;       /* of them; 0: unbounded */
};

#define CALL_REPLY_PORTS 4

struct call_routine {
	const char *name;
	mach_msg_id_t id;
	uint8_t target; /* a pool */
	uint16_t field;
	uint8_t fields;
	uint8_t descriptors;
	uint16_t most; /* bytes of the request */
	uint8_t simple;
	uint8_t reply[CALL_REPLY_PORTS]; /* pools of its descriptors */
};

#define CALL_ARGUMENTS 7

struct call_trap {
	const char *name;
	int number;
	unsigned count;
	uint8_t value[CALL_ARGUMENTS];
};

extern const struct call_field call_fields[];
extern const struct call_routine call_routines[];
extern const unsigned call_routine_count;
extern const struct call_trap call_traps[];
extern const unsigned call_trap_count;

#endif
