/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The reference model of ports and rights. It counts by looking everywhere.
 */
#include "model.h"

#include <mach/notify.h>

#include <stdlib.h>

static void
tell(struct model_history *past, int id, unsigned p, unsigned t)
{
	if (past->told_count == MODEL_TOLD)
		abort();
	past->told[past->told_count++] = (struct model_notice){
	    .id = id,
	    .port = p,
	    .task = t,
	    .count = id == MACH_NOTIFY_NO_SENDERS ? past->mscount[p] : 0,
	};
}

/* Each task that can send counts once, and each right in a message. */
unsigned
model_senders(const struct model *model, unsigned port)
{
	unsigned rights = model->port[port].count; /* they were sent with one */

	for (unsigned t = 0; t < MODEL_TASKS; t++)
		rights += model->port[port].send[t] > 0;
	for (unsigned p = 0; p < MODEL_PORTS; p++)
		for (unsigned i = 0; i < model->port[p].count; i++)
			rights += model->port[p].queue[i].cargo == CARGO_SEND &&
				  model->port[p].queue[i].port == port;
	return rights;
}

/* In whose queue is the receive right of `what`? */
static unsigned
carrier(const struct model *model, unsigned what)
{
	for (unsigned p = 0; p < MODEL_PORTS; p++)
		for (unsigned i = 0; i < model->port[p].count; i++)
			if (model->port[p].queue[i].cargo == CARGO_RECEIVE &&
			    model->port[p].queue[i].port == what)
				return p;
	abort();
}

bool
model_circular(const struct model *model, unsigned to, unsigned what)
{
	while (to != what) {
		if (model->port[to].holder != HELD_BY_MESSAGE)
			return false;
		to = carrier(model, to);
	}
	return true;
}

/* A send right to the port was there and is not any more. */
static void
one_sender_less(struct model *model, struct model_history *past, unsigned p)
{
	struct model_port *port = &model->port[p];

	if (!port->alive || !port->no_senders || model_senders(model, p) > 0)
		return;
	port->no_senders = 0;
	tell(past, MACH_NOTIFY_NO_SENDERS, p, 0);
}

/* The task has no right to a port that lives: so it has no name for it. */
static void
name_may_end(
    struct model *model, struct model_history *past, unsigned p, unsigned t)
{
	struct model_port *port = &model->port[p];

	if (port->holder == t || port->send[t] > 0 || !port->dead_name[t])
		return;
	port->dead_name[t] = 0;
	tell(past, MACH_NOTIFY_PORT_DELETED, p, t);
}

static void
leave(struct model *model, struct model_history *past, unsigned p)
{
	struct model_port *port = &model->port[p];

	past->mscount[p] = 0;
	port->in_set = 0;
	if (port->no_senders)
		tell(past, MACH_NOTIFY_SEND_ONCE, 0, 0);
	port->no_senders = 0;
}

static void die(struct model *model, struct model_history *past, unsigned p);

/* A message that nobody will receive; it is in no queue. */
static void
discard(struct model *model, struct model_history *past,
    struct model_message message)
{
	if (message.cargo == CARGO_RECEIVE)
		die(model, past, message.port);
	else if (message.cargo == CARGO_SEND)
		one_sender_less(model, past, message.port);
	else if (message.cargo == CARGO_REPLY)
		tell(past, MACH_NOTIFY_SEND_ONCE, 0, 0);
}

/* The receive right is given up by whoever had it. */
static void
die(struct model *model, struct model_history *past, unsigned p)
{
	struct model_port *port = &model->port[p];
	struct model_message queue[MODEL_QUEUE];
	unsigned count = port->count;

	if (port->destroyed) {
		port->destroyed = 0;
		leave(model, past, p);
		port->holder = 0; /* it comes with the notification */
		tell(past, MACH_NOTIFY_PORT_DESTROYED, p, 0);
		return;
	}
	port->alive = 0;
	port->holder = HELD_BY_NOBODY;
	port->in_set = 0;
	if (port->no_senders)
		tell(past, MACH_NOTIFY_SEND_ONCE, 0, 0);
	port->no_senders = 0;
	for (unsigned t = 0; t < MODEL_TASKS; t++) {
		port->dead[t] = port->send[t];
		port->send[t] = 0;
		if (port->dead_name[t]) {
			port->dead[t]++;
			tell(past, MACH_NOTIFY_DEAD_NAME, p, t);
		}
		port->dead_name[t] = 0;
	}
	for (unsigned i = 0; i < count; i++)
		queue[i] = port->queue[i];
	port->count = 0;
	for (unsigned i = 0; i < MODEL_QUEUE; i++)
		port->queue[i] = (struct model_message){0, 0};
	for (unsigned i = 0; i < count; i++)
		discard(model, past, queue[i]);
}

