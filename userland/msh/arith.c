/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * $(( )): C's integer expressions on intmax_t, by precedence climbing.
 * A variable's value is an expression of its own, to a bounded depth. What
 * && || ?: do not evaluate is parsed with `skip` set, so that it has no
 * effects and its divisions by zero are none.
 */
#include <ctype.h>
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "msh.h"

#define MAX_DEPTH 100

struct arith {
	const char *p;
	const char *text;
	int skip;
	int depth;
};

/* An operand: a value, and the variable it is in, for assignments. */
struct operand {
	intmax_t value;
	const char *name; /* NULL: not a variable */
	size_t length;
};

enum op {
	OP_NONE,
	OP_OR,
	OP_AND,
	OP_BIT_OR,
	OP_BIT_XOR,
	OP_BIT_AND,
	OP_EQ,
	OP_NE,
	OP_LE,
	OP_GE,
	OP_LT,
	OP_GT,
	OP_SHL,
	OP_SHR,
	OP_ADD,
	OP_SUB,
	OP_MUL,
	OP_DIV,
	OP_MOD,
};

/* Longer spellings first. */
static const struct {
	const char *text;
	enum op op;
	int precedence;
} operators[] = {
    {"||", OP_OR, 1},
    {"&&", OP_AND, 2},
    {"<<", OP_SHL, 8},
    {">>", OP_SHR, 8},
    {"==", OP_EQ, 6},
    {"!=", OP_NE, 6},
    {"<=", OP_LE, 7},
    {">=", OP_GE, 7},
    {"|", OP_BIT_OR, 3},
    {"^", OP_BIT_XOR, 4},
    {"&", OP_BIT_AND, 5},
    {"<", OP_LT, 7},
    {">", OP_GT, 7},
    {"+", OP_ADD, 9},
    {"-", OP_SUB, 9},
    {"*", OP_MUL, 10},
    {"/", OP_DIV, 10},
    {"%", OP_MOD, 10},
};

static intmax_t assignment(struct arith *a);

static _Noreturn void
arith_error(const struct arith *a, const char *what)
{
	shell_error(2, "arithmetic: %s in \"%s\"", what, a->text);
}

static void
skip_blanks(struct arith *a)
{
	while (isspace((unsigned char)*a->p))
		a->p++;
}

static bool
accept(struct arith *a, const char *token)
{
	size_t length = strlen(token);

	skip_blanks(a);
	if (strncmp(a->p, token, length) != 0)
		return false;
	a->p += length;
	return true;
}

static intmax_t
number(struct arith *a)
{
	char *end;
	intmax_t value;

	errno = 0;
	value = strtoimax(a->p, &end, 0);
	if (errno == ERANGE)
		value = (intmax_t)strtoumax(a->p, &end, 0);
	if (isalnum((unsigned char)*end) || *end == '_' || *end == '.')
		arith_error(a, "bad number");
	a->p = end;
	return value;
}

static intmax_t
variable(const struct arith *a, const char *name, size_t length)
{
	char *copy = arena_copy(sh.tmp, name, length);
	const char *value = param_value(copy);
	struct arith inner = {.depth = a->depth + 1};
	intmax_t result;

	if (value == NULL) {
		if (OPT('u') && a->skip == 0)
			shell_error(2, "%s: parameter not set", copy);
		return 0;
	}
	if (*value == '\0' || a->skip > 0)
		return 0;
	inner.p = inner.text = value;
	if (inner.depth > MAX_DEPTH)
		arith_error(a, "recursion");
	result = assignment(&inner);
	skip_blanks(&inner);
	if (*inner.p != '\0')
		arith_error(&inner, "bad number");
	return result;
}

