/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What rust_fake.rs declares of rust_peer.c.
 */
#ifndef MIG_TEST_RUST_PEER_H
#define MIG_TEST_RUST_PEER_H

#include <mach/message.h>

typedef mach_msg_header_t *(*peer_hook)(mach_msg_header_t *);

struct peer_counters {
	int allocations;
	int reply_ports;
	int dead_replies;
	int inexact;
	int destroyed;
	int option;
	uint32_t timeout;
	uint32_t request_size;
	uint32_t request_bits;
	uint32_t rcv_name;
	int code;
};

void peer_reset(boolean_t (*demux)(mach_msg_header_t *, mach_msg_header_t *));
void peer_hooks(peer_hook on_request, peer_hook on_reply);
void peer_expect(uint32_t count, uint32_t out_count, kern_return_t code);
void peer_fail_sends(mach_msg_return_t code);
const char *peer_wrong(void);
struct peer_counters peer_counters(void);
kern_return_t peer_call(int which);

#endif
