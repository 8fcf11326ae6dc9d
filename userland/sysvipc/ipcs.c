/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * usage: ipcs [-qms] [-abcopt]
 * help: list message queues, shared memory and semaphores
 */
#include <mach/task_user.h>

#include <errno.h>
#include <grp.h>
#include <libmach/mach.h>
#include <pwd.h>
#include <servers/bootstrap_user.h>
#include <servers/sysvipc_user.h>
#include <string.h>
#include <sys/shm.h>
#include <time.h>
#include <unistd.h>

#include "lib/util.h"

UTILITY("ipcs [-qms] [-abcopt]",
    "list message queues, shared memory and semaphores");

enum column {
	COLUMN_CREATOR = 1,
	COLUMN_USE = 2,
	COLUMN_SIZE = 4,
	COLUMN_PIDS = 8,
	COLUMN_TIMES = 16,
	COLUMN_ALL = 31,
};

struct facility {
	const char *title;
	char letter;
	enum sysv_kind kind;
	const char *heads[5]; /* in the order of enum column's bits */
	void (*print)(const sysv_info_t *info, unsigned columns);
};

static void
print_number(unsigned columns, enum column wanted, uint64_t number)
{
	if ((columns & wanted) != 0)
		printf(" %8llu", (unsigned long long)number);
}

static void
print_time(unsigned columns, uint64_t seconds)
{
	time_t time = (time_t)seconds;
	struct tm tm;

	if ((columns & COLUMN_TIMES) == 0)
		return;
	if (seconds == 0 || localtime_r(&time, &tm) == NULL)
		printf(" no-entry");
	else
		printf(" %2d:%02d:%02d", tm.tm_hour, tm.tm_min, tm.tm_sec);
}

static void
print_queue(const sysv_info_t *info, unsigned columns)
{
	print_number(columns, COLUMN_USE, info->bytes);
	print_number(columns, COLUMN_USE, info->count);
	print_number(columns, COLUMN_SIZE, info->size);
	print_number(columns, COLUMN_PIDS, info->pid[0]);
	print_number(columns, COLUMN_PIDS, info->pid[1]);
	print_time(columns, info->time[0]);
	print_time(columns, info->time[1]);
	print_time(columns, info->changed);
}

static void
print_segment(const sysv_info_t *info, unsigned columns)
{
	print_number(columns, COLUMN_USE, info->count);
	print_number(columns, COLUMN_SIZE, info->size);
	print_number(columns, COLUMN_PIDS, info->pid[1]);
	print_number(columns, COLUMN_PIDS, info->pid[0]);
	print_time(columns, info->time[0]);
	print_time(columns, info->time[1]);
	print_time(columns, info->changed);
}

static void
print_set(const sysv_info_t *info, unsigned columns)
{
	print_number(columns, COLUMN_SIZE, info->size);
	print_time(columns, info->time[0]);
	print_time(columns, info->changed);
}

static const struct facility facilities[] = {
    {"Message Queues:", 'q', SYSV_MSG,
	{"  CREATOR   CGROUP", "   CBYTES     QNUM", "   QBYTES",
	    "    LSPID    LRPID", "    STIME    RTIME    CTIME"},
	print_queue},
    {"Shared Memory:", 'm', SYSV_SHM,
	{"  CREATOR   CGROUP", "   NATTCH", "    SEGSZ", "     CPID     LPID",
	    "    ATIME    DTIME    CTIME"},
	print_segment},
    {"Semaphores:", 's', SYSV_SEM,
	{"  CREATOR   CGROUP", "", "    NSEMS", "", "    OTIME    CTIME"},
	print_set},
};

/* As POSIX has it; D for what ends with its last attachment. */
static void
print_mode(uint64_t mode)
{
	printf(" -%c", (mode & SHM_DEST) != 0 ? 'D' : '-');
	for (int shift = 6; shift >= 0; shift -= 3)
		printf("%c%c-", (mode >> shift & 4) != 0 ? 'r' : '-',
		    (mode >> shift & 2) != 0 ? 'a' : '-');
}

static void
print_owner(uint64_t uid, uint64_t gid)
{
	const struct passwd *user = getpwuid((uid_t)uid);
	const struct group *group = getgrgid((gid_t)gid);

	if (user != NULL)
		printf(" %8s", user->pw_name);
	else
		printf(" %8llu", (unsigned long long)uid);
	if (group != NULL)
		printf(" %8s", group->gr_name);
	else
		printf(" %8llu", (unsigned long long)gid);
}

static void
print_one(
    const struct facility *facility, const sysv_info_t *info, unsigned columns)
{
	printf("%c %9llu 0x%08llx", facility->letter,
	    (unsigned long long)info->id, (unsigned long long)info->key);
	print_mode(info->mode);
	print_owner(info->uid, info->gid);
	if ((columns & COLUMN_CREATOR) != 0)
		print_owner(info->cuid, info->cgid);
	facility->print(info, columns);
	putchar('\n');
}

static void
list(mach_port_t server, const struct facility *facility, unsigned columns)
{
	sysv_info_t info;
	kern_return_t code;

	printf("T        ID        KEY        MODE    OWNER    GROUP");
	for (unsigned i = 0; i < 5; i++)
		if ((columns >> i & 1) != 0)
			printf("%s", facility->heads[i]);
	printf("\n%s\n", facility->title);
	for (int slot = 0; slot < SYSV_SLOTS; slot++) {
		code = sysv_list_info(server, facility->kind, slot, &info);
		if (code == KERN_SUCCESS)
			print_one(facility, &info, columns);
		else if (code != SERVER_ERROR(ENOENT))
			die("the server does not answer");
	}
}

static mach_port_t
find_server(void)
{
	mach_port_t bootstrap, server;

	if (task_get_special_port(mach_task_self(), TASK_BOOTSTRAP_PORT,
		&bootstrap) != KERN_SUCCESS ||
	    bootstrap_look_up(bootstrap, "sysvipc", &server) != KERN_SUCCESS)
		die("the sysvipc server does not run");
	return server;
}

static void
print_date(void)
{
	char host[64] = "", text[64];
	time_t now = time(NULL);
	struct tm tm;

	(void)gethostname(host, sizeof(host) - 1);
	if (localtime_r(&now, &tm) == NULL ||
	    strftime(text, sizeof(text), "%a %b %e %H:%M:%S %Z %Y", &tm) == 0)
		text[0] = '\0';
	printf("IPC status from %s as of %s\n", host, text);
}

int
main(int argc, char **argv)
{
	static const char options[] = "cobpt"; /* of the bits of enum column */
	unsigned columns = 0;
	bool chosen[3] = {false, false, false}, any = false;
	mach_port_t server;
	const char *at;
	int option;

	util_init(argc, argv);
	while ((option = getopt(argc, argv, "qmsabcopt")) != -1) {
		for (unsigned i = 0; i < 3; i++)
			if (option == facilities[i].letter)
				chosen[i] = any = true;
		at = strchr(options, option);
		if (option == '?')
			util_usage_exit();
		else if (option == 'a')
			columns = COLUMN_ALL;
		else if (at != NULL)
			columns |= 1U << (at - options);
	}
	if (optind != argc)
		util_usage_exit();
	server = find_server();
	print_date();
	for (unsigned i = 0; i < 3; i++)
		if (chosen[i] || !any)
			list(server, &facilities[i], columns);
	return util_exit(0);
}
