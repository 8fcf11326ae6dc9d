/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * kill: -s NAME, -NAME, -NUMBER, and -l to list.
 */
#include <errno.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "commands.h"
#include "signames.h"
#include "util.h"

static int
list_signals(int argc, char **argv)
{
	const struct signal_name *entry;
	long long number;
	const char *name;
	int i;

	for (i = 2; i < argc; i++) {
		if (!number_parse(argv[i], 0, 255, &number)) {
			fprintf(stderr, "kill: %s: bad status\n", argv[i]);
			return 1;
		}
		name = signal_name((int)(number > 128 ? number - 128 : number));
		if (name != NULL)
			printf("%s\n", name);
		else
			printf("%lld\n", number);
	}
	for (entry = signal_names + 1; argc == 2 && entry->name != NULL;
	     entry++)
		printf("%2d %s\n", entry->number, entry->name);
	return 0;
}

static int
usage(void)
{
	fprintf(stderr, "usage: kill [-s SIGNAL] PID... | -l [STATUS...]\n");
	return 2;
}

static int
bad_signal(const char *name)
{
	fprintf(stderr, "kill: %s: bad signal\n", name);
	return 2;
}

static int
send_signal(int signal, int argc, char **argv)
{
	int status = 0;
	int i;

	for (i = 0; i < argc; i++) {
		long long pid;

		if (!number_parse(argv[i], INT_MIN, INT_MAX, &pid)) {
			fprintf(stderr, "kill: %s: bad process id\n", argv[i]);
			status = 1;
		} else if (kill((pid_t)pid, signal) != 0) {
			fprintf(
			    stderr, "kill: %s: %s\n", argv[i], strerror(errno));
			status = 1;
		}
	}
	return status;
}

int
kill_command(int argc, char **argv)
{
	int signal = SIGTERM;
	int i = 1;

	if (argc < 2)
		return usage();
	if (strcmp(argv[1], "-l") == 0)
		return list_signals(argc, argv);
	if (strcmp(argv[1], "-s") == 0) {
		if (argc < 3)
			return usage();
		signal = signal_number(argv[2]);
		if (signal < 0 || strcmp(argv[2], "EXIT") == 0)
			return bad_signal(argv[2]);
		i = 3;
	} else if (argv[1][0] == '-' && strcmp(argv[1], "--") != 0) {
		signal = signal_number(argv[1] + 1);
		if (signal < 0)
			return bad_signal(argv[1] + 1);
		i = 2;
	}
	if (i < argc && strcmp(argv[i], "--") == 0)
		i++;
	if (i >= argc)
		return usage();
	return send_signal(signal, argc - i, argv + i);
}
