/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Running a program with back-references: what a group has matched decides
 * how it goes on, so each way is tried on its own, and the best one kept. That
 * may take for ever and is given up after many steps.
 */
#include <stdlib.h>
#include <string.h>

#include "regex_program.h"

#define STEPS_MAX (1L << 24)
#define DEPTH_MAX 3000 /* fits into a thread's stack */

struct attempt {
	struct regex_subject *subject;
	regoff_t *slots;
	const char **rounds; /* where each loop's round has started */
	long steps;
	int depth;
	bool failed;
};

static void try(struct attempt *attempt, int at, const char *text);

static void
note_match(const struct attempt *attempt, const char *text)
{
	struct regex_subject *subject = attempt->subject;
	regoff_t old = attempt->slots[1];

	attempt->slots[1] = text - subject->start;
	if (!subject->matched ||
	    __regex_better(subject->program, attempt->slots, subject->result,
		subject->slots))
		memcpy(subject->result, attempt->slots,
		    (size_t)subject->slots * sizeof(*attempt->slots));
	subject->matched = true;
	attempt->slots[1] = old;
}

/* Behind what the group has matched, if the text has it again; or NULL. */
static const char *
refer(const struct attempt *attempt, int group, const char *text)
{
	const struct regex_subject *subject = attempt->subject;
	const regoff_t *slots = attempt->slots + 2 * (size_t)group;
	regoff_t start = slots[0];
	regoff_t end = slots[1];
	const char *from = subject->start + start;
	const char *to = subject->start + end;

	if (start < 0 || end < 0)
		return NULL;
	while (from < to && text < subject->end) {
		wchar_t one, other;

		from += __regex_character(from, to, &one);
		text += __regex_character(text, subject->end, &other);
		if (one != other &&
		    ((subject->program->flags & REG_ICASE) == 0 ||
			towlower((wint_t)one) != towlower((wint_t)other)))
			return NULL;
	}
	return from == to ? text : NULL;
}

/* Go on with a value changed, and put it back. */
static void
try_slot(struct attempt *attempt, int slot, int at, const char *text)
{
	regoff_t old = attempt->slots[slot];

	attempt->slots[slot] = text - attempt->subject->start;
	try(attempt, at, text);
	attempt->slots[slot] = old;
}

/* Its groups' offsets go to the heap: most groups have none inside. */
static void
try_group(struct attempt *attempt, const struct regex_instruction *code, int at,
    const char *text)
{
	int first = 2 * code->x;
	size_t count = (size_t)(2 * code->y + 2 - first);
	regoff_t *inside = attempt->slots + first;
	regoff_t small[2];
	regoff_t *saved = small;

	if (count > 2)
		saved = malloc(count * sizeof(*saved));
	if (saved == NULL) {
		attempt->failed = true;
		return;
	}
	memcpy(saved, inside, count * sizeof(*saved));
	memset(inside, 0xff, count * sizeof(*saved));
	inside[0] = text - attempt->subject->start;
	try(attempt, at + 1, text);
	memcpy(inside, saved, count * sizeof(*saved));
	if (count > 2)
		free(saved);
}

static void
try_round(struct attempt *attempt, int loop, int at, const char *text)
{
	const char *old = attempt->rounds[loop];

	attempt->rounds[loop] = text;
	try(attempt, at, text);
	attempt->rounds[loop] = old;
}

/* A step that needs no memory of its own; false: this way ends. */
static bool
step(struct attempt *attempt, int *at, const char **text)
{
	const struct regex_subject *subject = attempt->subject;
	const struct regex_instruction *code = &subject->program->code[*at];
	wchar_t character;
	size_t size;

	switch ((int)code->operation) {
	case REGEX_OP_JUMP:
		*at = code->x;
		return true;
	case REGEX_OP_ASSERT:
		++*at;
		return __regex_assert(subject, code->x, *text);
	case REGEX_OP_ONCE:
		*at = *text == attempt->rounds[code->x] ? code->y : *at + 1;
		return true;
	case REGEX_OP_REFERENCE:
		++*at;
		*text = refer(attempt, code->x, *text);
		return *text != NULL;
	default:
		if (*text == subject->end)
			return false;
		size = __regex_character(*text, subject->end, &character);
		++*at;
		*text += size;
		return __regex_takes(subject->program, code, character);
	}
}

/* Is it a loop around one character, as .* is? */
static bool
is_simple_loop(const struct __regex *program, int at)
{
	const struct regex_instruction *code = program->code;
	int body = code[at].x;

	return code[body].operation == REGEX_OP_LOOP &&
	       code[body + 1].operation <= REGEX_OP_SET &&
	       code[body + 2].operation == REGEX_OP_ONCE &&
	       code[body + 3].operation == REGEX_OP_JUMP &&
	       code[body + 3].x == at;
}

/* Every count of rounds, without going deeper for each. */
static void
try_simple_loop(struct attempt *attempt, int at, const char *text)
{
	const struct regex_subject *subject = attempt->subject;
	const struct regex_instruction *code = &subject->program->code[at];
	wchar_t character;

	for (;;) {
		try(attempt, code->y, text);
		if (attempt->failed || text == subject->end)
			return;
		text += __regex_character(text, subject->end, &character);
		if (!__regex_takes(subject->program,
			&subject->program->code[code->x + 1], character))
			return;
	}
}

static void
walk(struct attempt *attempt, int at, const char *text)
{
	const struct regex_instruction *code;

	for (;;) {
		code = &attempt->subject->program->code[at];
		if (++attempt->steps > STEPS_MAX)
			attempt->failed = true;
		if (attempt->failed)
			return;
		switch ((int)code->operation) {
		case REGEX_OP_MATCH:
			note_match(attempt, text);
			return;
		case REGEX_OP_SPLIT:
			if (is_simple_loop(attempt->subject->program, at)) {
				try_simple_loop(attempt, at, text);
				return;
			}
			try(attempt, code->x, text);
			at = code->y;
			break;
		case REGEX_OP_OPEN:
			try_group(attempt, code, at, text);
			return;
		case REGEX_OP_CLOSE:
			try_slot(attempt, 2 * code->x + 1, at + 1, text);
			return;
		case REGEX_OP_LOOP:
			try_round(attempt, code->x, at + 1, text);
			return;
		default:
			if (!step(attempt, &at, &text))
				return;
		}
	}
}

static void
try(struct attempt *attempt, int at, const char *text)
{
	if (++attempt->depth > DEPTH_MAX)
		attempt->failed = true;
	else
		walk(attempt, at, text);
	attempt->depth--;
}

int
__regex_backtrack(struct regex_subject *subject)
{
	regoff_t slots[2 * REGEX_GROUPS_MAX + 2];
	struct attempt attempt = {.subject = subject, .slots = slots};
	size_t loops = (size_t)subject->program->loops + 1;
	const char *text = subject->from;
	wchar_t character;

	attempt.rounds = calloc(loops, sizeof(*attempt.rounds));
	if (attempt.rounds == NULL)
		return REG_ESPACE;
	while (!subject->matched && !attempt.failed) {
		memset(slots, 0xff, sizeof(slots));
		slots[0] = text - subject->start;
		try(&attempt, 0, text);
		if (text == subject->end)
			break;
		text += __regex_character(text, subject->end, &character);
	}
	free(attempt.rounds);
	if (attempt.failed)
		return REG_ESPACE;
	return subject->matched ? 0 : REG_NOMATCH;
}
