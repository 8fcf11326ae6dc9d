/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * /proc: what its files say of this process, who may read them, and processes
 * that come and go while they are read.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <libtest/test.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define USER 12345

static char text[65536];

/* A file's contents, with a NUL; its size, or -1. */
static ssize_t
slurp(const char *path)
{
	int fd = open(path, O_RDONLY);
	ssize_t total = 0;
	ssize_t got = 0;

	memset(text, 0, sizeof(text));
	if (fd < 0)
		return -1;
	while ((got = read(
		    fd, text + total, sizeof(text) - 1 - (size_t)total)) > 0)
		total += got;
	close(fd);
	return got < 0 ? -1 : total;
}

static const char *
path_of(pid_t pid, const char *file)
{
	static char path[64];

	snprintf(path, sizeof(path), "/proc/%d/%s", (int)pid, file);
	return path;
}

static void
test_system(void)
{
	unsigned long total = 0, left = 0;
	double up = 0, idle = -1;
	struct stat st;

	ok(slurp("/proc/uptime") > 0 &&
		sscanf(text, "%lf %lf", &up, &idle) == 2 && up > 0 && idle >= 0,
	    "uptime");
	ok(slurp("/proc/meminfo") > 0 &&
		sscanf(text, "MemTotal: %lu kB MemFree: %lu", &total, &left) ==
		    2 &&
		total > left && left > 0,
	    "meminfo");
	ok(slurp("/proc/loadavg") > 0 && strchr(text, '/') != NULL, "loadavg");
	ok(slurp("/proc/mounts") > 0 && strstr(text, " / ext2 ") != NULL &&
		strstr(text, " /proc proc ") != NULL,
	    "mounts");
	ok(slurp("/proc/cpuinfo") > 0 && strstr(text, "processor\t: 0"),
	    "cpuinfo");
	ok(slurp("/proc/filesystems") > 0 && strstr(text, "ext2"),
	    "filesystems");
	ok(slurp("/proc/version") > 0 && strstr(text, "version"), "version");
	ok(slurp("/proc/stat") > 0 && strncmp(text, "cpu  ", 5) == 0, "stat");
	ok(stat("/proc/uptime", &st) == 0 && S_ISREG(st.st_mode) &&
		(st.st_mode & 0777) == 0444,
	    "which everybody may read");
	ok(open("/proc/uptime", O_WRONLY) == -1 && errno == EROFS,
	    "and nobody writes");
	ok(mkdir("/proc/x", 0700) == -1 && errno == EROFS, "nothing is made");
	ok(open("/proc/none", O_RDONLY) == -1 && errno == ENOENT, "ENOENT");
	ok(open("/proc/01", O_RDONLY) == -1 && errno == ENOENT, "no number");
	ok(open("/proc/99999999999999999999", O_RDONLY) == -1 &&
		errno == ENOENT,
	    "one that is too large");
}

static void
test_self(void)
{
	char link[32] = "";
	int pid = 0, parent = 0;
	char state = 0;
	struct stat st;

	ok(readlink("/proc/self", link, sizeof(link) - 1) > 0 &&
		atoi(link) == getpid(),
	    "self is a link to who reads it");
	ok(lstat("/proc/self", &st) == 0 && S_ISLNK(st.st_mode), "a link");
	ok(stat("/proc/self", &st) == 0 && S_ISDIR(st.st_mode), "to a folder");
	ok(slurp("/proc/self/stat") > 0 &&
		sscanf(text, "%d (proc_test) %c %d", &pid, &state, &parent) ==
		    3 &&
		pid == getpid() && parent == getppid(),
	    "stat");
	ok(slurp("/proc/self/status") > 0 &&
		strstr(text, "Name:\tproc_test") != NULL &&
		strstr(text, "Threads:\t1\n") != NULL,
	    "status");
	ok(slurp("/proc/self/comm") > 0 && strcmp(text, "proc_test\n") == 0,
	    "comm");
	ok(slurp("/proc/self/cmdline") > 0 && strstr(text, "proc_test"),
	    "cmdline");
	ok(slurp("/proc/self/environ") > 0 && strchr(text, '='), "environ");
	ok(slurp("/proc/self/maps") > 0 && strstr(text, " r-xp ") != NULL &&
		strstr(text, " rw-p ") != NULL,
	    "maps");
	ok(slurp(path_of(getpid(), "statm")) > 0, "statm, by number");
	if (fork() == 0)
		_exit(readlink("/proc/self", link, sizeof(link) - 1) <= 0 ||
		      atoi(link) != getpid());
	wait(&pid);
	is_int(pid, 0, "self of a child is the child");
}

