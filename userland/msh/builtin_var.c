/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Builtins about variables, options and positional parameters.
 */
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "builtin.h"

/* The name in "name" or "name=value"; 0 when it is none. */
static size_t
checked_name(const char *command, const char *text)
{
	size_t length = name_length(text);

	if (length == 0 || (text[length] != '\0' && text[length] != '=')) {
		builtin_die(command, "%s: bad variable name", text);
		return 0;
	}
	return length;
}

/* export and readonly. */
int
builtin_export(int argc, char **argv)
{
	int flag = argv[0][0] == 'e' ? VAR_EXPORT : VAR_READONLY;
	char prefix[16];
	int i = 1;

	snprintf(prefix, sizeof(prefix), "%s ", argv[0]);
	if (i < argc &&
	    (strcmp(argv[i], "-p") == 0 || strcmp(argv[i], "--") == 0))
		i++;
	if (i >= argc)
		var_print(prefix, flag);
	for (; i < argc; i++) {
		size_t length = checked_name(argv[0], argv[i]);

		if (length == 0)
			return 2;
		if (argv[i][length] == '=')
			var_assign(argv[i], flag);
		else
			var_flag(argv[i], flag);
	}
	return 0;
}

int
builtin_local(int argc, char **argv)
{
	int i;

	if (!function_active())
		return builtin_die(argv[0], "not in a function");
	for (i = 1; i < argc; i++) {
		size_t length = checked_name(argv[0], argv[i]);

		if (length == 0)
			return 2;
		var_save(argv[i], length);
		if (argv[i][length] == '=')
			var_assign(argv[i], 0);
	}
	return 0;
}

int
builtin_set(int argc, char **argv)
{
	int first;

	if (argc == 1) {
		var_print("", 0);
		return 0;
	}
	first = options_parse(argc, argv);
	if (first < 0)
		shell_unwind(2);
	if (first < argc || (first > 1 && strcmp(argv[first - 1], "--") == 0))
		params_set(argc - first, argv + first);
	job_set_control(OPT('m'));
	return 0;
}

int
builtin_shift(int argc, char **argv)
{
	long long count = 1;

	if (argc > 1 && !number_parse(argv[1], 0, INT_MAX, &count))
		return builtin_die(argv[0], "bad number: %s", argv[1]);
	if (count > sh.argc)
		return builtin_die(argv[0], "can't shift that many");
	params_shift((int)count);
	return 0;
}

int
builtin_unset(int argc, char **argv)
{
	bool functions = false;
	int i;

	for (i = 1; i < argc && argv[i][0] == '-'; i++) {
		if (strcmp(argv[i], "-f") == 0)
			functions = true;
		else if (strcmp(argv[i], "-v") == 0)
			functions = false;
		else if (strcmp(argv[i], "--") == 0) {
			i++;
			break;
		} else {
			return builtin_die(argv[0], "%s: bad option", argv[i]);
		}
	}
	for (; i < argc; i++) {
		if (functions) {
			function_unset(argv[i]);
			continue;
		}
		if (checked_name(argv[0], argv[i]) == 0)
			return 2;
		if (!var_unset(argv[i]))
			return builtin_die(
			    argv[0], "%s: is read only", argv[i]);
	}
	return 0;
}
