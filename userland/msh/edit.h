/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The line being edited: its text (edit.c), the row that shows it
 * (edit_screen.c), and vi's keys (edit_vi.c). What is drawn is collected in
 * `out` and sent before a key is waited for.
 */
#ifndef MSH_EDIT_H
#define MSH_EDIT_H

#include "msh.h"

enum edit_key {
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
	size_t left;   /* first byte shown */
	size_t column; /* where the terminal's cursor is, behind the prompt */
	size_t shown;  /* columns that have something on them */
	int back;      /* place in the history; 0 is the line being typed */
	char *typed;   /* that line, while another is shown */
	struct strbuf out;
};

/* edit.c */
int edit_read_byte(void);
int edit_read_sequence(void); /* the key, when ESC [ has come */
void edit_insert(struct editor *e, const char *text, size_t size);
void edit_erase(struct editor *e, size_t from, size_t to);
void edit_replace(struct editor *e, const char *text);
size_t edit_before(const struct editor *e, size_t at);
size_t edit_after(const struct editor *e, size_t at);
void edit_move_to(struct editor *e, size_t cursor);
void edit_show_history(struct editor *e, int back);
void edit_complete(struct editor *e);
/* A key that is no command of vi. */
void edit_key(struct editor *e, int key);

/* edit_screen.c */
void edit_emit(struct editor *e, const char *text);
void edit_flush(struct editor *e);
/* Show the line, which has changed from byte `from` on. */
void edit_draw(struct editor *e, size_t from);
/* Prompt and line on a new row. */
void edit_draw_all(struct editor *e);
void edit_clear_screen(struct editor *e);
/* Names in columns below the line, which is then shown again. */
void edit_list(struct editor *e, char **names, int count);

/* edit_vi.c: until the line is done, as edit_line has it. */
int edit_vi_loop(struct editor *e);

#endif
