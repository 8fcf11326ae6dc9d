/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Trees as text: for `jobs`, `type`, set -x of here-documents' delimiters,
 * and the parser's tests. What is printed parses to the same tree, but for
 * here-documents, whose bodies are left out.
 */
#include <stdio.h>
#include <string.h>

#include "msh.h"

const char *
word_literal(const struct word *word)
{
	const struct part *part = word->parts;

	if (part == NULL || part->next != NULL || part->quoted ||
	    part->kind != PART_LITERAL)
		return NULL;
	return part->text;
}

/* Literal text that was quoted, quoted again. */
static void
print_literal(const struct part *part, struct strbuf *sb)
{
	const char *p;

	if (!part->quoted) {
		strbuf_string(sb, part->text);
		return;
	}
	strbuf_add(sb, '\'');
	for (p = part->text; *p != '\0'; p++) {
		if (*p == '\'')
			strbuf_string(sb, "'\\'");
		strbuf_add(sb, *p);
	}
	strbuf_add(sb, '\'');
}

static void print_part(const struct part *part, struct strbuf *sb);

static void
print_param(const struct part *part, struct strbuf *sb)
{
	static const char *const operators[] = {
	    [PARAM_PLAIN] = "",
	    [PARAM_LENGTH] = "",
	    [PARAM_DEFAULT] = "-",
	    [PARAM_ASSIGN] = "=",
	    [PARAM_ERROR] = "?",
	    [PARAM_OTHER] = "+",
	    [PARAM_CUT_HEAD] = "#",
	    [PARAM_CUT_HEAD_LONG] = "##",
	    [PARAM_CUT_TAIL] = "%",
	    [PARAM_CUT_TAIL_LONG] = "%%",
	};

	strbuf_string(sb, part->op == PARAM_LENGTH ? "${#" : "${");
	strbuf_string(sb, part->text);
	if (part->colon)
		strbuf_add(sb, ':');
	strbuf_string(sb, operators[part->op]);
	if (part->word != NULL)
		ast_print_word(part->word, sb);
	strbuf_add(sb, '}');
}

/* An expression: as it is, for quotes are nothing to it. */
static void
print_expression(const struct word *word, struct strbuf *sb)
{
	const struct part *part;

	for (part = word->parts; part != NULL; part = part->next) {
		struct part plain = *part;

		plain.quoted = false;
		print_part(&plain, sb);
	}
}

static void
print_part(const struct part *part, struct strbuf *sb)
{
	if (part->kind == PART_LITERAL) {
		print_literal(part, sb);
		return;
	}
	if (part->quoted)
		strbuf_add(sb, '"');
	switch (part->kind) {
	case PART_PARAM:
		print_param(part, sb);
		break;
	case PART_COMMAND:
		strbuf_string(sb, "$(");
		if (part->node != NULL)
			ast_print(part->node, sb);
		strbuf_add(sb, ')');
		break;
	case PART_ARITH:
		strbuf_string(sb, "$((");
		print_expression(part->word, sb);
		strbuf_string(sb, "))");
		break;
	case PART_LITERAL:
	default:
		break;
	}
	if (part->quoted)
		strbuf_add(sb, '"');
}

void
ast_print_word(const struct word *word, struct strbuf *sb)
{
	const struct part *part;

	for (part = word->parts; part != NULL; part = part->next)
		print_part(part, sb);
}

static void
print_words(const struct word *word, const char *separator, struct strbuf *sb)
{
	for (; word != NULL; word = word->next) {
		ast_print_word(word, sb);
		if (word->next != NULL)
			strbuf_string(sb, separator);
	}
}

static void
print_redirs(const struct redir *redir, struct strbuf *sb)
{
	static const char *const operators[] = {
	    [REDIR_IN] = "<",
	    [REDIR_OUT] = ">",
	    [REDIR_APPEND] = ">>",
	    [REDIR_CLOBBER] = ">|",
	    [REDIR_BOTH] = "<>",
	    [REDIR_DUP_IN] = "<&",
	    [REDIR_DUP_OUT] = ">&",
	    [REDIR_HERE] = "<<",
	};
	char number[16];

	for (; redir != NULL; redir = redir->next) {
		bool output = redir->kind == REDIR_OUT ||
			      redir->kind == REDIR_APPEND ||
			      redir->kind == REDIR_CLOBBER ||
			      redir->kind == REDIR_DUP_OUT;

		strbuf_add(sb, ' ');
		if (redir->fd != (output ? 1 : 0)) {
			snprintf(number, sizeof(number), "%d", redir->fd);
			strbuf_string(sb, number);
		}
		strbuf_string(sb, operators[redir->kind]);
		if (redir->kind == REDIR_HERE)
			strbuf_string(sb, "...");
		else
			ast_print_word(redir->word, sb);
	}
}

