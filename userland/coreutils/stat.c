/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * usage: stat [-L] [-c FORMAT] FILE...
 * help: show what is known of files
 *
 * Fields of a FORMAT: %a mode, octal; %A mode; %b blocks; %d device; %F type;
 * %g gid; %G group; %h links; %i inode; %n name; %s size; %u uid; %U user;
 * %x %y %z times; %X %Y %Z the same in seconds; %%.
 */
#include <grp.h>
#include <pwd.h>
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

/* With nine digits of a second, as ls and touch of others have it. */
static void
put_time(const struct timespec *time)
{
	const struct tm *tm = localtime(&time->tv_sec);
	char day[32];
	char zone[16];

	if (tm == NULL || strftime(day, sizeof(day), "%F %T", tm) == 0 ||
	    strftime(zone, sizeof(zone), "%z", tm) == 0)
		return;
	printf("%s.%09ld %s", day, (long)time->tv_nsec, zone);
}

static void
print_time(const char *label, const struct timespec *time)
{
	printf("%s: ", label);
	put_time(time);
	putchar('\n');
}

static const char *
user_name(uid_t uid)
{
	const struct passwd *user = getpwuid(uid);

	return user != NULL ? user->pw_name : "UNKNOWN";
}

static const char *
group_name(gid_t gid)
{
	const struct group *group = getgrgid(gid);

	return group != NULL ? group->gr_name : "UNKNOWN";
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
	printf("  Mode: %04o %s, uid: %lu (%s), gid: %lu (%s)\n",
	    (unsigned int)st->st_mode & 07777, mode, (unsigned long)st->st_uid,
	    user_name(st->st_uid), (unsigned long)st->st_gid,
	    group_name(st->st_gid));
	print_time("Access", &st->st_atim);
	print_time("Modify", &st->st_mtim);
	print_time("Change", &st->st_ctim);
}

/* A letter that stands for a number. */
static bool
number_field(char letter, const struct stat *st, long long *to)
{
	switch (letter) {
	case 's':
		*to = st->st_size;
		return true;
	case 'b':
		*to = st->st_blocks;
		return true;
	case 'd':
		*to = (long long)st->st_dev;
		return true;
	case 'u':
		*to = st->st_uid;
		return true;
	case 'g':
		*to = st->st_gid;
		return true;
	case 'h':
		*to = (long long)st->st_nlink;
		return true;
	case 'i':
		*to = (long long)st->st_ino;
		return true;
	case 'X':
		*to = st->st_atim.tv_sec;
		return true;
	case 'Y':
		*to = st->st_mtim.tv_sec;
		return true;
	case 'Z':
		*to = st->st_ctim.tv_sec;
		return true;
	default:
		return false;
	}
}

/* One letter of a format; false for an unknown one. */
static bool
print_field(char letter, const char *path, const struct stat *st)
{
	char mode[11];
	long long number;

	if (number_field(letter, st, &number)) {
		printf("%lld", number);
		return true;
	}
	switch (letter) {
	case 'n':
		fputs(path, stdout);
		return true;
	case 'a':
		printf("%o", (unsigned int)st->st_mode & 07777);
		return true;
	case 'A':
		mode_text(st->st_mode, mode);
		fputs(mode, stdout);
		return true;
	case 'F':
		fputs(type_name(st->st_mode), stdout);
		return true;
	case 'U':
		fputs(user_name(st->st_uid), stdout);
		return true;
	case 'G':
		fputs(group_name(st->st_gid), stdout);
		return true;
	case 'x':
		put_time(&st->st_atim);
		return true;
	case 'y':
		put_time(&st->st_mtim);
		return true;
	case 'z':
		put_time(&st->st_ctim);
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
