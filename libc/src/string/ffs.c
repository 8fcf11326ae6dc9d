/* SPDX-License-Identifier: BSD-2-Clause */
/* The first bit that is set, counted from one; zero for none. */
#include <strings.h>

int
ffs(int value)
{
	return value != 0 ? __builtin_ctz((unsigned)value) + 1 : 0;
}

int
ffsl(long value)
{
	return value != 0 ? __builtin_ctzl((unsigned long)value) + 1 : 0;
}

int
ffsll(long long value)
{
	return ffsl(value);
}
