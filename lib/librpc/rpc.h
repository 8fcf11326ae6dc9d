/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What there is to call: the routines of all interfaces, with the fields of
 * their messages in the order they lie there, and the traps. mktable.pl makes
 * the tables from the .defs and traps.tbl.
 */
#ifndef LIBRPC_RPC_H
#define LIBRPC_RPC_H

#include <stdbool.h>
#include <stdint.h>

#define RPC_REPLY 100 /* a reply's id, more than its request's */

enum field_kind {
	FIELD_END,
	FIELD_PORT,     /* descriptors */
	FIELD_MEMORY,   /* of memory */
	FIELD_PORTS,    /* of an array of ports */
	FIELD_MEMORIES, /* several of memory */
	FIELD_SKIP,     /* nothing to show */
	FIELD_CODE,     /* the routine's result */
	FIELD_COUNT,    /* of the next variable field, or of out-of-line data */
	FIELD_DATA,
	FIELD_VARIABLE, /* as many units as the count before it says */
};

enum value_form {
	FORM_UNSIGNED,
	FORM_SIGNED,
	FORM_HEX,
	FORM_TEXT,  /* ends with its NUL */
	FORM_BYTES, /* does not */
	FORM_BOOLEAN,
	FORM_PROTECTION,
	FORM_RIGHT,
	FORM_DISPOSITION,
	FORM_CODE,
};

struct rpc_field {
	const char *name;
	uint8_t kind;
	uint8_t form;
	uint16_t width; /* of a number */
	uint16_t unit;  /* bytes of what is counted */
	uint32_t size;  /* in the message, with padding; at most */
};

struct rpc_routine {
	int32_t id;
	const char *name;
	const char *target; /* what the interface calls the port */
	bool replies;
	uint16_t request, reply; /* first fields, in rpc_fields */
};

struct rpc_trap {
	int32_t number;
	const char *name;
	uint8_t result;
	uint8_t count;
	struct {
		const char *name;
		uint8_t form;
		uint8_t width;
		bool out; /* it points to that, a result */
	} argument[7];
};

extern const struct rpc_field rpc_fields[];
extern const struct rpc_routine rpc_routines[]; /* by id */
extern const unsigned rpc_routine_count;
extern const struct rpc_trap rpc_traps[];
extern const unsigned rpc_trap_count;

/* NULL: in no table. */
extern const struct rpc_routine *rpc_routine_find(int32_t id);
extern const struct rpc_trap *rpc_trap_find(int number);

#endif
