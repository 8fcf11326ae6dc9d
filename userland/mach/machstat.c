/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * usage: machstat [-h] [INTERVAL [COUNT]]
 * help: show what the system does in a second, or in INTERVAL seconds
 *
 * The kernel does not count what this shows (host_ktrace_start) unless it is
 * asked to, for it costs something: a traced system is slower. Who has begun
 * the counting ends it, also on SIGINT and SIGTERM.
 */
#include <mach/host_user.h>

#include <libmach/mach.h>
#include <libtask/task.h>
#include <signal.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "lib/util.h"

UTILITY("machstat [-h] [INTERVAL [COUNT]]",
    "show what the system does in a second, or in INTERVAL seconds");

#define HEADING_EVERY 20

struct counts {
	uint64_t of[KTRACE_KINDS];
};

static const struct {
	unsigned kind;
	const char *heading;
} columns[] = {
    {KTRACE_SWITCH, "switches"},
    {KTRACE_READY, "wakeups"},
    {KTRACE_TRAP, "traps"},
    {KTRACE_SEND, "sent"},
    {KTRACE_RECEIVE, "received"},
    {KTRACE_FAULT, "faults"},
    {KTRACE_INTERRUPT, "interrupts"},
    {KTRACE_EXCEPTION, "exceptions"},
};

#define COLUMNS (sizeof(columns) / sizeof(columns[0]))

static volatile sig_atomic_t stop;

static void
on_signal(int signal)
{
	(void)signal;
	stop = 1;
}

static void
check(kern_return_t kr)
{
	if (kr != KERN_SUCCESS)
		die("counts of the kernel: %s", mach_error_string(kr));
}

static struct counts
get_counts(boolean_t *on)
{
	struct counts counts;
	natural_t size;

	check(host_ktrace_counts(mach_host_self(), on, &size, counts.of));
	return counts;
}

static void
print_heading(void)
{
	for (size_t i = 0; i < COLUMNS; i++)
		printf(
		    "%10s%s", columns[i].heading, i + 1 < COLUMNS ? " " : "\n");
}

static void
print_line(const struct counts *now, const struct counts *last)
{
	for (size_t i = 0; i < COLUMNS; i++) {
		unsigned kind = columns[i].kind;

		printf("%10llu%s",
		    (unsigned long long)(now->of[kind] - last->of[kind]),
		    i + 1 < COLUMNS ? " " : "\n");
	}
	(void)fflush(stdout);
}

/* `count` lines; 0: until it is stopped. */
static void
watch(const struct timespec *interval, unsigned long count)
{
	boolean_t on;
	struct counts last = get_counts(&on);

	for (unsigned long i = 0; !stop && (count == 0 || i < count); i++) {
		struct counts now;

		(void)nanosleep(interval, NULL);
		if (i % HEADING_EVERY == 0)
			print_heading();
		now = get_counts(&on);
		print_line(&now, &last);
		last = now;
	}
}

int
main(int argc, char **argv)
{
	struct timespec interval = {.tv_sec = 1};
	unsigned long count = 1;
	boolean_t on;
	int option;

	util_init(argc, argv);
	while ((option = getopt(argc, argv, "h")) != -1) {
		if (option == 'h')
			util_help_exit();
		util_usage_exit();
	}
	if (argc - optind > 2)
		util_usage_exit();
	if (optind < argc) {
		interval = parse_interval(argv[optind]);
		count = optind + 1 < argc ? parse_count(argv[optind + 1]) : 0;
	}
	signal(SIGINT, on_signal);
	signal(SIGTERM, on_signal);
	(void)get_counts(&on);
	if (!on)
		check(host_ktrace_start(task_host(), 0));
	watch(&interval, count);
	if (!on)
		check(host_ktrace_stop(task_host(), TRUE));
	return util_exit(0);
}
