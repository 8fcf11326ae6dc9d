/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The stubs of forms.defs against each other over fake_mach.c. The server's
 * functions are here, too: each notes in `wrong` what it did not expect.
 */
#include <stdlib.h>
#include <string.h>

#include "fake_server.h"
#include "forms_server.h"
#include "forms_user.h"

#ifdef FORMS_SOURCE
#error "iimport is not for headers"
#endif

static int unterminated;

static void
fresh(void)
{
	fresh_server(forms_server, forms_MAX_REPLY);
	unterminated = 0;
}

kern_return_t
S_numbers(mach_port_t server, int32_t a, int64_t b, mach_port_t c,
    const mach_port_t *d, mach_msg_type_number_t dCnt, flags_t e,
    const bits_t f, int8_t g, int32_t *h, int16_t *i, flags_t *j, int64_t *k,
    int32_t x)
{
	check(server == FAKE_SERVER && a == -2 && b == 1LL << 40, "a b");
	check(c == 3 && dCnt == 2 && d[1] == 5, "c d");
	check(e.low == 6 && e.high == 7 && f[0] == 8 && f[1] == 9, "e f");
	check(g == -10 && *i == -12 && x == 13, "g i x");
	*h = a - 1;
	*i = -300;
	j->low = e.high;
	j->high = e.low;
	*k = b + 1;
	return KERN_SUCCESS;
}

static void
test_numbers(void)
{
	mach_port_t d[2] = {4, 5};
	bits_t f = {8, 9};
	int32_t h = 0;
	int16_t i = -12;
	flags_t j = {0, 0};
	int64_t k = 0;

	fresh();
	is_int(forms_numbers(FAKE_SERVER, -2, 1LL << 40, 3, d, 2,
		   (flags_t){6, 7}, f, -10, &h, &i, &j, &k, 13),
	    KERN_SUCCESS, "types by number and size");
	settled("they arrive");
	ok(h == -3 && i == -300 && j.low == 7 && k == (1LL << 40) + 1,
	    "results");
	is_int(fake.request_size,
	    28 + 4 * 12 + 8 + 4 + 8 + 4 + 4 + 4 + 4 + 4 + 4, "request size");
}

kern_return_t
S_labels(mach_port_t server, const char *a, const char *b, double r, char *c,
    double *s)
{
	(void)server;
	check(strcmp(a, "label") == 0 && strcmp(b, "eleven char") == 0, "a b");
	strcpy(c, b);
	if (unterminated)
		memset(c, 'c', 12);
	*s = r * 2;
	return KERN_SUCCESS;
}

static void
test_labels(void)
{
	label_t c = "";
	double s = 0;

	fresh();
	is_int(forms_labels(FAKE_SERVER, "label", "eleven char", 1.5, c, &s),
	    KERN_SUCCESS, "strings by IPC name");
	settled("they arrive");
	is_str(c, "eleven char", "and come back");
	ok(s > 2.9 && s < 3.1, "a real of 64 bits");
	is_int(forms_labels(FAKE_SERVER, "twelve chars", "", 1.5, c, &s),
	    MIG_ARRAY_TOO_LARGE, "nothing is cut");
	unterminated = 1;
	is_int(forms_labels(FAKE_SERVER, "label", "eleven char", 1.5, c, &s),
	    MIG_ARRAY_TOO_LARGE, "an answer without end");
}

kern_return_t
S_notes(mach_port_t server, note_t a, card_t b, int c, note_t *d, card_t *e)
{
	static char card[32] = "card";

	(void)server;
	check(strlen(a) == 4000 && a[3999] == 'n', "a");
	check(strcmp(b, "ace") == 0 && c == 7, "b c");
	free(b);
	fake.allocations--;
	*d = a;
	*e = card;
	memset(card + 4, unterminated ? 'x' : 0, 28);
	return KERN_SUCCESS;
}

/* The last character of the request's first memory is no NUL any more. */
static mach_msg_header_t *
cut_string(mach_msg_header_t *message)
{
	mach_msg_ool_descriptor_t *d = (void *)((char *)message + 28);

	((char *)(uintptr_t)d->address)[d->size - 1] = 'z';
	return message;
}

static mach_msg_header_t *
cut_card(mach_msg_header_t *message)
{
	mach_msg_ool_descriptor_t *d =
	    (void *)((char *)message + 28 + sizeof(mach_msg_ool_descriptor_t));

	memset((char *)(uintptr_t)d->address, 'z', d->size);
	return message;
}

static kern_return_t
call_notes(
    note_t *d, card_t *e, mach_msg_header_t *(*change)(mach_msg_header_t *))
{
	static char a[6000];
	static char b[32] = "ace";

	memset(a, 'n', 4000);
	fresh();
	fake.on_request = change;
	return forms_notes(FAKE_SERVER, a, b, 7, d, e);
}

