/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Line editing. Made for a serial line: nothing is asked of the terminal,
 * a character typed at the end is sent alone, and a line longer than the
 * screen scrolls sideways, so a single row is all that is ever redrawn.
 * Bytes of UTF-8 after the first take no column and move with it.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "msh.h"

enum key {
	KEY_LEFT = 256,
	KEY_RIGHT,
	KEY_UP,
	KEY_DOWN,
	KEY_HOME,
	KEY_END,
	KEY_DELETE,
	KEY_NONE,
	KEY_EOF,
};

#define CONTROL(c) ((c)&31)

struct editor {
	const char *prompt;
	char *text;
	size_t length;
	size_t capacity;
	size_t cursor;
	size_t left; /* first byte shown */
	int back;    /* place in the history; 0 is the line being typed */
	char *typed; /* that line, while another is shown */
	struct strbuf out;
};

bool
edit_usable(void)
{
	const char *term = var_get("TERM");
	struct termios modes;

	if (term != NULL && strcmp(term, "dumb") == 0)
		return false;
	return isatty(STDIN_FILENO) && isatty(STDERR_FILENO) &&
	       tcgetattr(STDIN_FILENO, &modes) == 0;
}

static bool
is_continuation(char c)
{
	return ((unsigned char)c & 0xc0) == 0x80;
}

/* Columns that text[from..to) takes. */
static size_t
columns(const char *text, size_t from, size_t to)
{
	size_t count = 0;

	for (; from < to; from++)
		count += !is_continuation(text[from]);
	return count;
}

static void
emit(struct editor *e, const char *text)
{
	strbuf_string(&e->out, text);
}

static void
flush(struct editor *e)
{
	if (e->out.length > 0)
		write_all(STDERR_FILENO, e->out.text, e->out.length);
	e->out.length = 0;
}

/* The part of the prompt that is on the line being edited. */
static size_t
prompt_columns(const struct editor *e)
{
	const char *newline = strrchr(e->prompt, '\n');
	const char *last = newline != NULL ? newline + 1 : e->prompt;

	return columns(last, 0, strlen(last));
}

static size_t
room(const struct editor *e)
{
	size_t width = (size_t)screen_columns();
	size_t used = prompt_columns(e) + 1;

	return width > used + 8 ? width - used : 8;
}

/* A first byte that leaves a third of the row free after the cursor. */
static size_t
scrolled(const struct editor *e, size_t space)
{
	size_t left = e->cursor;
	size_t shown = 0;

	while (left > 0 && shown < space - space / 3)
		if (!is_continuation(e->text[--left]))
			shown++;
	return left;
}

/* Draw prompt and line again, with the cursor in its place. */
static void
redraw(struct editor *e)
{
	const char *newline = strrchr(e->prompt, '\n');
	size_t space = room(e);
	size_t end;
	size_t behind;

	if (e->cursor < e->left)
		e->left = e->cursor;
	if (columns(e->text, e->left, e->cursor) > space)
		e->left = scrolled(e, space);
	for (end = e->left; end < e->length; end++)
		if (columns(e->text, e->left, end + 1) > space)
			break;
	emit(e, "\r");
	emit(e, newline != NULL ? newline + 1 : e->prompt);
	strbuf_append(&e->out, e->text + e->left, end - e->left);
	emit(e, "\033[K");
	behind = columns(e->text, e->cursor, end);
	if (behind > 0) {
		char move[32];

		snprintf(move, sizeof(move), "\033[%zuD", behind);
		emit(e, move);
	}
}

static int
read_byte(void)
{
	unsigned char c;
	ssize_t n;

	do {
		n = read(STDIN_FILENO, &c, 1);
	} while (n < 0 && errno == EINTR);
	return n == 1 ? c : KEY_EOF;
}

/* After "ESC [" or "ESC O": the key of the sequence. */
static int
read_sequence(void)
{
	int number = 0;
	int c = read_byte();

	while ((c >= '0' && c <= '9') || c == ';') {
		number = c == ';' ? 0 : (number * 10 + c - '0') % 1000;
		c = read_byte();
	}
	switch (c) {
	case 'A':
		return KEY_UP;
	case 'B':
		return KEY_DOWN;
	case 'C':
		return KEY_RIGHT;
	case 'D':
		return KEY_LEFT;
	case 'H':
		return KEY_HOME;
	case 'F':
		return KEY_END;
	case '~':
		if (number == 1 || number == 7)
			return KEY_HOME;
		if (number == 4 || number == 8)
			return KEY_END;
		return number == 3 ? KEY_DELETE : KEY_NONE;
	default:
		return c == KEY_EOF ? KEY_EOF : KEY_NONE;
	}
}

