/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * vi's keys (set -o vi), as sh has them in POSIX. A line begins in insert
 * mode; ESC leads to the commands. Keys of a command are noted, so that `.`
 * can give them again. An arrow comes as ESC [ A: since `[` is no command, no
 * time has to be measured to know it from an ESC.
 */
#include "edit_vi.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "edit.h"

/* What outlives the line. */
static struct {
	int change[VI_KEYS_MOST]; /* the last one's keys */
	int change_length;
	char *cut;
	char *pattern;
	int direction; /* of the last search */
} kept;

int
vi_key(struct vi *v)
{
	int key;

	if (v->replay < v->replay_end)
		return kept.change[v->replay++];
	edit_flush(v->e);
	key = edit_read_byte();
	if (v->noted < VI_KEYS_MOST)
		v->note[v->noted] = key;
	v->noted++;
	if (key == CONTROL('c') || key == KEY_EOF)
		v->ended = key;
	return key;
}

void
vi_bell(struct vi *v)
{
	edit_emit(v->e, "\a");
}

/* A change is about to be made. */
static void
remember(struct vi *v)
{
	free(v->undo);
	v->undo = xstrdup(v->e->text);
	v->undo_cursor = v->e->cursor;
}

/* It has been made: `.` repeats it. */
static void
changed(struct vi *v)
{
	if (v->replay_end > 0 || v->noted > VI_KEYS_MOST)
		return;
	memcpy(kept.change, v->note, (size_t)v->noted * sizeof(*v->note));
	kept.change_length = v->noted;
}

static void
start_insert(struct vi *v, size_t cursor)
{
	edit_move_to(v->e, cursor);
	v->command = false;
	v->changing = true;
}

static void
set_cut(struct vi *v, size_t from, size_t to)
{
	free(kept.cut);
	kept.cut = xmalloc(to - from + 1);
	memcpy(kept.cut, v->e->text + from, to - from);
	kept.cut[to - from] = '\0';
}

static void
leave_insert(struct vi *v)
{
	struct editor *e = v->e;

	v->insert_cursor = e->cursor;
	v->command = v->from_insert = true;
	v->replacing = false;
	edit_move_to(e, edit_before(e, e->cursor));
	if (v->changing)
		changed(v);
	v->changing = false;
}

/* A key in insert mode. */
static void
typed(struct vi *v, int key)
{
	struct editor *e = v->e;
	char c = (char)key;

	if (key == '\033') {
		leave_insert(v);
	} else if (key == CONTROL('v')) {
		c = (char)vi_key(v);
		if (v->ended == 0)
			edit_insert(e, &c, 1);
	} else if (v->replacing && key >= ' ' && key != 127) {
		if (e->cursor < e->length)
			edit_erase(e, e->cursor, edit_after(e, e->cursor));
		edit_insert(e, &c, 1);
	} else if (key >= ' ' || strchr("\b\t\f\025\027", key) != NULL) {
		edit_key(e, key);
	}
}

/* c, d and y, with what they are to take. */
static void
operate(struct vi *v, int op, int count)
{
	struct editor *e = v->e;
	struct vi_span span = {e->cursor, e->cursor};
	int key = vi_key(v);
	int more = vi_count(v, &key);

	count = (count > 0 ? count : 1) * (more > 0 ? more : 1);
	if (key == op)
		span = (struct vi_span){0, e->length};
	else if (!vi_motion_span(v, op, key, count, &span)) {
		vi_bell(v);
		return;
	}
	set_cut(v, span.from, span.to);
	if (op == 'y') {
		edit_move_to(e, span.from);
		return;
	}
	remember(v);
	edit_erase(e, span.from, span.to);
	if (op == 'c')
		start_insert(v, span.from);
	else
		changed(v);
}

/* Cut to the end of the line, or some characters. */
static void
cut(struct vi *v, size_t from, size_t to)
{
	remember(v);
	set_cut(v, from, to);
	edit_erase(v->e, from, to);
	changed(v);
}

static void
put(struct vi *v, size_t at, int count)
{
	struct editor *e = v->e;

	if (kept.cut == NULL || kept.cut[0] == '\0') {
		vi_bell(v);
		return;
	}
	remember(v);
	e->cursor = at;
	while (count-- > 0)
		edit_insert(e, kept.cut, strlen(kept.cut));
	edit_move_to(e, edit_before(e, e->cursor));
	changed(v);
}

/* r and ~: other characters in place of some. */
static void
exchange(struct vi *v, int with, int count)
{
	struct editor *e = v->e;

	remember(v);
	while (count-- > 0 && e->cursor < e->length) {
		unsigned char old = (unsigned char)e->text[e->cursor];
		char c = (char)with;

		if (with == '~')
			c = (char)(isupper(old) ? tolower(old) : toupper(old));
		edit_erase(e, e->cursor, edit_after(e, e->cursor));
		edit_insert(e, &c, 1);
	}
	changed(v);
}

static void
undo(struct vi *v, char **text, size_t cursor)
{
	struct editor *e = v->e;
	char *old = *text;
	size_t at = e->cursor;

	if (old == NULL) {
		vi_bell(v);
		return;
	}
	*text = xstrdup(e->text);
	edit_replace(e, old);
	edit_move_to(e, cursor < e->length ? cursor : e->length);
	if (text == &v->undo)
		v->undo_cursor = at;
	free(old);
}

/* The last word, or the count'th, of the line before this one. */
static void
append_word(struct vi *v, int count)
{
	struct editor *e = v->e;
	const char *line = history_get(e->back + 1);
	const char *word = NULL;
	size_t length = 0;
	int i = 0;

	while (line != NULL && (count == 0 || i < count)) {
		line += strspn(line, " \t");
		if (*line == '\0')
			break;
		i++;
		word = line;
		length = strcspn(line, " \t");
		line += length;
	}
	if (word == NULL || (count > 0 && i < count)) {
		vi_bell(v);
		return;
	}
	remember(v);
	start_insert(v, edit_after(e, e->cursor));
	edit_insert(e, " ", 1);
	edit_insert(e, word, length);
}

/* Changes that need no motion; false when the key is none of them. */
static bool
change(struct vi *v, int key, int count)
{
	struct editor *e = v->e;
	size_t to = e->cursor;
	int i;

	switch (key) {
	case 'x':
	case 'X':
		for (i = 0; i < count; i++)
			to =
			    key == 'x' ? edit_after(e, to) : edit_before(e, to);
		cut(v, key == 'x' ? e->cursor : to,
		    key == 'x' ? to : e->cursor);
		break;
	case 'D':
		cut(v, e->cursor, e->length);
		break;
	case 'Y':
		set_cut(v, e->cursor, e->length);
		break;
	case 'p':
		put(v, edit_after(e, e->cursor), count);
		break;
	case 'P':
		put(v, e->cursor, count);
		break;
	case 'r':
		i = vi_key(v);
		if (v->ended == 0 && i != '\033')
			exchange(v, i, count);
		break;
	case '~':
		exchange(v, '~', count);
		break;
	case 'u':
		undo(v, &v->undo, v->undo_cursor);
		break;
	case 'U':
		undo(v, &v->whole, 0);
		break;
	default:
		return false;
	}
	return true;
}

/* To insert mode; false when the key does not lead there. */
static bool
insert(struct vi *v, int key)
{
	struct editor *e = v->e;
	size_t at = e->cursor;

	if (strchr("aAiIRCSs", key) == NULL)
		return false;
	remember(v);
	if (key == 'a')
		at = edit_after(e, at);
	else if (key == 'A')
		at = e->length;
	else if (key == 'I')
		at = 0;
	else if (key == 'C')
		edit_erase(e, at, e->length);
	else if (key == 'S')
		edit_erase(e, at = 0, e->length);
	else if (key == 's')
		edit_erase(e, at, edit_after(e, at));
	v->replacing = key == 'R';
	start_insert(v, at);
	return true;
}

static void
show(struct vi *v, int back)
{
	struct editor *e = v->e;

	if (back < 0 || back > history_count()) {
		vi_bell(v);
		return;
	}
	edit_show_history(e, back);
	edit_move_to(e, 0);
	free(v->whole);
	v->whole = xstrdup(e->text);
}

static void
search(struct vi *v, int direction)
{
	int back = v->e->back;
	const char *line;

	while ((line = history_get(back += direction)) != NULL)
		if (vi_line_matches(line, kept.pattern)) {
			show(v, back);
			return;
		}
	vi_bell(v);
}

/* / and ?: the pattern is typed in place of the line. */
static void
search_for(struct vi *v, int key)
{
	char *pattern = vi_read_pattern(v, key);

	if (pattern == NULL)
		return;
	kept.direction = key == '/' ? 1 : -1;
	if (*pattern != '\0') {
		free(kept.pattern);
		kept.pattern = pattern;
	} else {
		free(pattern);
	}
	if (kept.pattern != NULL)
		search(v, kept.direction);
	else
		vi_bell(v);
}

/* Other lines; false when the key has nothing to do with them. */
static bool
other_line(struct vi *v, int key, int count)
{
	int times = count > 0 ? count : 1;

	switch (key) {
	case 'k':
	case '-':
		show(v, v->e->back + times);
		break;
	case 'j':
	case '+':
		show(v, v->e->back - times);
		break;
	case 'G':
		show(
		    v, count > 0 ? history_number(0) - count : history_count());
		break;
	case '/':
	case '?':
		search_for(v, key);
		break;
	case 'n':
	case 'N':
		if (kept.pattern != NULL)
			search(
			    v, key == 'n' ? kept.direction : -kept.direction);
		else
			vi_bell(v);
		break;
	default:
		return false;
	}
	return true;
}

/* The line is done with `#` before it, so that it is only remembered. */
static void
comment(struct vi *v)
{
	struct editor *e = v->e;

	edit_move_to(e, 0);
	if (e->text[0] == '#')
		edit_erase(e, 0, 1);
	else
		edit_insert(e, "#", 1);
	v->ended = '\n';
}

/* The line, or the one of that number, is given to an editor and run. */
static void
call_editor(struct vi *v, int count)
{
	char text[80] = "fc -e \"${VISUAL:-${EDITOR:-ed}}\"";

	if (count > 0)
		snprintf(text + strlen(text), 24, " %d", count);
	else
		history_add(v->e->text);
	edit_replace(v->e, text);
	v->ended = '\n';
}

static void
complete_word(struct vi *v)
{
	struct editor *e = v->e;
	size_t at = e->cursor;

	while (at < e->length && !isblank((unsigned char)e->text[at]))
		at++;
	remember(v);
	start_insert(v, at);
	edit_complete(e);
}

static void
perform(struct vi *v, int key, int count)
{
	struct vi_span span;
	struct editor *e = v->e;

	if (key == 'c' || key == 'd' || key == 'y')
		operate(v, key, count);
	else if (key == '#')
		comment(v);
	else if (key == 'v')
		call_editor(v, count);
	else if (key == '_')
		append_word(v, count);
	else if (key == '\\' || key == '=')
		complete_word(v);
	else if (key == CONTROL('l'))
		edit_clear_screen(e);
	else if (key == '\033')
		v->from_insert = false;
	else if (vi_motion(v, key, count > 0 ? count : 1, &span))
		edit_move_to(e, span.to);
	else if (!change(v, key, count > 0 ? count : 1) && !insert(v, key) &&
		 !other_line(v, key, count) && v->ended == 0)
		vi_bell(v);
}

/* An arrow or the like: in the mode that there was before its ESC. */
static void
special(struct vi *v)
{
	int key = edit_read_sequence();

	if (v->from_insert) {
		edit_move_to(v->e, v->insert_cursor);
		v->command = false;
	}
	edit_key(v->e, key);
}

static void
command(struct vi *v, int key)
{
	struct editor *e = v->e;
	int count = 0;

	if (v->escaped && (key == '[' || key == 'O')) {
		special(v);
		return;
	}
	count = vi_count(v, &key);
	if (key == '.' && kept.change_length > 0) {
		int own;

		v->replay = 0;
		v->replay_end = kept.change_length;
		key = vi_key(v);
		own = vi_count(v, &key);
		count = count > 0 ? count : own;
	}
	perform(v, key, count);
	if (v->command && e->length > 0 && e->cursor == e->length)
		edit_move_to(e, edit_before(e, e->length));
}

static bool
ends(struct vi *v, int key)
{
	if (key == '\r' || key == '\n')
		v->ended = '\n';
	else if (key == CONTROL('d') && v->e->length == 0)
		v->ended = KEY_EOF;
	return v->ended != 0;
}

int
edit_vi_loop(struct editor *e)
{
	struct vi v = {.e = e, .whole = xstrdup(e->text)};

	remember(&v);
	while (v.ended == 0) {
		int key;

		if (v.replay == v.replay_end)
			v.replay = v.replay_end = 0;
		if (v.command && v.replay_end == 0)
			v.noted = 0;
		key = vi_key(&v);
		if (ends(&v, key))
			break;
		if (v.command)
			command(&v, key);
		else
			typed(&v, key);
		v.escaped = key == '\033';
	}
	edit_flush(e);
	free(v.undo);
	free(v.whole);
	return v.ended;
}
