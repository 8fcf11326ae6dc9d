/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Trees by recursive descent; a function for each symbol of the grammar.
 * Reserved words are words in the lexer's eyes: where one may stand, the
 * parser asks keyword(). Nesting is bounded so that hostile input cannot
 * use up the stack.
 */
#include <ctype.h>
#include <string.h>

#include "msh.h"

static struct node *parse_list(bool lines);
static struct node *parse_command(void);

static _Noreturn void
unexpected(void)
{
	const struct token *token = lex_peek();
	const char *text = token_name(token->kind);

	if (token->kind == TOKEN_WORD || token->kind == TOKEN_IO_NUMBER) {
		struct strbuf sb;

		strbuf_init(&sb, lexer.arena);
		ast_print_word(token->word, &sb);
		text = strbuf_text(&sb);
	}
	if (token->kind == TOKEN_EOF)
		shell_error(2, "syntax error: unexpected end of file");
	shell_error(2, "syntax error near \"%s\"", text);
}

static struct node *
node_new(enum node_kind kind)
{
	struct node *node = arena_alloc(lexer.arena, sizeof(*node));

	node->kind = kind;
	node->line = lex_peek()->line;
	return node;
}

static struct node *
node_pair(enum node_kind kind, struct node *left, struct node *right)
{
	struct node *node = arena_alloc(lexer.arena, sizeof(*node));

	node->kind = kind;
	node->line = left->line;
	node->left = left;
	node->right = right;
	return node;
}

/* The peeked token is this reserved word, unquoted. */
static bool
keyword(const char *word)
{
	const struct token *token = lex_peek();
	const char *text =
	    token->kind == TOKEN_WORD ? word_literal(token->word) : NULL;

	return text != NULL && strcmp(text, word) == 0;
}

static bool
accept_keyword(const char *word)
{
	if (!keyword(word))
		return false;
	lex_next();
	return true;
}

static void
expect_keyword(const char *word)
{
	if (!accept_keyword(word))
		unexpected();
}

static bool
accept(enum token_kind kind)
{
	if (lex_peek()->kind != kind)
		return false;
	lex_next();
	return true;
}

static void
skip_newlines(void)
{
	while (lex_peek()->kind == TOKEN_NEWLINE)
		lex_next();
}

/* A reserved word that ends a list, or a token that does. */
static bool
at_list_end(void)
{
	static const char *const enders[] = {
	    "then", "else", "elif", "fi", "do", "done", "esac", "}"};
	const struct token *token = lex_peek_command();
	const char *text;
	size_t i;

	if (token->kind == TOKEN_EOF || token->kind == TOKEN_RPAREN ||
	    token->kind == TOKEN_DSEMI)
		return true;
	text = token->kind == TOKEN_WORD ? word_literal(token->word) : NULL;
	if (text == NULL)
		return false;
	for (i = 0; i < sizeof(enders) / sizeof(enders[0]); i++)
		if (strcmp(text, enders[i]) == 0)
			return true;
	return false;
}

/* The redirection at the peeked operator, or NULL. */
static struct redir *
parse_redir(void)
{
	static const struct {
		enum token_kind token;
		enum redir_kind kind;
	} table[] = {
	    {TOKEN_LESS, REDIR_IN},
	    {TOKEN_GREAT, REDIR_OUT},
	    {TOKEN_DGREAT, REDIR_APPEND},
	    {TOKEN_CLOBBER, REDIR_CLOBBER},
	    {TOKEN_LESS_GREAT, REDIR_BOTH},
	    {TOKEN_LESS_AND, REDIR_DUP_IN},
	    {TOKEN_GREAT_AND, REDIR_DUP_OUT},
	    {TOKEN_DLESS, REDIR_HERE},
	    {TOKEN_DLESS_DASH, REDIR_HERE},
	};
	const size_t count = sizeof(table) / sizeof(table[0]);
	enum token_kind op;
	struct redir *redir;
	int fd = -1;
	size_t i;

	if (lex_peek()->kind == TOKEN_IO_NUMBER) {
		fd = lex_peek()->number;
		lex_next();
	}
	op = lex_peek()->kind;
	for (i = 0; i < count && table[i].token != op; i++)
		continue;
	if (i == count)
		return NULL;
	lex_next();
	if (lex_peek()->kind != TOKEN_WORD &&
	    lex_peek()->kind != TOKEN_IO_NUMBER)
		unexpected();
	redir = arena_alloc(lexer.arena, sizeof(*redir));
	redir->kind = table[i].kind;
	redir->fd = fd >= 0 ? fd : op >= TOKEN_GREAT;
	redir->word = lex_peek()->word;
	if (redir->kind == REDIR_HERE)
		lex_expect_here(redir, redir->word, op == TOKEN_DLESS_DASH);
	lex_next();
	return redir;
}

