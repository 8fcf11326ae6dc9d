/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the tests of IPC share: what this task's names are, how many there are
 * and how much memory it has, so that nothing is lost unseen; a second task to
 * keep receive rights in; and messages that never wait longer than they must.
 */
#ifndef TESTS_MACH_SPACE_H
#define TESTS_MACH_SPACE_H

#include <mach/mach_port_user.h>
#include <mach/mach_types.h>
#include <mach/task_user.h>

#include <libmach/mach.h>
#include <libtest/test.h>
#include <stddef.h>

#define RECEIVE        MACH_PORT_RIGHT_RECEIVE
#define SEND           MACH_PORT_RIGHT_SEND
#define SEND_ONCE      MACH_PORT_RIGHT_SEND_ONCE
#define SET            MACH_PORT_RIGHT_PORT_SET
#define DEAD           MACH_PORT_RIGHT_DEAD_NAME

#define MOVE_RECEIVE   MACH_MSG_TYPE_MOVE_RECEIVE
#define MOVE_SEND      MACH_MSG_TYPE_MOVE_SEND
#define MOVE_SEND_ONCE MACH_MSG_TYPE_MOVE_SEND_ONCE
#define COPY_SEND      MACH_MSG_TYPE_COPY_SEND
#define MAKE_SEND      MACH_MSG_TYPE_MAKE_SEND
#define MAKE_SEND_ONCE MACH_MSG_TYPE_MAKE_SEND_ONCE

/* No name of any task: its index is beyond what a table holds here. */
#define NOBODY ((mach_port_t)0xfffff700U)

/* A name nobody has taken in a new task. */
#define ELSEWHERE ((mach_port_t)0x2001U)

static mach_port_t self;

static inline mach_port_t
space_allocate(mach_port_right_t right)
{
	mach_port_t name = MACH_PORT_NULL;

	(void)mach_port_allocate(self, right, &name);
	return name;
}

/* A receive right that has a send right with it. */
static inline mach_port_t
space_port_with_send(void)
{
	mach_port_t name = space_allocate(RECEIVE);

	(void)mach_port_insert_right(self, name, name, MACH_MSG_TYPE_MAKE_SEND);
	return name;
}

/* A right made of or taken from a name, under the name it has then. */
static inline mach_port_t
space_extract(mach_port_t task, mach_port_t name, mach_msg_type_name_t type)
{
	mach_port_t right = MACH_PORT_NULL;
	mach_msg_type_name_t got;

	(void)mach_port_extract_right(task, name, type, &right, &got);
	return right;
}

/* 0: no name. */
static inline mach_port_type_t
space_type(mach_port_t name)
{
	mach_port_type_t type = 0;

	return mach_port_type(self, name, &type) == KERN_SUCCESS ? type : 0;
}

static inline mach_port_urefs_t
space_refs(mach_port_t name, mach_port_right_t right)
{
	mach_port_urefs_t refs = 0;

	(void)mach_port_get_refs(self, name, right, &refs);
	return refs;
}

static inline mach_port_status_t
space_status(mach_port_t name)
{
	mach_port_status_t status = {0};

	(void)mach_port_get_receive_status(self, name, &status);
	return status;
}

static inline task_basic_info_data_t
space_info(void)
{
	task_basic_info_data_t info = {0};
	mach_msg_type_number_t count = TASK_BASIC_INFO_COUNT;

	(void)task_info(self, TASK_BASIC_INFO, (task_info_t)&info, &count);
	return info;
}

/* How many names this task has. */
static inline int
space_names(void)
{
	return space_info().port_names;
}

/* How many bytes of addresses it has taken. */
static inline vm_size_t
space_memory(void)
{
	return space_info().virtual_size;
}

static inline mach_msg_return_t
space_send(mach_msg_header_t *message, mach_msg_size_t size)
{
	return mach_msg(message, MACH_SEND_MSG | MACH_SEND_TIMEOUT, size, 0,
	    MACH_PORT_NULL, 0, MACH_PORT_NULL);
}

static inline mach_msg_return_t
space_receive(
    mach_msg_header_t *message, mach_msg_size_t size, mach_port_t name)
{
	return mach_msg(message, MACH_RCV_MSG | MACH_RCV_TIMEOUT, 0, size, name,
	    0, MACH_PORT_NULL);
}

#endif
