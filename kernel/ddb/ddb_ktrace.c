/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The last events of the kernel's ring, the oldest first.
 */
#include <ddb/ddb.h>
#include <kern/ktrace.h>
#include <kern/printf.h>
#include <kern/string.h>

#define EVENTS 20

static void
print_event(const struct ktrace_event *event)
{
	static const char *const kinds[KTRACE_KINDS] = {"runs", "ready", "trap",
	    "return", "send", "receive", "fault", "exception", "interrupt"};
	char name[17] = "";

	printf("%8lu.%06lu %8x %-9s %5u", event->time / 1000000000U,
	    event->time / 1000 % 1000000, event->thread, kinds[event->kind],
	    event->code);
	if (event->kind == KTRACE_SWITCH) {
		memcpy(name, event->word, sizeof(event->word));
		printf(" %s\n", name);
	} else {
		printf(" %lx %lx\n", event->word[0], event->word[1]);
	}
}

void
ddb_show_ktrace(const struct ddb_args *args)
{
	uint64_t count = EVENTS;

	if (args->count > 0 && !ddb_number(args->word[0], 10, &count))
		ddb_error("how many events?");
	if (ktrace_last(0) == NULL)
		ddb_error("nothing has been noted");
	while (count-- > 0) {
		const struct ktrace_event *event = ktrace_last(count);

		if (event != NULL)
			print_event(event);
		ddb_poll();
	}
}
