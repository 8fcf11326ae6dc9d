/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Rights sent through sockets: bundles, each of which belongs to a byte in the
 * receiver's ring, and goes when that byte has been read.
 *
 * A socket may be on its way through itself, or two through each other, with
 * nobody left who could ever receive them. So all sockets that only we have
 * rights to are looked at from time to time: who can be reached neither from
 * outside, nor through a socket that can, loses what has been sent to it.
 */
#include <mach/mach_port_user.h>
#include <mach/traps.h>

#include <errno.h>
#include <servers/socket_server.h>
#include <stdlib.h>

#include "socket.h"

#define RIGHTS_MAX 4096U /* on their way */
#define CLOCK_BOOT 0
#define INTERVAL   1000000000U /* ns between two searches */
#define IN_NEED    10000000U   /* ns, when there is no room */
#define WAIT_MS    1000

struct bundle {
	struct bundle *next;
	uint32_t at; /* what has been taken before it, modulo 2^32 */
	unsigned uid;
	unsigned count;
	struct {
		mach_port_t port;
		int flags;
	} rights[];
};

static struct socket *sockets;
static unsigned right_count;
static unsigned sockets_sent; /* of those rights */
static uint64_t last_search;

static void
drop_right(mach_port_t right)
{
	if (MACH_PORT_VALID(right))
		(void)syscall_mach_port_deallocate(mach_task_self(), right);
}

static void
note(const struct bundle *bundle, bool comes)
{
	for (unsigned i = 0; i < bundle->count; i++) {
		right_count += comes ? 1U : -1U;
		if (socket_of(bundle->rights[i].port) != NULL)
			sockets_sent += comes ? 1U : -1U;
	}
}

static void
drop_first(struct socket *socket)
{
	struct bundle *bundle = socket->bundles;

	socket->bundles = bundle->next;
	note(bundle, false);
	for (unsigned i = 0; i < bundle->count; i++)
		drop_right(bundle->rights[i].port);
	free(bundle);
}

/* Bytes until the first bundle; negative: it has been passed. */
static int32_t
distance(const struct socket *socket, const struct bundle *bundle)
{
	return (int32_t)(bundle->at - ring_taken(&socket->in));
}

void
rights_pass(struct socket *socket)
{
	while (socket->bundles != NULL && distance(socket, socket->bundles) < 0)
		drop_first(socket);
}

void
rights_add_socket(struct socket *socket)
{
	socket->next = sockets;
	sockets = socket;
}

void
rights_remove_socket(struct socket *socket)
{
	struct socket **link = &sockets;

	while (*link != socket)
		link = &(*link)->next;
	*link = socket->next;
	while (socket->bundles != NULL)
		drop_first(socket);
}

/* Has anybody but us a right to it? */
static bool
is_outside(mach_port_t port)
{
	mach_port_rights_t rights = 0;

	return mach_port_get_srights(mach_task_self(), port, &rights) !=
		   KERN_SUCCESS ||
	       rights > 1;
}

static bool
reach(struct socket *socket)
{
	bool first = socket != NULL && !socket->reached;

	if (first)
		socket->reached = true;
	return first;
}

/* Who can receive from a socket reaches what is in it. True: more than before.
 */
static bool
reach_through(const struct socket *socket)
{
	bool more = false;

	for (const struct bundle *bundle = socket->bundles; bundle != NULL;
	     bundle = bundle->next)
		for (unsigned i = 0; i < bundle->count; i++)
			more |= reach(socket_of(bundle->rights[i].port));
	for (const struct socket_end *end = socket->queue.ends; end != NULL;
	     end = end->next)
		more |= reach(socket_of(end->right));
	return more;
}

