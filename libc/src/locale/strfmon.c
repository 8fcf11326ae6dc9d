/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Amounts of money. Our locales know no currency, no separators and no signs
 * but the minus, so what is left is digits, padding and parentheses.
 */
#include <ctype.h>
#include <errno.h>
#include <limits.h>
#include <monetary.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#define DIGITS 2 /* behind the point, where the locale says nothing */
/* The largest double has 309 digits; more are asked for, not found. */
#define AMOUNT_MAX 1024

struct amount {
	char fill;
	bool parentheses;
	bool left_justified;
	int width;
	int digits_before; /* 0: as many as there are */
	int digits_behind;
};

/* Digits up to max; -1: more. Moves *at behind them. */
static int
number(const char **at, int max)
{
	int value = 0;

	while (isdigit((unsigned char)**at)) {
		value = value * 10 + *(*at)++ - '0';
		if (value > max)
			return -1;
	}
	return value;
}

/* Behind a %, up to the conversion's letter. */
static bool
parse(const char **at, struct amount *amount)
{
	bool sign = false;

	*amount = (struct amount){.fill = ' ', .digits_behind = DIGITS};
	for (;; (*at)++) {
		if (**at == '=' && (*at)[1] != '\0')
			amount->fill = *++*at;
		else if (**at == '-')
			amount->left_justified = true;
		else if ((**at == '(' || **at == '+') && !sign) {
			sign = true;
			amount->parentheses = **at == '(';
		} else if (**at != '^' && **at != '!')
			break;
	}
	amount->width = number(at, INT_MAX / 16);
	if (**at == '#') {
		++*at;
		amount->digits_before = number(at, AMOUNT_MAX / 4);
	}
	if (**at == '.') {
		++*at;
		amount->digits_behind = number(at, AMOUNT_MAX / 4);
	}
	return amount->width >= 0 && amount->digits_before >= 0 &&
	       amount->digits_behind >= 0 && (**at == 'n' || **at == 'i');
}

/*
 * The amount without the padding to its width. With a number of digits in front
 * of the point, positive and negative amounts are equally long, so a sign that
 * is not there is a space.
 */
static int
write_amount(char *to, size_t size, const struct amount *amount, double value)
{
	bool negative = __builtin_signbit(value);
	bool aligned = amount->digits_before > 0;
	char digits[AMOUNT_MAX];
	char fill[AMOUNT_MAX / 4 + 1];
	const char *before = aligned ? " " : "";
	const char *behind = "";
	int length = snprintf(digits, sizeof(digits), "%.*f",
	    amount->digits_behind, negative ? -value : value);
	int missing = amount->digits_before - (int)strcspn(digits, ".");

	if (length < 0 || length >= (int)sizeof(digits))
		return -1;
	if (missing < 0)
		missing = 0;
	memset(fill, amount->fill, (size_t)missing);
	fill[missing] = '\0';
	if (negative)
		before = amount->parentheses ? "(" : "-";
	if (amount->parentheses)
		behind = negative ? ")" : before;
	return snprintf(to, size, "%s%s%s%s", before, fill, digits, behind);
}

/* Returns how many bytes, or -1: no room. */
static ssize_t
put_amount(char *to, size_t room, const struct amount *amount, double value)
{
	char text[2 * AMOUNT_MAX];
	int length = write_amount(text, sizeof(text), amount, value);
	int written;

	if (length < 0 || length >= (int)sizeof(text))
		return -1;
	written = snprintf(to, room, "%*s",
	    amount->left_justified ? -amount->width : amount->width, text);
	return (size_t)written < room ? written : -1;
}

static ssize_t
format(char *to, size_t size, const char *at, va_list *arguments)
{
	size_t used = 0;
	struct amount amount;
	ssize_t added;

	for (; *at != '\0'; at++) {
		if (*at != '%' || at[1] == '%') {
			at += *at == '%';
			if (used + 1 >= size)
				goto no_room;
			to[used++] = *at;
			continue;
		}
		at++;
		if (!parse(&at, &amount)) {
			errno = EINVAL;
			return -1;
		}
		added = put_amount(to + used, size - used, &amount,
		    va_arg(*arguments, double));
		if (added < 0)
			goto no_room;
		used += (size_t)added;
	}
	if (used >= size)
		goto no_room;
	to[used] = '\0';
	return (ssize_t)used;
no_room:
	errno = E2BIG;
	return -1;
}

ssize_t
strfmon(char *restrict to, size_t size, const char *restrict text, ...)
{
	va_list arguments;
	ssize_t length;

	va_start(arguments, text);
	length = format(to, size, text, &arguments);
	va_end(arguments);
	return length;
}

/* All locales are alike in this. */
ssize_t
strfmon_l(char *restrict to, size_t size, locale_t locale,
    const char *restrict text, ...)
{
	va_list arguments;
	ssize_t length;

	(void)locale;
	va_start(arguments, text);
	length = format(to, size, text, &arguments);
	va_end(arguments);
	return length;
}
