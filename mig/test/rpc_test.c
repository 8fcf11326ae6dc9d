/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Generated user stubs call generated server stubs over fake_mach.c: every
 * class of type there and back, then messages that were tampered with.
 */
#include <libtest/test.h>
#include <stdlib.h>
#include <string.h>

#include "fake_mach.h"
#include "types_impl.h"
#include "types_server.h"
#include "types_user.h"

static void
fresh(void)
{
	memset(&fake, 0, sizeof(fake));
	memset(&expected, 0, sizeof(expected));
	fake.demux = types_server;
	fake.max_reply = types_MAX_REPLY;
}

/* After a call: right on the server, exact on the wire, nothing left over. */
static void
settled(const char *what)
{
	is_str(expected.wrong != NULL ? expected.wrong : "", "", what);
	is_int(fake.inexact, 0, "messages are exact");
	is_int(fake.allocations, 0, "no memory is left");
	is_int(fake.reply_ports, 0, "no reply port is left");
}

static void
test_scalars(void)
{
	int e = 40;
	uint8_t f = 0;
	uint16_t g = 0;
	natural_t h = 0;
	uint64_t i = 0;

	fresh();
	is_int(types_scalars(FAKE_SERVER, 200, 60000, -5, 0x1122334455667788ULL,
		   &e, &f, &g, &h, &i),
	    KERN_SUCCESS, "scalars");
	settled("scalars arrive");
	ok(e == 42 && f == 255 && g == 65535 && h == 0xdeadbeef, "e f g h");
	ok(i == 0x1122334455667789ULL, "i");
	is_int(fake.request_size, 24 + 8 + 4 + 4 + 4 + 8 + 4, "request size");
	is_int(fake.reply_size, 36 + 4 + 4 + 4 + 4 + 8, "reply size");
	is_int(fake.request_bits,
	    MACH_MSG_TYPE_COPY_SEND | MACH_MSG_TYPE_MAKE_SEND_ONCE << 8,
	    "bits of the header");
	fresh();
	expected.code = 1234;
	is_int(types_scalars(FAKE_SERVER, 200, 60000, -5, 0x1122334455667788ULL,
		   &e, &f, &g, &h, &i),
	    1234, "the server's code is returned");
	ok(i == 0x1122334455667789ULL, "and results are not touched");
	is_int(fake.reply_size, 36, "an error reply is short");
}

static void
test_structs(void)
{
	rgb_t d;
	pair_t b = {10, 20, 30};
	pair_t c = {1, 0, 3};
	pair_t e;

	fresh();
	is_int(types_structs(FAKE_SERVER, (rgb_t){1, 2, 3}, b, &c, &d, &e),
	    KERN_SUCCESS, "structs");
	settled("structs arrive");
	ok(c.first == 1 && c.second == 21 && c.third == 3, "inout");
	ok(d.r == 3 && d.b == 1 && e.third == 30, "out");
}

static void
test_fixed_arrays(void)
{
	longs4_t c = {1, 2, 3, 1ULL << 60};
	grid_t d = {{1, 2, 3}, {4, 5, 6}};
	longs4_t i = {4, 5, 6, 7};
	bytes5_t j = {1, 2, 3, 4, 5};
	uint16_t b[3] = {1, 2, 3};
	bytes5_t e;
	shorts3_t f;
	longs4_t g;
	grid_t h;

	fresh();
	is_int(
	    types_fixed_arrays(FAKE_SERVER, "abcde", b, c, d, e, f, g, h, i, j),
	    KERN_SUCCESS, "fixed arrays");
	settled("fixed arrays arrive");
	ok(memcmp(e, "vwxyz", 5) == 0 && f[2] == 9, "e f");
	ok(memcmp(g, c, sizeof(c)) == 0 && memcmp(h, d, sizeof(d)) == 0, "g h");
	ok(i[0] == 9 && i[3] == 7 && j[0] == 5 && j[1] == 2, "inout");
}

