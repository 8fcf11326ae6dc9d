/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Trees are run by walking them. EXEC_LAST says that the process has nothing
 * to do afterwards, so that a command may be exec'ed without a fork;
 * EXEC_TESTED that someone looks at the status, so that -e does not.
 */
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "msh.h"

/* True when the loop ends; a continue for this loop is used up. */
static bool
loop_ends(void)
{
	if (sh.skip == SKIP_NONE)
		return false;
	if (sh.skip == SKIP_RETURN)
		return true;
	if (--sh.skip_count > 0)
		return true;
	if (sh.skip == SKIP_CONTINUE) {
		sh.skip = SKIP_NONE;
		return false;
	}
	sh.skip = SKIP_NONE;
	return true;
}

static int
exec_while(const struct node *node, int flags)
{
	bool wanted = node->kind == NODE_WHILE;
	int status = 0;

	sh.loop_depth++;
	for (;;) {
		int test = exec_node(node->left, EXEC_TESTED);

		if (sh.skip != SKIP_NONE) {
			if (loop_ends())
				break;
			continue;
		}
		if ((test == 0) != wanted)
			break;
		status = exec_node(node->right, flags & EXEC_TESTED);
		if (loop_ends())
			break;
	}
	sh.loop_depth--;
	return sh.skip == SKIP_RETURN ? sh.status : status;
}

static int
exec_for(const struct node *node, int flags)
{
	struct arena_mark mark = arena_mark(sh.tmp);
	struct field_list list;
	int status = 0;
	size_t i;
	int p;

	fields_init(&list, sh.tmp);
	if (node->in_given)
		expand_words(node->words, &list);
	else
		for (p = 0; p < sh.argc; p++)
			fields_add(&list,
			    arena_copy(sh.tmp, sh.argv[p], strlen(sh.argv[p])));
	sh.loop_depth++;
	for (i = 0; i < list.count; i++) {
		var_set(node->name, list.items[i], 0);
		status = exec_node(node->left, flags & EXEC_TESTED);
		if (loop_ends())
			break;
	}
	sh.loop_depth--;
	arena_rewind(sh.tmp, mark);
	return status;
}

/* The arm whose pattern matches, or NULL. */
static const struct arm *
find_arm(const struct node *node)
{
	const char *text = expand_single(node->words);
	const struct arm *arm;
	const struct word *pattern;

	for (arm = node->arms; arm != NULL; arm = arm->next)
		for (pattern = arm->patterns; pattern != NULL;
		     pattern = pattern->next)
			if (pattern_match(expand_pattern(pattern), text))
				return arm;
	return NULL;
}

static int
exec_case(const struct node *node, int flags)
{
	struct arena_mark mark = arena_mark(sh.tmp);
	const struct arm *arm;

	sh.line = node->line;
	arm = find_arm(node);
	arena_rewind(sh.tmp, mark);
	if (arm == NULL || arm->body == NULL)
		return 0;
	return exec_node(arm->body, flags);
}

static int
exec_if(const struct node *node, int flags)
{
	int test = exec_node(node->left, EXEC_TESTED);

	if (sh.skip != SKIP_NONE)
		return test;
	if (test == 0)
		return exec_node(node->right, flags);
	return node->other != NULL ? exec_node(node->other, flags) : 0;
}

static int
exec_and_or(const struct node *node, int flags)
{
	int status = exec_node(node->left, EXEC_TESTED);

	if (sh.skip != SKIP_NONE || (status == 0) != (node->kind == NODE_AND))
		return status;
	return exec_node(node->right, flags);
}

/* In a stage of a pipeline: put the pipe's ends where they belong. */
static void
stage_connect(int input, const int *output)
{
	if (input >= 0) {
		dup2(input, STDIN_FILENO);
		close(input);
	}
	if (output != NULL) {
		close(output[0]);
		if (output[1] != STDOUT_FILENO) {
			dup2(output[1], STDOUT_FILENO);
			close(output[1]);
		}
	}
}

static struct job *
start_pipeline(
    const struct node *pipeline, const struct node *text, bool background)
{
	const struct node *stage;
	struct job *job;
	int count = 0;
	int input = -1;

	for (stage = pipeline->left; stage != NULL; stage = stage->next)
		count++;
	job = job_new(text, count);
	for (stage = pipeline->left; stage != NULL; stage = stage->next) {
		int ends[2] = {-1, -1};
		bool last = stage->next == NULL;

		if (!last && pipe(ends) != 0)
			job_give_up(job, "pipe", input, ends);
		if (job_fork_piped(job, background, input, ends) == 0) {
			stage_connect(input, last ? NULL : ends);
			shell_exit(exec_node(stage, EXEC_LAST));
		}
		if (input >= 0)
			close(input);
		if (!last)
			close(ends[1]);
		input = ends[0];
	}
	return job;
}

