/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Patterns to programs, by recursive descent over tokens; the two syntaxes
 * differ only in which characters make which token.
 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "rx_code.h"
#include "util.h"

#define MAX_CODE   60000
#define MAX_REPEAT 255
#define MAX_DEPTH  200

enum token {
	T_CHAR,
	T_ANY,
	T_SET,
	T_OPEN,
	T_CLOSE,
	T_OR,
	T_STAR,
	T_PLUS,
	T_OPTION,
	T_BRACE,
	T_BEGIN,
	T_FINISH,
	T_STOP,
};

struct compiler {
	struct rx *rx;
	const char *p; /* after the token */
	const char *error;
	enum token token;
	int value; /* T_CHAR: the byte */
	int flags;
	int depth;
	bool first; /* basic: a * here is literal, a ^ an anchor */
};

static void alternatives(struct compiler *c);

static void
fail(struct compiler *c, const char *error)
{
	if (c->error == NULL)
		c->error = error;
	c->token = T_STOP;
}

/* The token that the character after a backslash makes. */
static void
escaped_token(struct compiler *c)
{
	static const char order[] = "(){+?|";
	static const enum token tokens[] = {
	    T_OPEN, T_CLOSE, T_BRACE, T_PLUS, T_OPTION, T_OR};
	const char *found;

	c->value = (unsigned char)*c->p;
	c->token = T_CHAR;
	if (*c->p == '\0') {
		fail(c, "trailing backslash");
		return;
	}
	c->p++;
	if (c->value >= '1' && c->value <= '9') {
		fail(c, "back-references are not supported");
		return;
	}
	if (c->flags & RX_EXTENDED)
		return;
	found = strchr(order, c->value);
	if (found != NULL)
		c->token = tokens[found - order];
}

static enum token
extended_token(int value)
{
	static const char order[] = "(){+?|^$*";
	static const enum token tokens[] = {T_OPEN, T_CLOSE, T_BRACE, T_PLUS,
	    T_OPTION, T_OR, T_BEGIN, T_FINISH, T_STAR};
	const char *found = strchr(order, value);

	return found != NULL ? tokens[found - order] : T_CHAR;
}

/* ^, $ and * of a basic expression, which depend on where they stand. */
static enum token
basic_token(const struct compiler *c, int value)
{
	if (value == '^' && c->first)
		return T_BEGIN;
	if (value == '$' && (*c->p == '\0' || strncmp(c->p, "\\)", 2) == 0 ||
				strncmp(c->p, "\\|", 2) == 0))
		return T_FINISH;
	if (value == '*' && !c->first)
		return T_STAR;
	return T_CHAR;
}

static void
next_token(struct compiler *c)
{
	if (c->error != NULL)
		return;
	if (*c->p == '\0') {
		c->token = T_STOP;
		return;
	}
	c->value = (unsigned char)*c->p++;
	if (c->flags & RX_LITERAL)
		c->token = T_CHAR;
	else if (c->value == '\\')
		escaped_token(c);
	else if (c->value == '.')
		c->token = T_ANY;
	else if (c->value == '[')
		c->token = T_SET;
	else if (c->flags & RX_EXTENDED)
		c->token = extended_token(c->value);
	else
		c->token = basic_token(c, c->value);
}

static void
emit(struct compiler *c, enum rx_op op, int value)
{
	struct rx *rx = c->rx;

	if (rx->count == MAX_CODE) {
		fail(c, "too long");
		return;
	}
	if (rx->count == rx->capacity) {
		rx->capacity = rx->capacity != 0 ? rx->capacity * 2 : 64;
		rx->code = xrealloc(
		    rx->code, (size_t)rx->capacity * sizeof(*rx->code));
	}
	rx->code[rx->count++] = (struct rx_instruction){op, value};
}

/* Put an instruction before those from `at` on, which move as a whole. */
static void
insert(struct compiler *c, int at, enum rx_op op, int value)
{
	struct rx *rx = c->rx;

	emit(c, op, value);
	if (c->error != NULL)
		return;
	memmove(rx->code + at + 1, rx->code + at,
	    (size_t)(rx->count - at - 1) * sizeof(*rx->code));
	rx->code[at] = (struct rx_instruction){op, value};
}