/* Counts from none to all, in three arrays of one message. */
static void
call_variable(uint32_t count)
{
	natural_t a[20];
	char c[11];
	uint64_t d[7];
	char f[11];
	uint64_t g = 0;
	uint64_t h[7] = {0};
	natural_t i[20] = {0};
	uint8_t j = 0;
	uint32_t n;
	mach_msg_type_number_t fCnt = 0;
	mach_msg_type_number_t hCnt = 0;
	mach_msg_type_number_t iCnt = 0;

	for (n = 0; n < 20; n++)
		a[n] = n + 1;
	for (n = 0; n < 7; n++)
		d[n] = 1ULL << 40;
	memset(c, 'x', sizeof(c));
	fresh();
	expected.count = count;
	is_int(
	    types_variable_arrays(FAKE_SERVER, a, count % 21, 17, c, count % 12,
		d, count % 8, 99, f, &fCnt, &g, h, &hCnt, i, &iCnt, &j),
	    KERN_SUCCESS, "variable arrays");
	settled("variable arrays arrive");
	ok(fCnt == count % 12 && hCnt == count % 8 && iCnt == count % 21,
	    "counts");
	ok(g == 100 && j == 7, "what is between");
	ok(fCnt == 0 || f[fCnt - 1] == 'y', "f");
	ok(hCnt == 0 || h[hCnt - 1] == (1ULL << 40) + hCnt - 1, "h");
	ok(iCnt == 0 || i[iCnt - 1] == iCnt * 2, "i");
	is_int(fake.request_size,
	    24 + 8 + 4 * 3 + 4 + 8 + count % 21 * 4 + (count % 12 + 3) / 4 * 4 +
		count % 8 * 8,
	    "the message is as long as its arrays");
}

static void
test_variable_arrays(void)
{
	natural_t a[21] = {0};
	mach_msg_type_number_t fCnt;
	mach_msg_type_number_t hCnt;
	mach_msg_type_number_t iCnt;
	char f[11];
	uint64_t g;
	uint64_t h[7];
	natural_t i[20];
	uint8_t j;
	uint32_t count;

	for (count = 0; count < 24; count++)
		call_variable(count);
	fresh();
	is_int(types_variable_arrays(FAKE_SERVER, a, 21, 17, "", 0, NULL, 0, 99,
		   f, &fCnt, &g, h, &hCnt, i, &iCnt, &j),
	    MIG_ARRAY_TOO_LARGE, "more than the bound is not sent");
	is_int(fake.request_size, 0, "indeed");
	expected.out_count = 12;
	is_int(types_variable_arrays(FAKE_SERVER, a, 0, 17, "", 0, NULL, 0, 99,
		   f, &fCnt, &g, h, &hCnt, i, &iCnt, &j),
	    MIG_ARRAY_TOO_LARGE, "an implementation cannot return too many");
}

static void
test_strings(void)
{
	char e[16];
	char f[40];
	char g[40];
	int h = 0;
	const char *c = "123456789 123456789 123456789 123456789";
	const char *d = "123456789 123456789 123456789 1234567890";

	fresh();
	is_int(types_strings(FAKE_SERVER, "fixed", "", c, 12, e, f, g, &h),
	    KERN_SUCCESS, "strings");
	settled("strings arrive");
	is_str(e, "fifteen letters", "e");
	is_str(f, "one", "f");
	is_str(g, c, "g");
	is_int(h, 13, "h");
	is_int(fake.request_size, 24 + 8 + 16 + 8 + 4 + 8 + 40 + 4,
	    "strings are as long as they are");
	is_int(types_strings(FAKE_SERVER, "fixed", "", d, 12, e, f, g, &h),
	    MIG_ARRAY_TOO_LARGE, "a string that does not fit is not cut");
	is_int(types_strings(
		   FAKE_SERVER, "sixteen letters!", "", c, 12, e, f, g, &h),
	    MIG_ARRAY_TOO_LARGE, "nor a fixed one");
	expected.unterminated = 1;
	is_int(types_strings(FAKE_SERVER, "fixed", "", c, 12, e, f, g, &h),
	    MIG_ARRAY_TOO_LARGE, "an answer without end is refused");
}

