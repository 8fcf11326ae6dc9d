/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The stubs of memories.defs against each other over fake_mach.c. The server's
 * functions are here, too: each notes in `wrong` what it did not expect.
 */
#include <stdlib.h>
#include <string.h>

#include "fake_server.h"
#include "memories_server.h"
#include "memories_user.h"

static void
fresh(void)
{
	fresh_server(memories_server, memories_MAX_REPLY);
}

static uint32_t word_at;
static uint32_t word;

static mach_msg_header_t *
change_word(mach_msg_header_t *message)
{
	memcpy((char *)message + word_at, &word, 4);
	return message;
}

/* What the tests below send: counts of the arrays that vary in number. */
static uint32_t words_count;
static uint32_t rights_count;
static uint32_t bad_sub;
static uint32_t out_count;
static mach_port_array_t given_rights;
static bytes_t given[2]; /* what S_texts passed on */

static void
drop(void *memory)
{
	if (memory == NULL)
		return;
	free(memory);
	fake.allocations--;
}

kern_return_t
S_texts(mach_port_t server, const char *v, mach_msg_type_number_t vCnt,
    bytes_t const *a, const mach_msg_type_number_t *aSubs, words_t const *b,
    mach_msg_type_number_t bCnt, const mach_msg_type_number_t *bSubs,
    mach_port_array_t const *c, mach_msg_type_number_t cCnt,
    const mach_msg_type_number_t *cSubs, words_t const *d, natural_t *const *e,
    mach_msg_type_number_t eCnt, int f, char *w, mach_msg_type_number_t *wCnt,
    bytes_t *g, mach_msg_type_number_t *gSubs, longs_t *h,
    mach_msg_type_number_t *hCnt, mach_msg_type_number_t *hSubs,
    mach_port_array_t *i, mach_msg_type_number_t *iCnt,
    mach_msg_type_number_t *iSubs, words_t *j, natural_t **k,
    mach_msg_type_number_t *kCnt, int *l)
{
	static uint64_t longs[3] = {1, 2, 1ULL << 50};
	static natural_t pair[2] = {8, 9};

	(void)server;
	check(vCnt == 5 && v[4] == 'v' && f == 12, "v f");
	check(aSubs[0] == 3 && memcmp(a[0], "abc", 3) == 0, "a[0]");
	check(aSubs[1] == 0 && aSubs[2] == 1 && a[2][0] == 'z', "a[2]");
	check(bCnt == words_count, "bCnt");
	for (uint32_t n = 0; n < bCnt; n++)
		check(bSubs[n] == n && (n == 0 || b[n][n - 1] == n), "b");
	check(cCnt == rights_count && eCnt == rights_count, "cCnt eCnt");
	for (uint32_t n = 0; n < cCnt; n++) {
		check(cSubs[n] == 2 && c[n][1] == n + 31, "c");
		check(e[n][0] == n && e[n][1] == 44, "e");
	}
	check(d[0][1] == 21 && d[1][0] == 22, "d");
	memset(w, 'w', 3);
	*wCnt = 3;
	for (uint32_t n = 0; n < 3; n++) {
		g[n] = a[n];
		gSubs[n] = aSubs[n];
	}
	given[0] = a[0];
	given[1] = a[2];
	check(*hCnt == 4 && *iCnt == 3 && *kCnt == 3, "room");
	*hCnt = words_count;
	for (uint32_t n = 0; n < words_count; n++) {
		h[n] = longs;
		hSubs[n] = n < 3 ? n + 1 : bad_sub;
	}
	*iCnt = *kCnt = cCnt;
	for (uint32_t n = 0; n < cCnt; n++) {
		i[n] = c[n];
		iSubs[n] = cSubs[n];
		k[n] = pair;
	}
	j[0] = j[1] = pair;
	*l = 13;
	for (uint32_t n = 0; n < cCnt; n++)
		drop(e[n]);
	drop(d[0]);
	drop(d[1]);
	return KERN_SUCCESS;
}

/* The results of a call that succeeded, as its server made them. */
struct answer {
	char w[9];
	bytes_t g[3];
	longs_t h[4];
	mach_port_array_t i[3];
	words_t j[2];
	natural_t *k[3];
	mach_msg_type_number_t wCnt, hCnt, iCnt, kCnt;
	mach_msg_type_number_t gSubs[3], hSubs[4], iSubs[3];
	int l;
};

