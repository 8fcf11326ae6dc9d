/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Names of signals.
 */
#include "signames.h"

#include <ctype.h>
#include <signal.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

const struct signal_name signal_names[] = {
    {0, "EXIT"},
    {SIGHUP, "HUP"},
    {SIGINT, "INT"},
    {SIGQUIT, "QUIT"},
    {SIGILL, "ILL"},
    {SIGTRAP, "TRAP"},
    {SIGABRT, "ABRT"},
    {SIGBUS, "BUS"},
    {SIGFPE, "FPE"},
    {SIGKILL, "KILL"},
    {SIGUSR1, "USR1"},
    {SIGSEGV, "SEGV"},
    {SIGUSR2, "USR2"},
    {SIGPIPE, "PIPE"},
    {SIGALRM, "ALRM"},
    {SIGTERM, "TERM"},
    {SIGCHLD, "CHLD"},
    {SIGCONT, "CONT"},
    {SIGSTOP, "STOP"},
    {SIGTSTP, "TSTP"},
    {SIGTTIN, "TTIN"},
    {SIGTTOU, "TTOU"},
    {SIGURG, "URG"},
    {SIGXCPU, "XCPU"},
    {SIGXFSZ, "XFSZ"},
    {SIGVTALRM, "VTALRM"},
    {SIGPROF, "PROF"},
    {SIGSYS, "SYS"},
    {0, NULL},
};

int
signal_number(const char *text)
{
	const struct signal_name *entry;

	if (isdigit((unsigned char)*text)) {
		char *end;
		long number = strtol(text, &end, 10);

		return *end == '\0' && number >= 0 && number < 65 ? (int)number
								  : -1;
	}
	if (strncasecmp(text, "SIG", 3) == 0)
		text += 3;
	for (entry = signal_names; entry->name != NULL; entry++)
		if (strcasecmp(entry->name, text) == 0)
			return entry->number;
	return -1;
}

const char *
signal_name(int number)
{
	const struct signal_name *entry;

	for (entry = signal_names; entry->name != NULL; entry++)
		if (entry->number == number)
			return entry->name;
	return NULL;
}
