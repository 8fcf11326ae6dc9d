/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The C preprocessor, run as a child: `cc -E -x c -undef flags file`. Whoever
 * builds systems with typed messages gives the whole command instead, -cc or
 * CPP. Commands may be several words. The preprocessor's failure is ours: half
 * a file must never become half a set of stubs.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "mig.h"

struct command {
	char **argv;
	size_t count;
};

/* Room for `more` words besides those of `text`, which go first. */
static void
start_command(struct command *c, const char *text, size_t more)
{
	char *word;

	c->argv = mem_alloc((strlen(text) + more + 1) * sizeof(*c->argv));
	c->count = 0;
	for (word = strtok(mem_format("%s", text), " "); word != NULL;
	     word = strtok(NULL, " "))
		c->argv[c->count++] = word;
}

static const char *
environment(const char *name, const char *otherwise)
{
	const char *value = getenv(name);

	return value != NULL && value[0] != '\0' ? value : otherwise;
}

/* The compiler, told to preprocess for the machine of the format. */
static void
start_compiler(
    struct command *c, const struct cpp_options *options, size_t more)
{
	static const char *const fixed[] = {
	    "-E", "-x", "c", "-undef", "-Wno-endif-labels"};
	const char *compiler = environment("MIGCC", "cc");
	const char *system = environment("SDKROOT", NULL);
	size_t i;

	if (mig_abi->typed)
		compiler =
		    environment("TARGET_CC", environment("CC", compiler));
	if (options->command != NULL)
		compiler = options->command;
	start_command(c, compiler, more + 15);
	if (c->count == 0)
		return;
	for (i = 0; i < sizeof(fixed) / sizeof(fixed[0]); i++)
		c->argv[c->count++] = mem_format("%s", fixed[i]);
	if (!mig_abi->typed) {
		if (!options->standard_folders)
			c->argv[c->count++] = mem_format("-nostdinc");
		c->argv[c->count++] = mem_format("-D__MACH30__");
	}
	if (options->standard_folders && system != NULL) {
		c->argv[c->count++] = mem_format("-isysroot");
		c->argv[c->count++] = mem_format("%s", system);
	}
	for (i = 0; mig_macros[i] != NULL; i++)
		c->argv[c->count++] = mem_format("-D%s=1", mig_macros[i]);
}

/* In the child: become the preprocessor, writing to `out`. */
static void __attribute__((noreturn))
cpp_exec(const struct cpp_options *options, int out)
{
	struct command c;
	const char *whole = options->command;
	size_t more =
	    (size_t)options->flag_count + (size_t)options->source_count;
	int i;

	if (whole == NULL)
		whole = environment("CPP", NULL);
	if (mig_abi->typed && whole != NULL)
		start_command(&c, whole, more);
	else
		start_compiler(&c, options, more);
	if (c.count == 0)
		_exit(127);
	for (i = 0; i < options->flag_count; i++)
		c.argv[c.count++] = options->flags[i];
	for (i = 0; i < options->source_count; i++)
		c.argv[c.count++] = options->sources[i];
	if (dup2(out, STDOUT_FILENO) >= 0)
		execvp(c.argv[0], c.argv);
	fprintf(stderr, "mig: error: cannot run %s: %s\n", c.argv[0],
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

/*
 * Preprocess the sources, unless that is done; `file` is what messages call
 * them. Does not return on failure.
 */
char *
cpp_run(const struct cpp_options *options, const char *file, size_t *len)
{
	int ends[2];
	int status;
	pid_t child;
	char *text;

	if (options->done)
		return read_all(STDIN_FILENO, len);
	if (pipe(ends) != 0)
		fatal("pipe: %s", strerror(errno));
	child = fork();
	if (child < 0)
		fatal("fork: %s", strerror(errno));
	if (child == 0) {
		close(ends[0]);
		cpp_exec(options, ends[1]);
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
