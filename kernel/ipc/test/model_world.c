/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Each operation as the model does it and as programs have the kernel do it.
 */
#include "model_world.h"

#include <mach/notify.h>

#include <ipc/ipc_notify.h>

#define SPACE (current_task()->space)

unsigned model_ports, model_tasks;

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
	for (unsigned p = 0; p < model_ports; p++)
		if (model->port[p].in_set && model->port[p].count > 0)
			return true;
	return false;
}

bool
world_possible(const struct model *model, const struct op *op)
{
	const struct model_port *port = &model->port[op->port];

	switch ((enum kind)op->kind) {
	case OP_GIVE:
		return port->alive && port->holder < model_tasks &&
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
	if (kr != KERN_SUCCESS && !op->cancel)
		world->notify_port->sorights--; /* it was not taken */
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

	for (unsigned p = 0; p < model_ports; p++)
		if (world->model.port[p].alive &&
		    world->port[p]->receiver_name == header->msgh_local_port &&
		    world->port[p]->receiver == SPACE)
			world->from_set = p;
	if (mr == MACH_MSG_SUCCESS &&
	    header->msgh_remote_port != MACH_PORT_NULL)
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
bool
world_agree(bool good, const char *what, unsigned port, unsigned task)
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
		good &= world_agree(false, "a notification did not come",
		    world->past.told[i].port, world->past.told[i].task);
	return good;
}

/* Under which name the task knows the port now; it keeps that of a dead one. */
static void
learn_names(struct world *world)
{
	for (unsigned p = 0; p < model_ports; p++) {
		const struct ipc_port *port = world->port[p];

		if (!world->model.port[p].alive)
			continue;
		for (unsigned t = 0; t < model_tasks; t++) {
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
	good = world_agree(host_type(name) == type, "type of its name", p, t);
	if (port->send[t] > 0)
		good &= world_agree(
		    host_refs(name, MACH_PORT_RIGHT_SEND) == port->send[t],
		    "references of a send right", p, t);
	if (port->dead[t] > 0)
		good &= world_agree(
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
	return world_agree(real->object.active, "it is dead", p, 0) &&
	       world_agree((real->receiver == NULL) ==
			       (port->holder == HELD_BY_MESSAGE),
		   "who has its receive right", p, 0) &&
	       world_agree(real->srights == model_senders(&world->model, p),
		   "how many send rights", p, 0) &&
	       world_agree(
		   real->sorights == 0, "how many send-once rights", p, 0) &&
	       world_agree(
		   real->msgcount == port->count, "how many messages", p, 0) &&
	       world_agree(real->mscount == world->past.mscount[p],
		   "make-send count", p, 0) &&
	       world_agree((real->nsrequest != NULL) == port->no_senders,
		   "no-senders request", p, 0) &&
	       world_agree((real->pdrequest != NULL) == port->destroyed,
		   "port-destroyed request", p, 0) &&
	       world_agree(!list_empty(&real->sets) == port->in_set,
		   "is in the set", p, 0);
}

static bool
worlds_agree(struct world *world)
{
	bool good = notices_agree(world);

	learn_names(world);
	for (unsigned p = 0; p < model_ports; p++) {
		good &= port_agrees(world, p);
		for (unsigned t = 0; t < model_tasks; t++)
			good &= name_agrees(world, p, t);
	}
	return good;
}

/* Every slot of the leaves there are is in use. */
static void
fill_names(struct ipc_space *space)
{
	mach_port_name_t name;

	do
		(void)mach_port_allocate(
		    space, MACH_PORT_RIGHT_DEAD_NAME, &name);
	while (space->names % (IPC_LEAF_SLOTS - 1) != 0);
}

void
world_begin(struct world *world, bool full)
{
	*world = (struct world){.from_set = 0};
	for (unsigned t = 0; t < model_tasks; t++)
		world->task[t] = host_task();
	host_enter(world->task[0]);
	world->notify = host_port();
	world->notify_port =
	    ipc_object_port(ipc_entry_lookup(SPACE, world->notify)->object);
	(void)mach_port_set_qlimit(SPACE, world->notify, MODEL_TOLD);
	(void)mach_port_allocate(SPACE, MACH_PORT_RIGHT_PORT_SET, &world->set);
	for (unsigned p = 0; p < model_ports; p++) {
		world->name[p][0] = host_port();
		world->port[p] = ipc_object_port(
		    ipc_entry_lookup(SPACE, world->name[p][0])->object);
		world->model.port[p].alive = 1;
	}
	for (unsigned p = model_ports; p < MODEL_PORTS; p++)
		world->model.port[p].holder = HELD_BY_NOBODY;
	for (unsigned t = 0; t < model_tasks && full; t++)
		fill_names(world->task[t]->space);
	learn_names(world);
}

void
world_end(struct world *world, struct task *home)
{
	host_enter(home);
	for (unsigned t = 0; t < model_tasks; t++)
		host_task_end(world->task[t]);
	ipc_reap();
	ipc_notify_init(); /* its reserve is full again */
}

bool
world_do(struct world *world, const struct op *op)
{
	kern_return_t kr = kernel_do(world, op);

	ipc_reap();
	model_do(world, op);
	return world_agree(
		   kr == KERN_SUCCESS, "it is refused", op->port, op->task) &
	       worlds_agree(world);
}

/*
 * What an error may cost: a receiver the cargo it has no name for; who gives a
 * right, that right.
 */
static void
model_do_lost(struct world *world, const struct op *op)
{
	world->past.told_count = 0;
	if (op->kind == OP_RECEIVE)
		model_receive_lost(&world->model, &world->past, op->port);
	else if (op->kind == OP_RECEIVE_SET)
		model_receive_lost(
		    &world->model, &world->past, world->from_set);
	if (op->kind != OP_GIVE)
		return;
	model_give(&world->model, &world->past, op->port, op->task);
	model_drop(&world->model, &world->past, op->port, op->task);
}

static bool
is_shortage(const struct op *op, kern_return_t kr)
{
	switch ((enum kind)op->kind) {
	case OP_GIVE:
		return kr == KERN_FAILURE; /* the test's own */
	case OP_SEND:
	case OP_SEND_RECEIVE:
	case OP_SEND_SEND:
		return kr == MACH_SEND_NO_BUFFER;
	case OP_RECEIVE:
	case OP_RECEIVE_SET:
		return kr == (MACH_RCV_BODY_ERROR | MACH_MSG_IPC_KERNEL) ||
		       kr == (MACH_RCV_HEADER_ERROR | MACH_MSG_IPC_KERNEL);
	default:
		return kr == KERN_RESOURCE_SHORTAGE;
	}
}

bool
world_do_failing(
    struct world *world, const struct op *op, unsigned n, bool *failed)
{
	kern_return_t kr;

	*failed = false;
	if (op->kind == OP_SEND_REPLY)
		return true; /* its right is made on the way */
	host_fail_allocation(n);
	kr = kernel_do(world, op);
	ipc_reap();
	*failed = host_failed();
	host_fail_allocation(0);
	if (kr == KERN_SUCCESS)
		model_do(world, op);
	else
		model_do_lost(world, op);
	if (kr != KERN_SUCCESS)
		world_agree(
		    is_shortage(op, kr), "the error", op->port, op->task);
	return (kr == KERN_SUCCESS || is_shortage(op, kr)) &
	       worlds_agree(world);
}
