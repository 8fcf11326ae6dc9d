/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Supplementary groups: who may set them, what becomes of them in children and
 * in new programs, and what files they open, on two file systems. And programs
 * that are run by descriptor.
 */
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <libtest/test.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define USER  12345
#define GROUP 12345
#define EXTRA 777

static char *self;
static char here_word[] = "here", groups_word[] = "groups";

static int
fails(int result, int error)
{
	return result == -1 && errno == error;
}

static int
ended_well(pid_t child)
{
	int status = 1;

	waitpid(child, &status, 0);
	return status == 0;
}

/* Are they what the process has? In any order, with the others' help. */
static int
has(const gid_t *groups, int count)
{
	gid_t got[NGROUPS_MAX];
	int i, j;

	if (getgroups(NGROUPS_MAX < 64 ? NGROUPS_MAX : 64, got) != count)
		return 0;
	for (i = 0; i < count; i++) {
		for (j = 0; j < count && got[j] != groups[i]; j++)
			;
		if (j == count)
			return 0;
	}
	return 1;
}

static void
test_sets(void)
{
	static gid_t many[NGROUPS_MAX + 1];
	gid_t groups[3] = {EXTRA, 5, 99999};
	gid_t few[1];

	ok(setgroups(3, groups) == 0 && has(groups, 3), "three groups");
	is_int(getgroups(0, few), 3, "counted");
	ok(fails(getgroups(1, few), EINVAL), "no room: EINVAL");
	ok(fails(setgroups(NGROUPS_MAX + 1, many), EINVAL), "too many: EINVAL");
	ok(has(groups, 3), "then they stay");
	if (fork() == 0)
		_exit(!has(groups, 3) || setgroups(1, groups) != 0);
	wait(NULL);
	ok(has(groups, 3), "a child's are its own");
	ok(setgroups(0, groups) == 0 && has(groups, 0), "none");
	ok(initgroups("root", 4321) == 0, "initgroups");
	ok(getgroups(0, few) >= 1, "gives at least the one");
	setgroups(0, groups);
}

/* As a user with the extra group, or without. */
static int
as_user(int with, int (*function)(void))
{
	gid_t group = EXTRA;
	pid_t child = fork();

	if (child == 0) {
		if (setgroups(with ? 1 : 0, &group) != 0 ||
		    setgid(GROUP) != 0 || setuid(USER) != 0)
			_exit(100);
		_exit(function());
	}
	return ended_well(child);
}

static int
can_write(void)
{
	int fd = open("f", O_RDWR);

	return fd < 0 || write(fd, "x", 1) != 1 || access("f", W_OK) != 0;
}

static int
cannot_open(void)
{
	return !fails(open("f", O_RDONLY), EACCES);
}

static int
cannot_set(void)
{
	gid_t group = 0;

	return !fails(setgroups(1, &group), EPERM);
}

static int
can_execute(void)
{
	char *const arguments[] = {self, here_word, NULL};

	execv("program", arguments);
	return errno;
}

/* A new program has the groups still. */
static int
can_spawn(void)
{
	char *const arguments[] = {self, groups_word, NULL};

	execv(self, arguments);
	return errno;
}

/* An owner may give a file to any of his groups, and no other. */
static int
can_give(void)
{
	int fd = open("mine", O_CREAT | O_RDWR, 0600);

	if (fd < 0 || fchown(fd, (uid_t)-1, EXTRA) != 0 ||
	    fchmod(fd, 02660) != 0)
		return 1;
	return !fails(fchown(fd, (uid_t)-1, EXTRA + 1), EPERM);
}

static void
copy_self(void)
{
	char block[4096];
	int from = open(self, O_RDONLY);
	int to = open("program", O_CREAT | O_WRONLY, 0700);
	ssize_t size;

	while ((size = read(from, block, sizeof(block))) > 0)
		write(to, block, (size_t)size);
	fchown(to, 0, EXTRA);
	fchmod(to, 0710);
	close(from);
	close(to);
}

static void
test_files(const char *directory)
{
	struct stat st;

	mkdir(directory, 0777);
	chmod(directory, 0777);
	if (chdir(directory) != 0) {
		ok(false, directory);
		return;
	}
	close(open("f", O_CREAT | O_RDWR, 0660));
	chown("f", 0, EXTRA);
	chmod("f", 0660);
	ok(as_user(1, can_write), "a member reads and writes");
	ok(as_user(0, cannot_open), "others do not");
	copy_self();
	ok(as_user(1, can_execute), "a member runs it");
	ok(!as_user(0, can_execute), "others do not");
	ok(as_user(1, can_spawn), "the new program has the groups");
	ok(as_user(1, can_give), "files can be given to a group one is in");
	ok(stat("mine", &st) == 0 && st.st_gid == EXTRA &&
		(st.st_mode & 07777) == 02660,
	    "and keep its set-group-id bit");
	unlink("mine");
	unlink("program");
	unlink("f");
	chdir("/");
	rmdir(directory);
}

static int
run(int flags, char *const arguments[])
{
	pid_t child = fork();

	if (child == 0) {
		char *const nothing[] = {NULL};
		int fd = open(arguments[0], flags);

		fexecve(fd, arguments, nothing);
		_exit(errno);
	}
	return ended_well(child);
}

static void
test_fexecve(void)
{
	char *const here[] = {self, here_word, NULL};
	int status = 0;
	pid_t child;

	ok(run(O_RDONLY, here), "fexecve runs a file that was opened to read");
	ok(run(O_RDONLY | O_CLOEXEC, here), "which may close");
	child = fork();
	if (child == 0) {
		fexecve(77, here, here);
		_exit(errno);
	}
	waitpid(child, &status, 0);
	is_int(WEXITSTATUS(status), EBADF, "EBADF");
	close(open("/tmp/groups_plain", O_CREAT | O_RDWR, 0600));
	child = fork();
	if (child == 0) {
		fexecve(open("/tmp/groups_plain", O_RDONLY), here, here);
		_exit(errno);
	}
	waitpid(child, &status, 0);
	is_int(WEXITSTATUS(status), EACCES, "no program: EACCES");
	unlink("/tmp/groups_plain");
}

int
main(int argc, char **argv)
{
	gid_t group = EXTRA;

	if (argc > 1 && strcmp(argv[1], "here") == 0)
		return 0;
	if (argc > 1)
		return !has(&group, 1);
	self = argv[0];
	test_fexecve();
	if (geteuid() == 0) {
		test_sets();
		ok(as_user(1, cannot_set), "a user may not: EPERM");
		test_files("/var/groups_test");
		test_files("/tmp/groups_test");
	}
	return test_done();
}
