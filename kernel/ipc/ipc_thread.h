/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What mach_msg keeps in a thread across a wait. All zero in a new thread.
 */
#ifndef IPC_IPC_THREAD_H
#define IPC_IPC_THREAD_H

#include <mach/message.h>

#include <stdbool.h>

struct ipc_kmsg;
struct ipc_object;

/* The arguments of the mach_msg trap the thread is in. */
struct mach_msg_call {
	vm_address_t buffer;
	mach_msg_option_t option;
	mach_msg_size_t send_size;
	mach_msg_size_t rcv_size;
	mach_port_name_t rcv_name;
	mach_msg_timeout_t timeout;
	mach_port_name_t notify;
};

struct ipc_thread {
	struct mach_msg_call call;
	struct ipc_kmsg *kmsg;      /* received, or waiting to be sent */
	mach_msg_return_t state;    /* result of the wait when woken */
	struct ipc_object *object;  /* port or set waited on, referenced */
	mach_msg_size_t room;       /* of a kernel RPC; the user's is in call */
	mach_msg_size_t large_size; /* what MACH_RCV_TOO_LARGE needs */
	mach_port_t reply_port;     /* reply port of kernel RPCs, a handle */
};

#endif