static void
set_add(struct rx_set *set, int byte, bool fold)
{
	set->bits[byte / 8] |= (unsigned char)(1 << byte % 8);
	if (fold && isalpha(byte)) {
		int other = islower(byte) ? toupper(byte) : tolower(byte);

		set->bits[other / 8] |= (unsigned char)(1 << other % 8);
	}
}

/* "[:name:]" at c->p - 1. False when there is none. */
static bool
set_class(struct compiler *c, struct rx_set *set)
{
	static const struct {
		const char *name;
		int (*test)(int c);
	} classes[] = {
	    {"alnum:]", isalnum},
	    {"alpha:]", isalpha},
	    {"blank:]", isblank},
	    {"cntrl:]", iscntrl},
	    {"digit:]", isdigit},
	    {"graph:]", isgraph},
	    {"lower:]", islower},
	    {"print:]", isprint},
	    {"punct:]", ispunct},
	    {"space:]", isspace},
	    {"upper:]", isupper},
	    {"xdigit:]", isxdigit},
	};
	size_t i;
	int byte;

	if (c->p[0] != '[' || c->p[1] != ':')
		return false;
	for (i = 0; i < sizeof(classes) / sizeof(classes[0]); i++) {
		size_t length = strlen(classes[i].name);

		if (strncmp(c->p + 2, classes[i].name, length) != 0)
			continue;
		for (byte = 0; byte < 256; byte++)
			if (classes[i].test(byte))
				set_add(set, byte, c->flags & RX_FOLD);
		c->p += 2 + length;
		return true;
	}
	fail(c, "unknown character class");
	return true;
}

/* A byte, or the one in [.x.] or [=x=]. */
static int
set_byte(struct compiler *c)
{
	if (c->p[0] == '[' && (c->p[1] == '.' || c->p[1] == '=') &&
	    c->p[2] != '\0' && c->p[3] == c->p[1] && c->p[4] == ']') {
		c->p += 5;
		return (unsigned char)c->p[-3];
	}
	return (unsigned char)*c->p++;
}

static void
set_range(struct compiler *c, struct rx_set *set)
{
	int low = set_byte(c);
	int high = low;

	if (c->p[0] == '-' && c->p[1] != ']' && c->p[1] != '\0') {
		c->p++;
		high = set_byte(c);
		if (high < low)
			fail(c, "range out of order");
	}
	for (; low <= high; low++)
		set_add(set, low, c->flags & RX_FOLD);
}

/* After '['. */
static void
bracket(struct compiler *c)
{
	struct rx *rx = c->rx;
	struct rx_set set = {.bits = {0}};
	bool negated = *c->p == '^';
	const char *begin;
	int i;

	c->p += negated;
	for (begin = c->p; *c->p != ']' || c->p == begin;) {
		if (*c->p == '\0')
			fail(c, "missing ]");
		if (c->error != NULL)
			return;
		if (!set_class(c, &set))
			set_range(c, &set);
	}
	c->p++;
	for (i = 0; negated && i < 32; i++)
		set.bits[i] = (unsigned char)~set.bits[i];
	rx->sets =
	    xrealloc(rx->sets, ((size_t)rx->set_count + 1) * sizeof(*rx->sets));
	rx->sets[rx->set_count] = set;
	emit(c, RX_SET, rx->set_count++);
}

static int
repeat_number(struct compiler *c, int otherwise)
{
	int number = 0;

	if (!isdigit((unsigned char)*c->p))
		return otherwise;
	while (isdigit((unsigned char)*c->p) && number <= MAX_REPEAT)
		number = number * 10 + (*c->p++ - '0');
	return number;
}

/* Repeat the code from `from` at least `low` and at most `high` times. */
static void
repeat(struct compiler *c, int from, int low, int high)
{
	struct rx *rx = c->rx;
	int length = rx->count - from;
	size_t size = (size_t)length * sizeof(*rx->code);
	struct rx_instruction *body = xmalloc(size);
	int i;
	int j;

	if (size > 0)
		memcpy(body, rx->code + from, size);
	rx->count = from;
	for (i = 0; i < low || (high >= 0 && i < high); i++) {
		if (i >= low)
			emit(c, RX_SPLIT, length + 1);
		for (j = 0; j < length; j++)
			emit(c, body[j].op, body[j].value);
	}
	if (high < 0) {
		emit(c, RX_SPLIT, length + 2);
		for (j = 0; j < length; j++)
			emit(c, body[j].op, body[j].value);
		emit(c, RX_JUMP, -(length + 1));
	}
	free(body);
}