/* Rights to sockets that are nowhere but here are not from outside. */
static void
reach_from_outside(void)
{
	for (struct socket *socket = sockets; socket; socket = socket->next)
		socket->reached = true;
	for (struct socket *socket = sockets; socket; socket = socket->next) {
		for (const struct bundle *bundle = socket->bundles; bundle;
		     bundle = bundle->next) {
			for (unsigned i = 0; i < bundle->count; i++) {
				mach_port_t port = bundle->rights[i].port;
				struct socket *sent = socket_of(port);

				if (sent != NULL)
					sent->reached = is_outside(port);
			}
		}
		for (const struct socket_end *end = socket->queue.ends; end;
		     end = end->next) {
			struct socket *queued = socket_of(end->right);

			if (queued != NULL)
				queued->reached = is_outside(end->right);
		}
	}
}

static void
search(void)
{
	bool more = true;

	reach_from_outside();
	while (more) {
		more = false;
		for (struct socket *socket = sockets; socket;
		     socket = socket->next)
			if (socket->reached)
				more |= reach_through(socket);
	}
	for (struct socket *socket = sockets; socket; socket = socket->next) {
		if (socket->reached)
			continue;
		while (socket->bundles != NULL)
			drop_first(socket);
		socket_leave_queues(socket);
	}
}

/* Search, unless that was done less than so many ns ago. */
static void
search_after(uint64_t interval)
{
	uint64_t now = clock_get_ns(CLOCK_BOOT);

	if (sockets_sent == 0 || now - last_search < interval)
		return;
	search();
	last_search = now;
}

mach_msg_timeout_t
rights_poll(void)
{
	if (sockets_sent == 0)
		return 0;
	search_after(INTERVAL);
	return WAIT_MS;
}

/* When it becomes tight, nobody has more than his share. */
static bool
has_too_many(unsigned uid, unsigned more)
{
	unsigned his = 0;

	if (right_count + more > RIGHTS_MAX)
		return true;
	if (right_count + more <= RIGHTS_MAX / 2)
		return false;
	for (const struct socket *socket = sockets; socket;
	     socket = socket->next)
		for (const struct bundle *bundle = socket->bundles; bundle;
		     bundle = bundle->next)
			if (bundle->uid == uid)
				his += bundle->count;
	return his + more > RIGHTS_MAX / 4;
}

static int
make_bundle(mach_port_array_t ports, const int *flags, unsigned count,
    struct bundle **result)
{
	unsigned uid = ports_sender().val[0];
	struct bundle *bundle;

	if (has_too_many(uid, count)) {
		search_after(IN_NEED);
		if (has_too_many(uid, count))
			return ETOOMANYREFS;
	}
	bundle = calloc(1, sizeof(*bundle) + count * sizeof(bundle->rights[0]));
	if (bundle == NULL)
		return ENOMEM;
	bundle->uid = uid;
	bundle->count = count;
	for (unsigned i = 0; i < count; i++) {
		bundle->rights[i].port = ports[i];
		bundle->rights[i].flags = flags[i];
	}
	*result = bundle;
	return 0;
}

/* The rights are ours now; they come with what is written next. */
static void
add_bundle(struct socket *socket, struct bundle *bundle)
{
	struct bundle **link = &socket->bundles;

	while (*link != NULL)
		link = &(*link)->next;
	bundle->at = ring_taken(&socket->in) + (uint32_t)ring_used(&socket->in);
	*link = bundle;
	note(bundle, true);
}

static int
may_send(const struct socket *socket, mach_msg_type_number_t size,
    mach_msg_type_number_t count, mach_msg_type_number_t flag_count)
{
	if (socket == NULL)
		return ENOTSOCK;
	if (size == 0 || count != flag_count || count > SOCKET_RIGHTS_MAX)
		return EINVAL;
	if (socket->state != SOCKET_CONNECTED)
		return ENOTCONN;
	return socket->no_more_out || socket->peer == NULL ? EPIPE : 0;
}

