/* SPDX-License-Identifier: BSD-2-Clause */
/* strrchr(): the last occurrence of a character. */
#include <string.h>

char *
strrchr(const char *string, int c)
{
	return memrchr(string, c, strlen(string) + 1);
}
