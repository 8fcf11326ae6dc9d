/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the process server asks of the kernel and of libports, for its test.
 * A process that fake_child() made has a task, a thread that can be stopped,
 * and a page of its own.
 */
#ifndef FAKE_KERNEL_H
#define FAKE_KERNEL_H

#include "process.h"

struct fake {
	uint64_t now;              /* what the clock shows */
	mach_port_t reply;         /* reply port of the call being served */
	mach_port_t dead_reply;    /* one that nobody waits at any more */
	unsigned replies;          /* wait's answers that were delivered */
	kern_return_t reply_code;  /* the last one's */
	struct proc_siginfo taken; /* by proc_signal_wait */
	int reply_pid, reply_status;
	int best_priority, priority;             /* of tasks, as last set */
	unsigned terminated, suspended, resumed; /* tasks, so often */
	bool busy;                               /* no thread can be stopped */
	bool no_stack;                           /* frames cannot be written */
	struct thread_general_state state;       /* of every thread */
	vm_address_t frame_at;
	struct signal_frame frame; /* the last one written */
	security_token_t token;    /* the last one set */
	natural_t groups;          /* the last ones */
	mach_port_t watched;       /* by ports_watch, last */
	bool init_ended;
};

extern struct fake fake;

/* A process that runs; parent NULL: init. */
extern struct process *fake_child(struct process *parent);

/* Do as the server between two messages. */
extern mach_msg_timeout_t fake_poll(void);

#endif