static int
exec_background(const struct node *node)
{
	struct job *job;

	if (node->left->kind == NODE_PIPE) {
		job = start_pipeline(node->left, node->left, true);
	} else {
		job = job_new(node->left, 1);
		if (job_fork(job, true) == 0)
			shell_exit(exec_node(node->left, EXEC_LAST));
	}
	job_background(job);
	return 0;
}

static int
exec_subshell(const struct node *node, int flags)
{
	struct job *job;

	if (!(flags & EXEC_LAST) || trap_any() || sh.job_control) {
		job = job_new(node, 1);
		if (job_fork(job, false) != 0)
			return job_wait(job);
	}
	sh.subshell = true;
	if (redir_apply(node->redirs, false) != 0)
		shell_exit(2);
	shell_exit(exec_node(node->left, EXEC_LAST | (flags & EXEC_TESTED)));
}

static int
exec_compound(const struct node *node, int flags)
{
	switch (node->kind) {
	case NODE_IF:
		return exec_if(node, flags);
	case NODE_WHILE:
	case NODE_UNTIL:
		return exec_while(node, flags);
	case NODE_FOR:
		return exec_for(node, flags);
	case NODE_CASE:
		return exec_case(node, flags);
	case NODE_SIMPLE:
	case NODE_PIPE:
	case NODE_AND:
	case NODE_OR:
	case NODE_SEQUENCE:
	case NODE_BACKGROUND:
	case NODE_NOT:
	case NODE_SUBSHELL:
	case NODE_FUNCTION:
	case NODE_GROUP:
	default:
		return exec_node(node->left, flags);
	}
}

/* A compound command with its redirections around it. */
static int
exec_redirected(const struct node *node, int flags)
{
	struct arena_mark mark = arena_mark(sh.tmp);
	int undo = redir_mark();
	int status = 2;

	if (node->redirs == NULL)
		return exec_compound(node, flags);
	if (redir_apply(node->redirs, true) == 0)
		status = exec_compound(node, flags & ~EXEC_LAST);
	redir_restore(undo);
	arena_rewind(sh.tmp, mark);
	return status;
}

/* -e: leave when a command failed and nobody asks. */
static int
checked(int status, int flags)
{
	sh.status = status;
	if (status != 0 && OPT('e') && !(flags & EXEC_TESTED) &&
	    sh.skip == SKIP_NONE)
		shell_exit(status);
	return status;
}

static int
exec_one(const struct node *node, int flags)
{
	switch (node->kind) {
	case NODE_SIMPLE:
		return checked(command_run(node, flags), flags);
	case NODE_PIPE:
		return checked(
		    job_wait(start_pipeline(node, node, false)), flags);
	case NODE_SUBSHELL:
		return checked(exec_subshell(node, flags), flags);
	case NODE_AND:
	case NODE_OR:
		return exec_and_or(node, flags);
	case NODE_BACKGROUND:
		return exec_background(node);
	case NODE_NOT:
		return exec_node(node->left, EXEC_TESTED) == 0;
	case NODE_FUNCTION:
		function_define(node->name, node->left);
		return 0;
	case NODE_SEQUENCE:
	case NODE_GROUP:
	case NODE_IF:
	case NODE_WHILE:
	case NODE_UNTIL:
	case NODE_FOR:
	case NODE_CASE:
	default:
		return exec_redirected(node, flags);
	}
}

int
exec_node(const struct node *node, int flags)
{
	while (node->kind == NODE_SEQUENCE) {
		sh.status = exec_node(node->left, flags & EXEC_TESTED);
		if (sh.skip != SKIP_NONE)
			return sh.status;
		node = node->right;
	}
	if (trap_pending)
		trap_run_pending();
	if (OPT('n') && !sh.interactive)
		return 0;
	sh.status = exec_one(node, flags);
	if (trap_pending)
		trap_run_pending();
	return sh.status;
}

int
exec_input(int flags)
{
	struct arena *outer = sh.arena;
	struct node *node;
	bool ran = false;

	while (sh.skip == SKIP_NONE && parse_next(&node)) {
		bool last = (flags & EXEC_LAST) && input_at_end();

		if (node == NULL)
			continue;
		ran = true;
		sh.arena = lexer.arena;
		exec_node(node, (flags & EXEC_TESTED) | (last ? EXEC_LAST : 0));
	}
	sh.arena = outer;
	if (!ran && sh.skip == SKIP_NONE)
		sh.status = 0;
	return sh.status;
}

int
exec_string(const char *text, int flags)
{
	struct lexer saved = lexer;
	int status;

	input_push_string(text, input_line(), true);
	status = exec_input(flags);
	input_pop();
	lexer = saved;
	return status;
}
