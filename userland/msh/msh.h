/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * msh, the shell of Mach_R: everything its files share, in sections named
 * after them.
 *
 * A line of input becomes tokens (lex), a tree (parse, ast), which exec walks;
 * words become fields (expand, param, arith, glob) and fields become a
 * builtin, a function or a process (command, job).
 *
 * Memory: a tree lives in the arena of its command, counted, for functions
 * outlive their line. What an expansion makes lives in sh.tmp, rewound to a
 * mark when the command is over. Variables and jobs are malloc'ed.
 *
 * Errors of the shell itself (syntax, expansion, special builtins) end in
 * shell_error(): a script exits, an interactive shell unwinds to its prompt.
 * break, continue and return set sh.skip, which every loop looks at.
 */
#ifndef MSH_H
#define MSH_H

#include <setjmp.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "lib/pattern.h"
#include "lib/util.h"

struct alias;
struct node;
struct redir;

/* arena.c: memory given back as a whole, and strings that grow in it. */

struct arena;
struct arena_mark {
	struct chunk *chunk;
	size_t used;
};

struct arena *arena_new(void);
void arena_reference(struct arena *arena);
void arena_release(struct arena *arena);             /* NULL is fine */
void *arena_alloc(struct arena *arena, size_t size); /* zeroed */
char *arena_copy(struct arena *arena, const char *text, size_t length);
struct arena_mark arena_mark(struct arena *arena);
void arena_rewind(struct arena *arena, struct arena_mark mark);

struct strbuf {
	char *text; /* NULL until the first byte, else NUL-terminated */
	size_t length;
	size_t capacity;
	struct arena *arena;
};

void strbuf_init(struct strbuf *sb, struct arena *arena);
void strbuf_add(struct strbuf *sb, int c);
void strbuf_append(struct strbuf *sb, const char *text, size_t length);
void strbuf_string(struct strbuf *sb, const char *text);
char *strbuf_text(struct strbuf *sb); /* "" when empty */

/* ast.c: words and commands. */

enum part_kind {
	PART_LITERAL,
	PART_PARAM,
	PART_COMMAND,
	PART_ARITH,
};

enum param_op {
	PARAM_PLAIN,    /* $x */
	PARAM_LENGTH,   /* ${#x} */
	PARAM_DEFAULT,  /* ${x-w} */
	PARAM_ASSIGN,   /* ${x=w} */
	PARAM_ERROR,    /* ${x?w} */
	PARAM_OTHER,    /* ${x+w} */
	PARAM_CUT_HEAD, /* ${x#w} */
	PARAM_CUT_HEAD_LONG,
	PARAM_CUT_TAIL,
	PARAM_CUT_TAIL_LONG,
};

struct word {
	struct part *parts;
	struct word *next;
};

struct part {
	enum part_kind kind;
	enum param_op op;
	bool quoted;       /* inside quotes: no splitting, no patterns */
	bool colon;        /* ${x:-w}: empty counts as unset */
	const char *text;  /* LITERAL: text; PARAM: name */
	struct word *word; /* PARAM: operand; ARITH: expression */
	struct node *node; /* COMMAND; NULL for an empty one */
	struct part *next;
};

enum redir_kind {
	REDIR_IN,      /* < */
	REDIR_OUT,     /* > */
	REDIR_APPEND,  /* >> */
	REDIR_CLOBBER, /* >| */
	REDIR_BOTH,    /* <> */
	REDIR_DUP_IN,  /* <& */
	REDIR_DUP_OUT, /* >& */
	REDIR_HERE,    /* << */
};

struct redir {
	enum redir_kind kind;
	int fd;
	struct word *word; /* file, fd, or the here-document */
	struct redir *next;
};

enum node_kind {
	NODE_SIMPLE, /* assigns, words, redirs */
	NODE_PIPE,   /* list of commands in `left`, by next */
	NODE_AND,    /* left && right */
	NODE_OR,
	NODE_SEQUENCE,   /* left ; right */
	NODE_BACKGROUND, /* left & */
	NODE_NOT,        /* ! left */
	NODE_SUBSHELL,   /* ( left ) redirs */
	NODE_GROUP,      /* { left } redirs */
	NODE_IF,         /* if left then right else other, redirs */
	NODE_WHILE,      /* while left do right */
	NODE_UNTIL,
	NODE_FOR,      /* for name in words do left */
	NODE_CASE,     /* case words in arms */
	NODE_FUNCTION, /* name() left */
};

struct arm {
	struct word *patterns;
	struct node *body;
	struct arm *next;
};

