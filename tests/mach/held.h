/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Everything a name may be, and what each disposition makes of it: what the
 * sender has left and what the receiver gets. Where the sender has no receive
 * right another task keeps it, so that names are not shared with it.
 */
#ifndef TESTS_MACH_HELD_H
#define TESTS_MACH_HELD_H

#include "space.h"

#define T_RECEIVE MACH_PORT_TYPE_RECEIVE
#define T_SEND    MACH_PORT_TYPE_SEND
#define T_ONCE    MACH_PORT_TYPE_SEND_ONCE
#define T_SET     MACH_PORT_TYPE_PORT_SET
#define T_DEAD    MACH_PORT_TYPE_DEAD_NAME

enum held {
	H_NONE,
	H_RECEIVE,
	H_BOTH,
	H_SEND,
	H_SENDS,
	H_ONCE,
	H_DEAD,
	H_DEADS,
	H_SET,
	H_COUNT
};

static const struct {
	const char *name;
	mach_port_type_t type;
	mach_port_urefs_t refs; /* of the send right or dead name */
} held[H_COUNT] = {
    [H_NONE] = {"no name", 0, 0},
    [H_RECEIVE] = {"receive", T_RECEIVE, 0},
    [H_BOTH] = {"receive and send", T_RECEIVE | T_SEND, 1},
    [H_SEND] = {"one send", T_SEND, 1},
    [H_SENDS] = {"two sends", T_SEND, 2},
    [H_ONCE] = {"send-once", T_ONCE, 0},
    [H_DEAD] = {"dead name", T_DEAD, 1},
    [H_DEADS] = {"dead name of two", T_DEAD, 2},
    [H_SET] = {"port set", T_SET, 0},
};

static const char *const dispositions[] = {"move-receive", "move-send",
    "move-send-once", "copy-send", "make-send", "make-send-once"};

/* All that can be sent; arrived type T_DEAD: MACH_PORT_DEAD. */
static const struct row {
	enum held held;
	mach_msg_type_name_t disposition;
	mach_port_type_t left;
	mach_port_urefs_t left_refs;
	mach_port_type_t arrived;
	mach_port_urefs_t arrived_refs;
} rows[] = {
    {H_RECEIVE, MOVE_RECEIVE, 0, 0, T_RECEIVE, 0},
    {H_RECEIVE, MAKE_SEND, T_RECEIVE, 0, T_RECEIVE | T_SEND, 1},
    {H_RECEIVE, MAKE_SEND_ONCE, T_RECEIVE, 0, T_ONCE, 0},
    {H_BOTH, MOVE_RECEIVE, T_SEND, 1, T_RECEIVE | T_SEND, 1},
    {H_BOTH, MOVE_SEND, T_RECEIVE, 0, T_RECEIVE | T_SEND, 1},
    {H_BOTH, COPY_SEND, T_RECEIVE | T_SEND, 1, T_RECEIVE | T_SEND, 2},
    {H_BOTH, MAKE_SEND, T_RECEIVE | T_SEND, 1, T_RECEIVE | T_SEND, 2},
    {H_BOTH, MAKE_SEND_ONCE, T_RECEIVE | T_SEND, 1, T_ONCE, 0},
    {H_SEND, MOVE_SEND, 0, 0, T_SEND, 1},
    {H_SEND, COPY_SEND, T_SEND, 1, T_SEND, 2},
    {H_SENDS, MOVE_SEND, T_SEND, 1, T_SEND, 2},
    {H_SENDS, COPY_SEND, T_SEND, 2, T_SEND, 3},
    {H_ONCE, MOVE_SEND_ONCE, 0, 0, T_ONCE, 0},
    {H_DEAD, MOVE_SEND, 0, 0, T_DEAD, 0},
    {H_DEAD, MOVE_SEND_ONCE, 0, 0, T_DEAD, 0},
    {H_DEAD, COPY_SEND, T_DEAD, 1, T_DEAD, 0},
    {H_DEADS, MOVE_SEND, T_DEAD, 1, T_DEAD, 0},
    {H_DEADS, MOVE_SEND_ONCE, T_DEAD, 1, T_DEAD, 0},
    {H_DEADS, COPY_SEND, T_DEAD, 2, T_DEAD, 0},
};

