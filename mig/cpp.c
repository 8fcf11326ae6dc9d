/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The C preprocessor, run as a child: `cc -E -x c -undef -nostdinc flags file`.
 * The compiler may be given as several words. Its failure is ours: half a file
 * must never become half a set of stubs.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "mig.h"

/* In the child: become the preprocessor, writing to `out`. */
static void __attribute__((noreturn))
cpp_exec(const struct cpp_options *options, const char *file, int out)
{
	const char *fixed[] = {"-E", "-x", "c", "-undef", "-nostdinc"};
	size_t fixed_count = sizeof(fixed) / sizeof(fixed[0]);
	size_t n = 0;
	size_t i;
	char *word;
	char **argv = mem_alloc((strlen(options->command) + fixed_count +
				    (size_t)options->flag_count + 4) *
				sizeof(*argv));

	for (word = strtok(mem_format("%s", options->command), " ");
	     word != NULL; word = strtok(NULL, " "))
		argv[n++] = word;
	if (n == 0)
		_exit(127);
	for (i = 0; i < fixed_count; i++)
		argv[n++] = mem_format("%s", fixed[i]);
	if (mig_abi->cpu != NULL)
		argv[n++] = mem_format("-D%s=1", mig_abi->cpu);
	for (i = 0; i < (size_t)options->flag_count; i++)
		argv[n++] = options->flags[i];
	argv[n++] = mem_format("%s", file);
	argv[n] = NULL;
	if (dup2(out, STDOUT_FILENO) >= 0)
		execvp(argv[0], argv);
	fprintf(stderr, "mig: error: cannot run %s: %s\n", argv[0],
	    strerror(errno));
	_exit(127);
}

/* All that can be read from fd, with a NUL after it. */
static char *
read_all(int fd, size_t *length)
{
	size_t room = 65536;
	char *text = malloc(room);
	char *copy;
	ssize_t got;

	*length = 0;
	if (text == NULL)
		fatal("out of memory");
	while ((got = read(fd, text + *length, room - *length)) != 0) {
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			fatal("reading the preprocessor: %s", strerror(errno));
		*length += (size_t)got;
		if (*length == room) {
			char *more = realloc(text, room * 2);

			if (more == NULL)
				fatal("out of memory");
			text = more;
			room *= 2;
		}
	}
	copy = mem_text(text, *length);
	free(text);
	return copy;
}

/* Preprocess `file` ("-": standard input); does not return on failure. */
char *
cpp_run(const struct cpp_options *options, const char *file, size_t *len)
{
	int ends[2];
	int status;
	pid_t child;
	char *text;

	if (pipe(ends) != 0)
		fatal("pipe: %s", strerror(errno));
	child = fork();
	if (child < 0)
		fatal("fork: %s", strerror(errno));
	if (child == 0) {
		close(ends[0]);
		cpp_exec(options, file, ends[1]);
	}
	close(ends[1]);
	text = read_all(ends[0], len);
	close(ends[0]);
	while (waitpid(child, &status, 0) < 0)
		if (errno != EINTR)
			fatal("waitpid: %s", strerror(errno));
	if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
		fatal("%s: the preprocessor failed", file);
	return text;
}
