/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Running a program: all ways through it at once, one character after the
 * other. Where two ways come to the same instruction, the better one goes on:
 * the one that starts first, then the one whose groups, in their order, start
 * last, for what stands before them is to match as much as it can, and end
 * last; of a group that is repeated the round that starts first is the longer
 * one. So the time is that of the text times the program.
 */
#include <stdlib.h>
#include <string.h>

#include "regex_program.h"

/* The instructions that are reached, and with which offsets each. */
struct front {
	int count;
	int *order;      /* instructions, as they were reached */
	int *place;      /* of an instruction in it */
	regoff_t *slots; /* `slots` for each instruction */
};

struct machine {
	struct regex_subject *subject;
	struct front now;
	struct front then;
	int *stack; /* instructions to be followed */
	regoff_t *stack_slots;
	int depth;
	int capacity;
	bool full;
	void *memory;
};

static bool
is_word(const struct regex_subject *subject, const char *at, bool before)
{
	wchar_t c = 0;

	if (before) {
		if (at == subject->start)
			return false;
		do
			at--;
		while (
		    at > subject->start && ((unsigned char)*at & 0xc0) == 0x80);
	} else if (at == subject->end) {
		return false;
	}
	(void)__regex_character(at, subject->end, &c);
	return iswalnum((wint_t)c) || c == '_';
}

static bool
at_edge(const struct regex_subject *subject, int kind, const char *at)
{
	bool newline = (subject->program->flags & REG_NEWLINE) != 0;

	if (kind == REGEX_LINE_START)
		return (at == subject->start &&
			   (subject->flags & REG_NOTBOL) == 0) ||
		       (newline && at > subject->start && at[-1] == '\n');
	return (at == subject->end && (subject->flags & REG_NOTEOL) == 0) ||
	       (newline && at < subject->end && *at == '\n');
}

bool
__regex_assert(const struct regex_subject *subject, int kind, const char *at)
{
	bool before;
	bool behind;

	if (kind == REGEX_LINE_START || kind == REGEX_LINE_END)
		return at_edge(subject, kind, at);
	before = is_word(subject, at, true);
	behind = is_word(subject, at, false);
	switch (kind) {
	case REGEX_WORD_START:
		return !before && behind;
	case REGEX_WORD_END:
		return before && !behind;
	case REGEX_WORD_EDGE:
		return before != behind;
	default:
		return before == behind;
	}
}

bool
__regex_takes(const struct __regex *program,
    const struct regex_instruction *instruction, wchar_t character)
{
	wchar_t wanted = instruction->x;

	switch ((int)instruction->operation) {
	case REGEX_OP_CHARACTER:
		return character == wanted || ((program->flags & REG_ICASE) &&
						  towlower((wint_t)character) ==
						      towlower((wint_t)wanted));
	case REGEX_OP_ANY:
		return character != '\n' || (program->flags & REG_NEWLINE) == 0;
	case REGEX_OP_SET:
		return __regex_set_has(program, instruction->set, character);
	default:
		return false;
	}
}

bool
__regex_better(const struct __regex *program, const regoff_t *one,
    const regoff_t *other, int slots)
{
	for (int i = 0; i < slots; i += 2) {
		if (one[i] != other[i]) {
			if (one[i] < 0 || other[i] < 0)
				return other[i] < 0;
			return (one[i] < other[i]) ==
			       (i == 0 || program->repeated[i / 2]);
		}
		if (one[i + 1] != other[i + 1])
			return one[i + 1] > other[i + 1];
	}
	return false;
}

static void
push(struct machine *machine, int at, const regoff_t *slots)
{
	int count = machine->subject->slots;
	size_t size = (size_t)count * sizeof(*slots);

	if (machine->depth == machine->capacity) {
		int more = 2 * machine->capacity + 16;
		int *stack =
		    realloc(machine->stack, (size_t)more * sizeof(int));
		regoff_t *kept = NULL;

		if (stack != NULL) {
			machine->stack = stack;
			kept = realloc(
			    machine->stack_slots, (size_t)more * size + 1);
		}
		if (kept == NULL) {
			machine->full = true;
			return;
		}
		machine->stack_slots = kept;
		machine->capacity = more;
	}
	machine->stack[machine->depth] = at;
	if (count > 0)
		memcpy(machine->stack_slots +
			   (size_t)machine->depth * (size_t)count,
		    slots, size);
	machine->depth++;
}

