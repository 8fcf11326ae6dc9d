/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Options: letters, and names for `set -o`.
 */
#include <string.h>

#include "msh.h"

static const struct {
	char letter;
	const char *name;
} table[] = {
    {'a', "allexport"},
    {'C', "noclobber"},
    {'e', "errexit"},
    {'f', "noglob"},
    {'h', "hashall"},
    {'b', "notify"},
    {'m', "monitor"},
    {'n', "noexec"},
    {'u', "nounset"},
    {'v', "verbose"},
    {'x', "xtrace"},
    {'V', "vi"},
    {'E', "emacs"},
};

#define COUNT (sizeof(table) / sizeof(table[0]))

const char *
options_letters(void)
{
	static char letters[COUNT + 3];
	size_t used = 0;
	size_t i;

	for (i = 0; i < COUNT; i++)
		if (OPT(table[i].letter))
			letters[used++] = table[i].letter;
	if (sh.interactive)
		letters[used++] = 'i';
	if (OPT('s'))
		letters[used++] = 's';
	letters[used] = '\0';
	return letters;
}

void
options_print(bool reusable)
{
	size_t i;

	for (i = 0; i < COUNT; i++) {
		bool on = OPT(table[i].letter);

		if (reusable)
			printf("set %co %s\n", on ? '-' : '+', table[i].name);
		else
			printf("%-12s %s\n", table[i].name, on ? "on" : "off");
	}
}

/* One way of editing turns the other off. */
static void
set_option(char letter, bool on)
{
	OPT(letter) = on;
	if (on && (letter == 'V' || letter == 'E'))
		OPT(letter == 'V' ? 'E' : 'V') = false;
}

static bool
set_name(const char *name, bool on)
{
	size_t i;

	for (i = 0; i < COUNT; i++)
		if (strcmp(table[i].name, name) == 0) {
			set_option(table[i].letter, on);
			return true;
		}
	shell_warn("set: %s: bad option", name);
	return false;
}

static bool
set_letter(char letter, bool on)
{
	size_t i;

	for (i = 0; i < COUNT; i++)
		if (table[i].letter == letter) {
			set_option(letter, on);
			return true;
		}
	shell_warn("set: %c%c: bad option", on ? '-' : '+', letter);
	return false;
}

/* One word of letters; an `o` takes its name from argv[*i + 1]. */
static bool
set_word(int argc, char **argv, int *i)
{
	const char *word = argv[*i];
	bool on = word[0] == '-';
	const char *p;

	for (p = word + 1; *p != '\0'; p++) {
		if (*p != 'o') {
			if (!set_letter(*p, on))
				return false;
			continue;
		}
		if (*i + 1 >= argc) {
			options_print(!on);
			return true;
		}
		if (!set_name(argv[++*i], on))
			return false;
	}
	return true;
}

int
options_parse(int argc, char **argv)
{
	int i;

	for (i = 1; i < argc; i++) {
		const char *word = argv[i];

		if (strcmp(word, "--") == 0)
			return i + 1;
		if (strcmp(word, "-") == 0) {
			OPT('x') = OPT('v') = false;
			return i + 1;
		}
		if ((word[0] != '-' && word[0] != '+') || word[1] == '\0')
			return i;
		if (!set_word(argc, argv, &i))
			return -1;
	}
	return i;
}
