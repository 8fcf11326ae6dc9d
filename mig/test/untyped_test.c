/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The stubs of untyped.defs against each other over fake_mach.c. The server's
 * functions are here, too: each notes in `wrong` what it did not expect.
 */
#include <stdlib.h>
#include <string.h>

#include "fake_server.h"
#include "untyped_server.h"
#include "untyped_user.h"

#define MEMORY ((uint32_t)sizeof(mach_msg_ool_descriptor_t))

static void
fresh(void)
{
	fresh_server(untyped_server, untyped_MAX_REPLY);
}

static uint32_t count; /* of the arrays in the calls that follow */
static uint32_t out_count;

kern_return_t
S_same(mach_port_t server, const natural_t *x, mach_msg_type_number_t xCnt,
    const natural_t *a, mach_msg_type_number_t aCnt, const char *b,
    const mach_port_t *c, bytes_t d, mach_port_array_t e, const uint64_t *y,
    mach_msg_type_number_t yCnt, int z, some_ports_t f,
    mach_msg_type_number_t *fCnt, longs_t g, char *h, bytes_t *i, int *j)
{
	static char bytes[5] = "12345";

	(void)server;
	check(xCnt == 6 - aCnt && (xCnt == 0 || x[xCnt - 1] == xCnt), "x");
	check(aCnt == count && yCnt == 3 && y[2] == 1ULL << 33 && z == 5,
	    "aCnt y z");
	for (uint32_t n = 0; n < aCnt; n++) {
		check(a[n] == n * 3 && b[n] == 'a' + (char)n, "a b");
		check(c[n] == n + 7 && d[n] == 'A' + (char)n, "c d");
		check(e[n] == n + 70, "e");
	}
	free(e);
	free(d);
	fake.allocations -= aCnt > 0 ? 2 : 0;
	check(*fCnt == 4, "room is the least bound");
	*fCnt = out_count;
	for (uint32_t n = 0; n < aCnt; n++) {
		f[n] = c[n] + 1;
		g[n] = 1ULL << (40 + n);
		h[n] = 'z';
	}
	*i = bytes;
	*j = -3;
	return KERN_SUCCESS;
}

static kern_return_t
call_same(void)
{
	natural_t a[7] = {0, 3, 6, 9, 12};
	natural_t x[6] = {1, 2, 3, 4, 5, 6};
	mach_port_t c[7] = {7, 8, 9, 10, 11};
	mach_port_t e[7] = {70, 71, 72, 73, 74};
	uint64_t y[3] = {0, 0, 1ULL << 33};
	char b[] = "abcdefg";
	char d[] = "ABCDEFG";
	mach_port_t f[4] = {0};
	uint64_t g[5] = {0};
	letters_t h = {0};
	bytes_t i = NULL;
	mach_msg_type_number_t fCnt = 0;
	int j = 0;
	kern_return_t code = untyped_same(FAKE_SERVER, x, 6 - count, a, count,
	    b, c, d, e, y, 3, 5, f, &fCnt, g, h, &i, &j);

	if (code != KERN_SUCCESS)
		return code;
	check(fCnt == count && j == -3, "fCnt j");
	for (uint32_t n = 0; n < count; n++) {
		check(f[n] == n + 8 && g[n] == 1ULL << (40 + n), "f g");
		check(h[n] == 'z' && i[n] == '1' + (char)n, "h i");
	}
	free(i);
	fake.allocations -= count > 0;
	return code;
}

static uint32_t word_at;
static uint32_t word;

static mach_msg_header_t *
change_word(mach_msg_header_t *message)
{
	memcpy((char *)message + word_at, &word, 4);
	return message;
}