static void
check_answer(struct answer *r)
{
	uint32_t n;

	check(r->wCnt == 3 && r->w[2] == 'w' && r->l == 13, "w l");
	check(r->gSubs[0] == 3 && memcmp(r->g[0], "abc", 3) == 0, "g");
	check(r->hCnt == words_count && r->iCnt == rights_count, "hCnt iCnt");
	for (n = 0; n < r->hCnt; n++) {
		check(r->hSubs[n] == (n < 3 ? n + 1 : bad_sub), "hSubs");
		check(n != 2 || r->h[n][2] == 1ULL << 50, "h");
		drop(r->h[n]);
	}
	for (n = 0; n < r->iCnt; n++) {
		check(r->iSubs[n] == 2 && r->i[n][0] == 30, "i");
		check(r->k[n][1] == 9, "k");
		drop(r->i[n]);
		drop(r->k[n]);
	}
	check(r->kCnt == r->iCnt && r->j[1][0] == 8, "j");
	for (n = 0; n < 3; n++)
		drop(r->g[n]);
	drop(r->j[0]);
	drop(r->j[1]);
}

static kern_return_t
call_texts(struct answer *r)
{
	char abc[] = "abcz";
	bytes_t a[3] = {abc, NULL, abc + 3};
	mach_msg_type_number_t aSubs[3] = {3, 0, 1};
	natural_t words[3][3] = {{1, 0, 0}, {0, 2, 0}, {0, 0, 3}};
	words_t b[5] = {NULL, words[0], words[1], words[2], NULL};
	mach_msg_type_number_t bSubs[5] = {0, 1, 2, 3, 0};
	mach_port_t rights[3][2] = {{30, 31}, {30, 32}, {30, 33}};
	mach_port_array_t c[3] = {rights[0], rights[1], rights[2]};
	mach_msg_type_number_t cSubs[3] = {2, 2, 2};
	natural_t pairs[2][2] = {{20, 21}, {22, 23}};
	words_t d[2] = {pairs[0], pairs[1]};
	natural_t more[3][2] = {{0, 44}, {1, 44}, {2, 44}};
	natural_t *e[3] = {more[0], more[1], more[2]};

	memset(r, 0, sizeof(*r));
	return memories_texts(FAKE_SERVER, "vvvvv", 5, a, aSubs, b, words_count,
	    bSubs, c, rights_count, cSubs, d, e, rights_count, 12, r->w,
	    &r->wCnt, r->g, r->gSubs, r->h, &r->hCnt, r->hSubs, r->i, &r->iCnt,
	    r->iSubs, r->j, r->k, &r->kCnt, &r->l);
}

static void
test_texts(void)
{
	struct answer r;

	bad_sub = 3;
	for (words_count = 0; words_count <= 4; words_count++) {
		rights_count = words_count % 4;
		fresh();
		is_int(call_texts(&r), KERN_SUCCESS, "arrays of memory");
		check_answer(&r);
		settled("arrive");
		is_int(fake.request_size,
		    28 + (3 + 4 + 3 + 2 + 3) * 16 + 8 + 4 + 8 + 3 * 4 + 4 +
			4 * 4 + 4 + 3 * 4 + 4 + 4,
		    "with all their descriptors and counts");
	}
	fresh();
	is_int(call_texts(&r), MIG_ARRAY_TOO_LARGE, "too many are not sent");
	is_int(fake.request_size, 0, "indeed");
	words_count = 4;
	bad_sub = 4;
	is_int(call_texts(&r), MIG_ARRAY_TOO_LARGE,
	    "an answer with too much in one");
	drop(given[0]);
	drop(given[1]);
}

static uint32_t swapped;

static mach_msg_header_t *
swap_word(mach_msg_header_t *message)
{
	memcpy(&swapped, (char *)message + word_at, 4);
	return change_word(message);
}

