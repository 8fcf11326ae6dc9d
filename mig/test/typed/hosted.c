/* SPDX-License-Identifier: BSD-2-Clause */
/* What main.c needs of a system that has a C library. */
#include <stdio.h>
#include <stdlib.h>

#include "mach.h"

void
say(const char *text)
{
	fputs(text, stdout);
}

void
say_number(uint64_t number)
{
	printf("%llu", (unsigned long long)number);
}

void
test_exit(int status)
{
	exit(status);
}
