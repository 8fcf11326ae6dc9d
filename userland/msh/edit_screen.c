/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The row that shows the line. Nothing is asked of the terminal, and nothing
 * is sent again that stands there already: the prompt is written once, then
 * the cursor is moved and what has changed is written. A line longer than the
 * row scrolls sideways. Bytes of UTF-8 after the first take no column.
 */
#include <string.h>
#include <unistd.h>

#include "edit.h"

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

void
edit_emit(struct editor *e, const char *text)
{
	strbuf_string(&e->out, text);
}

void
edit_flush(struct editor *e)
{
	if (e->out.length > 0)
		write_all(STDERR_FILENO, e->out.text, e->out.length);
	e->out.length = 0;
}

/* The part of the prompt that is on the line being edited. */
static const char *
last_row(const struct editor *e)
{
	const char *newline = strrchr(e->prompt, '\n');

	return newline != NULL ? newline + 1 : e->prompt;
}

static size_t
room(const struct editor *e)
{
	const char *prompt = last_row(e);
	size_t width = (size_t)screen_columns();
	size_t used = columns(prompt, 0, strlen(prompt)) + 1;

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

static void
move(struct editor *e, size_t column)
{
	char text[32];

	if (column + 3 >= e->column && column < e->column) {
		while (e->column-- > column)
			edit_emit(e, "\b");
	} else if (column != e->column) {
		snprintf(text, sizeof(text), "\033[%zu%c",
		    column < e->column ? e->column - column
				       : column - e->column,
		    column < e->column ? 'D' : 'C');
		edit_emit(e, text);
	}
	e->column = column;
}

void
edit_draw(struct editor *e, size_t from)
{
	size_t space = room(e);
	size_t left = e->left;
	size_t end;

	if (e->cursor < left)
		left = e->cursor;
	if (columns(e->text, left, e->cursor) > space)
		left = scrolled(e, space);
	if (left != e->left || from < left)
		from = left;
	e->left = left;
	for (end = left; end < e->length; end++)
		if (columns(e->text, left, end + 1) > space)
			break;
	if (from < end || columns(e->text, left, end) < e->shown) {
		if (from > end)
			from = end;
		move(e, columns(e->text, left, from));
		strbuf_append(&e->out, e->text + from, end - from);
		e->column = columns(e->text, left, end);
		if (e->column < e->shown)
			edit_emit(e, "\033[K");
		e->shown = e->column;
	}
	move(e, columns(e->text, left, e->cursor));
}

void
edit_draw_all(struct editor *e)
{
	edit_emit(e, "\r");
	edit_emit(e, last_row(e));
	e->column = e->shown = 0;
	edit_draw(e, 0);
}

void
edit_clear_screen(struct editor *e)
{
	edit_emit(e, "\033[H\033[2J");
	edit_draw_all(e);
}

void
edit_list(struct editor *e, char **names, int count)
{
	size_t width = 0;
	size_t column = 0;
	int i;

	for (i = 0; i < count; i++)
		if (strlen(names[i]) + 2 > width)
			width = strlen(names[i]) + 2;
	edit_emit(e, "\r\n");
	for (i = 0; i < count; i++) {
		size_t pad = width - strlen(names[i]);

		if (column > 0 && column + width > (size_t)screen_columns()) {
			edit_emit(e, "\r\n");
			column = 0;
		}
		edit_emit(e, names[i]);
		column += width;
		while (pad-- > 0)
			edit_emit(e, " ");
	}
	edit_emit(e, "\r\n");
	edit_draw_all(e);
}
