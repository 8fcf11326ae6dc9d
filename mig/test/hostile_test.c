/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Messages tampered with on their way: every word of requests and replies in
 * turn gets values that overflow, every shorter and a longer size is tried.
 * The address sanitizer watches the buffers, which are exactly as long as the
 * messages.
 */
#include <libtest/test.h>
#include <stdlib.h>
#include <string.h>

#include "fake_mach.h"
#include "types_impl.h"
#include "types_server.h"
#include "types_user.h"

static uint32_t change_offset;
static uint32_t change_value;
static uint32_t new_size;
static mach_msg_id_t new_id;
static uint32_t seen_size;

static mach_msg_header_t *
change_word(mach_msg_header_t *message)
{
	seen_size = message->msgh_size;
	if (change_offset + 4 <= message->msgh_size)
		memcpy((char *)message + change_offset, &change_value, 4);
	return message;
}

/* The same message, cut or with zeros after it. */
static mach_msg_header_t *
change_size(mach_msg_header_t *message)
{
	mach_msg_size_t trailer = MACH_MSG_TRAILER_MAX_SIZE;
	mach_msg_size_t keep =
	    new_size < message->msgh_size ? new_size : message->msgh_size;
	mach_msg_header_t *other = calloc(1, new_size + trailer);

	memcpy(other, message, keep);
	memcpy((char *)other + new_size, (char *)message + message->msgh_size,
	    trailer);
	other->msgh_size = new_size;
	free(message);
	return other;
}

static mach_msg_header_t *
change_id(mach_msg_header_t *message)
{
	message->msgh_id = new_id;
	return message;
}

static mach_msg_header_t *
change_complex(mach_msg_header_t *message)
{
	message->msgh_bits ^= MACH_MSGH_BITS_COMPLEX;
	return message;
}

static mach_msg_header_t *
change_remote(mach_msg_header_t *message)
{
	message->msgh_remote_port = 99;
	return message;
}