/* The counts of a message, behind its 15 descriptors, get other values. */
static void
tamper(int reply)
{
	static const uint32_t values[] = {0, 1, 5, 0x40000000, 0xffffffff};
	uint32_t data = reply ? 284 : 288; /* where that of v or w ends */
	struct answer r;
	int clean = 1;

	words_count = 2;
	rights_count = 1;
	bad_sub = 3;
	for (word_at = data; word_at < data + 52; word_at += 4) {
		for (size_t n = 0; n < sizeof(values) / sizeof(*values); n++) {
			fresh();
			word = values[n];
			*(reply ? &fake.on_reply : &fake.on_request) =
			    swap_word;
			if (call_texts(&r) == KERN_SUCCESS) {
				check(swapped == values[n], "accepted");
				check_answer(&r);
			}
			clean = clean && *wrong == '\0' &&
				fake.allocations == 0 && fake.reply_ports == 0;
		}
	}
	ok(clean, reply ? "counts of replies" : "counts of requests");
}

kern_return_t
S_give(mach_port_t server, bytes_t const *a,
    const mach_msg_type_number_t *aSubs, longs_t const *b,
    mach_msg_type_number_t bCnt, const mach_msg_type_number_t *bSubs,
    const char *c)
{
	(void)server;
	check(aSubs[1] == 2 && a[1][1] == 'j', "a");
	check(
	    bCnt == 2 && bSubs[0] == 1 && b[0][0] == 77 && bSubs[1] == 0, "b");
	check(c[1] == 'q', "c");
	drop(a[1]);
	return KERN_SUCCESS;
}

static void
test_give(void)
{
	bytes_t a[3] = {NULL, strdup("ij"), NULL};
	mach_msg_type_number_t aSubs[3] = {0, 2, 0};
	uint64_t longs[1] = {77};
	longs_t b[2] = {longs, NULL};
	mach_msg_type_number_t bSubs[2] = {1, 0};

	fresh();
	fake.allocations = 1;
	is_int(memories_give(FAKE_SERVER, a, aSubs, TRUE, b, 2, bSubs, "pq"),
	    KERN_SUCCESS, "memory that is given, and lent");
	settled("arrives and is freed");
	bSubs[0] = 4;
	is_int(memories_give(FAKE_SERVER, a, aSubs, TRUE, b, 2, bSubs, "pq"),
	    MIG_ARRAY_TOO_LARGE, "more than the bound of one");
}

static int present; /* which of c and d is sent */

kern_return_t
S_raw(mach_port_t server, struct nine const *a, uint64_t b,
    struct nine const *c, struct wide const *d, const uint64_t *e,
    mach_msg_type_number_t eCnt, int f, struct nine *g, struct wide *h,
    longs_t i, mach_msg_type_number_t *iCnt, int *j)
{
	(void)server;
	check(a->c[8] == 'a' && b == 1ULL << 60 && f == -7, "a b f");
	check((c != NULL) == (present & 1) && (!c || c->c[8] == 'c'), "c");
	check((d != NULL) == (present >> 1), "d");
	check(!d || d->number == 1ULL << 50, "d");
	check(eCnt == 2 && e[1] == 1ULL << 40 && h->number == 3, "e h");
	check(g->c[8] == 0, "g is zero");
	memset(g, 'g', sizeof(*g));
	h->number = 1ULL << 33;
	i[0] = e[1] + 1;
	*iCnt = 1;
	*j = 8;
	return KERN_SUCCESS;
}

static kern_return_t
call_raw(void)
{
	struct nine a = {"........a"};
	struct nine c = {"........c"};
	struct wide d = {1ULL << 50, NULL};
	uint64_t e[2] = {0, 1ULL << 40};
	struct nine g;
	struct wide h = {3, NULL};
	uint64_t i[5] = {0};
	mach_msg_type_number_t iCnt = 0;
	int j = 0;
	kern_return_t code =
	    memories_raw(FAKE_SERVER, &a, 1ULL << 60, present & 1 ? &c : NULL,
		present & 2 ? &d : NULL, e, 2, -7, &g, &h, i, &iCnt, &j);

	if (code == KERN_SUCCESS)
		check(g.c[8] == 'g' && h.number == 1ULL << 33 && iCnt == 1 &&
			  i[0] == (1ULL << 40) + 1 && j == 8,
		    "results");
	return code;
}

static mach_msg_header_t *
cut_four(mach_msg_header_t *message)
{
	message->msgh_size -= 4;
	return message;
}

