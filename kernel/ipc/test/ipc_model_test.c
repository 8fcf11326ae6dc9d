/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The life cycle of ports, in every order: from each state that a few
 * operations reach, each operation again, in the kernel's code and in the model
 * (model.h), which must agree on every right, count and notification. A state
 * is reached by doing all that led to it anew, in new tasks, whose end must
 * leave nothing. What does not agree is printed with what led to it.
 *
 *   ipc_model_test [DEPTH]
 */
#include <mach/notify.h>

#include <stdlib.h>

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

static const char *const op_names[OP_KINDS] = {"give", "drop", "destroy",
    "send", "send receive right", "send send right", "send reply right",
    "receive", "receive from set", "ask no-senders", "ask port-destroyed",
    "ask dead-name", "into set", "out of set"};

struct op {
	uint8_t kind, port, task, other;
	uint8_t cancel;
};

/* A state that was reached, and how. */
struct node {
	struct model model;
	int parent;
	struct op op;
	unsigned depth;
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

#define MOST_STATES 4000000
#define MOST_OPS    400
#define BUCKETS     (1U << 22)

static struct node *nodes;
static int node_count;
static int *buckets;
static struct op ops[MOST_OPS];
static unsigned op_count;
static unsigned ports, tasks; /* of this run */
static unsigned bad;
static uint64_t steps;

#define SPACE (current_task()->space)

/* Which operations make sense in a state. */
static bool
can_name(const struct model_port *port, unsigned t)
{
	return port->alive && (port->holder == t || port->send[t] > 0);
}

static bool
can_ask(const struct model_port *port, uint8_t asked, const struct op *op)
{
	return port->alive && port->holder == op->task &&
	       (!op->cancel || asked);
}

static bool
can_send(const struct model *model, const struct op *op)
{
	const struct model_port *port = &model->port[op->port];
	const struct model_port *other = &model->port[op->other];

	if (!port->alive || port->send[op->task] == 0 ||
	    port->count == MODEL_QUEUE)
		return false;
	if (op->kind == OP_SEND_RECEIVE)
		return other->alive && other->holder == op->task;
	if (op->kind == OP_SEND_SEND)
		return other->send[op->task] + other->dead[op->task] > 0;
	return op->kind == OP_SEND || op->other == 0;
}

static bool
set_is_ready(const struct model *model)
{
	for (unsigned p = 0; p < ports; p++)
		if (model->port[p].in_set && model->port[p].count > 0)
			return true;
	return false;
}

static bool
possible(const struct model *model, const struct op *op)
{
	const struct model_port *port = &model->port[op->port];

	switch ((enum kind)op->kind) {
	case OP_GIVE:
		return port->alive && port->holder < tasks &&
		       port->send[op->task] < MODEL_UREFS;
	case OP_DROP:
		return port->send[op->task] + port->dead[op->task] > 0;
	case OP_DESTROY:
		return port->alive && port->holder == op->task;
	case OP_RECEIVE:
		return port->holder == op->task && !port->in_set &&
		       port->count > 0;
	case OP_RECEIVE_SET:
		return set_is_ready(model);
	case OP_NO_SENDERS:
		return can_ask(port, port->no_senders, op);
	case OP_DESTROYED:
		return can_ask(port, port->destroyed, op);
	case OP_DEAD_NAME:
		return can_name(port, op->task) &&
		       (!op->cancel || port->dead_name[op->task]);
	case OP_JOIN:
		return port->holder == 0 && !port->in_set;
	case OP_LEAVE:
		return port->in_set;
	default:
		return can_send(model, op);
	}
}

/* The same in the model. */
static void
model_do(struct world *world, const struct op *op)
{
	static const uint8_t cargo[OP_KINDS] = {
	    [OP_SEND_RECEIVE] = CARGO_RECEIVE,
	    [OP_SEND_SEND] = CARGO_SEND,
	    [OP_SEND_REPLY] = CARGO_REPLY,
	};
	struct model *model = &world->model;
	struct model_history *past = &world->past;

	past->told_count = 0;
	switch ((enum kind)op->kind) {
	case OP_GIVE:
		model_give(model, past, op->port, op->task);
		break;
	case OP_DROP:
		model_drop(model, past, op->port, op->task);
		break;
	case OP_DESTROY:
		model_destroy(model, past, op->port);
		break;
	case OP_RECEIVE:
		model_receive(model, past, op->port);
		break;
	case OP_RECEIVE_SET:
		model_receive(model, past, world->from_set);
		break;
	case OP_NO_SENDERS:
		model_ask_no_senders(model, past, op->port, op->cancel);
		break;
	case OP_DESTROYED:
		model_ask_destroyed(model, past, op->port, op->cancel);
		break;
	case OP_DEAD_NAME:
		model_ask_dead_name(
		    model, past, op->port, op->task, op->cancel);
		break;
	case OP_JOIN:
	case OP_LEAVE:
		model->port[op->port].in_set = op->kind == OP_JOIN;
		break;
	default:
		model_send(model, past, op->port, op->task,
		    (struct model_message){cargo[op->kind], op->other});
		break;
	}
}

/* The same in the kernel. */
static kern_return_t
ask(const struct world *world, const struct op *op, mach_msg_id_t id)
{
	mach_port_t notify = MACH_PORT_NULL;
	mach_port_t previous = MACH_PORT_NULL;
	kern_return_t kr;

	if (!op->cancel)
		notify = ipc_port_to_handle(
		    ipc_port_make_send_once(world->notify_port));
	kr = mach_port_request_notification(
	    SPACE, world->name[op->port][op->task], id, 0, notify, &previous);
	ipc_right_release(previous, MACH_MSG_TYPE_PORT_SEND_ONCE);
	return kr;
}

static kern_return_t
send_message(const struct world *world, const struct op *op)
{
	struct {
		mach_msg_base_t base;
		mach_msg_port_descriptor_t right;
	} *message = host_buffer;
	static const uint8_t how[OP_KINDS] = {
	    [OP_SEND_RECEIVE] = MACH_MSG_TYPE_MOVE_RECEIVE,
	    [OP_SEND_SEND] = MACH_MSG_TYPE_MOVE_SEND,
	};
	mach_msg_size_t size = sizeof(message->base.header);

	memset(message, 0, sizeof(*message));
	message->base.header.msgh_bits = MACH_MSG_TYPE_COPY_SEND;
	message->base.header.msgh_remote_port = world->name[op->port][op->task];
	if (op->kind == OP_SEND_REPLY) {
		/* Made for the sender, who may not have that port. */
		mach_port_name_t name;

		(void)ipc_right_copyout(SPACE,
		    ipc_port_to_handle(
			ipc_port_make_send_once(world->notify_port)),
		    MACH_MSG_TYPE_PORT_SEND_ONCE, &name);
		message->base.header.msgh_local_port = name;
		message->base.header.msgh_bits |=
		    MACH_MSGH_BITS(0, MACH_MSG_TYPE_MOVE_SEND_ONCE);
	} else if (op->kind != OP_SEND) {
		message->base.header.msgh_bits |= MACH_MSGH_BITS_COMPLEX;
		message->base.body.msgh_descriptor_count = 1;
		message->right.name = world->name[op->other][op->task];
		message->right.disposition = how[op->kind];
		size = sizeof(*message);
	}
	return host_msg(
	    message, MACH_SEND_MSG | MACH_SEND_TIMEOUT, size, 0, 0, 0);
}

static kern_return_t
receive_message(struct world *world, mach_port_name_t name)
{
	mach_msg_header_t *header = host_buffer;
	mach_msg_return_t mr =
	    host_msg(header, MACH_RCV_MSG | MACH_RCV_TIMEOUT, 0, 4096, name, 0);

	if (mr != MACH_MSG_SUCCESS)
		return mr;
	for (unsigned p = 0; p < ports; p++)
		if (world->model.port[p].alive &&
		    world->port[p]->receiver_name == header->msgh_local_port &&
		    world->port[p]->receiver == SPACE)
			world->from_set = p;
	if (header->msgh_remote_port != MACH_PORT_NULL)
		return mach_port_deallocate(SPACE, header->msgh_remote_port);
	return mr;
}

static kern_return_t
kernel_do(struct world *world, const struct op *op)
{
	unsigned holder = world->model.port[op->port].holder;
	mach_port_name_t name = world->name[op->port][op->task];

	host_enter(world->task[op->task]);
	switch ((enum kind)op->kind) {
	case OP_GIVE:
		host_enter(world->task[holder]);
		name = host_give_send(
		    world->name[op->port][holder], world->task[op->task]);
		return MACH_PORT_VALID(name) ? KERN_SUCCESS : KERN_FAILURE;
	case OP_DROP:
		return mach_port_deallocate(SPACE, name);
	case OP_DESTROY:
		return mach_port_mod_refs(
		    SPACE, name, MACH_PORT_RIGHT_RECEIVE, -1);
	case OP_RECEIVE:
		return receive_message(world, name);
	case OP_RECEIVE_SET:
		return receive_message(world, world->set);
	case OP_NO_SENDERS:
		return ask(world, op, MACH_NOTIFY_NO_SENDERS);
	case OP_DESTROYED:
		return ask(world, op, MACH_NOTIFY_PORT_DESTROYED);
	case OP_DEAD_NAME:
		return ask(world, op, MACH_NOTIFY_DEAD_NAME);
	case OP_JOIN:
		return mach_port_move_member(SPACE, name, world->set);
	case OP_LEAVE:
		return mach_port_move_member(SPACE, name, MACH_PORT_NULL);
	default:
		return send_message(world, op);
	}
}

/* How both agree. */
static bool
agree(bool good, const char *what, unsigned port, unsigned task)
{
	if (!good)
		printf("# port %u, task %u: %s\n", port, task, what);
	return good;
}

/* A notification that came is taken off what the model expects. */
static bool
expected(struct world *world, int id, natural_t word, struct ipc_port *right)
{
	struct model_history *past = &world->past;

	for (unsigned i = 0; i < past->told_count; i++) {
		const struct model_notice *told = &past->told[i];

		if (told->id != id ||
		    (id == MACH_NOTIFY_NO_SENDERS && told->count != word) ||
		    (id == MACH_NOTIFY_PORT_DESTROYED &&
			world->port[told->port] != right) ||
		    ((id == MACH_NOTIFY_DEAD_NAME ||
			 id == MACH_NOTIFY_PORT_DELETED) &&
			world->name[told->port][told->task] != word))
			continue;
		past->told[i] = past->told[--past->told_count];
		return true;
	}
	printf("# not expected: notification %d, %x\n", id, word);
	return false;
}

static bool
notices_agree(struct world *world)
{
	const natural_t *words = host_buffer;
	const mach_msg_port_descriptor_t *right =
	    (const void *)((const char *)host_buffer + sizeof(mach_msg_base_t));
	bool good = true;
	int id;

	host_enter(world->task[0]);
	while ((id = host_receive(world->notify)) > 0 && id < 1000) {
		struct ipc_port *port = NULL;

		if (id == MACH_NOTIFY_PORT_DESTROYED)
			port = ipc_object_port(
			    ipc_entry_lookup(SPACE, right->name)->object);
		good &= expected(world, id, words[8], port);
	}
	for (unsigned i = 0; i < world->past.told_count; i++)
		good &= agree(false, "a notification did not come",
		    world->past.told[i].port, world->past.told[i].task);
	return good;
}

/* Under which name the task knows the port now; it keeps that of a dead one. */
static void
learn_names(struct world *world)
{
	for (unsigned p = 0; p < ports; p++) {
		const struct ipc_port *port = world->port[p];

		if (!world->model.port[p].alive)
			continue;
		for (unsigned t = 0; t < tasks; t++) {
			const struct ipc_entry *entry =
			    ipc_hash_lookup(world->task[t]->space, port);

			if (port->receiver == world->task[t]->space)
				world->name[p][t] = port->receiver_name;
			else if (entry != NULL)
				world->name[p][t] = ipc_entry_name(entry);
		}
	}
}

static bool
name_agrees(const struct world *world, unsigned p, unsigned t)
{
	const struct model_port *port = &world->model.port[p];
	mach_port_type_t type = 0;
	mach_port_name_t name = world->name[p][t];
	bool good;

	if (port->alive && port->holder == t)
		type |= MACH_PORT_TYPE_RECEIVE;
	if (port->send[t] > 0)
		type |= MACH_PORT_TYPE_SEND;
	if (port->dead[t] > 0)
		type |= MACH_PORT_TYPE_DEAD_NAME;
	if (port->dead_name[t])
		type |= MACH_PORT_TYPE_DNREQUEST;
	host_enter(world->task[t]);
	good = agree(host_type(name) == type, "type of its name", p, t);
	if (port->send[t] > 0)
		good &= agree(
		    host_refs(name, MACH_PORT_RIGHT_SEND) == port->send[t],
		    "references of a send right", p, t);
	if (port->dead[t] > 0)
		good &= agree(
		    host_refs(name, MACH_PORT_RIGHT_DEAD_NAME) == port->dead[t],
		    "references of a dead name", p, t);
	return good;
}

static bool
port_agrees(const struct world *world, unsigned p)
{
	const struct model_port *port = &world->model.port[p];
	const struct ipc_port *real = world->port[p];

	if (!port->alive)
		return true;
	return agree(real->object.active, "it is dead", p, 0) &&
	       agree((real->receiver == NULL) ==
			 (port->holder == HELD_BY_MESSAGE),
		   "who has its receive right", p, 0) &&
	       agree(real->srights == model_senders(&world->model, p),
		   "how many send rights", p, 0) &&
	       agree(real->sorights == 0, "how many send-once rights", p, 0) &&
	       agree(
		   real->msgcount == port->count, "how many messages", p, 0) &&
	       agree(real->mscount == world->past.mscount[p], "make-send count",
		   p, 0) &&
	       agree((real->nsrequest != NULL) == port->no_senders,
		   "no-senders request", p, 0) &&
	       agree((real->pdrequest != NULL) == port->destroyed,
		   "port-destroyed request", p, 0) &&
	       agree(!list_empty(&real->sets) == port->in_set, "is in the set",
		   p, 0);
}

static bool
worlds_agree(struct world *world)
{
	bool good = notices_agree(world);

	learn_names(world);
	for (unsigned p = 0; p < ports; p++) {
		good &= port_agrees(world, p);
		for (unsigned t = 0; t < tasks; t++)
			good &= name_agrees(world, p, t);
	}
	return good;
}

static void
world_begin(struct world *world)
{
	*world = (struct world){.from_set = 0};
	for (unsigned t = 0; t < tasks; t++)
		world->task[t] = host_task();
	host_enter(world->task[0]);
	world->notify = host_port();
	world->notify_port =
	    ipc_object_port(ipc_entry_lookup(SPACE, world->notify)->object);
	(void)mach_port_set_qlimit(SPACE, world->notify, MODEL_TOLD);
	(void)mach_port_allocate(SPACE, MACH_PORT_RIGHT_PORT_SET, &world->set);
	for (unsigned p = 0; p < ports; p++) {
		world->name[p][0] = host_port();
		world->port[p] = ipc_object_port(
		    ipc_entry_lookup(SPACE, world->name[p][0])->object);
		world->model.port[p].alive = 1;
	}
	for (unsigned p = ports; p < MODEL_PORTS; p++)
		world->model.port[p].holder = HELD_BY_NOBODY;
}

static void
world_end(struct world *world, struct task *home)
{
	host_enter(home);
	for (unsigned t = 0; t < tasks; t++)
		host_task_end(world->task[t]);
	ipc_reap();
}

static bool
world_do(struct world *world, const struct op *op)
{
	kern_return_t kr = kernel_do(world, op);

	ipc_reap();
	steps++;
	model_do(world, op);
	return agree(kr == KERN_SUCCESS, "it is refused", op->port, op->task) &
	       worlds_agree(world);
}

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