struct port_message {
	mach_msg_header_t header;
	mach_msg_body_t body;
	mach_msg_port_descriptor_t port;
	char room[64];
};
#define PORT_MESSAGE_SIZE offsetof(struct port_message, room)

static mach_port_t other; /* a task */
static char text[80];

static inline const char *
describe(enum held kind, mach_msg_type_name_t disposition, const char *what)
{
	(void)snprintf(text, sizeof(text), "%s of %s: %s",
	    dispositions[disposition - MOVE_RECEIVE], held[kind].name, what);
	return text;
}

/* A receive right to where only its port's senders meet it. */
static inline void
send_away(mach_port_t name)
{
	(void)mach_port_insert_right(other, ELSEWHERE, name, MOVE_RECEIVE);
}

static inline mach_port_t
hold(enum held kind)
{
	mach_port_t name = NOBODY;
	mach_port_t port;

	switch (kind) {
	case H_RECEIVE:
		return space_allocate(RECEIVE);
	case H_BOTH:
	case H_SEND:
	case H_SENDS:
		name = space_port_with_send();
		if (kind != H_BOTH)
			send_away(name);
		break;
	case H_ONCE:
		port = space_allocate(RECEIVE);
		name = space_extract(self, port, MAKE_SEND_ONCE);
		send_away(port);
		break;
	case H_DEAD:
	case H_DEADS:
		name = space_allocate(DEAD);
		break;
	case H_SET:
		name = space_allocate(SET);
		break;
	case H_NONE:
	case H_COUNT:
		break;
	}
	if (kind == H_SENDS)
		(void)mach_port_mod_refs(self, name, SEND, 1);
	if (kind == H_DEADS)
		(void)mach_port_mod_refs(self, name, DEAD, 1);
	return name;
}

static inline void
let_go(mach_port_t name)
{
	(void)mach_port_destroy(self, name);
	(void)mach_port_destroy(other, ELSEWHERE);
}

static inline const struct row *
find_row(enum held kind, mach_msg_type_name_t disposition)
{
	for (unsigned i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (rows[i].held == kind && rows[i].disposition == disposition)
			return &rows[i];
	return NULL;
}

static inline mach_msg_type_name_t
received_as(mach_msg_type_name_t disposition)
{
	if (disposition == COPY_SEND || disposition == MAKE_SEND)
		return MOVE_SEND;
	return disposition == MAKE_SEND_ONCE ? MOVE_SEND_ONCE : disposition;
}

/* What a name is: its type, and the references of what counts them. */
static inline void
check_name(mach_port_t name, mach_port_type_t type, mach_port_urefs_t refs,
    const char *what)
{
	mach_port_right_t right = type & T_DEAD ? DEAD : SEND;

	is_int(space_type(name), type, what);
	is_int(space_refs(name, right), refs, what);
}

static inline void
check_arrived(const struct row *row, mach_port_t name)
{
	const char *what = describe(row->held, row->disposition, "arrived");

	if (row->arrived == T_DEAD)
		is_int(name, MACH_PORT_DEAD, what);
	else
		check_name(name, row->arrived, row->arrived_refs, what);
}

/* Sent from `position` with the code; what is left. */
static inline bool
check_sent(enum held kind, mach_msg_type_name_t disposition, mach_port_t name,
    mach_msg_return_t got, mach_msg_return_t wrong)
{
	const struct row *row =
	    wrong == MACH_MSG_SUCCESS ? find_row(kind, disposition) : NULL;

	is_int(got, wrong, describe(kind, disposition, "code"));
	describe(kind, disposition, "left");
	if (row != NULL)
		check_name(name, row->left, row->left_refs, text);
	else
		check_name(name, held[kind].type, held[kind].refs, text);
	return row != NULL && got == MACH_MSG_SUCCESS;
}

#endif
