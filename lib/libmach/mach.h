/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What a program on Mach starts from: its own task, memory by trap, messages,
 * and the loop of a simple server.
 */
#ifndef LIBMACH_MACH_H
#define LIBMACH_MACH_H

#include <mach/mach_types.h>
#include <mach/mig_errors.h>
#include <mach/mig_support.h>
#include <mach/traps.h>

/* The calling task, asked of the kernel once. */
extern mach_port_t mach_task_self_;

/*
 * Before anything else in a new program, and in the child of a fork, which
 * has other ports: take the task's port, and a block for the first thread
 * (a forked one keeps its block). Needs no memory but the data segment, if
 * thread-local variables are few.
 */
extern void mach_init(void);
extern void mach_init_forked(void);

typedef boolean_t (*mach_msg_demux_t)(
    mach_msg_header_t *request, mach_msg_header_t *reply);

/*
 * Receive requests of at most max_size bytes on a port or port set and answer
 * them, for ever; returns only if receiving fails. Requests that demux does
 * not know are answered MIG_BAD_ID and destroyed.
 */
extern mach_msg_return_t mach_msg_server(mach_msg_demux_t demux,
    mach_msg_size_t max_size, mach_port_t port, mach_msg_option_t options);

/* The same for one request. */
extern mach_msg_return_t mach_msg_server_once(mach_msg_demux_t demux,
    mach_msg_size_t max_size, mach_port_t port, mach_msg_option_t options);

/* A text for a kern_return_t, mach_msg_return_t or mig code. */
extern const char *mach_error_string(kern_return_t code);

#endif