static void
test_raw(void)
{
	struct wide once = {1, NULL};
	char text[] = "text";
	char *b = text;

	for (present = 0; present < 4; present++) {
		fresh();
		is_int(call_raw(), KERN_SUCCESS, "raw values");
		settled("arrive");
		is_int(fake.request_size,
		    24 + 8 + 12 + 8 + 4 + (present & 1) * 12 + 4 +
			(present >> 1) * 16 + 4 + 16 + 4 + 16,
		    "and are as long as C has them");
		/* The flag of c, which is behind a and b. */
		word_at = 24 + 8 + 12 + 8;
		for (word = 0; word < 3; word++) {
			if (word == (uint32_t)(present & 1))
				continue;
			fresh();
			fake.on_request = change_word;
			is_int(call_raw(), MIG_BAD_ARGUMENTS,
			    "a flag that is wrong");
		}
		fresh();
		fake.on_request = cut_four;
		is_int(call_raw(), MIG_BAD_ARGUMENTS, "a short request");
		fresh();
		fake.on_reply = cut_four;
		is_int(call_raw(), MIG_TYPE_ERROR, "a short reply");
	}
	present = 1;
	fresh();
	is_int(memories_raw_once(FAKE_SERVER, &once), KERN_SUCCESS,
	    "no limit to its size: not on the stack");
	settled("arrives");
	is_int(memories_raw_small(FAKE_SERVER, &once, &b), KERN_SUCCESS,
	    "a limit: on the stack");
	settled("arrives");
}

kern_return_t
S_raw_once(mach_port_t server, struct wide const *a)
{
	(void)server;
	check(a != NULL && a->number == 1 && fake.allocations == 1, "a");
	return KERN_SUCCESS;
}

kern_return_t
S_raw_small(mach_port_t server, struct wide const *a, char *const *b)
{
	(void)server;
	check(a->number == 1 && fake.allocations == 0, "a");
	check(strcmp(*b, "text") == 0, "b");
	return KERN_SUCCESS;
}

kern_return_t
S_back(mach_port_t server, bytes_t *a, mach_msg_type_number_t *aCnt, words_t *b,
    mach_msg_type_number_t *bCnt, mach_port_array_t *c,
    mach_msg_type_number_t *cCnt, words_t *d, mach_port_t *e, some_ports_t f,
    mach_msg_type_number_t *fCnt, mach_port_t *g, mach_msg_type_name_t *gPoly,
    mach_port_t *h, mach_msg_type_name_t *hPoly, bytes_t *i, int *j)
{
	static natural_t pair[2] = {7, 8};
	static char text[] = "an answer";

	(void)server;
	check(*aCnt == 3 && memcmp(*a, "abc", 3) == 0, "a");
	check(*bCnt == 2 && (*b)[1] == 22, "b");
	check(*cCnt == 1 && (*c)[0] == 33, "c");
	check((*d)[0] == 44 && (*d)[1] == 45, "d");
	check(e[0] == 50 && e[2] == 52, "e");
	check(*fCnt == 2 && f[1] == 61, "f");
	check(*g == 70 && *gPoly == MACH_MSG_TYPE_PORT_SEND_ONCE, "g");
	check(*h == 80 && *hPoly == MACH_MSG_TYPE_PORT_SEND, "h");
	check(strcmp(*i, "a question") == 0 && *j == 9, "i j");
	(*a)[0] = 'z';
	*aCnt = 2;
	drop(*b);
	*b = NULL;
	*bCnt = 0;
	drop(*d);
	*d = pair;
	e[1] = 99;
	f[2] = 62;
	*fCnt = out_count;
	*g = 71;
	*gPoly = MACH_MSG_TYPE_MAKE_SEND;
	*h = 81;
	*hPoly = MACH_MSG_TYPE_COPY_SEND;
	drop(*i);
	*i = text;
	*j = 10;
	given_rights = *c;
	given[0] = *a;
	return KERN_SUCCESS;
}