void
model_give(
    struct model *model, struct model_history *past, unsigned p, unsigned t)
{
	past->mscount[p]++;
	model->port[p].send[t]++;
}

void
model_drop(
    struct model *model, struct model_history *past, unsigned p, unsigned t)
{
	struct model_port *port = &model->port[p];

	if (!port->alive) {
		port->dead[t]--;
		return;
	}
	if (--port->send[t] > 0)
		return;
	name_may_end(model, past, p, t);
	one_sender_less(model, past, p);
}

void
model_destroy(struct model *model, struct model_history *past, unsigned p)
{
	unsigned t = model->port[p].holder;

	model->port[p].holder = HELD_BY_NOBODY;
	name_may_end(model, past, p, t);
	die(model, past, p);
}

/* The cargo leaves the sender. */
static struct model_message
load(struct model *model, struct model_history *past, unsigned t,
    struct model_message message)
{
	struct model_port *port = &model->port[message.port];

	if (message.cargo == CARGO_RECEIVE) {
		leave(model, past, message.port);
		port->holder = HELD_BY_MESSAGE;
		name_may_end(model, past, message.port, t);
	} else if (message.cargo == CARGO_SEND && port->alive) {
		port->send[t]--;
		name_may_end(model, past, message.port, t);
	} else if (message.cargo == CARGO_SEND) {
		port->dead[t]--;
		return (struct model_message){CARGO_NONE, 0};
	}
	return message;
}

void
model_send(struct model *model, struct model_history *past, unsigned p,
    unsigned t, struct model_message message)
{
	struct model_port *port = &model->port[p];
	bool lost = message.cargo == CARGO_RECEIVE &&
		    model_circular(model, p, message.port);

	message = load(model, past, t, message);
	if (lost) {
		/* Its own right to the port lives until its cargo is gone. */
		discard(model, past, message);
		one_sender_less(model, past, p);
		return;
	}
	port->queue[port->count++] = message;
}

static struct model_message
dequeue(struct model_port *port)
{
	struct model_message message = port->queue[0];

	for (unsigned i = 1; i < MODEL_QUEUE; i++)
		port->queue[i - 1] = port->queue[i];
	port->queue[MODEL_QUEUE - 1] = (struct model_message){0, 0};
	port->count--;
	return message;
}

void
model_receive(struct model *model, struct model_history *past, unsigned p)
{
	struct model_port *port = &model->port[p];
	struct model_message message = dequeue(port);
	unsigned t = port->holder;

	if (message.cargo == CARGO_RECEIVE)
		model->port[message.port].holder = (uint8_t)t;
	else if (message.cargo == CARGO_SEND && model->port[message.port].alive)
		model->port[message.port].send[t]++;
	else if (message.cargo == CARGO_REPLY) /* the test gives it up */
		tell(past, MACH_NOTIFY_SEND_ONCE, 0, 0);
	one_sender_less(model, past, p);
}

void
model_receive_lost(struct model *model, struct model_history *past, unsigned p)
{
	struct model_message message = dequeue(&model->port[p]);

	discard(model, past, message);
	one_sender_less(model, past, p);
}

/* Who asks again gives back what was asked before. */
static void
ask(struct model_history *past, uint8_t *request, bool cancel)
{
	if (*request)
		tell(past, MACH_NOTIFY_SEND_ONCE, 0, 0);
	*request = !cancel;
}

void
model_ask_no_senders(
    struct model *model, struct model_history *past, unsigned p, bool cancel)
{
	ask(past, &model->port[p].no_senders, cancel);
	one_sender_less(model, past, p);
}

void
model_ask_destroyed(
    struct model *model, struct model_history *past, unsigned p, bool cancel)
{
	ask(past, &model->port[p].destroyed, cancel);
}

void
model_ask_dead_name(struct model *model, struct model_history *past, unsigned p,
    unsigned t, bool cancel)
{
	ask(past, &model->port[p].dead_name[t], cancel);
}