static int
read_key(void)
{
	int c = read_byte();

	if (c != '\033')
		return c;
	c = read_byte();
	if (c == '[' || c == 'O')
		return read_sequence();
	return c == KEY_EOF ? KEY_EOF : KEY_NONE;
}

static void
reserve(struct editor *e, size_t more)
{
	if (e->length + more + 2 <= e->capacity)
		return;
	e->capacity = (e->length + more + 2) * 2;
	e->text = xrealloc(e->text, e->capacity);
}

static void
insert(struct editor *e, const char *text, size_t size)
{
	bool at_end = e->cursor == e->length;

	reserve(e, size);
	memmove(e->text + e->cursor + size, e->text + e->cursor,
	    e->length - e->cursor + 1);
	memcpy(e->text + e->cursor, text, size);
	e->length += size;
	e->cursor += size;
	if (at_end && columns(e->text, e->left, e->length) <= room(e))
		strbuf_append(&e->out, text, size);
	else
		redraw(e);
}

static void
erase(struct editor *e, size_t from, size_t to)
{
	memmove(e->text + from, e->text + to, e->length - to + 1);
	e->length -= to - from;
	e->cursor = from;
	redraw(e);
}

static void
replace(struct editor *e, const char *text)
{
	e->length = e->cursor = 0;
	e->text[0] = '\0';
	reserve(e, strlen(text));
	e->length = e->cursor = strlen(text);
	memcpy(e->text, text, e->length + 1);
	e->left = 0;
	redraw(e);
}

static size_t
before(const struct editor *e, size_t at)
{
	if (at > 0)
		at--;
	while (at > 0 && is_continuation(e->text[at]))
		at--;
	return at;
}

static size_t
after(const struct editor *e, size_t at)
{
	if (at < e->length)
		at++;
	while (at < e->length && is_continuation(e->text[at]))
		at++;
	return at;
}

static size_t
word_start(const struct editor *e)
{
	size_t at = e->cursor;

	while (at > 0 && e->text[at - 1] == ' ')
		at--;
	while (at > 0 && e->text[at - 1] != ' ')
		at--;
	return at;
}

static void
move_to(struct editor *e, size_t cursor)
{
	e->cursor = cursor;
	redraw(e);
}

static void
show_history(struct editor *e, int back)
{
	const char *line = back > 0 ? history_get(back) : e->typed;

	if (line == NULL)
		return;
	if (e->back == 0) {
		free(e->typed);
		e->typed = xstrdup(e->text);
		if (back == 0)
			return;
		line = history_get(back);
	}
	e->back = back;
	replace(e, line);
}

/* How far all the names agree. */
static size_t
common_length(char **names, int count)
{
	size_t length = strlen(names[0]);
	int i;

	for (i = 1; i < count; i++) {
		size_t same = 0;

		while (same < length && names[0][same] == names[i][same])
			same++;
		length = same;
	}
	return length;
}

static void
list_names(struct editor *e, char **names, int count)
{
	size_t width = 0;
	size_t column = 0;
	int i;

	for (i = 0; i < count; i++)
		if (strlen(names[i]) + 2 > width)
			width = strlen(names[i]) + 2;
	emit(e, "\r\n");
	for (i = 0; i < count; i++) {
		size_t pad = width - strlen(names[i]);

		if (column > 0 && column + width > (size_t)screen_columns()) {
			emit(e, "\r\n");
			column = 0;
		}
		emit(e, names[i]);
		column += width;
		while (pad-- > 0)
			emit(e, " ");
	}
	emit(e, "\r\n");
	redraw(e);
}

/* Type what is missing of a name, quoting what the shell would not keep. */
static void
insert_name(struct editor *e, const char *rest, size_t size, bool whole)
{
	size_t i;

	for (i = 0; i < size; i++) {
		if (strchr(" \t\n\\\"'`$&|;()<>*?[#~!", rest[i]) != NULL)
			insert(e, "\\", 1);
		insert(e, rest + i, 1);
	}
	if (whole && size > 0 && rest[size - 1] == '/')
		return;
	if (whole)
		insert(e, " ", 1);
}

