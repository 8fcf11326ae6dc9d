/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The kernel and the model (model.h) side by side: the same operation in both,
 * and whether they agree on every right, count and notification then.
 */
#ifndef IPC_TEST_MODEL_WORLD_H
#define IPC_TEST_MODEL_WORLD_H

#include "ipc_host.h"
#include "model.h"

enum kind {
	OP_GIVE,
	OP_DROP,
	OP_DESTROY,
	OP_SEND,
	OP_SEND_RECEIVE,
	OP_SEND_SEND,
	OP_SEND_REPLY,
	OP_RECEIVE,
	OP_RECEIVE_SET,
	OP_NO_SENDERS,
	OP_DESTROYED,
	OP_DEAD_NAME,
	OP_JOIN,
	OP_LEAVE,
	OP_KINDS,
};

struct op {
	uint8_t kind, port, task, other;
	uint8_t cancel;
};

struct world {
	struct task *task[MODEL_TASKS];
	mach_port_name_t name[MODEL_PORTS][MODEL_TASKS];
	struct ipc_port *port[MODEL_PORTS];
	mach_port_name_t notify;
	mach_port_name_t set;
	struct ipc_port *notify_port;
	struct model model;
	struct model_history past;
	unsigned from_set; /* whose message a receive from the set got */
};

/* How many of each there are in this run. */
extern unsigned model_ports, model_tasks;

/* Does it make sense in that state? */
extern bool world_possible(const struct model *model, const struct op *op);

/* New tasks and ports; `full`: the next name needs memory. */
extern void world_begin(struct world *world, bool full);

/* The tasks end; the thread acts in `home` again. */
extern void world_end(struct world *world, struct task *home);

/* One operation; false: kernel and model differ, and how is printed. */
extern bool world_do(struct world *world, const struct op *op);

/*
 * The same while the n-th allocation fails. It must succeed all the same, or
 * with an error that says so leave everything as it was. *failed: it came to n
 * allocations.
 */
extern bool world_do_failing(
    struct world *world, const struct op *op, unsigned n, bool *failed);

/* Prints what differs unless `good`, which it returns. */
extern bool world_agree(
    bool good, const char *what, unsigned port, unsigned task);

#endif
