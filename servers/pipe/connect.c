/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Addresses and connections. A connection is made when somebody connects: its
 * other end then waits in the listener's queue for somebody who accepts it.
 * Acceptors wait only while the queue is empty, connectors only while it is
 * full. An acceptor that has given up leaves the end to the next.
 */
#include <mach/traps.h>

#include <errno.h>
#include <fcntl.h>
#include <libmach/port_gone.h>
#include <servers/socket_reply_user.h>
#include <servers/socket_server.h>
#include <stdlib.h>
#include <string.h>

#include "socket.h"

#define BACKLOG_MAX 128
#define CALLS_MAX   256 /* in a list */

static void
drop_right(mach_port_t right)
{
	(void)syscall_mach_port_deallocate(mach_task_self(), right);
}

static void
address_release(void *object)
{
	((struct socket *)object)->address = MACH_PORT_NULL;
}

static const struct ports_class address_class = {
    .name = "socket address",
    .release = address_release,
};

void
socket_drop_address(struct socket *socket)
{
	if (socket->address != MACH_PORT_NULL)
		ports_destroy(socket->address);
	socket->address = MACH_PORT_NULL;
}

kern_return_t
S_socket_address(mach_port_t port, mach_port_t *address)
{
	struct socket *socket = socket_of(port);

	if (socket == NULL)
		return SERVER_ERROR(ENOTSOCK);
	if (socket->name != NULL || socket->state != SOCKET_IDLE)
		return SERVER_ERROR(EINVAL);
	if (socket->address == MACH_PORT_NULL &&
	    ports_create(&address_class, socket, &socket->address) !=
		KERN_SUCCESS) {
		socket->address = MACH_PORT_NULL;
		return SERVER_ERROR(ENOMEM);
	}
	*address = ports_right(socket->address);
	return KERN_SUCCESS;
}

kern_return_t
S_socket_set_name(mach_port_t port, const char *name)
{
	struct socket *socket = socket_of(port);
	char *copy;

	if (socket == NULL)
		return SERVER_ERROR(ENOTSOCK);
	if (socket->name != NULL)
		return SERVER_ERROR(EINVAL);
	copy = strdup(name);
	if (copy == NULL)
		return SERVER_ERROR(ENOMEM);
	socket->name = copy;
	return KERN_SUCCESS;
}

kern_return_t
S_socket_name(mach_port_t port, int of_peer, char *name)
{
	const struct socket *socket = socket_of(port);

	*name = '\0';
	if (socket == NULL)
		return SERVER_ERROR(ENOTSOCK);
	if (of_peer) {
		if (socket->state != SOCKET_CONNECTED || socket->peer == NULL)
			return SERVER_ERROR(ENOTCONN);
		socket = socket->peer;
	}
	if (socket->name != NULL)
		(void)strlcpy(name, socket->name, IO_NAME_MAX);
	return KERN_SUCCESS;
}

kern_return_t
S_socket_listen(mach_port_t port, int backlog)
{
	struct socket *socket = socket_of(port);

	if (socket == NULL)
		return SERVER_ERROR(ENOTSOCK);
	if (socket->state == SOCKET_CONNECTED || socket->waits != NULL)
		return SERVER_ERROR(EINVAL);
	if (socket->address == MACH_PORT_NULL)
		return SERVER_ERROR(EDESTADDRREQ);
	if (backlog < 1)
		backlog = 1;
	socket->queue.backlog =
	    backlog < BACKLOG_MAX ? (unsigned)backlog : BACKLOG_MAX;
	socket->state = SOCKET_LISTENS;
	socket->token = ports_sender();
	return KERN_SUCCESS;
}

static void
remove_call(struct socket_call **link)
{
	struct socket_call *call = *link;

	*link = call->next;
	if (call->socket != NULL)
		call->socket->waits = NULL;
	free(call);
}

static void
drop_call(struct socket_call **link)
{
	drop_right((*link)->reply);
	remove_call(link);
}

/* To the end of a list, which those who have given up leave. */
static bool
add_call(struct socket_call **list, struct socket *who)
{
	struct socket_call *call;
	unsigned count = 0;

	while (*list != NULL) {
		if (mach_port_gone((*list)->reply)) {
			drop_call(list);
		} else {
			list = &(*list)->next;
			count++;
		}
	}
	call = count < CALLS_MAX ? calloc(1, sizeof(*call)) : NULL;
	if (call == NULL)
		return false;
	call->reply = ports_take_reply();
	call->socket = who;
	call->who = ports_sender();
	*list = call;
	return true;
}

