/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Server stubs as tables: what `mig --compact` writes, for servers whose code
 * is to be small. A routine is a list of items, which say what is to be checked
 * in its request, which ports are translated and what its reply is made of,
 * and a function that calls its implementation; mig_compact_serve() goes
 * through them. It does what the stubs do that mig writes without the option.
 */
#ifndef MACH_MIG_COMPACT_H
#define MACH_MIG_COMPACT_H

#include <mach/mig_stub.h>

/* What a function that calls an implementation finds beside the messages. */
union mig_value {
	void *object; /* a translated port, or memory that goes out */
	uint64_t number;
	natural_t word;
};

/* As many a routine may have. */
#define MIG_VALUES 24

enum mig_item_op {
	/* Of a request, in the order of its fields. */
	MIG_CHECK_DESCRIPTORS, /* `bound` of type `slot`, disposition `how` */
	MIG_CHECK_ZERO,
	MIG_CHECK_COUNT, /* at most `bound` (0: any), and if `how` not 0 */
	MIG_CHECK_SIZE,  /* the descriptor's, of `count` times `unit` */
	MIG_CHECK_DATA,  /* `count` times `unit` bytes; `how`: a string */
	/* The object `slot` is a port at `at`, of type `how`. */
	MIG_OBJECT,
	/* Of a reply. */
	MIG_PUT_COUNT,  /* at most `bound`, and what the request has at `at` */
	MIG_PUT_PORT,   /* disposition `how`; MIG_ANY: value `slot` has it */
	MIG_PUT_PORTS,  /* `bound`, of which value `slot` has `count` */
	MIG_PUT_MEMORY, /* value `slot`, `count` times `unit` bytes */
	MIG_PUT_DATA,   /* as MIG_CHECK_DATA; at most `bound` */
};

/* A disposition: any. */
#define MIG_ANY 255

/* `at` and `count` are where in a message the item is, and its count. */
struct mig_item {
	uint8_t op;
	uint8_t slot;
	uint8_t how;
	uint8_t copy; /* MIG_PUT_MEMORY: how; 128: and it is deallocated */
	uint16_t at;
	uint16_t count;
	uint16_t unit;
	uint16_t bound;
};

#define MIG_DEALLOCATE 128

/* A type of port that is translated. */
struct mig_object {
	void *(*translate)(mach_port_t port);
	void (*release)(void *object); /* or NULL */
};

typedef kern_return_t (*mig_compact_call_t)(mach_msg_header_t *request,
    mach_msg_header_t *reply, union mig_value *values);

/*
 * Its items are checks, objects, results. `object`, if there is one, is what
 * the port `port` bytes into the request is: value 0, and no item.
 */
struct mig_compact_routine {
	mig_compact_call_t call;
	const struct mig_object *object;
	const struct mig_item *items;
	uint16_t least; /* the request's size */
	uint16_t most;
	uint16_t reply; /* the reply's least size; 0: there is none */
	uint8_t descriptors;
	uint8_t reply_descriptors;
	uint8_t reply_ndr; /* where it is; 0: nowhere */
	uint8_t port;
	uint8_t checks;
	uint8_t objects;
	uint8_t results;
	uint8_t values;
};

/* Routines are those of a mig_subsystem with the same `first`. */
struct mig_compact {
	mach_msg_id_t first;
	const struct mig_compact_routine *routines;
	const struct mig_object *objects;
};

/*
 * Serve a request whose id is that of a routine in the table; the reply has
 * been started. May block as the implementation does.
 */
extern void mig_compact_serve(const struct mig_compact *server,
    mach_msg_header_t *request, mach_msg_header_t *reply);

#endif
