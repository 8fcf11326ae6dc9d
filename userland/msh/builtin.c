/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The table of builtins, in order of name, and the way they complain.
 */
#include "builtin.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "lib/commands.h"

static int
builtin_true(int argc, char **argv)
{
	(void)argc;
	(void)argv;
	return 0;
}

static int
builtin_false(int argc, char **argv)
{
	(void)argc;
	(void)argv;
	return 1;
}

#define S  BUILTIN_SPECIAL
#define SA (BUILTIN_SPECIAL | BUILTIN_ASSIGN)
#define SK (BUILTIN_SPECIAL | BUILTIN_KEEPS_REDIRECTIONS)

const struct builtin builtin_table[] = {
    {".", builtin_dot, S, "FILE", "run the commands of FILE here"},
    {":", builtin_true, S, "[ARG...]", "do nothing"},
    {"[", test_command, 0, "EXPRESSION ]", "as test"},
    {"alias", builtin_alias, 0, "[NAME[=TEXT]...]",
	"set or show command aliases"},
    {"bg", builtin_fg, 0, "[JOB...]", "continue jobs in the background"},
    {"break", builtin_break, S, "[N]", "leave N loops"},
    {"cd", builtin_cd, 0, "[-LP] [DIR|-]", "change directory"},
    {"command", builtin_command, 0, "[-pvV] NAME [ARG...]",
	"run NAME, not a function; -v: what is NAME"},
    {"continue", builtin_break, S, "[N]", "go on with the next round"},
    {"echo", echo_command, 0, "[-n] [ARG...]", "write arguments"},
    {"eval", builtin_eval, S, "[ARG...]", "run arguments as a command"},
    {"exec", builtin_exec, SK, "[COMMAND [ARG...]]",
	"become COMMAND; or keep redirections"},
    {"exit", builtin_exit, S, "[STATUS]", "leave the shell"},
    {"export", builtin_export, SA, "[-p] [NAME[=VALUE]...]",
	"put variables into the environment"},
    {"false", builtin_false, 0, "", "fail"},
    {"fc", builtin_fc, 0,
	"[-r] [-e EDITOR] | -l [-nr] | -s [OLD=NEW] [LINE]...",
	"edit, list or run again lines typed"},
    {"fg", builtin_fg, 0, "[JOB]", "continue a job in the foreground"},
    {"getopts", builtin_getopts, 0, "OPTIONS NAME [ARG...]",
	"parse options of a script"},
    {"hash", builtin_hash, 0, "[-r] [NAME...]",
	"show or forget where commands are"},
    {"help", builtin_help, 0, "[NAME...]", "show this list"},
    {"history", builtin_history, 0, "[N]", "show the last lines typed"},
    {"jobs", builtin_jobs, 0, "[-lp] [JOB...]", "show jobs"},
    {"kill", builtin_kill, 0, "[-s SIGNAL] PID|JOB... | -l", "send a signal"},
    {"local", builtin_local, SA, "NAME[=VALUE]...", "variables of a function"},
    {"printf", printf_command, 0, "FORMAT [ARG...]",
	"write formatted arguments"},
    {"pwd", builtin_pwd, 0, "[-LP]", "print the working directory"},
    {"read", builtin_read, 0, "[-r] [-p PROMPT] NAME...",
	"read a line into variables"},
    {"readonly", builtin_export, SA, "[-p] [NAME[=VALUE]...]",
	"make variables constant"},
    {"return", builtin_return, S, "[STATUS]", "leave a function"},
    {"set", builtin_set, S, "[-abCefhmnuvx] [-o NAME] [--] [ARG...]",
	"set options and $1..."},
    {"shift", builtin_shift, S, "[N]", "drop the first N of $1..."},
    {"test", test_command, 0, "EXPRESSION", "evaluate a condition"},
    {"times", builtin_times, S, "", "show processor time used"},
    {"trap", builtin_trap, S, "[ACTION] [SIGNAL...]", "run ACTION on signals"},
    {"true", builtin_true, 0, "", "succeed"},
    {"type", builtin_type, 0, "NAME...", "show what names are"},
    {"ulimit", builtin_ulimit, 0, "[-HS] [-a | -cdfnstv [LIMIT]]",
	"show or set limits of resources"},
    {"umask", builtin_umask, 0, "[-S] [MODE]",
	"permissions new files do not get"},
    {"unalias", builtin_unalias, 0, "-a | NAME...", "remove aliases"},
    {"unset", builtin_unset, S, "[-fv] NAME...",
	"remove variables or functions"},
    {"wait", builtin_wait, 0, "[PID|JOB...]", "wait for background jobs"},
    {NULL, NULL, 0, NULL, NULL},
};

static int
compare(const void *key, const void *entry)
{
	return strcmp(key, ((const struct builtin *)entry)->name);
}

const struct builtin *
builtin_find(const char *name)
{
	return bsearch(name, builtin_table,
	    sizeof(builtin_table) / sizeof(builtin_table[0]) - 1,
	    sizeof(builtin_table[0]), compare);
}

int
builtin_die(const char *name, const char *format, ...)
{
	char text[256];
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	shell_warn("%s: %s", name, text);
	if (!sh.forgiving)
		shell_unwind(2);
	return 2;
}

int
builtin_fail(const char *name, const char *format, ...)
{
	char text[256];
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	shell_warn("%s: %s", name, text);
	return 2;
}
