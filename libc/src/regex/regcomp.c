/* SPDX-License-Identifier: BSD-2-Clause */
/* From the tree of a regular expression to a program. */
#include <stdlib.h>
#include <string.h>

#include "regex_program.h"

struct emitter {
	struct __regex *program;
	int capacity;
	int repeats; /* that are around what is emitted */
	bool full;
};

static void emit_node(struct emitter *to, const struct regex_node *node);

static int
emit(struct emitter *to, enum regex_operation operation, int x, int y)
{
	struct __regex *program = to->program;
	struct regex_instruction *grown;

	if (program->count == to->capacity) {
		int more = to->capacity == 0 ? 32 : 2 * to->capacity;

		grown =
		    to->full || more > REGEX_SIZE_MAX
			? NULL
			: realloc(program->code, (size_t)more * sizeof(*grown));
		if (grown == NULL) {
			to->full = true;
			return 0;
		}
		program->code = grown;
		to->capacity = more;
	}
	program->code[program->count] =
	    (struct regex_instruction){operation, x, y, NULL};
	return program->count++;
}

static int
here(const struct emitter *to)
{
	return to->program->count;
}

static void
emit_choice(struct emitter *to, const struct regex_node *node)
{
	const struct regex_node *child = node->child;
	int jumps = -1; /* a chain through x */

	for (; child != NULL; child = child->next) {
		int split = -1;

		if (child->next != NULL) {
			split = emit(to, REGEX_OP_SPLIT, 0, 0);
			to->program->code[split].x = here(to);
		}
		emit_node(to, child);
		if (to->full)
			return;
		if (child->next != NULL) {
			jumps = emit(to, REGEX_OP_JUMP, jumps, 0);
			to->program->code[split].y = here(to);
		}
	}
	while (jumps >= 0 && !to->full) {
		int next = to->program->code[jumps].x;

		to->program->code[jumps].x = here(to);
		jumps = next;
	}
}

/* As often as it likes; a round that matches nothing is the last. */
static void
emit_loop(struct emitter *to, const struct regex_node *child)
{
	int loop = to->program->loops++;
	int split = emit(to, REGEX_OP_SPLIT, 0, 0);
	int once;

	to->program->code[split].x = here(to);
	emit(to, REGEX_OP_LOOP, loop, 0);
	emit_node(to, child);
	once = emit(to, REGEX_OP_ONCE, loop, 0);
	emit(to, REGEX_OP_JUMP, split, 0);
	if (to->full)
		return;
	to->program->code[split].y = here(to);
	to->program->code[once].y = here(to);
}

static void
emit_repeat(struct emitter *to, const struct regex_node *node)
{
	int optional = node->most - node->least;
	int splits = -1; /* a chain through y */
	int i;

	for (i = 0; i < node->least && !to->full; i++)
		emit_node(to, node->child);
	if (node->most == REGEX_INFINITE) {
		emit_loop(to, node->child);
		return;
	}
	for (i = 0; i < optional && !to->full; i++) {
		splits = emit(to, REGEX_OP_SPLIT, 0, splits);
		if (to->full)
			return;
		to->program->code[splits].x = here(to);
		emit_node(to, node->child);
	}
	while (splits >= 0 && !to->full) {
		int next = to->program->code[splits].y;

		to->program->code[splits].y = here(to);
		splits = next;
	}
}

static void
emit_node(struct emitter *to, const struct regex_node *node)
{
	const struct regex_node *child;
	int at;

	if (to->full)
		return;
	switch (node->kind) {
	case REGEX_EMPTY:
		break;
	case REGEX_CHARACTER:
		emit(to, REGEX_OP_CHARACTER, (int)node->character, 0);
		break;
	case REGEX_ANY:
		emit(to, REGEX_OP_ANY, 0, 0);
		break;
	case REGEX_SET:
		at = emit(to, REGEX_OP_SET, 0, 0);
		to->program->code[at].set = node->set;
		break;
	case REGEX_SEQUENCE:
		for (child = node->child; child != NULL; child = child->next)
			emit_node(to, child);
		break;
	case REGEX_CHOICE:
		emit_choice(to, node);
		break;
	case REGEX_REPEAT:
		to->repeats += node->most != 1;
		emit_repeat(to, node);
		to->repeats -= node->most != 1;
		break;
	case REGEX_GROUP:
		to->program->repeated[node->number] |= to->repeats > 0;
		emit(to, REGEX_OP_OPEN, node->number, node->inner);
		emit_node(to, node->child);
		emit(to, REGEX_OP_CLOSE, node->number, 0);
		break;
	case REGEX_REFERENCE:
		emit(to, REGEX_OP_REFERENCE, node->number, 0);
		break;
	case REGEX_LINE_START:
	case REGEX_LINE_END:
	case REGEX_WORD_START:
	case REGEX_WORD_END:
	case REGEX_WORD_EDGE:
	case REGEX_WORD_INSIDE:
		emit(to, REGEX_OP_ASSERT, (int)node->kind, 0);
		break;
	}
}

/* Where a match has to start, most of a text can be skipped. */
static int
first_byte(const struct __regex *program)
{
	int at = 0;

	while (program->code[at].operation == REGEX_OP_OPEN)
		at++;
	if (program->code[at].operation == REGEX_OP_CHARACTER &&
	    program->code[at].x < 0x80 && (program->flags & REG_ICASE) == 0)
		return program->code[at].x;
	return -1;
}

static int
make_program(struct __regex *program, struct regex_tree *tree)
{
	struct emitter to = {.program = program};

	if (program == NULL)
		return REG_ESPACE;
	emit_node(&to, tree->root);
	emit(&to, REGEX_OP_MATCH, 0, 0);
	if (to.full)
		return REG_ESPACE;
	program->groups = tree->groups;
	program->references = tree->references;
	program->first = first_byte(program);
	program->sets = tree->sets;
	tree->sets = NULL;
	return 0;
}

int
regcomp(regex_t *restrict regex, const char *restrict pattern, int flags)
{
	struct __regex *program = NULL;
	struct regex_tree tree;
	int error;

	regex->__program = NULL;
	error = __regex_parse(&tree, pattern, flags);
	if (error == 0) {
		program = calloc(1, sizeof(*program));
		if (program != NULL)
			program->flags = flags;
		error = make_program(program, &tree);
	}
	if (error != 0 && program != NULL) {
		free(program->code);
		free(program);
	}
	if (error == 0) {
		regex->re_nsub = (size_t)program->groups;
		regex->__program = program;
	}
	__regex_tree_free(&tree);
	return error;
}

void
regfree(regex_t *regex)
{
	struct __regex *program = regex->__program;

	if (program == NULL)
		return;
	__regex_sets_free(program->sets);
	free(program->code);
	free(program);
	regex->__program = NULL;
}