static void
test_same(void)
{
	for (count = 0; count <= 4; count++) {
		out_count = count;
		fresh();
		is_int(call_same(), KERN_SUCCESS, "arrays of the same count");
		settled("arrive");
		is_int(fake.request_size,
		    28 + 4 * 12 + 2 * MEMORY + 8 + 4 + (6 - count) * 4 + 4 +
			count * 4 + (count + 3) / 4 * 4 + 4 + 24 + 4,
		    "and have one count");
	}
	fresh();
	is_int(call_same(), MIG_ARRAY_TOO_LARGE, "five are too many for one");
	count = 4;
	out_count = 5;
	is_int(call_same(), MIG_ARRAY_TOO_LARGE, "from the server, too");
	out_count = 4;
	/* The count of a: behind x, of which there are two. */
	word_at = 28 + 4 * 12 + 2 * MEMORY + 8 + 4 + 8;
	for (word = 0; word < 7; word++) {
		if (word == 4)
			continue;
		fresh();
		fake.on_request = change_word;
		is_int(call_same(), MIG_BAD_ARGUMENTS,
		    "a count that is not that of all");
		settled("is refused");
	}
	fresh();
	fake.on_reply = change_word;
	word_at = 28 + 4 * 12 + MEMORY + 8;
	word = 3;
	is_int(call_same(), MIG_TYPE_ERROR, "also in a reply");
	settled("is refused");
}

kern_return_t
S_same_room(mach_port_t server, some_t a, mach_msg_type_number_t *aCnt,
    longs_t b, char *c)
{
	(void)server;
	check(*aCnt == (count < 5 ? count : 5), "room");
	for (uint32_t n = 0; n < *aCnt; n++) {
		a[n] = n;
		b[n] = n + 10;
		c[n] = (char)n;
	}
	*aCnt = out_count;
	return KERN_SUCCESS;
}

static mach_msg_header_t *
add_one(mach_msg_header_t *reply)
{
	/* Room for one more of each: their bytes are what follows anyway. */
	uint32_t *words = (void *)reply;
	mach_msg_header_t *other = calloc(1, 200);

	memcpy(other, reply, reply->msgh_size);
	words = (uint32_t *)(void *)other;
	words[9] = 3;
	memcpy(words + 10, "aaaabbbbcccc", 12);
	memset(words + 13, 'd', 24);
	memset(words + 19, 'e', 3);
	other->msgh_size = 80;
	free(reply);
	return other;
}

static void
test_same_room(void)
{
	natural_t a[6] = {0};
	uint64_t b[5] = {0};
	letters_t c = {0};
	mach_msg_type_number_t aCnt = 3;

	fresh();
	count = 3;
	out_count = 2;
	is_int(untyped_same_room(FAKE_SERVER, a, &aCnt, b, c), KERN_SUCCESS,
	    "room for several arrays");
	settled("is said");
	ok(aCnt == 2 && a[1] == 1 && b[1] == 11 && c[1] == 1 && b[2] == 0,
	    "and kept to");
	count = 9;
	aCnt = 9;
	out_count = 5;
	is_int(untyped_same_room(FAKE_SERVER, a, &aCnt, b, c), KERN_SUCCESS,
	    "the least bound is room enough");
	settled("which the server is told");
	ok(aCnt == 5 && b[4] == 14, "all five");
	aCnt = 2;
	count = 2;
	out_count = 2;
	fake.on_reply = add_one;
	is_int(untyped_same_room(FAKE_SERVER, a, &aCnt, b, c),
	    MIG_ARRAY_TOO_LARGE, "more than there is room for");
	ok(aCnt == 3 && a[1] == 0x62626262 && b[1] == 0x6464646464646464 &&
		c[1] == 'e' && c[2] == 2,
	    "what fits of each");
}

kern_return_t
S_same_once(mach_port_t server, mach_port_array_t a,
    mach_msg_type_number_t aCnt, const char *b)
{
	(void)server;
	check(aCnt == 2 && a[1] == 66 && b[1] == 'q', "a b");
	free(a);
	fake.allocations--;
	return KERN_SUCCESS;
}

static void
test_same_once(void)
{
	mach_port_t a[2] = {65, 66};

	fresh();
	is_int(untyped_same_once(FAKE_SERVER, a, 2, "pq"), KERN_SUCCESS,
	    "in memory and in the message");
	settled("they arrive");
}

int
main(void)
{
	test_same();
	test_same_room();
	test_same_once();
	return test_done();
}
