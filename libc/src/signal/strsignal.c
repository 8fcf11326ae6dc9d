/* SPDX-License-Identifier: BSD-2-Clause */
/* The texts of the signals. */
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "word.h"

static const char *const texts[] = {
    [SIGHUP] = "Hangup",
    [SIGINT] = "Interrupt",
    [SIGQUIT] = "Quit",
    [SIGILL] = "Illegal instruction",
    [SIGTRAP] = "Trace/breakpoint trap",
    [SIGABRT] = "Aborted",
    [SIGBUS] = "Bus error",
    [SIGFPE] = "Arithmetic exception",
    [SIGKILL] = "Killed",
    [SIGUSR1] = "User signal 1",
    [SIGSEGV] = "Segmentation fault",
    [SIGUSR2] = "User signal 2",
    [SIGPIPE] = "Broken pipe",
    [SIGALRM] = "Alarm clock",
    [SIGTERM] = "Terminated",
    [SIGSTKFLT] = "Stack fault",
    [SIGCHLD] = "Child changed state",
    [SIGCONT] = "Continued",
    [SIGSTOP] = "Stopped (signal)",
    [SIGTSTP] = "Stopped",
    [SIGTTIN] = "Stopped (tty input)",
    [SIGTTOU] = "Stopped (tty output)",
    [SIGURG] = "Urgent data on socket",
    [SIGXCPU] = "CPU time limit exceeded",
    [SIGXFSZ] = "File size limit exceeded",
    [SIGVTALRM] = "Virtual timer expired",
    [SIGPROF] = "Profiling timer expired",
    [SIGWINCH] = "Window size changed",
    [SIGPOLL] = "I/O possible",
    [SIGPWR] = "Power failure",
    [SIGSYS] = "Bad system call",
};

char *
strsignal(int signal)
{
	static char number[32];

	if (signal > 0 && (size_t)signal < sizeof(texts) / sizeof(texts[0]))
		return UNCONST(char *, texts[signal]);
	if (signal >= SIGRTMIN && signal <= SIGRTMAX)
		snprintf(number, sizeof(number), "Real-time signal %d",
		    signal - SIGRTMIN);
	else
		snprintf(number, sizeof(number), "Unknown signal %d", signal);
	return number;
}

void
psignal(int signal, const char *prefix)
{
	if (prefix != NULL && *prefix != '\0')
		fprintf(stderr, "%s: %s\n", prefix, strsignal(signal));
	else
		fprintf(stderr, "%s\n", strsignal(signal));
}

void
psiginfo(const siginfo_t *information, const char *prefix)
{
	psignal(information->si_signo, prefix);
}
