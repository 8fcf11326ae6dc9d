/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * vi's motions, and what its commands read after their first key. Words are of
 * letters, digits and underscores, or of other characters; big ones of all
 * that is not blank. Bytes of characters beyond ASCII count as letters.
 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "edit_vi.h"
#include "lib/pattern.h"

/* The last of f, F, t and T, for ; and , to repeat. */
static struct {
	int key;
	int wanted;
} last_find;

int
vi_count(struct vi *v, int *key)
{
	int count = 0;

	if (*key == '0')
		return 0;
	while (*key >= '0' && *key <= '9') {
		count = (count * 10 + *key - '0') % 100000;
		*key = vi_key(v);
	}
	return count;
}

static int
class_of(const struct editor *e, size_t at, bool big)
{
	unsigned char c = (unsigned char)e->text[at];

	if (at >= e->length || isspace(c))
		return 0;
	return big || isalnum(c) || c == '_' || c >= 0x80 ? 1 : 2;
}

static size_t
next_word(const struct editor *e, size_t at, bool big)
{
	int class = class_of(e, at, big);

	while (class != 0 && at < e->length && class_of(e, at, big) == class)
		at++;
	while (at < e->length && class_of(e, at, big) == 0)
		at++;
	return at;
}

/* The last byte of the word at `at`. */
static size_t
end_of_word(const struct editor *e, size_t at, bool big)
{
	int class = class_of(e, at, big);

	while (at + 1 < e->length && class_of(e, at + 1, big) == class)
		at++;
	return at;
}

static size_t
next_end(const struct editor *e, size_t at, bool big)
{
	at++;
	while (at < e->length && class_of(e, at, big) == 0)
		at++;
	return at < e->length ? end_of_word(e, at, big) : e->length - 1;
}

static size_t
word_back(const struct editor *e, size_t at, bool big)
{
	while (at > 0 && class_of(e, at - 1, big) == 0)
		at--;
	if (at > 0) {
		int class = class_of(e, at - 1, big);

		while (at > 0 && class_of(e, at - 1, big) == class)
			at--;
	}
	return at;
}

/* To the count'th such character, or next to it; false without it. */
static bool
find(const struct editor *e, int key, int count, size_t *to)
{
	bool back = key == 'F' || key == 'T';
	bool beside = key == 't' || key == 'T';
	size_t at = *to;

	while (count-- > 0) {
		do {
			if (back ? at == 0 : at + 1 >= e->length)
				return false;
			at = back ? edit_before(e, at) : edit_after(e, at);
		} while (at < e->length &&
			 (unsigned char)e->text[at] != last_find.wanted);
		if (at >= e->length)
			return false;
	}
	if (beside)
		at = back ? edit_after(e, at) : edit_before(e, at);
	*to = at;
	return true;
}

static bool
find_key(struct vi *v, int key, int count, size_t *to)
{
	static const char opposite[] = "fFtT";
	const char *p;

	if (key != ';' && key != ',') {
		last_find.key = key;
		last_find.wanted = vi_key(v);
		return v->ended == 0 && find(v->e, key, count, to);
	}
	if (last_find.key == 0)
		return false;
	p = strchr(opposite, last_find.key);
	if (key == ',')
		return find(v->e, opposite[(p - opposite) ^ 1], count, to);
	return find(v->e, last_find.key, count, to);
}

static size_t
once(const struct editor *e, int key, size_t at)
{
	bool big = isupper(key) != 0;

	switch (tolower(key)) {
	case 'h':
		return edit_before(e, at);
	case 'l':
		return edit_after(e, at);
	case 'w':
		return next_word(e, at, big);
	case 'e':
		return e->length > 0 ? next_end(e, at, big) : at;
	default:
		return word_back(e, at, big);
	}
}

static size_t
column(const struct editor *e, int count)
{
	size_t at = 0;

	while (--count > 0)
		at = edit_after(e, at);
	return at;
}

bool
vi_motion(struct vi *v, int key, int count, struct vi_span *span)
{
	const struct editor *e = v->e;
	size_t at = e->cursor;

	if (key == ' ')
		key = 'l';
	else if (key == '\b' || key == 127)
		key = 'h';
	switch (key) {
	case 'H':
	case 'L':
		return false;
	case 'f':
	case 'F':
	case 't':
	case 'T':
	case ';':
	case ',':
		if (!find_key(v, key, count, &at))
			return false;
		break;
	case '0':
		at = 0;
		break;
	case '^':
		at = strspn(e->text, " \t");
		break;
	case '$':
		at = e->length;
		break;
	case '|':
		at = column(e, count);
		break;
	default:
		if (key == 0 || key > 127 || strchr("hlwWeEbB", key) == NULL)
			return false;
		while (count-- > 0)
			at = once(e, key, at);
		break;
	}
	span->to = at;
	return true;
}

/* cw leaves the blanks behind the word. */
static size_t
words(const struct editor *e, int key, int count)
{
	bool big = key == 'W';
	size_t at = end_of_word(e, e->cursor, big);

	while (--count > 0)
		at = next_end(e, at, big);
	return at + 1;
}

bool
vi_motion_span(struct vi *v, int op, int key, int count, struct vi_span *span)
{
	const struct editor *e = v->e;
	size_t here = e->cursor;

	if (op == 'c' && (key == 'w' || key == 'W') &&
	    class_of(e, here, key == 'W') != 0) {
		*span = (struct vi_span){here, words(e, key, count)};
		return true;
	}
	if (!vi_motion(v, key, count, span))
		return false;
	span->from = here;
	if (span->to < here) {
		span->from = span->to;
		span->to = here;
	} else if (strchr("eEftFT;,", key) != NULL) {
		span->to = edit_after(e, span->to);
	}
	return true;
}

char *
vi_read_pattern(struct vi *v, int key)
{
	struct editor *e = v->e;
	char *line = xstrdup(e->text);
	size_t cursor = e->cursor;
	char *pattern = NULL;
	char c = (char)key;

	edit_replace(e, "");
	edit_insert(e, &c, 1);
	do {
		key = vi_key(v);
		if (key == '\r' || key == '\n')
			pattern = xstrdup(e->text + 1);
		else if (key == '\033')
			break;
		else if (v->ended == 0)
			edit_key(e, key);
	} while (pattern == NULL && v->ended == 0 && e->length > 0);
	edit_replace(e, line);
	edit_move_to(e, cursor);
	free(line);
	return pattern;
}

bool
vi_line_matches(const char *line, const char *pattern)
{
	size_t size = strlen(pattern) + 3;
	char *whole = xmalloc(size);
	bool result;

	if (*pattern == '^')
		snprintf(whole, size, "%s*", pattern + 1);
	else
		snprintf(whole, size, "*%s*", pattern);
	result = pattern_match(whole, line);
	free(whole);
	return result;
}
