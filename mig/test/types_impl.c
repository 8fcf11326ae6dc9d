/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The server of types.defs: each routine checks what it got and answers with
 * values the user's side (rpc_test.c) knows.
 */
#include "types_impl.h"

#include <stdlib.h>
#include <string.h>

#include "fake_mach.h"
#include "types_server.h"

struct expected expected;
static struct object objects[2];

static int
check(int condition, const char *what)
{
	if (!condition && expected.wrong == NULL)
		expected.wrong = what;
	return condition;
}

kern_return_t
S_scalars(mach_port_t server, uint8_t a, uint16_t b, int c, uint64_t d, int *e,
    uint8_t *f, uint16_t *g, natural_t *h, uint64_t *i)
{
	check(server == FAKE_SERVER, "server port");
	check(a == 200 && b == 60000 && c == -5, "a b c");
	check(d == 0x1122334455667788ULL && *e == 40, "d e");
	*e = (int)((unsigned)*e + 2);
	*f = 255;
	*g = 65535;
	*h = 0xdeadbeef;
	*i = d + 1;
	return expected.code;
}

kern_return_t
S_structs(mach_port_t server, rgb_t a, pair_t b, pair_t *c, rgb_t *d, pair_t *e)
{
	(void)server;
	check(a.r == 1 && a.g == 2 && a.b == 3, "a");
	check(b.first == 10 && b.third == 30, "b");
	c->second = c->first + b.second;
	d->r = a.b;
	d->g = a.g;
	d->b = a.r;
	*e = b;
	return KERN_SUCCESS;
}

kern_return_t
S_fixed_arrays(mach_port_t server, const char *a, const uint16_t *b,
    const uint64_t *c, const grid_t d, char *e, uint16_t *f, uint64_t *g,
    grid_t h, uint64_t *i, char *j)
{
	(void)server;
	check(memcmp(a, "abcde", 5) == 0 && b[2] == 3 && c[3] == 1ULL << 60,
	    "a b c");
	check(d[1][2] == 6, "d");
	memcpy(e, "vwxyz", 5);
	f[0] = f[1] = f[2] = 9;
	memcpy(g, c, sizeof(longs4_t));
	memcpy(h, d, sizeof(grid_t));
	i[0] += i[1];
	j[0] = j[4];
	return KERN_SUCCESS;
}

kern_return_t
S_variable_arrays(mach_port_t server, const natural_t *a,
    mach_msg_type_number_t aCnt, int b, const char *c,
    mach_msg_type_number_t cCnt, const uint64_t *d, mach_msg_type_number_t dCnt,
    uint64_t e, char *f, mach_msg_type_number_t *fCnt, uint64_t *g, longs_t h,
    mach_msg_type_number_t *hCnt, words_t i, mach_msg_type_number_t *iCnt,
    uint8_t *j)
{
	(void)server;
	check(aCnt == expected.count % 21 && b == 17, "aCnt b");
	check(aCnt == 0 || a[aCnt - 1] == aCnt, "a");
	check(cCnt == expected.count % 12 && e == 99, "cCnt e");
	check(cCnt == 0 || c[cCnt - 1] == 'x', "c");
	check(dCnt == expected.count % 8, "dCnt");
	check(dCnt == 0 || d[dCnt - 1] == 1ULL << 40, "d");
	check(*fCnt == 11 && *hCnt == 7 && *iCnt == 20, "capacities");
	*fCnt = expected.out_count != 0 ? expected.out_count : cCnt;
	memset(f, 'y', cCnt);
	*g = e + 1;
	*hCnt = dCnt;
	for (uint32_t n = 0; n < dCnt; n++)
		h[n] = d[n] + n;
	*iCnt = aCnt;
	for (uint32_t n = 0; n < aCnt; n++)
		i[n] = a[n] * 2;
	*j = 7;
	return KERN_SUCCESS;
}

kern_return_t
S_strings(mach_port_t server, const char *a, const char *b, const char *c,
    int d, char *e, path_t f, path_t g, int *h)
{
	(void)server;
	check(strcmp(a, "fixed") == 0 && strcmp(b, "") == 0, "a b");
	check(strlen(c) == 39 && d == 12, "c d");
	strcpy(e, "fifteen letters");
	strcpy(f, "one");
	strcpy(g, c);
	if (expected.unterminated)
		memset(g, 'z', 40);
	*h = 13;
	return KERN_SUCCESS;
}

kern_return_t
S_ports(mach_port_t server, mach_port_t a, mach_port_t b, mach_port_t c,
    mach_port_t d, mach_port_t e, mach_port_t f, mach_port_t g,
    mach_msg_type_name_t gPoly, mach_port_t *h, mach_port_t *i, mach_port_t *j,
    mach_port_t *k, mach_msg_type_name_t *kPoly, mach_port_t *l)
{
	(void)server;
	check(a == 1 && b == 2 && c == 3 && d == 4 && e == 5 && f == 6, "a-f");
	check(g == 7 && gPoly == MACH_MSG_TYPE_PORT_SEND_ONCE, "g");
	check(*l == 8, "l");
	*h = 11;
	*i = 12;
	*j = 13;
	*k = 14;
	*kPoly = MACH_MSG_TYPE_MAKE_SEND;
	*l = 15;
	return KERN_SUCCESS;
}

