/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * File modes as text.
 */
#include "mode.h"

#include <string.h>
#include <sys/stat.h>

static mode_t
who_bits(const char **p)
{
	mode_t who = 0;

	for (;; (*p)++) {
		switch (**p) {
		case 'u':
			who |= S_ISUID | S_IRWXU;
			break;
		case 'g':
			who |= S_ISGID | S_IRWXG;
			break;
		case 'o':
			who |= S_IRWXO;
			break;
		case 'a':
			who |= S_ISUID | S_ISGID | S_IRWXU | S_IRWXG | S_IRWXO;
			break;
		default:
			return who;
		}
	}
}

/* Copy u, g or o of `mode` to all three. */
static mode_t
copied_bits(char from, mode_t mode)
{
	mode_t bits = mode >> (from == 'u' ? 6 : from == 'g' ? 3 : 0) & 7;

	return bits << 6 | bits << 3 | bits;
}

static mode_t
permission_bits(const char **p, mode_t mode)
{
	mode_t bits = 0;

	for (;; (*p)++) {
		switch (**p) {
		case 'r':
			bits |= S_IRUSR | S_IRGRP | S_IROTH;
			break;
		case 'w':
			bits |= S_IWUSR | S_IWGRP | S_IWOTH;
			break;
		case 'X':
			if (!S_ISDIR(mode) && (mode & 0111) == 0)
				break;
			bits |= S_IXUSR | S_IXGRP | S_IXOTH;
			break;
		case 'x':
			bits |= S_IXUSR | S_IXGRP | S_IXOTH;
			break;
		case 's':
			bits |= S_ISUID | S_ISGID;
			break;
		case 't':
			bits |= S_ISVTX;
			break;
		case 'u':
		case 'g':
		case 'o':
			bits |= copied_bits(**p, mode);
			break;
		default:
			return bits;
		}
	}
}

static bool
parse_octal(const char *text, mode_t *to)
{
	mode_t mode = 0;

	for (; *text >= '0' && *text <= '7'; text++) {
		mode = mode << 3 | (mode_t)(*text - '0');
		if (mode > 07777)
			return false;
	}
	*to = mode;
	return *text == '\0';
}

/* One or more +-= actions of a clause; false at anything else. */
static bool
parse_actions(const char **p, mode_t who, mode_t *mode)
{
	if (**p == '\0' || strchr("+-=", **p) == NULL)
		return false;
	while (**p == '+' || **p == '-' || **p == '=') {
		char action = *(*p)++;
		mode_t bits = permission_bits(p, *mode);

		bits &= who | S_ISVTX;
		if (action == '=')
			*mode &= ~who;
		if (action == '-')
			*mode &= ~bits;
		else
			*mode |= bits;
	}
	return true;
}

bool
mode_parse(const char *text, mode_t from, mode_t *to)
{
	if (*text >= '0' && *text <= '7')
		return parse_octal(text, to);
	for (;;) {
		mode_t who = who_bits(&text);

		if (who == 0)
			who = S_ISUID | S_ISGID | 0777;
		if (!parse_actions(&text, who, &from))
			return false;
		if (*text == '\0')
			break;
		if (*text++ != ',')
			return false;
	}
	*to = from & 07777;
	return true;
}

static char
type_letter(mode_t mode)
{
	if (S_ISDIR(mode))
		return 'd';
	if (S_ISLNK(mode))
		return 'l';
	if (S_ISCHR(mode))
		return 'c';
	if (S_ISBLK(mode))
		return 'b';
	if (S_ISFIFO(mode))
		return 'p';
	if (S_ISSOCK(mode))
		return 's';
	return '-';
}

void
mode_text(mode_t mode, char text[11])
{
	static const char letters[] = "rwxrwxrwx";
	int i;

	text[0] = type_letter(mode);
	for (i = 0; i < 9; i++)
		text[i + 1] = mode >> (8 - i) & 1 ? letters[i] : '-';
	if (mode & S_ISUID)
		text[3] = mode & S_IXUSR ? 's' : 'S';
	if (mode & S_ISGID)
		text[6] = mode & S_IXGRP ? 's' : 'S';
	if (mode & S_ISVTX)
		text[9] = mode & S_IXOTH ? 't' : 'T';
	text[10] = '\0';
}
