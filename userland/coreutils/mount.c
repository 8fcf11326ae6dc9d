/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * usage: mount
 * help: show what file systems are mounted where
 */
#include <machr/system.h>
#include <stdlib.h>
#include <string.h>

#include "lib/text.h"
#include "lib/util.h"

UTILITY("mount", "show what file systems are mounted where");

/* "source target type options" as a sentence. */
static void
show(char *line)
{
	static const char *const words[] = {"", " on ", " type ", " ("};
	char *state = NULL;
	const char *field = strtok_r(line, " ", &state);
	int i;

	for (i = 0; i < 4 && field != NULL; i++) {
		printf("%s%s%s", words[i], field, i == 3 ? ")" : "");
		field = strtok_r(NULL, " ", &state);
	}
	putchar('\n');
}

int
main(int argc, char **argv)
{
	char *state = NULL;
	size_t size;
	char *text;
	char *line;

	util_init(argc, argv);
	if (argc > 1)
		die("file systems are mounted by their servers' service files");
	text = system_text(machr_mounts, &size);
	if (text == NULL)
		die_errno("mounts");
	for (line = strtok_r(text, "\n", &state); line != NULL;
	     line = strtok_r(NULL, "\n", &state))
		show(line);
	free(text);
	return util_exit(0);
}
