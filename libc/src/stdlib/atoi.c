/* SPDX-License-Identifier: BSD-2-Clause */
/* atoi() and its family. */
#include <stdlib.h>

int
atoi(const char *string)
{
	return (int)strtol(string, NULL, 10);
}

long
atol(const char *string)
{
	return strtol(string, NULL, 10);
}

long long
atoll(const char *string)
{
	return strtoll(string, NULL, 10);
}