/* Note that an instruction is reached; false if it was, in a better way. */
static bool
reach(
    struct machine *machine, struct front *front, int at, const regoff_t *slots)
{
	int count = machine->subject->slots;
	int place = front->place[at];
	regoff_t *kept = front->slots + (size_t)at * (size_t)count;

	if (place < front->count && front->order[place] == at) {
		if (!__regex_better(
			machine->subject->program, slots, kept, count))
			return false;
	} else {
		front->place[at] = front->count;
		front->order[front->count++] = at;
	}
	if (count > 0)
		memcpy(kept, slots, (size_t)count * sizeof(*slots));
	return true;
}

static void
set_slot(
    const struct machine *machine, regoff_t *slots, int slot, const char *at)
{
	if (slot < machine->subject->slots)
		slots[slot] = at - machine->subject->start;
}

static void
open_group(const struct machine *machine, regoff_t *slots,
    const struct regex_instruction *instruction, const char *at)
{
	int last = 2 * instruction->y + 2;
	int i;

	if (last > machine->subject->slots)
		last = machine->subject->slots;
	for (i = 2 * instruction->x; i < last; i++)
		slots[i] = -1;
	set_slot(machine, slots, 2 * instruction->x, at);
}

/* Where an instruction that takes no character leads; -1: nowhere. */
static int
follow(struct machine *machine, int at, regoff_t *slots, const char *text)
{
	const struct regex_instruction *code =
	    &machine->subject->program->code[at];

	switch ((int)code->operation) {
	case REGEX_OP_SPLIT:
		push(machine, code->y, slots);
		return code->x;
	case REGEX_OP_JUMP:
		return code->x;
	case REGEX_OP_OPEN:
		open_group(machine, slots, code, text);
		return at + 1;
	case REGEX_OP_CLOSE:
		set_slot(machine, slots, 2 * code->x + 1, text);
		return at + 1;
	case REGEX_OP_ASSERT:
		return __regex_assert(machine->subject, code->x, text) ? at + 1
								       : -1;
	case REGEX_OP_LOOP:
	case REGEX_OP_ONCE:
		return at + 1;
	default:
		return -1;
	}
}

/* Everything that can be reached from an instruction without a character. */
static void
add(struct machine *machine, struct front *front, int at, const regoff_t *slots,
    const char *text)
{
	int count = machine->subject->slots;
	regoff_t own[2 * REGEX_GROUPS_MAX + 2];

	push(machine, at, slots);
	while (machine->depth > 0 && !machine->full) {
		machine->depth--;
		at = machine->stack[machine->depth];
		if (count > 0)
			memcpy(own,
			    machine->stack_slots +
				(size_t)machine->depth * (size_t)count,
			    (size_t)count * sizeof(*own));
		while (at >= 0 && reach(machine, front, at, own))
			at = follow(machine, at, own, text);
	}
	machine->depth = 0;
}

/* A match ends here: is it better than what there is? */
static void
note_match(struct machine *machine, const regoff_t *slots, const char *text)
{
	struct regex_subject *subject = machine->subject;
	regoff_t own[2 * REGEX_GROUPS_MAX + 2];

	if (subject->slots == 0) {
		subject->matched = true;
		return;
	}
	memcpy(own, slots, (size_t)subject->slots * sizeof(*own));
	own[1] = text - subject->start;
	if (!subject->matched || __regex_better(subject->program, own,
				     subject->result, subject->slots))
		memcpy(subject->result, own,
		    (size_t)subject->slots * sizeof(*own));
	subject->matched = true;
}

