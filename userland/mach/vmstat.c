/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * usage: vmstat [-h] [INTERVAL [COUNT]]
 * help: show what memory is used for; again every INTERVAL seconds
 *
 * Without an interval: all there is to tell since the start. With one: a line
 * each, how many pages there are now, and how many events since the last line;
 * the first line tells those since the start.
 */
#include <mach/host_user.h>

#include <libmach/mach.h>
#include <libtask/task.h>
#include <time.h>
#include <unistd.h>

#include "lib/util.h"

UTILITY("vmstat [-h] [INTERVAL [COUNT]]",
    "show what memory is used for; again every INTERVAL seconds");

#define HEADING_EVERY 20

static vm_statistics_data_t
get_statistics(void)
{
	vm_statistics_data_t now;
	kern_return_t kr = vm_statistics(mach_host_self(), &now);

	if (kr != KERN_SUCCESS)
		die("statistics: %s", mach_error_string(kr));
	return now;
}

static void
print_row(uint64_t value, const char *what)
{
	printf("%12llu  %s\n", (unsigned long long)value, what);
}

static void
print_all(void)
{
	vm_statistics_data_t now = get_statistics();

	print_row(now.pagesize, "bytes per page");
	print_row(now.total_count, "pages managed");
	print_row(now.free_count, "pages free");
	print_row(now.active_count, "pages active");
	print_row(now.inactive_count, "pages inactive");
	print_row(now.wire_count, "pages wired down");
	print_row(now.faults, "faults");
	print_row(now.cow_faults, "pages copied on write");
	print_row(now.zero_fill_count, "pages filled with zeros");
	print_row(now.reactivations, "pages reactivated");
	print_row(now.pageins, "pageins");
	print_row(now.pageouts, "pageouts");
}

static void
print_heading(void)
{
	printf("%8s %8s %8s %8s %8s %8s %8s %6s %6s\n", "free", "active",
	    "inact", "wired", "faults", "copied", "zeroed", "in", "out");
}

static void
print_line(const vm_statistics_data_t *now, const vm_statistics_data_t *last)
{
	printf("%8llu %8llu %8llu %8llu %8llu %8llu %8llu %6llu %6llu\n",
	    (unsigned long long)now->free_count,
	    (unsigned long long)now->active_count,
	    (unsigned long long)now->inactive_count,
	    (unsigned long long)now->wire_count,
	    (unsigned long long)(now->faults - last->faults),
	    (unsigned long long)(now->cow_faults - last->cow_faults),
	    (unsigned long long)(now->zero_fill_count - last->zero_fill_count),
	    (unsigned long long)(now->pageins - last->pageins),
	    (unsigned long long)(now->pageouts - last->pageouts));
	(void)fflush(stdout);
}

/* `count` lines; 0: without end. */
static void
watch(const struct timespec *interval, unsigned long count)
{
	vm_statistics_data_t last = {0};

	for (unsigned long i = 0; count == 0 || i < count; i++) {
		vm_statistics_data_t now;

		if (i > 0)
			(void)nanosleep(interval, NULL);
		if (i % HEADING_EVERY == 0)
			print_heading();
		now = get_statistics();
		print_line(&now, &last);
		last = now;
	}
}

int
main(int argc, char **argv)
{
	struct timespec interval;
	int option;

	util_init(argc, argv);
	while ((option = getopt(argc, argv, "h")) != -1) {
		if (option == 'h')
			util_help_exit();
		util_usage_exit();
	}
	if (argc - optind > 2)
		util_usage_exit();
	if (optind == argc) {
		print_all();
		return util_exit(0);
	}
	interval = parse_interval(argv[optind]);
	watch(&interval, optind + 1 < argc ? parse_count(argv[optind + 1]) : 0);
	return util_exit(0);
}
