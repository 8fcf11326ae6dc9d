/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Line editing at a pseudo terminal: keys are typed, then the line that comes
 * back and the row that a terminal would show are compared, and what the line
 * costs. The terminal here knows what the editor sends: backspace, return,
 * and the sequences C, D and K.
 */
#include <pty.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "edit.h"
#include "libtest/test.h"

#undef main

#define WIDTH 80

static int terminal;
static char sent[65536];
static char row[WIDTH + 1];
static int deepest; /* column that was written to */

static size_t
sequence(const char *p, size_t *at)
{
	size_t used = 2;
	size_t number = 0;

	for (; p[used] >= '0' && p[used] <= '9'; used++)
		number = number * 10 + (size_t)(p[used] - '0');
	if (p[used] == 'D')
		*at -= number < *at ? number : *at;
	else if (p[used] == 'C')
		*at += number;
	else if (p[used] == 'K')
		memset(row + *at, ' ', WIDTH - *at);
	return used + 1;
}

/* The last row before the line was done. */
static void
show(void)
{
	size_t at = 0;
	const char *p;

	memset(row, ' ', WIDTH);
	deepest = 0;
	for (p = sent; *p != '\0' && strcmp(p, "\r\n") != 0; p++) {
		if (*p == '\r') {
			at = 0;
		} else if (*p == '\n') {
			memset(row, ' ', WIDTH);
		} else if (*p == '\b') {
			at -= at > 0;
		} else if (*p == '\033') {
			p += sequence(p, &at) - 1;
		} else if (*p != '\a' && ((unsigned char)*p & 0xc0) != 0x80) {
			if ((int)at > deepest)
				deepest = (int)at;
			row[at < WIDTH ? at++ : WIDTH - 1] = *p;
		}
	}
	for (at = WIDTH; at > 0 && row[at - 1] == ' '; at--)
		continue;
	row[at] = '\0';
}

/* All that was sent: it ends with a new row. */
static void
receive(void)
{
	size_t have = 0;

	do {
		ssize_t n =
		    read(terminal, sent + have, sizeof(sent) - 1 - have);

		if (n <= 0)
			exit(2);
		have += (size_t)n;
		sent[have] = '\0';
	} while (have < 2 || strcmp(sent + have - 2, "\r\n") != 0);
}

/* The line that these keys make, or "(none)". */
static const char *
line_of(const char *keys)
{
	static char *line;
	bool interrupted;

	write_all(terminal, keys, strlen(keys));
	free(line);
	line = edit_line("$ ", &interrupted);
	receive();
	show();
	if (line == NULL)
		return interrupted ? "(interrupted)" : "(none)";
	line[strcspn(line, "\n")] = '\0';
	return line;
}

struct row {
	const char *keys;
	const char *line;
};

static const struct row emacs[] = {
    {"echo one\r", "echo one"},
    {"one two\027three\r", "one three"},
    {"bc\001a\005d\r", "abcd"},
    {"abc\033[D\033[DX\033[CY\r", "aXbYc"},
    {"abc\001\013x\r", "x"},
    {"abc\002\004\r", "ab"},
    {"gone\025kept\r", "kept"},
    {"\020\020\016\r", "kept"},
    {"\003", "(interrupted)"},
    {"\004", "(none)"},
};

