/* SPDX-License-Identifier: BSD-2-Clause */
/* perror(): a message about errno on the standard error stream. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

void
perror(const char *prefix)
{
	char text[128];

	/* What strerror() returned to the program stays as it is. */
	strerror_r(errno, text, sizeof(text));
	if (prefix != NULL && *prefix != '\0')
		fprintf(stderr, "%s: %s\n", prefix, text);
	else
		fprintf(stderr, "%s\n", text);
}
