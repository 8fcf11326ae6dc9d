/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * usage: comm [-123] FILE1 FILE2
 * help: columns of lines: the first sorted file's, the second's, both's
 */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/util.h"

UTILITY("comm [-123] FILE1 FILE2",
    "columns of lines: the first sorted file's, the second's, both's");

static bool hidden[3];

static void
put(int column, const char *text)
{
	if (hidden[column])
		return;
	for (int i = 0; i < column; i++)
		if (!hidden[i])
			putchar('\t');
	puts(text);
}

static void
comm(FILE *files[2])
{
	struct line lines[2] = {{.text = NULL}, {.text = NULL}};
	bool more[2];

	for (int i = 0; i < 2; i++)
		more[i] = line_read(&lines[i], files[i]);
	while (more[0] || more[1]) {
		int order = more[0] && more[1]
				? strcoll(lines[0].text, lines[1].text)
				: more[1] - more[0];

		if (order == 0)
			put(2, lines[0].text);
		else
			put(order > 0, lines[order > 0].text);
		if (order <= 0)
			more[0] = line_read(&lines[0], files[0]);
		if (order >= 0)
			more[1] = line_read(&lines[1], files[1]);
	}
	free(lines[0].text);
	free(lines[1].text);
}

int
main(int argc, char **argv)
{
	FILE *files[2];
	int option;

	util_init(argc, argv);
	while ((option = getopt(argc, argv, "123")) != -1) {
		if (option == '?')
			util_usage_exit();
		hidden[option - '1'] = true;
	}
	if (argc - optind != 2)
		util_usage_exit();
	for (int i = 0; i < 2; i++) {
		files[i] = input_open(argv[optind + i]);
		if (files[i] == NULL)
			return util_exit(1);
	}
	comm(files);
	for (int i = 0; i < 2; i++)
		input_close(files[i], argv[optind + i]);
	return util_exit(util_status);
}