struct node {
	enum node_kind kind;
	int line;
	bool in_given; /* FOR: `in` was there; else "$@" */
	const char *name;
	struct word *assigns;
	struct word *words;
	struct redir *redirs;
	struct arm *arms;
	struct node *left;
	struct node *right;
	struct node *other;
	struct node *next;
};

/* Write the node as shell text, on one line, into `sb`. */
void ast_print(const struct node *node, struct strbuf *sb);
void ast_print_word(const struct word *word, struct strbuf *sb);
/* The text of an unquoted one-literal word, else NULL. */
const char *word_literal(const struct word *word);

/* input.c: a stack of places that text comes from. */

struct input;

#define INPUT_EOF (-1)

/* Take text from a string; `stop` makes its end an end of file. */
void input_push_string(const char *text, int line, bool stop);
/* As input_push_string without stop; `alias` is in use until the end. */
void input_push_alias(const char *text, struct alias *alias);
void input_push_file(int fd, const char *name); /* owns fd; closed on pop */
void input_push_terminal(void);
void input_pop(void);
int input_getc(void);
void input_unget(int c);
/* Drop the rest of the current line (after a syntax error). */
void input_discard_line(void);
void input_revive(void); /* read on after an end of file */
int input_line(void);
const char *input_name(void);
bool input_at_terminal(void);
/* The arena of the tree now run from this input; released with it. */
void input_set_arena(struct arena *arena);
bool input_at_end(void); /* a string that is used up but for newlines */
struct input *input_mark(void);
void input_unwind(struct input *mark);
/* After a fork for a script: forget all, closing descriptors. */
void input_forget(void);
extern bool input_blank_alias; /* an alias that ends in a blank is over */
extern int input_prompt;       /* 1: next terminal line asks with PS1, 2: PS2 */

/* lex.c: tokens. */

enum token_kind {
	TOKEN_EOF,
	TOKEN_NEWLINE,
	TOKEN_WORD,
	TOKEN_IO_NUMBER,
	TOKEN_SEMI,
	TOKEN_DSEMI,
	TOKEN_AMP,
	TOKEN_AND_IF,
	TOKEN_PIPE,
	TOKEN_OR_IF,
	TOKEN_LPAREN,
	TOKEN_RPAREN,
	TOKEN_LESS,
	TOKEN_DLESS,
	TOKEN_DLESS_DASH,
	TOKEN_LESS_AND,
	TOKEN_LESS_GREAT,
	TOKEN_GREAT,
	TOKEN_DGREAT,
	TOKEN_GREAT_AND,
	TOKEN_CLOBBER,
};

struct token {
	enum token_kind kind;
	int line;
	int number;        /* IO_NUMBER */
	struct word *word; /* WORD */
};

struct lexer {
	struct token token; /* valid when have_token */
	bool have_token;
	bool alias_checks; /* the token follows an alias that ends in blank */
	int depth;         /* of nesting, against hostile input */
	struct arena *arena;
	struct here *pending;
};
extern struct lexer lexer;

#define LEX_MAX_DEPTH 500

void lex_nest(void); /* one deeper; shell_error when too deep */
struct token *lex_peek(void);
struct token *lex_peek_command(void); /* with aliases replaced */
void lex_next(void);                  /* consume the peeked token */
const char *token_name(enum token_kind kind);
/* The body of `redir` is to be read after the next newline. */
void lex_expect_here(struct redir *redir, struct word *delimiter, bool tabs);
/* Parse `text` as the inside of double quotes (PS1, here-documents). */
struct word *lex_quoted_text(const char *text, struct arena *arena);

/* lexword.c: the inside of words. */

bool lex_is_meta(int c);
int lex_getc(void); /* input_getc past backslash-newline */
struct word *lex_word(void);
/* lexescape.c: what stands in $'...', up to the quote, after the first one. */
void lex_dollar_quotes(struct strbuf *to);
struct word *lex_here_word(void); /* to the end of the input */
_Noreturn void lex_unterminated(const char *what, int line);

/* parse.c: trees. */

/*
 * Parse the next complete command. False at end of file; else *node, which
 * is NULL for an empty line, lives in the arena given to input_set_arena.
 * Syntax errors do not return.
 */
bool parse_next(struct node **node);
/* The list inside $( ), through its closing parenthesis. */
struct node *parse_substitution(void);
/* All of the current input (backquotes), which stops at its end. */
struct node *parse_whole(void);

/* glob.c */

struct field_list {
	char **items; /* NULL-terminated once closed by fields_close */
	size_t count;
	size_t capacity;
	struct arena *arena;
};

void fields_init(struct field_list *list, struct arena *arena);
void fields_add(struct field_list *list, char *text);
char **fields_close(struct field_list *list);
/* Add the sorted names matching `pattern`. False when there is none. */
bool glob_expand(const char *pattern, struct field_list *list);