static void
fresh(void)
{
	memset(&fake, 0, sizeof(fake));
	memset(&expected, 0, sizeof(expected));
	fake.demux = types_server;
	fake.max_reply = types_MAX_REPLY;
	fake.keep_rights = 1;
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
call_variable(void)
{
	natural_t a[5] = {1, 2, 3, 4, 5};
	uint64_t d[3] = {1, 2, 3};
	char f[11];
	uint64_t g;
	uint64_t h[7];
	natural_t i[20];
	uint8_t j;
	mach_msg_type_number_t fCnt;
	mach_msg_type_number_t hCnt;
	mach_msg_type_number_t iCnt;

	return types_variable_arrays(FAKE_SERVER, a, 5, 17, "xxxxx", 5, d, 3,
	    99, f, &fCnt, &g, h, &hCnt, i, &iCnt, &j);
}

static kern_return_t
call_strings(void)
{
	char e[16];
	char f[40];
	char g[40];
	int h;

	return types_strings(
	    FAKE_SERVER, "fixed", "", "some text", 12, e, f, g, &h);
}

static kern_return_t
call_ports(void)
{
	mach_port_t h, i, j, k;
	mach_port_t l = 8;
	mach_msg_type_name_t poly;

	return types_ports(FAKE_SERVER, 1, 2, 3, 4, 5, 6, 7,
	    MACH_MSG_TYPE_MAKE_SEND, &h, &i, &j, &k, &poly, &l);
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
call_room(void)
{
	natural_t a[5];
	letters_t b;
	mach_msg_type_number_t aCnt = 5;
	mach_msg_type_number_t bCnt = 3;

	return types_room(FAKE_SERVER, a, &aCnt, b, &bCnt);
}

static kern_return_t
call_one_way(void)
{
	return types_one_way(FAKE_SERVER, 5, "text");
}

static const struct {
	const char *name;
	kern_return_t (*call)(void);
} calls[] = {
    {"scalars", call_scalars},
    {"variable_arrays", call_variable},
    {"strings", call_strings},
    {"ports", call_ports},
    {"port_arrays", call_port_arrays},
    {"room", call_room},
    {"one_way", call_one_way},
};
#define CALLS (sizeof(calls) / sizeof(calls[0]))

/* Nothing is left behind whatever a message said. */
static int
clean(void)
{
	return fake.reply_ports == 0 && fake.allocations == 0;
}

/* Each word after the header in turn, in requests or in replies. */
static void
test_words(size_t n, int reply)
{
	static const uint32_t values[] = {
	    0, 1, 2, 255, 0x10000, 0x7fffffff, 0xfffffffc, 0xffffffff};
	uint32_t size;
	int fine = 1;
	size_t v;

	fresh();
	seen_size = 0;
	change_offset = 0xffffff00;
	*(reply ? &fake.on_reply : &fake.on_request) = change_word;
	calls[n].call();
	size = seen_size;
	for (change_offset = 24; change_offset < size; change_offset += 4)
		for (v = 0; v < sizeof(values) / sizeof(values[0]); v++) {
			fresh();
			change_value = values[v];
			*(reply ? &fake.on_reply : &fake.on_request) =
			    change_word;
			calls[n].call();
			fine = fine && clean();
		}
	ok(fine, calls[n].name);
}

/* No size but the right one is accepted. */
static void
test_sizes(size_t n)
{
	uint32_t size;
	int refused = 1;
	int bad = 0;

	fresh();
	fake.on_request = change_word;
	change_offset = 0xffffff00;
	calls[n].call();
	size = seen_size;
	for (new_size = 24; new_size < size + 12; new_size += 4) {
		if (new_size == size)
			continue;
		fresh();
		fake.on_request = change_size;
		calls[n].call();
		refused = refused && fake.refused == 1;
		bad += fake.code != MIG_BAD_ARGUMENTS;
	}
	ok(refused, "requests of wrong size are refused");
	is_int(bad, 0, "with MIG_BAD_ARGUMENTS");
}

static void
test_reply_sizes(size_t n)
{
	uint32_t size;
	int refused = 1;

	fresh();
	fake.on_reply = change_word;
	seen_size = 0;
	change_offset = 0xffffff00;
	calls[n].call();
	size = seen_size;
	for (new_size = 24; new_size < size + 12; new_size += 4) {
		if (new_size == size || size == 0)
			continue;
		fresh();
		fake.on_reply = change_size;
		refused = calls[n].call() != KERN_SUCCESS && refused;
		refused = refused && fake.destroyed == 1;
	}
	ok(refused, "replies of wrong size are refused and destroyed");
}

static void
test_headers(void)
{
	fresh();
	fake.on_request = change_id;
	new_id = 4999;
	is_int(call_scalars(), MIG_REPLY_MISMATCH, "an id before the first");
	is_int(fake.code, MIG_BAD_ID, "is MIG_BAD_ID");
	new_id = 5001;
	call_scalars();
	is_int(fake.code, MIG_BAD_ID, "so is one that was skipped");
	new_id = 5000 + 1000;
	call_scalars();
	is_int(fake.code, MIG_BAD_ID, "and one past the end");
	fresh();
	fake.on_request = change_complex;
	is_int(call_scalars(), MIG_BAD_ARGUMENTS, "complex, but should not be");
	is_int(call_ports(), MIG_BAD_ARGUMENTS, "simple, but should not be");
	fresh();
	fake.on_reply = change_complex;
	is_int(call_scalars(), MIG_TYPE_ERROR, "a complex reply");
	is_int(call_ports(), MIG_TYPE_ERROR, "a simple reply");
	fresh();
	fake.on_reply = change_remote;
	is_int(call_scalars(), MIG_TYPE_ERROR, "a reply with a right");
	is_int(fake.destroyed, 1, "is destroyed");
	fresh();
	fake.on_reply = change_id;
	new_id = MACH_NOTIFY_SEND_ONCE;
	is_int(call_scalars(), MIG_SERVER_DIED, "send-once notification");
	new_id = 5199;
	is_int(call_scalars(), MIG_REPLY_MISMATCH, "reply to something else");
}

static mach_msg_header_t *
drop_trailer(mach_msg_header_t *message)
{
	mach_msg_trailer_t *trailer =
	    (void *)((char *)message + message->msgh_size);

	trailer->msgh_trailer_size = MACH_MSG_TRAILER_MINIMUM_SIZE;
	return message;
}

static void
test_trailer(void)
{
	security_token_t them;
	int sum;

	fresh();
	fake.on_request = drop_trailer;
	is_int(types_tokens(FAKE_SERVER, &them, &sum), MIG_TRAILER_ERROR,
	    "a request without tokens");
	fresh();
	fake.on_reply = drop_trailer;
	is_int(types_tokens(FAKE_SERVER, &them, &sum), MIG_TRAILER_ERROR,
	    "a reply without tokens");
}

/* Counts that disagree with the memory that came. */
static void
test_memory(void)
{
	natural_t b[2] = {11, 22};
	char c[64] = {0};
	uint64_t d[3] = {0};
	mach_port_t e[2] = {0};
	mach_port_t f[2] = {0};
	blob_t g;
	bounded_t h;
	mach_port_t *i;
	mach_msg_type_number_t gCnt, hCnt, iCnt;
	int refused = 1;
	uint32_t start = 28 + 6 * sizeof(mach_msg_ool_descriptor_t) + 8;

	fresh();
	/* Counts of a, b, d, e are the last four words. */
	for (change_offset = start; change_offset < start + 16;
	     change_offset += 4)
		for (change_value = 6; change_value != 0;
		     change_value = change_value == 6 ? 0xffffffff : 0) {
			fresh();
			fake.keep_rights = 0;
			fake.on_request = change_word;
			fake.allocations++; /* a, which the call frees */
			types_memory(FAKE_SERVER, calloc(5, 1), 5, b, 2, c, d,
			    3, FALSE, e, 2, f, &g, &gCnt, &h, &hCnt, &i, &iCnt);
			refused = refused && fake.refused == 1 && clean();
			refused = refused && expected.wrong == NULL;
		}
	ok(refused, "counts that lie about memory");
}

int
main(void)
{
	size_t n;

	for (n = 0; n < CALLS; n++) {
		test_words(n, 0);
		test_words(n, 1);
		test_sizes(n);
		test_reply_sizes(n);
	}
	test_headers();
	test_trailer();
	test_memory();
	return test_done();
}