static void
test_ports(void)
{
	mach_port_t h, i, j, k;
	mach_port_t l = 8;
	mach_msg_type_name_t poly = 0;

	fresh();
	is_int(types_ports(FAKE_SERVER, 1, 2, 3, 4, 5, 6, 7,
		   MACH_MSG_TYPE_MAKE_SEND_ONCE, &h, &i, &j, &k, &poly, &l),
	    KERN_SUCCESS, "ports");
	settled("ports arrive");
	ok(h == 11 && i == 12 && j == 13 && k == 14 && l == 15, "results");
	is_int(poly, MACH_MSG_TYPE_PORT_SEND, "disposition of a chosen right");
	is_int(fake.request_size, 28 + 8 * 12, "ports only: no NDR");
	ok((fake.request_bits & MACH_MSGH_BITS_COMPLEX) != 0, "complex");
}

static void
test_port_arrays(void)
{
	mach_port_t a[3] = {1, 2, 3};
	mach_port_t b[2] = {4, 5};
	mach_port_t d[3];
	mach_port_t e[4];
	mach_msg_type_number_t count = 0;
	int f = 0;

	fresh();
	is_int(types_port_arrays(FAKE_SERVER, a, b, 2, 6, d, e, &count, &f),
	    KERN_SUCCESS, "arrays of ports");
	settled("arrays of ports arrive");
	ok(d[0] == 1 && d[2] == 3 && count == 1 && e[0] == 9 && f == 10,
	    "results");
	is_int(types_port_arrays(FAKE_SERVER, a, b, 5, 6, d, e, &count, &f),
	    MIG_ARRAY_TOO_LARGE, "more than the bound");
}

static void *
sent_memory(const void *from, size_t size)
{
	void *memory = malloc(size);

	memcpy(memory, from, size);
	fake.allocations++;
	return memory;
}

static kern_return_t
call_memory(blob_t *g, mach_msg_type_number_t *gCnt, bounded_t *h,
    mach_msg_type_number_t *hCnt, mach_port_t **i, mach_msg_type_number_t *iCnt)
{
	natural_t b[2] = {11, 22};
	char c[64];
	uint64_t d[3] = {1, 2, 1ULL << 50};
	mach_port_t e[2] = {101, 102};
	mach_port_t f[2] = {201, 202};

	memset(c, 'c', sizeof(c));
	return types_memory(FAKE_SERVER, sent_memory("hello", 5), 5, b, 2, c, d,
	    3, FALSE, e, 2, f, g, gCnt, h, hCnt, i, iCnt);
}

static void
test_memory(void)
{
	blob_t g = NULL;
	bounded_t h = NULL;
	mach_port_t *i = NULL;
	mach_msg_type_number_t gCnt = 0;
	mach_msg_type_number_t hCnt = 0;
	mach_msg_type_number_t iCnt = 0;

	fresh();
	is_int(call_memory(&g, &gCnt, &h, &hCnt, &i, &iCnt), KERN_SUCCESS,
	    "memory");
	ok(gCnt == 5 && memcmp(g, "hello", 5) == 0, "g");
	ok(hCnt == 3 && h[2] == 1ULL << 50, "h");
	ok(iCnt == 2 && i[1] == 102, "i");
	is_int(fake.allocations, 3, "moved to the user, nothing kept");
	is_str(expected.wrong != NULL ? expected.wrong : "", "", "it arrives");
	free(g);
	free(h);
	free(i);
	fresh();
	expected.code = KERN_NO_SPACE;
	is_int(call_memory(&g, &gCnt, &h, &hCnt, &i, &iCnt), KERN_NO_SPACE,
	    "a server that refuses memory");
	settled("is rid of it");
	is_int(fake.destroyed, 1, "because the request is destroyed");
}

static void
test_room(void)
{
	natural_t a[20] = {0};
	char b[11];
	mach_msg_type_number_t aCnt = 5;
	mach_msg_type_number_t bCnt = 100;

	fresh();
	expected.count = 5;
	is_int(types_room(FAKE_SERVER, a, &aCnt, b, &bCnt), KERN_SUCCESS,
	    "countinout");
	settled("the capacity arrives");
	ok(aCnt == 5 && a[4] == 4 && bCnt == 11 && b[10] == 'b', "results");
	aCnt = 5;
	expected.out_count = 6;
	is_int(types_room(FAKE_SERVER, a, &aCnt, b, &bCnt), MIG_ARRAY_TOO_LARGE,
	    "the server cannot return more");
}