/* The queue has room: put the other end of a new connection into it. */
static int
connect_to(struct socket *listener, struct socket *socket, security_token_t who)
{
	struct socket_end *end = calloc(1, sizeof(*end));
	struct socket_end **link = &listener->queue.ends;
	struct socket *other;
	int error = end != NULL ? socket_new(&other, &end->right) : ENOMEM;

	if (error != 0) {
		free(end);
		return error;
	}
	while (*link != NULL)
		link = &(*link)->next;
	*link = end;
	listener->queue.count++;
	if (listener->name != NULL)
		other->name = strdup(listener->name);
	other->peer_token = who;
	socket->peer_token = listener->token;
	socket_join(socket, other);
	socket_wake(listener);
	return 0;
}

/* Give the first end to the first acceptor. */
static void
hand_over(struct socket_queue *queue)
{
	struct socket_end *end = queue->ends;

	if (socket_accept_reply(queue->acceptors->reply, end->right) !=
	    KERN_SUCCESS) {
		drop_call(&queue->acceptors);
		return;
	}
	remove_call(&queue->acceptors);
	queue->ends = end->next;
	queue->count--;
	free(end);
}

static void
let_in(struct socket *listener)
{
	struct socket_call *call = listener->queue.connectors;
	int error = 0;

	if (!mach_port_gone(call->reply))
		error = connect_to(listener, call->socket, call->who);
	if (socket_connect_reply(
		call->reply, error == 0 ? KERN_SUCCESS : SERVER_ERROR(error)) !=
	    KERN_SUCCESS)
		drop_right(call->reply);
	remove_call(&listener->queue.connectors);
}

static void
serve_queue(struct socket *listener)
{
	struct socket_queue *queue = &listener->queue;

	for (;;) {
		if (queue->ends != NULL && queue->acceptors != NULL)
			hand_over(queue);
		else if (queue->count < queue->backlog &&
			 queue->connectors != NULL)
			let_in(listener);
		else
			break;
	}
}

kern_return_t
S_socket_accept(mach_port_t port, mach_port_t *connection)
{
	struct socket *socket = socket_of(port);

	*connection = MACH_PORT_NULL;
	if (socket == NULL)
		return SERVER_ERROR(ENOTSOCK);
	if (socket->state != SOCKET_LISTENS)
		return SERVER_ERROR(EINVAL);
	if (socket->queue.ends == NULL &&
	    (stream_flags(port) & O_NONBLOCK) != 0)
		return SERVER_ERROR(EAGAIN);
	if (!add_call(&socket->queue.acceptors, NULL))
		return SERVER_ERROR(ENOMEM);
	serve_queue(socket);
	return MIG_NO_REPLY;
}

static int
may_connect(const struct socket *socket, const struct socket *listener)
{
	if (socket == NULL)
		return ENOTSOCK;
	if (socket->state == SOCKET_CONNECTED)
		return EISCONN;
	if (socket->state == SOCKET_LISTENS)
		return EOPNOTSUPP;
	if (socket->waits != NULL)
		return EALREADY;
	if (listener == NULL || listener->state != SOCKET_LISTENS)
		return ECONNREFUSED;
	return 0;
}

kern_return_t
S_socket_connect(mach_port_t port, mach_port_t address)
{
	struct socket *socket = socket_of(port);
	struct socket *listener = ports_lookup(address, &address_class);
	int error = may_connect(socket, listener);

	if (error == 0 && listener->queue.count >= listener->queue.backlog) {
		if ((stream_flags(port) & O_NONBLOCK) != 0)
			return SERVER_ERROR(EAGAIN);
		if (!add_call(&listener->queue.connectors, socket))
			return SERVER_ERROR(ENOMEM);
		socket->waits = listener;
		drop_right(address);
		return MIG_NO_REPLY;
	}
	if (error == 0)
		error = connect_to(listener, socket, ports_sender());
	if (error != 0)
		return SERVER_ERROR(error);
	serve_queue(listener);
	drop_right(address);
	return KERN_SUCCESS;
}

static void
leave(struct socket *socket, struct socket *listener)
{
	struct socket_call **link = &listener->queue.connectors;

	while (*link != NULL && (*link)->socket != socket)
		link = &(*link)->next;
	if (*link != NULL)
		drop_call(link);
}

void
socket_leave_queues(struct socket *socket)
{
	struct socket_queue *queue = &socket->queue;

	if (socket->waits != NULL)
		leave(socket, socket->waits);
	while (queue->acceptors != NULL)
		drop_call(&queue->acceptors);
	while (queue->connectors != NULL) {
		if (socket_connect_reply(queue->connectors->reply,
			SERVER_ERROR(ECONNREFUSED)) != KERN_SUCCESS)
			drop_right(queue->connectors->reply);
		remove_call(&queue->connectors);
	}
	while (queue->ends != NULL) {
		struct socket_end *end = queue->ends;

		queue->ends = end->next;
		drop_right(end->right);
		free(end);
	}
}