static void
parse_redirs(struct node *node)
{
	struct redir **tail = &node->redirs;

	while ((*tail = parse_redir()) != NULL)
		tail = &(*tail)->next;
}

/* name ( ) body, after the name. */
static struct node *
parse_function(struct node *node)
{
	const char *name = word_literal(node->words);

	lex_next();
	if (!accept(TOKEN_RPAREN))
		unexpected();
	if (name == NULL || !name_valid(name))
		shell_error(2, "syntax error: bad function name");
	skip_newlines();
	node->kind = NODE_FUNCTION;
	node->name = name;
	node->words = NULL;
	node->left = parse_command();
	if (node->left == NULL || node->left->kind == NODE_SIMPLE ||
	    node->left->kind == NODE_FUNCTION)
		unexpected();
	return node;
}

static struct node *
parse_simple(void)
{
	struct node *node = node_new(NODE_SIMPLE);
	struct word **assign = &node->assigns;
	struct word **word = &node->words;
	struct redir **redir = &node->redirs;

	for (;;) {
		struct token *token = lex_peek();

		if (node->words == NULL || lexer.alias_checks)
			token = lex_peek_command();

		if (token->kind == TOKEN_WORD && token->word != NULL) {
			struct word *it = token->word;

			if (node->words == NULL && word_is_assignment(it)) {
				*assign = it;
				assign = &it->next;
			} else {
				*word = it; /* NOLINT: a list's end, not NULL */
				word = &it->next;
			}
			lex_next();
			continue;
		}
		*redir = parse_redir();
		if (*redir == NULL)
			break;
		redir = &(*redir)->next;
	}
	if (lex_peek()->kind == TOKEN_LPAREN && node->words != NULL &&
	    node->words->next == NULL && node->assigns == NULL &&
	    node->redirs == NULL)
		return parse_function(node);
	if (node->words == NULL && node->assigns == NULL &&
	    node->redirs == NULL)
		unexpected();
	return node;
}

static struct node *
parse_body(void)
{
	struct node *node = parse_list(true);

	if (node == NULL)
		unexpected();
	return node;
}

static struct node *
parse_do_group(void)
{
	struct node *body;

	expect_keyword("do");
	body = parse_body();
	expect_keyword("done");
	return body;
}

/* After `if` or `elif`. */
static struct node *
parse_if(void)
{
	struct node *node = node_new(NODE_IF);

	node->left = parse_body();
	expect_keyword("then");
	node->right = parse_body();
	if (accept_keyword("elif")) {
		node->other = parse_if();
		return node;
	}
	if (accept_keyword("else"))
		node->other = parse_body();
	expect_keyword("fi");
	return node;
}

static struct node *
parse_loop(enum node_kind kind)
{
	struct node *node = node_new(kind);

	node->left = parse_body();
	node->right = parse_do_group();
	return node;
}

static struct node *
parse_for(void)
{
	struct node *node = node_new(NODE_FOR);
	struct word **tail = &node->words;

	if (lex_peek()->kind != TOKEN_WORD)
		unexpected();
	node->name = word_literal(lex_peek()->word);
	if (node->name == NULL || !name_valid(node->name))
		shell_error(2, "syntax error: bad name in for");
	lex_next();
	if (!accept(TOKEN_SEMI))
		skip_newlines();
	if (lex_peek()->kind == TOKEN_WORD && accept_keyword("in")) {
		node->in_given = true;
		for (; lex_peek()->kind == TOKEN_WORD; lex_next()) {
			*tail = lex_peek()->word;
			tail = &(*tail)->next;
		}
		if (!accept(TOKEN_SEMI) && !accept(TOKEN_NEWLINE))
			unexpected();
	}
	skip_newlines();
	node->left = parse_do_group();
	return node;
}

static struct arm *
parse_arm(void)
{
	struct arm *arm = arena_alloc(lexer.arena, sizeof(*arm));
	struct word **tail = &arm->patterns;

	accept(TOKEN_LPAREN);
	do {
		if (lex_peek()->kind != TOKEN_WORD)
			unexpected();
		*tail = lex_peek()->word;
		tail = &(*tail)->next;
		lex_next();
	} while (accept(TOKEN_PIPE));
	if (!accept(TOKEN_RPAREN))
		unexpected();
	arm->body = parse_list(true);
	return arm;
}

