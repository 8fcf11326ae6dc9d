/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A line from the console, by polling.
 */
#include <arch/console.h>
#include <arch/cpu.h>

#include <ddb/ddb.h>
#include <kern/printf.h>

#define CONTROL(c) ((c)&0x1f)
#define DELETE     0x7f

static int
wait_for_key(void)
{
	int c;

	while ((c = arch_console_getc()) < 0)
		cpu_pause();
	return c;
}

static void
rub_out(size_t count)
{
	while (count-- > 0)
		printf("\b \b");
}

void
ddb_read_line(const char *prompt, char *line, size_t size)
{
	size_t length = 0;

	printf("%s", prompt);
	for (;;) {
		int c = wait_for_key();

		if (c == '\r' || c == '\n')
			break;
		if (c == '\b' || c == DELETE) {
			rub_out(length > 0);
			length -= length > 0;
		} else if (c == CONTROL('U') || c == CONTROL('C')) {
			rub_out(length);
			length = 0;
		} else if (c >= ' ' && c < DELETE && length + 1 < size) {
			line[length++] = (char)c;
			printf("%c", c);
		}
	}
	line[length] = '\0';
	printf("\n");
}

void
ddb_poll(void)
{
	if (arch_console_getc() == CONTROL('C'))
		ddb_error("^C");
}
