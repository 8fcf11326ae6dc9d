/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Functions and the positional parameters. A call holds a reference on the
 * arena of the body, for the body may undefine the function. Frames are a
 * stack so that an error can unwind them.
 */
#include <stdlib.h>
#include <string.h>

#include "msh.h"

struct frame {
	int argc;
	char **argv;
	int loop_depth;
	struct arena *arena; /* of the body */
	struct arena *outer; /* sh.arena of the caller */
	struct saved_var *saved;
	struct frame *below;
};

#define MAX_CALLS 1000

static struct function *functions;
static struct frame *frames;
static int calls;

struct function *
function_find(const char *name)
{
	struct function *function = functions;

	while (function != NULL && strcmp(function->name, name) != 0)
		function = function->next;
	return function;
}

void
function_define(const char *name, const struct node *body)
{
	struct function *function = function_find(name);

	arena_reference(sh.arena);
	if (function == NULL) {
		function = xmalloc(sizeof(*function));
		function->name = xstrdup(name);
		function->next = functions;
		functions = function;
	} else {
		arena_release(function->arena);
	}
	function->body = body;
	function->arena = sh.arena;
}

void
function_unset(const char *name)
{
	struct function **link = &functions;
	struct function *function;

	while (*link != NULL && strcmp((*link)->name, name) != 0)
		link = &(*link)->next;
	function = *link;
	if (function == NULL)
		return;
	*link = function->next;
	arena_release(function->arena);
	free(function->name);
	free(function);
}

void
function_forget_all(void)
{
	while (functions != NULL)
		function_unset(functions->name);
}

static void
params_free(int argc, char **argv)
{
	int i;

	for (i = 0; i < argc; i++)
		free(argv[i]);
	free(argv);
}

static char **
params_copy(int argc, char *const *argv)
{
	char **copy = xmalloc(((size_t)argc + 1) * sizeof(*copy));
	int i;

	for (i = 0; i < argc; i++)
		copy[i] = xstrdup(argv[i]);
	copy[argc] = NULL;
	return copy;
}

void
params_set(int argc, char *const *argv)
{
	char **copy = params_copy(argc, argv);

	params_free(sh.argc, sh.argv);
	sh.argc = argc;
	sh.argv = copy;
	getopts_reset();
}

void
params_shift(int n)
{
	int i;

	for (i = 0; i < n; i++)
		free(sh.argv[i]);
	sh.argc -= n;
	memmove(sh.argv, sh.argv + n, ((size_t)sh.argc + 1) * sizeof(*sh.argv));
	getopts_reset();
}

static void
frame_pop(void)
{
	struct frame *frame = frames;

	frames = frame->below;
	calls--;
	params_free(sh.argc, sh.argv);
	sh.argc = frame->argc;
	sh.argv = frame->argv;
	sh.loop_depth = frame->loop_depth;
	var_restore(frame->saved);
	sh.arena = frame->outer;
	arena_release(frame->arena);
	free(frame);
}

void
function_unwind(void)
{
	while (frames != NULL)
		frame_pop();
}

bool
function_active(void)
{
	return frames != NULL;
}

int
function_call(struct function *function, int argc, char **argv, int flags)
{
	struct frame *frame;
	int status;

	if (calls >= MAX_CALLS)
		shell_error(2, "%s: calls nested too deep", function->name);
	frame = xmalloc(sizeof(*frame));
	*frame = (struct frame){
	    .argc = sh.argc,
	    .argv = sh.argv,
	    .loop_depth = sh.loop_depth,
	    .arena = function->arena,
	    .outer = sh.arena,
	    .saved = var_save_mark(),
	    .below = frames,
	};
	arena_reference(frame->arena);
	sh.argv = params_copy(argc, argv);
	sh.argc = argc;
	sh.loop_depth = 0;
	sh.arena = function->arena;
	frames = frame;
	calls++;
	status = exec_node(function->body, flags & EXEC_TESTED);
	if (sh.skip == SKIP_RETURN) {
		sh.skip = SKIP_NONE;
		status = sh.status;
	}
	frame_pop();
	return status;
}