static void
test_back(void)
{
	bytes_t a = strdup("abc");
	natural_t words[2] = {21, 22};
	words_t b = words;
	mach_port_t rights[1] = {33};
	mach_port_array_t c = rights;
	natural_t pair[2] = {44, 45};
	words_t d = pair;
	three_ports_t e = {50, 51, 52};
	mach_port_t f[4] = {60, 61};
	mach_port_t g = 70, h = 80;
	mach_msg_type_name_t gPoly = MACH_MSG_TYPE_MAKE_SEND_ONCE;
	mach_msg_type_name_t hPoly = MACH_MSG_TYPE_MOVE_SEND;
	char text[] = "a question";
	bytes_t i = text;
	mach_msg_type_number_t aCnt = 3, bCnt = 2, cCnt = 1, fCnt = 2;
	int j = 9;

	fresh();
	fake.allocations = 1;
	out_count = 3;
	is_int(memories_back(FAKE_SERVER, &a, &aCnt, &b, &bCnt, &c, &cCnt, &d,
		   e, f, &fCnt, &g, &gPoly, &h, &hPoly, &i, &j),
	    KERN_SUCCESS, "there and back");
	ok(aCnt == 2 && a[0] == 'z' && bCnt == 0 && b == NULL, "a b");
	ok(cCnt == 1 && c != rights && c[0] == 33 && d[1] == 8, "c d");
	ok(e[0] == 50 && e[1] == 99 && fCnt == 3 && f[2] == 62, "e f");
	ok(g == 71 && gPoly == MACH_MSG_TYPE_PORT_SEND, "g");
	ok(h == 81 && hPoly == MACH_MSG_TYPE_PORT_SEND && j == 10, "h j");
	is_str(i, "an answer", "i");
	drop(a);
	drop(c);
	drop(d);
	drop(i);
	drop(given_rights);
	settled("the server's were right");
	a = strdup("abc");
	fake.allocations = 1;
	aCnt = 3;
	b = words;
	bCnt = 2;
	c = rights;
	d = pair;
	e[1] = 51;
	fCnt = 2;
	g = 70;
	gPoly = MACH_MSG_TYPE_MAKE_SEND_ONCE;
	h = 80;
	i = text;
	j = 9;
	out_count = 5;
	is_int(memories_back(FAKE_SERVER, &a, &aCnt, &b, &bCnt, &c, &cCnt, &d,
		   e, f, &fCnt, &g, &gPoly, &h, &hPoly, &i, &j),
	    MIG_ARRAY_TOO_LARGE, "too many for the reply");
	drop(given_rights);
	drop(given[0]);
	settled("is the server's fault, who has the rest");
	fCnt = 5;
	is_int(memories_back(FAKE_SERVER, &a, &aCnt, &b, &bCnt, &c, &cCnt, &d,
		   e, f, &fCnt, &g, &gPoly, &h, &hPoly, &i, &j),
	    MIG_ARRAY_TOO_LARGE, "too many to send");
}

static uint32_t into_count; /* what S_into returns in a and c */
static uint8_t into_port;   /* a port instead of memory, if not 0 */

kern_return_t
S_into(mach_port_t server, bytes_t z, mach_msg_type_number_t zCnt, bytes_t *a,
    mach_msg_type_number_t *aCnt, mach_port_t *b, mach_port_array_t *c,
    mach_msg_type_number_t *cCnt, words_t *d, mach_msg_type_number_t *dCnt,
    words_t *e, words_t *f, int *g)
{
	static char text[] = "abcdefgh";
	static mach_port_t rights[8] = {1, 2, 3, 4, 5, 6, 7, 8};
	static natural_t words[2] = {11, 12};

	(void)server;
	check(zCnt == 700 && z[699] == 'z', "z");
	drop(z);
	*a = text;
	*c = rights;
	*aCnt = *cCnt = into_count;
	b[0] = b[1] = b[2] = 77;
	*d = *e = words;
	*dCnt = 2;
	f[0] = f[1] = words;
	*g = 5;
	return KERN_SUCCESS;
}

kern_return_t
S_into_own(mach_port_t server, mach_port_t to, bytes_t *a,
    mach_msg_type_number_t *aCnt)
{
	(void)server;
	check(to == 0x5005, "to");
	*a = strdup("own");
	fake.allocations++;
	*aCnt = 3;
	return KERN_SUCCESS;
}

static mach_msg_header_t *
change_kind(mach_msg_header_t *reply)
{
	/* The first descriptor: memory becomes ports. */
	if (into_port)
		((uint8_t *)reply)[28 + 11] = MACH_MSG_OOL_PORTS_DESCRIPTOR;
	return reply;
}

