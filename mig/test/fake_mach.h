/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A mach_msg within one process: the request goes to the server's demux at
 * once, in buffers of exactly its size, so that the address sanitizer sees
 * every access beyond. Rights are numbers; dispositions change on the way as
 * the kernel changes them; out-of-line memory is copied.
 */
#ifndef MIG_TEST_FAKE_MACH_H
#define MIG_TEST_FAKE_MACH_H

#include <mach/mig_stub.h>

#define FAKE_SERVER 0x1001U
#define FAKE_REPLY  0x2002U

struct fake {
	boolean_t (*demux)(mach_msg_header_t *, mach_msg_header_t *);
	mach_msg_size_t max_reply;
	/* Tests change or replace (malloc) messages on their way; or NULL. */
	mach_msg_header_t *(*on_request)(mach_msg_header_t *request);
	mach_msg_header_t *(*on_reply)(mach_msg_header_t *reply);
	mach_msg_return_t send_error; /* of sending, which then fails */
	int keep_rights;              /* mach_msg_destroy only counts */
	/* What the last call was given and did. */
	mach_msg_option_t option;
	mach_msg_timeout_t timeout;
	mach_msg_size_t request_size;
	mach_msg_size_t reply_size;
	mach_msg_bits_t request_bits;
	mach_port_t rcv_name;
	kern_return_t code;
	mach_port_t destroyed_right; /* the last in a body */
	int destroyed;               /* messages given to mach_msg_destroy */
	int refused;      /* requests whose server reported an error */
	int released;     /* mig_release_right */
	int allocations;  /* regions of out-of-line memory that exist */
	int reply_ports;  /* got and not put back */
	int dead_replies; /* mig_dealloc_reply_port */
	int inexact;      /* padding not zero, or size field wrong */
};

extern struct fake fake;

#endif
