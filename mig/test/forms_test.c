/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The stubs of forms.defs against each other over fake_mach.c. The server's
 * functions are here, too: each notes in `wrong` what it did not expect.
 */
#include <libtest/test.h>
#include <stdlib.h>
#include <string.h>

#include "fake_mach.h"
#include "forms_server.h"
#include "forms_user.h"

#ifdef FORMS_SOURCE
#error "iimport is not for headers"
#endif

static const char *wrong;
static int unterminated;

static void
fresh(void)
{
	memset(&fake, 0, sizeof(fake));
	fake.demux = forms_server;
	fake.max_reply = forms_MAX_REPLY;
	wrong = "";
	unterminated = 0;
}

static void
check(int condition, const char *what)
{
	if (!condition)
		wrong = what;
}

static void
settled(const char *what)
{
	is_str(wrong, "", what);
	is_int(fake.inexact, 0, "messages are exact");
	is_int(fake.allocations, 0, "no memory is left");
	is_int(fake.reply_ports, 0, "no reply port is left");
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
	mach_msg_ool_descriptor_t *d = (void *)((char *)message + 44);

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

int
main(void)
{
	test_numbers();
	test_labels();
	test_notes();
	return test_done();
}