/* All ways take the character at `text`, if there is one. */
static void
step(struct machine *machine, const char *text)
{
	const struct regex_subject *subject = machine->subject;
	const struct regex_instruction *code = subject->program->code;
	struct front *now = &machine->now;
	wchar_t character = 0;
	size_t size = 0;

	if (text < subject->end)
		size = __regex_character(text, subject->end, &character);
	for (int i = 0; i < now->count; i++) {
		int at = now->order[i];
		const regoff_t *slots =
		    now->slots + (size_t)at * (size_t)subject->slots;

		if (subject->matched && subject->slots > 0 &&
		    slots[0] > subject->result[0])
			continue;
		if (code[at].operation == REGEX_OP_MATCH)
			note_match(machine, slots, text);
		else if (size > 0 &&
			 __regex_takes(subject->program, &code[at], character))
			add(machine, &machine->then, at + 1, slots,
			    text + size);
	}
}

static const char *
skip(const struct regex_subject *subject, const char *text)
{
	const char *found;

	if (subject->program->first < 0)
		return text;
	found = memchr(
	    text, subject->program->first, (size_t)(subject->end - text));
	return found != NULL ? found : subject->end;
}

static void
run(struct machine *machine)
{
	struct regex_subject *subject = machine->subject;
	regoff_t slots[2 * REGEX_GROUPS_MAX + 2];
	const char *text = subject->from;
	struct front swap;
	wchar_t character;

	memset(slots, 0xff, sizeof(slots));
	for (;;) {
		if (!subject->matched) {
			if (machine->now.count == 0)
				text = skip(subject, text);
			slots[0] = text - subject->start;
			add(machine, &machine->now, 0, slots, text);
		}
		machine->then.count = 0;
		step(machine, text);
		swap = machine->now;
		machine->now = machine->then;
		machine->then = swap;
		if (machine->full || text == subject->end ||
		    (subject->matched &&
			(subject->slots == 0 || machine->now.count == 0)))
			break;
		text += __regex_character(text, subject->end, &character);
	}
}

static bool
make_front(struct front *front, int count, int slots)
{
	front->count = 0;
	front->order = calloc((size_t)count, sizeof(*front->order));
	front->place = calloc((size_t)count, sizeof(*front->place));
	front->slots =
	    malloc((size_t)count * (size_t)slots * sizeof(*front->slots) + 1);
	return front->order != NULL && front->place != NULL &&
	       front->slots != NULL;
}

static void
free_front(struct front *front)
{
	free(front->order);
	free(front->place);
	free(front->slots);
}

static int
run_parallel(struct regex_subject *subject)
{
	struct machine machine = {.subject = subject};
	int count = subject->program->count;

	machine.full = !make_front(&machine.now, count, subject->slots);
	machine.full |= !make_front(&machine.then, count, subject->slots);
	if (!machine.full)
		run(&machine);
	free_front(&machine.now);
	free_front(&machine.then);
	free(machine.stack);
	free(machine.stack_slots);
	if (machine.full)
		return REG_ESPACE;
	return subject->matched ? 0 : REG_NOMATCH;
}

int
regexec(const regex_t *restrict regex, const char *restrict text, size_t count,
    regmatch_t matches[restrict], int flags)
{
	const struct __regex *program = regex->__program;
	regoff_t result[2 * REGEX_GROUPS_MAX + 2] = {0};
	struct regex_subject subject = {.program = program,
	    .start = text,
	    .from = text,
	    .flags = flags,
	    .result = result};
	size_t groups = (size_t)program->groups + 1;
	int error;

	if (flags & REG_STARTEND) {
		subject.from = text + matches[0].rm_so;
		subject.end = text + matches[0].rm_eo;
	} else {
		subject.end = text + strlen(text);
	}
	if (program->flags & REG_NOSUB)
		count = 0;
	subject.slots = (int)(2 * (count < groups ? count : groups));
	if (program->references) {
		subject.slots = (int)(2 * groups);
		error = __regex_backtrack(&subject);
	} else {
		error = run_parallel(&subject);
	}
	for (size_t i = 0; error == 0 && i < count; i++) {
		matches[i].rm_so = i < groups ? result[2 * i] : -1;
		matches[i].rm_eo = i < groups ? result[2 * i + 1] : -1;
		if (matches[i].rm_eo < 0)
			matches[i].rm_so = -1;
	}
	return error;
}