static const struct row vi[] = {
    {"echo one\r", "echo one"},
    {"one two\0330x\r", "ne two"},
    {"one two\033bxx\r", "one o"},
    {"one two three\0330dw\r", "two three"},
    {"one two three\0330d2w\r", "three"},
    {"one two three\03302dw\r", "three"},
    {"one two three\0330wD\r", "one "},
    {"one two three\0330cwten\033\r", "ten two three"},
    {"a b\0330cwten\033\r", "ten b"},
    {"one two three\0330wcwten\033w.\r", "one ten ten"},
    {"one two three\0330x..\r", " two three"},
    {"one two three\033dd\r", ""},
    {"one two three\0330wdb\r", "two three"},
    {"one two three\033bhd0\r", " three"},
    {"one two three\0330fwx\r", "one to three"},
    {"one two three\0330dte\r", "e two three"},
    {"one two three\0330dfe\r", " two three"},
    {"a,b,c,d\0330f,;x\r", "a,bc,d"},
    {"a,b,c,d\0330f,;;,x\r", "a,bc,d"},
    {"a,b,c,d\033F,x\r", "a,b,cd"},
    {"abc\0330rX\r", "Xbc"},
    {"abc\03302rX\r", "XXc"},
    {"aBc\03303~\r", "AbC"},
    {"abcd\0330Rxy\033\r", "xycd"},
    {"abc\0330iX\033aY\033\r", "XYabc"},
    {"abc\033hIX\033AY\033\r", "XabcY"},
    {"abc\0330Cz\033\r", "z"},
    {"abc\0330Sz\033\r", "z"},
    {"abc\0330xp\r", "bac"},
    {"one two\0330ywwP\r", "one one two"},
    {"one two\0330y$0P\r", "one twoone two"},
    {"abc\0330xu\r", "abc"},
    {"abc\0330xuu\r", "bc"},
    {"abc\033hXX\r", "bc"},
    {"one-two x\0330dW\r", "x"},
    {"one-two x\0330dw\r", "-two x"},
    {"one-two x\0330Ex\r", "one-tw x"},
    {"one-two x\0330ex\r", "on-two x"},
    {"one\0330i\026\033x\033\r", "\033xone"},
    {"abcdef\0333|x\r", "abdef"},
    {"abc\033[D\033[DX\r", "aXbc"},
    {"\004", "(none)"},
    {"ab\003", "(interrupted)"},
    {"first line\r", "first line"},
    {"second line\r", "second line"},
    {"x\033k\r", "second line"},
    {"x\033kkx\r", "irst line"},
    {"x\033/fir\r\r", "first line"},
    {"x\033/^sec\rAs\r", "second lines"},
    {"x\033/line\rn\r", "first line"},
    {"x\033/nothing\ra\r", "x"},
    {"y\033kkjxa z\r", " z"},
    {"one word\r", "one word"},
    {"echo\033_\r", "echo word"},
    {"echo\0331_ z\r", "echo echo z"},
    {"hidden\033#", "#hidden"},
    {"\303\251a\033hx\r", "a"},
};

static void
test_keys(const struct row *rows, size_t count)
{
	for (; count-- > 0; rows++)
		is_str(line_of(rows->keys), rows->line, rows->line);
}

static void
test_screen(void)
{
	static char keys[200];
	int i;

	line_of("abc\033[D\033[DX\r");
	is_str(row, "$ aXbc", "what is in the middle is pushed on");
	line_of("one two\027\r");
	is_str(row, "$ one", "what is erased is gone");
	line_of("abcdef\001\004\004\r");
	is_str(row, "$ cdef", "at the start, too");
	for (i = 0; i < 150; i++)
		keys[i] = (char)('a' + i % 26);
	keys[i] = '\r';
	is_int((int)strlen(line_of(keys)), 150, "a long line comes back");
	ok(deepest < WIDTH - 1, "and is never wrapped");
	ok(strstr(sent + 2, "$ ") == NULL, "nor is the prompt shown again");
	ok(strlen(sent) < 400, "nor much said twice");
	is_int(strncmp(row, "$ ", 2), 0, "the prompt stays");
	is_int(row[strlen(row) - 1], 'a' + 149 % 26, "the end is in view");
	strcpy(keys + 150, "\001X\r");
	line_of(keys);
	is_int(strncmp(row, "$ Xabcd", 7), 0, "the start can be seen again");
	line_of("\303\251\303\251\033[DX\r");
	is_int((int)strlen(row), 5, "two bytes are one column");
}

int
main(void)
{
	struct termios modes;
	int console = dup(STDOUT_FILENO);
	int slave;

	setenv("COLUMNS", "80", 1);
	sh.tmp = arena_new();
	if (openpty(&terminal, &slave, NULL, NULL, NULL) != 0)
		return 2;
	tcgetattr(slave, &modes);
	cfmakeraw(&modes);
	tcsetattr(slave, TCSANOW, &modes);
	dup2(slave, STDIN_FILENO);
	dup2(slave, STDERR_FILENO);
	dup2(console, STDOUT_FILENO);
	test_keys(emacs, sizeof(emacs) / sizeof(emacs[0]));
	test_screen();
	OPT('V') = true;
	test_keys(vi, sizeof(vi) / sizeof(vi[0]));
	arena_release(sh.tmp);
	return test_done();
}
