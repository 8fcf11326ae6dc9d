/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Where the shell's text comes from: a stack of strings, files and the
 * terminal. A source holds whole lines, so one character may always be put
 * back. Descriptor 0 is never read past the line in use, for the commands
 * in a script fed on stdin read from there too.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "msh.h"

enum source {
	SOURCE_STRING, /* all there is is in `text` */
	SOURCE_ALIAS,  /* likewise, and the end goes on below */
	SOURCE_FILE,
	SOURCE_TERMINAL,
};

struct input {
	enum source source;
	bool shared; /* others read this descriptor: lines only */
	bool seekable;
	bool at_end;
	int fd;
	int line;
	char *name;
	char *text; /* malloc'ed */
	size_t position;
	size_t length;
	char *block; /* FILE: read ahead, when not shared */
	size_t block_position;
	size_t block_length;
	struct alias *alias;
	struct arena *arena;
	struct input *below;
};

#define BLOCK_SIZE 4096

static struct input *top;
int input_prompt;
bool input_blank_alias;

static struct input *
input_push(enum source source, int fd, int line)
{
	struct input *in = xmalloc(sizeof(*in));

	*in = (struct input){
	    .source = source, .fd = fd, .line = line, .below = top};
	top = in;
	return in;
}

void
input_push_string(const char *text, int line, bool stop)
{
	struct input *in =
	    input_push(stop ? SOURCE_STRING : SOURCE_ALIAS, -1, line);

	in->text = xstrdup(text);
	in->length = strlen(text);
}

/*
 * A blank is put after the text so that the alias is still in use while its
 * last word is looked at: an alias may name itself.
 */
void
input_push_alias(const char *text, struct alias *alias)
{
	struct input *in = input_push(SOURCE_ALIAS, -1, input_line());

	in->length = strlen(text) + 1;
	in->text = xmalloc(in->length + 1);
	memcpy(in->text, text, in->length);
	in->text[in->length - 1] = ' ';
	in->text[in->length] = '\0';
	in->alias = alias;
	alias->active = true;
}

void
input_push_file(int fd, const char *name)
{
	struct input *in = input_push(SOURCE_FILE, fd, 1);

	in->name = name != NULL ? xstrdup(name) : NULL;
	in->shared = fd == STDIN_FILENO;
	in->seekable = in->shared && lseek(fd, 0, SEEK_CUR) >= 0;
}

void
input_push_terminal(void)
{
	input_push(SOURCE_TERMINAL, STDIN_FILENO, 1)->shared = true;
}

void
input_pop(void)
{
	struct input *in = top;

	top = in->below;
	if (in->alias != NULL) {
		input_blank_alias |=
		    in->length > 1 &&
		    strchr(" \t", in->text[in->length - 2]) != NULL;
		alias_done(in->alias);
	}
	if (in->fd > STDIN_FILENO)
		close(in->fd);
	arena_release(in->arena);
	free(in->name);
	free(in->text);
	free(in->block);
	free(in);
}

struct input *
input_mark(void)
{
	return top;
}

void
input_unwind(struct input *mark)
{
	while (top != mark)
		input_pop();
}

void
input_forget(void)
{
	input_unwind(NULL);
}

static ssize_t
read_retry(int fd, char *to, size_t size)
{
	ssize_t n;

	do {
		n = read(fd, to, size);
		if (n < 0 && errno == EINTR && trap_pending && sh.top != NULL)
			trap_run_pending();
	} while (n < 0 && errno == EINTR);
	if (n < 0 && errno == EISDIR)
		shell_error(126, "%s: %s", input_name(), strerror(errno));
	return n;
}

/* Move `size` bytes of the block into the line buffer. */
static void
line_append(struct input *in, size_t *capacity, const char *from, size_t size)
{
	if (in->text == NULL || in->length + size + 1 > *capacity) {
		*capacity = (in->length + size + 1) * 2;
		in->text = xrealloc(in->text, *capacity);
	}
	memcpy(in->text + in->length, from, size);
	in->length += size;
}

/* Fetch the block to take from; false at the end. */
static bool
block_fill(struct input *in)
{
	ssize_t n;

	if (in->block_position < in->block_length)
		return true;
	if (in->block == NULL)
		in->block = xmalloc(BLOCK_SIZE);
	n = read_retry(
	    in->fd, in->block, in->shared && !in->seekable ? 1 : BLOCK_SIZE);
	if (n <= 0)
		return false;
	in->block_position = 0;
	in->block_length = (size_t)n;
	return true;
}