static struct operand
primary(struct arith *a)
{
	struct operand operand = {.value = 0};

	skip_blanks(a);
	if (accept(a, "(")) {
		if (++a->depth > MAX_DEPTH)
			arith_error(a, "too deep nesting");
		operand.value = assignment(a);
		a->depth--;
		if (!accept(a, ")"))
			arith_error(a, "missing )");
	} else if (isdigit((unsigned char)*a->p)) {
		operand.value = number(a);
	} else if (name_length(a->p) > 0) {
		operand.name = a->p;
		operand.length = name_length(a->p);
		a->p += operand.length;
		operand.value = variable(a, operand.name, operand.length);
	} else {
		arith_error(a,
		    *a->p != '\0' ? "unexpected character" : "missing operand");
	}
	return operand;
}

static intmax_t
store(const struct arith *a, const struct operand *to, intmax_t value)
{
	char text[32];

	if (to->name == NULL)
		arith_error(a, "assignment to no variable");
	if (a->skip > 0)
		return value;
	snprintf(text, sizeof(text), "%" PRIdMAX, value);
	var_set_n(to->name, to->length, text, 0);
	return value;
}

/* Arithmetic wraps round; signed overflow is for C to fear. */
static intmax_t
wrap(uintmax_t value)
{
	return (intmax_t)value;
}

static intmax_t
postfix(struct arith *a)
{
	struct operand operand = primary(a);

	if (operand.name == NULL)
		return operand.value;
	if (accept(a, "++"))
		store(a, &operand, wrap((uintmax_t)operand.value + 1));
	else if (accept(a, "--"))
		store(a, &operand, wrap((uintmax_t)operand.value - 1));
	return operand.value;
}

/* ++x and --x; two signs before a number are just two signs. */
static bool
prefix_step(struct arith *a, intmax_t *value)
{
	struct operand operand;
	const char *start;
	bool up;

	skip_blanks(a);
	start = a->p;
	up = accept(a, "++");
	if (!up && !accept(a, "--"))
		return false;
	skip_blanks(a);
	if (name_length(a->p) == 0) {
		a->p = start;
		return false;
	}
	operand = primary(a);
	*value = store(a, &operand,
	    wrap((uintmax_t)operand.value + (up ? 1 : (uintmax_t)-1)));
	return true;
}

static intmax_t
unary(struct arith *a)
{
	intmax_t value;

	if (prefix_step(a, &value))
		return value;
	if (++a->depth > MAX_DEPTH)
		arith_error(a, "too deep nesting");
	if (accept(a, "-"))
		value = wrap(-(uintmax_t)unary(a));
	else if (accept(a, "+"))
		value = unary(a);
	else if (accept(a, "~"))
		value = ~unary(a);
	else if (accept(a, "!"))
		value = !unary(a);
	else
		value = postfix(a);
	a->depth--;
	return value;
}

static intmax_t
divide(const struct arith *a, enum op op, intmax_t left, intmax_t right)
{
	if (a->skip > 0)
		return 0;
	if (right == 0)
		arith_error(a, "division by zero");
	if (right == -1)
		return op == OP_DIV ? wrap(-(uintmax_t)left) : 0;
	return op == OP_DIV ? left / right : left % right;
}

static intmax_t
compare(enum op op, intmax_t left, intmax_t right)
{
	switch ((int)op) {
	case OP_EQ:
		return left == right;
	case OP_NE:
		return left != right;
	case OP_LE:
		return left <= right;
	case OP_GE:
		return left >= right;
	case OP_LT:
		return left < right;
	default:
		return left > right;
	}
}

static intmax_t
apply(const struct arith *a, enum op op, intmax_t left, intmax_t right)
{
	const uintmax_t l = (uintmax_t)left;
	const uintmax_t r = (uintmax_t)right;

	switch ((int)op) {
	case OP_OR:
		return left != 0 || right != 0;
	case OP_AND:
		return left != 0 && right != 0;
	case OP_BIT_OR:
		return wrap(l | r);
	case OP_BIT_XOR:
		return wrap(l ^ r);
	case OP_BIT_AND:
		return wrap(l & r);
	case OP_SHL:
		return wrap(l << (r & 63));
	case OP_SHR:
		return left >> (r & 63);
	case OP_ADD:
		return wrap(l + r);
	case OP_SUB:
		return wrap(l - r);
	case OP_MUL:
		return wrap(l * r);
	case OP_DIV:
	case OP_MOD:
		return divide(a, op, left, right);
	default:
		return compare(op, left, right);
	}
}

