/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Line editing: the text, and the keys of emacs. Bytes of UTF-8 after the
 * first move with it.
 */
#include "edit.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

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

int
edit_read_byte(void)
{
	unsigned char c;
	ssize_t n;

	do {
		n = read(STDIN_FILENO, &c, 1);
	} while (n < 0 && errno == EINTR);
	return n == 1 ? c : KEY_EOF;
}

/* After "ESC [" or "ESC O": the key of the sequence. */
int
edit_read_sequence(void)
{
	int number = 0;
	int c = edit_read_byte();

	while ((c >= '0' && c <= '9') || c == ';') {
		number = c == ';' ? 0 : (number * 10 + c - '0') % 1000;
		c = edit_read_byte();
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
	int c = edit_read_byte();

	if (c != '\033')
		return c;
	c = edit_read_byte();
	if (c == '[' || c == 'O')
		return edit_read_sequence();
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

void
edit_insert(struct editor *e, const char *text, size_t size)
{
	size_t from = e->cursor;

	reserve(e, size);
	memmove(e->text + e->cursor + size, e->text + e->cursor,
	    e->length - e->cursor + 1);
	memcpy(e->text + e->cursor, text, size);
	e->length += size;
	e->cursor += size;
	edit_draw(e, from);
}

void
edit_erase(struct editor *e, size_t from, size_t to)
{
	memmove(e->text + from, e->text + to, e->length - to + 1);
	e->length -= to - from;
	e->cursor = from;
	edit_draw(e, from);
}

void
edit_replace(struct editor *e, const char *text)
{
	e->length = e->cursor = 0;
	e->text[0] = '\0';
	reserve(e, strlen(text));
	e->length = e->cursor = strlen(text);
	memcpy(e->text, text, e->length + 1);
	e->left = 0;
	edit_draw(e, 0);
}

size_t
edit_before(const struct editor *e, size_t at)
{
	if (at > 0)
		at--;
	while (at > 0 && is_continuation(e->text[at]))
		at--;
	return at;
}

size_t
edit_after(const struct editor *e, size_t at)
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

void
edit_move_to(struct editor *e, size_t cursor)
{
	e->cursor = cursor;
	edit_draw(e, e->length);
}

void
edit_show_history(struct editor *e, int back)
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
	edit_replace(e, line);
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

/* Type what is missing of a name, quoting what the shell would not keep. */
static void
insert_name(struct editor *e, const char *rest, size_t size, bool whole)
{
	size_t i;

	for (i = 0; i < size; i++) {
		if (strchr(" \t\n\\\"'`$&|;()<>*?[#~!", rest[i]) != NULL)
			edit_insert(e, "\\", 1);
		edit_insert(e, rest + i, 1);
	}
	if (whole && size > 0 && rest[size - 1] == '/')
		return;
	if (whole)
		edit_insert(e, " ", 1);
}

void
edit_complete(struct editor *e)
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
			edit_list(e, names, count);
	} else {
		edit_emit(e, "\a");
	}
	for (i = 0; i < count; i++)
		free(names[i]);
	free(names);
	free(stem);
}

void
edit_key(struct editor *e, int key)
{
	char c = (char)key;

	switch (key) {
	case KEY_LEFT:
	case CONTROL('b'):
		edit_move_to(e, edit_before(e, e->cursor));
		break;
	case KEY_RIGHT:
	case CONTROL('f'):
		edit_move_to(e, edit_after(e, e->cursor));
		break;
	case KEY_HOME:
	case CONTROL('a'):
		edit_move_to(e, 0);
		break;
	case KEY_END:
	case CONTROL('e'):
		edit_move_to(e, e->length);
		break;
	case KEY_UP:
	case CONTROL('p'):
		if (e->back < history_count())
			edit_show_history(e, e->back + 1);
		break;
	case KEY_DOWN:
	case CONTROL('n'):
		if (e->back > 0)
			edit_show_history(e, e->back - 1);
		break;
	case KEY_DELETE:
	case CONTROL('d'):
		edit_erase(e, e->cursor, edit_after(e, e->cursor));
		e->cursor = e->cursor < e->length ? e->cursor : e->length;
		break;
	case CONTROL('h'):
	case 127:
		edit_erase(e, edit_before(e, e->cursor), e->cursor);
		break;
	case CONTROL('k'):
		edit_erase(e, e->cursor, e->length);
		break;
	case CONTROL('u'):
		edit_erase(e, 0, e->cursor);
		break;
	case CONTROL('w'):
		edit_erase(e, word_start(e), e->cursor);
		break;
	case CONTROL('l'):
		edit_clear_screen(e);
		break;
	case '\t':
		edit_complete(e);
		break;
	default:
		if (key >= ' ' && key < 256)
			edit_insert(e, &c, 1);
		break;
	}
}

/* Until the line is done: '\n', CONTROL('c'), or KEY_EOF. */
static int
edit_loop(struct editor *e)
{
	for (;;) {
		int key;

		edit_flush(e);
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
	edit_emit(&e, prompt);
	end = OPT('V') ? edit_vi_loop(&e) : edit_loop(&e);
	edit_emit(&e, end == CONTROL('c') ? "^C\r\n" : "\r\n");
	edit_flush(&e);
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
