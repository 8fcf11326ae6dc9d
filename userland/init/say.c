/* SPDX-License-Identifier: BSD-2-Clause */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "init.h"

/* Without descriptors, 2 is the kernel's console. */
static int console = STDERR_FILENO;

void
say_on(int fd)
{
	console = fd;
}

void
say(const char *format, ...)
{
	char text[256];
	va_list arguments;
	int size;

	va_start(arguments, format);
	size = vsnprintf(text, sizeof(text), format, arguments);
	va_end(arguments);
	if (size > 0)
		(void)write(console, text, strlen(text));
}
