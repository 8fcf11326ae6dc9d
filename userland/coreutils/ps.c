/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * usage: ps [-l]
 * help: show processes
 *
 * All of them, always: -a, -e and -f are taken for the fingers' sake.
 */
#include <machr/system.h>
#include <pwd.h>
#include <stdlib.h>
#include <unistd.h>

#include "lib/util.h"

UTILITY("ps [-l]", "show processes");

/* All processes; the list may grow between the two calls. */
static struct machr_process *
get_processes(int *count)
{
	struct machr_process *list = NULL;
	int capacity = 0;
	int found = machr_process_list(NULL, 0);

	while (found > capacity) {
		capacity = found + 8;
		list = xrealloc(list, (size_t)capacity * sizeof(*list));
		found = machr_process_list(list, capacity);
	}
	if (found < 0)
		die_errno("process list");
	*count = found;
	return list;
}

static void
print_user(uid_t uid)
{
	const struct passwd *entry = getpwuid(uid);

	if (entry != NULL)
		printf("%-8s ", entry->pw_name);
	else
		printf("%-8lu ", (unsigned long)uid);
}

static void
print_process(const struct machr_process *process, bool details)
{
	unsigned long long hundredths = process->time_us / 10000;

	print_user(process->uid);
	printf("%6ld ", (long)process->pid);
	if (details)
		printf("%6ld %6ld %8lluK ", (long)process->ppid,
		    (long)process->pgid, process->vsize / 1024);
	printf("%c %7lluK %4llu:%02llu.%02llu %s\n", process->state,
	    process->rss / 1024, hundredths / 6000, hundredths / 100 % 60,
	    hundredths % 100, process->name);
}

int
main(int argc, char **argv)
{
	struct machr_process *list;
	bool details = false;
	int option;
	int count;
	int i;

	util_init(argc, argv);
	while ((option = getopt(argc, argv, "aefl")) != -1) {
		if (option == '?')
			util_usage_exit();
		details |= option == 'l' || option == 'f';
	}
	list = get_processes(&count);
	printf("%-8s %6s ", "USER", "PID");
	if (details)
		printf("%6s %6s %9s ", "PPID", "PGID", "VSIZE");
	printf("S %8s %10s NAME\n", "RSS", "TIME");
	for (i = 0; i < count; i++)
		print_process(&list[i], details);
	free(list);
	return util_exit(0);
}