kern_return_t
/* NOLINTNEXTLINE(readability-function-size): the interface has so many */
S_socket_send(mach_port_t port, const char *data, mach_msg_type_number_t size,
    mach_port_array_t rights, mach_msg_type_number_t count, const int *flags,
    mach_msg_type_number_t flag_count, uint32_t *amount)
{
	struct socket *socket = socket_of(port);
	int error = may_send(socket, size, count, flag_count);
	struct bundle *bundle = NULL;
	struct ring *ring;

	*amount = 0;
	if (error != 0)
		return SERVER_ERROR(error);
	ring = &socket->peer->in;
	if (!ring_reserve(ring, size) && ring_room(ring) < size)
		size = (mach_msg_type_number_t)ring_room(ring);
	if (size == 0)
		return SERVER_ERROR(EAGAIN);
	if (count > 0)
		error = make_bundle(rights, flags, count, &bundle);
	if (error != 0)
		return SERVER_ERROR(error);
	if (count > 0) {
		add_bundle(socket->peer, bundle);
		(void)syscall_vm_deallocate(mach_task_self(),
		    (vm_address_t)rights, count * sizeof(*rights));
	}
	ring_put(ring, data, size);
	socket_wake(socket->peer);
	*amount = size;
	return KERN_SUCCESS;
}

/* Memory for the first bundle's rights, and one more of each if they stay. */
static int
give_bundle(
    struct socket *socket, bool stays, mach_port_array_t *rights, int *flags)
{
	struct bundle *bundle = socket->bundles;
	vm_address_t memory;

	if (syscall_vm_allocate(mach_task_self(), &memory,
		bundle->count * sizeof(**rights), TRUE) != KERN_SUCCESS)
		return ENOMEM;
	*rights = (mach_port_array_t)memory;
	for (unsigned i = 0; i < bundle->count; i++) {
		mach_port_t port = bundle->rights[i].port;

		if (stays && MACH_PORT_VALID(port) &&
		    mach_port_mod_refs(mach_task_self(), port,
			MACH_PORT_RIGHT_SEND, 1) != KERN_SUCCESS)
			port = MACH_PORT_DEAD;
		(*rights)[i] = port;
		flags[i] = bundle->rights[i].flags;
	}
	if (stays)
		return 0;
	socket->bundles = bundle->next;
	note(bundle, false);
	free(bundle);
	return 0;
}

/* How many bytes may be had until the next rights; are there some now? */
static size_t
limit_of(const struct socket *socket, size_t size, bool *now)
{
	const struct bundle *next = socket->bundles;
	int32_t until;

	*now = next != NULL && distance(socket, next) == 0;
	if (*now)
		next = next->next;
	if (next == NULL)
		return size;
	until = distance(socket, next);
	return until > 0 && (size_t)until < size ? (size_t)until : size;
}

kern_return_t
/* NOLINTNEXTLINE(readability-function-size): the interface has so many */
S_socket_receive(mach_port_t port, int how, uint32_t amount, char *data,
    mach_msg_type_number_t *size, mach_port_array_t *rights,
    mach_msg_type_number_t *count, int *flags,
    mach_msg_type_number_t *flag_count)
{
	struct socket *socket = socket_of(port);
	size_t most = amount < IO_DATA_MAX ? amount : IO_DATA_MAX;
	bool stays = (how & SOCKET_PEEK) != 0;
	bool now;
	int error = 0;

	*size = 0;
	*rights = NULL;
	*count = 0;
	*flag_count = 0;
	if (socket == NULL)
		return SERVER_ERROR(ENOTSOCK);
	if (socket->state != SOCKET_CONNECTED)
		return SERVER_ERROR(ENOTCONN);
	rights_pass(socket);
	most = limit_of(socket, most, &now);
	if (now && (how & SOCKET_NO_RIGHTS) != 0)
		return KERN_SUCCESS;
	most = ring_peek(&socket->in, data, most);
	if (most == 0)
		return amount == 0 || socket->no_more_in || socket->peer == NULL
			   ? KERN_SUCCESS
			   : SERVER_ERROR(EAGAIN);
	if (now) {
		*count = socket->bundles->count;
		*flag_count = *count;
		error = give_bundle(socket, stays, rights, flags);
	}
	if (error != 0)
		return SERVER_ERROR(error);
	*size = (mach_msg_type_number_t)most;
	if (stays)
		return KERN_SUCCESS;
	ring_drop(&socket->in, most);
	if (socket->peer != NULL)
		socket_wake(socket->peer);
	return KERN_SUCCESS;
}