/* arith.c: $(( )). Errors end in shell_error. */
intmax_t arith_eval(const char *text);

/* expand.c: words to fields. */

void expand_words(const struct word *words, struct field_list *list);
/* No splitting, no pathname expansion: assignments, case, redirections. */
char *expand_single(const struct word *word);
char *expand_assignment(const struct word *word); /* tilde after : too */
char *expand_pattern(const struct word *word);
/* "name=value..." begins this word. */
bool word_is_assignment(const struct word *word);

/* param.c: what expand.c asks about one parameter. */

/* The value of a parameter that is not @ or *; NULL when unset. */
const char *param_value(const char *name);
char *param_cut(const char *value, const char *pattern, enum param_op op);
/* The home of `user`, of the shell's own user when empty; or NULL. */
char *tilde_expand(const char *user, size_t length);
/* subst.c: what the command writes, without its last newlines. */
char *command_output(const struct node *node);

/* var.c: variables and the environment. */

enum {
	VAR_EXPORT = 1,
	VAR_READONLY = 2,
};

void var_init(char **environment);
const char *var_get(const char *name); /* NULL when unset */
/* Set name[0..length) to value; shell_error when read-only. */
void var_set_n(const char *name, size_t length, const char *value, int flags);
void var_set(const char *name, const char *value, int flags);
void var_assign(const char *text, int flags); /* "name=value" */
void var_flag(const char *name, int flags);
bool var_unset(const char *name); /* false when read-only */
bool name_valid(const char *name);
size_t name_length(const char *text); /* longest name at the start */
char **var_environment(void);
/* Lines `prefix name='value'` of those with all of `flags`, sorted. */
void var_print(const char *prefix, int flags);
/* Remember a variable to put back; unwind to a mark. */
struct saved_var;
struct saved_var *var_save_mark(void);
void var_save(const char *name, size_t length);
void var_restore(struct saved_var *mark);
void var_forget_private(void); /* unset what is not exported */
/* Text quoted so that the shell reads it back as one word. */
void print_quoted(const char *text);

/* exec.c: run trees. */

enum {
	EXEC_LAST = 1,   /* nothing follows: may become the command */
	EXEC_TESTED = 2, /* the status is looked at: -e does not count */
};

int exec_node(const struct node *node, int flags);
/* Run `text` as eval and trap do. */
int exec_string(const char *text, int flags);
/* Run the input on top of the stack to its end; returns sh.status. */
int exec_input(int flags);

/* redir.c */

/* Apply; with `save`, such that redir_restore(mark) undoes it. */
int redir_apply(const struct redir *list, bool save);
int redir_mark(void);
void redir_restore(int mark);
void redir_keep(int mark); /* forget the undo (exec) */
int fd_move_high(int fd);  /* to 10 or above, close-on-exec */

/* command.c: simple commands. */

int command_run(const struct node *node, int flags);
/* Become the command; returns never. `path` may be NULL: search. */
_Noreturn void command_exec(char **argv, const char *path);

/* path.c: the file that `name` runs; NULL when not found, with errno.
 * Found files are remembered, but for those of a `path` given. */
const char *path_find(const char *name, const char *path);
void path_forget(void);
void path_print(void);

/* function.c: functions and positional parameters. */

struct function {
	char *name;
	const struct node *body;
	struct arena *arena;
	struct function *next;
};

struct function *function_find(const char *name);
void function_define(const char *name, const struct node *body);
void function_unset(const char *name);
void function_forget_all(void);
int function_call(struct function *function, int argc, char **argv, int flags);
void function_unwind(void);
/* $1... as copies of argv[0..argc). */
void params_set(int argc, char *const *argv);
void params_shift(int n);
bool function_active(void); /* inside a call, where `local` works */
void getopts_reset(void);

/* builtin.c */

enum {
	BUILTIN_SPECIAL = 1,
	BUILTIN_ASSIGN = 2, /* name=value arguments are not split */
	BUILTIN_KEEPS_REDIRECTIONS = 4,
};

struct builtin {
	const char *name;
	int (*run)(int argc, char **argv);
	int flags;
	const char *usage;
	const char *help;
};