static void
print_simple(const struct node *node, struct strbuf *sb)
{
	print_words(node->assigns, " ", sb);
	if (node->assigns != NULL && node->words != NULL)
		strbuf_add(sb, ' ');
	print_words(node->words, " ", sb);
}

/* `a` text `b`, where the texts are put around or between nodes. */
static void
print_pair(const struct node *node, const char *middle, struct strbuf *sb)
{
	ast_print(node->left, sb);
	strbuf_string(sb, middle);
	if (node->right != NULL)
		ast_print(node->right, sb);
}

static void
print_list(const struct node *node, struct strbuf *sb)
{
	ast_print(node, sb);
	strbuf_string(sb, node->kind == NODE_BACKGROUND ? " " : "; ");
}

static void
print_if(const struct node *node, struct strbuf *sb)
{
	strbuf_string(sb, "if ");
	print_list(node->left, sb);
	strbuf_string(sb, "then ");
	print_list(node->right, sb);
	if (node->other != NULL) {
		strbuf_string(sb, "else ");
		print_list(node->other, sb);
	}
	strbuf_string(sb, "fi");
}

static void
print_for(const struct node *node, struct strbuf *sb)
{
	strbuf_string(sb, "for ");
	strbuf_string(sb, node->name);
	if (node->in_given) {
		strbuf_string(sb, " in ");
		print_words(node->words, " ", sb);
	}
	strbuf_string(sb, "; do ");
	print_list(node->left, sb);
	strbuf_string(sb, "done");
}

static void
print_case(const struct node *node, struct strbuf *sb)
{
	const struct arm *arm;

	strbuf_string(sb, "case ");
	ast_print_word(node->words, sb);
	strbuf_string(sb, " in ");
	for (arm = node->arms; arm != NULL; arm = arm->next) {
		strbuf_add(sb, '(');
		print_words(arm->patterns, "|", sb);
		strbuf_string(sb, ") ");
		if (arm->body != NULL)
			ast_print(arm->body, sb);
		strbuf_string(sb, ";; ");
	}
	strbuf_string(sb, "esac");
}

static void
print_pipe(const struct node *node, struct strbuf *sb)
{
	const struct node *stage;

	for (stage = node->left; stage != NULL; stage = stage->next) {
		ast_print(stage, sb);
		if (stage->next != NULL)
			strbuf_string(sb, " | ");
	}
}

static void
print_enclosed(const struct node *node, struct strbuf *sb)
{
	if (node->kind == NODE_SUBSHELL) {
		strbuf_add(sb, '(');
		ast_print(node->left, sb);
		strbuf_add(sb, ')');
		return;
	}
	if (node->kind == NODE_GROUP) {
		strbuf_string(sb, "{ ");
		print_list(node->left, sb);
		strbuf_add(sb, '}');
		return;
	}
	strbuf_string(sb, node->kind == NODE_WHILE ? "while " : "until ");
	print_list(node->left, sb);
	strbuf_string(sb, "do ");
	print_list(node->right, sb);
	strbuf_string(sb, "done");
}

void
ast_print(const struct node *node, struct strbuf *sb)
{
	switch (node->kind) {
	case NODE_SIMPLE:
		print_simple(node, sb);
		break;
	case NODE_PIPE:
		print_pipe(node, sb);
		break;
	case NODE_AND:
		print_pair(node, " && ", sb);
		break;
	case NODE_OR:
		print_pair(node, " || ", sb);
		break;
	case NODE_SEQUENCE:
		print_pair(
		    node, node->left->kind == NODE_BACKGROUND ? " " : "; ", sb);
		break;
	case NODE_BACKGROUND:
		print_pair(node, " &", sb);
		break;
	case NODE_NOT:
		strbuf_string(sb, "! ");
		ast_print(node->left, sb);
		break;
	case NODE_IF:
		print_if(node, sb);
		break;
	case NODE_FOR:
		print_for(node, sb);
		break;
	case NODE_CASE:
		print_case(node, sb);
		break;
	case NODE_FUNCTION:
		strbuf_string(sb, node->name);
		strbuf_string(sb, "() ");
		ast_print(node->left, sb);
		break;
	case NODE_SUBSHELL:
	case NODE_GROUP:
	case NODE_WHILE:
	case NODE_UNTIL:
	default:
		print_enclosed(node, sb);
		break;
	}
	print_redirs(node->redirs, sb);
}
