/* SPDX-License-Identifier: BSD-2-Clause */
/* swab(): exchange the bytes of each pair. */
#include <unistd.h>

void
swab(const void *restrict from, void *restrict to, ssize_t size)
{
	const unsigned char *in = from;
	unsigned char *out = to;

	for (; size > 1; size -= 2) {
		unsigned char first = in[0];

		out[0] = in[1];
		out[1] = first;
		in += 2;
		out += 2;
	}
}
