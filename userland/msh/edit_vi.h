/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * vi's keys: the modes and changes (edit_vi.c), the motions and what commands
 * read (edit_motion.c).
 */
#ifndef MSH_EDIT_VI_H
#define MSH_EDIT_VI_H

#include "edit.h"

#define VI_KEYS_MOST 256

struct vi {
	struct editor *e;
	bool command;     /* else what is typed is inserted */
	bool replacing;   /* what is typed takes the place of what is there */
	bool changing;    /* the insertion belongs to a command */
	bool from_insert; /* the last ESC ended an insertion, here: */
	size_t insert_cursor;
	bool escaped; /* the last key was ESC */
	int ended;    /* how the line was done; 0: it is not */
	int note[VI_KEYS_MOST];
	int noted;
	int replay; /* keys of the last change that are given again */
	int replay_end;
	char *undo; /* the text before the last change */
	size_t undo_cursor;
	char *whole; /* the line as it came */
};

/* For a motion of its own, only `to` counts. */
struct vi_span {
	size_t from;
	size_t to;
};

/* edit_vi.c */
int vi_key(struct vi *v);
void vi_bell(struct vi *v);

/* edit_motion.c */
/* The count that begins with *key, 0 without one; *key is what follows. */
int vi_count(struct vi *v, int *key);
/* Where a motion leads; false when the key is none, or it leads nowhere. */
bool vi_motion(struct vi *v, int key, int count, struct vi_span *span);
/* What c, d or y take when the motion follows. */
bool vi_motion_span(
    struct vi *v, int op, int key, int count, struct vi_span *span);
/* Malloc'ed; NULL when the user thinks better of it. */
char *vi_read_pattern(struct vi *v, int key);
/* A pattern of the shell's anywhere in the line, with ^ at its start. */
bool vi_line_matches(const char *line, const char *pattern);

#endif