extern const struct builtin builtin_table[];
const struct builtin *builtin_find(const char *name);
/* A message "msh: [file:line:] name: text", returns 1 (or 2 for usage). */
int builtin_fail(const char *name, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* As builtin_fail, of a special builtin: the end of a script, or returns 2
 * when `command` was put before it. */
int builtin_die(const char *name, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* alias.c */

struct alias {
	char *name;
	char *value;
	bool active;
	struct alias *next;
};

struct alias *alias_find(const char *name);
void alias_set(const char *name, const char *value);
bool alias_unset(const char *name);
void alias_clear(void);
void alias_done(struct alias *alias); /* its text is used up */
extern struct alias *alias_list;

/* trap.c */

#define TRAP_MAX 65

/* Action NULL: default, "": ignore. 0 is EXIT. */
bool trap_set(int signal, const char *action);
const char *trap_action(int signal);
bool trap_any(void);         /* something is to be done by this process */
void trap_reset_child(void); /* in a new process */
void trap_default_pipe(void);
void trap_interactive(void); /* what a shell at a terminal ignores */
void trap_print(void);
int trap_first_pending(void);     /* its number; 0 when none is */
void trap_ignore(int signal);     /* for a background process */
extern volatile int trap_pending; /* a caught signal waits */
void trap_run_pending(void);
_Noreturn void shell_exit(int status); /* runs the EXIT trap */

/* job.c */

struct job;

struct job *job_new(const struct node *node, int processes);
/*
 * Fork the next process of the job. In the child the return is 0, signals
 * and job control are set; in the parent it is the pid. Errors: shell_error.
 */
pid_t job_fork(struct job *job, bool background);
/* The same; the pipe's ends, those that are not -1, are closed if it fails. */
pid_t job_fork_piped(
    struct job *job, bool background, int input, const int ends[2]);
/* No more of its processes: shell_error with errno; its pipe's ends are closed.
 */
_Noreturn void job_give_up(
    struct job *job, const char *what, int input, const int ends[2]);
/* It stays in the shell's group. */
pid_t job_fork_plain(struct job *job, const int ends[2]);
/* Wait for a foreground job; gives the terminal back. The status. */
int job_wait(struct job *job);
void job_background(struct job *job);
void job_init(void); /* interactive: own process group, if that works */
void job_set_control(bool on);
void job_notify(void); /* tell of finished and stopped jobs */
struct job *job_find(const char *spec);
pid_t job_group(const struct job *job);
pid_t job_pid(const struct job *job);
const char *job_text(const struct job *job);
bool job_controlled(const struct job *job);
int job_resume(struct job *job, bool foreground);
void job_print(struct job *job, bool pids, bool long_form);
void job_print_all(bool pids, bool long_form);
/* wait builtin: one pid, or all with 0. -1 when interrupted by a trap. */
int job_wait_pid(pid_t pid);
void job_forget_all(void);
bool job_any_stopped(void);

/* edit.c, history.c, complete.c: the terminal. */

/*
 * Read a line with editing. Returns a malloc'ed line with its newline, NULL
 * at end of file; *interrupted is set (and NULL returned) after ctrl-C.
 */
char *edit_line(const char *prompt, bool *interrupted);
bool edit_usable(void);
void history_add(const char *line);
const char *history_get(int back); /* 1 is the newest; NULL past the end */
int history_count(void);
int history_number(int back);           /* which does not change */
void history_replace(const char *line); /* the newest */
/* Names that complete `stem`; malloc'ed, sorted, `*count` of them. */
char **complete_names(const char *stem, bool command, int *count);

/* main.c */

struct shell {
	bool opt[128]; /* by letter */
	bool interactive;
	bool at_terminal; /* lines are typed, for a child too */
	bool subshell;
	bool tested;    /* the running builtin's status is looked at */
	bool exiting;   /* no EXIT trap any more */
	bool forgiving; /* `command` before a special builtin */
	bool job_control;
	int status;       /* $? */
	pid_t pid;        /* $$ */
	pid_t background; /* $! */
	const char *name; /* $0 */
	int argc;         /* $# */
	char **argv;      /* $1 is argv[0] */
	int loop_depth;
	enum { SKIP_NONE, SKIP_BREAK, SKIP_CONTINUE, SKIP_RETURN } skip;
	int skip_count;
	int line;                /* $LINENO */
	int substitution_status; /* of the last $( ), -1 when none */
	struct arena *tmp;
	struct arena *arena; /* of the tree that is run */
	jmp_buf *top;        /* where an interactive shell unwinds to */
};
extern struct shell sh;

#define OPT(letter) (sh.opt[(unsigned char)(letter)])

/* The message, then exit with `status` or unwind to the prompt. */
_Noreturn void shell_error(int status, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
void shell_warn(const char *format, ...) __attribute__((format(printf, 1, 2)));
_Noreturn void shell_unwind(int status);
/* In a new process: be the shell that runs a script file. */
_Noreturn void shell_run_script(int fd, char **argv);

/* options.c: set -o and its letters. */

/* Handle argv[1..] that are options; index of the first operand, or -1. */
int options_parse(int argc, char **argv);
void options_print(bool reusable);
const char *options_letters(void); /* $- */

#endif
