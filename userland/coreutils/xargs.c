/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * usage: xargs [-0prtx] [-E EOF] [-I TEXT] [-L|-n|-s N] [COMMAND [ARG...]]
 * help: run a command with arguments read from standard input
 *
 * Words are separated by blanks and newlines; quotes and backslashes keep them
 * together. With -I a line is one word, with -0 what ends in a null byte.
 */
#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "lib/util.h"

UTILITY("xargs [-0prtx] [-E EOF] [-I TEXT] [-L|-n|-s N] [COMMAND [ARG...]]",
    "run a command with arguments read from standard input");

#define SIZE_MAX_DEFAULT (128LL * 1024)
#define ROOM             2048 /* what POSIX leaves to the command itself */

enum { FAILED = 123, GAVE_UP = 124, KILLED = 125 };

static bool by_nulls;
static bool ask;
static bool not_without; /* -r */
static bool trace;
static bool strict; /* -x */
static const char *end_word;
static const char *insert;  /* -I */
static long long max_lines; /* of a command; 0: any */
static long long max_words;
static long long max_size;  /* of the words of a command */
static long long exec_size; /* and of pointers to them */
static FILE *terminal;

static char **command; /* as it was given */
static int command_count;
static char **words;
static size_t count;
static size_t capacity;
static long long size; /* of the command with its words */
static char *word;     /* the one being read */
static size_t word_length;
static size_t word_capacity;
static bool at_end;

static void
add_byte(int c)
{
	if (word_length == word_capacity) {
		word_capacity = word_capacity * 2 + 64;
		word = xrealloc(word, word_capacity);
	}
	word[word_length++] = (char)c;
}

/* Up to the quote that ends it. */
static void
read_quoted(int quote)
{
	int c;

	while ((c = getchar()) != quote) {
		if (c == EOF || c == '\n')
			die("a quote is not ended");
		add_byte(c);
	}
}

static bool
ends_word(int c)
{
	if (c == EOF || c == '\n')
		return true;
	return insert == NULL && isblank(c);
}

/*
 * The next word to `word`; what it ended with to *end. False: there is none
 * in front of *end.
 */
static bool
read_word(int *end)
{
	bool any = false;
	int c;

	word_length = 0;
	if (by_nulls) {
		while ((c = getchar()) != EOF && c != '\0')
			add_byte(c);
		*end = c == EOF ? EOF : '\n';
		any = c == '\0' || word_length > 0;
		add_byte('\0');
		return any;
	}
	do
		c = getchar();
	while (c != EOF && isblank(c));
	for (; !ends_word(c); c = getchar()) {
		any = true;
		if (c == '"' || c == '\'') {
			read_quoted(c);
			continue;
		}
		if (c == '\\')
			c = getchar();
		if (c != EOF)
			add_byte(c);
	}
	*end = c;
	add_byte('\0');
	return any;
}

static void
add_word(char *text)
{
	if (count + 1 >= capacity) {
		capacity = capacity * 2 + 16;
		words = xrealloc(words, capacity * sizeof(*words));
	}
	words[count++] = text;
	words[count] = NULL;
	size += (long long)strlen(text) + 1;
}

/* Forget what was read, keep the command's own words. */
static void
begin(void)
{
	while (count > (size_t)command_count)
		free(words[--count]);
	count = 0;
	size = 0;
	for (int i = 0; i < command_count; i++)
		add_word(command[i]);
}

/* With -p: does who sits at the terminal want it? */
static bool
confirmed(void)
{
	struct line line = {.text = NULL};
	bool yes;

	if (terminal == NULL)
		terminal = fopen("/dev/tty", "r");
	if (terminal == NULL)
		die_errno("/dev/tty");
	yes = line_read(&line, terminal) &&
	      (*line.text == 'y' || *line.text == 'Y');
	free(line.text);
	return yes;
}

static bool
announce(char **list)
{
	if (!trace && !ask)
		return true;
	for (int i = 0; list[i] != NULL; i++)
		fprintf(stderr, "%s%s", i > 0 ? " " : "", list[i]);
	fputs(ask ? " ?..." : "\n", stderr);
	return !ask || confirmed();
}

static void
judge(const char *name, int status)
{
	if (WIFSIGNALED(status)) {
		warn_text("%s: ended by signal %d", name, WTERMSIG(status));
		exit(KILLED);
	}
	if (WEXITSTATUS(status) == 255) {
		warn_text("%s: wants no more", name);
		exit(GAVE_UP);
	}
	if (WEXITSTATUS(status) != 0)
		util_status = FAILED;
}

