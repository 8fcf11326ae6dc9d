/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * usage: df [-hk] [FILE...]
 * help: show free space of file systems
 */
#include <machr/system.h>
#include <stdlib.h>
#include <string.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "lib/text.h"
#include "lib/util.h"

UTILITY("df [-hk] [FILE...]", "show free space of file systems");

static bool human;

static void
print_size(unsigned long long bytes)
{
	static const char units[] = "KMGTP";
	unsigned long long value = (bytes + 1023) / 1024;
	size_t unit = 0;

	if (!human) {
		printf(" %10llu", value);
		return;
	}
	while (value >= 10000 && units[unit + 1] != '\0') {
		value = (value + 1023) / 1024;
		unit++;
	}
	printf(" %9llu%c", value, units[unit]);
}

static void
show(const char *source, const char *target)
{
	struct statvfs st;
	unsigned long long used;
	unsigned long long all;

	if (statvfs(target, &st) != 0) {
		warn_errno(target);
		return;
	}
	used = st.f_blocks - st.f_bfree;
	all = used + st.f_bavail;
	printf("%-20s", source);
	print_size((unsigned long long)st.f_blocks * st.f_frsize);
	print_size(used * st.f_frsize);
	print_size((unsigned long long)st.f_bavail * st.f_frsize);
	if (all > 0)
		printf(" %7llu%%", (used * 100 + all - 1) / all);
	else
		printf(" %8s", "-");
	printf(" %s\n", target);
}

static void
show_mounts(void)
{
	char *outer = NULL;
	size_t size;
	char *text = system_text(machr_mounts, &size);
	char *line;

	if (text == NULL)
		die_errno("mounts");
	for (line = strtok_r(text, "\n", &outer); line != NULL;
	     line = strtok_r(NULL, "\n", &outer)) {
		char *inner = NULL;
		const char *source = strtok_r(line, " ", &inner);
		const char *target = strtok_r(NULL, " ", &inner);

		if (target != NULL)
			show(source, target);
	}
	free(text);
}

int
main(int argc, char **argv)
{
	int option;

	util_init(argc, argv);
	while ((option = getopt(argc, argv, "hk")) != -1) {
		if (option == '?')
			util_usage_exit();
		human = option == 'h';
	}
	printf("%-20s %10s %10s %10s %8s %s\n", "Filesystem",
	    human ? "size" : "1K-blocks", "used", "available", "capacity",
	    "mounted on");
	if (optind >= argc)
		show_mounts();
	for (; optind < argc; optind++)
		show("-", argv[optind]);
	return util_exit(util_status);
}
