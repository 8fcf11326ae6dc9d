/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * memcpy() and memmove(), once in a program, of the ways to copy that the file
 * which includes this has: copy_upto_16, copy_upto_32, and for more bytes
 * copy_forward and copy_backward.
 */
#ifndef INTERNAL_MEMCPY_H
#define INTERNAL_MEMCPY_H

#include <stdint.h>
#include <string.h>

void *
memmove(void *to, const void *from, size_t size)
{
	if (size <= 16)
		copy_upto_16(to, from, size);
	else if (size <= 32)
		copy_upto_32(to, from, size);
	else if ((uintptr_t)to - (uintptr_t)from >= size)
		copy_forward(to, from, size);
	else
		copy_backward(to, from, size);
	return to;
}

void *
memcpy(void *restrict to, const void *restrict from, size_t size)
{
	if (size <= 16)
		copy_upto_16(to, from, size);
	else if (size <= 32)
		copy_upto_32(to, from, size);
	else
		copy_forward(to, from, size);
	return to;
}

#endif
