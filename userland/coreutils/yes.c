/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * usage: yes [TEXT...]
 * help: write y, or TEXT, for ever
 */
#include <stdlib.h>

#include "lib/util.h"

UTILITY("yes [TEXT...]", "write y, or TEXT, for ever");

int
main(int argc, char **argv)
{
	int i;

	util_init(argc, argv);
	for (;;) {
		for (i = 1; i < argc; i++)
			printf("%s%s", i > 1 ? " " : "", argv[i]);
		if (argc < 2)
			putchar('y');
		putchar('\n');
		if (ferror(stdout))
			exit(util_exit(1));
	}
}