static kern_return_t
call_into(uint32_t room)
{
	static char z[700];
	char place[8] = "--------";
	mach_port_t rights[8] = {0};
	natural_t pair[2] = {0};
	bytes_t a = place;
	mach_msg_type_number_t aCnt = room;
	mach_port_t b[3] = {0};
	mach_port_array_t c = rights;
	mach_msg_type_number_t cCnt = 8;
	words_t d = NULL;
	mach_msg_type_number_t dCnt = 0;
	words_t e = pair;
	words_t f[2] = {NULL, NULL};
	int g = 0;
	kern_return_t code;

	memset(z, 'z', sizeof(z));
	fake.on_reply = change_kind;
	code = memories_into(FAKE_SERVER, z, sizeof(z), &a, &aCnt, b, &c, &cCnt,
	    &d, &dCnt, &e, f, &g);
	if (code != KERN_SUCCESS) {
		check(memcmp(place, "--------", 8) == 0, "touched");
		return code;
	}
	check(a == place && aCnt == into_count, "a aCnt");
	check(memcmp(place, "abcdefgh", into_count) == 0, "bytes of a");
	check(into_count == 8 || place[into_count] == '-', "and no more");
	check(c == rights && cCnt == into_count, "c cCnt");
	check(into_count == 0 || c[into_count - 1] == into_count, "c");
	check(e == pair && pair[1] == 12 && b[2] == 77 && g == 5, "e b g");
	check(dCnt == 2 && d[1] == 12 && f[1][0] == 11, "d f");
	drop(d);
	drop(f[0]);
	drop(f[1]);
	return code;
}

static void
test_into(void)
{
	char place[4] = "";
	bytes_t a = place;
	mach_msg_type_number_t aCnt = 4;

	for (into_count = 0; into_count <= 8; into_count += 4) {
		fresh();
		is_int(call_into(8), KERN_SUCCESS, "into the caller's memory");
		settled("arrives");
	}
	fresh();
	into_count = 5;
	is_int(call_into(4), MACH_RCV_SCATTER_SMALL, "more than has room");
	settled("is destroyed");
	fresh();
	into_port = 1;
	is_int(call_into(8), MACH_RCV_INVALID_TYPE, "something else");
	settled("is not taken for it");
	fresh();
	fake.send_error = MACH_SEND_INVALID_DEST;
	is_int(call_into(8), MACH_SEND_INVALID_DEST, "a call that is not sent");
	settled("leaves it alone");
	fresh();
	is_int(memories_into_own(FAKE_SERVER, 0x5005, &a, &aCnt), KERN_SUCCESS,
	    "with a reply port of its own");
	ok(a == place && aCnt == 3 && memcmp(place, "own", 3) == 0, "own");
	settled("arrives");
}

kern_return_t
S_names(mach_port_t server, const char *x, int xCnt, int xOffset, int xPad,
    const char *y, mach_msg_type_number_t yCnt, int yPad, struct wide const *z,
    int zCnt)
{
	(void)server;
	check(strcmp(x, "xyz") == 0 && xCnt == 1 && xOffset == 2, "x");
	check(xPad == 3 && yCnt == 1 && y[0] == 'y' && yPad == 4, "y");
	check(z == NULL && zCnt == 5, "z");
	return KERN_SUCCESS;
}

static void
test_names(void)
{
	fresh();
	is_int(memories_names(FAKE_SERVER, "xyz", 1, 2, 3, "y", 1, 4, NULL, 5),
	    KERN_SUCCESS, "names that look like the stubs' own");
	settled("arrive");
}

uint64_t
double_of(int x)
{
	return (uint64_t)x << 32;
}

int
half_of(uint64_t x)
{
	return (int)(x >> 32);
}

kern_return_t
S_doubled(mach_port_t server, uint64_t *a, uint64_t *b)
{
	(void)server;
	*b = *a;
	*a += 5ULL << 32;
	return KERN_SUCCESS;
}

/* What is translated goes there and back. */
static void
test_doubled(void)
{
	int a = 7;
	int b = 0;

	fresh();
	is_int(memories_doubled(FAKE_SERVER, &a, &b), KERN_SUCCESS, "doubled");
	is_int(a, 12, "inout, translated on both ways");
	is_int(b, 7, "out");
}

int
main(void)
{
	test_texts();
	tamper(0);
	tamper(1);
	test_give();
	test_raw();
	test_back();
	test_into();
	test_names();
	test_doubled();
	return test_done();
}