static bool
fill_from_file(struct input *in)
{
	size_t capacity = 0;
	bool newline = false;

	free(in->text);
	in->text = NULL;
	while (!newline && block_fill(in)) {
		char *from = in->block + in->block_position;
		size_t left = in->block_length - in->block_position;
		char *end = memchr(from, '\n', left);
		size_t size = end != NULL ? (size_t)(end - from) + 1 : left;

		line_append(in, &capacity, from, size);
		in->block_position += size;
		newline = end != NULL;
	}
	if (in->seekable && in->block_position < in->block_length) {
		lseek(in->fd, -(off_t)(in->block_length - in->block_position),
		    SEEK_CUR);
		in->block_position = in->block_length;
	}
	return in->length > 0;
}

static const char *
prompt_text(void)
{
	const char *name = input_prompt == 2 ? "PS2" : "PS1";
	const char *raw = var_get(name);
	struct lexer saved = lexer;
	char *text;

	if (raw == NULL)
		return "";
	lexer = (struct lexer){.arena = sh.tmp};
	text = expand_single(lex_quoted_text(raw, sh.tmp));
	lexer = saved;
	return text;
}

static bool
fill_from_terminal(struct input *in)
{
	bool interrupted = false;
	const char *prompt;

	if (input_prompt == 1)
		job_notify();
	prompt = input_prompt != 0 ? prompt_text() : "";
	free(in->text);
	in->text = NULL;
	if (!edit_usable()) {
		fputs(prompt, stderr);
		fflush(stderr);
		if (input_prompt == 1)
			input_prompt = 2;
		return fill_from_file(in);
	}
	in->text = edit_line(prompt, &interrupted);
	if (input_prompt == 1)
		input_prompt = 2;
	if (interrupted)
		shell_unwind(130);
	if (in->text == NULL)
		return false;
	in->length = strlen(in->text);
	return true;
}

/* Get the next line of a file or of the terminal. */
static bool
fill(struct input *in)
{
	bool more = false;

	if (in->at_end || in->source == SOURCE_STRING ||
	    in->source == SOURCE_ALIAS)
		return false;
	in->length = 0;
	in->position = 0;
	if (in->source == SOURCE_FILE)
		more = fill_from_file(in);
	else if (in->source == SOURCE_TERMINAL)
		more = fill_from_terminal(in);
	if (!more) {
		in->at_end = true;
		return false;
	}
	if (OPT('v'))
		fwrite(in->text, 1, in->length, stderr);
	return true;
}

int
input_getc(void)
{
	while (top != NULL) {
		struct input *in = top;

		if (in->position < in->length || fill(in)) {
			int c = (unsigned char)in->text[in->position++];

			if (c == '\n' && in->source != SOURCE_ALIAS)
				in->line++;
			return c;
		}
		if (in->source != SOURCE_ALIAS)
			return INPUT_EOF;
		input_pop();
	}
	return INPUT_EOF;
}

void
input_unget(int c)
{
	if (c == INPUT_EOF || top == NULL || top->position == 0)
		return;
	top->position--;
	if (c == '\n' && top->source != SOURCE_ALIAS)
		top->line--;
}

void
input_discard_line(void)
{
	if (top != NULL)
		top->position = top->length;
}

int
input_line(void)
{
	const struct input *in = top;

	while (in != NULL && in->source == SOURCE_ALIAS && in->below != NULL)
		in = in->below;
	return in != NULL ? in->line : 0;
}

/* No file is read: what runs was typed. */
bool
input_at_terminal(void)
{
	const struct input *in = top;

	while (in != NULL && in->source != SOURCE_FILE)
		in = in->below;
	return in == NULL;
}

const char *
input_name(void)
{
	const struct input *in = top;

	while (in != NULL && in->name == NULL)
		in = in->below;
	return in != NULL ? in->name : sh.name;
}

void
input_set_arena(struct arena *arena)
{
	struct input *in = top;

	while (in != NULL && in->source == SOURCE_ALIAS)
		in = in->below;
	if (in == NULL)
		return;
	arena_release(in->arena);
	in->arena = arena;
}

bool
input_at_end(void)
{
	const char *rest;

	if (top == NULL || top->source != SOURCE_STRING)
		return false;
	rest = top->text + top->position;
	return rest[strspn(rest, " \t\n")] == '\0';
}

void
input_revive(void)
{
	if (top != NULL)
		top->at_end = false;
}
