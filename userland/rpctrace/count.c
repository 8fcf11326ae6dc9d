/* SPDX-License-Identifier: BSD-2-Clause */
/* How often each routine was called, and how long it took. */
#include <stdlib.h>
#include <string.h>

#include "lib/util.h"
#include "rpctrace.h"

struct counter {
	const char *name;
	bool served; /* by the traced task, not called by it */
	bool failed;
	unsigned long calls;
	unsigned long errors;
	uint64_t ns;
};

static struct counter *counters;
static size_t used, room;

static struct counter *
find(const char *name, bool served)
{
	for (size_t i = 0; i < used; i++)
		if (counters[i].served == served &&
		    strcmp(counters[i].name, name) == 0)
			return &counters[i];
	if (used == room) {
		room = room * 2 + 32;
		counters = xrealloc(counters, room * sizeof(*counters));
	}
	counters[used] = (struct counter){.name = name, .served = served};
	return &counters[used++];
}

void
count_call(const char *name, bool served, uint64_t ns, bool failed)
{
	struct counter *counter = find(name, served);

	counter->calls++;
	counter->errors += failed;
	counter->ns += ns;
}

static int
compare(const void *a, const void *b)
{
	const struct counter *x = a;
	const struct counter *y = b;

	if (x->ns != y->ns)
		return x->ns < y->ns ? 1 : -1;
	return strcmp(x->name, y->name);
}

void
count_print(void)
{
	FILE *out = settings.out;
	uint64_t total = 0;

	if (used > 0)
		qsort(counters, used, sizeof(*counters), compare);
	for (size_t i = 0; i < used; i++)
		total += counters[i].ns;
	fprintf(out, "%6s %12s %10s %8s %7s  %s\n", "% time", "us", "us/call",
	    "calls", "errors", "routine");
	for (size_t i = 0; i < used; i++) {
		const struct counter *c = &counters[i];

		fprintf(out, "%6.2f %12.1f %10.1f %8lu %7lu  %s%s\n",
		    total > 0 ? 100.0 * (double)c->ns / (double)total : 0.0,
		    (double)c->ns / 1000.0,
		    (double)c->ns / 1000.0 / (double)c->calls, c->calls,
		    c->errors, c->served ? "<- " : "", c->name);
	}
}
