/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * usage: dmesg
 * help: show the messages of the kernel
 */
#include <machr/system.h>
#include <stdlib.h>
#include <unistd.h>

#include "lib/text.h"
#include "lib/util.h"

UTILITY("dmesg", "show the messages of the kernel");

int
main(int argc, char **argv)
{
	size_t size;
	char *text;

	util_init(argc, argv);
	text = system_text(machr_klog, &size);
	if (text == NULL)
		die_errno("kernel log");
	fwrite(text, 1, size, stdout);
	if (size > 0 && text[size - 1] != '\n')
		putchar('\n');
	free(text);
	return util_exit(0);
}
