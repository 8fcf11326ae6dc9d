/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What mach_msg keeps in a thread across a wait, and from call to call.
 */
#ifndef IPC_IPC_THREAD_H
#define IPC_IPC_THREAD_H

#include <mach/message.h>

#include <stdbool.h>

struct ipc_entry;
struct ipc_kmsg;

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

/* A name that was looked up, and what its entry says if it is still good. */
struct ipc_name_cache {
	mach_port_name_t name;
	mach_port_type_t bits;
	struct ipc_entry *entry;
};

struct ipc_thread {
	struct mach_msg_call call;
	struct ipc_kmsg *kmsg;      /* received, or waiting to be sent */
	mach_msg_return_t state;    /* result of the wait when woken */
	mach_msg_size_t room;       /* of a kernel RPC; the user's is in call */
	mach_msg_size_t short_room; /* while it waits: the largest message that
				       may come the short way */
	mach_msg_size_t large_size; /* what MACH_RCV_TOO_LARGE needs */
	mach_port_t reply_port;     /* reply port of kernel RPCs, a handle */
	/* fastpath.c */
	mach_port_name_t reply_name;    /* of reply_entry */
	struct ipc_entry *reply_entry;  /* for send-once rights it receives */
	struct ipc_name_cache receives; /* what it received from last */
};

#endif
