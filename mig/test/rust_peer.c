/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The C side of rust_rpc.rs: the fake kernel's settings and counters, and
 * calls with C's stubs of what the Rust side calls too.
 */
#include "rust_peer.h"

#include <string.h>

#include "fake_mach.h"
#include "types_impl.h"
#include "types_server.h"
#include "types_user.h"

void
peer_reset(boolean_t (*demux)(mach_msg_header_t *, mach_msg_header_t *))
{
	memset(&fake, 0, sizeof(fake));
	memset(&expected, 0, sizeof(expected));
	fake.demux = demux != NULL ? demux : types_server;
	fake.max_reply = 1024; /* the most of all interfaces */
}

void
peer_hooks(peer_hook on_request, peer_hook on_reply)
{
	fake.on_request = on_request;
	fake.on_reply = on_reply;
	fake.keep_rights = on_request != NULL || on_reply != NULL;
}

void
peer_expect(uint32_t count, uint32_t out_count, kern_return_t code)
{
	expected.count = count;
	expected.out_count = out_count;
	expected.code = code;
}

void
peer_fail_sends(mach_msg_return_t code)
{
	fake.send_error = code;
}

/* The first thing that was not as the C server expects, or "". */
const char *
peer_wrong(void)
{
	return expected.wrong != NULL ? expected.wrong : "";
}

struct peer_counters
peer_counters(void)
{
	return (struct peer_counters){.allocations = fake.allocations,
	    .reply_ports = fake.reply_ports,
	    .dead_replies = fake.dead_replies,
	    .inexact = fake.inexact,
	    .destroyed = fake.destroyed,
	    .option = fake.option,
	    .timeout = fake.timeout,
	    .request_size = fake.request_size,
	    .request_bits = fake.request_bits,
	    .rcv_name = fake.rcv_name,
	    .code = fake.code};
}

static kern_return_t
call_scalars(void)
{
	int e = 40;
	uint8_t f;
	uint16_t g;
	natural_t h;
	uint64_t i;

	return types_scalars(FAKE_SERVER, 200, 60000, -5, 0x1122334455667788ULL,
	    &e, &f, &g, &h, &i);
}

static kern_return_t
call_variable_arrays(void)
{
	natural_t a[5] = {1, 2, 3, 4, 5};
	uint64_t d[5] = {
	    1ULL << 40, 1ULL << 40, 1ULL << 40, 1ULL << 40, 1ULL << 40};
	char f[11];
	uint64_t g;
	uint64_t h[7];
	natural_t i[20];
	uint8_t j;
	mach_msg_type_number_t fCnt;
	mach_msg_type_number_t hCnt;
	mach_msg_type_number_t iCnt;

	return types_variable_arrays(FAKE_SERVER, a, 5, 17, "xxxxx", 5, d, 5,
	    99, f, &fCnt, &g, h, &hCnt, i, &iCnt, &j);
}

static kern_return_t
call_strings(void)
{
	char e[16];
	char f[40];
	char g[40];
	int h;

	return types_strings(FAKE_SERVER, "fixed", "",
	    "123456789 123456789 123456789 123456789", 12, e, f, g, &h);
}

static kern_return_t
call_ports(void)
{
	mach_port_t h, i, j, k;
	mach_port_t l = 8;
	mach_msg_type_name_t poly;

	return types_ports(FAKE_SERVER, 1, 2, 3, 4, 5, 6, 7,
	    MACH_MSG_TYPE_MAKE_SEND_ONCE, &h, &i, &j, &k, &poly, &l);
}

static kern_return_t
call_port_arrays(void)
{
	mach_port_t a[3] = {1, 2, 3};
	mach_port_t b[2] = {4, 5};
	mach_port_t d[3];
	mach_port_t e[4];
	mach_msg_type_number_t count;
	int f;

	return types_port_arrays(FAKE_SERVER, a, b, 2, 6, d, e, &count, &f);
}

static kern_return_t
call_tokens(void)
{
	security_token_t them;
	int sum;

	return types_tokens(FAKE_SERVER, &them, &sum);
}

/* One call; all are such that the servers expect them. */
kern_return_t
peer_call(int which)
{
	static kern_return_t (*const calls[])(void) = {call_scalars,
	    call_variable_arrays, call_strings, call_ports, call_port_arrays,
	    call_tokens};

	return calls[which]();
}
