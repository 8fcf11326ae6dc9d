/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * usage: stat [-L] [-c FORMAT] FILE...
 * help: show what is known of files
 *
 * Fields of a FORMAT: %a mode, octal; %A mode; %b blocks; %F type; %g gid;
 * %h links; %i inode; %n name; %s size; %u uid; %X %Y %Z times; %%.
 */
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "lib/mode.h"
#include "lib/util.h"

UTILITY("stat [-L] [-c FORMAT] FILE...", "show what is known of files");

static const char *
type_name(mode_t mode)
{
	if (S_ISREG(mode))
		return "regular file";
	if (S_ISDIR(mode))
		return "directory";
	if (S_ISLNK(mode))
		return "symbolic link";
	if (S_ISCHR(mode))
		return "character device";
	if (S_ISBLK(mode))
		return "block device";
	if (S_ISFIFO(mode))
		return "fifo";
	return S_ISSOCK(mode) ? "socket" : "unknown";
}

static void
print_time(const char *label, time_t time)
{
	const struct tm *tm = localtime(&time);
	char text[64];

	if (tm == NULL || strftime(text, sizeof(text), "%F %T %z", tm) == 0)
		text[0] = '\0';
	printf("%s: %s\n", label, text);
}

static void
print_all(const char *path, const struct stat *st)
{
	char mode[11];

	mode_text(st->st_mode, mode);
	printf("  File: %s\n", path);
	printf("  Type: %s\n", type_name(st->st_mode));
	printf("  Size: %lld, blocks: %lld, links: %lu\n",
	    (long long)st->st_size, (long long)st->st_blocks,
	    (unsigned long)st->st_nlink);
	printf("Device: %llu, inode: %llu\n", (unsigned long long)st->st_dev,
	    (unsigned long long)st->st_ino);
	printf("  Mode: %04o %s, uid: %lu, gid: %lu\n",
	    (unsigned int)st->st_mode & 07777, mode, (unsigned long)st->st_uid,
	    (unsigned long)st->st_gid);
	print_time("Access", st->st_atim.tv_sec);
	print_time("Modify", st->st_mtim.tv_sec);
	print_time("Change", st->st_ctim.tv_sec);
}

/* One letter of a format; false for an unknown one. */
static bool
print_field(char letter, const char *path, const struct stat *st)
{
	char mode[11];

	switch (letter) {
	case 'n':
		fputs(path, stdout);
		return true;
	case 's':
		printf("%lld", (long long)st->st_size);
		return true;
	case 'b':
		printf("%lld", (long long)st->st_blocks);
		return true;
	case 'a':
		printf("%o", (unsigned int)st->st_mode & 07777);
		return true;
	case 'A':
		mode_text(st->st_mode, mode);
		fputs(mode, stdout);
		return true;
	case 'u':
		printf("%lu", (unsigned long)st->st_uid);
		return true;
	case 'g':
		printf("%lu", (unsigned long)st->st_gid);
		return true;
	case 'h':
		printf("%lu", (unsigned long)st->st_nlink);
		return true;
	case 'i':
		printf("%llu", (unsigned long long)st->st_ino);
		return true;
	case 'F':
		fputs(type_name(st->st_mode), stdout);
		return true;
	case 'X':
		printf("%lld", (long long)st->st_atim.tv_sec);
		return true;
	case 'Y':
		printf("%lld", (long long)st->st_mtim.tv_sec);
		return true;
	case 'Z':
		printf("%lld", (long long)st->st_ctim.tv_sec);
		return true;
	case '%':
		putchar('%');
		return true;
	default:
		return false;
	}
}

static void
print_format(const char *format, const char *path, const struct stat *st)
{
	for (; *format != '\0'; format++) {
		if (*format != '%')
			putchar(*format);
		else if (!print_field(*++format, path, st))
			die("%%%.1s: unknown field", format);
	}
	putchar('\n');
}

int
main(int argc, char **argv)
{
	const char *format = NULL;
	bool follow = false;
	int option;

	util_init(argc, argv);
	while ((option = getopt(argc, argv, "Lc:")) != -1) {
		if (option == 'L')
			follow = true;
		else if (option == 'c')
			format = optarg;
		else
			util_usage_exit();
	}
	if (optind >= argc)
		util_usage_exit();
	for (; optind < argc; optind++) {
		const char *path = argv[optind];
		struct stat st;

		if ((follow ? stat(path, &st) : lstat(path, &st)) != 0)
			warn_errno(path);
		else if (format != NULL)
			print_format(format, path, &st);
		else
			print_all(path, &st);
	}
	return util_exit(util_status);
}
