/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * usage: ls [-1ACFHLRSacdfghiklmnopqrstux] [FILE...]
 * help: list directories; -l: with all about the files
 */
#include <errno.h>
#include <grp.h>
#include <limits.h>
#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <time.h>
#include <unistd.h>

#include "lib/mode.h"
#include "lib/tree.h"
#include "lib/util.h"

UTILITY("ls [-1ACFHLRSacdfghiklmnopqrstux] [FILE...]",
    "list directories; -l: with all about the files");

#ifndef PATH_MAX
#define PATH_MAX 4096
#endif

struct entry {
	char *name; /* as shown */
	char *path;
	struct stat st;
};

struct list {
	struct entry *entries;
	size_t count;
	size_t capacity;
};

/* Widths of the columns of -l. */
struct widths {
	int links;
	int user;
	int group;
	int size;
	int inode;
	int blocks;
};

/* Options by letter. */
static bool opt[128];
static bool shown_any;

/* A name that a directory had (found), not an operand, may be gone since. */
static void
list_add(struct list *list, const char *name, const char *path, bool found)
{
	struct entry *entry;

	if (list->count == list->capacity) {
		list->capacity = list->capacity != 0 ? list->capacity * 2 : 32;
		list->entries = xrealloc(
		    list->entries, list->capacity * sizeof(*list->entries));
	}
	entry = &list->entries[list->count];
	if ((opt['L'] ? stat : lstat)(path, &entry->st) != 0 &&
	    lstat(path, &entry->st) != 0) {
		if (!found || errno != ENOENT)
			warn_errno(path);
		return;
	}
	entry->name = xstrdup(name);
	entry->path = xstrdup(path);
	list->count++;
}

static void
list_free(struct list *list)
{
	size_t i;

	for (i = 0; i < list->count; i++) {
		free(list->entries[i].name);
		free(list->entries[i].path);
	}
	free(list->entries);
}

static int
compare_times(const struct timespec *a, const struct timespec *b)
{
	if (a->tv_sec != b->tv_sec)
		return a->tv_sec > b->tv_sec ? -1 : 1;
	return (a->tv_nsec < b->tv_nsec) - (a->tv_nsec > b->tv_nsec);
}

/* The time that is asked about: of change, of access, or of modification. */
static const struct timespec *
shown_time(const struct stat *st)
{
	if (opt['c'])
		return &st->st_ctim;
	return opt['u'] ? &st->st_atim : &st->st_mtim;
}

static int
compare(const void *left, const void *right)
{
	const struct entry *a = left;
	const struct entry *b = right;
	int order = 0;

	if (opt['t'])
		order = compare_times(shown_time(&a->st), shown_time(&b->st));
	else if (opt['S'])
		order = (a->st.st_size < b->st.st_size) -
			(a->st.st_size > b->st.st_size);
	if (order == 0)
		order = strcmp(a->name, b->name);
	return opt['r'] ? -order : order;
}

static char
indicator(mode_t mode)
{
	if (S_ISDIR(mode) && (opt['F'] || opt['p']))
		return '/';
	if (!opt['F'])
		return '\0';
	if (S_ISLNK(mode))
		return '@';
	if (S_ISFIFO(mode))
		return '|';
	if (S_ISSOCK(mode))
		return '=';
	return S_ISREG(mode) && (mode & 0111) ? '*' : '\0';
}

/* The name as it is shown: control characters must not reach a terminal. */
static int
print_name(const struct entry *entry)
{
	bool terminal = opt['q'] || isatty(STDOUT_FILENO) != 0;
	const char *p;
	int columns = 0;
	char mark = indicator(entry->st.st_mode);

	for (p = entry->name; *p != '\0'; p++) {
		unsigned char c = (unsigned char)*p;

		putchar(terminal && (c < ' ' || c == 127) ? '?' : c);
		columns += (c & 0xc0) != 0x80;
	}
	if (mark != '\0' && !(mark == '@' && opt['l'])) {
		putchar(mark);
		columns++;
	}
	return columns;
}

static int
name_width(const struct entry *entry)
{
	const char *p;
	int columns = indicator(entry->st.st_mode) != '\0';

	for (p = entry->name; *p != '\0'; p++)
		columns += (*p & 0xc0) != 0x80;
	return columns;
}

static const char *
user_name(uid_t uid, char number[24])
{
	const struct passwd *entry = getpwuid(uid);

	if (entry != NULL && !opt['n'])
		return entry->pw_name;
	snprintf(number, 24, "%lu", (unsigned long)uid);
	return number;
}

static const char *
group_name(gid_t gid, char number[24])
{
	const struct group *entry = getgrgid(gid);

	if (entry != NULL && !opt['n'])
		return entry->gr_name;
	snprintf(number, 24, "%lu", (unsigned long)gid);
	return number;
}

