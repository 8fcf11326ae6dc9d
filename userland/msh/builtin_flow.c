/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Builtins that decide what runs next.
 */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "builtin.h"
#include "lib/signames.h"

/* argv[1] as a number into *value, which keeps its own without one. */
static bool
count_argument(int argc, char **argv, int min, int *value)
{
	long long number;

	if (argc < 2)
		return true;
	if (!number_parse(argv[1], min, INT_MAX, &number)) {
		builtin_die(argv[0], "bad number: %s", argv[1]);
		return false;
	}
	*value = (int)number;
	return true;
}

int
builtin_break(int argc, char **argv)
{
	int count = 1;

	if (!count_argument(argc, argv, 1, &count))
		return 2;
	if (sh.loop_depth == 0)
		return 0;
	sh.skip_count = count < sh.loop_depth ? count : sh.loop_depth;
	sh.skip = argv[0][0] == 'b' ? SKIP_BREAK : SKIP_CONTINUE;
	return 0;
}

int
builtin_return(int argc, char **argv)
{
	int status = sh.status;

	if (!count_argument(argc, argv, 0, &status))
		return 2;
	sh.status = status & 0xff;
	sh.skip = SKIP_RETURN;
	return sh.status;
}

int
builtin_exit(int argc, char **argv)
{
	static bool warned;
	int status = sh.status;

	if (!count_argument(argc, argv, 0, &status))
		return 2;
	if (sh.interactive && !warned && job_any_stopped()) {
		warned = true;
		shell_warn("there are stopped jobs");
		return 1;
	}
	shell_exit(status & 0xff);
}

int
builtin_eval(int argc, char **argv)
{
	struct strbuf sb;
	int i;

	strbuf_init(&sb, sh.tmp);
	for (i = 1; i < argc; i++) {
		if (i > 1)
			strbuf_add(&sb, ' ');
		strbuf_string(&sb, argv[i]);
	}
	return exec_string(strbuf_text(&sb), sh.tested ? EXEC_TESTED : 0);
}

/* Open FILE as it is named, or found along PATH when it has no slash. */
static int
open_source(const char *name)
{
	const char *path = var_get("PATH");
	int fd = -1;

	if (strchr(name, '/') != NULL || path == NULL)
		return open(name, O_RDONLY);
	for (;;) {
		size_t length = strcspn(path, ":");
		struct strbuf sb;

		strbuf_init(&sb, sh.tmp);
		strbuf_append(&sb, path, length);
		if (length > 0)
			strbuf_add(&sb, '/');
		strbuf_string(&sb, name);
		fd = open(strbuf_text(&sb), O_RDONLY);
		if (fd >= 0 || path[length] == '\0')
			return fd;
		path += length + 1;
	}
}

int
builtin_dot(int argc, char **argv)
{
	struct lexer saved = lexer;
	int first = argc > 1 && strcmp(argv[1], "--") == 0 ? 2 : 1;
	int status;
	int fd;

	if (argc <= first)
		return builtin_die(argv[0], "file name missing");
	fd = open_source(argv[first]);
	if (fd < 0)
		return builtin_die(
		    argv[0], "%s: %s", argv[first], strerror(errno));
	input_push_file(fd_move_high(fd), argv[first]);
	status = exec_input(sh.tested ? EXEC_TESTED : 0);
	input_pop();
	lexer = saved;
	if (sh.skip == SKIP_RETURN) {
		sh.skip = SKIP_NONE;
		status = sh.status;
	}
	return status;
}

int
builtin_exec(int argc, char **argv)
{
	int first = argc > 1 && strcmp(argv[1], "--") == 0 ? 2 : 1;

	if (argc <= first)
		return 0;
	trap_reset_child();
	command_exec(argv + first, path_find(argv[first], NULL));
}

/* A first operand that is a number means: reset these signals. */
static bool
is_number(const char *text)
{
	return *text != '\0' && text[strspn(text, "0123456789")] == '\0';
}

int
builtin_trap(int argc, char **argv)
{
	const char *action = NULL;
	int status = 0;
	int i = 1;

	if (i < argc && strcmp(argv[i], "--") == 0)
		i++;
	if (i >= argc) {
		trap_print();
		return 0;
	}
	if (argc - i > 1 && !is_number(argv[i])) {
		if (strcmp(argv[i], "-") != 0)
			action = argv[i];
		i++;
	}
	for (; i < argc; i++)
		if (!trap_set(signal_number(argv[i]), action))
			status =
			    builtin_fail(argv[0], "%s: bad signal", argv[i]);
	return status != 0 ? 1 : 0;
}
