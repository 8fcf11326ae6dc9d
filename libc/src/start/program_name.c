/* SPDX-License-Identifier: BSD-2-Clause */
/* The program's name, for its messages. */
#include <errno.h>
#include <stdlib.h>

#include "process.h"
#include "word.h"

static char unknown[] = "";

char *program_invocation_name = unknown;
char *program_invocation_short_name = unknown;

static char *
last_part(char *name)
{
	char *part = name;

	for (; *name != '\0'; name++)
		if (*name == '/')
			part = name + 1;
	return part;
}

void
__program_name(char *name)
{
	program_invocation_name = name;
	program_invocation_short_name = last_part(name);
}

const char *
getprogname(void)
{
	return program_invocation_short_name;
}

void
setprogname(const char *name)
{
	program_invocation_short_name = last_part(UNCONST(char *, name));
}