kern_return_t
S_port_arrays(mach_port_t server, const mach_port_t *a, const mach_port_t *b,
    mach_msg_type_number_t bCnt, int c, mach_port_t *d, some_ports_t e,
    mach_msg_type_number_t *eCnt, int *f)
{
	(void)server;
	check(a[0] == 1 && a[2] == 3, "a");
	check(bCnt == 2 && b[0] == 4 && b[1] == 5 && c == 6, "b c");
	memcpy(d, a, sizeof(three_ports_t));
	*eCnt = 1;
	e[0] = 9;
	*f = 10;
	return KERN_SUCCESS;
}

kern_return_t
S_memory(mach_port_t server, blob_t a, mach_msg_type_number_t aCnt, lent_t b,
    mach_msg_type_number_t bCnt, page_t c, bounded_t d,
    mach_msg_type_number_t dCnt, mach_port_array_t e,
    mach_msg_type_number_t eCnt, mach_port_array_t f, blob_t *g,
    mach_msg_type_number_t *gCnt, bounded_t *h, mach_msg_type_number_t *hCnt,
    boolean_t *hDealloc, mach_port_array_t *i, mach_msg_type_number_t *iCnt)
{
	(void)server;
	check(aCnt == 5 && memcmp(a, "hello", 5) == 0, "a");
	check(bCnt == 2 && b[1] == 22 && c[63] == 'c', "b c");
	check(dCnt == 3 && d[2] == 1ULL << 50, "d");
	check(eCnt == 2 && e[1] == 102 && f[1] == 202, "e f");
	if (expected.code != KERN_SUCCESS)
		return expected.code;
	*g = a;
	*gCnt = aCnt;
	*h = d;
	*hCnt = dCnt;
	*hDealloc = TRUE;
	*i = e;
	*iCnt = eCnt;
	free(c);
	free(f);
	fake.allocations -= 2;
	return KERN_SUCCESS;
}

kern_return_t
S_room(mach_port_t server, words_t a, mach_msg_type_number_t *aCnt, char *b,
    mach_msg_type_number_t *bCnt)
{
	(void)server;
	check(*aCnt == expected.count, "room for a");
	check(*bCnt == 11, "room for b is the bound");
	for (uint32_t i = 0; i < *aCnt; i++)
		a[i] = i;
	if (expected.out_count != 0)
		*aCnt = expected.out_count;
	memset(b, 'b', 11);
	return KERN_SUCCESS;
}

kern_return_t
S_one_way(mach_port_t server, int value, const char *text)
{
	(void)server;
	check(value == 5 && strcmp(text, "text") == 0, "one_way");
	return expected.code;
}

kern_return_t
S_tokens(mach_port_t server, security_token_t who, audit_token_t audit,
    natural_t seq, uint64_t context, int *sum)
{
	(void)server;
	check(context == 0x123456789abcdefULL, "context");
	*sum = (int)(who.val[0] + who.val[1] + audit.val[7] + seq);
	return KERN_SUCCESS;
}

kern_return_t
S_timed(mach_port_t server, int a, int *b)
{
	(void)server;
	*b = a;
	return KERN_SUCCESS;
}

kern_return_t
S_late(mach_port_t server, mach_port_t to_reply)
{
	(void)server;
	check(to_reply == 0x3003, "to_reply");
	return KERN_SUCCESS;
}

kern_return_t
S_reply_port(mach_port_t server, mach_port_t reply, int *a)
{
	(void)server;
	check(reply == 0x4004, "reply");
	*a = 1;
	return KERN_SUCCESS;
}

struct object *
object_of_port(mach_port_t port)
{
	struct object *object = &objects[port == FAKE_SERVER ? 0 : 1];

	object->port = port;
	object->references++;
	return object;
}

mach_port_t
port_of_object(struct object *object)
{
	return object->port + 1;
}

void
object_release(struct object *object)
{
	object->references--;
}

double
celsius_of_int(int value)
{
	return value / 10.0;
}

int
int_of_celsius(double value)
{
	return (int)(value * 10);
}

static uint32_t counted;

void
counted_done(uint32_t value)
{
	counted += value;
}

uint32_t
types_impl_counted(void)
{
	return counted;
}

kern_return_t
S_translated(struct object *server, struct object *a, double t, counted_t n,
    struct object **b, double *u)
{
	check(n == 17, "n");
	check(server == &objects[0] && a == &objects[1], "objects");
	check(server->references == 1 && a->references == 1, "references");
	*b = a;
	*u = t + 1;
	return expected.code;
}

int
types_impl_references(void)
{
	return objects[0].references + objects[1].references;
}

kern_return_t
S_copies(mach_port_t server, lent_t a, mach_msg_type_number_t aCnt,
    boolean_t aSCopy, const natural_t *b, mach_msg_type_number_t bCnt,
    boolean_t bSCopy)
{
	(void)server;
	check(aCnt == 1 && a[0] == 1 && !aSCopy, "a");
	check(bCnt == 1 && b[0] == 2 && bSCopy, "b");
	return KERN_SUCCESS;
}

kern_return_t
S_defaults(mach_port_t server)
{
	(void)server;
	return KERN_SUCCESS;
}

kern_return_t
S_no_reply(mach_port_t server, int fail)
{
	(void)server;
	return fail ? KERN_FAILURE : MIG_NO_REPLY;
}
