/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Lines. A call's line is written as far as it is known, so that one sees what
 * a thread waits for; when another thread has to say something meanwhile, the
 * line ends in dots, and the call's result has a line of its own.
 */
#include "rpctrace.h"

static struct speaker *open_line;

static void
start(const struct speaker *who, uint64_t time)
{
	if (open_line != NULL)
		fputs(" ...\n", settings.out);
	open_line = NULL;
	if (settings.times)
		fprintf(settings.out, "%llu.%06llu ",
		    (unsigned long long)(time / 1000000000U),
		    (unsigned long long)(time / 1000 % 1000000));
	speaker_print(who);
}

void
line_begin(struct speaker *who, uint64_t time)
{
	start(who, time);
	open_line = who;
}

void
line_resume(struct speaker *who, uint64_t time, const char *what)
{
	if (open_line == who)
		return;
	start(who, time);
	fprintf(settings.out, "... %s", what);
	open_line = who;
}

void
line_end(struct speaker *who)
{
	if (open_line == who)
		fputc('\n', settings.out);
	open_line = NULL;
}
