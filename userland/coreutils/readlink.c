/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * usage: readlink [-fn] FILE...
 * help: what symbolic links hold; -f: where paths lead in the end
 */
#include <limits.h>
#include <stdlib.h>
#include <unistd.h>

#include "lib/resolve.h"
#include "lib/util.h"

UTILITY("readlink [-fn] FILE...",
    "what symbolic links hold; -f: where paths lead in the end");

static char *
target(const char *path)
{
	char *text = xmalloc(PATH_MAX);
	ssize_t length = readlink(path, text, PATH_MAX - 1);

	if (length < 0) {
		free(text);
		return NULL;
	}
	text[length] = '\0';
	return text;
}

int
main(int argc, char **argv)
{
	bool to_end = false;
	bool newline = true;
	int option;

	util_init(argc, argv);
	while ((option = getopt(argc, argv, "fn")) != -1) {
		if (option == 'f')
			to_end = true;
		else if (option == 'n')
			newline = false;
		else
			util_usage_exit();
	}
	if (optind == argc)
		util_usage_exit();
	newline |= argc - optind > 1;
	for (; optind < argc; optind++) {
		char *text = to_end ? resolve(argv[optind], false)
				    : target(argv[optind]);

		if (text == NULL)
			warn_errno(argv[optind]);
		else
			printf("%s%s", text, newline ? "\n" : "");
		free(text);
	}
	return util_exit(util_status);
}
