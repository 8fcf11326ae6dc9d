/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Local sockets: a stream each, with a ring for what comes in. What is written
 * to one goes into the ring of its peer.
 *
 * A change at one end may let somebody go on at the other: such a socket is
 * noted (socket_wake), and looked at between two messages, so that nothing here
 * is entered twice. A listener's queue holds ends that nobody has accepted yet,
 * each with the right that will be the acceptor's.
 */
#ifndef SOCKET_H
#define SOCKET_H

#include <libmach/mach.h>
#include <libstream/stream.h>
#include <servers/socket_types.h>

#include "share.h"

/* Somebody who waits to connect or to accept. */
struct socket_call {
	struct socket_call *next;
	mach_port_t reply;
	struct socket *socket; /* who connects */
	security_token_t who;
};

/* An end that waits to be accepted. */
struct socket_end {
	struct socket_end *next;
	mach_port_t right;
};

struct socket_queue {
	unsigned backlog; /* 0: it does not listen */
	unsigned count;
	struct socket_end *ends;
	struct socket_call *acceptors;
	struct socket_call *connectors;
};

struct socket {
	struct stream stream; /* first */
	struct ring in;
	struct share *share;  /* with the peer; NULL: rings are not shared */
	unsigned share_index; /* of `in`; the peer has the other */
	enum socket_state state;
	struct socket *peer;  /* or NULL: it is gone, or never was */
	struct socket *waits; /* at which listener it is to be connected */
	bool no_more_in;      /* shut down, here or there */
	bool no_more_out;
	bool noted; /* to be woken */
	struct socket *noted_next;
	struct socket_queue queue;
	security_token_t peer_token;
	security_token_t token; /* who listens */
	mach_port_t address;    /* its port, or null */
	char *name;             /* it is bound to, or NULL */
	struct socket *next;    /* of all */
	struct bundle *bundles; /* rights that come in with the data */
	bool reached; /* while those nobody can reach are looked for */
	uint64_t ino;
};

/* A new socket and a right to it. 0, ENFILE, ENOMEM. */
extern int socket_new(struct socket **socket, mach_port_t *right);

/* The socket a handle stands for, or NULL. */
extern struct socket *socket_of(mach_port_t port);

extern void socket_join(struct socket *one, struct socket *other);

/* Look, before the next message, at who waits. */
extern void socket_wake(struct socket *socket);

/* The poll function of the server's loop. */
extern mach_msg_timeout_t socket_poll(void);

/* connect.c. The socket ends: nobody waits in its queue, or it in one. */
extern void socket_leave_queues(struct socket *socket);

/* connect.c. Nobody is told its address any more. */
extern void socket_drop_address(struct socket *socket);

/* rights.c. All of them are known there. */
extern void rights_add_socket(struct socket *socket);
extern void rights_remove_socket(struct socket *socket);

/* Data were read: rights that came with them, and nobody took, are let go. */
extern void rights_pass(struct socket *socket);

/*
 * Let go what is in sockets that can only be reached through each other; at
 * once, if it is time. The poll function's part: when to be called again.
 */
extern mach_msg_timeout_t rights_poll(void);

#endif
