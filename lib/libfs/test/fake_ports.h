/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Ports and rights for the server's test: libports, and the kernel's calls,
 * with a count of the rights that the server and its clients hold. Messages
 * are those of mig/test/fake_mach.c.
 */
#ifndef FAKE_PORTS_H
#define FAKE_PORTS_H

#include <mach/mach_types.h>

#include <stdbool.h>

/* Whom the server takes for the sender. */
extern security_token_t fake_sender;

/* Changes to a request on its way; NULL: none. */
extern void (*fake_mutate)(mach_msg_header_t *request);

/* The right that the server sent to somebody last, who has it now. */
extern mach_port_t fake_given;

/*
 * The reply port of a call that is answered later, and one whose owner has
 * given up; what was answered, and how often.
 */
extern mach_port_t fake_reply_port;
extern mach_port_t fake_reply_dead;
extern unsigned fake_lock_replies;
extern kern_return_t fake_lock_code;

/*
 * The pipe server's port, and what it was sent: its answer, a file's handle,
 * which it keeps or not.
 */
#define FAKE_PIPE_SERVER 3
extern kern_return_t fake_fifo_code;
extern mach_port_t fake_fifo_file;
extern int fake_fifo_flags;
extern bool fake_fifo_keeps;

extern void fake_ports_start(void);

/* A port of somebody else's, to which the client has a right. */
extern mach_port_t fake_ports_foreign(void);
extern void fake_ports_kill(mach_port_t port);

/* The client gives a right up; the last one's loss releases the object. */
extern void fake_ports_drop(mach_port_t port);

/* Rights: of the client to this port, and of the server to all. */
extern int fake_ports_client(mach_port_t port);
extern int fake_ports_server(void);

/* How many objects' ports are alive. */
extern int fake_ports_objects(void);

#endif
