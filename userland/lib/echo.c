/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * echo: the arguments, with XSI's escapes; -n leaves the newline out.
 */
#include <stdio.h>
#include <string.h>

#include "commands.h"
#include "escape.h"

/* False when \c says to stop. */
static bool
write_escaped(const char *text)
{
	while (*text != '\0') {
		int c = (unsigned char)*text++;

		if (c == '\\') {
			c = escape_read(&text, ESCAPE_ECHO);
			if (c == ESCAPE_STOP)
				return false;
		}
		putchar(c);
	}
	return true;
}

int
echo_command(int argc, char **argv)
{
	bool newline = true;
	int i = 1;

	if (i < argc && strcmp(argv[i], "-n") == 0) {
		newline = false;
		i++;
	}
	for (; i < argc; i++) {
		if (!write_escaped(argv[i]))
			return 0;
		if (i + 1 < argc)
			putchar(' ');
	}
	if (newline)
		putchar('\n');
	return 0;
}