static struct node *
parse_case(void)
{
	struct node *node = node_new(NODE_CASE);
	struct arm **tail = &node->arms;

	if (lex_peek()->kind != TOKEN_WORD)
		unexpected();
	node->words = lex_peek()->word;
	lex_next();
	skip_newlines();
	expect_keyword("in");
	skip_newlines();
	while (!keyword("esac")) {
		*tail = parse_arm();
		tail = &(*tail)->next;
		if (!accept(TOKEN_DSEMI))
			break;
		skip_newlines();
	}
	expect_keyword("esac");
	return node;
}

static struct node *
parse_enclosed(enum node_kind kind)
{
	struct node *node = node_new(kind);

	node->left = parse_body();
	if (kind == NODE_GROUP)
		expect_keyword("}");
	else if (!accept(TOKEN_RPAREN))
		unexpected();
	return node;
}

/* A compound command, or NULL when none starts here. */
static struct node *
parse_compound(void)
{
	if (lex_peek_command()->kind == TOKEN_LPAREN) {
		lex_next();
		return parse_enclosed(NODE_SUBSHELL);
	}
	if (accept_keyword("{"))
		return parse_enclosed(NODE_GROUP);
	if (accept_keyword("if"))
		return parse_if();
	if (accept_keyword("while"))
		return parse_loop(NODE_WHILE);
	if (accept_keyword("until"))
		return parse_loop(NODE_UNTIL);
	if (accept_keyword("for"))
		return parse_for();
	if (accept_keyword("case"))
		return parse_case();
	return NULL;
}

static struct node *
parse_command(void)
{
	struct node *node;

	lex_nest();
	if (at_list_end())
		unexpected();
	node = parse_compound();
	if (node != NULL)
		parse_redirs(node);
	else
		node = parse_simple();
	lexer.depth--;
	return node;
}

static struct node *
parse_pipeline(void)
{
	struct node *node;
	struct node *pipe;
	bool negated = false;

	while (accept_keyword("!"))
		negated = !negated;
	node = parse_command();
	if (lex_peek()->kind == TOKEN_PIPE) {
		pipe = node_pair(NODE_PIPE, node, NULL);
		while (accept(TOKEN_PIPE)) {
			skip_newlines();
			node->next = parse_command();
			node = node->next;
		}
		node = pipe;
	}
	return negated ? node_pair(NODE_NOT, node, NULL) : node;
}

static struct node *
parse_and_or(void)
{
	struct node *node = parse_pipeline();

	for (;;) {
		enum node_kind kind = NODE_AND;

		if (lex_peek()->kind == TOKEN_OR_IF)
			kind = NODE_OR;
		else if (lex_peek()->kind != TOKEN_AND_IF)
			return node;
		lex_next();
		skip_newlines();
		node = node_pair(kind, node, parse_pipeline());
	}
}

/*
 * and_or ( (;|&|newline) and_or )*. With `lines` newlines separate too, and
 * the list ends at a word or token that cannot start a command; else it ends
 * at the newline, which is left. NULL when empty.
 */
static struct node *
parse_list(bool lines)
{
	struct node *list = NULL;
	struct node **end = &list;

	for (;;) {
		struct node *node;

		if (lines)
			skip_newlines();
		if (lex_peek_command()->kind == TOKEN_NEWLINE || at_list_end())
			return list;
		node = parse_and_or();
		if (accept(TOKEN_AMP))
			node = node_pair(NODE_BACKGROUND, node, NULL);
		else if (!accept(TOKEN_SEMI) &&
			 (!lines || lex_peek()->kind != TOKEN_NEWLINE) &&
			 lex_peek()->kind != TOKEN_NEWLINE && !at_list_end())
			unexpected();
		if (*end != NULL) {
			*end = node_pair(NODE_SEQUENCE, *end, node);
			end = &(*end)->right;
		} else {
			*end = node;
		}
	}
}

bool
parse_next(struct node **node)
{
	struct arena *arena = arena_new();

	input_set_arena(arena);
	lexer = (struct lexer){.arena = arena};
	if (lex_peek_command()->kind == TOKEN_EOF)
		return false;
	*node = parse_list(false);
	if (lex_peek()->kind != TOKEN_NEWLINE && lex_peek()->kind != TOKEN_EOF)
		unexpected();
	lex_next();
	return true;
}

struct node *
parse_substitution(void)
{
	struct node *node = parse_list(true);

	if (!accept(TOKEN_RPAREN))
		unexpected();
	return node;
}

struct node *
parse_whole(void)
{
	struct node *node = parse_list(true);

	if (lex_peek()->kind != TOKEN_EOF)
		unexpected();
	return node;
}
