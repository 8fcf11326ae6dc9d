/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * usage: du [-ahks] [FILE...]
 * help: show the space that files take
 *
 * In kilobytes. A file with several names counts once.
 */
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lib/tree.h"
#include "lib/util.h"

UTILITY("du [-ahks] [FILE...]", "show the space that files take");

static bool all;
static bool human;
static bool summary;

/* Files with more than one link, seen already. */
struct seen {
	dev_t dev;
	ino_t ino;
};

static struct seen *seen;
static size_t seen_count;

static bool
seen_before(const struct stat *st)
{
	size_t i;

	if (S_ISDIR(st->st_mode) || st->st_nlink < 2)
		return false;
	for (i = 0; i < seen_count; i++)
		if (seen[i].dev == st->st_dev && seen[i].ino == st->st_ino)
			return true;
	seen = xrealloc(seen, (seen_count + 1) * sizeof(*seen));
	seen[seen_count++] = (struct seen){st->st_dev, st->st_ino};
	return false;
}

static void
show(unsigned long long blocks, const char *path)
{
	static const char units[] = "KMGTP";
	unsigned long long size = (blocks + 1) / 2;
	size_t unit = 0;

	while (human && size >= 10000 && units[unit + 1] != '\0') {
		size = (size + 1023) / 1024;
		unit++;
	}
	if (human)
		printf("%llu%c\t%s\n", size, units[unit], path);
	else
		printf("%llu\t%s\n", size, path);
}

static unsigned long long
measure(const char *path, const struct stat *st, int depth)
{
	unsigned long long blocks = (unsigned long long)st->st_blocks;
	char **names;
	char **name;

	if (!S_ISDIR(st->st_mode)) {
		if (seen_before(st))
			return 0;
		if (depth == 0 || (all && !summary))
			show(blocks, path);
		return blocks;
	}
	names = tree_names(path);
	if (names == NULL)
		warn_errno(path);
	for (name = names; names != NULL && *name != NULL; name++) {
		char *inner = xpath(path, *name);
		struct stat inner_st;

		if (lstat(inner, &inner_st) != 0)
			warn_errno(inner);
		else
			blocks += measure(inner, &inner_st, depth + 1);
		free(inner);
	}
	if (names != NULL)
		tree_free(names);
	if (depth == 0 || !summary)
		show(blocks, path);
	return blocks;
}

int
main(int argc, char **argv)
{
	int option;
	int i;

	util_init(argc, argv);
	while ((option = getopt(argc, argv, "ahks")) != -1) {
		if (option == 'a')
			all = true;
		else if (option == 'h')
			human = true;
		else if (option == 's')
			summary = true;
		else if (option != 'k')
			util_usage_exit();
	}
	for (i = optind; i < argc || i == optind; i++) {
		const char *path = i < argc ? argv[i] : ".";
		struct stat st;

		if (lstat(path, &st) != 0)
			warn_errno(path);
		else
			measure(path, &st, 0);
	}
	free(seen);
	return util_exit(util_status);
}