static int
size_text(long long size, char text[24])
{
	static const char units[] = "KMGTP";
	size_t unit = 0;
	long long tenths;

	if (!opt['h'] || size < 1024)
		return snprintf(text, 24, "%lld", size);
	tenths = (size * 10 + 1023) / 1024;
	while (tenths >= 10240 && units[unit + 1] != '\0') {
		tenths = (tenths + 1023) / 1024;
		unit++;
	}
	if (tenths < 100)
		return snprintf(text, 24, "%lld.%lld%c", tenths / 10,
		    tenths % 10, units[unit]);
	return snprintf(text, 24, "%lld%c", (tenths + 9) / 10, units[unit]);
}

/* Of a device its numbers stand in place of the size. */
static int
size_or_device(const struct stat *st, char text[24])
{
	if (!S_ISCHR(st->st_mode) && !S_ISBLK(st->st_mode))
		return size_text(st->st_size, text);
	return snprintf(text, 24, "%u, %u", (unsigned int)major(st->st_rdev),
	    (unsigned int)minor(st->st_rdev));
}

static long long
kilobytes(const struct stat *st)
{
	return ((long long)st->st_blocks + 1) / 2;
}

static void
widen(int *width, int value)
{
	if (value > *width)
		*width = value;
}

static struct widths
measure(const struct list *list)
{
	struct widths widths = {.links = 1};
	char text[24];
	size_t i;

	for (i = 0; i < list->count; i++) {
		const struct stat *st = &list->entries[i].st;

		widen(&widths.links,
		    snprintf(NULL, 0, "%lu", (unsigned long)st->st_nlink));
		widen(&widths.inode,
		    snprintf(NULL, 0, "%llu", (unsigned long long)st->st_ino));
		widen(&widths.blocks, snprintf(NULL, 0, "%lld", kilobytes(st)));
		widen(&widths.size, size_or_device(st, text));
		widen(&widths.user, (int)strlen(user_name(st->st_uid, text)));
		widen(&widths.group, (int)strlen(group_name(st->st_gid, text)));
	}
	return widths;
}

/* The hour for the last half year, the year before that. */
static void
print_time(time_t when)
{
	static time_t now;
	const struct tm *tm = localtime(&when);
	char text[32];

	if (now == 0)
		now = time(NULL);
	if (tm == NULL) {
		printf("%12lld ", (long long)when);
		return;
	}
	if (when > now - 182L * 86400 && when <= now + 3600)
		strftime(text, sizeof(text), "%b %e %H:%M", tm);
	else
		strftime(text, sizeof(text), "%b %e  %Y", tm);
	printf("%s ", text);
}

static void
print_target(const struct entry *entry)
{
	char target[PATH_MAX];
	ssize_t length = readlink(entry->path, target, sizeof(target) - 1);

	if (length >= 0)
		printf(" -> %.*s", (int)length, target);
}

static void
print_long(const struct entry *entry, const struct widths *widths)
{
	const struct stat *st = &entry->st;
	char text[24];
	char mode[11];

	mode_text(st->st_mode, mode);
	printf("%s %*lu ", mode, widths->links, (unsigned long)st->st_nlink);
	if (!opt['g'])
		printf("%-*s ", widths->user, user_name(st->st_uid, text));
	if (!opt['o'])
		printf("%-*s ", widths->group, group_name(st->st_gid, text));
	size_or_device(st, text);
	printf("%*s ", widths->size, text);
	print_time(shown_time(st)->tv_sec);
	print_name(entry);
	if (S_ISLNK(st->st_mode))
		print_target(entry);
	putchar('\n');
}

static void
print_inode(const struct entry *entry, const struct widths *widths)
{
	if (opt['i'])
		printf("%*llu ", widths->inode,
		    (unsigned long long)entry->st.st_ino);
	if (opt['s'])
		printf("%*lld ", widths->blocks, kilobytes(&entry->st));
}

static void
print_rows(const struct list *list)
{
	struct widths widths = measure(list);
	size_t i;

	for (i = 0; i < list->count; i++) {
		print_inode(&list->entries[i], &widths);
		if (opt['l']) {
			print_long(&list->entries[i], &widths);
		} else {
			print_name(&list->entries[i]);
			putchar('\n');
		}
	}
}

/* One after the other, with commas, as many as fit on a line. */
static void
print_stream(const struct list *list)
{
	struct widths widths = measure(list);
	int extra = (opt['i'] ? widths.inode + 1 : 0) +
		    (opt['s'] ? widths.blocks + 1 : 0);
	int column = 0;
	size_t i;

	for (i = 0; i < list->count; i++) {
		bool last = i + 1 == list->count;
		int width = name_width(&list->entries[i]) + extra + !last;

		if (column > 0 && column + 1 + width > screen_columns()) {
			putchar('\n');
			column = 0;
		} else if (column > 0) {
			putchar(' ');
			column++;
		}
		print_inode(&list->entries[i], &widths);
		print_name(&list->entries[i]);
		fputs(last ? "\n" : ",", stdout);
		column += width;
	}
}

