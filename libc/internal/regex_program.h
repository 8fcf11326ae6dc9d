/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A regular expression on its way: text, tree (regex_parse.c), program
 * (regcomp.c), run in parallel (regexec.c) or, with back-references, by trying
 * (regex_backtrack.c).
 */
#ifndef INTERNAL_REGEX_PROGRAM_H
#define INTERNAL_REGEX_PROGRAM_H

#include <regex.h>
#include <stdbool.h>
#include <stdint.h>
#include <wchar.h>
#include <wctype.h>

#define REGEX_GROUPS_MAX 255
#define REGEX_SIZE_MAX   65536 /* instructions */
#define REGEX_DEPTH_MAX  250   /* of parentheses */
#define REGEX_INFINITE   (-1)

struct regex_range {
	wchar_t low;
	wchar_t high;
};

struct regex_set {
	struct regex_set *next; /* all of an expression */
	bool negated;
	unsigned range_count;
	unsigned class_count;
	struct regex_range *ranges;
	wctype_t *classes;
};

enum regex_kind {
	REGEX_EMPTY,
	REGEX_CHARACTER,
	REGEX_ANY,
	REGEX_SET,
	REGEX_SEQUENCE, /* of children */
	REGEX_CHOICE,   /* of children */
	REGEX_REPEAT,   /* of one child */
	REGEX_GROUP,    /* around one child */
	REGEX_LINE_START,
	REGEX_LINE_END,
	REGEX_WORD_START,
	REGEX_WORD_END,
	REGEX_WORD_EDGE,
	REGEX_WORD_INSIDE,
	REGEX_REFERENCE,
};

struct regex_node {
	struct regex_node *all; /* next of all, to free them */
	enum regex_kind kind;
	struct regex_node *child; /* the first */
	struct regex_node *last;
	struct regex_node *next; /* sibling */
	wchar_t character;
	struct regex_set *set;
	int number; /* of a group or reference */
	int inner;  /* the last group inside of it */
	int least;
	int most;
};

struct regex_tree {
	struct regex_node *root;
	struct regex_node *all;
	struct regex_set *sets;
	int groups;
	bool references;
};

/* Make a tree; 0 or REG_*. To be freed whatever comes back. */
int __regex_parse(struct regex_tree *tree, const char *pattern, int flags);
void __regex_tree_free(struct regex_tree *tree);
void __regex_sets_free(struct regex_set *sets);

/* A bracket expression behind its '['; moves *at behind the ']'. */
int __regex_bracket(
    struct regex_tree *tree, const char **at, struct regex_set **result);
/* The set of a class, as \w is one. */
int __regex_class(struct regex_tree *tree, const char *name, bool negated,
    struct regex_set **result);
/* Of a pattern or a subject: the bytes of the character there. */
size_t __regex_character(const char *at, const char *end, wchar_t *character);

enum regex_operation {
	REGEX_OP_CHARACTER,
	REGEX_OP_ANY,
	REGEX_OP_SET,
	REGEX_OP_SPLIT, /* go on at x and y */
	REGEX_OP_JUMP,  /* to x */
	REGEX_OP_OPEN,  /* group x starts; those up to y have not matched */
	REGEX_OP_CLOSE,
	REGEX_OP_ASSERT, /* x: the kind */
	REGEX_OP_REFERENCE,
	REGEX_OP_LOOP, /* loop x starts a round here */
	REGEX_OP_ONCE, /* leave unless it has moved on in this round */
	REGEX_OP_MATCH,
};

struct regex_instruction {
	enum regex_operation operation;
	int x;
	int y;
	const struct regex_set *set;
};

struct __regex {
	int flags;
	int groups;
	int loops;
	int count;
	int first; /* the byte each match starts with, or -1 */
	bool references;
	bool repeated[REGEX_GROUPS_MAX + 1]; /* may match more than once */
	struct regex_set *sets;
	struct regex_instruction *code;
};

/* What is searched, and where results go: 2 * groups offsets. */
struct regex_subject {
	const struct __regex *program;
	const char *start;
	const char *from;
	const char *end;
	int flags;
	int slots; /* offsets that are kept */
	regoff_t *result;
	bool matched;
};

bool __regex_set_has(const struct __regex *program, const struct regex_set *set,
    wchar_t character);
/* Does an instruction that takes a character take this one? */
bool __regex_takes(const struct __regex *program,
    const struct regex_instruction *instruction, wchar_t character);
bool __regex_assert(
    const struct regex_subject *subject, int kind, const char *at);
/* Is one better, by the rules of leftmost and longest? */
bool __regex_better(const struct __regex *program, const regoff_t *one,
    const regoff_t *other, int slots);

/* 0, REG_NOMATCH or REG_ESPACE. */
int __regex_backtrack(struct regex_subject *subject);

#endif
