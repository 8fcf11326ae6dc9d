/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * wordexp(): the words are checked here for what must not be in them, then the
 * shell expands them and writes each with a NUL behind it. So they mean what
 * they mean to the shell.
 */
#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include <wordexp.h>

/* Where a scan of the words is: inside of which quotes and brackets. */
struct scan {
	const char *at;
	int flags;
	char quote; /* ', " or 0 */
	int depth;  /* of $( and ${ */
};

/* A $, ` or what follows them; 0 or WRDE_*. */
static int
check_dollar(struct scan *scan)
{
	bool command =
	    scan->at[0] == '`' ||
	    (scan->at[0] == '$' && scan->at[1] == '(' && scan->at[2] != '(');

	if (command && (scan->flags & WRDE_NOCMD))
		return WRDE_CMDSUB;
	if (scan->at[0] == '$' && (scan->at[1] == '(' || scan->at[1] == '{')) {
		scan->depth++;
		scan->at++;
	}
	return 0;
}

static int
check_plain(struct scan *scan)
{
	if (scan->depth > 0) {
		if (*scan->at == ')' || *scan->at == '}')
			scan->depth--;
		else if (*scan->at == '(' || *scan->at == '{')
			scan->depth++;
		return 0;
	}
	return strchr("\n|&;<>(){}", *scan->at) != NULL ? WRDE_BADCHAR : 0;
}

static int
check_character(struct scan *scan)
{
	char c = *scan->at;

	if (scan->quote == '\'') {
		if (c == '\'')
			scan->quote = 0;
		return 0;
	}
	switch (c) {
	case '\\':
		if (scan->at[1] == '\0')
			return WRDE_SYNTAX;
		scan->at++;
		return 0;
	case '"':
		scan->quote = scan->quote == '"' ? 0 : '"';
		return 0;
	case '\'':
		if (scan->quote == 0)
			scan->quote = c;
		return 0;
	case '$':
	case '`':
		return check_dollar(scan);
	default:
		return scan->quote == 0 || scan->depth > 0 ? check_plain(scan)
							   : 0;
	}
}

static int
check(const char *words, int flags)
{
	struct scan scan = {.at = words, .flags = flags};
	int error = 0;

	for (; error == 0 && *scan.at != '\0'; scan.at++)
		error = check_character(&scan);
	if (error == 0 && (scan.quote != 0 || scan.depth > 0))
		error = WRDE_SYNTAX;
	return error;
}

/* The words follow as the arguments of a printf. */
static char *
make_script(const char *words, int flags)
{
	static const char head[] = "printf '%s\\0' x ";
	const char *set = flags & WRDE_UNDEF ? "set -u; " : "";
	size_t size = strlen(set) + sizeof(head) + strlen(words);
	char *script = malloc(size);

	if (script != NULL)
		snprintf(script, size, "%s%s%s", set, head, words);
	return script;
}

static int
start_shell(char *script, int flags, pid_t *pid)
{
	static char name[] = "sh", option[] = "-c";
	char *arguments[] = {name, option, script, NULL};
	posix_spawn_file_actions_t actions;
	int ends[2];
	int error;

	if (pipe(ends) != 0)
		return -1;
	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
	if (ends[0] != STDOUT_FILENO)
		posix_spawn_file_actions_addclose(&actions, ends[0]);
	if (ends[1] != STDOUT_FILENO)
		posix_spawn_file_actions_addclose(&actions, ends[1]);
	if (!(flags & WRDE_SHOWERR))
		posix_spawn_file_actions_addopen(
		    &actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
	error = posix_spawn(pid, "/bin/sh", &actions, NULL, arguments, environ);
	posix_spawn_file_actions_destroy(&actions);
	(void)close(ends[1]);
	if (error == 0)
		return ends[0];
	(void)close(ends[0]);
	return -1;
}

/* Add a word; the list always has a null at its end. */
static int
add(wordexp_t *to, char *word)
{
	size_t used = to->we_offs + to->we_wordc;
	char **grown = realloc(to->we_wordv, (used + 2) * sizeof(*grown));

	if (grown == NULL) {
		free(word);
		return WRDE_NOSPACE;
	}
	to->we_wordv = grown;
	grown[used] = word;
	grown[used + 1] = NULL;
	if (word != NULL)
		to->we_wordc++;
	return 0;
}

/* The first word only says that the shell has come so far. */
static int
read_words(wordexp_t *to, FILE *from)
{
	char *line = NULL;
	size_t size = 0;
	bool started = false;
	int error = 0;

	while (error == 0 && getdelim(&line, &size, '\0', from) > 0) {
		char *word = started ? strdup(line) : NULL;

		if (started)
			error = word != NULL ? add(to, word) : WRDE_NOSPACE;
		started = true;
	}
	free(line);
	if (error == 0 && !started)
		error = WRDE_SYNTAX;
	return error;
}

static int
expand(const char *words, wordexp_t *to, int flags)
{
	char *script = make_script(words, flags);
	FILE *output = NULL;
	int error = WRDE_NOSPACE;
	int status = 0;
	int fd = -1;
	pid_t pid;

	if (script != NULL)
		fd = start_shell(script, flags, &pid);
	free(script);
	if (fd >= 0)
		output = fdopen(fd, "r");
	if (output == NULL) {
		if (fd >= 0)
			(void)close(fd);
		return WRDE_NOSPACE;
	}
	error = read_words(to, output);
	(void)fclose(output);
	while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	if (error == WRDE_SYNTAX && (flags & WRDE_UNDEF))
		error = WRDE_BADVAL;
	return error;
}

static int
prepare(wordexp_t *to, int flags)
{
	size_t offset = flags & WRDE_DOOFFS ? to->we_offs : 0;

	if (flags & WRDE_APPEND)
		return 0;
	if (flags & WRDE_REUSE)
		wordfree(to);
	to->we_offs = offset;
	to->we_wordc = 0;
	to->we_wordv = calloc(offset + 1, sizeof(*to->we_wordv));
	return to->we_wordv != NULL ? 0 : WRDE_NOSPACE;
}

int
wordexp(const char *restrict words, wordexp_t *restrict to, int flags)
{
	int error = check(words, flags);

	if (error == 0)
		error = prepare(to, flags);
	if (error == 0 && words[strspn(words, " \t")] != '\0')
		error = expand(words, to, flags);
	return error;
}

void
wordfree(wordexp_t *words)
{
	size_t i;

	if (words->we_wordv == NULL)
		return;
	for (i = 0; i < words->we_wordc; i++)
		free(words->we_wordv[words->we_offs + i]);
	free(words->we_wordv);
	words->we_wordv = NULL;
	words->we_wordc = 0;
}