/* Down the columns, with -x along the rows, all as wide as the widest name. */
static void
print_columns(const struct list *list)
{
	struct widths widths = measure(list);
	int inode = (opt['i'] ? widths.inode + 1 : 0) +
		    (opt['s'] ? widths.blocks + 1 : 0);
	size_t columns;
	size_t rows;
	size_t row;
	size_t step;
	size_t end;
	size_t i;
	int width = 1;

	for (i = 0; i < list->count; i++)
		widen(&width, name_width(&list->entries[i]));
	columns = (size_t)(screen_columns() + 1) / (size_t)(width + inode + 2);
	if (columns == 0)
		columns = 1;
	rows = (list->count + columns - 1) / columns;
	for (row = 0; row < rows; row++) {
		step = opt['x'] ? 1 : rows;
		i = opt['x'] ? row * columns : row;
		end = opt['x'] && i + columns < list->count ? i + columns
							    : list->count;
		for (; i < end; i += step) {
			int used;

			print_inode(&list->entries[i], &widths);
			used = print_name(&list->entries[i]);
			if (i + step < end)
				printf("%*s", width - used + 2, "");
		}
		putchar('\n');
	}
}

static void
print_list(struct list *list)
{
	if (list->count == 0)
		return;
	if (!opt['f'])
		qsort(list->entries, list->count, sizeof(*list->entries),
		    compare);
	if (opt['m'])
		print_stream(list);
	else if (opt['l'] || !opt['C'])
		print_rows(list);
	else
		print_columns(list);
	shown_any = true;
}

static void
print_total(const struct list *list)
{
	long long blocks = 0;
	size_t i;

	for (i = 0; i < list->count; i++)
		blocks += (long long)list->entries[i].st.st_blocks;
	printf("total %lld\n", (blocks + 1) / 2);
	shown_any = true;
}

static void
list_directory(const char *path, bool titled)
{
	struct list list = {.entries = NULL};
	char **names = tree_names(path);
	char **name;
	size_t i;

	if (names == NULL) {
		warn_errno(path);
		return;
	}
	if (titled)
		printf("%s%s:\n", shown_any ? "\n" : "", path);
	shown_any |= titled;
	for (i = 0; i < 2 && opt['a']; i++) {
		char *inner = xpath(path, i == 0 ? "." : "..");

		list_add(&list, i == 0 ? "." : "..", inner, true);
		free(inner);
	}
	for (name = names; *name != NULL; name++) {
		char *inner;

		if (**name == '.' && !opt['a'] && !opt['A'])
			continue;
		inner = xpath(path, *name);
		list_add(&list, *name, inner, true);
		free(inner);
	}
	tree_free(names);
	if (opt['l'] || opt['s'])
		print_total(&list);
	print_list(&list);
	for (i = 0; opt['R'] && i < list.count; i++)
		if (S_ISDIR(list.entries[i].st.st_mode) &&
		    strcmp(list.entries[i].name, ".") != 0 &&
		    strcmp(list.entries[i].name, "..") != 0)
			list_directory(list.entries[i].path, true);
	list_free(&list);
}

/* A link to a directory, named as an operand, stands for that directory. */
static bool
is_directory(const char *path)
{
	struct stat st;

	if (opt['d'] || lstat(path, &st) != 0)
		return false;
	if (S_ISLNK(st.st_mode) && (!opt['l'] || opt['H'] || opt['L']))
		return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
	return S_ISDIR(st.st_mode);
}

static void
list_operands(int count, char **paths)
{
	struct list files = {.entries = NULL};
	struct list directories = {.entries = NULL};
	size_t i;
	int n;

	for (n = 0; n < count; n++)
		list_add(is_directory(paths[n]) ? &directories : &files,
		    paths[n], paths[n], false);
	print_list(&files);
	if (directories.count > 0)
		qsort(directories.entries, directories.count,
		    sizeof(*directories.entries), compare);
	for (i = 0; i < directories.count; i++)
		list_directory(
		    directories.entries[i].path, count > 1 || opt['R']);
	list_free(&files);
	list_free(&directories);
}

/* Some stand for others, too, and of some the last counts. */
static void
set_option(int option)
{
	if (strchr("1Clmx", option) != NULL)
		opt['C'] = opt['l'] = opt['m'] = opt['x'] = false;
	opt[option] = true;
	opt['l'] |= strchr("gno", option) != NULL;
	opt['C'] |= option == 'x';
	opt['a'] |= option == 'f';
}

int
main(int argc, char **argv)
{
	static char here[] = ".";
	char *only[] = {here};
	int option;

	util_init(argc, argv);
	opt['C'] = isatty(STDOUT_FILENO) != 0;
	while ((option = getopt(argc, argv, "1ACFHLRSacdfghiklmnopqrstux")) !=
	       -1) {
		if (option == '?')
			util_usage_exit();
		set_option(option);
	}
	if (optind < argc)
		list_operands(argc - optind, argv + optind);
	else
		list_operands(1, only);
	return util_exit(util_status);
}