	world_begin(&world);
	learn_names(&world);
	replay(&world, node);
	good = world_do(&world, op);
	if (good)
		add_state(&world.model, node, op);
	world_end(&world, home);
	good &= agree(host_in_use() == before, "left over at the end", op->port,
	    op->task);
	if (good)
		return;
	if (bad++ < 5) {
		printf("# after:\n");
		print_path(node);
		print_op(op);
	}
}

static void
list_ops(void)
{
	op_count = 0;
	for (unsigned kind = 0; kind < OP_KINDS; kind++)
		for (unsigned i = 0; i < ports * ports * tasks * 2; i++) {
			struct op op = {.kind = (uint8_t)kind,
			    .port = (uint8_t)(i / 2 / tasks % ports),
			    .task = (uint8_t)(i / 2 % tasks),
			    .other = (uint8_t)(i / 2 / tasks / ports),
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

static void
explore(unsigned with_ports, unsigned with_tasks, unsigned depth)
{
	struct task *home = current_task();
	struct model first = {0};
	int deepest = 0;

	ports = with_ports;
	tasks = with_tasks;
	steps = 0;
	bad = 0;
	node_count = 1; /* 0 is nobody's index in the table */
	memset(buckets, 0, BUCKETS * sizeof(*buckets));
	list_ops();
	for (unsigned p = 0; p < MODEL_PORTS; p++) {
		first.port[p].alive = p < ports;
		first.port[p].holder = p < ports ? 0 : HELD_BY_NOBODY;
	}
	add_state(&first, -1, &ops[0]);
	for (int node = 1; node < node_count && nodes[node].depth < depth;
	     node++) {
		deepest = node;
		for (unsigned i = 0; i < op_count; i++)
			if (possible(&nodes[node].model, &ops[i]))
				try(node, &ops[i], home);
	}
	printf("# %u ports, %u tasks: every order of %u operations: %d states, "
	       "%d left to go on from, %llu steps\n",
	    ports, tasks, depth, node_count - 1, node_count - 1 - deepest,
	    (unsigned long long)steps);
	is_int(bad, 0, "the kernel does what the model does");
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
