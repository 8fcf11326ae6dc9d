/* SPDX-License-Identifier: BSD-2-Clause */
/* index(), rindex(), bzero(), bcopy(), bcmp(): the old names. */
#include <string.h>
#include <strings.h>

char *
index(const char *string, int c)
{
	return strchr(string, c);
}

char *
rindex(const char *string, int c)
{
	return strrchr(string, c);
}

void
bzero(void *memory, size_t size)
{
	memset(memory, 0, size);
}

void
bcopy(const void *from, void *to, size_t size)
{
	memmove(to, from, size);
}

int
bcmp(const void *left, const void *right, size_t size)
{
	return memcmp(left, right, size);
}
