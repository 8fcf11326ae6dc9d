/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What mach_msg keeps in a thread across a wait.
 */
#ifndef IPC_IPC_THREAD_H
#define IPC_IPC_THREAD_H

#include <mach/message.h>

struct ipc_kmsg;
struct ipc_object;

struct ipc_thread {
	struct ipc_kmsg *kmsg;     /* message handed over by a sender */
	mach_msg_return_t state;   /* result of the receive */
	struct ipc_object *object; /* port or set waited on, referenced */
	vm_address_t buffer;       /* the user's receive buffer */
	mach_msg_size_t rcv_size;
	mach_msg_option_t option;
	mach_port_t reply_port; /* mach_reply_port of kernel RPCs */
};

#endif