static int
cannot_read(const char *path)
{
	return open(path, O_RDONLY) == -1 && errno == EACCES;
}

/* A user and what is not his; and init's, which is root's. */
static void
test_permissions(void)
{
	pid_t other = fork();
	pid_t child;
	int status = 1;

	if (other == 0) {
		for (;;)
			pause();
	}
	child = fork();
	if (child == 0) {
		if (setgid(USER) != 0 || setuid(USER) != 0)
			_exit(1);
		if (!cannot_read(path_of(other, "environ")) ||
		    !cannot_read(path_of(other, "maps")) ||
		    !cannot_read("/proc/1/environ"))
			_exit(2);
		if (slurp(path_of(other, "status")) <= 0 ||
		    slurp(path_of(other, "cmdline")) < 0)
			_exit(3);
		_exit(slurp("/proc/self/environ") < 0 ? 4 : 0);
	}
	waitpid(child, &status, 0);
	is_int(WEXITSTATUS(status), 0,
	    "another user's environ and maps are not shown");
	kill(other, SIGKILL);
	waitpid(other, NULL, 0);
}

/* Open while its process ends, and is waited for. */
static void
test_gone(void)
{
	pid_t child = fork();
	char c;
	int dir, fd;

	if (child == 0) {
		for (;;)
			pause();
	}
	fd = open(path_of(child, "status"), O_RDONLY);
	dir = open(path_of(child, ""), O_RDONLY | O_DIRECTORY);
	ok(fd >= 0 && dir >= 0 && read(fd, &c, 1) == 1, "a child's files");
	kill(child, SIGKILL);
	nanosleep(&(struct timespec){.tv_nsec = 100000000}, NULL);
	ok(slurp(path_of(child, "stat")) > 0 && strstr(text, ") Z ") != NULL,
	    "a zombie");
	waitpid(child, NULL, 0);
	ok(pread(fd, &c, 1, 0) == -1 && errno == ESRCH, "then ESRCH");
	ok(openat(dir, "stat", O_RDONLY) == -1 && errno == ENOENT,
	    "in its folder, too");
	ok(open(path_of(child, "stat"), O_RDONLY) == -1 && errno == ENOENT,
	    "and ENOENT");
	close(fd);
	close(dir);
}

static int
count_processes(int *found_self)
{
	DIR *dir = opendir("/proc");
	const struct dirent *entry;
	int count = 0;

	*found_self = 0;
	if (dir == NULL)
		return 0;
	while ((entry = readdir(dir)) != NULL) {
		count += atoi(entry->d_name) > 0;
		*found_self += atoi(entry->d_name) == getpid();
	}
	closedir(dir);
	return count;
}

static void
test_list(void)
{
	int missing = 0, self;
	pid_t maker = fork();
	int i;

	if (maker == 0) {
		for (;;) {
			pid_t child = fork();

			if (child == 0)
				_exit(0);
			waitpid(child, NULL, 0);
		}
	}
	for (i = 0; i < 50; i++) {
		if (count_processes(&self) < 3 || self != 1)
			missing++;
		(void)slurp(path_of(maker + 1 + i, "status"));
	}
	is_int(missing, 0, "who stays is listed once while others come and go");
	kill(maker, SIGKILL);
	waitpid(maker, NULL, 0);
}

int
main(void)
{
	test_system();
	test_self();
	if (geteuid() == 0)
		test_permissions();
	test_gone();
	test_list();
	return test_done();
}
