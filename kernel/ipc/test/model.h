/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What ports, rights and notifications are supposed to do, said as simply as
 * possible and without the kernel's structures: who has which right, what lies
 * in which queue, who is to be told. All notifications go to one port of task
 * 0, which receives them after each operation.
 */
#ifndef IPC_TEST_MODEL_H
#define IPC_TEST_MODEL_H

#include <stdbool.h>
#include <stdint.h>

#define MODEL_PORTS 3
#define MODEL_TASKS 2
#define MODEL_QUEUE 2  /* messages a port has at most */
#define MODEL_UREFS 2  /* user references likewise, but for dead names */
#define MODEL_TOLD  16 /* notifications of one operation */

enum { /* where a receive right is, if not with a task */
	HELD_BY_MESSAGE = 10,
	HELD_BY_NOBODY
};

enum cargo {
	CARGO_NONE,
	CARGO_RECEIVE,
	CARGO_SEND,
	CARGO_REPLY, /* a send-once right to the port for notifications */
};

struct model_message {
	uint8_t cargo;
	uint8_t port; /* of CARGO_RECEIVE and CARGO_SEND */
};

struct model_port {
	uint8_t alive;
	uint8_t holder;
	uint8_t send[MODEL_TASKS];      /* user references */
	uint8_t dead[MODEL_TASKS];      /* of the dead name it left */
	uint8_t dead_name[MODEL_TASKS]; /* requested */
	uint8_t no_senders;
	uint8_t destroyed;
	uint8_t in_set;
	uint8_t count;
	struct model_message queue[MODEL_QUEUE];
};

struct model_notice {
	int id;
	unsigned port;
	unsigned task;  /* whose name, of dead_name and port_deleted */
	unsigned count; /* of no_senders */
};

struct model {
	struct model_port port[MODEL_PORTS];
};

/* What is no part of a state: it decides nothing that comes. */
struct model_history {
	unsigned mscount[MODEL_PORTS];
	unsigned told_count;
	struct model_notice told[MODEL_TOLD];
};

extern unsigned model_senders(const struct model *model, unsigned port);

/* Would a message to `to` that carries the receive right of `what` be lost? */
extern bool model_circular(
    const struct model *model, unsigned to, unsigned what);

extern void model_give(
    struct model *model, struct model_history *past, unsigned p, unsigned t);
extern void model_drop(
    struct model *model, struct model_history *past, unsigned p, unsigned t);
extern void model_destroy(
    struct model *model, struct model_history *past, unsigned p);

/* From task `t`, which has what it sends. */
extern void model_send(struct model *model, struct model_history *past,
    unsigned p, unsigned t, struct model_message message);
extern void model_receive(
    struct model *model, struct model_history *past, unsigned p);

/* The same when there is no name for its cargo. */
extern void model_receive_lost(
    struct model *model, struct model_history *past, unsigned p);

/* One more request of its kind, or with `cancel` one less. */
extern void model_ask_no_senders(
    struct model *model, struct model_history *past, unsigned p, bool cancel);
extern void model_ask_destroyed(
    struct model *model, struct model_history *past, unsigned p, bool cancel);
extern void model_ask_dead_name(struct model *model, struct model_history *past,
    unsigned p, unsigned t, bool cancel);

#endif
