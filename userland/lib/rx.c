/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The matcher: the set of places in the program that the text so far leads
 * to, moved on byte by byte.
 */
#include "rx.h"

#include <ctype.h>
#include <stdlib.h>

#include "rx_code.h"

struct run {
	struct rx *rx;
	const char *text;
	size_t length;
	int *list;
	int count;
	bool matched;
};

/* Add `pc` and what it leads to without reading, at place `at`. */
static void
add(struct run *run, int pc, size_t at)
{
	struct rx *rx = run->rx;
	int depth = 0;

	rx->stack[depth++] = pc;
	while (depth > 0) {
		const struct rx_instruction *in;

		pc = rx->stack[--depth];
		if (rx->added[pc] == rx->step)
			continue;
		rx->added[pc] = rx->step;
		in = &rx->code[pc];
		switch (in->op) {
		case RX_JUMP:
			rx->stack[depth++] = pc + in->value;
			break;
		case RX_SPLIT:
			rx->stack[depth++] = pc + in->value;
			rx->stack[depth++] = pc + 1;
			break;
		case RX_BEGIN:
			if (at == 0)
				rx->stack[depth++] = pc + 1;
			break;
		case RX_END:
			if (at == run->length)
				rx->stack[depth++] = pc + 1;
			break;
		case RX_MATCH:
			run->matched = true;
			break;
		case RX_CHAR:
		case RX_ANY:
		case RX_SET:
		default:
			run->list[run->count++] = pc;
			break;
		}
	}
}

static bool
takes(const struct rx *rx, const struct rx_instruction *in, unsigned char c)
{
	switch ((int)in->op) {
	case RX_ANY:
		return true;
	case RX_SET:
		return rx->sets[in->value].bits[c / 8] >> (c % 8) & 1;
	default:
		return in->value == (rx->fold ? tolower(c) : c);
	}
}

static void
start(struct run *run, struct rx *rx, const char *text, size_t length)
{
	*run = (struct run){.rx = rx, .text = text, .length = length};
	run->list = rx->now;
	rx->step++;
}

/* All places on over the byte at `at`; the new list is run's. */
static void
advance(struct run *run, size_t at)
{
	struct rx *rx = run->rx;
	const int *old = run->list;
	int old_count = run->count;
	int i;

	run->list = old == rx->now ? rx->next : rx->now;
	run->count = 0;
	run->matched = false;
	rx->step++;
	for (i = 0; i < old_count; i++)
		if (takes(rx, &rx->code[old[i]], (unsigned char)run->text[at]))
			add(run, old[i] + 1, at + 1);
}

bool
rx_find(struct rx *rx, const char *text, size_t length)
{
	struct run run;
	size_t at;

	start(&run, rx, text, length);
	add(&run, 0, 0);
	for (at = 0; at < length && !run.matched; at++) {
		advance(&run, at);
		add(&run, 0, at + 1);
	}
	return run.matched;
}

ssize_t
rx_match_at(struct rx *rx, const char *text, size_t length, size_t at)
{
	ssize_t end = -1;
	struct run run;

	start(&run, rx, text, length);
	add(&run, 0, at);
	for (;;) {
		if (run.matched)
			end = (ssize_t)at;
		if (run.count == 0 || at == length)
			return end;
		advance(&run, at++);
	}
}

void
rx_free(struct rx *rx)
{
	free(rx->code);
	free(rx->sets);
	free(rx->now);
	free(rx->next);
	free(rx->added);
	free(rx->stack);
	free(rx);
}
