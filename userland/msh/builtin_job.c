/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Builtins about jobs. A job is named %n, %%, %+, %-, %text or %?text.
 */
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "builtin.h"
#include "lib/commands.h"

int
builtin_jobs(int argc, char **argv)
{
	bool pids = false;
	bool long_form = false;
	int status = 0;
	int i;

	for (i = 1; i < argc && argv[i][0] == '-'; i++) {
		if (strcmp(argv[i], "-p") == 0)
			pids = true;
		else if (strcmp(argv[i], "-l") == 0)
			long_form = true;
		else
			return builtin_fail(argv[0], "%s: bad option", argv[i]);
	}
	if (i >= argc)
		job_print_all(pids, long_form);
	for (; i < argc; i++) {
		struct job *job = job_find(argv[i]);

		if (job != NULL)
			job_print(job, pids, long_form);
		else
			status =
			    builtin_fail(argv[0], "%s: no such job", argv[i]);
	}
	return status;
}

/* fg and bg. */
int
builtin_fg(int argc, char **argv)
{
	bool foreground = argv[0][0] == 'f';
	int status = 0;
	int i = 1;

	if (!sh.job_control)
		return builtin_fail(argv[0], "no job control");
	do {
		struct job *job = job_find(i < argc ? argv[i] : NULL);

		if (job == NULL)
			return builtin_fail(argv[0], "no such job");
		if (!job_controlled(job))
			return builtin_fail(argv[0], "not under job control");
		if (foreground) {
			puts(job_text(job));
			fflush(stdout);
		}
		status = job_resume(job, foreground);
		if (!foreground)
			job_print(job, false, false);
	} while (++i < argc);
	return status;
}

/* A job as the operand kill knows: its group or its process. */
static char *
kill_operand(const char *text)
{
	struct job *job = job_find(text);
	char number[24];
	int length;

	if (job == NULL)
		return NULL;
	length = snprintf(number, sizeof(number), "%s%ld",
	    job_controlled(job) ? "-" : "",
	    (long)(job_controlled(job) ? job_group(job) : job_pid(job)));
	return arena_copy(sh.tmp, number, (size_t)length);
}

int
builtin_kill(int argc, char **argv)
{
	int i;

	for (i = 1; i < argc; i++) {
		char *operand;

		if (argv[i][0] != '%')
			continue;
		operand = kill_operand(argv[i]);
		if (operand == NULL)
			return builtin_fail(
			    argv[0], "%s: no such job", argv[i]);
		argv[i] = operand;
	}
	return kill_command(argc, argv);
}

/* After a trap interrupted the wait: its signal's status. */
static int
interrupted(void)
{
	int signal = trap_first_pending();

	trap_run_pending();
	return 128 + signal;
}

int
builtin_wait(int argc, char **argv)
{
	int status = 0;
	int i;

	if (argc == 1) {
		status = job_wait_pid(0);
		return status < 0 ? interrupted() : status;
	}
	for (i = 1; i < argc; i++) {
		long long pid = 0;

		if (argv[i][0] == '%') {
			const struct job *job = job_find(argv[i]);

			if (job != NULL)
				pid = job_pid(job);
		} else if (!number_parse(argv[i], 1, INT_MAX, &pid)) {
			return builtin_fail(
			    argv[0], "%s: bad process id", argv[i]);
		}
		status = pid != 0 ? job_wait_pid((pid_t)pid) : 127;
		if (status < 0)
			return interrupted();
	}
	return status;
}