/* The command finds nothing on its standard input. */
static void
run(char **list)
{
	posix_spawn_file_actions_t actions;
	int status = 0;
	int error;
	pid_t pid;

	if (!announce(list))
		return;
	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_addopen(
	    &actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
	error = posix_spawnp(&pid, list[0], &actions, NULL, list, environ);
	posix_spawn_file_actions_destroy(&actions);
	if (error != 0) {
		errno = error;
		warn_errno(list[0]);
		exit(error == ENOENT ? 127 : 126);
	}
	while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
		continue;
	judge(list[0], status);
}

/* The text with the word in the place of each `insert`. */
static char *
inserted(const char *text)
{
	size_t length = strlen(insert);
	char *result = NULL;
	size_t used = 0;

	for (;;) {
		const char *found = strstr(text, insert);
		size_t before =
		    found != NULL ? (size_t)(found - text) : strlen(text);

		result = xrealloc(result, used + before + word_length + 1);
		memcpy(result + used, text, before);
		used += before;
		if (found == NULL)
			break;
		memcpy(result + used, word, word_length - 1);
		used += word_length - 1;
		text = found + length;
	}
	result[used] = '\0';
	return result;
}

static void
run_with_insertion(void)
{
	char **list = xmalloc(((size_t)command_count + 1) * sizeof(*list));

	for (int i = 0; i < command_count; i++)
		list[i] = inserted(command[i]);
	list[command_count] = NULL;
	run(list);
	for (int i = 0; i < command_count; i++)
		free(list[i]);
	free(list);
}

static void
insert_lines(void)
{
	int end;

	do {
		if (!read_word(&end))
			continue;
		if (end_word != NULL && strcmp(word, end_word) == 0)
			return;
		run_with_insertion();
	} while (end != EOF);
}

/* Does one more word go with those that wait? */
static bool
has_room(void)
{
	long long more = size + (long long)word_length;

	return more < max_size &&
	       more + (long long)((count + 1) * sizeof(char *)) < exec_size;
}

static void
flush_words(void)
{
	if (count > (size_t)command_count)
		run(words);
	begin();
}

static void
take_word(void)
{
	if (!has_room()) {
		if (strict && (max_lines > 0 || max_words > 0))
			die("the arguments do not fit");
		flush_words();
	}
	if (!has_room())
		die("an argument does not fit");
	add_word(xstrdup(word));
}

/* A line that ends in a blank goes on in the next. */
static void
collect(void)
{
	long long lines = 0;
	bool line_begun = false;
	bool any = false;
	int end;

	begin();
	while (!at_end) {
		bool found = read_word(&end);

		at_end = end == EOF;
		if (found && end_word != NULL && strcmp(word, end_word) == 0)
			break;
		if (found) {
			take_word();
			any = true;
			line_begun = true;
		}
		if (found && end == '\n' && line_begun) {
			lines++;
			line_begun = false;
		}
		if ((max_words > 0 &&
			count == (size_t)(command_count + max_words)) ||
		    (max_lines > 0 && lines == max_lines)) {
			flush_words();
			lines = 0;
		}
	}
	if (!any && !not_without)
		run(words);
	flush_words();
}

static void
set_option(int option)
{
	if (option == '0')
		by_nulls = true;
	else if (option == 'p')
		ask = true;
	else if (option == 'r')
		not_without = true;
	else if (option == 't')
		trace = true;
	else if (option == 'x')
		strict = true;
	else if (option == 'E')
		end_word = *optarg != '\0' ? optarg : NULL;
	else if (option == 'I')
		insert = optarg;
	else if (option == 'L')
		max_lines = number_arg(optarg, 1, INT_MAX);
	else if (option == 'n')
		max_words = number_arg(optarg, 1, INT_MAX);
	else if (option == 's')
		max_size = number_arg(optarg, 1, max_size);
	else
		util_usage_exit();
}

static long long
size_limit(void)
{
	long long limit = sysconf(_SC_ARG_MAX);

	if (limit < 0 || limit > SIZE_MAX_DEFAULT)
		limit = SIZE_MAX_DEFAULT;
	for (char **at = environ; *at != NULL; at++)
		limit -= (long long)(strlen(*at) + 1 + sizeof(char *));
	return limit - ROOM;
}

int
main(int argc, char **argv)
{
	static char echo[] = "echo";
	static char *only_echo[] = {echo, NULL};
	int option;

	util_init(argc, argv);
	exec_size = size_limit();
	max_size = exec_size;
	/* Options behind the command are the command's. */
	while ((option = getopt(argc, argv, "+0prtxE:I:L:n:s:")) != -1)
		set_option(option);
	command = optind < argc ? argv + optind : only_echo;
	command_count = optind < argc ? argc - optind : 1;
	if (insert != NULL)
		insert_lines();
	else
		collect();
	free(words);
	free(word);
	return util_exit(util_status);
}
