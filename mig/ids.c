/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Ids of several interfaces, for --check-ids: no two messages may have the same
 * one, be they requests or replies, as a server can have all of them on a port.
 * Two halves of one message may: the simpleroutine R_request is the request of
 * R, and R_reply its reply, in an interface of their own.
 */
#include <stdlib.h>
#include <string.h>

#include "mig.h"

struct entry {
	uint32_t id;
	bool reply;
	int order; /* as they were declared, in all files */
	int source;
	const struct routine *routine;
};

static int
by_id(const void *left, const void *right)
{
	const struct entry *a = left;
	const struct entry *b = right;

	if (a->id != b->id)
		return a->id < b->id ? -1 : 1;
	return a->order - b->order;
}

/* Is `half` the name of this routine with the suffix? */
static bool
is_half_of(const struct routine *half, const struct routine *r, const char *end)
{
	size_t length = strlen(r->name);

	return half->simple && strncmp(half->name, r->name, length) == 0 &&
	       strcmp(half->name + length, end) == 0;
}

/* Two entries of one id that are the same message, or say it twice. */
static bool
are_same(const struct entry *a, const struct entry *b)
{
	const struct routine *x = a->routine;
	const struct routine *y = b->routine;

	if (a->reply && b->reply)
		return true; /* said of their requests */
	if (a->reply)
		return is_half_of(y, x, "_reply");
	if (b->reply)
		return is_half_of(x, y, "_reply");
	return is_half_of(x, y, "_request") || is_half_of(y, x, "_request");
}

static const char *
describe(const struct entry *e, const struct source *sources)
{
	return mem_format("the %s of '%s' of subsystem '%s'",
	    e->reply ? "reply" : "request", e->routine->name,
	    sources[e->source].interface.name);
}

static void
report(const struct entry *e, const struct entry *first, struct source *sources)
{
	diag_again(&sources[e->source]);
	error_at(
	    e->routine->at, "id %u, %s, is taken", e->id, describe(e, sources));
	diag_again(&sources[first->source]);
	note_at(first->routine->at, "by %s", describe(first, sources));
}

/* All requests, and replies if wanted, by id; their number in *count. */
static struct entry *
collect(const struct source *sources, int number, bool replies, size_t *count)
{
	struct entry *entries;
	const struct routine *r;
	size_t room = 0;
	size_t n = 0;
	int i;

	for (i = 0; i < number; i++)
		for (r = sources[i].interface.routines; r != NULL; r = r->next)
			room += 2;
	entries = mem_alloc((room + 1) * sizeof(*entries));
	for (i = 0; i < number; i++) {
		uint32_t base = sources[i].interface.base;

		for (r = sources[i].interface.routines; r != NULL;
		     r = r->next) {
			entries[n] = (struct entry){
			    base + r->index, false, (int)n, i, r};
			n++;
			if (r->simple || !replies)
				continue;
			entries[n] = (struct entry){
			    base + r->index + 100, true, (int)n, i, r};
			n++;
		}
	}
	qsort(entries, n, sizeof(*entries), by_id);
	*count = n;
	return entries;
}

/* Subsystems whose ids lie in each other's, though none is there twice. */
static void
check_ranges(struct source *sources, int count, const bool *related)
{
	int i;
	int j;

	for (i = 0; i < count; i++)
		for (j = 0; j < i; j++) {
			const struct interface *a = &sources[i].interface;
			const struct interface *b = &sources[j].interface;

			if (related[i * count + j] ||
			    a->base >= b->base + b->end ||
			    b->base >= a->base + a->end)
				continue;
			diag_again(&sources[i]);
			warn_at(a->at,
			    "ids of subsystem '%s' are among those of '%s'",
			    a->name, b->name);
			diag_again(&sources[j]);
			note_at(b->at, "which is here");
		}
}

/*
 * Say of each request, and reply if they are asked for, whose id another has
 * what has it; errors are counted.
 */
void
ids_check(struct source *sources, int count, bool replies)
{
	bool *related = mem_alloc((size_t)count * (size_t)count);
	struct entry *entries;
	size_t total;
	size_t start = 0;
	size_t i;
	size_t k;

	entries = collect(sources, count, replies, &total);
	for (i = 0; i < total; i++) {
		if (entries[i].id != entries[start].id)
			start = i;
		for (k = start; k < i; k++) {
			const struct entry *e = &entries[i];
			const struct entry *first = &entries[k];

			related[e->source * count + first->source] = true;
			related[first->source * count + e->source] = true;
			if (are_same(e, first))
				continue;
			report(e, first, sources);
			break;
		}
	}
	check_ranges(sources, count, related);
}
