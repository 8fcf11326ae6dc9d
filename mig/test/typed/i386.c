/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The same without a C library, for 32-bit code on a Linux host: two system
 * calls, and the functions the compiler itself calls.
 */
#include "mach.h"

int main(void);
void _start(void);
void *memcpy(void *to, const void *from, size_t size);
void *memmove(void *to, const void *from, size_t size);
void *memset(void *to, int byte, size_t size);

#define SYS_EXIT  1
#define SYS_WRITE 4

static long
system_call(long number, long a, long b, long c)
{
	long result;

	__asm__ volatile("int $0x80"
			 : "=a"(result)
			 : "a"(number), "b"(a), "c"(b), "d"(c)
			 : "memory");
	return result;
}

void *
memmove(void *to, const void *from, size_t size)
{
	unsigned char *t = to;
	const unsigned char *f = from;

	if (t < f)
		while (size-- > 0)
			*t++ = *f++;
	else
		while (size-- > 0)
			t[size] = f[size];
	return to;
}

void *
memcpy(void *to, const void *from, size_t size)
{
	return memmove(to, from, size);
}

void *
memset(void *to, int byte, size_t size)
{
	unsigned char *t = to;

	while (size-- > 0)
		*t++ = (unsigned char)byte;
	return to;
}

void
say(const char *text)
{
	long length = 0;

	while (text[length] != '\0')
		length++;
	(void)system_call(SYS_WRITE, 1, (long)text, length);
}

void
say_number(uint64_t number)
{
	char text[12];
	int at = sizeof(text) - 1;
	uint32_t rest = (uint32_t)number; /* no division of 64 bits here */

	text[at] = '\0';
	do {
		text[--at] = (char)('0' + rest % 10);
		rest /= 10;
	} while (rest != 0);
	say(text + at);
}

void
test_exit(int status)
{
	for (;;)
		(void)system_call(SYS_EXIT, status, 0, 0);
}

void
_start(void)
{
	__asm__ volatile("andl $-16, %esp");
	test_exit(main());
}