static void
complete(struct editor *e)
{
	size_t start = e->cursor;
	size_t first;
	size_t length;
	char **names;
	char *stem;
	int count;
	int i;

	while (start > 0 && strchr(" \t;&|<>()=", e->text[start - 1]) == NULL)
		start--;
	for (first = start; first > 0 && e->text[first - 1] == ' '; first--)
		continue;
	length = e->cursor - start;
	stem = xmalloc(length + 1);
	memcpy(stem, e->text + start, length);
	stem[length] = '\0';
	names = complete_names(stem,
	    first == 0 || strchr(";&|(", e->text[first - 1]) != NULL, &count);
	if (count > 0 && common_length(names, count) >= length) {
		size_t common = common_length(names, count);

		if (count == 1 || common > length)
			insert_name(
			    e, names[0] + length, common - length, count == 1);
		else
			list_names(e, names, count);
	} else {
		emit(e, "\a");
	}
	for (i = 0; i < count; i++)
		free(names[i]);
	free(names);
	free(stem);
}

static void
edit_key(struct editor *e, int key)
{
	char c = (char)key;

	switch (key) {
	case KEY_LEFT:
	case CONTROL('b'):
		move_to(e, before(e, e->cursor));
		break;
	case KEY_RIGHT:
	case CONTROL('f'):
		move_to(e, after(e, e->cursor));
		break;
	case KEY_HOME:
	case CONTROL('a'):
		move_to(e, 0);
		break;
	case KEY_END:
	case CONTROL('e'):
		move_to(e, e->length);
		break;
	case KEY_UP:
	case CONTROL('p'):
		if (e->back < history_count())
			show_history(e, e->back + 1);
		break;
	case KEY_DOWN:
	case CONTROL('n'):
		if (e->back > 0)
			show_history(e, e->back - 1);
		break;
	case KEY_DELETE:
	case CONTROL('d'):
		erase(e, e->cursor, after(e, e->cursor));
		e->cursor = e->cursor < e->length ? e->cursor : e->length;
		break;
	case CONTROL('h'):
	case 127:
		erase(e, before(e, e->cursor), e->cursor);
		break;
	case CONTROL('k'):
		erase(e, e->cursor, e->length);
		break;
	case CONTROL('u'):
		erase(e, 0, e->cursor);
		break;
	case CONTROL('w'):
		erase(e, word_start(e), e->cursor);
		break;
	case CONTROL('l'):
		emit(e, "\033[H\033[2J");
		redraw(e);
		break;
	case '\t':
		complete(e);
		break;
	default:
		if (key >= ' ' && key < 256)
			insert(e, &c, 1);
		break;
	}
}

/* Until the line is done: '\n', CONTROL('c'), or KEY_EOF. */
static int
edit_loop(struct editor *e)
{
	for (;;) {
		int key;

		flush(e);
		key = read_key();
		if (key == '\r' || key == '\n')
			return '\n';
		if (key == CONTROL('c') || key == KEY_EOF)
			return key;
		if (key == CONTROL('d') && e->length == 0)
			return KEY_EOF;
		edit_key(e, key);
	}
}

static bool
raw_mode(struct termios *saved)
{
	struct termios raw;

	if (tcgetattr(STDIN_FILENO, saved) != 0)
		return false;
	raw = *saved;
	raw.c_lflag &= (tcflag_t) ~(ECHO | ICANON | ISIG | IEXTEN);
	raw.c_iflag &= (tcflag_t) ~(IXON | ICRNL | INLCR);
	raw.c_oflag |= OPOST;
	raw.c_cc[VMIN] = 1;
	raw.c_cc[VTIME] = 0;
	return tcsetattr(STDIN_FILENO, TCSADRAIN, &raw) == 0;
}

char *
edit_line(const char *prompt, bool *interrupted)
{
	struct editor e = {.prompt = prompt};
	struct arena *arena = arena_new();
	struct termios saved;
	bool raw = raw_mode(&saved);
	int end;

	strbuf_init(&e.out, arena);
	reserve(&e, 126);
	e.text[0] = '\0';
	emit(&e, prompt);
	end = edit_loop(&e);
	emit(&e, end == CONTROL('c') ? "^C\r\n" : "\r\n");
	flush(&e);
	if (raw)
		tcsetattr(STDIN_FILENO, TCSADRAIN, &saved);
	arena_release(arena);
	free(e.typed);
	*interrupted = end == CONTROL('c');
	if (end != '\n') {
		free(e.text);
		return NULL;
	}
	history_add(e.text);
	memcpy(e.text + e.length, "\n", 2);
	return e.text;
}
