/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the compiler (rx_compile.c) makes and the matcher (rx.c) runs: a
 * program whose jumps are relative, so that a piece of it can be repeated.
 */
#ifndef USERLAND_RX_CODE_H
#define USERLAND_RX_CODE_H

#include "rx.h"

enum rx_op {
	RX_CHAR,  /* this byte */
	RX_ANY,   /* any byte */
	RX_SET,   /* a byte of sets[value] */
	RX_BEGIN, /* the text's start */
	RX_END,   /* its end */
	RX_JUMP,  /* on at pc + value */
	RX_SPLIT, /* at pc + 1, and at pc + value */
	RX_MATCH,
};

struct rx_instruction {
	enum rx_op op;
	int value;
};

struct rx_set {
	unsigned char bits[32];
};

struct rx {
	struct rx_instruction *code;
	int count;
	int capacity;
	struct rx_set *sets;
	int set_count;
	bool fold;
	/* For the matcher: two lists of places, when each was last added. */
	int *now;
	int *next;
	unsigned int *added;
	int *stack;
	unsigned int step;
};

#endif