/* The operator here, unless it is the start of an assignment. */
static int
find_operator(struct arith *a)
{
	const int count = sizeof(operators) / sizeof(operators[0]);
	int i;

	skip_blanks(a);
	for (i = 0; i < count; i++) {
		size_t length = strlen(operators[i].text);

		if (strncmp(a->p, operators[i].text, length) != 0)
			continue;
		if (a->p[length] == '=' && operators[i].precedence != 1 &&
		    operators[i].precedence != 2 &&
		    operators[i].precedence != 6 && a->p[length + 1] != '=')
			return -1;
		return i;
	}
	return -1;
}

static intmax_t
binary(struct arith *a, int minimum)
{
	intmax_t left = unary(a);

	for (;;) {
		int i = find_operator(a);
		bool skips;
		intmax_t right;

		if (i < 0 || operators[i].precedence < minimum)
			return left;
		a->p += strlen(operators[i].text);
		skips = (operators[i].op == OP_AND && left == 0) ||
			(operators[i].op == OP_OR && left != 0);
		a->skip += skips;
		right = binary(a, operators[i].precedence + 1);
		a->skip -= skips;
		left = apply(a, operators[i].op, left, right);
	}
}

static intmax_t
conditional(struct arith *a)
{
	intmax_t condition = binary(a, 1);
	intmax_t yes;
	intmax_t no;

	if (!accept(a, "?"))
		return condition;
	if (++a->depth > MAX_DEPTH)
		arith_error(a, "too deep nesting");
	a->skip += condition == 0;
	yes = assignment(a);
	a->skip -= condition == 0;
	if (!accept(a, ":"))
		arith_error(a, "missing :");
	a->skip += condition != 0;
	no = assignment(a);
	a->skip -= condition != 0;
	a->depth--;
	return condition != 0 ? yes : no;
}

/* At "=" or "op=": the operator's index, -1 for plain; false when neither. */
static bool
assignment_operator(struct arith *a, enum op *op)
{
	static const struct {
		const char *text;
		enum op op;
	} table[] = {
	    {"=", OP_NONE},
	    {"+=", OP_ADD},
	    {"-=", OP_SUB},
	    {"*=", OP_MUL},
	    {"/=", OP_DIV},
	    {"%=", OP_MOD},
	    {"<<=", OP_SHL},
	    {">>=", OP_SHR},
	    {"&=", OP_BIT_AND},
	    {"^=", OP_BIT_XOR},
	    {"|=", OP_BIT_OR},
	};
	size_t i;

	skip_blanks(a);
	if (a->p[0] == '=' && a->p[1] == '=')
		return false;
	for (i = 0; i < sizeof(table) / sizeof(table[0]); i++)
		if (accept(a, table[i].text)) {
			*op = table[i].op;
			return true;
		}
	return false;
}

static intmax_t
assignment(struct arith *a)
{
	struct operand to = {.value = 0};
	const char *start;
	enum op op;
	intmax_t value;

	skip_blanks(a);
	start = a->p;
	to.name = a->p;
	to.length = name_length(a->p);
	a->p += to.length;
	if (to.length == 0 || !assignment_operator(a, &op)) {
		a->p = start;
		return conditional(a);
	}
	if (++a->depth > MAX_DEPTH)
		arith_error(a, "too deep nesting");
	value = assignment(a);
	a->depth--;
	if (op != OP_NONE)
		value = apply(a, op, variable(a, to.name, to.length), value);
	return store(a, &to, value);
}

intmax_t
arith_eval(const char *text)
{
	struct arith a = {.p = text, .text = text};
	intmax_t value;

	skip_blanks(&a);
	if (*a.p == '\0')
		return 0;
	value = assignment(&a);
	skip_blanks(&a);
	if (*a.p != '\0')
		arith_error(&a, "unexpected character");
	return value;
}