static void
test_one_way(void)
{
	fresh();
	is_int(types_one_way(FAKE_SERVER, 5, "text"), KERN_SUCCESS, "one way");
	settled("it arrives");
	is_int(fake.code, MIG_NO_REPLY, "and has no reply");
	is_int(fake.option, MACH_SEND_MSG, "sent only");
	expected.code = 9;
	is_int(types_one_way(FAKE_SERVER, 5, "text"), KERN_SUCCESS,
	    "an error of the server");
	is_int(fake.code, 9, "is for who must destroy the request");
	is_int(types_late(FAKE_SERVER, 30, 0x3003), KERN_SUCCESS, "late");
	settled("its reply port arrives");
	ok(fake.timeout == 30 &&
		fake.option == (MACH_SEND_MSG | MACH_SEND_TIMEOUT),
	    "with a time-out");
}

static void
test_options(void)
{
	int b = 0;

	fresh();
	is_int(types_timed(FAKE_SERVER, 70, MACH_RCV_INTERRUPT, 3, &b),
	    KERN_SUCCESS, "timed");
	ok(b == 3 && fake.timeout == 70, "the time-out");
	is_int(fake.option,
	    MACH_SEND_MSG | MACH_RCV_MSG | MACH_SEND_TIMEOUT |
		MACH_RCV_TIMEOUT | MACH_RCV_INTERRUPT,
	    "options");
	is_int(types_defaults(FAKE_SERVER), KERN_SUCCESS, "defaults");
	ok(fake.timeout == 250, "waittime statement");
	is_int(fake.option,
	    MACH_SEND_MSG | MACH_RCV_MSG | MACH_SEND_TIMEOUT |
		MACH_RCV_TIMEOUT | MACH_RCV_INTERRUPT | MACH_SEND_INTERRUPT,
	    "msgoption statement");
	is_int(fake.request_size, 24, "an empty request is a header");
	is_int(types_reply_port(FAKE_SERVER, 0x4004, &b), KERN_SUCCESS,
	    "replyport");
	settled("it arrives");
	ok(b == 1 && fake.rcv_name == 0x4004, "and the reply comes there");
	is_int(types_no_reply(FAKE_SERVER, 0), MACH_RCV_TIMED_OUT,
	    "an implementation that answers later");
	is_int(fake.dead_replies, 1, "drops the reply port");
	is_int(fake.reply_ports, 0, "once");
}

static void
test_tokens(void)
{
	security_token_t them = {{0, 0}};
	int sum = 0;

	fresh();
	is_int(types_tokens(FAKE_SERVER, &them, &sum), KERN_SUCCESS, "tokens");
	settled("tokens arrive");
	is_int(sum, 501 + 20 + 88 + 77, "sum");
	ok(them.val[0] == 501 && them.val[1] == 20, "of the reply");
}

static void
test_translated(void)
{
	mach_port_t b = 0;
	int u = 0;

	fresh();
	is_int(types_translated(FAKE_SERVER, 55, 215, 17, &b, &u), KERN_SUCCESS,
	    "translations");
	settled("objects arrive");
	ok(b == 56 && u == 225, "results");
	is_int(fake.released, 1, "the right behind an object is released");
	fresh();
	expected.code = 1;
	is_int(
	    types_translated(FAKE_SERVER, 55, 215, 17, &b, &u), 1, "refused");
	is_int(fake.released, 0, "then not by the stub");
	is_int(types_impl_references(), 0, "objects are released");
	is_int(types_impl_counted(), 34, "destructors ran both times");
}

static void
test_copies(void)
{
	natural_t a = 1;
	natural_t b = 2;

	fresh();
	is_int(types_copies(FAKE_SERVER, &a, 1, &b, 1), KERN_SUCCESS,
	    "servercopy");
	settled("copies");
}

int
main(void)
{
	test_scalars();
	test_structs();
	test_fixed_arrays();
	test_variable_arrays();
	test_strings();
	test_ports();
	test_port_arrays();
	test_memory();
	test_room();
	test_one_way();
	test_options();
	test_tokens();
	test_translated();
	test_copies();
	return test_done();
}
