/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Traps. A handler only marks its signal; actions run between commands.
 * What was ignored when a script's shell started stays ignored.
 */
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/signames.h"
#include "msh.h"

static char *actions[TRAP_MAX];
static volatile sig_atomic_t marked[TRAP_MAX];
static bool ignored_at_start[TRAP_MAX];
static bool known_at_start[TRAP_MAX];
static bool interactive_set;
volatile int trap_pending;

static void
handler(int signal)
{
	marked[signal] = 1;
	trap_pending = 1;
}

static void
set_disposition(int signal, void (*function)(int))
{
	struct sigaction action;

	memset(&action, 0, sizeof(action));
	action.sa_handler = function;
	sigemptyset(&action.sa_mask);
	sigaction(signal, &action, NULL);
}

/* Whether the signal was ignored when this shell was started. */
static bool
started_ignored(int signal)
{
	struct sigaction old;

	if (!known_at_start[signal]) {
		known_at_start[signal] = true;
		ignored_at_start[signal] = sigaction(signal, NULL, &old) == 0 &&
					   old.sa_handler == SIG_IGN;
	}
	return ignored_at_start[signal];
}

static bool
ignored_when_interactive(int signal)
{
	return signal == SIGQUIT || signal == SIGTERM ||
	       (sh.job_control && (signal == SIGTSTP || signal == SIGTTIN ||
				      signal == SIGTTOU));
}

/* What the shell itself does with a signal that has no trap. */
static void
set_default(int signal)
{
	if (interactive_set && signal == SIGINT)
		set_disposition(signal, handler);
	else if (interactive_set && ignored_when_interactive(signal))
		set_disposition(signal, SIG_IGN);
	else
		set_disposition(signal, SIG_DFL);
}

void
trap_interactive(void)
{
	static const int signals[] = {
	    SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGTTIN, SIGTTOU};
	size_t i;

	interactive_set = true;
	for (i = 0; i < sizeof(signals) / sizeof(signals[0]); i++) {
		started_ignored(signals[i]);
		if (actions[signals[i]] == NULL)
			set_default(signals[i]);
	}
}

bool
trap_set(int signal, const char *action)
{
	if (signal < 0 || signal >= TRAP_MAX)
		return false;
	if (signal != 0 && !sh.interactive && started_ignored(signal))
		return true;
	free(actions[signal]);
	actions[signal] = action != NULL ? xstrdup(action) : NULL;
	if (signal == 0)
		return true;
	if (action == NULL)
		set_default(signal);
	else
		set_disposition(signal, *action != '\0' ? handler : SIG_IGN);
	return true;
}

const char *
trap_action(int signal)
{
	return actions[signal];
}

bool
trap_any(void)
{
	int i;

	for (i = 0; i < TRAP_MAX; i++)
		if (actions[i] != NULL && *actions[i] != '\0')
			return true;
	return false;
}

void
trap_reset_child(void)
{
	int i;

	for (i = 0; i < TRAP_MAX; i++) {
		marked[i] = 0;
		if (actions[i] == NULL || *actions[i] == '\0')
			continue;
		free(actions[i]);
		actions[i] = NULL;
		if (i != 0)
			set_disposition(i, SIG_DFL);
	}
	trap_pending = 0;
	if (!interactive_set)
		return;
	interactive_set = false;
	for (i = 1; i < TRAP_MAX; i++)
		if (known_at_start[i] && actions[i] == NULL)
			set_disposition(
			    i, ignored_at_start[i] ? SIG_IGN : SIG_DFL);
}

void
trap_ignore(int signal)
{
	set_disposition(signal, SIG_IGN);
	if (actions[signal] == NULL)
		actions[signal] = xstrdup("");
}

void
trap_default_pipe(void)
{
	set_disposition(SIGPIPE, SIG_DFL);
}

void
trap_print(void)
{
	int i;

	for (i = 0; i < TRAP_MAX; i++) {
		const char *name = signal_name(i);

		if (actions[i] == NULL)
			continue;
		fputs("trap -- ", stdout);
		print_quoted(actions[i]);
		if (name != NULL)
			printf(" %s\n", name);
		else
			printf(" %d\n", i);
	}
}

static void
run_action(int signal)
{
	int status = sh.status;
	char *action;

	if (actions[signal] == NULL) {
		if (signal != SIGINT || !sh.interactive)
			return;
		putc('\n', stderr);
		shell_unwind(130);
	}
	action = arena_copy(sh.tmp, actions[signal], strlen(actions[signal]));
	exec_string(action, 0);
	if (sh.skip != SKIP_RETURN)
		sh.status = status;
}

void
trap_run_pending(void)
{
	int i;

	while (trap_pending) {
		trap_pending = 0;
		for (i = 1; i < TRAP_MAX; i++) {
			if (!marked[i])
				continue;
			marked[i] = 0;
			run_action(i);
		}
	}
}

void
shell_exit(int status)
{
	char *action = actions[0];

	sh.status = status;
	if (action != NULL && !sh.exiting) {
		sh.exiting = true;
		actions[0] = NULL;
		sh.skip = SKIP_NONE;
		exec_string(action, 0);
		free(action);
		sh.status = status;
	}
	fflush(stdout);
	if (sh.subshell)
		_exit(sh.status & 0xff);
	exit(sh.status & 0xff);
}

int
trap_first_pending(void)
{
	int i;

	for (i = 1; i < TRAP_MAX; i++)
		if (marked[i])
			return i;
	return 0;
}