/* After "{": m}, m,} or m,n}, with a backslash before } when basic. */
static void
brace(struct compiler *c, int from)
{
	int low = repeat_number(c, 0);
	int high = low;

	if (*c->p == ',') {
		c->p++;
		high = repeat_number(c, -1);
	}
	if (!(c->flags & RX_EXTENDED) && *c->p == '\\')
		c->p++;
	if (*c->p != '}' || low > MAX_REPEAT || high > MAX_REPEAT ||
	    (high >= 0 && high < low)) {
		fail(c, "bad repetition");
		return;
	}
	c->p++;
	repeat(c, from, low, high);
}

static void
atom(struct compiler *c)
{
	bool begins = c->token == T_BEGIN;

	switch ((int)c->token) {
	case T_ANY:
		emit(c, RX_ANY, 0);
		break;
	case T_SET:
		bracket(c);
		break;
	case T_BEGIN:
		emit(c, RX_BEGIN, 0);
		break;
	case T_FINISH:
		emit(c, RX_END, 0);
		break;
	case T_OPEN:
		if (++c->depth > MAX_DEPTH)
			fail(c, "nested too deep");
		c->first = true;
		next_token(c);
		alternatives(c);
		c->depth--;
		if (c->token != T_CLOSE)
			fail(c, "missing )");
		break;
	case T_CHAR:
		emit(c, RX_CHAR,
		    c->flags & RX_FOLD ? tolower(c->value) : c->value);
		break;
	default:
		fail(c, "repetition of nothing");
		break;
	}
	c->first = begins;
	next_token(c);
}

/* An atom and the repetitions after it. */
static void
piece(struct compiler *c)
{
	int from = c->rx->count;

	atom(c);
	for (;;) {
		switch ((int)c->token) {
		case T_STAR:
			repeat(c, from, 0, -1);
			break;
		case T_PLUS:
			repeat(c, from, 1, -1);
			break;
		case T_OPTION:
			repeat(c, from, 0, 1);
			break;
		case T_BRACE:
			brace(c, from);
			break;
		default:
			return;
		}
		next_token(c);
	}
}

static bool
at_end(const struct compiler *c)
{
	return c->token == T_STOP || c->token == T_OR ||
	       (c->token == T_CLOSE && c->depth > 0);
}

static void
branch(struct compiler *c)
{
	while (!at_end(c)) {
		if (c->token == T_CLOSE) {
			if (!(c->flags & RX_EXTENDED)) {
				fail(c, "unmatched )");
				return;
			}
			c->token = T_CHAR;
		}
		piece(c);
	}
}

/* Each branch but the last ends in a jump; they are chained until the end. */
static void
alternatives(struct compiler *c)
{
	int from = c->rx->count;
	int chain = -1;

	branch(c);
	while (c->token == T_OR) {
		insert(c, from, RX_SPLIT, c->rx->count - from + 2);
		emit(c, RX_JUMP, chain);
		if (c->error != NULL)
			return;
		chain = c->rx->count - 1;
		from = c->rx->count;
		c->first = true;
		next_token(c);
		branch(c);
	}
	while (chain >= 0 && c->error == NULL) {
		int older = c->rx->code[chain].value;

		c->rx->code[chain].value = c->rx->count - chain;
		chain = older;
	}
}

/* Lists for the matcher: a place is in each at most once. */
static void
make_lists(struct rx *rx)
{
	size_t count = (size_t)rx->count;

	rx->now = xmalloc(count * sizeof(*rx->now));
	rx->next = xmalloc(count * sizeof(*rx->next));
	rx->stack = xmalloc((2 * count + 2) * sizeof(*rx->stack));
	rx->added = xmalloc(count * sizeof(*rx->added));
	memset(rx->added, 0, count * sizeof(*rx->added));
}

struct rx *
rx_compile(const char *pattern, int flags, const char **error)
{
	struct compiler c = {.p = pattern, .flags = flags};

	c.rx = xmalloc(sizeof(*c.rx));
	*c.rx = (struct rx){.fold = (flags & RX_FOLD) != 0};
	c.first = true;
	next_token(&c);
	alternatives(&c);
	emit(&c, RX_MATCH, 0);
	if (c.error != NULL) {
		*error = c.error;
		rx_free(c.rx);
		return NULL;
	}
	make_lists(c.rx);
	return c.rx;
}
