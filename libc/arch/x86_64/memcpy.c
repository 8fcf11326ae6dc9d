/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * memcpy() and memmove(): string moves of 8 bytes from 64 bytes up, without
 * vector registers, so that a program that only copies never owns FPU state.
 * The last word overlaps the one before.
 */
#include <string.h>

#include "copy_small.h"

static inline void
move_words(unsigned char *to, const unsigned char *from, size_t words)
{
	__asm__ volatile("rep movsq"
			 : "+D"(to), "+S"(from), "+c"(words)
			 :
			 : "memory");
}

/* 32 < size; the destination does not start inside the source. */
static void
copy_forward(unsigned char *to, const unsigned char *from, size_t size)
{
	word_t tail = *(const word_t *)(from + size - 8);

	move_words(to, from, size / 8);
	*(word_t *)(to + size - 8) = tail;
}

/* 32 < size; the destination starts inside the source. */
static void
copy_backward(unsigned char *to, const unsigned char *from, size_t size)
{
	word_t head = *(const word_t *)from;
	unsigned char *last_to = to + size - 8;
	const unsigned char *last = from + size - 8;
	size_t words = size / 8;

	__asm__ volatile("std; rep movsq; cld"
			 : "+D"(last_to), "+S"(last), "+c"(words)
			 :
			 : "memory");
	*(word_t *)to = head;
}

/* Of these copies: memcpy() and memmove(). */
#include "memcpy.h"
