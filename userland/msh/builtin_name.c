/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Builtins about names of commands: what one is, aliases, where files are.
 */
#include <stdlib.h>
#include <string.h>

#include "builtin.h"

static bool
is_keyword(const char *name)
{
	static const char *const keywords[] = {"!", "{", "}", "case", "do",
	    "done", "elif", "else", "esac", "fi", "for", "if", "in", "then",
	    "until", "while"};
	size_t i;

	for (i = 0; i < sizeof(keywords) / sizeof(keywords[0]); i++)
		if (strcmp(keywords[i], name) == 0)
			return true;
	return false;
}

/* A file that can be run: found along PATH, or named with a slash. */
static const char *
runnable(const char *name)
{
	const char *slash = strrchr(name, '/');
	struct strbuf sb;

	if (slash == NULL)
		return path_find(name, NULL);
	strbuf_init(&sb, sh.tmp);
	strbuf_append(&sb, name, (size_t)(slash - name) + 1);
	return path_find(slash + 1, strbuf_text(&sb)) != NULL ? name : NULL;
}

static void
print_alias(const struct alias *alias)
{
	printf("%s=", alias->name);
	print_quoted(alias->value);
	putchar('\n');
}

/* One word of it (command -v). */
static int
describe_short(const char *name)
{
	const struct alias *alias = alias_find(name);
	const char *path = name;

	if (alias != NULL) {
		fputs("alias ", stdout);
		print_alias(alias);
		return 0;
	}
	if (!is_keyword(name) && function_find(name) == NULL &&
	    builtin_find(name) == NULL)
		path = runnable(name);
	if (path == NULL)
		return 127;
	puts(path);
	return 0;
}

static void
print_function(const struct function *function)
{
	struct strbuf sb;

	strbuf_init(&sb, sh.tmp);
	ast_print(function->body, &sb);
	printf("%s() %s\n", function->name, strbuf_text(&sb));
}

static int
describe(const char *name)
{
	const struct alias *alias = alias_find(name);
	const struct builtin *builtin = builtin_find(name);
	const struct function *function = function_find(name);
	const char *path;

	if (is_keyword(name)) {
		printf("%s is a shell keyword\n", name);
	} else if (alias != NULL) {
		printf("%s is an alias for %s\n", name, alias->value);
	} else if (function != NULL) {
		printf("%s is a function\n", name);
		print_function(function);
	} else if (builtin != NULL) {
		printf("%s is a %sshell builtin\n", name,
		    builtin->flags & BUILTIN_SPECIAL ? "special " : "");
	} else {
		path = runnable(name);
		if (path == NULL) {
			fflush(stdout);
			shell_warn("%s: not found", name);
			return 127;
		}
		printf("%s is %s\n", name, path);
	}
	return 0;
}

int
builtin_type(int argc, char **argv)
{
	int status = 0;
	int i;

	for (i = 1; i < argc; i++)
		status |= describe(argv[i]);
	return status;
}

/* Without -v or -V the shell has already stripped it off. */
int
builtin_command(int argc, char **argv)
{
	char mode = '\0';
	int status = 0;
	int i;

	for (i = 1; i < argc && argv[i][0] == '-'; i++) {
		const char *p;

		for (p = argv[i] + 1; *p != '\0'; p++) {
			if (strchr("pvV-", *p) == NULL)
				return builtin_fail(
				    argv[0], "%s: bad option", argv[i]);
			if (*p == 'v' || *p == 'V')
				mode = *p;
		}
	}
	for (; mode != '\0' && i < argc; i++)
		status |=
		    mode == 'v' ? describe_short(argv[i]) : describe(argv[i]);
	return status;
}

int
builtin_alias(int argc, char **argv)
{
	const struct alias *alias;
	int status = 0;
	int i;

	if (argc == 1)
		for (alias = alias_list; alias != NULL; alias = alias->next)
			print_alias(alias);
	for (i = 1; i < argc; i++) {
		char *equals = strchr(argv[i], '=');

		if (equals != NULL && equals != argv[i]) {
			*equals = '\0';
			alias_set(argv[i], equals + 1);
			continue;
		}
		alias = alias_find(argv[i]);
		if (alias != NULL)
			print_alias(alias);
		else {
			builtin_fail(argv[0], "%s: not found", argv[i]);
			status = 1;
		}
	}
	return status;
}

int
builtin_unalias(int argc, char **argv)
{
	int status = 0;
	int i;

	if (argc == 2 && strcmp(argv[1], "-a") == 0) {
		alias_clear();
		return 0;
	}
	for (i = 1; i < argc; i++)
		if (!alias_unset(argv[i])) {
			builtin_fail(argv[0], "%s: not found", argv[i]);
			status = 1;
		}
	return status;
}

int
builtin_hash(int argc, char **argv)
{
	int status = 0;
	int i;

	if (argc == 1)
		path_print();
	if (argc == 2 && strcmp(argv[1], "-r") == 0) {
		path_forget();
		return 0;
	}
	for (i = 1; i < argc; i++)
		if (builtin_find(argv[i]) == NULL &&
		    function_find(argv[i]) == NULL &&
		    path_find(argv[i], NULL) == NULL) {
			builtin_fail(argv[0], "%s: not found", argv[i]);
			status = 1;
		}
	return status;
}
