/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The life cycle of ports, in every order: from each state that a few
 * operations reach, each operation again, in the kernel's code and in the model
 * (model.h), which must agree on every right, count and notification. A state
 * is reached by doing all that led to it anew, in new tasks, whose end must
 * leave nothing. Then the same with each allocation failing in its turn. What
 * does not agree is printed with what led to it.
 *
 *   ipc_model_test [DEPTH]
 */
#include <stdlib.h>

#include "model_world.h"

static const char *const op_names[OP_KINDS] = {"give", "drop", "destroy",
    "send", "send receive right", "send send right", "send reply right",
    "receive", "receive from set", "ask no-senders", "ask port-destroyed",
    "ask dead-name", "into set", "out of set"};

/* A state that was reached, and how. */
struct node {
	struct model model;
	int parent;
	struct op op;
	unsigned depth;
};

#define MOST_STATES 4000000
#define MOST_OPS    400
#define BUCKETS     (1U << 22)

static struct node *nodes;
static int node_count;
static int *buckets;
static struct op ops[MOST_OPS];
static unsigned op_count;
static unsigned bad;
static unsigned failures;
static uint64_t steps;

static void
print_op(const struct op *op)
{
	printf("#   %s%s: port %u, task %u, other %u\n",
	    op->cancel ? "take back: " : "", op_names[op->kind], op->port,
	    op->task, op->other);
}

static void
print_path(int node)
{
	if (nodes[node].parent < 0)
		return;
	print_path(nodes[node].parent);
	print_op(&nodes[node].op);
}

/* All that led to a node, in a new world. */
static void
replay(struct world *world, int node)
{
	if (nodes[node].parent < 0)
		return;
	replay(world, nodes[node].parent);
	(void)world_do(world, &nodes[node].op);
}

static uint32_t
hash(const struct model *model)
{
	const uint8_t *bytes = (const uint8_t *)model;
	uint64_t sum = 14695981039346656037ULL;

	for (size_t i = 0; i < sizeof(*model); i++)
		sum = (sum ^ bytes[i]) * 1099511628211ULL;
	return (uint32_t)(sum ^ (sum >> 32));
}

static void
add_state(const struct model *model, int parent, const struct op *op)
{
	uint32_t at = hash(model) % BUCKETS;

	while (buckets[at] != 0) {
		if (memcmp(&nodes[buckets[at]].model, model, sizeof(*model)) ==
		    0)
			return;
		at = (at + 1) % BUCKETS;
	}
	if (node_count == MOST_STATES)
		abort();
	buckets[at] = node_count;
	nodes[node_count++] = (struct node){
	    .model = *model,
	    .parent = parent,
	    .op = *op,
	    .depth = parent < 0 ? 0 : nodes[parent].depth + 1,
	};
}

static void
try(int node, const struct op *op, struct task *home)
{
	size_t before = host_in_use();
	struct world world;
	bool good;

	world_begin(&world, false);
	replay(&world, node);
	good = world_do(&world, op);
	if (good)
		add_state(&world.model, node, op);
	steps += nodes[node].depth + 1;
	world_end(&world, home);
	good &= world_agree(host_in_use() == before, "left over at the end",
	    op->port, op->task);
	if (good)
		return;
	if (bad++ < 5) {
		printf("# after:\n");
		print_path(node);
		print_op(op);
	}
}

/* The operation with the first allocation failing, the second... */
static void
try_failing(int node, const struct op *op, struct task *home, bool full)
{
	bool failed = true;
	bool good = true;

	for (unsigned n = 1; failed && good; n++) {
		size_t before = host_in_use();
		struct world world;

		world_begin(&world, full);
		replay(&world, node);
		good = world_do_failing(&world, op, n, &failed);
		failures += failed;
		world_end(&world, home);
		good &= world_agree(host_in_use() == before,
		    "left over at the end", op->port, op->task);
	}
	if (good || bad++ >= 5)
		return;
	printf("# with an allocation failing, after:\n");
	print_path(node);
	print_op(op);
}

static void
list_ops(void)
{
	op_count = 0;
	for (unsigned kind = 0; kind < OP_KINDS; kind++)
		for (unsigned i = 0;
		     i < model_ports * model_ports * model_tasks * 2; i++) {
			struct op op = {.kind = (uint8_t)kind,
			    .port =
				(uint8_t)(i / 2 / model_tasks % model_ports),
			    .task = (uint8_t)(i / 2 % model_tasks),
			    .other =
				(uint8_t)(i / 2 / model_tasks / model_ports),
			    .cancel = i % 2};
			bool two =
			    kind == OP_SEND_RECEIVE || kind == OP_SEND_SEND;
			bool asks =
			    kind >= OP_NO_SENDERS && kind <= OP_DEAD_NAME;
			bool owner = kind == OP_JOIN || kind == OP_LEAVE;

			if ((op.other != 0 && !two) || (op.cancel && !asks) ||
			    (owner && op.task != 0) ||
			    (kind == OP_RECEIVE_SET && i != 0))
				continue;
			ops[op_count++] = op;
		}
}

/* The states that are near. */
static void
explore_failing(unsigned depth, struct task *home)
{
	bad = 0;
	failures = 0;
	for (int node = 1; node < node_count && nodes[node].depth < depth;
	     node++)
		for (unsigned i = 0; i < op_count; i++)
			if (world_possible(&nodes[node].model, &ops[i])) {
				try_failing(node, &ops[i], home, false);
				try_failing(node, &ops[i], home, true);
			}
	printf("# %u allocations that failed\n", failures);
	is_int(bad, 0, "no memory is an error without effect");
}

static void
explore(unsigned with_ports, unsigned with_tasks, unsigned depth)
{
	struct task *home = current_task();
	struct model first = {0};
	int deepest = 0;

	model_ports = with_ports;
	model_tasks = with_tasks;
	steps = 0;
	bad = 0;
	node_count = 1; /* 0 is nobody's index in the table */
	memset(buckets, 0, BUCKETS * sizeof(*buckets));
	list_ops();
	for (unsigned p = 0; p < MODEL_PORTS; p++) {
		first.port[p].alive = p < model_ports;
		first.port[p].holder = p < model_ports ? 0 : HELD_BY_NOBODY;
	}
	add_state(&first, -1, &ops[0]);
	for (int node = 1; node < node_count && nodes[node].depth < depth;
	     node++) {
		deepest = node;
		for (unsigned i = 0; i < op_count; i++)
			if (world_possible(&nodes[node].model, &ops[i]))
				try(node, &ops[i], home);
	}
	printf("# %u ports, %u tasks: every order of %u operations: %d states, "
	       "%d left to go on from, %llu steps\n",
	    model_ports, model_tasks, depth, node_count - 1,
	    node_count - 1 - deepest, (unsigned long long)steps);
	is_int(bad, 0, "the kernel does what the model does");
	explore_failing(depth - 2, home);
	ok(node_count > 10, "in many states");
}

int
main(int argc, char **argv)
{
	unsigned depth = argc > 1 ? (unsigned)atoi(argv[1]) : 5;

	setvbuf(stdout, NULL, _IOLBF, 0);
	nodes = calloc(MOST_STATES, sizeof(*nodes));
	buckets = calloc(BUCKETS, sizeof(*buckets));
	if (nodes == NULL || buckets == NULL)
		return 1;
	host_init();
	/* Caches that stay. */
	explore(1, 1, 2);
	explore(1, 2, depth + 2);
	explore(2, 2, depth);
	explore(3, 1, depth);
	return test_done();
}