static void
test_notes(void)
{
	static char a[6000];
	note_t d = NULL;
	card_t e = NULL;
	char card[32];
	char empty[1] = "";

	is_int(call_notes(&d, &e, NULL), KERN_SUCCESS, "strings in memory");
	ok(strlen(d) == 4000 && strcmp(e, "card") == 0, "results");
	free(d);
	free(e);
	fake.allocations -= 2;
	settled("they arrive");
	is_int(call_notes(&d, &e, cut_string), MIG_BAD_ARGUMENTS,
	    "a string without end");
	settled("is refused");
	is_int(call_notes(&d, &e, cut_card), MIG_BAD_ARGUMENTS,
	    "and one of fixed size");
	settled("is refused");
	fresh();
	memset(a, 'n', 5000);
	is_int(forms_notes(FAKE_SERVER, a, card, 7, &d, &e),
	    MIG_ARRAY_TOO_LARGE, "a string beyond its bound");
	memset(card, 'c', sizeof(card));
	is_int(forms_notes(FAKE_SERVER, empty, card, 7, &d, &e),
	    MIG_ARRAY_TOO_LARGE, "a card without end");
	settled("nothing was sent");
}

kern_return_t
S_trailers(mach_port_t server, natural_t a, uint64_t c, audit_token_t f, int *g)
{
	(void)server;
	check(a == 77 && c == 0x123456789abcdefULL && f.val[7] == 88, "a c f");
	*g = 1;
	return KERN_SUCCESS;
}

static void
test_trailers(void)
{
	security_token_t b = {{0, 0}};
	mach_port_seqno_t d = 0;
	uint64_t e = 0;
	int g = 0;

	fresh();
	is_int(forms_trailers(FAKE_SERVER, &b, &d, &e, &g), KERN_SUCCESS,
	    "what the trailer says");
	settled("the server has it");
	ok(b.val[0] == 501 && d == 77 && e == 0x123456789abcdefULL && g == 1,
	    "and the user");
	ok(((uint32_t)fake.option >> 24 & 15) == MACH_RCV_TRAILER_CTX,
	    "who asked for enough of it");
}

kern_return_t
S_drop_late(mach_port_t server, note_t a, mach_port_t b)
{
	(void)server;
	(void)a;
	check(b == 0, "never called");
	return KERN_FAILURE;
}

kern_return_t
S_drop(mach_port_t server, note_t a, mach_port_t b, int *c)
{
	*c = 0;
	return S_drop_late(server, a, b);
}

static void
test_consume(void)
{
	char lent[] = "lent";
	int c = 0;

	fresh();
	fake.send_error = MACH_SEND_TIMED_OUT;
	is_int(forms_drop_late(FAKE_SERVER, lent, 55), MACH_SEND_TIMED_OUT,
	    "a time-out");
	is_int(fake.destroyed_right, 55, "what came back is destroyed");
	settled("the memory, too");
	fake.send_error = MACH_SEND_INVALID_DEST;
	is_int(forms_drop_late(FAKE_SERVER, lent, 55), MACH_SEND_INVALID_DEST,
	    "no such port");
	is_int(fake.destroyed_right, MACH_PORT_NULL, "is not a time-out");
	fresh();
	fake.send_error = MACH_SEND_INVALID_DEST;
	fake.allocations = 1;
	is_int(forms_drop(FAKE_SERVER, strdup("given"), 55, &c),
	    MACH_SEND_INVALID_DEST, "no such port");
	is_int(fake.destroyed_right, 55, "here any error is enough");
	settled("the memory was given away");
	fresh();
	fake.send_error = MACH_SEND_INVALID_RIGHT;
	is_int(forms_drop(FAKE_SERVER, lent, 55, &c), MACH_SEND_INVALID_RIGHT,
	    "a body that is wrong");
	is_int(fake.destroyed, 0, "is gone already");
	settled("so it is left alone");
}

kern_return_t
S_large(mach_port_t server, const natural_t *a, mach_msg_type_number_t aCnt,
    page_t b, mach_msg_type_number_t *bCnt)
{
	(void)server;
	check(aCnt == 100 && a[99] == 9, "a");
	memcpy(b, a, 400);
	*bCnt = aCnt;
	return KERN_SUCCESS;
}

kern_return_t
S_small(mach_port_t server, int a)
{
	(void)server;
	check(fake.allocations == a, "what is small is on the stack");
	return KERN_SUCCESS;
}

kern_return_t
S_large_once(mach_port_t server, int a)
{
	(void)server;
	check(fake.allocations == a, "what is large is not");
	return KERN_SUCCESS;
}

static void
test_large(void)
{
	natural_t a[101] = {0};
	natural_t b[100] = {0};
	mach_msg_type_number_t bCnt = 0;

	fresh();
	a[99] = 9;
	is_int(forms_large(FAKE_SERVER, a, 100, b, &bCnt), KERN_SUCCESS,
	    "a message too large for the stack");
	settled("arrives");
	ok(bCnt == 100 && b[99] == 9, "so does the reply");
	is_int(forms_large(FAKE_SERVER, a, 101, b, &bCnt), MIG_ARRAY_TOO_LARGE,
	    "a refusal");
	settled("frees the buffer");
	is_int(forms_small(FAKE_SERVER, 0), KERN_SUCCESS, "a small one");
	settled("arrives");
	is_int(forms_large_once(FAKE_SERVER, 1), KERN_SUCCESS, "no reply");
	settled("arrives");
}

int
main(void)
{
	test_numbers();
	test_labels();
	test_notes();
	test_trailers();
	test_consume();
	test_large();
	return test_done();
}
